"""The part of a story that comes after the agreements, told with the services that people use."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from samskapa.cocreate.assignments.models import Agreement, Assignment
from samskapa.cocreate.underway.domain import Kind, Side
from samskapa.cocreate.underway.models import CheckIn, Confirmation
from samskapa.cocreate.underway.services.beginning import begin_work
from samskapa.cocreate.underway.services.checking_in import note_check_in
from samskapa.cocreate.underway.services.closing import confirm_telling, say_credit, tell_what_it_led_to
from samskapa.cocreate.underway.services.contributing import add_contribution, say_outcome
from samskapa.cocreate.underway.services.timing import note_time
from samskapa.ground.core.domain import SYSTEM

from ..domain import Story
from .cast import Cast


def tell_work(story: Story, cast: Cast, assignment: Assignment, *, begun: datetime) -> None:
    """From the first meeting as far as the story goes. begun: when the last agreement was settled."""
    work = begin_work(assignment.pk, by=SYSTEM, now=begun)
    assert work is not None  # noqa: S101  # every agreement of the story is settled
    agreements = {
        each.application.person_id: each
        for each in Agreement.objects.filter(root=assignment).select_related("application").order_by("pk")
    }
    host, met = cast.actor(story.host), begun + timedelta(days=44)
    for number, (who, text, became, reason) in enumerate(story.contributed):
        contribution = add_contribution(
            work,
            agreement=agreements[cast.people[who].pk],
            text=text,
            side=Side.PERSON,
            by=cast.oneself(who),
            now=met + timedelta(hours=number),
        )
        if became:
            say_outcome(
                contribution, became=became, reason=reason, based_on=None, by=host, now=met + timedelta(days=2 + number)
            )
    first = CheckIn.objects.filter(agreement=agreements[cast.people[story.chosen[0]].pk]).order_by("due_on").first()
    if first is not None:
        note_check_in(first, side=Side.HOST, goes_well="yes", text="Bra samtal.", by=host, now=met + timedelta(days=3))
    for number, person in enumerate(story.chosen[:-1], start=1):  # the last one is the one who forgets
        for what, quarters in (("meeting", 6), ("reading", 2 + number), ("travel", 2)):
            note_time(
                agreements[cast.people[person].pk],
                day=timezone.localdate(met),
                what=what,
                quarters=quarters,
                by=cast.oneself(person),
                now=met + timedelta(days=1),
            )
    if story.stage == "underway":
        return
    told_at = begun + timedelta(days=100)
    for who in story.named:
        say_credit(agreements[cast.people[who].pk], wants=True, by=cast.oneself(who), now=told_at)
    tell_what_it_led_to(work, kind=Kind.CLOSING, text=story.led_to, by=host, now=told_at)
    for number, (who, answer, word) in enumerate(story.confirmed, start=1):
        asked = Confirmation.objects.get(agreement=agreements[cast.people[who].pk])
        confirm_telling(asked, answer=answer, word=word, by=cast.oneself(who), now=told_at + timedelta(days=number))
