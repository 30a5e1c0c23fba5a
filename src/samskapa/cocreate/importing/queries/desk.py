"""Lists that wait for a coordinator."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samskapa.cocreate.pool.domain import SEEN
from samskapa.cocreate.pool.models import Group
from samskapa.cocreate.pool.queries.tools import Waits
from samskapa.ground.language.templatetags.reader import day

from ..domain import Stage
from ..models import Import, Origin

#: So many are said on the desk; all of them stand on the group's page of lists.
MOST = 5
#: So many are read for the page of what waits in one group, where they stand among its members.
MOST_IN_GROUP = 50
_UNTOLD = Origin.objects.filter(
    of=OuterRef("pk"), is_new=True, told_at=None, member__status__in=[each.value for each in SEEN]
)
_TO_TELL = Q(stage__in=[Stage.MADE, Stage.CLOSED], tells_since=None) & Q(Exists(_UNTOLD))
_WAITS = [Stage.BROKEN, Stage.MAPPING, Stage.CHECKED]


def waiting_lists(groups: Iterable[Group]) -> list[Waits]:
    """The lists of those groups for which the next step is the coordinator's, the oldest first, at most MOST. One
    query; none where there is no group."""
    run = [group.pk for group in groups]
    if not run:
        return []
    return [_row(*one) for one in _waiting(run)[:MOST]]


def lists_in_group(group: Group) -> list[Waits]:
    """The same of one group, for the page of what waits in it. Fills a row of the slot "waits_in_group"."""
    return [_row(*one) for one in _waiting([group.pk])[:MOST_IN_GROUP]]


def _waiting(groups: list[int]) -> QuerySet[Import, Any]:
    found = Import.objects.filter(Q(stage__in=_WAITS) | _TO_TELL, group__in=groups).order_by("made_at", "pk")
    return found.values_list("pk", "stage", "upload__name", "made_at")


def _row(pk: int, stage: str, name: str, made_at: datetime) -> Waits:
    said = {
        Stage.BROKEN: _("The list “%(name)s” from %(day)s could not be read."),
        Stage.MAPPING: _("The list “%(name)s” from %(day)s is read. Say what its columns are."),
        Stage.CHECKED: _("The list “%(name)s” from %(day)s is looked through. Say who comes in."),
    }.get(Stage(stage), _("Those who came in from the list “%(name)s” from %(day)s have not been told yet."))
    said, url = said % {"name": name, "day": day(made_at)}, reverse("importing:progress", args=[pk])
    on = timezone.localdate(made_at)
    return Waits(said, _("Go on with the list"), url, on, False, "lists", gettext_lazy("Lists"))
