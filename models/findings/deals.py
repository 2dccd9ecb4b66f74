"""What is asked of a purchase and the people in it."""

from __future__ import annotations

from models.enums import Category, ConcernCode, ConcernForm
from models.findings.base import Finding


class HeldConcern(Finding):
    """What a contact cares about: said of him in the purchase (`edge_id`), or usual in his `category`."""

    code: ConcernCode
    text: str | None = None
    form: ConcernForm | None = None
    edge_id: str | None = None
    category: Category | None = None
