"""What every kind of document is put together with: when and where, from whom, called what."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from samskapa.ground.documents.domain.records import Passage
from samskapa.ground.people.models import display_name

from ...domain import ApplicationState
from ...models import Application, Assignment
from ..agreements import called


def in_time(node_path: str, since: datetime, until: datetime, column: str, to: str = "assignment__") -> Q:
    """What arose from `since` until just before `until` in the organisation of that path. column: of the moment; to:
    the way to the assignment."""
    return Q(**{f"{to}area__path": node_path, f"{column}__gte": since, f"{column}__lt": until})


def said_of(*passages: Passage) -> tuple[Passage, ...]:
    """Those that say something."""
    return tuple(passage for passage in passages if passage.text)


def applicant(application: Application) -> str:
    """The name where it is shown, else the number. A nomination that nobody has answered has neither. Who withdrew is
    a number again, as on the unit's own pages."""
    if application.presented_at and application.person and application.state != ApplicationState.WITHDRAWN:
        return display_name(application.person)
    if application.number:
        return called(application)
    return _("Somebody who is nominated")


def title_of(assignment: Assignment) -> str:
    """What the assignment is called, also before it has a title."""
    return assignment.title or _("A need without a title yet")
