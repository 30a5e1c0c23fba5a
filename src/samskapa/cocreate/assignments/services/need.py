"""Describing a need: begin it, answer its questions, talk about them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from samskapa.ground.core.domain import Actor
from samskapa.ground.core.services import queue_mail, record
from samskapa.ground.organisations.domain import Role
from samskapa.ground.organisations.models import Node

from ..domain import (
    PARTS,
    Answers,
    ChangedMeanwhile,
    Door,
    EmptyReason,
    Locked,
    NothingToSay,
    NotThatState,
    NotYours,
    State,
    WrongUnit,
)
from ..domain.days import from_rows
from ..domain.parts import WRITING, as_json, complete, from_json, is_blank, may_be_changed, question
from ..domain.readiness import check, codes_of
from ..models import (
    ApplicantQuestion,
    Assignment,
    Clarification,
    FixedDay,
    Part,
    PartComment,
    PartRevision,
    StandingTerms,
)
from ..queries import need as queries
from .telling import matter_of

#: In these capacities one raises a need that somebody else's unit has.
_RAISERS = {"", Role.MEMBER, Role.ORGANISATION, Role.COUNCIL}
#: A text longer than this is an appendix, not an answer.
LONGEST = 4000


@transaction.atomic
def create_need(
    *,
    by: Actor,
    now: datetime,
    unit: Node | None = None,
    area: Node | None = None,
    title: str = "",
    is_standing: bool = False,
    came_by: Door | str = Door.WEB,
    came_note: str = "",
    form_key: str | None = None,
) -> Assignment:
    """Begin to describe a need. The same form_key from the same person gives the same need: a double click.

    unit: whose need it is; hosts and coordinators name one within their reach (a coordinator may wait with it).
    area: the region or municipality whose coordinator helps; read from the unit where there is one. A member, an
    organisation, a council and anybody as oneself name the area: the coordinator finds the unit, and the one who
    raised the need co-owns its text.
    Raises NotYours for other capacities, WrongUnit where unit or area cannot have the need.
    """
    if form_key:
        known = Assignment.objects.filter(form_key=form_key, created_by_id=by.person_id).first()
        if known:
            return known
    raises = by.role in _RAISERS
    if by.person_id is None or not (raises or by.acts_as(Role.HOST, Role.COORDINATOR)):
        raise NotYours
    if raises or (unit is None and by.acts_as(Role.COORDINATOR)):
        if unit is not None or area is None or area.kind not in queries.AREA_KINDS:
            raise WrongUnit
        if by.acts_as(Role.COORDINATOR) and not (by.reaches(area.path) or by.node_path.startswith(area.path)):
            raise WrongUnit
    else:
        if unit is None or unit.kind not in queries.UNIT_KINDS or not by.reaches(unit.path):
            raise WrongUnit
        area = queries.area_above(unit.path)
        if area is None:
            raise WrongUnit
    try:
        with transaction.atomic():
            assignment = Assignment.objects.create(
                area=area,
                unit=unit,
                created_at=now,
                created_by_id=by.person_id,
                created_as=by.role,
                raised_by_id=by.person_id if raises else None,
                raised_for_id=by.node_id if by.acts_as(Role.ORGANISATION, Role.COUNCIL) else None,
                came_by=Door(came_by),
                came_note=came_note.strip(),
                form_key=form_key or None,
            )
    except IntegrityError:  # the second of two clicks, a moment later
        known = Assignment.objects.filter(form_key=form_key, created_by_id=by.person_id).first()
        if known is None:
            raise
        return known
    Part.objects.bulk_create(Part(assignment=assignment, key=q.key) for q in PARTS)
    record(
        "assignments.need_created",
        by=by,
        at=now,
        on=assignment,
        unit_id=unit.pk if unit else None,
        area_id=assignment.area_id,
        came_by=Door(came_by).value,
    )
    if title:
        save_part(assignment, "title", {"title": title}, based_on=0, by=by, now=now)
    if is_standing:
        save_part(assignment, "standing", {"is_standing": True}, based_on=0, by=by, now=now)
    assignment.refresh_from_db()
    return assignment


@transaction.atomic
def quick_need(
    answers: Mapping[str, Mapping[str, Any]],
    *,
    together_by: date | None = None,
    by: Actor,
    now: datetime,
    **beginning: Any,
) -> Assignment:
    """A first version in one go: part -> values. What is left blank may be decided together by `together_by`.

    beginning: what create_need takes (unit, area, came_by, came_note, form_key). Raises what it raises.
    """
    assignment = create_need(by=by, now=now, **beginning)
    if assignment.parts.filter(version__gt=0).exists():
        return assignment  # the second click: it is written already
    given = {column: value for key, values in answers.items() for column, value in complete(key, values).items()}
    missing = {f.part for f in check(Answers(given), timezone.localdate(now)).blocking if f.code == "missing"}
    written = []
    for part in Part.objects.select_for_update().filter(assignment=assignment).order_by("pk"):
        spec, values = question(part.key), answers.get(part.key, {})
        later = together_by if part.key in missing and spec.may_be_together else None
        if later or not is_blank(part.key, values):
            written.append((part, complete(part.key, values), later))
    _write(assignment, written, by=by, now=now)
    assignment.refresh_from_db()
    return assignment


@transaction.atomic
def assign_unit(assignment: Assignment, unit: Node, *, by: Actor, now: datetime) -> Assignment:
    """The coordinator has found the unit that has the need. Its hosts and the one who raised it are told.

    Raises NotThatState once published, NotYours, WrongUnit for a unit out of reach or of another area.
    """
    assignment = _locked(assignment)
    if assignment.unit_id == unit.pk:
        return assignment
    if State(assignment.state) not in WRITING:
        raise NotThatState
    if not by.acts_as(Role.COORDINATOR):
        raise NotYours
    if unit.kind not in queries.UNIT_KINDS or not by.reaches(unit.path) or unit.closed_at:
        raise WrongUnit
    area = queries.area_above(unit.path)
    if area is None:
        raise WrongUnit
    was = assignment.unit_id
    assignment.unit, assignment.area = unit, area
    assignment.save(update_fields=["unit", "area"])
    record("assignments.unit_assigned", by=by, at=now, on=assignment, unit_id=unit.pk, was=was)
    for person in queries.owners_of(assignment):
        if person.pk != by.person_id:
            queue_mail(
                "assignments/need_unit",
                to=person.pk,
                key=f"assignments.need_unit:{assignment.pk}:{unit.pk}",
                now=now,
                matter=matter_of(assignment.pk),
                title=assignment.title,
                unit=unit.name,
                need_id=assignment.pk,
            )
    return assignment


@transaction.atomic
def save_part(
    assignment: Assignment,
    key: str,
    values: Mapping[str, Any],
    *,
    based_on: int,
    together_by: date | None = None,
    by: Actor,
    now: datetime,
) -> Part:
    """Answer one question. Saving what it says already changes nothing.

    values: column -> value (domain.parts); columns left out become empty.
    based_on: the version one had before one's eyes when writing.
    together_by: "that we decide together, by this day at the latest", beside or instead of an answer.
    Raises NotYours for nobody; UnknownPart; Locked once the assignment has come too far; NothingToSay where the
    question cannot be decided together; ChangedMeanwhile(theirs) where somebody saved another answer
    meanwhile: nothing is written, and the two texts can be compared.
    """
    spec = question(key)
    if together_by is not None and not spec.may_be_together:
        raise NothingToSay(key)
    new = complete(key, values)
    assignment = _locked(assignment)
    if not may_be_changed(key, assignment.state, is_coordinator=by.acts_as(Role.COORDINATOR)):
        raise Locked
    part = Part.objects.select_for_update().get(assignment=assignment, key=key)
    is_same = new == queries.values_of(assignment, key) and together_by == part.together_by
    if is_same and (part.version or not spec.blank_is_answer):
        return part
    if part.version and based_on != part.version:  # where nothing is written, nothing can be overwritten
        raise ChangedMeanwhile(queries.newest_revision(part))
    _write(assignment, [(part, new, together_by)], by=by, now=now)
    return part


@transaction.atomic
def restore_part(assignment: Assignment, revision: PartRevision, *, based_on: int, by: Actor, now: datetime) -> Part:
    """Let an earlier wording stand again, as a new revision."""
    return save_part(
        assignment,
        revision.part.key,
        from_json(revision.values),
        together_by=revision.together_by,
        based_on=based_on,
        by=by,
        now=now,
    )


@transaction.atomic
def comment_part(assignment: Assignment, key: str, text: str, *, by: Actor, now: datetime) -> PartComment:
    """Say something of one part, for those who write it. The same text again, not yet done, is the same comment.

    The mail about it goes when the need is sent back, one for all comments.
    Raises NotYours for nobody, UnknownPart, EmptyReason without a text, NotThatState once published.
    """
    question(key)
    text = text.strip()
    if not text:
        raise EmptyReason
    if by.person_id is None:
        raise NotYours
    assignment = _locked(assignment)
    if State(assignment.state) not in WRITING:
        raise NotThatState
    known = assignment.comments.filter(key=key, text=text, written_by_id=by.person_id, done_at=None).first()
    if known:
        return known
    comment = PartComment.objects.create(
        assignment=assignment, key=key, text=text, written_at=now, written_by_id=by.person_id, written_as=by.role
    )
    record("assignments.part_commented", by=by, at=now, on=assignment, part=key, comment_id=comment.pk)
    return comment


@transaction.atomic
def mark_comment_done(comment: PartComment, *, by: Actor, now: datetime) -> PartComment:
    """The comment has been taken care of. Doing it twice changes nothing."""
    assignment = _locked(comment.assignment)
    comment = PartComment.objects.select_for_update().get(pk=comment.pk)
    if comment.done_at is not None:
        return comment
    comment.done_at, comment.done_by_id = now, by.person_id
    comment.save(update_fields=["done_at", "done_by"])
    record("assignments.part_comment_done", by=by, at=now, on=assignment, part=comment.key, comment_id=comment.pk)
    return comment


def _locked(assignment: Assignment) -> Assignment:
    """The row as it is now, and nobody else's until we are done."""
    return Assignment.objects.select_for_update(of=("self",)).get(pk=assignment.pk)


def _write(
    assignment: Assignment,
    answers: Iterable[tuple[Part, dict[str, Any], date | None]],
    *,
    by: Actor,
    now: datetime,
) -> None:
    """Store answers (part, its whole values, "together by"): a revision and a row in the trail for each.

    Only the parts' own columns are written and no others, so that two parts can be saved at once. What is clear is
    looked at once, however many the answers are. Raises NotYours for nobody.
    """
    if by.person_id is None:
        raise NotYours
    columns: dict[str, Any] = {}
    revisions = []
    for part, values, together_by in answers:
        if part.key == "questions":
            _store_questions(assignment, values["questions"])
        elif part.key == "standing":
            _store_standing(assignment, values)
        else:
            columns |= values
        if part.key == "time":
            _store_days(assignment, columns.pop("days"))
        part.version += 1
        part.together_by, part.saved_at, part.saved_by_id = together_by, now, by.person_id
        part.save(update_fields=["version", "together_by", "saved_at", "saved_by"])
        revisions.append(
            PartRevision(
                part=part,
                version=part.version,
                values=as_json(values),
                together_by=together_by,
                saved_at=now,
                saved_by_id=by.person_id,
                saved_as=by.role,
            )
        )
        record("assignments.part_saved", by=by, at=now, on=assignment, part=part.key, version=part.version)
    PartRevision.objects.bulk_create(revisions)
    if columns:
        for column, value in columns.items():
            setattr(assignment, column, value)
        assignment.save(update_fields=[column.removesuffix("_id") for column in columns])
    _note_what_is_clear(assignment, now=now, newly_saved={revision.part.key for revision in revisions})


def _store_questions(assignment: Assignment, rows: list[dict[str, Any]]) -> None:
    assignment.applicant_questions.all().delete()
    ApplicantQuestion.objects.bulk_create(
        ApplicantQuestion(assignment=assignment, position=n, text=row["text"], is_required=row["is_required"])
        for n, row in enumerate(rows, start=1)
    )


def _store_days(assignment: Assignment, rows: list[dict[str, str]]) -> None:
    assignment.fixed_days.all().delete()
    FixedDay.objects.bulk_create(
        FixedDay(assignment=assignment, day=each.day, starts=each.starts, ends=each.ends) for each in from_rows(rows)
    )


def _store_standing(assignment: Assignment, values: dict[str, Any]) -> None:
    assignment.is_standing = values["is_standing"]
    assignment.save(update_fields=["is_standing"])
    StandingTerms.objects.filter(assignment=assignment).delete()
    if assignment.is_standing:
        terms = {column: value for column, value in values.items() if column != "is_standing"}
        StandingTerms.objects.create(assignment=assignment, **terms)


def _note_what_is_clear(assignment: Assignment, *, now: datetime, newly_saved: set[str]) -> None:
    """Open a clarification for what is unclear in a part just saved, and clear those that are unclear no more."""
    fresh = queries.with_answers(Assignment.objects.filter(pk=assignment.pk)).get()
    found = codes_of(queries.readiness_of(fresh, timezone.localdate(now)).findings)
    still_open = {(c.key, c.code): c for c in Clarification.objects.filter(assignment=assignment, cleared_at=None)}
    cleared = [c.pk for seen, c in still_open.items() if seen not in found]
    Clarification.objects.filter(pk__in=cleared).update(cleared_at=now)
    Clarification.objects.bulk_create(
        Clarification(assignment=assignment, key=key, code=code, found_at=now)
        for key, code in sorted(found)
        if key in newly_saved and (key, code) not in still_open
    )


def note_all_that_is_unclear(assignment: Assignment, *, now: datetime) -> None:
    """At sending: what nobody has answered counts as unclear too."""
    _note_what_is_clear(assignment, now=now, newly_saved={q.key for q in PARTS} | {"unit"})
