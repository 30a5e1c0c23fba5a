"""What a decision of disposal reaches."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from samskapa.ground.documents.domain.records import PastDue
from samskapa.ground.people.domain.my_data import BLANKED, GOES_ON

from ...models import (
    Agreement,
    Assignment,
    Choice,
    Comment,
    Material,
    Revision,
    Statement,
)
from ..retention import applications_over, over_before, work_over
from .naming import title_of


def agreements_past(node_path: str, limit: datetime) -> list[PastDue]:
    """Assignments whose work was over at or before `limit`, and whose agreements still say something."""
    with_words = Agreement.objects.filter(disposed_at=None, root__area__path=node_path)
    return _past(Assignment.objects.filter(pk__in=with_words.values("root")), limit)


def choices_past(node_path: str, limit: datetime) -> list[PastDue]:
    """Assignments whose work was over at or before `limit`, and in which a choice still gives its reason."""
    with_reason = Choice.objects.filter(assignment__area__path=node_path).exclude(reason=BLANKED)
    return _past(Assignment.objects.filter(pk__in=with_reason.values("assignment")), limit)


def material_past(node_path: str, limit: datetime) -> list[PastDue]:
    """Assignments whose work was over at or before `limit`, and that still have a file, or say why one was taken
    away."""
    says_something = Material.objects.filter(assignment__area__path=node_path).filter(
        Q(removed_at=None) | ~Q(removed_reason__in=["", BLANKED])
    )
    return _past(Assignment.objects.filter(pk__in=says_something.values("assignment")), limit)


def applications_past(node_path: str, limit: datetime) -> list[PastDue]:
    """Applications that were over at or before `limit`, and still say something."""
    found = applications_over(limit).filter(assignment__area__path=node_path)
    return [
        PastDue(
            row.pk,
            at,
            _("Application %(number)s to “%(title)s”") % {"number": row.number, "title": title_of(row.assignment)},
        )
        for row, at in over_before(found, limit)
    ]


def _past(assignments: QuerySet[Assignment], limit: datetime) -> list[PastDue]:
    return [
        PastDue(each.pk, at, title_of(each))
        for each in assignments.prefetch_related("agreements").order_by("pk").iterator(chunk_size=500)
        if (at := work_over(each)) is not GOES_ON and at <= limit
    ]


def words_of_agreements(assignment: Assignment) -> tuple[QuerySet[Any], QuerySet[Any], QuerySet[Any]]:
    """All wordings, reasons and comments of the assignment's agreements."""
    lines = assignment.lines.all()
    return (
        Revision.objects.filter(line__in=lines),
        Statement.objects.filter(revision__line__in=lines),
        Comment.objects.filter(line__in=lines),
    )
