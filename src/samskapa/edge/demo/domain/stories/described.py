"""Assignments that are still being described."""

from __future__ import annotations

from .story import Story, answers, contact

VANTAN = Story(
    "vantan",
    "bup",
    "",
    "need",
    {
        "title": {"title": "Vad kan hjälpa medan man väntar?"},
        "why": {"why": "Väntetiden är lång, och vi hör att den är som svårast i början."},
    },
    raised_by="fatima",
)

PROVSVAR = Story(
    "provsvar",
    "lunden",
    "sara",
    "sent",
    answers(
        "Provsvar som går att förstå",
        why={"why": "Vi lägger ut provsvar utan förklaring. Sedan ringer man och är orolig."},
        expected={"expected": "Läsa tio vanliga provsvar och föreslå en mening till varje."},
        influence={
            "influence": "influence",
            "influence_reason": "",
            "influence_how": "Meningarna ni skriver används, om läkaren inte hittar något som är fel i sak.",
        },
        harm={"harm": "", "harm_action": ""},
        experience={"experience": "Du har läst egna provsvar på nätet."},
        time={
            "occasions": 2,
            "minutes_each": 60,
            "reading_minutes": 60,
            "when_text": "två kvällar",
            "starts_on": 50,
        },
        contact=contact("Sara Lindqvist", "distriktssköterska"),
        result={"result_use": "Meningarna läggs in i journalsystemet.", "told_back_on": 180},
    ),
    comments=(("harm", "Vem kan få det sämre av det här? Någon som inte läser på nätet, kanske."),),
)
