"""What a made-up assignment says of itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

#: How far an assignment can have come, in order.
STAGES = ("need", "open", "choosing", "agreed", "underway", "done")


@dataclass(frozen=True, slots=True)
class Story:
    """unit and host: keys. stage: "need", "sent", "open", "choosing", "agreeing", "agreed", "underway" or "done".

    answers: part -> values. Days are whole numbers, counted from today, and fixed days (number, from, to); a
    municipality is the key of a place.
    applicants: (person, experience, presented by name now). chosen: keys of those. asked: (person, question, answer).
    comments: (part, text) by the coordinator. opened: published so many days ago. deputies: those of the chosen who
    are so as deputies. material: (title, for whom, what the file says), put there by the host once it is open. age:
    everything happened so many days earlier. told_back: what the host told after a year.
    contributed: (person, what, what became of it or "", the reason). led_to: what the host told when it was over.
    confirmed: (person, answer, word). named: who want their names on the public page.
    """

    key: str
    unit: str
    host: str
    stage: str
    answers: dict[str, dict[str, Any]]
    applicants: tuple[tuple[str, str, bool], ...] = ()
    chosen: tuple[str, ...] = ()
    asked: tuple[tuple[str, str, str], ...] = ()
    comments: tuple[tuple[str, str], ...] = ()
    nominated: tuple[tuple[str, str, str], ...] = ()
    raised_by: str = ""
    opened: int = 4
    together: dict[str, int] = field(default_factory=dict)
    deputies: tuple[str, ...] = ()
    material: tuple[tuple[str, str, str], ...] = ()
    age: int = 0
    told_back: str = ""
    contributed: tuple[tuple[str, str, str, str], ...] = ()
    led_to: str = ""
    confirmed: tuple[tuple[str, str, str], ...] = ()
    named: tuple[str, ...] = ()


def contact(name: str, title: str) -> dict[str, str]:
    return {
        "contact_name": name,
        "contact_title": title,
        "contact_phone": "000-00 00 00",
        "contact_email": "",
        "contact_hours": "vardagar 9–12",
    }


def answers(title: str, **parts: Any) -> dict[str, dict[str, Any]]:
    """A full need: what is usual, with what this one says itself."""
    usual: dict[str, dict[str, Any]] = {
        "title": {"title": title},
        "phase": {"phase": "idea"},
        "contribution": {"contribution": "improvement_team"},
        "sources": {"sources_present": ["system", "evidence", "profession"], "sources_note": ""},
        "people": {"people_wanted": 3},
        "place": {"form": "digital", "place": "", "municipality_id": None},
        "access": {
            "access": "Textning, paus varje halvtimme, material i stor stil eller per post. Säg till så ordnar vi det."
        },
        "pay": {"pay": "fee", "pay_each_ore": 53300, "pay_reading_ore": 29600, "pay_note": ""},
        "budget": {"budget_yes": True, "budget_holder": "Verksamhetschefen"},
        "conflict": {"conflict_matter": ""},
        "questions": {"questions": [{"text": "Vad vill du att vi ska veta om din erfarenhet?", "is_required": False}]},
    }
    return usual | parts
