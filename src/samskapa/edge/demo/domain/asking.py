"""What people in Region Ekliden have been asked after their meetings, and what they said."""

from __future__ import annotations

from dataclasses import dataclass

from samskapa.listen.surveys.domain import Answers

#: What those who were at the meetings answer, one sheet each.
SHEETS: tuple[Answers, ...] = (
    {"said": "5", "followed": "yes", "next_time": "Inget. Det var första gången jag kände att någon antecknade."},
    {"said": "4", "followed": "yes", "next_time": "Börja med en runda, så att alla har sagt något."},
    {"said": "3", "followed": "no", "hindered": ["jargon", "fast"], "next_time": "Förklara förkortningarna."},
    {"said": "4", "followed": "yes"},
    {"said": "2", "followed": "no", "hindered": ["sound"], "next_time": "Bättre mikrofon till oss som är med på länk."},
    {"said": "5", "followed": "dont_know"},
    {"said": "4", "followed": "yes", "next_time": "Skicka ut materialet en vecka före."},
)


@dataclass(frozen=True, slots=True)
class Round:
    """title, why: as the coordinator wrote them. asked: days ago. sheets: how many have answered, the first of SHEETS.
    paper: how many more came on paper. told: what was said of the answers; "" while the round is open."""

    key: str
    title: str
    why: str
    asked: int
    sheets: int
    paper: int = 0
    told: str = ""


ROUNDS = (
    Round(
        "spring",
        "Resursgruppens vårmöte",
        "Vi vill veta om alla kom till tals.",
        asked=40,
        sheets=6,
        told="Vi lånar bättre mikrofoner och delar ut en lista med förkortningar. Materialet kommer en vecka före. "
        "Kortare möten blir det inte, för då hinner vi inte med rundan.",
    ),
    Round(
        "autumn",
        "Mötet om kallelserna",
        "Svaren avgör hur vi lägger upp nästa möte.",
        asked=3,
        sheets=3,
        paper=1,
    ),
)
