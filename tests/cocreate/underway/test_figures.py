"""What is counted of the work: each thing in one month, in the part that it belongs to, and in no other."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from samskapa.cocreate.assignments.domain import ApplicationState, State
from samskapa.cocreate.assignments.models import Application, Assignment
from samskapa.cocreate.underway.domain import NO_ANSWER, Answer, Became, Kind, Side, Stage
from samskapa.cocreate.underway.models import Confirmation, Contribution, Outcome, Telling, Work
from samskapa.cocreate.underway.queries import figure_words
from samskapa.cocreate.underway.queries.closing import key_of
from samskapa.cocreate.underway.queries.figures import (
    confirmed_in,
    contributions_of_the_month_before,
    experienced_in,
    results_due_in,
)
from samskapa.cocreate.underway.services.questions import answer_questions
from samskapa.ground.core.domain import SYSTEM, Actor
from samskapa.ground.figures.domain import Counted, Measure, month_after
from samskapa.listen.surveys.domain import Mode, Whom
from samskapa.listen.surveys.models import Asking, Sheet
from samskapa.listen.surveys.queries import shipped
from samskapa.listen.surveys.services import ask, hand_in, make_set
from tests.factories.assignments import host_of, representative_of
from tests.factories.organisations import NOW
from tests.factories.people import make_person
from tests.factories.standing import council
from tests.factories.underway import answer, confirm, contribute, grow, tell, under_way, work_of

pytestmark = pytest.mark.django_db
MAY, JUNE, JULY = date(2025, 5, 1), date(2025, 6, 1), date(2025, 7, 1)


def moment(day: date, *clock: int) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(*clock or (12,))))


def months(count, first: date = date(2024, 1, 1), many: int = 60) -> dict[str, Counter]:
    """Month -> what is counted in it, of so many months; those in which nothing is are left out."""
    found = {}
    for _ in range(many):
        until = month_after(first)
        rows: Counter = Counter()
        for row in count(first, until):
            rows[row.parts] += row.count
        if rows:
            found[f"{first:%Y-%m}"] = rows
        first = until
    return found


# --- contributions --------------------------------------------------------------------------------


@pytest.fixture
def given() -> Contribution:
    """Something that was contributed in the last minute of April."""
    contribution = contribute(under_way()[0])
    Contribution.objects.filter(pk=contribution.pk).update(added_at=moment(date(2025, 4, 30), 23, 59))
    return contribution


def said_at(contribution: Contribution, moment: datetime, became: str = "taken_in") -> None:
    newest = Outcome.objects.filter(contribution=contribution).order_by("-pk").first()
    answer(contribution, became, based_on=newest and newest.pk, now=moment)


def test_a_contribution_counts_in_the_month_after_its_own_and_in_no_other(given):
    assert months(contributions_of_the_month_before) == {"2025-05": Counter({("none", "once"): 1})}
    unit = given.work.assignment.unit_id
    assert list(contributions_of_the_month_before(MAY, JUNE)) == [Counted(unit, ("none", "once"))]
    Contribution.objects.filter(pk=given.pk).update(added_at=moment(MAY, 0, 0))
    assert months(contributions_of_the_month_before) == {"2025-06": Counter({("none", "once"): 1})}


def test_what_had_become_of_it_when_the_month_was_over_counts(given):
    said_at(given, moment(date(2025, 4, 30)), "not_taken_in")
    said_at(given, moment(date(2025, 5, 31), 23, 59), "partly")
    said_at(given, moment(JUNE, 0, 0), "taken_in")  # the frozen month does not know of it
    assert months(contributions_of_the_month_before) == {"2025-05": Counter({("partly", "once"): 1})}


def test_nobody_waits_for_what_was_taken_back(given):
    taken_back = {"taken_back_at": moment(MAY)}
    Contribution.objects.filter(pk=given.pk).update(**taken_back)
    assert months(contributions_of_the_month_before) == {}
    Contribution.objects.filter(pk=given.pk).update(taken_back_at=None)
    said_at(given, moment(MAY))
    Contribution.objects.filter(pk=given.pk).update(**taken_back)
    assert months(contributions_of_the_month_before) == {"2025-05": Counter({("taken_in", "once"): 1})}


def test_nobody_waits_for_what_was_called_off(given):
    Assignment.objects.update(state=State.CANCELLED, cancelled_at=NOW, cancelled_reason="Nej")
    assert months(contributions_of_the_month_before) == {}


# --- told and confirmed ---------------------------------------------------------------------------


@pytest.fixture
def promised():
    """An assignment at work whose host has promised to tell by 20 May."""
    agreement = under_way()[0]
    Work.objects.update(tell_by=date(2025, 5, 20))
    return agreement


def test_what_it_led_to_counts_by_the_promised_day_or_when_it_was_told_before(promised):
    assert months(results_due_in) == {"2025-05": Counter({("none", "closing"): 1})}
    tell(promised)
    Work.objects.update(later_by=date(2040, 1, 1))
    for told, month, when in [
        (moment(date(2025, 5, 20), 23, 59), "2025-05", "in_time"),
        (moment(date(2025, 5, 21), 0, 0), "2025-05", "late"),
        (moment(JUNE, 0, 0), "2025-05", "none"),  # frozen: not so when May was over
        (moment(date(2025, 4, 30), 23, 59), "2025-04", "in_time"),  # told before: when it was told
    ]:
        Telling.objects.update(told_at=told)
        assert months(results_due_in) == {month: Counter({(when, "closing"): 1})}, told
    # Standing work promises no day: it counts when it is told, and is not waited for.
    Work.objects.update(tell_by=None)
    assert months(results_due_in) == {"2025-04": Counter({("in_time", "closing"): 1})}


def test_half_a_year_later_the_unit_has_two_weeks(promised):
    tell(promised)
    Telling.objects.update(told_at=moment(date(2024, 11, 20)))
    Work.objects.update(later_by=date(2025, 5, 22))
    first = {"2024-11": Counter({("in_time", "closing"): 1})}
    assert months(results_due_in) == first | {"2025-06": Counter({("none", "later"): 1})}
    tell(promised, kind="later")
    for told, month, when in [
        (moment(date(2025, 5, 25)), "2025-05", "in_time"),
        (moment(date(2025, 6, 5), 23, 59), "2025-06", "in_time"),
        (moment(date(2025, 6, 6), 0, 0), "2025-06", "late"),
        (moment(JULY, 0, 0), "2025-06", "none"),
    ]:
        Telling.objects.filter(kind="later").update(told_at=told)
        assert months(results_due_in) == first | {month: Counter({(when, "later"): 1})}, told


def test_nobody_waits_for_what_work_that_was_called_off_led_to(promised):
    Assignment.objects.update(state=State.CANCELLED, cancelled_at=NOW, cancelled_reason="Nej")
    assert months(results_due_in) == {}


ASKED = date(2025, 5, 3)  # and four weeks later it is 31 May


@pytest.fixture
def asked(promised) -> Confirmation:
    tell(promised)
    Confirmation.objects.update(asked_at=moment(ASKED, 23, 59))
    return Confirmation.objects.get()


def test_an_answer_counts_four_weeks_after_it_was_asked_for(asked):
    for fields, part in [
        ({}, NO_ANSWER),
        ({"answer": "yes", "answered_at": moment(ASKED + timedelta(days=1))}, "yes"),
        ({"answer": "partly", "answered_at": moment(date(2025, 5, 31), 23, 59)}, "partly"),
        ({"answer": "no", "answered_at": moment(JUNE, 0, 0)}, NO_ANSWER),
        ({"answer": NO_ANSWER, "answered_at": moment(MAY), "asked_again_at": moment(MAY)}, NO_ANSWER),
    ]:
        Confirmation.objects.filter(pk=asked.pk).update(**fields)
        assert months(confirmed_in) == {"2025-05": Counter({(part, "closing"): 1})}, fields
    Confirmation.objects.filter(pk=asked.pk).update(asked_at=moment(ASKED + timedelta(days=1), 0, 0))
    assert list(months(confirmed_in)) == ["2025-06"]


def test_who_has_withdrawn_without_an_answer_is_not_counted(asked):
    Application.objects.update(state=ApplicationState.WITHDRAWN, withdrawn_at=NOW)
    assert months(confirmed_in) == {}
    Confirmation.objects.update(answer="no", answered_at=moment(MAY))
    assert months(confirmed_in) == {"2025-05": Counter({("no", "closing"): 1})}


# --- influence ------------------------------------------------------------------------------------


def ask_both(agreements) -> Asking:
    """The closing questions of the work, and it is done in May."""
    assignment = agreements[0].root
    Assignment.objects.filter(pk=assignment.pk).update(influence="influence")
    done = moment(date(2025, 5, 31), 23, 59)
    Work.objects.filter(assignment=assignment).update(
        stage=Stage.DONE, closing_at=done, later_by=date(2040, 1, 1), done_at=done
    )
    people = [Whom(person_id=each.application.person_id, side="representative") for each in agreements]
    return ask(
        make_set(shipped("closing"), by=SYSTEM, now=NOW),
        [Whom(person_id=make_person().pk, side="host"), *people],
        key=key_of(assignment.pk),
        thing=f"assignments.assignment:{assignment.pk}",
        title=assignment.title,
        node=assignment.unit,
        mode=Mode.NAMED,
        by_mail=False,
        by=SYSTEM,
        now=NOW,
    )


def say(asking: Asking, host: str, *representatives: str, at: datetime) -> None:
    asked = [*asking.asked.filter(side="host"), *asking.asked.filter(side="representative").order_by("pk")]
    for each, value in zip(asked, [host, *representatives], strict=True):
        hand_in(each, {"influence": value, "heard": "1"}, by=Actor(person_id=each.person_id), now=NOW)
        Sheet.objects.filter(asked=each).update(submitted_at=at)


def test_each_answer_counts_with_its_side_in_the_month_in_which_the_work_was_done():
    """By the words of the scale: 1 is much less, 3 almost, 5 fully. Who does not know is not counted."""
    agreements = under_way(6)
    unit, last = agreements[0].root.unit_id, moment(date(2025, 5, 31), 23, 59)
    say(ask_both(agreements), "5", "1", "2", "3", "4", "5", "dont_know", at=last)
    expected = {"host_fully": 1, "representative_less": 2, "representative_nearly": 2, "representative_fully": 1}
    assert months(experienced_in) == {"2025-05": Counter({(part, "influence"): n for part, n in expected.items()})}
    assert {row.node_id for row in experienced_in(MAY, JUNE)} == {unit}
    Assignment.objects.update(influence="")
    Sheet.objects.filter(asked__side="representative").update(submitted_at=moment(JUNE, 0, 0))
    assert months(experienced_in) == {"2025-05": Counter({("host_fully", "unsaid"): 1})}


# --- all of them ----------------------------------------------------------------------------------


def test_every_part_there_is_has_its_words():
    def keys(measure):
        return [[part.key for part in feature.parts] for feature in measure.features]

    assert keys(figure_words.CONTRIBUTIONS)[0] == [*Became, "none"]
    assert keys(figure_words.RESULTS)[1] == ["closing", "later"]  # a year is told by another app
    assert set(Kind) <= set(keys(figure_words.CONFIRMED)[1]) == {"closing", "later", "yearly"}
    assert keys(figure_words.CONFIRMED)[0] == [*Answer, NO_ANSWER]
    sides = shipped("closing").sides
    assert {part.partition("_")[0] for part in keys(figure_words.EXPERIENCED)[0]} == set(sides)
    exact = [each.key for each in vars(figure_words).values() if isinstance(each, Measure) and each.is_by_name]
    assert exact == ["contributions", "results", "confirmed"]  # influence is shown as others see it


def test_a_council_counts_as_standing():
    agreement = council()[0]
    Work.objects.create(assignment=agreement.root, begun_at=NOW)
    Contribution.objects.create(
        work=work_of(agreement), agreement=agreement, text="Så här.", added_at=moment(MAY), added_side="person",
        added_by=make_person(),
    )  # fmt: skip
    assert months(contributions_of_the_month_before) == {"2025-06": Counter({("none", "standing"): 1})}


def test_counting_costs_the_same_however_much_there_is():
    counts = (contributions_of_the_month_before, results_due_in, confirmed_in, experienced_in)
    asked = []
    for more in (1, 2):
        for _ in range(more):
            agreements = under_way(2)
            grow(agreements[0], 10 * more)
            told = tell(agreements[0]).told_at
            sides = [
                (Side.HOST, host_of(agreements[0].root)),
                *((Side.PERSON, representative_of(a)) for a in agreements),
            ]
            for (side, actor), value in zip(sides, ["5", "4", "3"], strict=True):
                given = {"influence": value, "heard": "1"}
                answer_questions(
                    work_of(agreements[0]), given, side=side, by=actor, based_on={}, is_finished=True, now=told
                )
            for each in agreements:
                confirm(each)
        Sheet.objects.update(submitted_at=moment(MAY))
        Work.objects.update(done_at=moment(MAY))
        Contribution.objects.update(added_at=moment(date(2025, 4, 9)))
        Work.objects.update(tell_by=MAY)
        Telling.objects.update(told_at=moment(MAY))
        Confirmation.objects.update(asked_at=moment(ASKED), answered_at=moment(ASKED))
        with CaptureQueriesContext(connection) as made:
            found = {count.__name__: sum(row.count for row in count(MAY, JUNE)) for count in counts}
        asked.append(len(made))
    assert asked == [7, 7]
    assert found["results_due_in"] == 3
    assert found["confirmed_in"] == 6
    assert found["experienced_in"] == 9
