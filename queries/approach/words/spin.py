"""The four questions of SPIN for each of the nine concerns. The wording is ours, the method Rackham's."""

from __future__ import annotations

import types
from collections.abc import Mapping

from models.approach import Spin
from models.enums import ConcernCode
from models.fields import Label


def _four(*questions: tuple[str, str]) -> Mapping[Spin, Label]:
    return types.MappingProxyType(
        {spin: Label(en, zh) for spin, (en, zh) in zip(Spin, questions, strict=True)}
    )


SPIN: Mapping[ConcernCode, Mapping[Spin, Label]] = types.MappingProxyType(
    {
        ConcernCode.QUALITY: _four(
            (
                "What share of the output passes at the first go today?",
                "目前产品的一次合格率是多少？",
            ),
            (
                "Which fault comes back again and again?",
                "哪一种缺陷总是反复出现？",
            ),
            (
                "What does one bad batch do to {department} and to {goal}?",
                "出一批不合格品，对{department}的{goal}影响有多大？",
            ),
            (
                "If {ours} caught that fault at the source, what would it do for {goal}?",
                "如果{ours}能从源头把这种缺陷挡住，对{goal}有多大帮助？",
            ),
        ),
        ConcernCode.RELIABILITY: _four(
            (
                "How often does {installed} stop in a year?",
                "{installed}一年要停几次？",
            ),
            (
                "When it stops, what gives you the most trouble?",
                "停下来的时候，最麻烦的是什么？",
            ),
            (
                "What does one stop do to {department} and to {goal}?",
                "停一次，对{department}的{goal}影响有多大？",
            ),
            (
                "If {ours} halved the stops, what would that mean for {goal}?",
                "如果{ours}能让停机减少一半，对{goal}意味着什么？",
            ),
        ),
        ConcernCode.USABILITY: _four(
            (
                "How long does a new colleague in {department} need to run {installed} alone?",
                "{department}的新员工要多久才能独立操作{installed}？",
            ),
            (
                "At which step do people go wrong most often?",
                "大家最容易在哪一步出错？",
            ),
            (
                "When somebody goes wrong there, what does it cost {department} in time and scrap?",
                "错一次，{department}要搭进去多少时间、多少损耗？",
            ),
            (
                "If {ours} could be learnt in a day, whom could you put to work at once?",
                "如果{ours}一天就能学会，您手下哪些人马上就能上岗？",
            ),
        ),
        ConcernCode.DELIVERY: _four(
            (
                "By when must it run in {department}, and what hangs on that day?",
                "{department}最晚什么时候要用上？后面还有哪些安排等着它？",
            ),
            (
                "Where did the last delivery slip?",
                "上一次供货是在哪个环节拖的？",
            ),
            (
                "What does one week's delay do to {goal}?",
                "晚一周，对{goal}影响有多大？",
            ),
            (
                "If {ours} ran a fortnight early, what could you start sooner?",
                "如果{ours}能提前两周投用，您哪些工作可以早点启动？",
            ),
        ),
        ConcernCode.PRICE: _four(
            (
                "Beside its price, what does {installed} cost you a year in spares, power and stops?",
                "除了采购价，{installed}一年的备件、能耗、停机要花多少钱？",
            ),
            (
                "Which of these costs is hardest to keep in hand?",
                "这些费用里，哪一项最难控制？",
            ),
            (
                "If it goes on like this for three years, what will be missing for {goal}?",
                "照这样再过三年，多花的钱对{goal}有什么影响？",
            ),
            (
                "If {ours} took a tenth off the running cost, where would you put the money?",
                "如果{ours}能把运行成本降一成，省下的钱您打算用在哪里？",
            ),
        ),
        ConcernCode.TERMS: _four(
            (
                "How are payments usually split in your house, and who releases each of them?",
                "贵方一般分几笔付款？每一笔由谁批？",
            ),
            (
                "Which of the payments raises the most questions?",
                "哪一笔付款最容易被问来问去？",
            ),
            (
                "When a payment hangs, what does it hold up in {department}?",
                "付款一卡住，会耽误{department}哪些事？",
            ),
            (
                "If each payment followed a milestone you have signed, how much easier would the release be?",
                "如果每一笔都按您签字的节点来付，审批会不会顺很多？",
            ),
        ),
        ConcernCode.SERVICE: _four(
            (
                "When {installed} fails today, how long until somebody is on site?",
                "{installed}出了问题，目前多久能有人到现场？",
            ),
            (
                "What was the longest you had to wait, and for what?",
                "等得最久的一次是多长时间？等的是什么？",
            ),
            (
                "What happens in {department} during those hours, and who has to answer for it?",
                "等的那段时间，{department}的活怎么办？责任算谁的？",
            ),
            (
                "If somebody who knows {ours} came with the right part, what would that spare you?",
                "如果熟悉{ours}的人带着备件上门，能替您省掉多少麻烦？",
            ),
        ),
        ConcernCode.QUALIFICATION: _four(
            (
                "Which references and certificates must a supplier show for {deal}?",
                "{deal}要求供应商具备哪些业绩和资质？",
            ),
            (
                "With earlier suppliers, what turned out other than on paper?",
                "以前的供应商，有哪些方面和资料上写的不一样？",
            ),
            (
                "If a supplier cannot cope half-way, who has to answer for the choice, and what of {goal}?",
                "万一供应商中途顶不住，选型的责任谁来担？{goal}又怎么办？",
            ),
            (
                "If you saw {ours} at work at a plant like yours, which question would that settle?",
                "如果请您到同类现场看看{ours}的实际运行，能打消哪些顾虑？",
            ),
        ),
        ConcernCode.RETURN: _four(
            (
                "How do you work out whether an investment pays, and over how many years?",
                "贵方的投资回报怎么算？一般要求几年收回？",
            ),
            (
                "Which figure in such a calculation do you trust least?",
                "这类测算里，您最没把握的是哪个数？",
            ),
            (
                "If the money came back a year late, what would that do to {goal}?",
                "如果投资晚一年收回，对{goal}有什么影响？",
            ),
            (
                "If we worked out the return of {ours} with your own figures, who else should see it?",
                "如果用您自己的数据把{ours}的回报算清楚，还应该给哪些人看？",
            ),
        ),
    }
)
