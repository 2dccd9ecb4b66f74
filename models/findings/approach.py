"""How to approach a contact: what to ask and what to say."""

from __future__ import annotations

from models.approach import Spin, Topic
from models.enums import Category, Personality
from models.findings.base import Answer, Evidence, Finding


class TalkingPoint(Finding):
    """One sentence to be spoken, the rule it stands under, and the records it was made of.

    `code` is the concern, want, need, category, personality or experience it answers; `question` which of
    the four of SPIN it is; `usual`: a concern of his category that nobody has heard from him, `heard`: the
    concern in his own words.
    """

    rule: str
    topic: Topic
    code: str
    question: Spin | None = None
    usual: bool = False
    heard: str | None = None
    text: str
    evidence: list[Evidence]


class Approach(Answer[TalkingPoint]):
    """What to ask and to say, first what the contact cares about most.

    `silent`: fields of the dossier that would have been read, had whoever asks the right to it.
    """

    contact_id: str
    name: str
    category: Category | None
    personality: Personality | None
    silent: list[str]
