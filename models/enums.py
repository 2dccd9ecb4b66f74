"""The closed vocabularies of key-account selling; every value carries its English and Chinese label."""

from __future__ import annotations

from models.terms import Degree as Degree
from models.terms import Term as Term


class NodeKind(Term):
    ACCOUNT = "account", "Account", "大客户"
    DEPARTMENT = "department", "Department", "部门"
    CONTACT = "contact", "Contact", "联系人"
    MEMBER = "member", "Member", "我方人员"
    COMPETITOR = "competitor", "Competitor", "竞争者"
    RIVAL = "rival", "Competitor's rep", "竞争者代表"
    PRODUCT = "product", "Product", "产品"
    OPPORTUNITY = "opportunity", "Opportunity", "项目"
    INTERACTION = "interaction", "Interaction", "走访/互动"
    ASSESSMENT = "assessment", "Assessment", "测评"
    ACTION = "action", "Action", "行动"
    DOSSIER = "dossier", "Dossier", "个人资料"


class EdgeKind(Term):
    WORKS_IN = "works_in", "Works in", "任职"
    REPORTS_TO = "reports_to", "Reports to", "汇报"
    INFLUENCES = "influences", "Influences", "影响"
    MESSAGES = "messages", "Messages", "邮件往来"
    BOND = "bond", "Bond", "同事关系"
    KNOWS = "knows", "Knows", "客户关系"
    COURTS = "courts", "Courts", "竞争者关系"
    PLAYS = "plays", "Plays", "采购角色"
    SERVES = "serves", "Serves", "客户团队"
    COMPETES_IN = "competes_in", "Competes in", "竞标"
    USES = "uses", "Uses", "已装产品"
    CHANNEL = "channel", "Channel", "渠道关系"


Kind = NodeKind | EdgeKind


class AccountStatus(Term):
    PROSPECT = "prospect", "Prospect", "潜在客户"
    CUSTOMER = "customer", "Customer", "客户"
    FORMER = "former", "Former customer", "前客户"
    CHANNEL_PARTNER = "channel_partner", "Channel partner", "渠道伙伴"


class Tier(Term):
    A = "A", "A · core", "A 核心"
    B = "B", "B · important", "B 重要"
    C = "C", "C · ordinary", "C 普通"


class TierReason(Term):
    STRATEGIC = "strategic", "Strategic position", "战略地位"
    FUTURE_PROFIT = "future_profit", "Future profit", "未来利润"
    DIRECTION = "direction", "Leads in the wanted direction", "引向期望方向"
    CANNOT_LOSE = "cannot_lose", "Cannot lose", "不能失去"


class ChannelRole(Term):
    SUPPLIER = "supplier", "Supplier", "供应商"
    MANUFACTURER = "manufacturer", "Manufacturer", "制造商"
    DISTRIBUTOR = "distributor", "Distributor", "分销商"
    RETAILER = "retailer", "Retailer", "零售商"
    END_USER = "end_user", "End user", "最终用户"


class ChannelLink(Term):
    """What one account of a channel does for another."""

    SUPPLIES = "supplies", "Supplies", "供货"
    DISTRIBUTES = "distributes", "Distributes for", "分销"
    PARTNERS = "partners", "Partners with", "合作"
    OWNS = "owns", "Owns", "控股"


class IndustryFactor(Term):
    """What a note on an industry is about: the five forces 五力, then PEST 政治经济社会技术."""

    RIVALRY = "rivalry", "Rivalry", "同业竞争"
    ENTRANTS = "entrants", "New entrants", "潜在进入者"
    SUBSTITUTES = "substitutes", "Substitutes", "替代品"
    SUPPLIERS = "suppliers", "Power of suppliers", "供方议价能力"
    BUYERS = "buyers", "Power of buyers", "买方议价能力"
    POLITICAL = "political", "Political", "政治"
    ECONOMIC = "economic", "Economic", "经济"
    SOCIAL = "social", "Social", "社会"
    TECHNICAL = "technical", "Technical", "技术"


class InstalledAt(Term):
    """Where a product is used: by the whole account or by one department. The values are kinds of nodes."""

    ACCOUNT = "account", "Whole account", "整个客户"
    DEPARTMENT = "department", "Department", "部门"


class Function(Term):
    EXECUTIVE = "executive", "Executive", "高层"
    USER = "user", "User department", "使用部门"
    TECHNICAL = "technical", "Technical", "技术/支持部门"
    FINANCE = "finance", "Finance", "财务部门"
    PROCUREMENT = "procurement", "Procurement", "采购"
    LEGAL = "legal", "Legal", "法务"
    SALES = "sales", "Sales", "销售"
    OTHER = "other", "Other", "其他"


class ContactStatus(Term):
    ACTIVE = "active", "Active", "在职"
    LEFT = "left", "Left", "已离职"
    UNKNOWN = "unknown", "Unknown", "未知"


class Personality(Term):
    DRIVER = "driver", "Driver", "力量型"
    EXPRESSIVE = "expressive", "Expressive", "表现型"
    AMIABLE = "amiable", "Amiable", "亲和型"
    ANALYTICAL = "analytical", "Analytical", "分析型"


class Want(Term):
    ACHIEVEMENT = "achievement", "Achievement", "成就感"
    STATUS = "status", "Status", "地位感"
    FRIENDSHIP = "friendship", "Friendship", "情谊感"
    SECURITY = "security", "Security", "安全感"
    SURVIVAL = "survival", "Survival", "生存感"


class Need(Term):
    VOLUME = "volume", "Volume", "销量"
    COST = "cost", "Cost", "成本"
    PROFIT = "profit", "Profit", "利润"
    SAFETY = "safety", "Safety", "安全"
    IMAGE = "image", "Image", "形象"


class Rung(Term):
    DIRECTOR = "director", "Director", "董事/高管"
    MANAGER = "manager", "Manager", "经理"
    EXPERT = "expert", "Expert", "专家"
    OPERATOR = "operator", "Operator", "操作人员"
    CLERK = "clerk", "Clerk", "职员"


class Level(Term):
    """A place in the hierarchy; the order of the members is from low to high."""

    OPERATIONAL = "operational", "Operational", "操作层"
    MANAGEMENT = "management", "Management", "管理层"
    DECISION = "decision", "Decision", "决策层"


LEVEL_OF_RUNG: dict[Rung, Level] = {
    Rung.DIRECTOR: Level.DECISION,
    Rung.MANAGER: Level.MANAGEMENT,
    Rung.EXPERT: Level.OPERATIONAL,
    Rung.OPERATOR: Level.OPERATIONAL,
    Rung.CLERK: Level.OPERATIONAL,
}


class Category(Term):
    """The six buyer categories 六类客户."""

    DECISION_MAKER = "decision_maker", "Decision makers", "决策层"
    USER_MANAGER = "user_manager", "User-department managers", "使用部门管理层"
    TECHNICAL_MANAGER = "technical_manager", "Technical-department managers", "技术部门管理层"
    FINANCE_MANAGER = "finance_manager", "Finance-department managers", "财务部门管理层"
    USER = "user", "Users", "使用者"
    OPERATOR = "operator", "Operators", "操作者"


class Step(Term):
    """The buyer's six purchasing steps 采购六步."""

    DISCOVER = "discover", "Discover", "发现需求"
    BREW = "brew", "Brew", "内部酝酿"
    DESIGN = "design", "Design", "系统设计"
    EVALUATE = "evaluate", "Evaluate", "评估比较"
    COMMIT = "commit", "Commit", "购买承诺"
    INSTALL = "install", "Install", "安装实施"


class Stage(Term):
    """Our six sales stages 销售六阶段; they pair with the steps in order."""

    DEVELOP = "develop", "Develop", "客户开发"
    QUALIFY = "qualify", "Qualify", "立项"
    PROPOSE = "propose", "Propose", "提案"
    BID = "bid", "Bid", "招投标"
    NEGOTIATE = "negotiate", "Negotiate", "商务谈判"
    DELIVER = "deliver", "Deliver", "工程实施"


class OpportunityStatus(Term):
    OPEN = "open", "Open", "进行中"
    WON = "won", "Won", "赢单"
    LOST = "lost", "Lost", "丢单"


class InteractionKind(Term):
    VISIT = "visit", "Visit", "走访"
    CALL = "call", "Call", "电话"
    MESSAGE = "message", "Message", "微信/短信"
    EMAIL = "email", "E-mail", "邮件"
    MEETING = "meeting", "Meeting", "会议"
    MEAL = "meal", "Meal", "用餐"
    DEMO = "demo", "Demo", "演示"
    TRAINING = "training", "Training", "培训"
    EVENT = "event", "Event", "活动"
    COMPLAINT = "complaint", "Complaint", "投诉"
    SURVEY = "survey", "Survey", "满意度"
    REFERRAL = "referral", "Referral", "推荐"


class ActionKind(Term):
    PROMISE = "promise", "Promise", "承诺"
    NEXT_STEP = "next_step", "Next step", "下一步"


class Direction(Term):
    OURS = "ours", "From us", "我方发起"
    THEIRS = "theirs", "From them", "对方发起"
    MUTUAL = "mutual", "Both", "双方"


class Line(Term):
    SOLID = "solid", "Solid line", "实线"
    DOTTED = "dotted", "Dotted line", "虚线"


class Basis(Term):
    AUTHORITY = "authority", "Authority", "职权"
    EXPERTISE = "expertise", "Expertise", "专业"
    FRIENDSHIP = "friendship", "Friendship", "朋友"
    FAMILY = "family", "Family", "亲属"
    ALUMNI = "alumni", "Alumni", "校友"
    TOWNSMAN = "townsman", "Same home town", "同乡"
    COMRADE = "comrade", "Army comrades", "战友"
    FORMER_BOSS = "former_boss", "Former boss or master", "老领导/师徒"
    HOBBY = "hobby", "Shared hobby", "同好"
    OTHER = "other", "Other", "其他"


class Polarity(Degree):
    FRIENDLY = 1, "Friendly", "友好"
    CONFLICT = -1, "Conflict", "冲突"


class BuyingRole(Term):
    DECISION_MAKER = "decision_maker", "Decision maker", "决策者"
    APPROVER = "approver", "Approver", "审批者"
    EVALUATOR = "evaluator", "Evaluator", "评估者"
    USER = "user", "User", "使用者"
    INFLUENCER = "influencer", "Influencer", "影响者"
    GATEKEEPER = "gatekeeper", "Gatekeeper", "把关者"
    CHAMPION = "champion", "Champion", "拥护者"
    COACH = "coach", "Coach", "教练/内线"
    PROCUREMENT = "procurement", "Procurement", "采购"


class Attitude(Degree):
    """What somebody thinks of us in a deal."""

    ADVOCATE = 2, "Advocate", "力挺"
    SUPPORTIVE = 1, "Supportive", "支持"
    NEUTRAL = 0, "Neutral", "中立"
    SCEPTICAL = -1, "Sceptical", "疑虑"
    AGAINST = -2, "Against", "反对"


class Voice(Degree):
    """Informal power in a purchase, apart from rank."""

    NONE = 0, "No voice", "没有话语权"
    SOME = 1, "Some voice", "有一些话语权"
    STRONG = 2, "Strong voice", "话语权强"
    DECISIVE = 3, "Decisive voice", "一言九鼎"


class ConcernCode(Term):
    QUALITY = "quality", "Quality", "品质"
    RELIABILITY = "reliability", "Reliability", "故障率"
    USABILITY = "usability", "Usability", "易用"
    DELIVERY = "delivery", "Delivery", "交货期"
    PRICE = "price", "Price and cost", "价格与成本"
    TERMS = "terms", "Payment terms", "付款条件"
    SERVICE = "service", "Support and service", "技术支持与售后"
    QUALIFICATION = "qualification", "Qualification", "资质"
    RETURN = "return", "Return on investment", "投资回报"


class ConcernForm(Term):
    EXPLICIT = "explicit", "Explicit", "明确"
    IMPLIED = "implied", "Implied", "隐藏"


class TeamRole(Term):
    OWNER = "owner", "Owner", "客户经理"
    SPONSOR = "sponsor", "Sponsor", "高层"
    EXPERT = "expert", "Expert", "专家"
    SUPPORT = "support", "Support", "支持"


class CompetitorStatus(Term):
    INCUMBENT = "incumbent", "Incumbent", "现有供应商"
    LEADING = "leading", "Leading", "领先"
    SHORTLISTED = "shortlisted", "Shortlisted", "入围"
    OUT = "out", "Out", "出局"


class CriterionOrigin(Term):
    OURS = "ours", "Our idea", "我方提出"
    COMPETITOR = "competitor", "Competitor's idea", "竞争者提出"
    THEIRS = "theirs", "Their own", "客户自提"


class BudgetState(Term):
    NONE = "none", "No budget", "无预算"
    PLANNED = "planned", "Planned", "已列计划"
    APPROVED = "approved", "Approved", "已批准"


class ChannelKind(Term):
    """How somebody can be reached."""

    PHONE = "phone", "Phone", "电话"
    EMAIL = "email", "E-mail", "邮箱"
    WECHAT = "wechat", "WeChat", "微信"
    OTHER = "other", "Other", "其他"


class Grade(Term):
    """The four grades of the thermometer 温度计, from cold to warm."""

    STRANGER = "stranger", "Stranger", "陌生"
    FAMILIAR = "familiar", "Familiar", "熟悉"
    TRUSTED = "trusted", "Trusted", "信赖"
    ALLY = "ally", "Ally", "同盟"


class Window(Term):
    """Whether the decision layer can be reached directly now."""

    OPEN = "open", "Window open", "窗口开启"
    SHUT = "shut", "Window shut", "窗口关闭"


class ViewName(Term):
    """The pictures an account can be seen in."""

    ORG_CHART = "org-chart", "Org chart", "组织结构图"
    INFLUENCE = "influence", "Influence map", "影响力地图"
    CHAINS = "chains", "Decision chains", "决策链"
    CONTACT_MATRIX = "contact-matrix", "Contact matrix", "接触矩阵"
    RANKINGS = "rankings", "Key influencers", "关键影响者"
    THREATS = "threats", "Threats", "竞争威胁"
    POSITIONS = "positions", "Positions", "关系定位"
    TRUST = "trust", "Trust", "信任度"
    RELATION_MATRIX = "relation-matrix", "Relation matrix", "关系矩阵"
    CHANNEL_MAP = "channel-map", "Channel map", "产品渠道图"
    DIFF = "diff", "What has changed", "变更对比"


class ChainSource(Term):
    """Where decision chains start, if not at one person."""

    OURS = "ours", "Our people", "我方人员"
    COMPETITOR = "competitor", "The competitors' reps", "竞争者代表"
    ALL = "all", "Every contact", "全部联系人"


class Prior(Term):
    """What people weigh in a ranking before anybody listens to anybody."""

    LEVEL = "level", "By level or step", "按层级或采购步骤"
    FLAT = "flat", "The same for all", "人人相同"


class TieDirection(Term):
    """Which way stored ties are read."""

    AS_STORED = "as_stored", "As stored", "按存储方向"
    REVERSED = "reversed", "Reversed", "反向"


class ImportStage(Term):
    """Where an import stands. An interrupted one was cut off, and what it had written was undone."""

    RUNNING = "running", "Running", "进行中"
    DONE = "done", "Done", "已完成"
    FAILED = "failed", "Refused", "被拒绝"
    INTERRUPTED = "interrupted", "Cut off and undone", "中断并已撤销"
    UNDOING = "undoing", "Being undone", "撤销中"
    UNDONE = "undone", "Undone", "已撤销"
