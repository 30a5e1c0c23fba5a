"""How both sides found the work: what each answers when it closes, and what both see of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.urls import reverse

from samskapa.cocreate.assignments.domain import ApplicationState, State
from samskapa.cocreate.assignments.models import Agreement
from samskapa.ground.people.models import display_name
from samskapa.listen.surveys.domain import Answers, SetSpec
from samskapa.listen.surveys.models import Asked, Asking, Sheet
from samskapa.listen.surveys.queries import (
    SetInWords,
    answer_in_words,
    answers_of,
    answers_so_far,
    asking_with,
    in_words,
    shipped,
    spec_of,
)

from ..domain import NO_ANSWER, Kind, Side
from ..models import Confirmation, Work
from . import all_fixed

_KEY = "underway.closing:"
#: What the sides are called in the set of questions.
HOST, REPRESENTATIVE = "host", "representative"
SIDES = {Side.HOST: HOST, Side.PERSON: REPRESENTATIVE}


def key_of(assignment_id: int) -> str:
    """Of the round of an assignment. Figures read it: it stays as it is."""
    return f"{_KEY}{assignment_id}"


@dataclass(frozen=True, slots=True)
class OwnSheet:
    """What one who answers has before them. has_begun: they have been here before, if only to go on."""

    words: SetInWords
    answers: Answers
    is_open: bool
    has_begun: bool
    has_answered: bool


def own_sheet(work: Work, person_id: int | None, side: Side, *, language: str, easy: bool = False) -> OwnSheet:
    """The questions in the words of a side, with what the person has answered. A fixed number of queries."""
    asking = asking_with(key_of(work.assignment_id))
    spec: SetSpec = spec_of(asking.set_version) if asking else shipped("closing")
    asked = _place_of(asking, person_id)
    return OwnSheet(
        words=in_words(spec, side=SIDES[side], language=language, easy=easy),
        answers=answers_so_far(asked) if asked else {},
        is_open=asking is None or asking.closed_at is None,
        has_begun=asked is not None and Sheet.objects.filter(asked=asked).exists(),
        has_answered=asked is not None and asked.has_answered,
    )


def _place_of(asking: Asking | None, person_id: int | None) -> Asked | None:
    if asking is None or person_id is None:
        return None
    found = Asked.objects.filter(asking=asking, person_id=person_id, blanked_at=None)
    return found.select_related("asking__set_version__question_set").first()


def comes_first(work: Work, person_id: int | None, side: Side) -> bool:
    """Whether the questions come before what the person is about to do: they have not met them, and the round goes on.
    A host who comes new meets them too; a representative once somebody has begun the closing."""
    asking = asking_with(key_of(work.assignment_id))
    if asking is None:
        return side is Side.HOST
    asked = _place_of(asking, person_id)
    if asking.closed_at is not None or (asked is None and side is Side.PERSON):
        return False
    return asked is None or not Sheet.objects.filter(asked=asked).exists()


def place_after(work: Work, side: Side, person_id: int | None) -> str:
    """Where one goes who has answered: to confirm what was told, if that waits; else to the page of the work, or for
    somebody who has withdrawn to all they have taken part in."""
    shared = reverse("underway:work", args=[work.assignment_id])
    if side is Side.HOST:
        return shared
    own = all_fixed(work.assignment_id).filter(application__person_id=person_id or 0)
    if not own.filter(application__state=ApplicationState.CHOSEN).exists():
        return reverse("underway:mine")
    waits = Confirmation.objects.filter(
        agreement__in=own.values("pk"), telling__work=work, telling__kind=Kind.CLOSING, answer__in=["", NO_ANSWER]
    ).first()
    return reverse("underway:confirm", args=[waits.pk]) if waits else shared


def asked_in_works(assignment_ids: Iterable[int], people: set[int]) -> set[int]:
    """Assignments in which the people are asked how it was, and can still answer. One query."""
    keys = {key_of(pk): pk for pk in assignment_ids}
    found = Asked.objects.filter(
        asking__key__in=list(keys), asking__closed_at=None, person_id__in=people, blanked_at=None
    )
    return {keys[key] for key in found.values_list("asking__key", flat=True)}


# --- what both see --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Found:
    """One question, and what each side answered: (who, the answer). who: "" is the reader."""

    question: str
    host: list[tuple[str, str]]
    people: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Experience:
    """How both sides found it, for one reader. may_answer: the reader is asked, or can answer for the unit. rows: none
    while it is not shown."""

    may_answer: bool
    has_answered: bool
    is_shown: bool
    rows: list[Found]


def experience_of(
    work: Work, *, reader: int | None, side: Side | None, who_is: Callable[[Agreement], str], language: str
) -> Experience | None:
    """None before the closing has begun. Shown once somebody at the unit and every representative who takes part have
    answered, or when it is done: nobody answers with the others' answers before them. A fixed number of queries.

    reader: a person's id. who_is: what the reader calls a representative.
    """
    asking = asking_with(key_of(work.assignment_id))
    if asking is None:
        return None
    asked = list(Asked.objects.filter(asking=asking).order_by("pk"))
    own = next((each for each in asked if reader and each.person_id == reader), None)
    agreements: dict[int | None, Agreement] = {
        each.application.person_id: each for each in all_fixed(work.assignment_id)
    }
    is_open = asking.closed_at is None and work.assignment.state != State.CANCELLED
    is_shown = asking.closed_at is not None or _all_have_answered(asked, agreements)
    return Experience(
        may_answer=is_open and (side is Side.HOST or (side is Side.PERSON and own is not None)),
        has_answered=own is not None and own.has_answered,
        is_shown=is_shown,
        rows=_rows(asking, agreements, reader, side, who_is, language) if is_shown else [],
    )


def _all_have_answered(asked: list[Asked], agreements: dict[int | None, Agreement]) -> bool:
    hosts = [each for each in asked if each.side == HOST]
    awaited = [
        each
        for each in asked
        if each.side == REPRESENTATIVE
        and each.blanked_at is None
        and each.person_id in agreements
        and agreements[each.person_id].application.state == ApplicationState.CHOSEN
    ]
    return any(each.has_answered for each in hosts) and bool(awaited) and all(each.has_answered for each in awaited)


def _rows(
    asking: Asking,
    agreements: dict[int | None, Agreement],
    reader: int | None,
    side: Side | None,
    who_is: Callable[[Agreement], str],
    language: str,
) -> list[Found]:
    spec = spec_of(asking.set_version)
    words = {each: in_words(spec, side=each, language=language) for each in (HOST, REPRESENTATIVE)}
    given = [each for each in answers_of(asking) if each.answers]
    rows = []
    for worded in words[SIDES[side or Side.HOST]].questions:
        said: dict[str, list[tuple[str, str]]] = {HOST: [], REPRESENTATIVE: []}
        for each in given:
            place, key = each.asked.side, worded.question.key
            if key not in each.answers:
                continue
            person, agreement = each.asked.person, agreements.get(each.asked.person_id)
            if person is None or (place == REPRESENTATIVE and agreement is None):
                continue  # nobody by whom one could call it: never a name that the reader may not see
            if place == REPRESENTATIVE and agreement is not None:
                name = who_is(agreement)
            else:
                name = "" if person.pk == reader else display_name(person)
            said[place].append((name, answer_in_words(words[place].worded(key), each.answers[key])))
        if any(said.values()):
            rows.append(Found(worded.words.text, said[HOST], said[REPRESENTATIVE]))
    return rows


# --- the clock -------------------------------------------------------------------------------------


def called_off_with_questions() -> list[int]:
    """Ids of works whose questions are open though the assignment is called off."""
    keys = Asking.objects.filter(key__startswith=_KEY, closed_at=None).values_list("key", flat=True)
    ids = [int(key.removeprefix(_KEY)) for key in keys]
    found = Work.objects.filter(assignment__in=ids, assignment__state=State.CANCELLED)
    return list(found.order_by("pk").values_list("pk", flat=True))
