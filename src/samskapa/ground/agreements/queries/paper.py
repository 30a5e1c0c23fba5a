"""A fixed version as it reads for ever, and what it says on paper: the data of `typst/agreement.typ`.

The paper is always in Swedish, as the points themselves: who calls does so under `translation.override(LANGUAGE)`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _

from samskapa.ground.language.domain import STOCKHOLM, write_day
from samskapa.ground.people.models import Person, display_name

from ..domain import Outcome
from ..models import Tables
from .ledger import parties_of
from .sheet import Sheet
from .words import Names

LANGUAGE = "sv"
_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Paper:
    """What `ground.documents` needs for the file. at: the file's own date."""

    data: dict[str, Any]
    title: str
    at: datetime
    filename: str


@dataclass(frozen=True, slots=True)
class Point:
    """A point of a fixed version. number: the same as on the page. outcome: agreed or open. confirmed_at: by the last
    party. reasons: (who, why) of those who left it open."""

    number: int
    heading: str
    side: str
    owner: str
    text: str
    outcome: str
    confirmed_at: datetime | None
    reasons: list[tuple[str, str]]

    @property
    def is_open(self) -> bool:
        return self.outcome == Outcome.OPEN


@dataclass(frozen=True, slots=True)
class Signature:
    """Who confirmed a version. by: the person who did so for the unit; "" for the representative. at: the last word."""

    name: str
    by: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Fixed:
    """A version as it reads for ever."""

    version: Any
    points: list[Point]
    signatures: list[Signature]

    @property
    def groups(self) -> list[tuple[str, list[Point]]]:
        grouped: dict[str, list[Point]] = {}
        for point in self.points:
            grouped.setdefault(point.heading, []).append(point)
        return list(grouped.items())


def fixed_version(tables: Tables, agreement: Any, version: Any, *, name_of: Names) -> Fixed:
    """The version with its points and who confirmed them, in a fixed number of queries. name_of: by which name each
    party is called."""
    rows = list(tables.version_line.objects.filter(version=version).select_related("line", "revision"))
    parties = {party.pk: party for party in parties_of(tables, agreement)}
    said: dict[int, list[Any]] = {}
    for statement in tables.statement.objects.filter(
        revision__in=[row.revision_id for row in rows], party__in=parties, at__lte=version.fixed_at
    ).order_by("pk"):
        said.setdefault(statement.revision_id, []).append(statement)
    numbers = {pk: number for number, pk in enumerate(_line_ids(tables, agreement), start=1)}
    owners = {side: _owner(side, parties.values(), name_of) for side in ("person", "care", "both")}
    points = []
    for row in sorted(rows, key=lambda row: (numbers[row.line_id], row.outcome)):
        words = said.get(row.revision_id, [])
        reasons = [
            (name_of(parties[word.party_id]), word.reason)
            for word in words
            if row.outcome == Outcome.OPEN
            and word.verdict == "left_open"
            and word.reason
            and word.agreement_id == agreement.pk
        ]
        points.append(
            Point(
                number=numbers[row.line_id],
                heading=row.line.heading,
                side=row.line.owner_side,
                owner=owners[row.line.owner_side],
                text=row.revision.text,
                outcome=row.outcome,
                confirmed_at=_last_word(words, agreement, parties),
                reasons=reasons,
            )
        )
    return Fixed(version, points, _signatures(said, agreement, parties, name_of))


def _line_ids(tables: Tables, agreement: Any) -> list[int]:
    lines = (
        tables.line.objects.filter(root_id=agreement.root_id)
        .order_by("position", "pk")
        .values_list("pk", "agreement_id")
    )
    return [pk for pk, where in lines if where in (None, agreement.pk)]


def _owner(side: str, parties: Iterable[Any], name_of: Names) -> str:
    names = [name_of(party) for party in parties if party.side == side]
    return ", ".join(names) if names else _("Together")


def _counts_here(word: Any, agreement: Any) -> bool:
    return word.agreement_id in (None, agreement.pk) or word.verdict == "confirmed"


def _last_word(words: list[Any], agreement: Any, parties: dict[int, Any]) -> datetime | None:
    """When the last of the parties said the word that counts; what was said twice counts from the first time."""
    first: dict[int, datetime] = {}
    for word in words:
        if _counts_here(word, agreement):
            first.setdefault(word.party_id, word.at)
    return max(first.values(), default=None)


def _signatures(said: dict[int, list[Any]], agreement: Any, parties: dict[int, Any], name_of: Names) -> list[Signature]:
    last: dict[int, Any] = {}
    for words in said.values():
        for word in words:
            if _counts_here(word, agreement) and (word.party_id not in last or word.at >= last[word.party_id].at):
                last[word.party_id] = word
    people = Person.objects.in_bulk([word.person_id for word in last.values() if word.person_id])
    found = []
    for pk, party in sorted(parties.items(), key=lambda item: (item[1].side != "person", item[0])):
        newest = last.get(pk)
        person = people.get(newest.person_id) if newest and party.node_id else None
        found.append(Signature(name_of(party), display_name(person) if person else "", newest.at if newest else None))
    return found


# --- the sheet of paper ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above the points. about: names the paper and its file. lead: who "you" and "we" are. facts:
    (question, answer). role: as what the person who is a party confirms."""

    about: str
    lead: str
    facts: list[tuple[str, str]]
    role: str


def version_on_paper(head: Head, fixed: Fixed) -> Paper:
    """The paper of a fixed version: the same version is the same bytes, as long as nobody changes their name."""
    points = {
        heading: [_row(point.side, point.number, point.owner, point.text, *_state(point)) for point in group]
        for heading, group in fixed.groups
    }
    number, at = fixed.version.number, fixed.version.fixed_at
    signatures = [
        {
            "name": signature.name,
            "role": _("Through %(name)s") % {"name": signature.by} if signature.by else head.role if n == 0 else "",
            "date": day_on_paper(signature.at) if signature.at else "",
        }
        for n, signature in enumerate(fixed.signatures)
    ]
    data = {
        **_top(head),
        "notice_title": _("Version %(number)s, %(day)s") % {"number": number, "day": day_on_paper(at)},
        "notice": _(
            "This text does not change. Whoever wants to change something proposes it, and when both have "
            "confirmed it there is a new version."
        ),
        "groups": _groups(points),
        "signed_heading": _("Confirmations"),
        "signatures": signatures,
    }
    return _paper(head, data, f"v{number}", at)


def draft_on_paper(head: Head, sheet: Sheet, now: datetime) -> Paper:
    """The paper of what is not settled yet, clearly marked. sheet: as a reader sees it who is no party."""
    points = {
        heading: [_row(line.side, line.number, line.owner, line.text, line.state, line.detail) for line in lines]
        for heading, lines in sheet.groups
    }
    data = {
        **_top(head),
        "notice_title": _("Draft, %(day)s") % {"day": day_on_paper(now)},
        "notice": _(
            "Not everything is settled yet. Beside each point stands who has confirmed it. This paper is "
            "for reading, it is no agreement."
        ),
        "groups": _groups(points),
        "signed_heading": "",
        "signatures": [],
    }
    return _paper(head, data, slugify(_("draft")), now)


def ended_on_paper(head: Head, *, ended_at: datetime, notice: str) -> Paper:
    """The paper of an agreement of which the points are gone: that there was one, and when. notice: why they are."""
    data = {
        **_top(head),
        "notice_title": _("Ended %(day)s") % {"day": day_on_paper(ended_at)},
        "notice": notice,
        "groups": [],
        "signed_heading": "",
        "signatures": [],
    }
    return _paper(head, data, slugify(_("ended")), ended_at)


def _paper(head: Head, data: dict[str, Any], kind: str, at: datetime) -> Paper:
    about = slugify(head.about, allow_unicode=True)[:_LONGEST_NAME].strip("-") or "samskapa"
    name = slugify(_("agreement"))
    filename = f"{name}-{about}-{kind}.pdf"
    return Paper(data=data, title=f"{data['title']}: {head.about}", at=at, filename=filename)


def _top(head: Head) -> dict[str, Any]:
    return {
        "title": _("Our agreement"),
        "lead": head.lead,
        "facts": [[question, answer] for question, answer in head.facts],
    }


def _groups(points: dict[str, list[dict[str, Any]]]) -> list[dict[str, Any]]:
    return [{"heading": heading or _("Also agreed"), "points": rows} for heading, rows in points.items()]


def _row(owner: str, number: int, name: str, text: str, state: str, details: str) -> dict[str, Any]:
    return {"owner": owner, "number": number, "name": name, "text": text, "state": state, "details": details}


def _state(point: Point) -> tuple[str, str]:
    if not point.is_open:
        return _("Both have confirmed"), day_on_paper(point.confirmed_at) if point.confirmed_at else ""
    reasons = " ".join(_("%(who)s: “%(reason)s”") % {"who": who, "reason": reason} for who, reason in point.reasons)
    return _("Not agreed, and left that way by choice of both"), reasons


def day_on_paper(moment: datetime) -> str:
    """With the year always, so that the paper says the same next year."""
    day = moment.astimezone(STOCKHOLM).date()
    return write_day(day, language=LANGUAGE, today=day.replace(year=day.year - 1, day=1))
