"""A sample agreement for the document tests: two parties, as many points as asked for."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

AT = datetime(2026, 12, 3, 13, 0, tzinfo=UTC)
TITLE = "Överenskommelse: Vad ska stå i kallelsen till höftoperation?"

_TEXTS = [
    (
        "both",
        "Tillsammans",
        "Vi skriver texten på mötena, så att alla hinner säga vad de tycker. Vi förklarar ord som någon inte förstår.",
    ),
    ("person", "Amina Warsame", "Läser förslagen före mötet och säger till om du inte hinner."),
    (
        "care",
        "Ortopedmottagningen",
        "Skickar materialet minst sju dagar före varje möte, på papper till den som vill.",
    ),
    (
        "care",
        "Ortopedmottagningen",
        "Betalar arvode med 250 kronor i timmen, också för tiden du läser. Pengarna kommer den 25 i månaden efter.",
    ),
    (
        "both",
        "Tillsammans",
        "Stämmer av efter andra mötet hur det går, och vad som behöver ändras.\n\nDen som vill sluta "
        "säger till. Ingen behöver förklara varför.",
    ),
    (
        "person",
        "Amina Warsame",
        "Berättar av egen erfarenhet och om det du har hört av andra, utan att peka ut någon.",
    ),
    ("care", "Ortopedmottagningen", "Ordnar rum utan trösklar, hörslinga och en paus varje halvtimme."),
    (
        "care",
        "Ortopedmottagningen",
        "Berättar i september hur många som ringer om kallelsen, och vad som ändrades av det du sa.",
    ),
]


_OPEN = "Amina vill veta det redan i juni. Punkten lämnas öppen."


def sample(points: int = 8, **changes: Any) -> dict[str, Any]:
    """Data for `documents/specimen` with `points` points; `changes` replace whole parts."""
    rows = []
    for number in range(1, points + 1):
        owner, name, text = _TEXTS[(number - 1) % len(_TEXTS)]
        open_line = number == 8
        rows.append(
            {
                "owner": owner,
                "number": number,
                "name": name,
                "text": text,
                "state": "Inte överens" if open_line else "Båda har bekräftat",
                "details": _OPEN if open_line else "måndag 30 november 2026",
            }
        )
    half = (points + 1) // 2
    return {
        "title": "Vår överenskommelse",
        "lead": "Om uppdraget Vad ska stå i kallelsen till höftoperation? Båda har skrivit, och en punkt "
        "gäller först när båda har bekräftat den.",
        "notice_title": "Version 1, torsdag 3 december 2026",
        "notice": "Den här texten ändras inte. Vill någon ändra något skriver ni en ny version tillsammans.",
        "facts": [
            (
                "Varför",
                "Var tredje person ringer och frågar vad kallelsen betyder. Vi vill att brevet ska svara.",
            ),
            ("Hur mycket du får påverka", "Inflytande: ni skriver tillsammans, mottagningen beslutar."),
            ("Tid", "Tre möten om två timmar, och en timmes läsning före varje."),
            ("Kontaktperson", "Karin Lindqvist, vårdutvecklare\n070-174 06 05"),
        ],
        "groups": [
            {"heading": "Det vi lovar varandra", "points": rows[:half]},
            {"heading": "Så gör vi i praktiken", "points": rows[half:]},
        ],
        "signed_heading": "Bekräftat",
        "signatures": [
            {"name": "Amina Warsame", "role": "Patientföreträdare", "date": "torsdag 3 december 2026"},
            {
                "name": "Karin Lindqvist",
                "role": "Ortopedmottagningen, Norrtälje sjukhus",
                "date": "onsdag 2 december 2026",
            },
        ],
        **changes,
    }
