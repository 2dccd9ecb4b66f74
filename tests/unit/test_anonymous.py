"""What is left of records without their words, for every kind and every field of it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from models.anonymous import ERASED_NAME, anonymous, erased, is_about, is_anonymous, without_texts, words_in
from models.describe import field_lines
from models.enums import Kind, NodeKind
from models.kinds import KINDS, spec_of
from models.records import body_of, read_record
from tests.contract.writing import E, N, put, tie
from tests.machine.bodies import records

EVERY = st.sampled_from(KINDS).flatmap(lambda kind: st.tuples(st.just(kind), records(kind)))


@given(EVERY)
def test_no_word_is_left_and_what_is_left_is_a_record(drawn: tuple[Kind, object]) -> None:
    kind, record = drawn
    body = body_of(record)  # type: ignore[arg-type]
    left = without_texts(kind, body)
    assert {text for _, text in words_in(kind, left)} <= {ERASED_NAME}
    assert without_texts(kind, left) == left
    again = body_of(read_record(kind, left))
    assert {name: again[name] for name in left} == left
    words = {place.split("/")[1] for place, _ in words_in(kind, body)}
    assert {name: body[name] for name in body if name not in words} == {
        name: left[name] for name in left if name not in words
    }


@given(records(NodeKind.CONTACT))
def test_a_seat_tells_nobody_from_anybody(record: object) -> None:
    body = body_of(record)  # type: ignore[arg-type]
    seat = anonymous(body)
    assert is_anonymous(seat)
    assert body_of(read_record(NodeKind.CONTACT, seat)) == seat
    told = {"id", "account_id", "status", "restricted", "confirmed_on"}
    other = anonymous({**put(N.CONTACT, "other").body, **{name: body[name] for name in told if name in body}})
    assert other == seat


def test_every_text_of_every_kind_is_a_word() -> None:
    """Nothing that people write freely is taken for an id or a closed word."""
    known = {"currency", "from_rule"}
    for kind in KINDS:
        lines = [line for line in field_lines(kind) if line.form in ("text", "list of text")]
        free = {line.path for line in lines if line.reference is None and line.vocabulary is None}
        for path in free:
            if len(path) == 1 and path[0] not in {"id", "source_id", "target_id", *known}:
                body = {path[0]: "word"}
                assert list(words_in(kind, body)) == [(f"/{path[0]}", "word")], (kind, path)
    assert spec_of(N.CONTACT)


def test_a_record_is_about_him_alone_or_about_others_too() -> None:
    him = {"ana"}
    about = [
        put(N.CONTACT, "ana"),
        tie(E.INFLUENCES, "ben", "ana"),
        tie(E.WORKS_IN, "ana", "lab"),
        put(N.ASSESSMENT, "s", contact_id="ana"),
        put(N.ACTION, "t", contact_id="ana"),
        put(N.DOSSIER, "d", contact_id="ana"),
        put(N.INTERACTION, "i", contact_ids=["ana"]),
    ]
    others = [
        put(N.CONTACT, "ben", not_same_as=["ana"]),
        put(N.INTERACTION, "i", contact_ids=["ana", "ben"]),
        put(N.INTERACTION, "j"),
        put(N.OPPORTUNITY, "o", criteria=[{"text": "fast", "owner_id": "ana"}]),
        tie(E.SERVES, "ana", "acme"),  # a member of ours with the same id
        put(N.DEPARTMENT, "ana"),
    ]
    assert [is_about(row.kind, row.body, him) for row in about] == [True] * len(about)
    assert [is_about(row.kind, row.body, him) for row in others] == [False] * len(others)
    assert all(erased(row.kind, row.body, him) == row.body for row in others)
    both = put(N.INTERACTION, "i", note="x", contact_ids=["ana", "ben"])
    assert "note" not in erased(both.kind, both.body, him, {(N.INTERACTION, "i")})
