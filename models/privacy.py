"""The words of privacy: how far a field may be seen, and why a private item may be kept."""

from __future__ import annotations

from models.terms import Term


class FieldClass(Term):
    """Who may see a field; each class is narrower than the one before."""

    PUBLIC = "public", "Public", "公开"
    BUSINESS = "business", "Business", "业务"
    PERSONAL = "personal", "Personal", "个人"
    DOSSIER = "dossier", "Dossier", "私人"


RESTRICTED = "restricted"
"""The field of a contact that says he objected to profiling: ordinary writes leave it as it is."""


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
    ALLOWED = "allowed", "Let in again", "允许重新录入"


class FilesState(Term):
    """How far the files of a store are free of who was erased."""

    CLEAN = "clean", "Nothing of it is left in the store's files", "存储文件中已无残留"
    PENDING = "pending", "The store's file is still to be written anew", "存储文件尚待重写"
    SERVER = (
        "server",
        "The database server's own files may still hold it",
        "数据库服务器的自有文件可能仍有残留",
    )


class RetentionRule(Term):
    """Why something may be kept no longer."""

    DOSSIER = "dossier", "Items of a dossier past their day", "个人资料条目已过保存期限"
    PERSONAL = "personal", "Personal fields of who left", "离职人员的个人字段"
    NOTES = "notes", "Old notes of interactions and questionnaires", "过期的互动与测评备注"
    ACTIONS = "actions", "Actions done long ago", "早已完成的行动"


class LedgerState(Term):
    """Whether an erasure stands in the file of erasures."""

    WRITTEN = "written", "Written to the file of erasures", "已写入清除记录文件"
    FAILED = "failed", "The file of erasures could not be written", "清除记录文件写入失败"
    NONE = "none", "There is no file of erasures", "未设置清除记录文件"
