"""What an agreement says on paper: the data of `typst/agreement.typ`, always in Swedish like the points themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import translation
from django.utils.text import slugify
from django.utils.translation import gettext as _

from samskapa.ground.agreements.domain import Outcome
from samskapa.ground.language.domain import STOCKHOLM, write_day
from samskapa.ground.people.models import Person, display_name

from ..models import Agreement, Line, Party, Statement, Term, Version, VersionLine
from . import agreements as queries
from .agreements import Seat
from .draft_words import whole_day

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

    version: Version
    points: list[Point]
    signatures: list[Signature]

    @property
    def groups(self) -> list[tuple[str, list[Point]]]:
        grouped: dict[str, list[Point]] = {}
        for point in self.points:
            grouped.setdefault(point.heading, []).append(point)
        return list(grouped.items())


def fixed_version(agreement: Agreement, version: Version) -> Fixed:
    """The version with its points and who confirmed them, in a fixed number of queries."""
    rows = list(VersionLine.objects.filter(version=version).select_related("line", "revision"))
    parties = {
        party.pk: party
        for party in Party.objects.filter(root_id=agreement.root_id).select_related("person", "node").order_by("pk")
        if party.agreement_id in (None, agreement.pk)
    }
    name_of = queries.namer(agreement)
    said: dict[int, list[Statement]] = {}
    for statement in Statement.objects.filter(
        revision__in=[row.revision_id for row in rows], party__in=parties, at__lte=version.fixed_at
    ).order_by("pk"):
        said.setdefault(statement.revision_id, []).append(statement)
    numbers = {pk: number for number, pk in enumerate(_line_ids(agreement), start=1)}
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


def _line_ids(agreement: Agreement) -> list[int]:
    lines = Line.objects.filter(root_id=agreement.root_id).order_by("position", "pk").values_list("pk", "agreement_id")
    return [pk for pk, where in lines if where in (None, agreement.pk)]


def _owner(side: str, parties: Any, name_of: Any) -> str:
    names = [name_of(party) for party in parties if party.side == side]
    return ", ".join(names) if names else _("Together")


def _counts_here(word: Statement, agreement: Agreement) -> bool:
    return word.agreement_id in (None, agreement.pk) or word.verdict == "confirmed"


def _last_word(words: list[Statement], agreement: Agreement, parties: dict[int, Party]) -> datetime | None:
    """When the last of the parties said the word that counts; what was said twice counts from the first time."""
    first: dict[int, datetime] = {}
    for word in words:
        if _counts_here(word, agreement):
            first.setdefault(word.party_id, word.at)
    return max(first.values(), default=None)


def _signatures(
    said: dict[int, list[Statement]], agreement: Agreement, parties: dict[int, Party], name_of: Any
) -> list[Signature]:
    last: dict[int, Statement] = {}
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


def paper_of_version(agreement: Agreement, version: Version) -> Paper:
    """The paper of a fixed version: the same version is the same bytes, as long as nobody changes their name."""
    with translation.override(LANGUAGE):
        fixed = fixed_version(agreement, version)
        title = agreement.root.title
        points = {
            heading: [_row(point.side, point.number, point.owner, point.text, *_state(point)) for point in group]
            for heading, group in fixed.groups
        }
        data = {
            **_head(agreement, term=_term_in(fixed)),
            "notice_title": _("Version %(number)s, %(day)s")
            % {"number": version.number, "day": _day(version.fixed_at)},
            "notice": _(
                "This text does not change. Whoever wants to change something proposes it, and when both have "
                "confirmed it there is a new version."
            ),
            "groups": _groups(points),
            "signed_heading": _("Confirmations"),
            "signatures": [
                {
                    "name": signature.name,
                    "role": _("Through %(name)s") % {"name": signature.by}
                    if signature.by
                    else _("Patient representative")
                    if number == 0
                    else "",
                    "date": _day(signature.at) if signature.at else "",
                }
                for number, signature in enumerate(fixed.signatures)
            ],
        }
        name = _("agreement")
    return Paper(
        data=data,
        title=f"{data['title']}: {title}",
        at=version.fixed_at,
        filename=f"{slugify(name)}-{_slug(title)}-v{version.number}.pdf",
    )


def paper_of_draft(agreement: Agreement, now: datetime) -> Paper:
    """The paper of what is not settled yet, clearly marked."""
    with translation.override(LANGUAGE):
        sheet = queries.sheet_for(agreement, Seat(None))
        points = {
            heading: [_row(line.side, line.number, line.owner, line.text, line.state, line.detail) for line in lines]
            for heading, lines in sheet.groups
        }
        data = {
            **_head(agreement, term=Term.objects.filter(agreement=agreement).order_by("-pk").first()),
            "notice_title": _("Draft, %(day)s") % {"day": _day(now)},
            "notice": _(
                "Not everything is settled yet. Beside each point stands who has confirmed it. This paper is "
                "for reading, it is no agreement."
            ),
            "groups": _groups(points),
            "signed_heading": "",
            "signatures": [],
        }
        name, draft = _("agreement"), _("draft")
    title = agreement.root.title
    return Paper(
        data=data,
        title=f"{data['title']}: {title}",
        at=now,
        filename=f"{slugify(name)}-{_slug(title)}-{slugify(draft)}.pdf",
    )


def _term_in(fixed: Fixed) -> Term | None:
    """The term that a fixed version says, which never changes after it."""
    lines = VersionLine.objects.filter(version=fixed.version, outcome=Outcome.AGREED)
    return Term.objects.filter(revision__in=lines.values("revision")).order_by("-pk").first()


def _standing_facts(agreement: Agreement, term: Term | None) -> list[tuple[str, str]]:
    """As what one takes part in a standing assignment, and for how long."""
    if not agreement.root.is_standing:
        return []
    is_deputy = term.is_deputy if term else agreement.application.is_deputy
    facts = [(_("Takes part as"), _("Deputy") if is_deputy else _("Ordinary"))]
    if term:
        days = {"first": whole_day(term.starts_on), "last": whole_day(term.ends_on)}
        facts.append((_("Term"), _("From %(first)s to %(last)s") % days))
    return facts


def _head(agreement: Agreement, *, term: Term | None = None) -> dict[str, Any]:
    it, unit = agreement.root, agreement.root.unit
    contact = "\n".join(
        part
        for part in (
            ", ".join(part for part in (it.contact_name, it.contact_title) if part),
            ", ".join(part for part in (it.contact_phone, it.contact_hours) if part),
            it.contact_email,
        )
        if part
    )
    facts = [
        (_("Assignment"), it.title),
        (_("Patient representative"), queries.name_of_representative(agreement)),
        (_("The unit"), ", ".join(part for part in (unit.name if unit else "", it.area.name) if part)),
        *_standing_facts(agreement, term),
    ]
    if contact:
        facts.append((_("Contact person"), contact))
    return {
        "title": _("Our agreement"),
        "lead": reading_key(agreement),
        "facts": [[question, answer] for question, answer in facts],
    }


def reading_key(agreement: Agreement) -> str:
    """Who "you" and "we" are in the points."""
    unit = agreement.root.unit
    return _("In the points, “you” is the patient representative and “we” is %(unit)s.") % {
        "unit": unit.name if unit else ""
    }


def _groups(points: dict[str, list[dict[str, Any]]]) -> list[dict[str, Any]]:
    return [{"heading": heading or _("Also agreed"), "points": rows} for heading, rows in points.items()]


def _row(owner: str, number: int, name: str, text: str, state: str, details: str) -> dict[str, Any]:
    return {"owner": owner, "number": number, "name": name, "text": text, "state": state, "details": details}


def _state(point: Point) -> tuple[str, str]:
    if not point.is_open:
        return _("Both have confirmed"), _day(point.confirmed_at) if point.confirmed_at else ""
    reasons = " ".join(_("%(who)s: “%(reason)s”") % {"who": who, "reason": reason} for who, reason in point.reasons)
    return _("Not agreed, and left that way by choice of both"), reasons


def _day(moment: datetime) -> str:
    """With the year always, so that the paper says the same next year."""
    day = moment.astimezone(STOCKHOLM).date()
    return write_day(day, language=LANGUAGE, today=day.replace(year=day.year - 1, day=1))


def _slug(title: str) -> str:
    return slugify(title, allow_unicode=True)[:_LONGEST_NAME].strip("-") or "samskapa"
