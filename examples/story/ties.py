"""Who follows whom inside Jichuan, beside the reporting lines."""

from __future__ import annotations

from .document import Document, day

# who is followed, who follows, weight, basis, confidence, note
STATED = (
    ("liang-wei", "wang-jianguo", 0.8, "comrade", 1.0, "同连队的战友。 Same company in the army."),
    ("liang-wei", "chen-lixin", 0.9, "former_boss", 1.0, "陈立新头三年的师傅。 His master for three years."),
    ("liang-wei", "li-guoqiang", 0.6, "expertise", 1.0, "设备的事先问梁伟。 Asks him about machines."),
    ("zhao-yaqin", "wang-jianguo", 0.5, "authority", 0.7, "总经理听她安排。 The GM follows her."),
    ("zhou-min", "liu-zhiyuan", 0.45, "expertise", 0.8, "技术问题听周敏。 Follows her in technical matters."),
    ("wu-xiaodong", "zhou-min", 0.7, "expertise", 0.8, "信息化方案听吴晓东。 Follows him on systems."),
    ("li-guoqiang", "chen-lixin", 0.15, "expertise", 0.8, "产线的事问李国强。 Asks him about the lines."),
    ("wang-jianguo", "liang-wei", 0.5, "comrade", 0.9, None),
    ("helen-marsh", "sun-haitao", 0.5, "expertise", 0.8, "起草评分表。 Drafts the evaluation sheet."),
    ("feng-lihua", "liu-zhiyuan", 0.35, "authority", 0.7, "消消气的人。 Calms him down."),
    (
        "tom-ellery",
        "liu-zhiyuan",
        0.3,
        "expertise",
        0.7,
        "投资回报由他说了算。 Return on investment is Tom's word.",
    ),
    ("dong-hao", "wu-xiaodong", 0.5, "expertise", 0.8, None),
    ("gu-ming", "zheng-hong", 0.4, "expertise", 0.7, None),
    ("ma-chaoqun", "peng-liang", 0.3, "expertise", 0.7, None),
)

# asked for advice, asks: from a small survey among engineers, so derived and not sure
ADVICE = (
    ("liang-wei", "lu-xiaojun"),
    ("liang-wei", "yao-jun"),
    ("liang-wei", "ma-chaoqun"),
    ("liang-wei", "fan-siyuan"),
    ("liang-wei", "ding-kai"),
    ("sun-haitao", "song-jia"),
    ("ding-kai", "song-jia"),
    ("pan-li", "lu-xiaojun"),
    ("gu-ming", "fan-siyuan"),
    ("dong-hao", "meng-jie"),
    ("gu-ming", "mao-ning"),
    ("xue-lan", "he-gang"),
)

# friends and quarrels: one, other, polarity, basis, weight, note
BONDS = (
    ("li-guoqiang", "sun-haitao", 1, "friendship", 0.6, "周末一起钓鱼。 They go fishing."),
    ("feng-lihua", "zhao-yaqin", 1, "alumni", 0.6, "同班同学。 Classmates."),
    ("zheng-hong", "zhao-yaqin", 1, "friendship", 0.4, None),
    ("song-jia", "pan-li", 1, "friendship", 0.7, None),
    ("fu-ting", "meng-jie", 1, "friendship", 0.6, None),
    ("zhao-yaqin", "wang-jianguo", 1, "hobby", 0.4, "一起看话剧。 They see plays together."),
    (
        "sun-haitao",
        "wu-xiaodong",
        -1,
        None,
        0.6,
        "争控制网的管理权。 Quarrel over who runs the control network.",
    ),
    ("li-guoqiang", "cao-wenjing", -1, None, 0.3, "停线权之争。 Who may stop the line."),
)

# sender, recipient, messages, days with one, last (days ago)
MAILS = (
    ("zhao-yaqin", "wang-jianguo", 46, 31, 2),
    ("wang-jianguo", "zhao-yaqin", 38, 28, 2),
    ("wu-xiaodong", "zhou-min", 33, 24, 3),
    ("feng-lihua", "liu-zhiyuan", 29, 22, 4),
    ("tom-ellery", "liu-zhiyuan", 12, 9, 8),
    ("peng-liang", "li-guoqiang", 41, 30, 1),
    ("li-xiaomin", "he-jun", 27, 19, 5),
)


def tell(story: Document) -> None:
    """Add influences, bonds and message ties."""
    for heard, listener, weight, basis, confidence, note in STATED:
        story.edge(
            "influences",
            heard,
            listener,
            weight=weight,
            basis=basis,
            confidence=confidence,
            note=note,
            since=day(540),
            confirmed_on=day(25),
        )
    for heard, listener in ADVICE:
        story.edge(
            "influences",
            heard,
            listener,
            weight=0.5,
            stated=False,
            basis="expertise",
            confidence=0.6,
            since=day(200),
            source="请教网络问卷 Survey: whom do you ask?",
        )
    for one, other, polarity, kind, strength, remark in BONDS:
        story.edge(
            "bond", one, other, polarity=polarity, basis=kind, weight=strength, confidence=0.7, note=remark
        )
    for sender, recipient, count, days, last in MAILS:
        story.edge(
            "messages", sender, recipient, count=count, active_days=days, first=day(180), last=day(last)
        )
