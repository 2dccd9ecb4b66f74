"""What the parameters of the rule tables are called on pages, by their keys."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from models.enums import Attitude, BuyingRole, Category, EdgeKind, InteractionKind, Level, Step, Tier
from models.enums import Basis as BasisOf
from models.fields import Label
from models.terms import Term

_NAMES = """
strength.weights|Weight of each kind of interaction|各类互动的权重
strength.shared|Kinds that are half theirs, half ours|双方各计一半的互动类型
strength.theirs|Kinds that are all theirs|全部计为对方的互动类型
strength.mass_mail_weight|Weight of mass mail|群发邮件的权重
strength.mass_mail_people|Mass mail from so many people on|超过多少人视为群发
strength.complaint_sentiment|How badly a complaint went, where nobody says|投诉的默认效果
strength.negative_quality|Factor of what went badly|效果差的互动系数
strength.positive_quality|Factor of what went well|效果好的互动系数
strength.half_life_days|Half-life of warmth|热度半衰期
strength.half_life_decision_days|Half-life of warmth at decision level|决策层热度半衰期
strength.warmth_mass|Interactions that warm up a tie|升温所需互动量
strength.warmth_share|Most that warmth adds|热度的最大占比
strength.unanswered_cap|Most points of one-sided warmth|单方联系的热度上限
strength.assessment_weight|Weight of a questionnaire|测评的权重
strength.prior_weight|Weight of history beside questionnaires|历史相对测评的权重
strength.assessment_half_life_days|Half-life of a questionnaire|测评半衰期
strength.stranger_depth|Depth of a first contact|初次接触的深度
strength.history_depth|Most depth that history adds|历史带来的最大深度
strength.history_months|Months of contact that build depth|积累深度所需月数
strength.month_half_life_days|Half-life of a month of contact|联系月份的半衰期
strength.confidence_mass|What is known until a strength is sure|强度可信所需的信息量
strength.answer_days|An answer counts within|多少天内的回应有效
strength.grade_points|Points from which the grades begin|各等级起点分数
strength.fresh_assessment_days|A questionnaire is fresh for|测评的有效期
strength.trusted_days|Days of two-way contact for "trusted"|"信赖"所需双向联系天数
strength.trusted_span_days|Spread over at least|双向联系的最短跨度
strength.handover_share|Part of the depth that is handed over|交接时保留的深度
strength.handover_days|Handed-over depth runs out after|交接深度的有效期
strength.cooling_points|Cooling from so many points lost on|降温判定的分数
strength.sour_liking|Liking below which a tie is sour|关系不睦的好感界限
strength.disagreement_points|Difference from self-assessment that is told|与自评差异的提示界限
strength.goal_acts|Most interactions proposed towards a goal|达到目标的最多互动次数
cadence.days|Days between two contacts, by level|各层级的联系间隔
cadence.days_unknown|The same where the level is unknown|层级不明时的联系间隔
cadence.tier|Factor by tier of the account|按客户分级的间隔系数
cadence.tier_unset|The same without a tier|未分级客户的间隔系数
cadence.least_influence|Strangers to be met from this influence on|应结识者的影响力下限
cadence.stale_days|Stale when unconfirmed for|未确认视为过期的天数
cadence.stale_records|Stale records told of each|每类列出的过期记录数
cadence.drawn_people|People drawn to confirm|抽取待确认的人数
cadence.chain_deciders|Deciders whose chains are confirmed|需确认决策链的决策者数
influence.damping|Part of influence that is passed on|影响力的传递比例
influence.listening_full|Listening at which nobody listens more|倾听的饱和值
influence.unknown_weight|Weight of an influence nobody has rated|未评估影响的权重
influence.kinds|Weight of each kind of tie|各类关系的权重
influence.stated|Weight of a stated influence|明确说出的影响权重
influence.basis|Weight by what an influence rests on|各种影响依据的权重
influence.no_basis|The same without a basis|无依据影响的权重
influence.solid_line|Weight of a solid line|实线汇报的权重
influence.dotted_line|Weight of a dotted line|虚线汇报的权重
influence.level_ratio|Ratio from one level to the next|相邻层级之比
influence.openness|How far each level listens|各层级的倾听程度
influence.openness_unknown|The same where the level is unknown|层级不明时的倾听程度
influence.outside_buying_centre|Factor outside the buying centre|采购中心之外的系数
influence.voice|Factor of the four voices|四档话语权的系数
influence.signer|Factor of who signs|签字人的系数
influence.finance_share_of_clerks|Part of clerks counted as finance|办事员计入财务的比例
influence.key_player_ratio|Key player from so many times the mean on|关键人物相对均值的倍数
influence.hidden_points|Hidden influencer from so many points on|隐性影响者的分数下限
influence.stability_top|Stability is asked of the first|稳定性考察的前几名
influence.stability_draws|Draws of stability|稳定性抽样次数
influence.stability_dropped|Part of the ties left out in each draw|每次抽样去掉的关系比例
influence.steps|Weight of each category at each step|各步骤中各类人员的权重
chains.upward|To one's boss|向上级传递的概率
chains.downward|To those below|向下级传递的概率
chains.dotted|Along a dotted line|沿虚线传递的概率
chains.stated|Along a stated influence|沿明确影响传递的概率
chains.derived|Along a derived influence|沿推断影响传递的概率
chains.unknown_weight|Along an influence nobody has rated|沿未评估影响传递的概率
chains.messages_scale|Messages that make a tie|形成关系的邮件数
chains.attitude|Factor by attitude|各态度的系数
chains.voice|Factor of the four voices|四档话语权的系数
chains.window_shut|Factor while the window is shut|窗口关闭时的系数
chains.most_alternatives|Most chains of a pair|每对人员最多的路径数
chains.most_targets|Most targets by default|默认目标数上限
chains.most_steps|Steps an answer looks at|一次计算的步数上限
chains.extra_hops|Hops beyond the shortest way|超出最短路径的步数
chains.exact_edges|Reach is exact up to so many edges|精确计算可达率的边数上限
chains.least_probability|Least probability of a chain|路径概率下限
chains.draws|Draws of the reach by size of the account|按客户规模的抽样次数
chains.least_draws|Draws of the reach above that|更大规模的抽样次数
tiers.shares|Part of all sales of each tier|各分级占销售额的比例
advice.severity|Severity of each rule|各规则的紧急程度
advice.due_days|Days until a step is due, by severity|各紧急程度的办理天数
advice.most_each|Alerts told of one rule|每条规则列出的提示数
advice.roles_from|Step from which a role should be known|各角色应明确的步骤
advice.champion_from|Step from which there should be a champion|应有支持者的步骤
advice.signers_from|Step from which signers should be known|应明确签字人的步骤
advice.budget_from|Step from which the budget should be approved|预算应获批的步骤
advice.known_points|Known from so many points on|"熟悉"的分数下限
advice.trusted_points|Trusted from so many points on|"信赖"的分数下限
advice.window_days|A window about to shut is told ahead|窗口关闭提前提示天数
advice.stalled_days|Stalled after so many days at a step|停滞判定天数
advice.stale_days|Stale when unconfirmed for|未确认视为过期的天数
advice.left_days|Who left is told for|离职者的提示天数
advice.survey_days|A survey counts for|满意度调查的有效期
advice.referral_days|Referrals are asked after so many days|请求转介绍的间隔天数
advice.referral_score|Referral from this satisfaction on|请求转介绍的满意度下限
advice.low_score|Low satisfaction up to|低满意度上限
advice.city_days|Meeting in the same city, days ahead|同城见面提前天数
departures.substitutes|Substitutes named|列出的替补人数
duplicates.points|Points of each sign|各迹象的分值
duplicates.prior|Points before any sign|无迹象时的分值
duplicates.least_score|Told from this probability on|提示的概率下限
duplicates.short_characters|A name is short up to so many characters|短姓名的字数上限
duplicates.long_spelling|A spelling is long from so many letters on|长拼写的字母数下限
duplicates.near_characters|Names are near from this likeness on|姓名相近的相似度下限
duplicates.near_letters|Spellings are near from this likeness on|拼写相近的相似度下限
duplicates.phone_digits|Digits of a telephone number compared|比较的电话号码位数
duplicates.external_id_length|Shortest external id compared|比较的外部编号最短长度
duplicates.block_people|People of a name compared with each other|同名互相比较的人数上限
duplicates.window|Neighbours compared|比较的相邻人数
coverage.goal_points|A category is covered from|类别视为覆盖的分数
coverage.thread_loss|Single-threaded from this loss on|单线依赖的损失下限
coverage.pairings|Pairings proposed|建议的对接数
trust.voiceless|Worth of a tie to somebody without a voice|对无话语权者关系的折算
keyplayers.counts_from|A tie counts from|关系计入的下限
keyplayers.exact_people|Measures are exact up to so many people|精确计算的人数上限
keyplayers.starts|Starts sampled above that|超出后的抽样起点数
keyplayers.between_steps|Steps betweenness is measured from|中介度计算的步数
keyplayers.cover_pairs|Pairs the smallest set is chosen by|最小集合考察的对数
keyplayers.goal|Joint proximity to pass|须达到的共同接近度
keyplayers.most_seats|Most people of a set|集合的人数上限
keyplayers.tried_people|People tried in every combination|逐一组合考察的人数
keyplayers.tried_seats|Seats tried in every combination|逐一组合考察的席位数
threats.contested_points|Contested from so many points on both sides|双方争夺的分数下限
whatif.most_moved|Numbers told of each answer|每个答案列出的变化数
forecast.decided|Opinion from which somebody is decided|意见视为明确的界限
forecast.guessed|Guess for a tie of 100 points|满分关系的推测态度
forecast.levers|People named to win over|列出的争取对象数
positions.met_points|An interest is met from|利益视为满足的分数
positions.personal|Personal points of each interaction|各类互动的个人利益分
positions.institutional|Institutional points of each interaction|各类互动的机构利益分
positions.closed_complaint|Points of a complaint closed in time|及时解决投诉的加分
positions.closed_days|Closed in time within|及时解决的天数
positions.kept_promise|Points of a promise kept|兑现承诺的加分
positions.broken_promise|Points of a promise broken|未兑现承诺的扣分
positions.mood|Factor by how it went|按效果的系数
positions.move_scale|Scale of moves|变动的尺度
positions.move_half_life_days|Half-life of a move|变动的半衰期
positions.personal_half_life_days|Half-life of personal interest|个人利益的半衰期
positions.institutional_half_life_days|Half-life of institutional interest|机构利益的半衰期
positions.lines|Lines told of each interest|每类利益列出的行数
introductions.upward|To one's own boss|向自己的上级
introductions.bond|Along a bond|沿私人关系
introductions.unknown_bond|Along a bond nobody has rated|沿未评估的私人关系
introductions.colleagues|Between colleagues|同事之间
introductions.past_colleagues|Between past colleagues|前同事之间
introductions.channel|Along a channel|沿产品渠道
introductions.ask_days|Asking again costs within|重复请求计成本的天数
introductions.ask_cost|Cost of asking again|重复请求的成本
introductions.most_accounts|Accounts looked through|考察的客户数
complaints.deciders|Deciders whose reach is counted|计算可达损失的决策者数
complaints.reach_people|All ways are counted up to so many people|按全部路径计算的人数上限
complaints.survey_days|A survey counts for|满意度调查的有效期
week.days|Days ahead|提前天数
week.urgent_influence|Urgent from this influence on|紧急的影响力下限
bosses.own_unit|Odds in one's own department|同部门的几率系数
bosses.unit_above|Odds in the department above|上级部门的几率系数
bosses.further_up|For each department further up|再上一级的系数
bosses.levels|Odds by levels between|按层级差的系数
bosses.head|Odds of the head of the department|部门负责人的系数
bosses.function|Odds of the same function|同职能的系数
bosses.leads|Odds of who leads others already|已有下属者的系数
bosses.peers|Odds of the boss of equals|同级者上级的系数
bosses.colleagues|Odds of the boss of colleagues|同事上级的系数
bosses.siblings|Odds of the boss in sister departments|平级部门上级的系数
bosses.doubt|Doubt added to what is known|对已知上级的保留
bosses.dotted|Odds along a dotted line|虚线汇报的系数
bosses.sways|Odds of who sways|有影响者的系数
bosses.messages|Odds of much mail|邮件频繁的系数
bosses.meetings|Odds of meetings together|共同会面的系数
bosses.together|What counts as a meeting|计为会面的互动
bosses.meeting_people|Most people of a meeting that says something|有参考意义的会面人数上限
bosses.meeting_days|Meetings count for|会面的有效期
bosses.nobody|Odds of nobody above, by level|各层级无上级的几率
bosses.nobody_unknown|The same where the level is unknown|层级不明时无上级的几率
bosses.top|Odds of being at the top|处于顶层的系数
bosses.somebody|Odds of whom nothing points to|无迹象者的几率
bosses.most_guesses|Most guesses|最多推测数
bosses.records|Records named for each reason|每条理由列出的记录数
bosses.propose|Proposed from this share on|提出建议的概率下限
bosses.most_proposed|Most proposals|最多建议数
"""
RULE_NAMES: Mapping[str, Label] = MappingProxyType(
    {key: Label(en, zh) for key, en, zh in (line.split("|") for line in _NAMES.strip().splitlines())}
)
"""The name of each parameter by its key, table and name."""

_VOCABULARIES: tuple[type[Term], ...] = (
    InteractionKind,
    Level,
    Step,
    Category,
    EdgeKind,
    BuyingRole,
    BasisOf,
    Tier,
)
_WORDS = {str(term.value): Label(term.en, term.zh) for words in reversed(_VOCABULARIES) for term in words}
_ATTITUDES = {str(term.value): Label(term.en, term.zh) for term in Attitude}


def part_named(name: str, key: str = "") -> Label:
    """What one value of the parameter `key` is called: its parts in words where a vocabulary has them.

    >>> part_named("brew · users")
    Label(en='Brew · users', zh='内部酝酿 · users')
    >>> part_named("-1", "chains.attitude")
    Label(en='Sceptical', zh='疑虑')
    """
    words = _ATTITUDES if key == "chains.attitude" else _WORDS
    found = [words.get(part, Label(part, part)) for part in name.split(" · ")]
    return Label(" · ".join(part.en for part in found), " · ".join(part.zh for part in found))
