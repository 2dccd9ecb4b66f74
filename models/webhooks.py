"""The words of webhooks: what they tell of, how a delivery went, why one rests."""

from __future__ import annotations

from models.changes import LogEntry
from models.terms import Term


class Event(Term):
    """What happened to a record, as other tools are told."""

    CREATED = "created", "Created", "新建"
    UPDATED = "updated", "Updated", "修改"
    DELETED = "deleted", "Deleted", "删除"
    TOUCHED = "touched", "A tie to another account changed", "跨客户的关系有变"
    ERASED = "erased", "A person was erased: delete every copy", "人员已清除：请删除所有副本"


class Outcome(Term):
    """How an attempt to deliver went."""

    DELIVERED = "delivered", "The receiver took it", "接收方已收到"
    REFUSED = "refused", "The receiver answered with another status than 2xx", "接收方返回非 2xx 状态"
    REDIRECTED = "redirected", "The receiver redirects; that is not followed", "接收方要求重定向，未跟随"
    TIMED_OUT = "timed_out", "The receiver did not answer in time", "接收方未及时应答"
    UNREACHABLE = "unreachable", "No connection to the receiver", "无法连接接收方"
    UNKNOWN_HOST = "unknown_host", "The name of the receiver has no address", "接收方域名无法解析"
    ADDRESS_REFUSED = (
        "address_refused",
        "The receiver's address is private or reserved",
        "接收方地址为内网或保留地址",
    )
    TLS_FAILED = "tls_failed", "The receiver's certificate does not hold", "接收方证书无效"


class Rest(Term):
    """Why a webhook sends nothing."""

    BY_HAND = "by_hand", "Switched off", "已手动停用"
    GONE = "gone", "The receiver said it is gone (410)", "接收方表示已停用（410）"
    RESTORED = "restored", "The store was restored from a backup", "存储已从备份恢复"
    FAILING = "failing", "It failed for days", "连续多日投递失败"


def event_of(entry: LogEntry) -> Event:
    """What an entry of a log tells."""
    if entry.tells_erasure:
        return Event.ERASED
    if entry.before is None and entry.after is None:
        return Event.TOUCHED
    if entry.before is None:
        return Event.CREATED
    return Event.DELETED if entry.after is None else Event.UPDATED
