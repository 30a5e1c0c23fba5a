"""What the pages that join apps show: the desk, the host's overview, my involvement."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any

from django.db.models import Case, Count, F, QuerySet, Value, When
from django.db.models.functions import StrIndex
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samskapa.cocreate.assignments.access.applications import runs
from samskapa.cocreate.assignments.access.need import can_write, steps_for
from samskapa.cocreate.assignments.domain import ApplicationState, State
from samskapa.cocreate.assignments.domain.standing import is_ending
from samskapa.cocreate.assignments.models import Application, Assignment, Term
from samskapa.cocreate.assignments.queries.agreements import (
    agreements_in,
    owed_by_host_in,
    owed_by_host_since,
    settled_in,
    turns_of,
)
from samskapa.cocreate.assignments.queries.applications import nominations_to, own_applications
from samskapa.cocreate.assignments.queries.need import needs_to_list, read_answers, read_standing_terms, readiness_of
from samskapa.cocreate.assignments.queries.standing import (
    begun_in,
    due_of_row,
    next_term_end_in,
    told_in,
    valid_terms_of,
)
from samskapa.cocreate.assignments.queries.waiting import asked_in, asked_since_in, counted, unanswered_in
from samskapa.cocreate.matching.models import Invitation
from samskapa.cocreate.matching.queries.desk import said_of_wave, short_of_yes_in, too_few, wave_over_in
from samskapa.cocreate.matching.queries.own import waiting_for
from samskapa.cocreate.pool.queries.tools import Waits
from samskapa.cocreate.underway.queries.desk import DeskRow, desk_row, own_rows, read_works
from samskapa.ground.core.domain import Actor
from samskapa.ground.language.templatetags.reader import day
from samskapa.ground.organisations.domain import Role

#: The order on the desk: what waits for somebody first.
STAGES = [State.SENT, State.CHOOSING, State.OPEN, State.AGREEING, State.NEED, State.AGREED, State.DONE, State.CANCELLED]
# Those who have been promised an answer come before everything else.
_ORDER = [State.CHOOSING, *(stage for stage in STAGES if stage is not State.CHOOSING)]


def in_turn(stage: Any) -> StrIndex:
    """How far into the order a stage stands. One function: a case for each takes longer to write than to ask."""
    return StrIndex(Value(" ".join(_ORDER)), stage)


#: Since when a need waits for the coordinator: it was sent, or nobody knows yet whose it is.
_WAITS_SINCE = Case(When(state=State.SENT, then=F("sent_at")), When(state=State.NEED, unit=None, then=F("created_at")))


#: Rows that my page shows of each kind; the rest stands on a page of its own.
MOST = 25


@dataclass(frozen=True, slots=True)
class Row:
    """An assignment on a desk, as a sentence and a next step.

    state: what is so, in words. todo: what one does next ("" when one waits for others). url: where.
    by: the day it should be done, if there is one. is_late: that day has passed.
    """

    assignment: Assignment
    state: str
    todo: str
    url: str
    by: date | None = None
    is_late: bool = False


def in_desk_order(found: QuerySet[Assignment], stage: str = "") -> QuerySet[Assignment]:
    """What waits for an answer first; only those in `stage`, where it is one. Promised days come in their order, a
    promise that is late before all others of its stage; what waits for the coordinator without a day comes by since
    when it waits, the longest first, and everything else the newest first."""
    found = found.order_by(
        in_turn(F("state")),
        F("answer_by").asc(nulls_last=True),
        _WAITS_SINCE.asc(nulls_last=True),
        "-created_at",
        "-pk",
    )
    return found.filter(state=stage) if stage in set(State) else found


def chosen_in_desk_order(found: QuerySet[Assignment], stage: str = "") -> QuerySet[Assignment, tuple[int, str]]:
    """The same as ids and stages, to choose a page by: nothing else is read of the rows that are not on it."""
    return in_desk_order(found, stage).values_list("pk", "state")


def desk_rows(actor: Actor, today: date, found: QuerySet[Assignment]) -> list[Row]:
    """What is so with each of `found` (of `needs_to_list`) and what one does next, what waits for an answer first.
    A fixed number of queries."""
    return _rows_of(list(in_desk_order(_with_what_is_said(found, set(State)))), actor, today)


def rows_of_page(actor: Actor, today: date, chosen: Mapping[int, str]) -> list[Row]:
    """The same of those that are chosen, as id and stage, in their order. What no such stage says is not asked for."""
    stages, found = {State(stage) for stage in chosen.values()}, Assignment.objects.filter(pk__in=list(chosen))
    shown = {assignment.pk: assignment for assignment in _with_what_is_said(found, stages)}
    if not all(assignment.state in stages for assignment in shown.values()):  # somebody has just moved one on
        return desk_rows(actor, today, found)
    return _rows_of([shown[pk] for pk in chosen if pk in shown], actor, today)


def _rows_of(shown: list[Assignment], actor: Actor, today: date) -> list[Row]:
    read_standing_terms(shown)
    read_answers([assignment for assignment in shown if assignment.state in _BEFORE])
    read_works([assignment for assignment in shown if assignment.state in _AT_WORK])
    return [_row_of(assignment, actor, today) for assignment in shown]


def _with_what_is_said(found: QuerySet[Assignment], stages: set[State]) -> QuerySet[Assignment]:
    """With the counts and days that rows in these stages say; one query."""
    found = found.select_related("unit", "area")
    for those, said in _SAID.items():
        if stages & those:
            found = found.annotate(**said())
    return found


@cache
def _of_open() -> dict[str, Any]:
    came = [ApplicationState.APPLIED, ApplicationState.CHOSEN, ApplicationState.NOT_CHOSEN]
    return {
        "applied": counted(Application.objects.filter(state__in=came)),
        "asked": asked_in(),
        "asked_since": asked_since_in(),
        "wave_short": short_of_yes_in(),
        "wave_over": wave_over_in(),
    }


@cache
def _of_choosing() -> dict[str, Any]:
    return {"waiting": unanswered_in()}


@cache
def _of_agreeing() -> dict[str, Any]:
    return {
        "agreement_count": agreements_in(),
        "settled_count": settled_in(),
        "owed_count": owed_by_host_in(),
        "owed_since": owed_by_host_since(),
        "term_ends_on": next_term_end_in(),
        "begun": begun_in(),
        "told_year": told_in(),
    }


#: In which stages a row says what. Built once: what is asked is the same each time, only the rows are others.
_SAID: dict[frozenset[State], Callable[[], dict[str, Any]]] = {
    frozenset({State.OPEN}): _of_open,
    frozenset({State.CHOOSING}): _of_choosing,
    frozenset({State.AGREEING, State.AGREED}): _of_agreeing,
}


def stages_of(found: QuerySet[Assignment]) -> dict[str, int]:
    """How many of the assignments stand in each state, for the filter."""
    counts = dict(found.order_by().values_list("state").annotate(n=Count("pk")))
    return {stage.value: counts[stage.value] for stage in STAGES if stage.value in counts}


def _row_of(assignment, actor: Actor, today: date) -> Row:
    """The sentence and the next step for one row.

    Who does not run the assignment (leadership, and those who raised the need) is led to what they may read:
    the need while it is written, the public page after that. Nothing waits for them there.
    """
    state = State(assignment.state)
    row = _need_row(assignment, actor, today) if state in _BEFORE else _row_of_published(assignment, actor, today)
    if state in _BEFORE or runs(actor, assignment):
        return row
    page = "assignments:need" if state is State.CANCELLED else "assignments:assignment"
    return replace(row, todo="", url=reverse(page, args=[assignment.pk]))


_BEFORE = {State.NEED, State.SENT}
_AT_WORK = {State.AGREEING, State.AGREED, State.DONE}


def _need_row(assignment, actor: Actor, today: date) -> Row:
    """A need that is not published yet, with how ready it is."""
    is_coordinator = actor.acts_as(Role.COORDINATOR)
    url = reverse("assignments:need", args=[assignment.pk])
    ready = readiness_of(assignment, today)
    said = _("%(answered)s of %(total)s important questions are answered.") % {
        "answered": ready.answered,
        "total": ready.important,
    }
    if assignment.state == State.SENT:
        said = _("Waits for the coordinator since %(day)s.") % {"day": day(assignment.sent_at)} + " " + said
        return Row(assignment, said, _("Read and publish or send back") if is_coordinator else "", url)
    said = _("Is being described.") + " " + said
    if is_coordinator and assignment.unit is None:
        return Row(assignment, said, _("Find the unit"), reverse("assignments:need_unit", args=[assignment.pk]))
    writes = can_write(actor, assignment) and bool({"send", "publish"} & steps_for(actor, assignment))
    return Row(assignment, said, _("Go on describing") if writes else "", url)


def _row_of_published(assignment, actor: Actor, today: date) -> Row:
    state = State(assignment.state)
    if state is State.OPEN:
        return _open_row(assignment, actor)
    if state is State.CHOOSING:
        return _choosing_row(assignment, today)
    if state in (State.AGREEING, State.AGREED):
        said = ngettext(
            "%(settled)s of %(n)s agreement is settled.",
            "%(settled)s of %(n)s agreements are settled.",
            assignment.agreement_count,
        ) % {"settled": assignment.settled_count, "n": assignment.agreement_count}
        url = reverse("assignments:agreements", args=[assignment.pk])
        # The coordinator reads agreements; it is the unit that confirms.
        todo = ""
        if assignment.owed_count and actor.acts_as(Role.HOST):
            todo = _("Read and confirm")
            said = _("Waits for you since %(day)s.") % {"day": day(assignment.owed_since)} + " " + said
        if assignment.is_standing and not todo:
            row = _standing_row(assignment, actor, today, said, url)
            return row if row.todo else _work_row(assignment, actor, today, row.state, row.url)
        return Row(assignment, said, todo, url) if todo else _work_row(assignment, actor, today, said, url)
    if state is State.DONE:
        return _work_row(
            assignment,
            actor,
            today,
            _("Done, and told back."),
            url=reverse("assignments:agreements", args=[assignment.pk]),
        )
    return Row(assignment, _("Was called off."), "", reverse("assignments:need", args=[assignment.pk]))


def _work_row(assignment, actor: Actor, today: date, said: str = "", url: str = "") -> Row:
    """The work that host and representatives share; before it has begun what stands with the agreements (`said`)."""
    found = desk_row(assignment, today)
    if found is None:
        return Row(assignment, said, "", url)
    # The coordinator sees that something waits; it is the host who does it, where there is one.
    todo = found.todo if actor.acts_as(Role.HOST) else ""
    is_late = found.by is not None and found.by < today
    return Row(assignment, found.state, todo, found.url, found.by, is_late)


def _standing_row(assignment, actor: Actor, today: date, said: str, url: str) -> Row:
    """A council or steering group at work: a term that ends, or the yearly telling back, whichever waits."""
    ends = assignment.term_ends_on
    if ends is not None:
        said += " " + _("The next term ends %(day)s.") % {"day": day(ends)}
        if is_ending(ends, today):
            return Row(assignment, said, _("Renew or let it end"), url, ends, ends < today)
    due = due_of_row(assignment, today)
    if due is None:
        return Row(assignment, said, "", url)
    said += " " + _("It has not been told what it has led to since %(day)s.") % {"day": day(due)}
    if not actor.acts_as(Role.HOST):
        return Row(assignment, said, "", url)
    return Row(assignment, said, _("Tell what it has led to"), reverse("assignments:tell_back", args=[assignment.pk]))


def _open_row(assignment, actor: Actor) -> Row:
    last = {"day": day(assignment.closes_on)}
    said = ngettext("%(n)s person has applied.", "%(n)s people have applied.", assignment.applied) % {
        "n": assignment.applied
    }
    if not assignment.applied:
        said = _("Nobody has applied yet.")
    said = _("Open until %(day)s.") % last + " " + said
    if assignment.asked:
        waits = ngettext(
            "%(n)s question waits for an answer since %(day)s.",
            "%(n)s questions wait for an answer, the first since %(day)s.",
            assignment.asked,
        ) % {"n": assignment.asked, "day": day(assignment.asked_since)}
        todo = ngettext("Answer the question", "Answer the questions", assignment.asked)
        url = reverse("assignments:assignment", args=[assignment.pk]) + "#questions"
        return Row(assignment, f"{waits} {said}", todo, url)
    # The unit sees nothing of who is asked.
    if actor.acts_as(Role.COORDINATOR) and too_few(assignment.wave_short, assignment.applied, assignment.people_wanted):
        said = said_of_wave(assignment.wave_short, assignment.wave_over) + " " + said
        return Row(assignment, said, _("Ask more people"), reverse("matching:fits", args=[assignment.pk]))
    return Row(assignment, said, "", reverse("assignments:applicants", args=[assignment.pk]))


def _choosing_row(assignment, today: date) -> Row:
    url = reverse("assignments:choose", args=[assignment.pk])
    is_late = assignment.answer_by < today
    if assignment.waiting:
        said = ngettext("%(n)s person waits for an answer.", "%(n)s people wait for an answer.", assignment.waiting) % {
            "n": assignment.waiting
        }
        return Row(assignment, said, _("Choose and answer"), url, assignment.answer_by, is_late)
    return Row(
        assignment, _("Everybody has an answer."), _("Go on to the agreements"), url, assignment.answer_by, is_late
    )


def oldest(waiting: Iterable[Waits]) -> Waits | None:
    """What was promised first, or has waited longest, of all that waits for the coordinator; None where nothing does.
    Of the same day the first of them."""
    return min(waiting, key=lambda each: each.on, default=None)


@dataclass(frozen=True, slots=True)
class Mine:
    """What a person takes part in, as themselves. todo: what waits for them, the nearest day first, whatever its age.
    involvement, needs: the newest MOST; more_...: there are more than that."""

    todo: list[Row]
    involvement: list[Row]
    needs: list[Row]
    more_involvement: bool
    more_needs: bool


def mine(actor: Actor, today: date) -> Mine:
    """My page. A fixed number of queries, however much one is involved in."""
    me = replace(actor, role="", node_id=None, node_path="")
    invited = [_nomination_row(application) for application in nominations_to(me)]
    asked = [_invitation_row(invitation) for invitation in waiting_for(me.whose, today)]
    applications = list(own_applications(me).select_related("agreement"))
    turns = turns_of([application.agreement for application in applications if hasattr(application, "agreement")])
    standing = [a.agreement.pk for a in applications if a.assignment.is_standing and hasattr(a, "agreement")]
    terms = valid_terms_of(standing) if standing else {}
    fixed = [
        a.agreement.pk for a in applications if getattr(a, "agreement", None) and a.state == ApplicationState.CHOSEN
    ]
    works = own_rows(fixed, today) if fixed else {}
    involvement = [_own_row(application, turns, terms, works, today) for application in applications]
    needs = desk_rows(me, today, needs_to_list(me))
    todo = [row for row in [*asked, *invited, *involvement, *needs] if row.todo]
    return Mine(
        todo=sorted(todo, key=lambda row: (row.by is None, row.by or today)),
        involvement=[*asked, *invited, *involvement][:MOST],
        needs=needs[:MOST],
        more_involvement=len(asked) + len(invited) + len(involvement) > MOST,
        more_needs=len(needs) > MOST,
    )


def _nomination_row(application: Application) -> Row:
    said = _("%(organisation)s has proposed you.") % {"organisation": application.organisation}
    url = reverse("assignments:nomination", args=[application.pk])
    return Row(application.assignment, said, _("Say yes or no"), url, application.assignment.closes_on)


def _invitation_row(invitation: Invitation) -> Row:
    said = _("You are asked whether you want to take part.")
    url = reverse("matching:invitation", args=[invitation.pk])
    return Row(invitation.assignment, said, _("Say yes or no"), url, invitation.wave.answer_by)


def _own_row(
    application: Application, turns: dict[int, int], terms: dict[int, Term], works: dict[int, DeskRow], today: date
) -> Row:
    """What is so with one's own application, and what one can do about it now."""
    assignment, state = application.assignment, ApplicationState(application.state)
    url = reverse("assignments:my_application", args=[application.pk])
    if assignment.state == State.CANCELLED:
        return Row(assignment, _("The assignment was called off."), "", url)
    if state is ApplicationState.WITHDRAWN:
        return Row(assignment, _("You have withdrawn."), "", url)
    if state is ApplicationState.NOT_CHOSEN:
        return Row(assignment, _("You were not chosen this time."), "", url)
    if state is ApplicationState.APPLIED:
        said = _("You have applied. You will have an answer by %(day)s at the latest.") % {
            "day": day(assignment.answer_by)
        }
        is_late = assignment.answer_by is not None and assignment.answer_by < today
        return Row(assignment, said, "", url, is_late=is_late)
    if application.presented_at is None:
        chosen = _("You are chosen as deputy.") if application.is_deputy else _("You are chosen.")
        return Row(assignment, chosen, _("Say yes to being presented"), url)
    agreement = getattr(application, "agreement", None)
    if agreement is None and application.is_deputy:
        return Row(assignment, _("You are chosen as deputy. The agreement is being drafted."), "", url)
    if agreement is None:
        return Row(assignment, _("You are chosen. The agreement is being drafted."), "", url)
    url = reverse("assignments:agreement", args=[agreement.pk])
    waiting = turns.get(agreement.pk, 0)
    if waiting:
        said = ngettext(
            "%(n)s point waits for your answer since %(day)s.",
            "%(n)s points wait for your answer since %(day)s.",
            waiting,
        ) % {"n": waiting, "day": day(agreement.person_owes_since)}
        return Row(assignment, said, _("Read and answer"), url)
    work = works.get(agreement.pk)
    if work is not None and (work.todo or not assignment.is_standing):
        return Row(assignment, work.state, work.todo, work.url)
    if agreement.ended_at is not None:
        return Row(assignment, _("Your term is over."), "", url)
    said = _("You have answered every point in the agreement.")
    term = terms.get(agreement.pk)
    if term is not None:
        said += " " + _("Your term ends %(day)s.") % {"day": day(term.ends_on)}
        if term.is_deputy:
            said += " " + _("You are a deputy.")
    return Row(assignment, said, "", url)
