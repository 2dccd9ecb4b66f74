"""Every field of every kind of record, sent wrongly: the field is named, and nothing is written.

The cases come from the app's own document, so that a kind or a field that is new is tried as well.
"""

from __future__ import annotations

from typing import Any, cast

import httpx
import pytest

from graphsvc.app import create_app
from graphsvc.stores.port import GraphStore
from models.kinds import FIRM, SPECS, Spec
from models.records import body_of
from tests.bad_values import bad_values
from tests.contract.test_kinds import shortest
from tests.contract.writing import EVERYTHING, N, acme, put, write
from tests.stores import settings_of

DOCUMENT = create_app(settings_of(), cast(GraphStore, None)).openapi()
SENT = [spec for spec in SPECS if f"/api/v1/{spec.plural}" in DOCUMENT["paths"]]


def fields_of(spec: Spec) -> dict[str, Any]:
    """The fields of a kind with their schemas."""
    post = DOCUMENT["paths"][f"/api/v1/{spec.plural}"]["post"]
    schema = post["requestBody"]["content"]["application/json"]["schema"]
    return cast(dict[str, Any], DOCUMENT["components"]["schemas"][schema["$ref"].rpartition("/")[2]])[
        "properties"
    ]


def test_every_field_of_every_kind_is_tried() -> None:
    assert [spec.kind for spec in SPECS if spec not in SENT] == [N.DOSSIER], "written with its contact"
    for spec in SENT:
        for name, schema in fields_of(spec).items():
            assert len(bad_values(schema, DOCUMENT)) > 2, (spec.kind, name)


@pytest.mark.parametrize("spec", SENT, ids=lambda spec: str(spec.kind))
async def test_a_wrong_field_is_refused_and_named(
    client: httpx.AsyncClient, store: GraphStore, spec: Spec
) -> None:
    await acme(store)
    await write(store, put(N.PRODUCT, "drive"))
    before = [await store.log(EVERYTHING, name, limit=1_000) for name in ("acme", "bolt", FIRM)]
    body, wrong = body_of(shortest(spec).record), []
    tried = [
        (name, value) for name, schema in fields_of(spec).items() for value in bad_values(schema, DOCUMENT)
    ]
    for name, value in [*tried, ("nmae", "x"), ("a/b", 1)]:
        answer = await client.post(f"/api/v1/{spec.plural}", json={**body, name: value})
        place = f"/{name.replace('/', '~1')}"
        places = [fault["pointer"] for fault in answer.json().get("errors", [])]
        if answer.status_code != 422 or not places or not all(each.startswith(place) for each in places):
            wrong.append((name, str(value)[:40], answer.status_code, answer.text[:160]))
    assert not wrong, "\n".join(map(str, wrong))
    assert [await store.log(EVERYTHING, name, limit=1_000) for name in ("acme", "bolt", FIRM)] == before
