"""What people wrote down after a contact, by what it was about."""

from __future__ import annotations

NOTES: dict[str, tuple[str | None, ...]] = {
    "production": (
        "换型时间从 47 分钟降到 31 分钟。",
        "Shift A asks for larger buttons on the panel.",
        "一号线本周停机两次，一起看了记录。",
        None,
        "He showed our numbers to the other managers.",
        "聊二线工艺路线，愿意写进需求。",
    ),
    "operations": (
        "汇报一期数据，认可。",
        "Asked what the platform saves per ton.",
        "希望二线年内定标。",
        "聊到他刚进厂时的师傅，没提名字。",
        None,
    ),
    "office": (
        "约下月办公会时间。",
        "She moved our item up on the agenda.",
        None,
        "提醒材料要一页纸，王总只看结论。",
    ),
    "equipment": (
        "讨论冗余控制器，写进指标。",
        "Walked through the spare-parts list.",
        "备件清单还差两项，答应补。",
        None,
        "Wants service on site within two hours.",
    ),
    "electric": (
        "现场演示，她当场给同事讲解。",
        "She tests our controller in her own time.",
        "愿意做样板，但说了不算。",
        None,
    ),
    "trial": (
        "联合试验第几轮数据对齐。",
        "Trial run of the energy model, good fit.",
        "一起写论文提纲。",
        "Lunch after the trial; talked about our former account manager.",
    ),
    "quality": (
        "追溯数据缺失两批，待查。",
        "Audit of the measuring chain went well.",
        None,
        "她要求检验结果当班可见。",
    ),
    "site": (
        "产线例会，遗留问题 12 项。",
        "Site meeting: commissioning of station 4.",
        "三方对进度，质量要求先试 200 件。",
        None,
        "Equipment and production agreed on the shutdown window.",
    ),
    "users": (
        "班前会讲新画面。",
        "Operators like the alarm list.",
        None,
        "丙班想要同样的培训。",
    ),
    "sheet": (
        "Evaluation sheet, second draft.",
        "讨论评分权重：可靠性占三成。",
        None,
        "She wants to see figures of a running plant.",
    ),
    "invoice": (
        "一期发票第三联争议，又吵一次。",
        "He will not pay before the acceptance report.",
        "要求先退再谈，气氛很僵。",
        "Told us the interest is our problem.",
    ),
    "it": (
        "接口文档迟迟不给。",
        "He prefers one system for everything.",
        None,
    ),
    "price": (
        "再压 8%，否则看北澜。",
        "Asked for a longer payment term.",
        None,
    ),
    "golf": (
        "技术交流会，她问得很细。",
        "Sceptical: no record of this size, she says.",
        "答应看一次现场。",
    ),
    "service": (
        "更换编码器，20 分钟恢复。",
        "Checked the drives on line 1 with the night shift.",
        None,
        "他们说这种毛病都去问梁师傅。",
        "Spare sensor handed over.",
    ),
    "spares": (
        "核对月度备件需求。",
        "She sent the consumption list unasked.",
        None,
        "提前告诉我们库存缺口。",
    ),
    "money": (
        "解释付款节点。",
        "Sent the invoice copies again.",
        None,
        "她说刘总那边她慢慢讲。",
    ),
    "general": (
        "例行拜访。",
        None,
        "Short call, all well.",
        "交付进度同步。",
    ),
}
