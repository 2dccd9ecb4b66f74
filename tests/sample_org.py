"""An invented group of some sixty people with ties, roles and contacts of ours, in both languages."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from functools import cache

from models.enums import Basis, EdgeKind, Function, InteractionKind, Level, Line, NodeKind, Polarity, Step
from models.graph import AccountGraph
from tests.invented import Invented

DAY = date(2026, 11, 21)
DEAL = "line-2"

_UNITS = {
    "exec": ("集团领导 Executive Office", Function.EXECUTIVE),
    "prod": ("生产部 Production", Function.USER),
    "equip": ("设备部 Equipment", Function.TECHNICAL),
    "qa": ("质量部 Quality", Function.USER),
    "it": ("信息部 IT", Function.TECHNICAL),
    "rnd": ("研发中心 R&D", Function.TECHNICAL),
    "fin": ("财务部 Finance", Function.FINANCE),
    "proc": ("采购部 Procurement", Function.PROCUREMENT),
}
_LEVELS = {"D": Level.DECISION, "M": Level.MANAGEMENT, "O": Level.OPERATIONAL}
_LEADERS = """
gm|孟怀山|总经理 General Manager|exec|D|
vp-ops|田景和|生产副总 VP Operations|exec|D|gm
vp-tech|苏敏君|技术副总 VP Technology|exec|D|gm
cfo|柳致平|财务总监 CFO|exec|D|gm
staff|殷雅琴|总经办主任 Chief of Staff|exec|M|gm
h-prod|郭立强|生产部经理 Production Manager|prod|M|vp-ops
h-equip|程海涛|设备部经理 Equipment Manager|equip|M|vp-ops
h-qa|曾文静|质量部经理 Quality Manager|qa|M|vp-ops
h-it|乌晓东|信息部经理 IT Manager|it|M|vp-tech
h-rnd|郑虹|研发总监 R&D Director|rnd|M|vp-tech
h-fin|封丽华|财务部经理 Finance Manager|fin|M|cfo
h-proc|贺俊|采购部经理 Procurement Manager|proc|M|cfo
"""
_TEAMS = """
prod|杨凡|一车间主任 Shop 1 Supervisor
prod|徐蕾|二车间主任 Shop 2 Supervisor
prod|马晓雁|计划主管 Planner
prod|胡建群|班组长 Team Leader
prod|高祥|工艺员 Process Engineer
prod|林舫|统计员 Statistics Clerk
prod|罗程|操作工长 Foreman
equip|梁维|维修主管 Maintenance Lead
equip|宋加|电气工程师 Electrical Engineer
equip|唐永|机械工程师 Mechanical Engineer
equip|韩学|点检员 Inspector
equip|邓潮|技师 Technician
equip|贺澜|特种设备员 Special Equipment
equip|凌雨|备件员 Spares Clerk
qa|陆瑶|质量工程师 Quality Engineer
qa|汪阳|体系主管 QMS Lead
qa|田恬|检验主管 Inspection Lead
qa|范兵|计量员 Metrologist
qa|石垒|客诉主管 Complaints Lead
qa|欧阳靖雨|高级可靠性工程师 Senior Reliability Engineer
it|董昊|架构师 Architect
it|萧晓|网络主管 Network Lead
it|程朋|应用主管 Applications Lead
it|袁元|数据工程师 Data Engineer
it|于扬|运维 Operations
it|蒋心|信息安全 Security Officer
it|方原|桌面支持 Desktop Support
rnd|蔡鸣|项目经理 Project Manager
rnd|余亭|算法工程师 Algorithm Engineer
rnd|杜娟|测试主管 Test Lead
rnd|叶晴|结构工程师 Structural Engineer
rnd|苏杭生|试制主管 Pilot Lead
rnd|魏莱|标准化 Standards
rnd|秦郎|仿真工程师 Simulation
fin|吕微|预算主管 Budget Lead
fin|丁咛|成本会计 Cost Accountant
fin|任捷|资金主管 Treasury Lead
fin|沈月|税务 Tax
fin|姚媛|审计 Internal Audit
fin|白学|应付会计 Payables
proc|卢罡|战略采购 Strategic Buyer
proc|姜滔|设备采购 Equipment Buyer
proc|崔盈|合同主管 Contracts
proc|钟义|招标主管 Tenders
proc|谭啸|供应商管理 Supplier Management
proc|万礼|物流主管 Logistics
proc|段宇|采购员 Buyer
"""
_PARTS = {
    "gm": ("decision_maker", 1, 3), "vp-ops": ("decision_maker", 2, 3), "vp-tech": ("evaluator", -1, 2),
    "cfo": ("approver", -2, 3), "staff": ("gatekeeper", 1, 2), "h-prod": ("user", 2, 2),
    "h-equip": ("evaluator", 1, 2), "h-qa": ("influencer", 1, 1), "h-it": ("evaluator", -2, 2),
    "h-rnd": ("influencer", 0, 1), "h-fin": ("approver", 0, 1), "h-proc": ("procurement", -1, 2),
    "prod-1": ("user", -1, 1), "equip-1": ("influencer", None, 2), "equip-2": ("champion", 2, 0),
    "qa-1": ("user", -1, 1), "qa-6": ("influencer", 1, 1), "it-1": ("evaluator", -1, 1),
    "it-6": ("gatekeeper", None, 1), "fin-1": ("approver", 1, 1), "proc-1": ("procurement", 2, 1),
    "proc-4": ("gatekeeper", 0, 1), "rnd-1": ("evaluator", None, 1), "rnd-2": ("user", -1, 0),
}  # fmt: skip
_INFLUENCES = """
staff gm .5|vp-ops gm .6|vp-tech gm .5|cfo gm .4|h-prod vp-ops .6
h-equip vp-ops .5|h-qa vp-ops .4|h-it vp-tech .7|h-rnd vp-tech .4|vp-tech cfo .4
h-fin cfo .5|h-proc cfo .4|h-equip h-it .3|h-prod h-equip .4|h-qa h-rnd .3
prod-1 h-prod .5|prod-2 h-prod .4|equip-1 h-prod .6|equip-1 gm .8|equip-1 vp-ops .9
equip-2 h-equip .3|it-1 h-it .7|it-6 h-it .35|rnd-1 h-rnd .5|rnd-2 h-rnd .3
fin-1 h-fin .45|proc-1 h-proc .5|proc-2 h-proc .4|proc-4 h-proc .5|qa-1 h-qa .4
qa-6 h-qa .5|h-proc h-it .3|staff cfo .4
"""
_OURS = {
    "lin": ("林兰", "大客户经理 Key-account Manager",
            "gm staff vp-ops h-prod h-equip h-qa cfo prod-1 prod-3 equip-2"),
    "qin": ("秦嵩", "副总裁 Vice President", "gm vp-ops"),
    "sha": ("沙欧", "售前工程师 Pre-sales", "h-equip h-rnd h-it equip-2 it-3"),
    "gao": ("高源", "服务经理 Service Manager", "h-prod qa-5 equip-5 prod-4"),
    "he": ("何淼", "合同经理 Contracts", "h-fin h-proc"),
}  # fmt: skip
_RIVALS = {
    "bai": ("白启铭", "总监 Director", "vp-tech 85|gm 40"),
    "fang": ("方喆", "销售 Sales", "h-it 85|it-1 50"),
    "you": ("尤嘉", "销售 Sales", "h-proc 60"),
}


@cache
def sample_org() -> AccountGraph:
    """Sixty-two people in eight departments, three of them special: one left, one unnamed, one unplaced."""
    records = Invented("jicheng")
    records.records[0][1]["name"] = "霁城联合能源集团 Jicheng United Energy"
    for id_, (name, function) in _UNITS.items():
        records._node(NodeKind.DEPARTMENT, id_, name=name, function=function)
    records._node(
        NodeKind.OPPORTUNITY,
        DEAL,
        name="二期智能产线 Smart Line II",
        step=Step.EVALUATE,
        value=28e6,
        currency="CNY",
    )
    _people(records)
    _special_people(records)
    for id_, (role, attitude, voice) in _PARTS.items():
        records.plays(id_, DEAL, role, attitude=attitude, voice=voice)
    for tie in _INFLUENCES.replace("\n", "|").split("|"):
        if tie:
            source, target, weight = tie.split()
            records.influences(source, target, float(weight), basis=Basis.EXPERTISE)
    records.bond("h-fin", "h-proc", polarity=Polarity.CONFLICT, weight=0.6)
    records.reports("equip-7", "h-prod", line=Line.DOTTED)
    _sellers(records)
    return records.graph()


def _people(records: Invented) -> None:
    for line in _LEADERS.strip().splitlines():
        id_, name, title, unit, level, boss = line.split("|")
        _person(records, id_, name, title, unit, _LEVELS[level], boss or None)
    counts: Counter[str] = Counter()
    for line in _TEAMS.strip().splitlines():
        unit, name, title = line.split("|")
        counts[unit] += 1
        _person(records, f"{unit}-{counts[unit]}", name, title, unit, Level.OPERATIONAL, f"h-{unit}")


def _person(
    records: Invented,
    id_: str,
    name: str,
    title: str,
    unit: str,
    level: Level,
    boss: str | None,
    **fields: object,
) -> None:
    confirmed = DAY - timedelta(days=20 if len(records.records) % 5 else 140)
    records.contact(id_, name=name, confirmed_on=confirmed.isoformat(), **fields)
    records.edge(EdgeKind.WORKS_IN, id_, unit, title=title, level=level)
    if boss:
        records.reports(id_, boss)


def _special_people(records: Invented) -> None:
    left = (DAY - timedelta(days=60)).isoformat()
    records.contact("gone", name="许婧", status="left")
    records.edge(
        EdgeKind.WORKS_IN, "gone", "equip", title="备件主管 Spares Lead", level="operational", until=left
    )
    records.reports("gone", "h-equip", until=left)
    _person(
        records,
        "auditor",
        "审计组组长",
        "审计组组长 Head of Audit",
        "fin",
        Level.OPERATIONAL,
        "cfo",
        placeholder=True,
    )
    records.contact("tom", name="Tom Ellwood")
    records.edge(EdgeKind.WORKS_IN, "tom", "fin", title="JV finance adviser", level="operational")
    records.reports("tom", "cfo", line=Line.DOTTED)
    records.contact("helen", name="Dr. Helen Marlow")


def _sellers(records: Invented) -> None:
    for id_, (name, title, known) in _OURS.items():
        records._add(NodeKind.MEMBER, id=id_, name=name, title=title)
        for place, contact in enumerate(known.split()):
            records.edge(EdgeKind.KNOWS, id_, contact)
            for visit in range(max(1, 5 - place)):
                at = DAY - timedelta(days=9 + 23 * visit + 5 * place)
                records._node(
                    NodeKind.INTERACTION, f"{id_}-{contact}-{visit}", at=f"{at.isoformat()}T09:00:00Z",
                    kind=InteractionKind.VISIT, sentiment=1, member_ids=[id_], contact_ids=[contact],
                )  # fmt: skip
    records._add(NodeKind.COMPETITOR, id="brightvale", name="博朗谷 Brightvale")
    for id_, (name, title, courted) in _RIVALS.items():
        records._add(NodeKind.RIVAL, id=id_, name=name, title=title, competitor_id="brightvale")
        for tie in courted.split("|"):
            contact, strength = tie.split()
            records.edge(EdgeKind.COURTS, id_, contact, strength=float(strength))
