"""The words of duplicates and merges: why two contacts look like one, and what making them one did."""

from __future__ import annotations

from models.terms import Term


class LikenessRule(Term):
    """What speaks for or against two contacts being one person."""

    SAME_NAME = "same_name", "Same name", "姓名相同"
    SHORT_NAME = "short_name", "Same short name", "短姓名相同"
    SAME_SPELLING = "same_spelling", "Same in Latin letters", "拼音/英文名相同"
    MISSPELT = "misspelt", "One letter apart", "拼写仅差一个字母"
    HOMOPHONE = "homophone", "Sounds the same, other characters", "同音不同字"
    NEAR_NAME = "near_name", "Names resemble", "姓名相近"
    OTHER_NAME = "other_name", "Other name", "姓名不同"
    COMMON_NAME = "common_name", "Several have the name", "多人同名"
    SAME_EMAIL = "same_email", "Same e-mail", "邮箱相同"
    OTHER_EMAIL = "other_email", "Other e-mail", "邮箱不同"
    SAME_PHONE = "same_phone", "Same phone", "电话相同"
    OTHER_PHONE = "other_phone", "Other phone", "电话不同"
    SAME_WECHAT = "same_wechat", "Same WeChat", "微信相同"
    OTHER_WECHAT = "other_wechat", "Other WeChat", "微信不同"
    SAME_EXTERNAL_ID = "same_external_id", "Same id in two systems", "不同系统中编号相同"
    SAME_DEPARTMENT = "same_department", "Same department", "部门相同"
    OTHER_DEPARTMENT = "other_department", "Other department", "部门不同"


class MergeEffect(Term):
    """What a merge of two people did to one of their records, beyond moving it."""

    UNITED = "united", "Said the same; the two became one", "内容重复，合并为一条"
    SELF_TIE = "self_tie", "Tied the two to each other; dropped", "两人之间的关系，已删除"
    DOTTED = "dotted", "Solid line became dotted: one boss at a time", "实线改为虚线：同一时间只有一位上级"
    SECOND_JOB = "second_job", "Primary job became a second one", "主要职务改为兼职"
    RENAMED_ID = (
        "renamed_id",
        "Second id of one system, kept beside the first",
        "同一系统的第二个编号，另行保留",
    )
    TOLD_APART = "told_apart", "Were told apart; dropped", "曾被标为不同的人，已取消"
