"""Jichuan United Energy: eight departments, sixty people, who reports to whom."""

from __future__ import annotations

from typing import Any

from .document import Document, day

ACCOUNT = "jichuan"

# id, name, function, mandate
DEPARTMENTS = (
    (
        "executive",
        "集团领导 Executive Office",
        "executive",
        "集团战略、投资与重大采购。 Strategy and large purchases.",
    ),
    (
        "production",
        "生产部 Production",
        "user",
        "三条产线的产量与能耗。 Output and energy use of three lines.",
    ),
    (
        "equipment",
        "设备部 Equipment",
        "technical",
        "设备完好率、检修与备件。 Availability, repairs, spare parts.",
    ),
    ("it", "信息部 IT", "technical", "系统、网络与数据。 Systems, networks, data."),
    ("rnd", "研发中心 R&D", "technical", "工艺与节能技术。 Processes and energy saving."),
    ("quality", "质量部 Quality", "user", "检验、计量与体系。 Inspection, metrology, management system."),
    (
        "finance",
        "财务部 Finance",
        "finance",
        "预算、付款与投资回报。 Budgets, payments, return on investment.",
    ),
    ("procurement", "采购部 Procurement", "procurement", "招标、议价与合同。 Tenders, prices, contracts."),
)

# id, name, department, title, rung, boss
PEOPLE = (
    ("wang-jianguo", "王建国", "executive", "总经理 General Manager", "director", ""),
    ("chen-lixin", "陈立新", "executive", "运营副总 VP Operations", "director", "wang-jianguo"),
    ("zhou-min", "周敏", "executive", "技术副总 VP Technology", "director", "wang-jianguo"),
    ("liu-zhiyuan", "刘志远", "executive", "财务总监 CFO", "director", "wang-jianguo"),
    ("zhao-yaqin", "赵雅琴", "executive", "办公室主任 Chief of Staff", "manager", "wang-jianguo"),
    ("audit-head", "集团审计组组长", "executive", "审计组组长 Head of Audit", "manager", "wang-jianguo"),
    ("tian-jingwen", "田敬文", "executive", "秘书 Secretary", "clerk", "zhao-yaqin"),
    ("li-guoqiang", "李国强", "production", "生产部经理 Production Manager", "manager", "chen-lixin"),
    ("ma-chaoqun", "马超群", "production", "甲班班长 Shift Leader A", "operator", "li-guoqiang"),
    ("luo-yulan", "罗玉兰", "production", "乙班班长 Shift Leader B", "operator", "li-guoqiang"),
    ("yuan-dayong", "袁大勇", "production", "丙班班长 Shift Leader C", "operator", "li-guoqiang"),
    ("deng-xiaoman", "邓小满", "production", "操作工 Operator", "operator", "ma-chaoqun"),
    ("han-lei", "韩磊", "production", "操作工 Operator", "operator", "ma-chaoqun"),
    ("xie-chunmei", "谢春梅", "production", "操作工 Operator", "operator", "luo-yulan"),
    ("jia-zhiqiang", "贾志强", "production", "操作工 Operator", "operator", "yuan-dayong"),
    ("peng-liang", "彭亮", "production", "生产计划员 Planner", "clerk", "li-guoqiang"),
    ("jiang-wenxiu", "蒋文秀", "production", "统计员 Statistician", "clerk", "peng-liang"),
    ("fan-siyuan", "范思远", "production", "工艺员 Process Technician", "expert", "li-guoqiang"),
    ("sun-haitao", "孙海涛", "equipment", "设备部经理 Equipment Manager", "manager", "chen-lixin"),
    ("liang-wei", "梁伟", "equipment", "维修组长 Maintenance Lead", "expert", "sun-haitao"),
    ("song-jia", "宋佳", "equipment", "电气工程师 Electrical Engineer", "expert", "sun-haitao"),
    ("ding-kai", "丁凯", "equipment", "机械工程师 Mechanical Engineer", "expert", "sun-haitao"),
    ("pan-li", "潘丽", "equipment", "仪表工程师 Instrument Engineer", "expert", "sun-haitao"),
    ("hou-jian", "侯建", "equipment", "动力班长 Utilities Foreman", "operator", "sun-haitao"),
    ("yao-jun", "姚军", "equipment", "钳工 Fitter", "operator", "hou-jian"),
    ("lu-xiaojun", "卢小军", "equipment", "维修电工 Electrician", "operator", "hou-jian"),
    ("shi-lei", "石磊", "equipment", "润滑技师 Lubrication Technician", "operator", "hou-jian"),
    ("zhong-hui", "钟慧", "equipment", "备件管理员 Spares Keeper", "clerk", "sun-haitao"),
    ("xu-jing", "许静", "equipment", "备件计划员 Spares Planner", "clerk", "sun-haitao"),
    ("wu-xiaodong", "吴晓东", "it", "信息部经理 IT Manager", "manager", "zhou-min"),
    ("dong-hao", "董浩", "it", "架构师 Architect", "expert", "wu-xiaodong"),
    ("meng-jie", "孟洁", "it", "MES 工程师 MES Engineer", "expert", "wu-xiaodong"),
    ("fu-ting", "傅婷", "it", "数据工程师 Data Engineer", "expert", "dong-hao"),
    ("shao-yang", "邵阳", "it", "网络管理员 Network Administrator", "expert", "wu-xiaodong"),
    ("long-fei", "龙飞", "it", "信息安全 Information Security", "expert", "wu-xiaodong"),
    ("wan-li", "万里", "it", "服务台 Service Desk", "clerk", "shao-yang"),
    ("zheng-hong", "郑红", "rnd", "研发总监 R&D Director", "manager", "zhou-min"),
    ("gu-ming", "顾明", "rnd", "首席工程师 Principal Engineer", "expert", "zheng-hong"),
    ("mao-ning", "毛宁", "rnd", "工艺研发 Process Engineer", "expert", "gu-ming"),
    ("cui-yan", "崔岩", "rnd", "仿真工程师 Simulation Engineer", "expert", "gu-ming"),
    ("jiang-xue", "江雪", "rnd", "实验室主管 Laboratory Lead", "expert", "zheng-hong"),
    ("chang-qing", "常青", "rnd", "标准化 Standards", "clerk", "zheng-hong"),
    ("cao-wenjing", "曹文静", "quality", "质量部经理 Quality Manager", "manager", "chen-lixin"),
    ("xue-lan", "薛兰", "quality", "质量工程师 Quality Engineer", "expert", "cao-wenjing"),
    ("qiu-yu", "邱雨", "quality", "体系工程师 Systems Engineer", "expert", "cao-wenjing"),
    ("he-gang", "贺刚", "quality", "检验班长 Inspection Foreman", "operator", "cao-wenjing"),
    ("ni-min", "倪敏", "quality", "检验员 Inspector", "operator", "he-gang"),
    ("tang-yong", "汤勇", "quality", "计量员 Metrologist", "operator", "he-gang"),
    ("feng-lihua", "冯丽华", "finance", "财务部经理 Finance Manager", "manager", "liu-zhiyuan"),
    ("tom-ellery", "Tom Ellery", "finance", "合资方财务顾问 JV Finance Adviser", "expert", ""),
    ("yan-dongmei", "严冬梅", "finance", "成本会计 Cost Accountant", "clerk", "feng-lihua"),
    ("shi-wen", "施文", "finance", "应付会计 Accounts Payable", "clerk", "feng-lihua"),
    ("hong-bo", "洪波", "finance", "预算专员 Budget Officer", "clerk", "feng-lihua"),
    ("gong-xue", "龚雪", "finance", "税务会计 Tax Accountant", "clerk", "feng-lihua"),
    ("he-jun", "何俊", "procurement", "采购部经理 Procurement Manager", "manager", "chen-lixin"),
    ("li-xiaomin", "黎小敏", "procurement", "招标专员 Tender Officer", "clerk", "he-jun"),
    ("yi-cheng", "易成", "procurement", "采购员 Buyer", "clerk", "he-jun"),
    ("wu-dan", "武丹", "procurement", "合同管理 Contracts Officer", "clerk", "he-jun"),
    ("lei-ming", "雷鸣", "procurement", "供应商管理 Supplier Management", "clerk", "he-jun"),
)

# Vice presidents sit in the executive office and answer for a function.
FUNCTION = {"chen-lixin": "user", "zhou-min": "technical", "liu-zhiyuan": "finance", "audit-head": "finance"}
DOTTED = (("tom-ellery", "liu-zhiyuan"),)
# Not an employee, so without a job here: id, name, where she is known from.
CONSULTANT = ("helen-marsh", "Dr. Helen Marsh", "岚山设计院 Lanshan Design Institute")
LEFT = {"xu-jing": 61}
"""Who left, and how many days ago."""
STALE = {
    "hou-jian": 130,
    "chang-qing": 155,
    "gong-xue": 210,
    "wan-li": 118,
    "jiang-wenxiu": 97,
    "ni-min": 142,
}
"""Whose card nobody has confirmed for more than 90 days."""
JOINED = {"liang-wei": 8035}
"""Who has been in his job for longer than most, in days."""

# Who somebody is: personality, wants 0–3, needs 0–3.
CHARACTERS: dict[str, dict[str, Any]] = {
    "wang-jianguo": {
        "personality": "driver",
        "wants": {"achievement": 3, "status": 2},
        "needs": {"image": 3, "profit": 2},
    },
    "chen-lixin": {
        "personality": "driver",
        "wants": {"achievement": 3, "friendship": 1},
        "needs": {"volume": 3, "cost": 2},
    },
    "zhou-min": {
        "personality": "analytical",
        "wants": {"status": 3},
        "needs": {"image": 2, "safety": 2},
    },
    "liu-zhiyuan": {
        "personality": "analytical",
        "wants": {"security": 3},
        "needs": {"cost": 3, "profit": 2},
    },
    "zhao-yaqin": {
        "personality": "amiable",
        "wants": {"friendship": 2, "security": 2},
    },
    "li-guoqiang": {
        "personality": "amiable",
        "wants": {"friendship": 3, "achievement": 2},
        "needs": {"volume": 3, "safety": 2},
    },
    "sun-haitao": {
        "personality": "analytical",
        "wants": {"achievement": 2, "security": 2},
        "needs": {"safety": 3, "cost": 2},
    },
    "wu-xiaodong": {
        "personality": "driver",
        "wants": {"status": 2, "security": 3},
        "needs": {"safety": 2},
    },
    "zheng-hong": {
        "personality": "expressive",
        "wants": {"friendship": 3, "achievement": 2},
    },
    "feng-lihua": {"personality": "amiable", "wants": {"security": 3}, "needs": {"cost": 2}},
    "he-jun": {"personality": "driver", "wants": {"achievement": 2}, "needs": {"cost": 3}},
    "song-jia": {"personality": "expressive", "wants": {"achievement": 3, "friendship": 2}},
    "cao-wenjing": {
        "personality": "analytical",
        "wants": {"security": 2},
        "needs": {"safety": 2, "image": 2},
    },
    "tom-ellery": {
        "personality": "analytical",
        "needs": {"profit": 3},
    },
    "helen-marsh": {"personality": "analytical", "wants": {"achievement": 2}, "needs": {"image": 2}},
}

# What is worth knowing of somebody at work.
REMARKS = {
    "liu-zhiyuan": "一期发票有争议。 The disputed invoice of the first phase.",
    "zhao-yaqin": "安排总经理日程。 Keeps the general manager's diary.",
    "liang-wei": "在厂 22 年，设备上的事都问他。 22 years on site; asked about every machine.",
    "li-guoqiang": "我们最老的朋友。 Our oldest friend.",
    "sun-haitao": "写一半的技术指标。 Writes half of the criteria.",
    "wu-xiaodong": "博朗维的内线。 The competitor's insider.",
    "zheng-hong": "前任客户经理的朋友。 A friend of our former account manager.",
    "tom-ellery": "只用英文回复，看重投资回报。 Answers only in English; sees return on investment.",
}


def tell(story: Document) -> None:
    """Add the account, its departments, people, jobs and reporting lines."""
    _account(story)
    for id_, name, function, mandate in DEPARTMENTS:
        story.node(
            "department",
            f"{ACCOUNT}-{id_}",
            account_id=ACCOUNT,
            name=name,
            function=function,
            mandate=mandate,
        )
    for place, (id_, name, unit, title, rung, boss) in enumerate(PEOPLE):
        gone = LEFT.get(id_)
        until = None if gone is None else day(gone)
        _contact(story, id_, name, place, status="left" if gone else None)
        story.edge(
            "works_in",
            id_,
            f"{ACCOUNT}-{unit}",
            title=title,
            rung=rung,
            function=FUNCTION.get(id_),
            since=day(JOINED.get(id_, 900 + 37 * place)),
            until=until,
            note=REMARKS.get(id_),
        )
        if boss:
            story.edge("reports_to", id_, boss, since=day(700 + 11 * place), until=until, confidence=0.95)
    for report, boss in DOTTED:
        story.edge("reports_to", report, boss, line="dotted", since=day(600))
    id_, name, source = CONSULTANT
    _contact(story, id_, name, len(PEOPLE), source=source)


def _account(story: Document) -> None:
    story.node(
        "account",
        ACCOUNT,
        name="霁川联合能源集团 Jichuan United Energy Group",
        aliases=["霁川能源", "Jichuan Energy"],
        status="customer",
        tier="A",
        industry="电力与流程工业 Power and process plants",
        region="霁川 Jichuan",
        employees=5200,
        situation="三条产线，一期待验收；英国合资方参股。 Three lines, the first awaits acceptance; "
        "a British joint-venture partner holds shares.",
        yearly_need="自动化与能耗管理，约 CNY 90 M。 Automation and energy management, CNY 90 M.",
        annual_volume=18_500_000,
        industry_notes={
            "rivalry": "三家集成商竞价。 Three integrators bid against each other.",
            "buyers": "集团统一招标，议价力强。 One tender for the group: strong buyers.",
            "political": "能耗双控指标逐年收紧。 Energy quotas tighten every year.",
        },
        currency="CNY",
        channel_role="end_user",
        goals="两年内单位能耗降 12%。 Energy per unit down 12 % in two years.",
        confirmed_on=day(12),
    )


def _contact(story: Document, id_: str, name: str, place: int, **fields: Any) -> None:
    placeholder = id_ == "audit-head"
    mail = [] if placeholder else [{"kind": "email", "value": f"{id_}@jichuan.example"}]
    story.node(
        "contact",
        id_,
        account_id=ACCOUNT,
        name=name,
        latin_name="Head of Audit" if placeholder else None,
        placeholder=True if placeholder else None,
        channels=mail,
        confirmed_on=day(STALE.get(id_, 5 + 13 * place % 71)),
        **fields,
        **CHARACTERS.get(id_, {}),
    )
