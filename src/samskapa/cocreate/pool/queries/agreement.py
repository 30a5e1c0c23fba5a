"""The joining agreement: whose it is, what its page shows, and whether both have confirmed it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samskapa.ground.agreements import queries as law
from samskapa.ground.agreements.queries import Moment, Sheet
from samskapa.ground.people.models import Person, display_name

from ..domain import Status
from ..models import TABLES, Agreement, Comment, Member, Party, Revision, Statement, Version
from .members import called

#: Where a member stands who has an agreement, or can get one.
WITH_AGREEMENT = (Status.WELCOMED, Status.ACTIVE, Status.RESTING)

#: And whom one reminds of it: who rests is left in peace.
REMINDED = (Status.WELCOMED, Status.ACTIVE)


def agreements() -> QuerySet[Agreement]:
    """Those that go on, with what a page shows of whom they are between."""
    return kept_agreements().filter(TABLES.live)


def kept_agreements() -> QuerySet[Agreement]:
    """The same, and those that have ended."""
    return Agreement.objects.select_related("root__group__node", "root__person", "root__contact")


def agreement_of(member: Member) -> Agreement | None:
    """The one that goes on; None before one is welcomed, and for who was a member before there were any."""
    return Agreement.objects.filter(TABLES.live, root=member).first()


def is_confirmed(member: Member) -> bool:
    """Whether both have confirmed an agreement that goes on, point by point. A change that is discussed later takes
    nothing of it away."""
    return Version.objects.filter(agreement__root=member, agreement__ended_at=None).exists()


def party_of(agreement: Agreement, side: str) -> Party:
    """side: "person" is the member, "care" the group."""
    return Party.objects.select_related("person", "node").get(agreement=agreement, side=side)


def namer(agreement: Agreement) -> Callable[[Any], str]:
    """By which name each party is called on the page."""
    return lambda party: agreement.root.group.name if party.node_id else called(agreement.root)


def sheet_for(agreement: Agreement, party: Party) -> Sheet:
    """The page for one side, in a fixed number of queries."""
    found = law.sheet(TABLES, agreement, party, name_of=namer(agreement))
    if party.side != "care":
        return found
    # In the points "you" is the member, so the group goes by its name above them, also for its own reader.
    group = agreement.root.group.name
    return replace(found, lines=[replace(line, owner=group) if line.side == "care" else line for line in found.lines])


def history_for(agreement: Agreement, party: Party) -> list[Moment]:
    """What has happened, as sentences."""
    return law.history(TABLES, agreement, party, name_of=namer(agreement))


def helpers_of(agreement: Agreement) -> list[str]:
    """Who has answered in the member's name, on the phone or at a table: it shows to both."""
    said = Statement.objects.filter(agreement=agreement, party__side="person", person__isnull=False)
    others = said.exclude(person=agreement.root.person_id).values("person")
    return [display_name(person) for person in Person.objects.filter(pk__in=others).order_by("pk")]


@dataclass(frozen=True, slots=True)
class Stands:
    """How it goes with an agreement, for one of its sides. agreement: None where there is none. my_turn: points wait
    for whoever reads."""

    agreement: Agreement | None
    words: str
    my_turn: bool = False
    is_settled: bool = False


def stands(member: Member, side: str) -> Stands:
    """The sentence on the member's page and on the coordinators'. side: whose page it is."""
    agreement = agreement_of(member)
    if agreement is None:
        return Stands(None, _("There is no agreement yet."))
    mine, theirs = agreement.person_owes, agreement.group_owes
    if side == "care":
        mine, theirs = theirs, mine
    if mine:
        return Stands(
            agreement,
            ngettext("%(n)s point waits for your answer.", "%(n)s points wait for your answer.", mine) % {"n": mine},
            my_turn=True,
        )
    if theirs and side == "care":
        return Stands(agreement, _("It waits for the member's answer."))
    if theirs:
        return Stands(agreement, _("It waits for the group's answer. You have nothing to do."))
    return Stands(agreement, _("Both have confirmed it, point by point."), is_settled=True)


def points_of(member: Member) -> list[str]:
    """All that is written and said in the member's agreements, a line each: for their own data."""
    agreements_of = Agreement.objects.filter(root=member)
    found = [
        (row.at, f"{row.at:%Y-%m-%d} {row.line.heading}: {row.text} {row.reason}".strip())
        for row in Revision.objects.filter(agreement__in=agreements_of).select_related("line").order_by("pk")
    ]
    found += [
        (row.at, f"{row.at:%Y-%m-%d} {row.reason}")
        for row in Statement.objects.filter(agreement__in=agreements_of).order_by("pk")
        if row.reason
    ]
    found += [
        (row.at, f"{row.at:%Y-%m-%d} {row.text}")
        for row in Comment.objects.filter(agreement__in=agreements_of).order_by("pk")
    ]
    return [text for _at, text in sorted(found, key=lambda row: row[0])]


def words_in(agreement: Agreement) -> list[tuple[str, str]]:
    """(heading, newest wording) of every point that has one: for a public body's records."""
    newest: dict[int, Revision] = {}
    for row in Revision.objects.filter(agreement=agreement).select_related("line").order_by("line__position", "pk"):
        newest[row.line_id] = row
    return [(row.line.heading, row.text) for row in newest.values() if row.text and not row.removed]
