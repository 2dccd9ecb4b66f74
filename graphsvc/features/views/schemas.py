"""What can be asked of a view."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from graphsvc.features.questions import Question
from models.enums import Step
from models.fields import AskedDay, AskedTime, Id

_ID = r"[A-Za-z0-9._:-]{1,64}"
_THOUGHT = (
    f"leave~{_ID}",
    f"tie~{_ID}~{_ID}~(stranger|familiar|trusted|ally)",
    f"attitude~{_ID}~(-[12]|[012])~{_ID}",
    rf"influences~{_ID}~{_ID}~(1|0|0\.[0-9]{{1,3}})",
)
ASSUMED = rf"^({'|'.join(_THOUGHT)})(,({'|'.join(_THOUGHT)})){{0,49}}$"
"""Changes that are only thought of, as an address has them."""


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

    assumed: Annotated[
        str | None,
        Field(
            alias="if",
            max_length=4000,
            pattern=ASSUMED,
            description="On the two maps, what if: `leave~who`, `tie~ours~theirs~grade`, "
            "`attitude~who~number~opportunity`, `influences~who~whom~weight`, joined by commas.",
        ),
    ] = None
    compared_on: Annotated[
        AskedDay | None,
        Field(alias="since", description="On the two maps: what differs from what held on that day."),
    ] = None
    compared_known: Annotated[
        AskedDay | None,
        Field(alias="known", description="On the two maps: what differs from what was known at its end."),
    ] = None
    compare_step: Annotated[
        Step | None, Field(description="On the two maps: who moves in the ranking from that step.")
    ] = None

    @property
    def plain(self) -> ViewQuery:
        """The same without a lens."""
        return self.model_copy(update=dict.fromkeys(LENSES))

    @property
    def asked(self) -> ViewQuery:
        """What of it is asked of the view itself, whatever else is asked of its form."""
        return ViewQuery.model_validate(self.model_dump(by_alias=True, include=set(ViewQuery.model_fields)))


LENSES = ("assumed", "compared_on", "compared_known", "compare_step")
"""What of a question asks for a lens; the first of them that is given is looked through."""
