"""The words of access: who somebody is to the service, what he may do, and what the audit trail tells."""

from __future__ import annotations

from models.terms import Term


class Role(Term):
    """What somebody may do with the accounts he sees; each role may do more than the one before."""

    VIEWER = "viewer", "Viewer", "查看者"
    REP = "rep", "Sales rep", "销售代表"
    STRATEGIST = "strategist", "Strategist", "策略师"
    ADMIN = "admin", "Administrator", "管理员"


class Right(Term):
    """What a route asks of who calls it."""

    OPEN = "open", "Open to everybody", "对所有人开放"
    OWN = "own", "One's own sign-in and keys", "管理本人的登录与密钥"
    READ = "read", "Read records and answers", "读取记录与分析结果"
    PERSONAL = "personal", "Read personal fields and histories", "读取个人字段与历史"
    WRITE = "write", "Change records", "修改记录"
    STEER = "steer", "Change what holds for all accounts", "修改适用于全部客户的规则"
    WATCH = "watch", "See how the service fares", "查看服务运行状况"
    ADMIN = "admin", "Manage users, audit and privacy", "管理用户、审计与隐私"


class Through(Term):
    """How somebody came in."""

    SESSION = "session", "Signed in", "登录"
    KEY = "key", "API key", "API 密钥"
    DOOR = "door", "Open local door", "本机免登录"


class Audited(Term):
    """What the audit trail tells of."""

    SIGNED_IN = "signed_in", "Signed in", "登录成功"
    SIGN_IN_REFUSED = "sign_in_refused", "Sign-in refused", "登录被拒"
    SIGNED_OUT = "signed_out", "Signed out", "退出登录"
    SIGNED_OUT_EVERYWHERE = "signed_out_everywhere", "Signed out everywhere", "退出所有登录"
    PASSWORD_SET = "password_set", "Password set", "设置密码"
    USER_ADDED = "user_added", "User added", "添加用户"
    USER_CHANGED = "user_changed", "User changed", "修改用户"
    USER_INVITED = "user_invited", "One-time link made", "生成一次性链接"
    KEY_MADE = "key_made", "API key made", "创建 API 密钥"
    KEY_REVOKED = "key_revoked", "API key revoked", "撤销 API 密钥"
    WEBHOOK_MADE = "webhook_made", "Webhook made", "创建 Webhook"
    WEBHOOK_CHANGED = "webhook_changed", "Webhook changed", "修改 Webhook"
    WEBHOOK_ROTATED = "webhook_rotated", "Secret of a webhook replaced", "更换 Webhook 密钥"
    WEBHOOK_REMOVED = "webhook_removed", "Webhook removed", "删除 Webhook"
    PRIVATE = "private", "Private data read or changed", "读取或变更私人数据"
