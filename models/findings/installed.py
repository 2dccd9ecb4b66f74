"""What is installed at an account."""

from __future__ import annotations

from datetime import date

from models.enums import InstalledAt
from models.findings.base import Evidence, Finding


class Installed(Finding):
    """A product in use at a place of the account: the whole of it, or a department.

    Without a `competitor_id` it is ours. `satisfaction` is 1–5.
    """

    product_id: str
    product: str
    family: str | None
    competitor_id: str | None
    competitor: str | None
    place_kind: InstalledAt
    place_id: str
    place: str
    quantity: int | None
    satisfaction: int | None
    supplier: str | None
    since: date | None
    evidence: list[Evidence]
