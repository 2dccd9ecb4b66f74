"""What can go wrong, as one tree.

    GraphsvcError
    ├── NotFound               no such record, or not in the scope of who asks
    │   ├── NoChangeSet        the same of a change set
    │   ├── NoImport           the same of an import
    │   ├── NoSavedView        the same of a named view
    │   ├── NoUser             the same of a user, an API key or a one-time link
    │   └── NoWebhook          the same of a webhook
    ├── NotAllowed             whoever asks lacks the right to it
    ├── SignInRefused          no such user, or another password; which of them is not told
    │   └── IdentityRefused    what the identity provider says of somebody does not let him in
    ├── ProviderUnavailable    the identity provider does not answer as it should
    ├── SignInDelayed          too many attempts to sign in: the next one must wait
    ├── TooManyRequests        more of one kind in a minute than anybody needs
    ├── Conflict
    │   ├── StaleRevision      the record has changed since the client read it
    │   ├── ChangedSince       what is to be undone has been built upon
    │   ├── ErasedValues       what is to be undone would bring back words of somebody who was erased
    │   ├── PartlyUnseen       what is to be undone lies in part in accounts that who asks may not see
    │   ├── NotUndoable        an import that is not done cannot be undone
    │   ├── KeptSince          what is kept beside the graph has been replaced since it was read
    │   │   ├── ViewChanged    the same of a named view
    │   │   ├── UserChanged    the same of a user
    │   │   └── WebhookChanged the same of a webhook
    │   ├── DoneBefore         done before under its Idempotency-Key; what was told once is not told again
    │   ├── UnderWay           another request with the same Idempotency-Key is being carried out
    │   ├── NameTaken          there is a user of this name already
    │   ├── LastAdmin          without this one nobody could manage users any more
    │   ├── RulesChanged       the rules have been changed since they were read
    │   └── ImportTaken        another process has taken the import over: this one was silent too long
    ├── StoreUnavailable       the store does not answer now; nothing was written
    │   ├── OutcomeUnknown     it went away while writing: send the same change set again
    │   ├── StoreBusy          another write holds the account; try again soon
    │   │   └── AccountImporting  the same of an import
    │   └── SnapshotLoading    a large account is still being read; try again soon
    ├── NoFont                 no font of this machine has the letters of a picture
    ├── QuestionTooLarge       the answer takes longer than a request may
    ├── TooLarge               one change set is more than the store can take at once
    ├── StorageFull            no room left to write; reading goes on
    ├── BackupFailed           a backup could not be made, read or restored; nothing was put in its place
    └── StartRefused           the service cannot start like this; one line says why and what helps

KeptSince, NameTaken, LastAdmin, DoneBefore and UnderWay stand in `graphsvc.conflicts`. What people send that
cannot be taken is `models.faults.InvalidInput`. Nothing here knows HTTP.
"""

from __future__ import annotations

from models.changes import LogEntry, Stored
from models.enums import ImportStage, Kind
from models.faults import Fault


class GraphsvcError(Exception):
    """Base of all errors of the service; `en` and `zh` say what happened."""

    en = "Something went wrong."
    zh = "出错了。"

    def __str__(self) -> str:
        return self.en


class NotFound(GraphsvcError):
    """No such record, or none that the scope may see."""

    def __init__(self, kind: Kind, id: str) -> None:
        super().__init__(kind, id)
        self.kind, self.id = kind, id
        self.en = f"There is no {kind.en.lower()} {id}."
        self.zh = f"不存在{kind.zh} {id}。"


class NoRules(NotFound):
    """No rules of this version were ever in force here."""

    def __init__(self, version: str) -> None:
        GraphsvcError.__init__(self, version)
        self.en = f"No rules of version {version} were in force here."
        self.zh = f"此处从未启用版本为 {version} 的规则。"


class NoChangeSet(NotFound):
    """No such change set, or none that the scope may see."""

    def __init__(self, id: str) -> None:
        GraphsvcError.__init__(self, id)
        self.id = id
        self.en, self.zh = f"There is no change set {id}.", f"不存在变更 {id}。"


class NoImport(NotFound):
    """No such import, or none that the scope may see."""

    def __init__(self, id: str) -> None:
        GraphsvcError.__init__(self, id)
        self.id = id
        self.en, self.zh = f"There is no import {id}.", f"不存在导入 {id}。"


class NoSavedView(NotFound):
    """No such named view, or one of somebody else that is not shared."""

    def __init__(self, id: str) -> None:
        GraphsvcError.__init__(self, id)
        self.id = id
        self.en, self.zh = f"There is no saved view {id}.", f"不存在已存视图 {id}。"


class NoUser(NotFound):
    """No such user, API key or one-time link, or one of somebody else."""

    def __init__(self, name: str) -> None:
        GraphsvcError.__init__(self, name)
        self.id = name
        self.en, self.zh = f"There is no user or key {name}.", f"不存在用户或密钥 {name}。"


class NoWebhook(NotFound):
    """No such webhook, or one that tells more than the scope may see."""

    def __init__(self, id: str) -> None:
        GraphsvcError.__init__(self, id)
        self.id = id
        self.en, self.zh = f"There is no webhook {id}.", f"不存在 Webhook {id}。"


class NotAllowed(GraphsvcError):
    """Whoever asks sees that it is there, but has no right to it."""

    en = "You have no right to this."
    zh = "您没有此项权限。"


class SignInRefused(GraphsvcError):
    """No such user, a switched-off one, or another password: the answer is the same."""

    en = "The name or the password is wrong."
    zh = "用户名或密码错误。"


class IdentityRefused(SignInRefused):
    """Who came from the provider is not let in; `reason` is for the trail; `nobody`: he has no role here."""

    en = "Signing in there did not succeed; please try again."
    zh = "统一登录未成功；请重试。"

    def __init__(self, reason: str, nobody: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        if nobody:
            self.en = "You are known, but have no access here yet; ask an administrator."
            self.zh = "已确认您的身份，但您尚无访问权限；请联系管理员。"


class ProviderUnavailable(GraphsvcError):
    """The identity provider does not answer as it should."""

    en = "The firm's sign-in does not answer; try again, or use your password."
    zh = "统一登录暂不可用；请稍后重试，或使用密码登录。"


class SignInDelayed(GraphsvcError):
    """Too many attempts for this name or from this address."""

    def __init__(self, retry_after_s: int) -> None:
        super().__init__(retry_after_s)
        self.retry_after_s = retry_after_s
        self.en = f"Too many attempts to sign in. Try again in {retry_after_s} s."
        self.zh = f"登录尝试过多，请在 {retry_after_s} 秒后重试。"


class TooManyRequests(GraphsvcError):
    """More requests in a minute than the quota of their use."""

    def __init__(self, retry_after_s: int) -> None:
        super().__init__(retry_after_s)
        self.retry_after_s = retry_after_s
        self.en = f"Too many requests. Try again in {retry_after_s} s."
        self.zh = f"请求过于频繁，请在 {retry_after_s} 秒后重试。"


class Conflict(GraphsvcError):
    """The change does not fit what is there now."""


class StaleRevision(Conflict):
    """The record is at another revision than the client read; `current` is it (None: it is gone)."""

    def __init__(self, kind: Kind, id: str, expected: int, current: Stored | None) -> None:
        super().__init__(kind, id)
        self.kind, self.id, self.expected, self.current = kind, id, expected, current
        now, zh = (
            (f"at revision {current.revision}", f"现为版本 {current.revision}")
            if current
            else ("gone", "已删除")
        )
        self.en = f"{kind.en} {id} is {now}; you read revision {expected}."
        self.zh = f"{kind.zh} {id} 已变更（{zh}）；您读到的版本为 {expected}。"


class ChangedSince(Conflict):
    """A change set cannot be undone: `keys` changed since, by `later`; `faults` are the rules against it."""

    en = "This cannot be undone: records it touches have changed since."
    zh = "无法撤销：其涉及的记录此后已有变更。"

    def __init__(
        self,
        keys: tuple[tuple[Kind, str], ...],
        later: tuple[LogEntry, ...] = (),
        faults: tuple[Fault, ...] = (),
    ) -> None:
        super().__init__(keys)
        self.keys, self.later, self.faults = keys, later, faults


class ErasedValues(Conflict):
    """A change set cannot be undone: values of these records went when somebody was erased."""

    def __init__(self, keys: tuple[tuple[Kind, str], ...]) -> None:
        super().__init__(keys)
        self.keys = keys
        en = ", ".join(f"{kind.en.lower()} {id_}" for kind, id_ in keys)
        zh = "、".join(f"{kind.zh} {id_}" for kind, id_ in keys)
        self.en = f"This cannot be undone: words went when somebody was erased, from {en}."
        self.zh = f"无法撤销：因清除人员，以下记录的内容已删除：{zh}。"


class PartlyUnseen(Conflict):
    """A change set of which who asks sees a part only: a tie that ends in an account outside the scope."""

    def __init__(self, id: str) -> None:
        super().__init__(id)
        self.en = f"Part of change set {id} lies in an account you may not see; who sees both can undo it."
        self.zh = f"变更 {id} 有一部分位于您无权查看的客户；须由可查看双方客户的用户撤销。"


class NotUndoable(Conflict):
    """Only an import that is done can be undone."""

    def __init__(self, id: str, stage: ImportStage) -> None:
        super().__init__(id)
        self.en = f"Import {id} cannot be undone: {stage.en.lower()}."
        self.zh = f"导入 {id} 无法撤销：{stage.zh}。"


class RulesChanged(Conflict):
    """Another edition of the rules is in force than was read; `number` is it."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number
        self.en = f"The rules have been changed since they were read; their edition is {number} now."
        self.zh = f"读取之后规则已变更，现为第 {number} 版。"


class ImportTaken(Conflict):
    """Another process has taken the import over, as this one was silent for longer than its lease."""

    en = "Another process has taken this import over and ends it."
    zh = "该导入已由另一进程接管并处理。"


class StoreUnavailable(GraphsvcError):
    """The store does not answer; nothing was written."""

    en = "The store does not answer now; nothing was written. Try again soon."
    zh = "存储暂时不可用；未写入任何内容。请稍后重试。"
    retry_after_s = 2


class OutcomeUnknown(StoreUnavailable):
    """The store went away while it committed; sending the same change set again is safe."""

    en = (
        "The store did not say whether it wrote. Send the same request again: "
        "with the same id or Idempotency-Key it is applied only once."
    )
    zh = "存储未确认是否已写入。请重发同一请求：使用相同的 id 或 Idempotency-Key 时只会生效一次。"


class StoreBusy(StoreUnavailable):
    """Another write holds what this one needs."""

    en = "Another write is under way; nothing was written. Try again soon."
    zh = "另一项写入正在进行；未写入任何内容。请稍后重试。"


class AccountImporting(StoreBusy):
    """An import holds the account."""

    en = "An import into this account is under way; nothing was written. Try again soon."
    zh = "该客户正在导入数据；未写入任何内容。请稍后重试。"


class SnapshotLoading(StoreUnavailable):
    """The account is large and still being read in the background."""

    en = "The account is still being read. Try again soon."
    zh = "正在读取该客户的数据。请稍后重试。"


class QuestionTooLarge(GraphsvcError):
    """The answer takes longer than a request may; what was begun of it has been stopped."""

    en = "This question takes longer than a request may. Ask about fewer people, or for fewer chains."
    zh = "该问题的计算时间超出单次请求上限。请减少人员范围或链路数量。"


class NoFont(GraphsvcError):
    """A picture holds Chinese letters and no font that is installed has them."""

    en = (
        "The picture holds Chinese letters and this machine has no font for them. Install one, such as the "
        "package fonts-noto-cjk or fonts-wqy-microhei, and start the service anew; SVG and HTML need none."
    )
    zh = (
        "图中含有汉字，而本机没有中文字体。请安装一种（如软件包 fonts-noto-cjk 或 fonts-wqy-microhei）"
        "并重新启动服务；SVG 与 HTML 不受影响。"
    )


class TooLarge(GraphsvcError):
    """One change set is more than the store can take at once; nothing was written."""

    en = "This is more than the store can take at once; nothing was written. Send it in smaller parts."
    zh = "内容超出存储一次可处理的上限；未写入任何内容。请分成较小的部分提交。"


class StorageFull(GraphsvcError):
    """No room left to write."""

    en = "There is no room left to write; reading goes on. Free some space and try again."
    zh = "存储空间已满；仍可读取。请释放空间后重试。"


class BackupFailed(GraphsvcError):
    """A backup could not be made, read or restored; nothing was put in its place."""

    def __init__(self, en: str, zh: str) -> None:
        super().__init__(en)
        self.en, self.zh = en, zh

    @classmethod
    def exists(cls, path: object) -> BackupFailed:
        """A file of that name is there already."""
        return cls(f"{path} exists already; name a new file.", f"{path} 已存在；请指定新文件。")

    @classmethod
    def flawed(cls, en: str, zh: str) -> BackupFailed:
        """What would have been the backup, or the restored store, is not whole."""
        return cls(f"Verification failed, nothing was kept. {en}", f"校验未通过，未保留任何内容。{zh}")


class StartRefused(GraphsvcError):
    """The service cannot start like this."""

    def __init__(self, en: str, zh: str) -> None:
        super().__init__(en)
        self.en, self.zh = en, zh
