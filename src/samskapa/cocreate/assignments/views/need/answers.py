"""An answer as it is read on every page: in lines, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils import timezone
from django.utils.translation import get_language

from ...domain.parts import Values
from ...forms.reading import lines_of
from ...models import Assignment, Part, PartRevision
from ...queries import need as queries


def lines(key: str, values: Values, *, together_by: date | None, names: dict[int, str]) -> list[str]:
    """What the answer says. names: of the municipalities in it, by id."""
    lang = (get_language() or "sv").split("-")[0]
    return lines_of(key, values, together_by=together_by, names=names, lang=lang, today=timezone.localdate())


def lines_now(assignment: Assignment, key: str, part: Part) -> list[str]:
    """What the part says now; nothing before anybody has answered."""
    if part.version == 0:
        return []
    names = {}
    if key == "place" and assignment.municipality:
        names = {assignment.municipality.pk: assignment.municipality.name}
    return lines(key, queries.values_of(assignment, key), together_by=part.together_by, names=names)


def names_in(revisions: Iterable[PartRevision]) -> dict[int, str]:
    """Names of the municipalities in these revisions, in one query at most."""
    ids = {revision.values.get("municipality_id") for revision in revisions} - {None}
    return {node.pk: node.name for node in queries.municipalities().filter(pk__in=ids)} if ids else {}
