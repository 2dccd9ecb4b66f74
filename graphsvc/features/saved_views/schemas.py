"""A named view of a map: what its address says, and where people were put."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints
from pydantic.json_schema import models_json_schema

from models.enums import ViewName
from models.fields import Id, Name

MOST_PINS = 2_000
_FAR, _LATEST = 1e6, 1e12
Coordinate = Annotated[float, Field(ge=-_FAR, le=_FAR, allow_inf_nan=False)]
Shown = Literal[
    "opportunity_id",
    "step",
    "on",
    "as_of",
    "contact",
    "unfold",
    "hide",
    "target_id",
    "source_id",
    "chain",
    "if",
    "since",
    "known",
]
"""What the address of a map may say beside the map's name."""


class ViewFields(BaseModel):
    """What can be changed of a view once it is there."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Name
    view: ViewName = Field(description="Which map.")
    query: dict[Shown, Annotated[str, StringConstraints(min_length=1, max_length=20_000)]] = Field(
        default_factory=dict, description="What the map's address says: purchase, step, day, filters, lens."
    )
    pins: dict[Id, tuple[Coordinate, Coordinate]] = Field(
        default_factory=dict, max_length=MOST_PINS, description="Where people were put: x and y by id."
    )
    place: Annotated[float, Field(ge=-_LATEST, le=_LATEST, allow_inf_nan=False)] | None = Field(
        None,
        description="Where it stands among the views of the account, as seconds since 1970; "
        "null is when it was made. A view between two others has a number between theirs.",
    )
    shared: bool = Field(False, description="Whether all who see the account see the view.")


class NewView(ViewFields):
    """A view to be kept."""

    id: Id | None = None
    account_id: Id


class SavedView(ViewFields):
    """A view as it is kept; `revision` grows with each change, `owner` is the user who made it."""

    id: str
    account_id: str
    owner: str
    created_at: AwareDatetime
    updated_at: AwareDatetime
    revision: int = 0


def view_schemas() -> dict[str, object]:
    """The schemas of bodies that the routes read by hand."""
    models = [(model, "validation") for model in (NewView, ViewFields)]
    place = "#/components/schemas/{model}"
    schemas: dict[str, object] = models_json_schema(models, ref_template=place)[1]["$defs"]  # type: ignore[arg-type]
    schemas["ViewPatch"] = {**schemas.pop("ViewFields"), "required": [], "title": "ViewPatch"}  # type: ignore[dict-item]
    return schemas
