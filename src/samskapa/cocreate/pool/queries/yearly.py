"""The yearly question on its way: when it reached the member, and what of it waits to be passed on.

A silence counts from the day on which somebody got the question, by mail or because a coordinator told them. What
became of the mail the outbox knows, and who passed it on `ground.helping`; neither is kept here once more.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Case, CharField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Cast, Coalesce, Concat

from samskapa.ground.core.models import MailState, OutboxMail

from ..domain import REMINDED_AFTER, RESTS_AFTER
from ..models import Group, Yearly

#: Somebody got it: by mail, alone or in a digest, or because the mail or the digest was passed on.
_GOT = Coalesce("sent_at", "passed_on__at", "gathered_in__sent_at", "gathered_in__passed_on__at")
#: It goes no further by itself: no address, the member wants it in another way, or the address did not take it.
_STUCK = [MailState.STOPPED, MailState.FAILED]
_IS_STUCK = Q(state__in=_STUCK, passed_on=None) | Q(gathered_in__state__in=_STUCK, gathered_in__passed_on=None)


def open_questions() -> QuerySet[Any]:
    """Yearly questions that nobody has answered. `reached_at`: when the member got it, or the reminder where that was
    written; None while they have not."""
    return _open().annotate(reached_at=Subquery(_mails().values_list(_GOT)[:1]))


def to_remind_or_rest(now: datetime) -> QuerySet[Any]:
    """Those that the member got long enough ago for the next step."""
    first = Q(reminded_at=None, asked_at__lte=now - REMINDED_AFTER, reached_at__lte=now - REMINDED_AFTER)
    second = Q(reminded_at__lte=now - RESTS_AFTER, reached_at__lte=now - RESTS_AFTER)
    return open_questions().filter(first | second).select_related("member").order_by("asked_at", "pk")


def to_pass_on(group: Group) -> QuerySet[Any]:
    """Those of a group that wait for somebody to call or write, the oldest first. `waits_since`: when the question or
    the reminder was written. `mail_id`: what a coordinator reads out or posts, the mail or the digest that it stands
    in; None where that cannot be: the address did not take it, or its time is out."""
    passable = Q(state=MailState.STOPPED, blanked_at=None) | Q(gathered_in__state=MailState.STOPPED)
    mail_id = _mails().filter(passable, _IS_STUCK).values_list(Coalesce("gathered_in_id", "pk"))
    found = _open().filter(Exists(_mails().filter(_IS_STUCK)), member__group=group)
    since = Coalesce("reminded_at", "asked_at")
    return found.annotate(waits_since=since, mail_id=Subquery(mail_id[:1])).order_by("waits_since", "pk")


def _open() -> QuerySet[Yearly]:
    which = Case(When(reminded_at=None, then=Value("-1")), default=Value("-2"))
    key = Concat(Value("pool.still-"), Cast(F("pk"), CharField()), which)  # as services.yearly writes it
    return Yearly.objects.filter(answered_at=None).alias(mail_key=key)


def _mails() -> QuerySet[OutboxMail]:
    """The mail by which a question was asked the last time: one, by its key."""
    return OutboxMail.objects.filter(recipient_id=OuterRef("member__person_id"), key=OuterRef("mail_key"))
