"""What a disposal decision (gallringsbeslut) disposes of in assignments, and the paper of an agreement's version.

Rows stay, so that what hangs on them still hangs together and every sum is the same: the words go. The tables of
agreements are append-only; their triggers let the words become BLANKED and nothing else.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from samskapa.ground.agreements.services.printing import print_agreement
from samskapa.ground.core.domain import BLANKED, Actor
from samskapa.ground.core.services import record
from samskapa.ground.documents.domain.records import Paper
from samskapa.ground.people.domain.my_data import GOES_ON

from ..domain.my_data import application_over_at
from ..models import Application, Assignment, Choice, HandOver, Party, Version
from ..queries import paper
from ..queries.records import words_of_agreements
from ..queries.retention import course_of, work_over
from .applying import lock_application, lock_assignment
from .my_data import blank


@transaction.atomic
def dispose_of_agreements(assignment_id: int, *, limit: datetime, by: Actor, now: datetime) -> bool:
    """Blank what the agreements of an assignment said, if its work was over at or before `limit`: every wording,
    reason and comment, what was handed over, and the names that were kept. Returns whether it was so."""
    assignment = lock_assignment(assignment_id)
    waiting = assignment.agreements.filter(disposed_at=None)
    if not _was_over(assignment, limit) or not waiting.exists():
        return False
    revisions, statements, comments = words_of_agreements(assignment)
    for rows, column in (
        (revisions, "text"),
        (revisions, "reason"),
        (statements, "reason"),
        (comments, "text"),
        (HandOver.objects.filter(agreement__root=assignment), "what"),
    ):
        rows.exclude(**{f"{column}__in": ["", BLANKED]}).update(**{column: BLANKED})
    Party.objects.filter(root=assignment).update(name_kept="")
    count = waiting.update(disposed_at=now)
    record("assignments.agreements_disposed_of", by=by, at=now, on=assignment, count=count)
    return True


@transaction.atomic
def dispose_of_choices(assignment_id: int, *, limit: datetime, by: Actor, now: datetime) -> bool:
    """Blank the reasons of an assignment's choices, if its work was over at or before `limit`. Who chose, when, in
    which way and whom stays. Returns whether it was so."""
    assignment = lock_assignment(assignment_id)
    found = Choice.objects.filter(assignment=assignment).exclude(reason=BLANKED)
    if not _was_over(assignment, limit) or not found.exists():
        return False
    count = found.update(reason=BLANKED)
    record("assignments.choices_disposed_of", by=by, at=now, on=assignment, count=count)
    return True


@transaction.atomic
def dispose_of_application(application_id: int, *, limit: datetime, by: Actor, now: datetime) -> bool:
    """Blank an application, with its answer and what was said of conflicts of interest, if it was over at or before
    `limit`. Returns whether it was so."""
    application = lock_application(Application.objects.get(pk=application_id))
    over_at = application_over_at(course_of(application))
    if over_at is GOES_ON or over_at > limit:
        return False
    return blank(application, by=by, now=now)


def _was_over(assignment: Assignment, limit: datetime) -> bool:
    over_at = work_over(assignment)
    return over_at is not GOES_ON and over_at <= limit


def version_on_paper(version_id: int) -> Paper:
    """The PDF of a fixed version of an agreement."""
    version = Version.objects.select_related(
        "agreement__root__unit",
        "agreement__root__area",
        "agreement__root__standing_terms",
        "agreement__application__person",
        "agreement__application__organisation",
    ).get(pk=version_id)
    sheet = paper.paper_of_version(version.agreement, version)
    return Paper("pdf", print_agreement(sheet))
