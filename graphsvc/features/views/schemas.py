"""What can be asked of a view."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from graphsvc.features.questions import Question
from models.enums import Step
from models.fields import AskedTime, Id


class ViewQuery(Question):
    """What can be asked of a view, in whatever form."""

    opportunity_id: Id | None = None
    step: Step | None = None
    lang: Literal["en", "zh"] | None = None
    unfold: Annotated[
        str | None,
        Field(
            max_length=20_000,
            pattern=r"^[A-Za-z0-9._:,~-]*$",
            description="Heads whose people are shown too, joined by commas; `all` of them. "
            "Above 2,000 people: groups that stand open, by key.",
        ),
    ] = None
    contact_id: Annotated[
        Id | None, Field(description="Somebody who is shown, whatever has to be unfolded on the way.")
    ] = None
    target_id: Annotated[Id | None, Field(description="Light the chain to this contact.")] = None
    source_id: Annotated[Id | None, Field(description="And from this person of ours.")] = None
    chain: Annotated[int, Field(ge=1, le=20, description="The chain of this rank between the two.")] = 1
    since: Annotated[
        AskedTime | None,
        Field(alias="from", description="Of what has changed: since then; default: 30 days."),
    ] = None
    until: Annotated[
        AskedTime | None, Field(alias="to", description="Of what has changed: until then; default: now.")
    ] = None

    @property
    def asked(self) -> ViewQuery:
        """What of it is asked of the view itself, whatever else is asked of its form."""
        return ViewQuery.model_validate(self.model_dump(by_alias=True, include=set(ViewQuery.model_fields)))
