"""Material put to assignments, by the service itself; and many of it, made cheaply."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from samskapa.cocreate.assignments.domain.material import Audience
from samskapa.cocreate.assignments.models import Assignment, Material
from samskapa.cocreate.assignments.services.material import add_material
from samskapa.ground.core.domain import Actor
from samskapa.ground.documents.domain import Received, received
from samskapa.ground.documents.models import Upload
from tests.factories.assignments import host_of
from tests.factories.bulk import copy_of
from tests.factories.files import PDF
from tests.factories.organisations import NOW

TITLE = "Så ser kallelsen ut i dag"


def a_file(name: str = "Kallelse.pdf", content: bytes = PDF) -> Received:
    return received(name, content, most_bytes=10**6)


def make_material(
    assignment: Assignment,
    *,
    audience: Audience = Audience.CHOSEN,
    title: str = TITLE,
    by: Actor | None = None,
    now: datetime = NOW,
    **file: Any,
) -> Material:
    """One file for those who are chosen, put there by the unit's host."""
    return add_material(
        assignment, title=title, audience=audience, file=a_file(**file), by=by or host_of(assignment), now=now
    )


def many_assignments_with(material: Material, count: int) -> list[Material]:
    """So many more assignments of the same unit, each with such material; no files lie behind them."""
    assignments = Assignment.objects.bulk_create([copy_of(material.assignment, form_key=None) for _ in range(count)])
    uploads = Upload.objects.bulk_create([copy_of(material.upload) for _ in range(count)])
    return Material.objects.bulk_create(
        [
            copy_of(material, assignment=assignment, upload=upload)
            for assignment, upload in zip(assignments, uploads, strict=True)
        ]
    )
