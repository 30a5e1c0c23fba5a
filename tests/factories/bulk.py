"""Many rows made cheaply, as copies of real ones: for counting queries and for measuring growth."""

from __future__ import annotations

from copy import copy
from itertools import cycle, islice
from uuid import uuid4

from samskapa.cocreate.assignments.models import TABLES, Agreement, Application, Assignment, Part
from samskapa.cocreate.underway.models import CheckIn, Confirmation, Contribution, Outcome, Telling, Work
from samskapa.ground.organisations.models import Node
from samskapa.ground.people.models import Person
from samskapa.listen.surveys.models import Asking

#: Rows handed to the database at once.
BATCH = 500


def many_people(count: int, *, first: int = 0) -> list[Person]:
    """People with names and addresses of their own."""
    rows = [
        Person(email=f"bulk-{n}@example.se", name=f"Namn {n}", sort_key=f"namn {n}")
        for n in range(first, first + count)
    ]
    return Person.objects.bulk_create(rows, batch_size=BATCH)


def many_assignments(patterns: list[Assignment], count: int, *, units: list[Node] | None = None) -> list[Assignment]:
    """Copies of the patterns in turn, each with its parts; spread over `units` (with the pattern's area: none).

    units: (unit, area) follow each other in pairs of one list: [unit, area, unit, area, ...].
    """
    places = list(zip(units[::2], units[1::2], strict=True)) if units else [None]
    rows = []
    for n, (pattern, place) in enumerate(islice(zip(cycle(patterns), cycle(places)), count)):
        row = copy(pattern)
        row._state = copy(pattern._state)
        row.pk, row.form_key, row.title = None, None, f"{pattern.title} {n}"[:120]
        if place:
            row.unit, row.area = place
        rows.append(row)
    made = Assignment.objects.bulk_create(rows, batch_size=BATCH)
    parts = {pattern.pk: list(Part.objects.filter(assignment=pattern)) for pattern in patterns}
    copies = []
    for pattern, assignment in zip(cycle(patterns), made):
        for part in parts[pattern.pk]:
            each = copy(part)
            each._state = copy(part._state)
            each.pk, each.assignment = None, assignment
            copies.append(each)
    Part.objects.bulk_create(copies, batch_size=BATCH)
    return made


def many_applications(pattern: Application, assignments: list[Assignment], people: list[Person], each: int) -> None:
    """`each` applications to every one of the assignments, by people in turn."""
    rows, who = [], cycle(people)
    for assignment in assignments:
        for number in range(1, each + 1):
            row = copy(pattern)
            row._state = copy(pattern._state)
            row.pk, row.assignment, row.person, row.number = None, assignment, next(who), number
            rows.append(row)
    Application.objects.bulk_create(rows, batch_size=BATCH)


def many_agreements(pattern: Agreement, assignments: list[Assignment]) -> None:
    """An agreement like the pattern, with its points, for the first applicant of each assignment."""
    first = {
        application.assignment_id: application
        for application in Application.objects.filter(assignment__in=assignments, number=1)
    }
    agreements = TABLES.agreement.objects.bulk_create(
        [copy_of(pattern, root=assignment, application=first[assignment.pk]) for assignment in assignments],
        batch_size=BATCH,
    )
    root = pattern.root_id
    host = TABLES.party.objects.get(root=root, agreement=None)
    own = TABLES.party.objects.get(agreement=pattern)
    TABLES.party.objects.bulk_create([copy_of(host, root=a.root) for a in agreements], batch_size=BATCH)
    TABLES.party.objects.bulk_create(
        [copy_of(own, root=a.root, agreement=a, person=first[a.root_id].person) for a in agreements], batch_size=BATCH
    )
    lines = list(TABLES.line.objects.filter(root=root, agreement=None)) + list(
        TABLES.line.objects.filter(agreement=pattern)
    )
    for line in lines:
        revision = TABLES.revision.objects.get(line=line)
        made = TABLES.line.objects.bulk_create(
            [copy_of(line, root=a.root, agreement=a if line.agreement_id else None) for a in agreements],
            batch_size=BATCH,
        )
        TABLES.revision.objects.bulk_create(
            [
                copy_of(revision, line=each, agreement=each.agreement if revision.agreement_id else None)
                for each in made
            ],
            batch_size=BATCH,
        )


def many_works(pattern: Agreement, assignments: list[Assignment]) -> None:
    """The work of the pattern's assignment, with what was contributed, checked, told and confirmed in it, for each of
    the assignments, which have an agreement like the pattern."""
    first = Work.objects.get(assignment=pattern.root_id)
    works = Work.objects.bulk_create([copy_of(first, assignment=each) for each in assignments], batch_size=BATCH)
    agreement = {each.root_id: each for each in Agreement.objects.filter(root__in=assignments)}
    pairs = [(work, agreement[work.assignment_id]) for work in works]
    for check_in in CheckIn.objects.filter(agreement=pattern):
        CheckIn.objects.bulk_create([copy_of(check_in, agreement=each) for _, each in pairs], batch_size=BATCH)
    for contribution in Contribution.objects.filter(agreement=pattern):
        made = Contribution.objects.bulk_create(
            [copy_of(contribution, work=work, agreement=each) for work, each in pairs], batch_size=BATCH
        )
        for outcome in contribution.outcomes.all():
            Outcome.objects.bulk_create([copy_of(outcome, contribution=each) for each in made], batch_size=BATCH)
    for telling in Telling.objects.filter(work=first):
        told = Telling.objects.bulk_create([copy_of(telling, work=work) for work, _ in pairs], batch_size=BATCH)
        for said in telling.confirmations.filter(agreement=pattern):
            Confirmation.objects.bulk_create(
                [copy_of(said, telling=row, agreement=each) for row, (_, each) in zip(told, pairs, strict=True)],
                batch_size=BATCH,
            )


def many_askings(patterns: list[Asking], nodes: list[Node], count: int) -> None:
    """So many rounds of questions like the patterns, in the nodes in turn."""
    rows = [
        copy_of(pattern, uid=uuid4(), key=f"bulk.round:{n}", node=node)
        for n, pattern, node in zip(range(count), cycle(patterns), cycle(nodes))
    ]
    Asking.objects.bulk_create(rows, batch_size=BATCH)


def copy_of(row, **changes):
    """A row like `row` but for the changes, not stored yet."""
    new = copy(row)
    new._state = copy(row._state)
    new._state.fields_cache = {}
    new.pk = None
    for name, value in changes.items():
        setattr(new, name, value)
    return new
