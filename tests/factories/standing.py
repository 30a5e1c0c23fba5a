"""A council whose representatives have agreed on everything, and what one does with it in a test."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from samskapa.cocreate.assignments.domain.standing import last_day
from samskapa.cocreate.assignments.models import Agreement, Application, HandOver, Line, Party, Revision, Term
from samskapa.cocreate.assignments.queries import agreements as queries
from samskapa.cocreate.assignments.queries import standing as asked
from samskapa.cocreate.assignments.services import agreeing, handing_over, standing
from samskapa.ground.core.domain import Actor
from samskapa.ground.core.models import OutboxMail
from samskapa.ground.organisations.domain import Role
from tests.factories.assignments import (
    ANSWERS,
    STANDING,
    coordinator_for,
    host_of,
    make_agreeing,
    representative_of,
)
from tests.factories.bulk import copy_of, many_people
from tests.factories.organisations import NOW

LATER = NOW + timedelta(days=20)
FIRST: date = ANSWERS["time"]["starts_on"]
LAST = last_day(FIRST, 24)


def at(day: date) -> datetime:
    return datetime.combine(day, time(9), tzinfo=NOW.tzinfo)


def mails(kind: str) -> list[OutboxMail]:
    return list(OutboxMail.objects.filter(kind=f"assignments/{kind}").order_by("pk"))


def confirm(agreement: Agreement, by: Actor, *, now: datetime = LATER) -> None:
    party = queries.host_party(agreement) if by.acts_as(Role.HOST) else queries.representative_party(agreement)
    agreeing.confirm_all(agreement, expected=queries.to_confirm(agreement, party), party=party, by=by, now=now)


def settle(agreement: Agreement, *, now: datetime = LATER) -> None:
    confirm(agreement, host_of(agreement.root), now=now)
    confirm(agreement, representative_of(agreement), now=now)


def council(representatives: int = 1, **fields) -> list[Agreement]:
    """A council in which everything is confirmed."""
    assignment = make_agreeing(representatives=representatives, standing=STANDING | fields.pop("terms", {}), **fields)
    found = list(Agreement.objects.filter(root=assignment).select_related("root__unit", "application").order_by("pk"))
    for agreement in found:
        settle(agreement)
    return found


def propose(agreement: Agreement, **changes):
    """As the coordinator, who is no party, unless `changes` say otherwise."""
    values = {
        "starts_on": LAST + timedelta(days=1),
        "ends_on": last_day(LAST + timedelta(days=1), 24),
        "is_deputy": False,
        "based_on": getattr(asked.newest_wording(agreement), "pk", 0),
        "party": None,
        "by": coordinator_for(agreement.root),
        "now": LATER,
    }
    return standing.propose_term(agreement, **(values | changes))


def term_text(agreement: Agreement) -> str:
    return asked.newest_wording(agreement).text


def name_successor(agreement: Agreement, successor: Agreement, **changes) -> HandOver:
    values = {
        "successor_id": successor.pk,
        "by_day": LAST,
        "what": "Anteckningar och kontakter.",
        "by": coordinator_for(agreement.root),
        "now": LATER,
    }
    return handing_over.name_successor(agreement, **(values | changes))


def grow(agreement: Agreement, count: int) -> None:
    """So many more representatives in the same council, each with a confirmed term; made cheaply."""
    assignment, pattern, term = agreement.root, agreement.application, Term.objects.get(agreement=agreement)
    start = Application.objects.filter(assignment=assignment).count()
    more = [
        copy_of(pattern, assignment=assignment, person=person, number=start + n, version=1)
        for n, person in enumerate(many_people(count, first=start), start=1)
    ]
    applications = Application.objects.bulk_create(more)
    agreements = Agreement.objects.bulk_create(
        [copy_of(agreement, root=assignment, application=one) for one in applications]
    )
    own, point = Party.objects.get(agreement=agreement), asked.term_line(agreement)
    Party.objects.bulk_create(
        [copy_of(own, root=assignment, agreement=one, person=one.application.person) for one in agreements]
    )
    lines = Line.objects.bulk_create(
        [copy_of(point, root=assignment, agreement=one, key=f"{asked.TERM_KEY}{one.pk}") for one in agreements]
    )
    revision = asked.newest_wording(agreement)
    revisions = Revision.objects.bulk_create([copy_of(revision, line=line, agreement=line.agreement) for line in lines])
    Term.objects.bulk_create([copy_of(term, revision=one, agreement=one.agreement) for one in revisions])
