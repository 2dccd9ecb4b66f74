"""A walk over the whole model: each test tells every fault it finds, not the first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from models import enums, fields, privacy, questionnaire
from models.columns import Form
from models.describe import FieldLine, field_class, field_lines, leaves
from models.enums import Category, ConcernCode, EdgeKind, NodeKind, Stage, Step
from models.faults import Code, faults_of
from models.fields import OnDelete
from models.kinds import EDGE_SPECS, KINDS, NODE_SPECS, OPEN_SPECS, SPECS, references, spec_of
from models.names import has_chinese
from models.privacy import FieldClass
from models.questionnaire import LATEST, QUESTIONNAIRES, Half
from models.records import body_of, read_record
from models.specs import SOURCE_KIND
from models.terms import Degree, Term
from models.trade import DEFAULT_CONCERNS, STAGE_OF_STEP, STEP_OF_STAGE, WORK_OF_STAGE

MOST_COLUMNS = 16
"""As many as an embedded file mirrors (schema/001_records_and_log.sql)."""
RESERVED = {"revision", "created_at", "updated_at", "account", "other", "slot", "sequence", "salt"}
"""Names of what stores keep beside a record."""
NO_REFERENCES = {"source_id", "target_id", "external_ids"}
"""Fields that end like references: ends have rules of their own, the others are not ids of ours."""


def vocabularies() -> list[type[Any]]:
    """Every closed vocabulary that the model's modules declare."""
    found = [
        thing
        for module in (enums, fields, privacy, questionnaire)
        for thing in vars(module).values()
        if isinstance(thing, type) and issubclass(thing, Term | Degree) and thing not in (Term, Degree)
    ]
    return list(dict.fromkeys(found))


def lines() -> Iterator[tuple[str, FieldLine]]:
    """Every field of every kind, with the place a fault names."""
    for kind in KINDS:
        for line in field_lines(kind):
            yield f"{kind}.{'.'.join(line.path)}", line


def unlabelled(place: str, en: str, zh: str) -> list[str]:
    """What is wrong with a pair of labels."""
    found = [f"{place}: no English label"] if not en.strip() or has_chinese(en) else []
    return found + ([] if has_chinese(zh) else [f"{place}: no Chinese label"])


def models(annotation: Any) -> Iterator[type[BaseModel]]:
    """The parts of records, each as often as fields hold it."""
    for part in leaves(annotation):
        if issubclass(part, BaseModel):
            yield part
            for info in part.model_fields.values():
                yield from models(info.annotation)


def test_every_word_has_a_label_of_its_own_in_both_languages() -> None:
    faults = []
    for words in vocabularies():
        for word in words:
            faults += unlabelled(f"{words.__name__}.{word.name}", word.en, word.zh)
        for language in ("en", "zh"):
            counted = Counter(getattr(word, language) for word in words)
            faults += [f"{words.__name__}: {label} twice" for label, count in counted.items() if count > 1]
    assert len(vocabularies()) > 40
    assert faults == []


def test_every_field_has_labels_in_both_languages_that_no_field_beside_it_has() -> None:
    faults, beside = [], Counter[tuple[str, str]]()
    for place, line in lines():
        faults += unlabelled(place, line.label.en, line.label.zh)
        holder = place.rsplit(line.name, 1)[0]
        beside.update([(holder, line.label.en), (holder, line.label.zh)])
    faults += [f"{holder}: {label} twice" for (holder, label), count in beside.items() if count > 1]
    assert faults == []


def is_numeric(annotation: Any) -> bool:
    """Whether a field holds numbers (not degrees of a vocabulary, not flags)."""
    return any(
        issubclass(leaf, int | float) and not issubclass(leaf, bool | Degree) for leaf in leaves(annotation)
    )


def test_every_number_says_what_it_counts() -> None:
    faults = []
    for kind in KINDS:
        records = [spec_of(kind).record]
        records += [part for info in records[0].model_fields.values() for part in models(info.annotation)]
        for record in records:
            for name, info in record.model_fields.items():
                extra = info.json_schema_extra
                assert isinstance(extra, dict), f"{record.__name__}.{name} is declared without field()"
                if is_numeric(info.annotation) != ("unit" in extra):
                    faults.append(f"{kind}: {record.__name__}.{name}")
    assert faults == []


def test_every_reference_points_at_a_kind_and_can_do_what_its_deletion_asks() -> None:
    faults = []
    for place, line in lines():
        if line.name.endswith(("_id", "_ids")) and line.name not in NO_REFERENCES:
            faults += [f"{place}: refers to nothing"] if line.reference is None else []
        if line.reference is not None:
            faults += [f"{place}: no such kind"] if line.reference.kind not in NODE_SPECS else []
            clears_what_must_be = line.reference.on_delete is OnDelete.CLEAR and line.required
            faults += [f"{place}: cannot be cleared"] if clears_what_must_be and "*" not in line.path else []
    told = {(kind, ref.path) for kind in KINDS for ref in references(kind)}
    assert told == {(kind, line.path) for kind in KINDS for line in field_lines(kind) if line.reference}
    assert faults == []


def test_every_row_is_one_that_stores_and_routes_can_carry() -> None:
    faults = []
    for spec in SPECS:
        unknown = set(spec.column_names) - set(spec.record.model_fields)
        faults += [f"{spec.kind}: no field {name}" for name in sorted(unknown)]
        faults += [f"{spec.kind}: too many columns"] if len(spec.columns) > MOST_COLUMNS else []
        clash = RESERVED & set(spec.record.model_fields)
        faults += [f"{spec.kind}: {name} is a name of the stores" for name in sorted(clash)]
        faults += [f"{spec.kind}: columns twice"] if len(set(spec.columns)) != len(spec.columns) else []
    assert len({spec.plural for spec in SPECS}) == len(SPECS)
    assert set(KINDS) == {*NodeKind, *EdgeKind}
    assert len({str(kind) for kind in KINDS}) == len(KINDS)
    assert faults == []


def test_every_node_belongs_to_an_account_or_to_the_firm() -> None:
    for kind, spec in NODE_SPECS.items():
        held = "account_id" in spec.record.model_fields
        assert held is not (spec.firm or kind is NodeKind.ACCOUNT), kind


def test_kinds_an_edge_may_begin_at_are_told_apart_by_a_column() -> None:
    several = [spec for spec in EDGE_SPECS.values() if spec.more_sources]
    assert [spec.kind for spec in several] == [EdgeKind.USES]
    for spec in several:
        column = next(column for column in spec.columns if column.name == SOURCE_KIND)
        assert column.form is Form.CODE
        assert column.vocabulary is not None
        assert [str(word) for word in column.vocabulary] == [str(kind) for kind in spec.sources]
        assert len({NODE_SPECS[kind].firm for kind in spec.sources}) == 1
        for kind in spec.sources:
            assert spec.ends({"source_id": "a", "target_id": "b", SOURCE_KIND: str(kind)})[0] == (kind, "a")
            assert spec.beginning_at(kind).sources == (kind,)


@pytest.mark.parametrize("kind", [None, "", "nonsense", 7, ["department"]])
def test_an_edge_that_does_not_say_where_it_begins_begins_at_the_first_kind(kind: object) -> None:
    body = {"source_id": "a", "target_id": "b", SOURCE_KIND: kind}
    assert EDGE_SPECS[EdgeKind.USES].source_of(body) is NodeKind.ACCOUNT


def test_only_dossiers_have_a_right_of_their_own_and_all_their_content_is_of_their_class() -> None:
    assert [spec.kind for spec in SPECS if spec not in OPEN_SPECS] == [NodeKind.DOSSIER]
    private = {line.name for _, line in lines() if line.field_class is FieldClass.DOSSIER}
    content = {line.name for line in field_lines(NodeKind.DOSSIER)} - {"account_id", "contact_id"}
    assert content - private == {"id", "confirmed_on"}
    assert NODE_SPECS[NodeKind.DOSSIER].column_names == ("contact_id",)
    for place, line in lines():
        assert (line.field_class is FieldClass.DOSSIER) <= place.startswith("dossier."), place


@pytest.mark.parametrize(
    ("kind", "name", "expected"),
    [
        (NodeKind.ACCOUNT, "name", FieldClass.PUBLIC),
        (NodeKind.ACCOUNT, "annual_volume", FieldClass.BUSINESS),
        (NodeKind.CONTACT, "name", FieldClass.BUSINESS),
        (NodeKind.CONTACT, "channels", FieldClass.PERSONAL),
        (NodeKind.CONTACT, "wants", FieldClass.PERSONAL),
        (NodeKind.ASSESSMENT, "answers", FieldClass.PERSONAL),
        (NodeKind.DOSSIER, "hobbies", FieldClass.DOSSIER),
        (EdgeKind.INFLUENCES, "basis", FieldClass.PERSONAL),
        (EdgeKind.INFLUENCES, "weight", FieldClass.BUSINESS),
    ],
)
def test_the_class_of_a_field_is_its_own_or_that_of_its_kind(
    kind: NodeKind | EdgeKind, name: str, expected: FieldClass
) -> None:
    assert field_class(kind, name) is expected


def test_what_is_inside_a_field_is_of_its_class() -> None:
    inside = [line for line in field_lines(NodeKind.CONTACT) if line.path[0] == "channels"]
    assert [line.name for line in inside] == ["channels", "kind", "value"]
    assert {line.field_class for line in inside} == {FieldClass.PERSONAL}
    assert [line.own for line in inside] == [True, False, False]


def test_a_questionnaire_has_six_questions_in_each_half_and_texts_in_both_languages() -> None:
    assert min(QUESTIONNAIRES) == 1
    assert max(QUESTIONNAIRES) == LATEST
    for version, questions in QUESTIONNAIRES.items():
        assert [question.id for question in questions] == [f"{h}{n}" for h in "PI" for n in range(1, 7)]
        assert [question.half for question in questions] == [Half.PERSONAL] * 6 + [Half.INSTITUTIONAL] * 6
        faults = [
            fault
            for question in questions
            for fault in unlabelled(question.id, question.text.en, question.text.zh)
        ]
        assert faults == [], version
        assert len({question.text for question in questions}) == len(questions)


def test_stages_pair_with_steps_in_order_and_each_has_its_milestone() -> None:
    assert [STAGE_OF_STEP[step] for step in Step] == list(Stage)
    assert [STEP_OF_STAGE[stage] for stage in Stage] == list(Step)
    assert list(WORK_OF_STAGE) == list(Stage)
    labels = [label for told in WORK_OF_STAGE.values() for label in (told.milestone, told.work)]
    assert [fault for label in labels for fault in unlabelled(label.en, label.en, label.zh)] == []
    assert len(set(labels)) == len(labels)


def test_every_category_cares_about_something_and_nothing_is_nobodys_concern() -> None:
    assert list(DEFAULT_CONCERNS) == list(Category)
    assert all(codes and len(set(codes)) == len(codes) for codes in DEFAULT_CONCERNS.values())
    assert {code for codes in DEFAULT_CONCERNS.values() for code in codes} == set(ConcernCode)


KEPT = {"basis": "consent", "source": "told us", "expires_on": "2027-01-01"}
DOSSIER = {"id": "d", "account_id": "a", "contact_id": "c"}


def test_an_item_of_a_dossier_says_why_it_is_kept_whence_and_until_when() -> None:
    item = {**KEPT, "text": "spoken drama"}
    body = body_of(read_record(NodeKind.DOSSIER, {**DOSSIER, "hobbies": [item]}))
    assert body["hobbies"] == [item]
    for name in item:
        part = {key: value for key, value in item.items() if key != name}
        with pytest.raises(ValidationError, match="Field required"):
            read_record(NodeKind.DOSSIER, {**DOSSIER, "hobbies": [part]})


@pytest.mark.parametrize(
    ("kind", "fields", "said"),
    [
        (
            NodeKind.DOSSIER,
            {
                **DOSSIER,
                "itinerary": [{**KEPT, "since": "2026-02-02", "until": "2026-02-01", "city": "Graz"}],
            },
            "until lies before since",
        ),
        (
            EdgeKind.CHANNEL,
            {"id": "e", "source_id": "a", "target_id": "a", "kind": "owns"},
            "no channel of its own",
        ),
        (
            EdgeKind.USES,
            {"id": "e", "source_id": "a", "target_id": "p", "satisfaction": 6},
            "less than or equal",
        ),
        (
            EdgeKind.USES,
            {"id": "e", "source_id": "a", "target_id": "p", "source_kind": "contact"},
            "'account' or 'department'",
        ),
        (
            NodeKind.ACTION,
            {"id": "x", "account_id": "a", "kind": "promise", "text": ""},
            "at least 1 character",
        ),
        (NodeKind.ACCOUNT, {"id": "a", "name": "A", "industry_notes": {"weather": "wet"}}, "'rivalry'"),
    ],
)
def test_records_that_make_no_sense_are_refused(
    kind: NodeKind | EdgeKind, fields: dict[str, object], said: str
) -> None:
    with pytest.raises(ValidationError, match=said):
        read_record(kind, fields)


@pytest.mark.parametrize(
    "name", ["王芳", "O'Neil-Šmíd", "فاطمه\u200cزاده", "👩\u200d🔬", "शर्मा", "Ana\u00a0B", " Ana\n", "—"]
)
def test_a_name_that_can_be_read_is_taken(name: str) -> None:
    body = {"id": "c", "account_id": "a", "name": name}
    assert body_of(read_record(NodeKind.CONTACT, body))["name"] == name.strip()


@pytest.mark.parametrize(
    ("name", "en", "zh"),
    [
        ("A\u202ena", "it holds the control character U+202E; take it out", "含有控制字符 U+202E，请删除"),
        ("A\x07na", "it holds the control character U+0007; take it out", "含有控制字符 U+0007，请删除"),
        ("\u200b\u0301\u3164", "it holds no character that can be seen", "没有任何可见字符"),
    ],
)
def test_a_name_that_cannot_be_read_is_refused_in_both_languages(name: str, en: str, zh: str) -> None:
    with pytest.raises(ValidationError) as refused:
        read_record(NodeKind.CONTACT, {"id": "c", "account_id": "a", "name": name})
    (fault,) = faults_of(refused.value)
    assert (fault.pointer, fault.code) == ("/name", Code.INVALID_VALUE)
    assert en in fault.message("en")
    assert zh in fault.message("zh")
