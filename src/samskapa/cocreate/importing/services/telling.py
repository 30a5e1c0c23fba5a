"""Those who came in are told, when the coordinator says so: what is kept, from where, and how one says no."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import override

from samskapa.cocreate.pool.domain import SEEN, Status, Why
from samskapa.cocreate.pool.domain.questions import KEYS
from samskapa.cocreate.pool.models import Labelled, Member
from samskapa.cocreate.pool.services.joining import leave
from samskapa.ground.core.domain import Actor
from samskapa.ground.core.services import queue_mail, record

from ..access import no_token
from ..domain import Column, NotNow, Stage
from ..models import Import, Origin
from ..queries.lists import origins_to_tell
from ..queries.words import kept_in_words
from .lifting import lock, set_to_work

#: Letters that are written in one step of the worker.
BATCH = 200


@transaction.atomic
def begin_to_tell(one: Import, *, by: Actor, now: datetime) -> Import:
    """Each who came in gets one mail; whoever has no address gets it on paper or by phone, as everywhere. Twice is
    once. Raises NotNow before anybody has come in."""
    one = lock(one)
    if one.tells_since is not None and not origins_to_tell(one).exists():
        return one
    if one.stage not in (Stage.MADE, Stage.CLOSED) or not origins_to_tell(one).exists():
        raise NotNow(one.stage)
    if one.tells_since is None:
        one.tells_since, one.tells_by_id = now, by.person_id
        one.save(update_fields=["tells_since", "tells_by"])
    record("importing.tells", by=by, at=now, on=one)
    set_to_work(one, now=now)
    return one


@transaction.atomic
def tell_some(one: Import, *, by: Actor, now: datetime) -> bool:
    """Write to the next who have not been told; whether there are more."""
    one = lock(one)
    origins = list(origins_to_tell(one).select_related("member__person", "member__group__node")[:BATCH])
    members = [origin.member for origin in origins if origin.member.status in SEEN]
    answered: dict[int, set[str]] = {}
    for member_id, key in Member.objects.filter(pk__in=[m.pk for m in members]).values_list("pk", "replies__key"):
        answered.setdefault(member_id, set()).add(key)
    labelled = set(Labelled.objects.filter(member__in=members).values_list("member_id", flat=True))
    for member in members:
        also = [*([Column.LABEL] if member.pk in labelled else []), *([Column.CONTACT] if member.contact_id else [])]
        with override(member.person.language):
            kept = kept_in_words((key for key in KEYS if key in answered[member.pk]), also)
        queue_mail(
            "importing/kept",
            to=member.person_id,
            key=f"importing.kept-{member.pk}",
            now=now,
            group=member.group.name,
            group_id=member.group_id,
            place=member.group.node.name,
            source=one.source,
            kept=kept,
            path=reverse("pool:mine", args=[member.group.node_id]),
            no=reverse("importing:no", args=[no_token(member)]),
        )
    Origin.objects.filter(pk__in=[origin.pk for origin in origins]).update(told_at=now)
    if members:
        record("importing.told", by=by, at=now, on=one, member_ids=[member.pk for member in members])
    return len(origins) == BATCH


@transaction.atomic
def say_no(member: Member, *, by: Actor, now: datetime) -> Member:
    """Somebody who was taken in from a list does not want to be in the group: all that was kept goes. Twice is once.
    Raises NotNow where they have come further since: then they leave on their own page."""
    if member.status != Status.LEFT and not may_say_no(member):
        raise NotNow(member.status)
    return leave(member, why=Why.OWN_WISH, by=by, now=now)


def may_say_no(member: Member) -> bool:
    """Whether a link in a mail is enough: nobody has welcomed them yet."""
    at = member.rests_from if member.status == Status.RESTING else member.status
    return at in (Status.INTERESTED, Status.TALKED)
