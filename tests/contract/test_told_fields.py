"""What a role may not see is told on no store: records, answers, searches and pictures; files come whole."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
import pytest

from graphsvc.features.views.files import MEDIA_TYPES, ViewForm
from models.enums import ViewName
from models.kinds import OPEN_SPECS
from models.privacy import FieldClass
from tests.api.test_field_classes import HIDDEN, cheap_passwords, fields, people

__all__ = ["cheap_passwords", "people"]
API = "/api/v1"
ACCOUNT = f"{API}/accounts/a-account"
ASKED = (
    *(f"{API}/{spec.plural}" for spec in OPEN_SPECS),
    f"{API}/contacts/a-contact",
    f"{API}/search?q=canary",
    f"{ACCOUNT}/influencers?expand=external_ids",
    f"{ACCOUNT}/strength",
    f"{ACCOUNT}/advice",
    f"{ACCOUNT}/graph?format=json",
    f"{ACCOUNT}/views/influence?expand=external_ids",
    f"{ACCOUNT}/views/diff.svg",
    f"{ACCOUNT}/views/org-chart.html",
)
BEGINNINGS = {
    ViewForm.SVG: b"<svg ",
    ViewForm.PNG: b"\x89PNG",
    ViewForm.PDF: b"%PDF-",
    ViewForm.HTML: b"<!doctype html>",
}


async def told_to(client: httpx.AsyncClient) -> AsyncIterator[tuple[str, str]]:
    for path in ASKED:
        answer = await client.get(path)
        assert answer.status_code in (200, 403), (path, answer.text[:300])
        yield path, answer.text


@pytest.mark.parametrize("name", ["viewer", "rep"])
async def test_of_fields_hidden_from_a_role_nothing_is_told(
    people: dict[str, httpx.AsyncClient], name: str
) -> None:
    hidden = [one for one in fields() if one.field_class in HIDDEN[name]]
    told = [row async for row in told_to(people[name])]
    leaks = [(path, one.field) for path, said in told for one in hidden if one.shows_in(said)]
    assert leaks == []
    personal = [one for one in fields() if one.field_class is FieldClass.PERSONAL]
    seen = [one.field for one in personal if any(one.shows_in(said) for _, said in told)]
    assert bool(seen) is (name == "rep"), "what he may see is there to be seen"


async def test_a_picture_comes_as_every_file(people: dict[str, httpx.AsyncClient]) -> None:
    for form in ViewForm:
        for ask in (
            people["rep"].get(f"{ACCOUNT}/views/{ViewName.INFLUENCE}.{form}"),
            people["viewer"].get(
                f"{ACCOUNT}/views/{ViewName.TRUST}", headers={"Accept": MEDIA_TYPES[form].partition(";")[0]}
            ),
        ):
            answer = await ask
            assert answer.status_code == 200, answer.text
            assert answer.headers["content-type"] == MEDIA_TYPES[form]
            assert answer.content.startswith(BEGINNINGS[form])
