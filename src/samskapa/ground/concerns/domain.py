"""What in a text is a sign of danger or harm. Word lists, not understanding: it is better to show help once too often.

Nothing here judges how somebody is: a sign makes the page show where there is help, and a person read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class Sign(StrEnum):
    """danger: somebody's life or safety, now. harm: something that has gone wrong in care."""

    DANGER = "danger"
    HARM = "harm"


#: How long a concern may wait before every coordinator of the area is told.
WAITS = {Sign.DANGER: timedelta(hours=2), Sign.HARM: timedelta(days=3)}
#: The longest extract that is kept of what was written, in characters.
MOST = 600

# Whole words; "\w*" where Swedish bends or joins them. Each line says one thing in the ways people say it.
_DANGER = (
    r"ta (?:livet av (?:mig|sig|oss)|mitt (?:eget )?liv|sitt (?:eget )?liv)",
    r"tar? livet av (?:mig|sig|oss)",
    r"(?:vill|orkar|orka|kan) (?:inte|ej) (?:(?:längre|mer) )?leva",
    r"(?:inte|ej) (?:längre )?(?:vill|orkar|orka|kan) (?:längre )?leva",
    r"(?:vill|önskar att jag (?:vore|var)) (?:bara )?(?:dö|död)",
    r"(?:bättre|lika bra) om jag (?:vore|var|är) död",
    r"självmord\w*",
    r"suicid\w*",
    r"självskad\w*",
    r"(?:skada|skadar|skär|skära) (?:mig|sig) själv",
    r"(?:slår|slog|sparkar|hotar|stryper|misshandlar) (?:mig|oss|barnen|henne|honom|min mamma|min pappa)",
    r"misshandl\w*",
    r"våldt\w*",
    r"hot(?:ar|ade|at)? (?:om )?att (?:döda|slå|skada)",
    r"rädd för (?:mitt|sitt|hennes|hans) liv",
    r"(?:är|i) akut fara",
    r"barn(?:et|en)? (?:far|for) illa",
    r"(?:kill|killing|hurt|hurting|cut|cutting) myself",
    r"(?:end|ending|take|taking) my (?:own )?life",
    r"(?:want|wish) to (?:die|be dead)",
    r"(?:hits|beats|threatens|rapes|chokes) me",
)
_HARM = (
    r"vårdskad\w*",
    r"felbehandl\w*",
    r"felmedicin\w*",
    r"feldiagnos\w*",
    r"(?:fel|förväxlad?e?) (?:medicin|läkemedel|dos|diagnos|operation)(?:en|er)?",
    r"(?:blev|blivit|har) (?:allvarligt |svårt )?skada[dt] (?:av|i|under|vid) "
    r"(?:vården|operationen|behandlingen|undersökningen)",
    r"(?:höll|hålla) på att dö",
    r"vanvård\w*",
    r"(?:dog|avled) (?:på grund av|för att) (?:vården|de|sjukhuset|läkaren|ingen)",
    r"anmäl(?:a|er|t|de) (?:vården|läkaren|sjukhuset|kliniken|mottagningen)",
    r"(?:medical error|malpractice|wrong (?:drug|dose|diagnosis|medicine))",
)


def _pattern(lines: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(lines)})(?!\w)", re.IGNORECASE)


_PATTERNS = {Sign.DANGER: _pattern(_DANGER), Sign.HARM: _pattern(_HARM)}


@dataclass(frozen=True, slots=True)
class Found:
    """The gravest sign in a text, and the sentences it stands in, at most MOST characters."""

    sign: Sign
    extract: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was written. node_id: the organisation whose coordinators read it. path: the page where they
    find it, "" where they may open none. person_id: who wrote, where it is not who is logged in."""

    node_id: int
    path: str = ""
    person_id: int | None = None


class NobodyReads(Exception):
    """Somebody must be named to read."""


class Handled(Exception):
    """Somebody else has written what was done; `outcome` says what."""

    def __init__(self, outcome: str):
        super().__init__()
        self.outcome = outcome


def signs_in(text: str) -> Found | None:
    """The gravest sign in a text of any length; None where there is none."""
    flat = " ".join(text.split())
    for sign, pattern in _PATTERNS.items():
        if pattern.search(flat):
            sentences = [each for each in re.split(r"(?<=[.!?…])\s+", flat) if pattern.search(each)]
            return Found(sign, _cut(" … ".join(sentences) or flat, pattern))
    return None


def _cut(text: str, pattern: re.Pattern[str]) -> str:
    """Around the first sign, where a sentence has no end."""
    if len(text) <= MOST:
        return text
    found = pattern.search(text)
    begin = max(0, (found.start() if found else 0) - MOST // 2)
    return text[begin : begin + MOST]
