"""Which assignment a row of the trail is about. Fills the slot "titles_of_things", for the apps below too."""

from __future__ import annotations

from django.apps import apps

from samskapa.cocreate.assignments.queries import deeds

#: Kind of thing -> where its assignment's title is.
_TITLES = {
    "matching.invitation": "assignment__title",
    "underway.contribution": "agreement__root__title",
    "underway.checkin": "agreement__root__title",
    "underway.confirmation": "agreement__root__title",
}


def titles_of(kind: str, ids: set[str]) -> dict[str, str]:
    """Id -> the assignment's title, for things of that kind; nothing where they are not ours."""
    path = _TITLES.get(kind)
    if path is None:
        return deeds.titles_of(kind, ids)
    found = apps.get_model(kind)._base_manager.filter(pk__in=ids).values_list("pk", path)
    return {str(pk): title for pk, title in found}
