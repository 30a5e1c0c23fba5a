"""One story of the demo, told with the services that people use, each step at its own day."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils import timezone

from samskapa.cocreate.assignments.domain import ApplicationState
from samskapa.cocreate.assignments.domain.applying import Given
from samskapa.cocreate.assignments.domain.material import Audience
from samskapa.cocreate.assignments.models import (
    TABLES,
    Agreement,
    Application,
    Assignment,
    Part,
    Party,
    PublicQuestion,
)
from samskapa.cocreate.assignments.queries.agreements import Seat, host_party, representative_party, sheet_for
from samskapa.cocreate.assignments.services.agreeing import draft_agreements, take_part
from samskapa.cocreate.assignments.services.applying import apply, say_yes_to_being_presented
from samskapa.cocreate.assignments.services.asking import answer_question, ask_question
from samskapa.cocreate.assignments.services.choosing import answer_applicant, finish_choosing, make_choice
from samskapa.cocreate.assignments.services.closing import close_if_due
from samskapa.cocreate.assignments.services.material import add_material
from samskapa.cocreate.assignments.services.need import comment_part, create_need, save_part
from samskapa.cocreate.assignments.services.publishing import publish, send_need
from samskapa.cocreate.assignments.services.telling_back import tell_back
from samskapa.ground.agreements.services import confirm_all, propose_change
from samskapa.ground.core.domain import SYSTEM, Actor
from samskapa.ground.documents.domain import received

from ..domain import Story, work_day, work_days
from .cast import Cast
from .working import tell_work

_DAYS = {"starts_on", "told_back_on"}
_COORDINATOR = "maja"
_CHOSEN = ("agreeing", "agreed", "underway", "done")
_AFTER_OPEN = ("choosing", *_CHOSEN)

_YES = "Tack för att du vill vara med. Det du har varit med om är just det vi behöver förstå bättre."
_NO = (
    "Tack för att du hörde av dig. Den här gången var det fler än vi har plats för, och vi valde så att ni tillsammans "
    "har olika erfarenheter. Vi hör gärna av oss igen."
)


def tell_story(story: Story, cast: Cast, *, now: datetime) -> Assignment:
    """Bring one assignment as far as the story goes."""
    now -= timedelta(days=story.age)
    begun = now - timedelta(days=story.opened + 6)
    writer = cast.actor(story.host) if story.host else cast.actor(story.raised_by)
    assignment = _begin(story, cast, writer, begun)
    _describe(story, cast, assignment, writer, begun, today=timezone.localdate(now))
    if story.stage == "need":
        return assignment
    send_need(assignment, by=writer, now=begun + timedelta(days=2))
    for part, text in story.comments:
        comment_part(assignment, part, text, by=cast.actor(_COORDINATOR), now=begun + timedelta(days=3))
    if story.stage == "sent":
        return assignment
    opened_at = now - timedelta(days=story.opened)
    _open(story, cast, assignment, opened_at)
    _put_material(story, cast, assignment, opened_at + timedelta(days=1))
    if story.stage in _AFTER_OPEN:
        _close(assignment, now)
    if story.stage in _CHOSEN:
        _choose(story, cast, assignment, now - timedelta(days=3))
        _agree(story, cast, assignment, now - timedelta(days=2))
    if story.stage in ("underway", "done"):
        tell_work(story, cast, assignment, begun=now)
    if story.told_back:
        # A year after it began, and some weeks, so that the month of telling has come.
        tell_back(assignment, text=story.told_back, by=cast.actor(story.host), now=now + timedelta(days=400))
    return assignment


def _begin(story: Story, cast: Cast, writer: Actor, begun: datetime) -> Assignment:
    if story.raised_by:
        return create_need(area=cast.places["region"], by=writer, now=begun)
    return create_need(unit=cast.places[story.unit], by=writer, now=begun)


def _describe(story: Story, cast: Cast, assignment: Assignment, writer: Actor, begun: datetime, *, today: date) -> None:
    for key, values in story.answers.items():
        if key in story.together:
            continue
        words = str(values.get("when_text", ""))
        dated = {
            name: work_day(today + timedelta(days=value), words) if name in _DAYS and isinstance(value, int) else value
            for name, value in values.items()
        }
        if fixed := values.get("days"):
            on = work_days((today + timedelta(days=number) for number, _starts, _ends in fixed), words)
            dated["days"] = [
                {"day": day.isoformat(), "starts": starts, "ends": ends}
                for day, (_number, starts, ends) in zip(on, fixed, strict=True)
            ]
        if place := values.get("municipality_id"):
            dated["municipality_id"] = cast.places[str(place)].pk
        _save(assignment, key, dated, writer, begun)
    for key, days in story.together.items():
        _save(assignment, key, {}, writer, begun, together_by=work_day(today + timedelta(days=days)))


def _save(assignment: Assignment, key: str, values, writer: Actor, at: datetime, together_by=None) -> None:
    version = Part.objects.filter(assignment=assignment, key=key).values_list("version", flat=True).first() or 0
    save_part(assignment, key, values, based_on=version, together_by=together_by, by=writer, now=at)


def _open(story: Story, cast: Cast, assignment: Assignment, opened_at: datetime) -> None:
    publish(assignment, by=cast.actor(_COORDINATOR), now=opened_at)
    for day, (who, text, reply) in enumerate(story.asked, start=1):
        asked = ask_question(assignment, text=text, by=cast.oneself(who), now=opened_at + timedelta(days=day))
        if reply:
            answer_question(
                PublicQuestion.objects.get(pk=asked.pk),
                text=reply,
                by=cast.actor(story.host),
                now=opened_at + timedelta(days=day, hours=4),
            )
    questions = [question.pk for question in assignment.applicant_questions.all()]
    for number, (who, experience, present_now) in enumerate(story.applicants, start=1):
        given = Given(
            experience=experience,
            answers=dict.fromkeys(questions, "Jag läser gärna i förväg och ringer hellre än skriver."),
            present_now=present_now,
        )
        apply(assignment, given=given, by=cast.oneself(who), now=opened_at + timedelta(days=1, hours=number))


def _put_material(story: Story, cast: Cast, assignment: Assignment, at: datetime) -> None:
    for title, audience, text in story.material:
        file = received(f"{title}.txt", text.encode(), most_bytes=settings.FILES_MOST_BYTES)
        add_material(assignment, title=title, audience=Audience(audience), file=file, by=cast.actor(story.host), now=at)


def _close(assignment: Assignment, now: datetime) -> None:
    assignment.refresh_from_db()
    close_if_due(assignment.pk, now=now - timedelta(days=4))


def _choose(story: Story, cast: Cast, assignment: Assignment, at: datetime) -> None:
    coordinator = cast.actor(_COORDINATOR)
    applications = {
        application.person_id: application
        for application in Application.objects.filter(assignment=assignment, state=ApplicationState.APPLIED)
    }
    picked = {cast.people[key].pk for key in story.chosen}
    make_choice(
        assignment,
        chosen=[application.pk for person, application in applications.items() if person in picked],
        deputies=[applications[cast.people[key].pk].pk for key in story.deputies],
        reason="De har olika erfarenhet av samma sak, och båda kan tiderna.",
        method="by_hand",
        by=coordinator,
        now=at,
    )
    for person, application in applications.items():
        chosen = person in picked
        answer_applicant(
            application,
            outcome=ApplicationState.CHOSEN if chosen else ApplicationState.NOT_CHOSEN,
            reason=_YES if chosen else _NO,
            expected_version=application.version,
            by=coordinator,
            now=at,
        )
    for key in story.chosen:
        application = Application.objects.get(assignment=assignment, person=cast.people[key])
        say_yes_to_being_presented(application, by=cast.oneself(key), now=at + timedelta(hours=2))
    finish_choosing(assignment, by=coordinator, now=at + timedelta(hours=3))


def _agree(story: Story, cast: Cast, assignment: Assignment, at: datetime) -> None:
    """All confirm in an agreed story; otherwise the unit does, and the first representative asks for a change."""
    draft_agreements(assignment, by=SYSTEM, now=at)
    agreements = {
        agreement.application.person_id: agreement
        for agreement in Agreement.objects.filter(root=assignment).select_related("root", "application").order_by("pk")
    }
    for agreement in agreements.values():
        _confirm(agreement, host_party(agreement), by=cast.actor(story.host), at=at + timedelta(hours=1))
    for number, key in enumerate(story.chosen):
        agreement, actor = agreements[cast.people[key].pk], cast.oneself(key)
        if story.stage != "agreeing":
            _confirm(agreement, representative_party(agreement), by=actor, at=at + timedelta(hours=5))
        elif number == 0:
            _ask_for_a_change(agreement, actor, at=at + timedelta(hours=4))


def _confirm(agreement: Agreement, party: Party, *, by: Actor, at: datetime, but: tuple[int, ...] = ()) -> None:
    seat = Seat(party, is_representative=party.agreement_id is not None)
    shown = {line.id: line.revision for line in sheet_for(agreement, seat).to_confirm}
    take_part(
        agreement,
        lambda locked: confirm_all(TABLES, locked, expected=shown, party=party, by=by, now=at, except_=but),
        done=lambda done: done,
        party=party,
        by=by,
        now=at,
    )


def _ask_for_a_change(agreement: Agreement, actor: Actor, *, at: datetime) -> None:
    """The representative confirms all points but what the unit prepares, and proposes another wording of that."""
    party = representative_party(agreement)
    shown = sheet_for(agreement, Seat(party, is_representative=True)).lines
    line = next(line for line in shown if line.side == "care" and "material" in line.text.casefold())
    _confirm(agreement, party, by=actor, at=at, but=(line.id,))
    take_part(
        agreement,
        lambda locked: propose_change(
            TABLES,
            locked,
            line.id,
            text=f"{line.text} Den som inte kan komma får höra vad som bestämdes.",
            reason="Jag vill veta vad som hände om jag blir sjuk.",
            based_on=line.revision,
            party=party,
            by=actor,
            now=at + timedelta(minutes=10),
        ),
        done=lambda done: done,
        party=party,
        by=actor,
        now=at + timedelta(minutes=10),
    )
