"""Two who are asked together: what follows when one of them has answered. The caller holds both people, by number."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse

from samskapa.cocreate.assignments.models import ONLY_NOMINATED, Application
from samskapa.cocreate.assignments.services.telling import matter_of
from samskapa.ground.core.domain import Actor
from samskapa.ground.core.services import queue_mail, record

from ..access import token_of
from ..domain import Follows, Reply, follows
from ..models import Invitation, Pair, Wave
from ..queries.pairs import other_of


def after_answer(invitation: Invitation, *, by: Actor, now: datetime) -> None:
    """One of two has answered, lapsed, or the question was taken back. Nothing where one was asked alone."""
    other = other_of(invitation)
    if other is None:
        return
    step = follows(invitation.answer, other.answer)
    if step is Follows.BOTH:
        for each in (invitation, other):
            tell(each, "both", now=now)
    elif step is Follows.ALONE:
        _end(other, by=by, now=now)


def _end(other: Invitation, *, by: Actor, now: datetime) -> None:
    """The pair ends. The other is asked anew, whether alone is all right: a yes to two is no yes to being alone. Who
    has applied already keeps that, and is told."""
    _close(other.pair_id, now=now)
    has_applied = _has_applied(other)
    if other.answer == Reply.YES and not has_applied:
        other.answer, other.answered_at = "", None
        other.save(update_fields=["answer", "answered_at"])
        # It is waited for again: the clock goes through the wave once more.
        Wave.objects.filter(pk=other.wave_id).update(settled_at=None)
    record("matching.asked_alone", by=by, at=now, on=other)
    if other.answer in ("", Reply.YES):
        tell(other, "alone", now=now, has_applied=has_applied, is_late=False)


def close_pairs(wave: Wave, *, by: Actor, now: datetime) -> None:
    """The day has passed: pairs in which not both said yes are over. Who said yes keeps that, is told that the other
    did not answer, and may apply alone."""
    for pair in Pair.objects.select_for_update(of=("self",)).filter(wave=wave, ended_at=None).order_by("pk"):
        two = list(pair.two.select_related("wave__group", "assignment__unit").order_by("place"))
        yes = [each for each in two if each.answer == Reply.YES]
        if len(yes) == 2:
            continue
        _close(pair.pk, now=now)
        for each in yes:
            record("matching.asked_alone", by=by, at=now, on=each)
            tell(each, "alone", now=now, has_applied=_has_applied(each), is_late=True)


def _close(pair_id: int | None, *, now: datetime) -> None:
    Pair.objects.filter(pk=pair_id or 0, ended_at=None).update(ended_at=now)


def _has_applied(invitation: Invitation) -> bool:
    found = Application.objects.filter(assignment=invitation.assignment_id, person=invitation.person_id)
    return found.exclude(state__in=ONLY_NOMINATED).exclude(state="withdrawn").exists()


def tell(invitation: Invitation, kind: str, *, now: datetime, **params: Any) -> None:
    """Mail one of the two, once for each kind. Never who the other is: mail is read by others on its way."""
    assignment, wave = invitation.assignment, invitation.wave
    queue_mail(
        f"matching/{kind}",
        to=invitation.person_id,
        key=f"matching.{kind}-{invitation.pk}",
        now=now,
        matter=matter_of(assignment.pk),
        title=assignment.title,
        group=wave.group.name,
        group_id=wave.group_id,
        answer_by=wave.answer_by.isoformat(),
        closes_on=(assignment.closes_on or wave.answer_by).isoformat(),
        path=reverse("matching:by_link", args=[token_of(invitation)]),
        **params,
    )
