"""The questionnaire as it goes over the wire."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from models.questionnaire import LATEST, QUESTIONNAIRES, Answer, Half


class QuestionnaireQuery(BaseModel):
    """The question of `GET /questionnaire`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: int = Field(LATEST, ge=1, le=LATEST, description="Which version; default: the latest.")
    lang: Literal["en", "zh"] | None = Field(None, description="Language of messages.")


class InBoth(BaseModel):
    """A text in both languages."""

    en: str
    zh: str


class Asked(BaseModel):
    """A statement to rate, and which interest it is about."""

    id: str
    half: Half
    text: InBoth


class Choice(BaseModel):
    """How often a statement can hold, and its points."""

    points: int
    label: InBoth


class Questionnaire(BaseModel):
    """One version of the questionnaire: its statements, in the order they are asked, and the choices."""

    version: int
    latest: int
    questions: list[Asked]
    choices: list[Choice]
    most_points: int


def questionnaire(version: int) -> Questionnaire:
    """The questionnaire of a version that exists."""
    questions = QUESTIONNAIRES[version]
    return Questionnaire(
        version=version,
        latest=LATEST,
        questions=[
            Asked(id=asked.id, half=asked.half, text=InBoth(en=asked.text.en, zh=asked.text.zh))
            for asked in questions
        ],
        choices=[Choice(points=answer, label=InBoth(en=answer.en, zh=answer.zh)) for answer in Answer],
        most_points=max(Answer) * len(questions),
    )
