"""Which assignment a row of the trail is about. Part of the slot "titles_of_things"."""

from __future__ import annotations

from django.apps import apps

#: Kind of thing -> where its assignment's title is.
_TITLES = {
    "assignments.application": "assignment__title",
    "assignments.publicquestion": "assignment__title",
    "assignments.agreement": "root__title",
    "assignments.line": "root__title",
    "assignments.term": "agreement__root__title",
    "assignments.handover": "agreement__root__title",
}


def titles_of(kind: str, ids: set[str]) -> dict[str, str]:
    """Id -> the assignment's title, for things of that kind; nothing where they are not ours."""
    path = _TITLES.get(kind)
    if path is None:
        return {}
    found = apps.get_model(kind)._base_manager.filter(pk__in=ids).values_list("pk", path)
    return {str(pk): title for pk, title in found}
