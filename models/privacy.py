"""The words of privacy: how far a field may be seen, and why a private item may be kept."""

from __future__ import annotations

from models.terms import Term


class FieldClass(Term):
    """Who may see a field; each class is narrower than the one before."""

    PUBLIC = "public", "Public", "公开"
    BUSINESS = "business", "Business", "业务"
    PERSONAL = "personal", "Personal", "个人"
    DOSSIER = "dossier", "Dossier", "私人"


class LegalBasis(Term):
    """Why an item about somebody's private life may be kept."""

    CONSENT = "consent", "Consent", "本人同意"
    CONTRACT = "contract", "Needed for a contract", "履行合同所必需"
    INTEREST = "interest", "Legitimate interest", "正当利益"
    MADE_PUBLIC = "made_public", "Made public by the person", "本人已公开"


class PrivateAct(Term):
    """What somebody did with a person's private data."""

    READ = "read", "Read the dossier", "查看个人资料"
    CHANGED = "changed", "Changed the dossier", "修改个人资料"
    EXPORTED = "exported", "Exported all that is held", "导出全部数据"
    RESTRICTED = "restricted", "Left out of analysis", "限制处理"
    RELEASED = "released", "Taken into analysis again", "取消限制"
    ERASED = "erased", "Erased", "清除"
