"""What people wrote down after a contact, by what it was about, in both languages."""

from __future__ import annotations

NOTES: dict[str, tuple[str | None, ...]] = {
    "production": (
        "换型时间从 47 分钟降到 31 分钟。 Changeover down from 47 to 31 minutes.",
        "甲班希望面板按钮大一些。 Shift A asks for larger buttons on the panel.",
        "一号线本周停机两次，一起看了记录。 The first line stopped twice this week; read the log together.",
        None,
        "他把我们的数据给其他经理看了。 He showed our numbers to the other managers.",
        "聊二线工艺路线，愿意写进需求。 Talked about the second line; he will put it into the demands.",
    ),
    "operations": (
        "汇报一期数据，认可。 Reported the figures of the first phase; he agrees.",
        "问平台每吨能省多少。 Asked what the platform saves per ton.",
        "希望二线年内定标。 Wants the second line decided this year.",
        "聊到他刚进厂时的师傅，没提名字。 Spoke of his master in his first years, without a name.",
        None,
    ),
    "office": (
        "约下月办公会时间。 Fixed a time in next month's meeting.",
        "她把我们的议题提前了。 She moved our item up on the agenda.",
        None,
        "提醒材料要一页纸，王总只看结论。 One page only, she says: the general manager reads conclusions.",
    ),
    "equipment": (
        "讨论冗余控制器，写进指标。 Discussed redundant controllers; they go into the criteria.",
        "逐项过了备件清单。 Walked through the spare-parts list.",
        "备件清单还差两项，答应补。 Two items are missing on the spare-parts list; promised them.",
        None,
        "要求两小时内到场服务。 Wants service on site within two hours.",
    ),
    "electric": (
        "现场演示，她当场给同事讲解。 Demonstration on site; she explained it to her colleagues herself.",
        "她用自己的时间测试我们的控制器。 She tests our controller in her own time.",
        "愿意做样板，但说了不算。 Would be our reference, but does not decide.",
        None,
    ),
    "trial": (
        "联合试验第几轮数据对齐。 Aligned the data of the joint trial.",
        "能耗模型试运行，吻合良好。 Trial run of the energy model, good fit.",
        "一起写论文提纲。 Outlined a paper together.",
        "试验后一起吃饭，聊到我们的前任客户经理。 Lunch after the trial; spoke of our last account manager.",
    ),
    "quality": (
        "追溯数据缺失两批，待查。 Traceability data of two batches are missing; to be looked into.",
        "测量链审核顺利。 Audit of the measuring chain went well.",
        None,
        "她要求检验结果当班可见。 She wants inspection results within the shift.",
    ),
    "site": (
        "产线例会，遗留问题 12 项。 Meeting on the line; 12 open points.",
        "现场会：四号工位调试。 Site meeting: commissioning of station 4.",
        "三方对进度，质量要求先试 200 件。 Three sides compared schedules; quality wants 200 pieces first.",
        None,
        "设备与生产商定了停机窗口。 Equipment and production agreed on the shutdown window.",
    ),
    "users": (
        "班前会讲新画面。 Explained the new screens before the shift.",
        "操作工喜欢报警列表。 Operators like the alarm list.",
        None,
        "丙班想要同样的培训。 Shift C wants the same training.",
    ),
    "sheet": (
        "评审表第二稿。 Evaluation sheet, second draft.",
        "讨论评分权重：可靠性占三成。 Discussed the weights: reliability counts for a third.",
        None,
        "她要看在运工厂的数据。 She wants to see figures of a running plant.",
    ),
    "invoice": (
        "一期发票第三联争议，又吵一次。 The disputed invoice of the first phase; another quarrel.",
        "没有验收报告他不付款。 He will not pay before the acceptance report.",
        "要求先退再谈，气氛很僵。 Wants the money back before he talks; stiff mood.",
        "说利息是我们自己的事。 Told us the interest is our problem.",
    ),
    "it": (
        "接口文档迟迟不给。 The interface documents are still not handed over.",
        "他倾向于一套系统管到底。 He prefers one system for everything.",
        None,
    ),
    "price": (
        "再压 8%，否则看北澜。 Another 8 % off, or he looks at Beilan.",
        "要求延长付款期限。 Asked for a longer payment term.",
        None,
    ),
    "golf": (
        "技术交流会，她问得很细。 Technical meeting; she asked about every detail.",
        "有疑虑：说我们没有这种规模的业绩。 Sceptical: no record of this size, she says.",
        "答应看一次现场。 Agreed to visit a plant.",
    ),
    "service": (
        "更换编码器，20 分钟恢复。 Changed an encoder; running again after 20 minutes.",
        "与夜班一起检查一号线驱动器。 Checked the drives on line 1 with the night shift.",
        None,
        "他们说这种毛病都去问梁师傅。 For such faults, they say, one asks Master Liang.",
        "交付备用传感器。 Spare sensor handed over.",
    ),
    "spares": (
        "核对月度备件需求。 Went through the monthly need of spares.",
        "她主动发来消耗清单。 She sent the consumption list unasked.",
        None,
        "提前告诉我们库存缺口。 Told us early where stock runs short.",
    ),
    "money": (
        "解释付款节点。 Explained the payment dates.",
        "再次寄送发票复印件。 Sent the invoice copies again.",
        None,
        "她说刘总那边她慢慢讲。 She will talk to the CFO, little by little.",
    ),
    "general": (
        "例行拜访。 Usual visit.",
        None,
        "简短通话，一切正常。 Short call, all well.",
        "交付进度同步。 Compared notes on delivery.",
    ),
}
