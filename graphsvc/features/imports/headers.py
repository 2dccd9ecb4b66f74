"""Which headers stand for which field: our own names, Chinese ones, and those of CRM exports.

Spaces and hyphens count as underscores and case does not count, so "Contact ID" is contact_id.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from models.enums import BuyingRole, Term

Headers = Mapping[str, str]
"""Field → the headers that stand for it, separated by spaces."""


class Form(Term):
    """The forms of files."""

    DOCUMENT = "document", "graph document", "图文档"
    ACCOUNTS = "accounts", "accounts", "客户表"
    PEOPLE = "people", "people", "人员表"
    TIES = "ties", "ties", "关系表"
    ROLES = "roles", "roles in a deal", "项目角色表"
    MESSAGES = "messages", "message log", "消息记录"


_GENERAL: Mapping[Form, Headers] = {
    Form.ACCOUNTS: {
        "id": "account_id company_id",
        "name": "account account_name company company_name customer",
        "industry": "",
        "region": "city country",
        "employees": "number_of_employees headcount",
    },
    Form.PEOPLE: {
        "id": "person_id contact_id employee_id",
        "name": "full_name contact_name",
        "first_name": "given_name",
        "last_name": "family_name surname",
        "latin_name": "",
        "account": "company customer",
        "account_name": "company_name",
        "department": "dept",
        "department_function": "",
        "parent_department": "",
        "function": "",
        "title": "job_title position",
        "rung": "",
        "level": "",
        "manager_id": "reports_to manager boss",
        "status": "",
        "email": "e_mail email_address",
        "phone": "telephone tel phone_number",
        "mobile": "mobile_phone cell_phone",
        "wechat": "",
    },
    Form.TIES: {
        "edge_id": "",
        "source": "source_id from",
        "target": "target_id to",
        "relation": "relationship type kind",
        "weight": "",
        "basis": "",
        "confidence": "",
        "since": "",
        "until": "",
        "first": "",
        "last": "",
        "note": "",
    },
    Form.ROLES: {
        "opportunity": "opportunity_id deal deal_id",
        "opportunity_name": "deal_name",
        "contact": "contact_id contact_name",
        "role": "contact_role buying_role",
    },
    Form.MESSAGES: {
        "source": "source_id sender from",
        "target": "target_id recipient to",
        "time": "datetime sent_at",
        "unix_time": "timestamp",
        "kind": "type",
        "recipients": "",
        "message_id": "",
    },
}

_CHINESE: Mapping[Form, Headers] = {
    Form.ACCOUNTS: {
        "id": "客户编号 客户编码",
        "name": "名称 客户 客户名称 公司 公司名称 企业名称",
        "industry": "行业 所属行业",
        "region": "区域 地区 城市 所在城市",
        "employees": "员工数 员工人数 人数",
    },
    Form.PEOPLE: {
        "id": "编号 工号 员工编号 人员编号 联系人编号",
        "name": "姓名 名字 联系人 联系人姓名",
        "first_name": "名",
        "last_name": "姓 姓氏",
        "latin_name": "拼音 英文名",
        "account": "大客户 客户 客户名称 公司 公司名称 单位",
        "department": "部门 所属部门 所在部门",
        "department_function": "部门职能",
        "parent_department": "上级部门",
        "function": "职能",
        "title": "职务 职位 岗位 职称",
        "rung": "职级",
        "level": "层级",
        "manager_id": "上级 直属上级 直接上级 汇报对象 上级编号 直属领导",
        "status": "状态",
        "email": "邮箱 电子邮件 电子邮箱",
        "phone": "电话 联系电话 办公电话 座机",
        "mobile": "手机 手机号 手机号码 移动电话",
        "wechat": "微信 微信号",
    },
    Form.TIES: {
        "source": "起点 从",
        "target": "终点 到",
        "relation": "关系 关系类型",
        "weight": "权重",
        "basis": "依据 依据类型",
        "confidence": "置信度",
        "since": "起始日期 开始日期",
        "until": "结束日期",
        "first": "首次",
        "last": "最近",
        "note": "备注",
    },
    Form.ROLES: {
        "opportunity": "项目 商机 项目编号 商机编号",
        "opportunity_name": "项目名称 商机名称",
        "contact": "联系人 姓名 联系人编号",
        "role": "角色 采购角色",
    },
    Form.MESSAGES: {
        "source": "起点 发件人 发送人",
        "target": "终点 收件人 接收人",
        "time": "时间",
        "kind": "类型",
        "recipients": "收件人数",
        "message_id": "消息编号 邮件编号",
    },
}

_SALESFORCE: Mapping[Form, Headers] = {
    Form.ACCOUNTS: {
        "id": "accountid",
        "region": "billingcity billing_city",
        "employees": "numberofemployees employees",
    },
    Form.PEOPLE: {
        "id": "contactid",
        "first_name": "firstname",
        "last_name": "lastname",
        "account": "accountid account_id",
        "account_name": "account.name accountname",
        "manager_id": "reportstoid reports_to_id",
        "phone": "business_phone",
        "mobile": "mobilephone",
    },
    Form.ROLES: {
        "opportunity": "opportunityid",
        "opportunity_name": "opportunity.name opportunity",
        "contact": "contactid",
    },
}

_HUBSPOT: Mapping[Form, Headers] = {
    Form.ACCOUNTS: {"id": "record_id", "region": "state/region country/region"},
    Form.PEOPLE: {
        "id": "record_id",
        "account": "associated_company_ids associated_company_id primary_associated_company_id",
        "account_name": "associated_company primary_company",
        "mobile": "mobile_phone_number",
        "manager_id": "manager_email",
    },
    Form.ROLES: {
        "opportunity": "associated_deal_ids",
        "opportunity_name": "associated_deal",
        "contact": "associated_contact_ids associated_contact",
        "role": "association_label",
    },
}


def _merged(form: Form, fields: Iterable[str]) -> dict[str, tuple[str, ...]]:
    tables = [table.get(form, {}) for table in (_GENERAL, _CHINESE, _SALESFORCE, _HUBSPOT)]
    taken = set(fields)
    merged: dict[str, tuple[str, ...]] = {}
    for name in _GENERAL[form]:
        others = [header for table in tables for header in table.get(name, "").split()]
        merged[name] = (name, *(header for header in dict.fromkeys(others) if header not in taken))
        taken.update(merged[name])
    return merged


COLUMNS: Mapping[Form, Mapping[str, tuple[str, ...]]] = {
    form: _merged(form, fields) for form, fields in _GENERAL.items()
}
"""The fields of each form and the headers that stand for them, the field's own name first."""

FIELDS: Mapping[Form, Mapping[str, str]] = {
    form: {header: name for name, headers in fields.items() for header in headers}
    for form, fields in COLUMNS.items()
}
"""The field that each header stands for, by form."""

ROLE_WORDS: Mapping[str, BuyingRole | None] = {
    "business user": BuyingRole.USER,
    "end user": BuyingRole.USER,
    "economic buyer": BuyingRole.DECISION_MAKER,
    "economic decision maker": BuyingRole.DECISION_MAKER,
    "technical buyer": BuyingRole.EVALUATOR,
    "executive sponsor": BuyingRole.CHAMPION,
    "budget holder": BuyingRole.APPROVER,
    "legal & compliance": BuyingRole.GATEKEEPER,
    "blocker": BuyingRole.GATEKEEPER,
    "purchasing": BuyingRole.PROCUREMENT,
    "other": None,
    "其他": None,
}
"""What the role words of CRM systems mean, beside our own; None is a part in the deal without a role."""


def header_key(text: str) -> str:
    """A header as the tables above write it. O(length)."""
    return text.casefold().replace(" ", "_").replace("-", "_")
