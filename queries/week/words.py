"""What the lines of a week say, where no rule of advice says it."""

from __future__ import annotations

from models.fields import Label

__all__ = [
    "ASSESS",
    "CARD",
    "CONTACT_DUE",
    "CONTACT_LATE",
    "CONTACT_NEVER",
    "EVER",
    "PROMISE",
    "SINCE",
    "TIE",
]

PROMISE = Label("{kind}: {text}", "{kind}：{text}")
CONTACT_LATE = Label(
    "{contact}: last two-way contact {days} ago; the rhythm is {cadence}.",
    "{contact}：上次双向往来在 {days}前，正常间隔为 {cadence}。",
)
CONTACT_DUE = Label(
    "{contact}: due on {due}; last two-way contact {days} ago.",
    "{contact}：{due} 前应联系，上次双向往来在 {days}前。",
)
CONTACT_NEVER = Label("{contact}: never in two-way contact with us.", "{contact}：与我方从未有过双向往来。")
CARD = Label("Is the card of {target} still right? {when}.", "{target}的信息是否仍然准确？{when}。")
TIE = Label(
    "Does this still hold: {source} → {target} ({kind})? {when}.",
    "{source} → {target}（{kind}）是否仍然成立？{when}。",
)
SINCE = Label("Last confirmed on {day}", "上次确认于 {day}")
EVER = Label("Never confirmed", "从未确认过")
ASSESS = Label(
    "Drawn this week: fill in the questionnaire on {contact}.", "本周抽中测评：请为{contact}做温度计测评。"
)
