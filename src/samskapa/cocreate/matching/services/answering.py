"""Yes or no to an invitation. Nobody is asked why."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from samskapa.cocreate.assignments.services.applying import check_open
from samskapa.cocreate.pool.domain import GuardianNeeded, Status
from samskapa.cocreate.pool.queries.minors import needs_a_yes
from samskapa.cocreate.pool.services.moving import heard
from samskapa.cocreate.pool.services.moving import lock as lock_member
from samskapa.ground.core.domain import Actor
from samskapa.ground.core.services import record
from samskapa.ground.people.services import lock_people

from ..domain import AnsweredAlready, Reply
from ..models import Invitation
from ..queries.pairs import people_in_pairs
from .asking import set_answer
from .pairing import after_answer


@transaction.atomic
def answer_invitation(invitation: Invitation, said: Reply, *, by: Actor, now: datetime) -> Invitation:
    """Say yes or no, and change one's mind until the day. The same twice is once. A yes leads on to the ordinary
    application; until that is sent nobody but the coordinator knows of it.

    Raises AnsweredAlready where the day has passed or the question was taken back; for a yes, NotOpen to what is
    closed, and GuardianNeeded where a guardian has taken back what somebody under eighteen may say yes by.
    """
    lock_people(people_in_pairs([invitation]))  # both of a pair, by number: one after the other
    member = lock_member(invitation.member)
    found = Invitation.objects.select_for_update(of=("self",)).select_related("wave", "assignment")
    invitation = found.get(pk=invitation.pk)
    if invitation.answer == said:
        return invitation
    if invitation.answer in (Reply.LAPSED, Reply.TAKEN_BACK):
        raise AnsweredAlready(invitation.answer)
    if invitation.wave.answer_by < timezone.localdate(now):
        raise AnsweredAlready(invitation.answer or Reply.LAPSED)
    if said is Reply.YES:
        check_open(invitation.assignment, now)
        if needs_a_yes(member):
            raise GuardianNeeded
    set_answer(invitation, said, now=now)
    if member.status not in (Status.BEGUN, Status.LEFT):
        heard(member, by=by, now=now)
    record("matching.answered", by=by, at=now, on=invitation, answer=said.value)
    after_answer(invitation, by=by, now=now)
    return invitation
