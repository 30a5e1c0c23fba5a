"""Who wrote what and when; and what was unclear and became clear."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from samskapa.ground.people.access import PersonRequest, signed_in
from samskapa.ground.people.models import display_name

from ...access import need as access
from ...domain.parts import from_json
from ...forms import wording
from ...models import Assignment
from ...queries import need as queries
from .answers import lines, names_in
from .listing import PER_PAGE


@signed_in
@require_GET
def need_history(request: PersonRequest, pk: int) -> HttpResponse:
    """Who wrote what and when, the newest first; and what was unclear and became clear."""
    assignment = access.need_for(request.actor, pk)
    page = Paginator(queries.revisions_of(assignment), PER_PAGE).get_page(request.GET.get("page"))
    names = names_in(page)
    moments = [
        {
            "revision": revision,
            "who": display_name(revision.saved_by),
            "name": wording.name_of(revision.part.key),
            "lines": lines(
                revision.part.key, from_json(revision.values), together_by=revision.together_by, names=names
            ),
        }
        for revision in page
    ]
    context = {"need": assignment, "page": page, "moments": moments, "clarified": clarified(assignment)}
    return render(request, "assignments/need/history.html", context)


def clarified(assignment: Assignment) -> list[dict[str, Any]]:
    return [
        {
            "name": wording.name_of(row.key),
            "what": wording.what_was_unclear(row.key, row.code),
            "found_at": row.found_at,
            "cleared_at": row.cleared_at,
        }
        for row in queries.clarified(assignment)
    ]
