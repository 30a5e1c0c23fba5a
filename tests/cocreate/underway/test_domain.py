"""The law of the work: stages, days and answers."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samskapa.cocreate.underway import domain
from samskapa.cocreate.underway.domain import Moment, NotNow, Stage

DAY = date(2026, 3, 2)


def test_the_stages_follow_each_other_and_none_goes_back():
    ways = {(old, new) for old in Stage for new in Stage if new in domain.NEXT[old]}
    assert ways == {(Stage.UNDER_WAY, Stage.CLOSING), (Stage.CLOSING, Stage.DONE)}
    with pytest.raises(NotNow):
        domain.check_move("done", "under_way")


@pytest.mark.parametrize(
    ("occasions", "last", "days"),
    [
        (1, None, [(Moment.FIRST, date(2026, 3, 3))]),
        (2, date(2026, 9, 1), [(Moment.FIRST, date(2026, 3, 3))]),
        (3, date(2026, 3, 22), [(Moment.FIRST, date(2026, 3, 3)), (Moment.MIDWAY, date(2026, 3, 12))]),
        (3, None, [(Moment.FIRST, date(2026, 3, 3)), (Moment.MIDWAY, date(2026, 5, 31))]),
        (None, date(2028, 3, 1), [(Moment.FIRST, date(2026, 3, 3)), (Moment.MIDWAY, date(2027, 3, 2))]),
        # A last day that has passed is none to be half-way to.
        (3, date(2026, 1, 1), [(Moment.FIRST, date(2026, 3, 3)), (Moment.MIDWAY, date(2026, 5, 31))]),
    ],
)
def test_one_talks_after_the_first_time_and_half_way(occasions, last, days):
    assert domain.check_in_days(occasions=occasions, first=DAY, last=last) == days


def test_who_tells_their_own_story_is_called_within_two_days_and_the_unit_alone_is_waited_for():
    days = domain.check_in_days(occasions=3, first=DAY, last=DAY + timedelta(days=2), tells_story=True)
    assert days == [
        (Moment.FIRST, date(2026, 3, 3)),
        (Moment.CALL, date(2026, 3, 4)),
        (Moment.MIDWAY, date(2026, 3, 5)),
    ]
    assert domain.waited_for("call") == {"host"}
    assert domain.waited_for("first") == {"host", "person"}


@given(
    st.one_of(st.none(), st.integers(1, 100)),
    st.dates(date(2020, 1, 1), date(2040, 1, 1)),
    st.one_of(st.none(), st.dates(date(2019, 1, 1), date(2045, 1, 1))),
    st.booleans(),
)
def test_check_ins_lie_after_the_first_time_each_on_a_day_of_its_own(occasions, first, last, tells_story):
    found = domain.check_in_days(occasions=occasions, first=first, last=last, tells_story=tells_story)
    days = [day for _moment, day in found]
    assert all(day > first for day in days)
    assert len(set(days)) == len(days) in ((2, 3) if tells_story else (1, 2))


def test_the_host_tells_by_the_promised_day_or_after_half_a_year_and_a_standing_group_each_year():
    asked = domain.tell_by
    assert asked(is_standing=False, told_back_on=date(2026, 6, 1), begun_on=DAY) == date(2026, 6, 1)
    assert asked(is_standing=False, told_back_on=None, begun_on=DAY) == date(2026, 9, 2)
    assert asked(is_standing=True, told_back_on=date(2026, 6, 1), begun_on=DAY) is None
    assert domain.later_by(date(2026, 8, 31)) == date(2027, 2, 28)


@pytest.mark.parametrize(("days", "number"), [(-1, None), (0, 0), (13, 0), (14, 1), (28, 2), (167, 11), (168, None)])
def test_the_host_is_reminded_once_a_fortnight_and_not_for_ever(days, number):
    assert domain.reminder_to_tell(DAY, DAY + timedelta(days=days)) == number


@pytest.mark.parametrize(
    ("number", "has_host", "asked"), [(0, True, False), (1, True, False), (2, True, True), (0, False, True)]
)
def test_the_coordinator_is_asked_from_the_third_time_or_where_nobody_is_host(number, has_host, asked):
    assert domain.asks_coordinator(number, has_host=has_host) is asked


@given(st.lists(st.tuples(st.integers(0, 200), st.booleans())))
def test_nobody_is_closed_as_silent_who_was_asked_once(waits):
    for days, asked_again in waits:
        step = domain.asking(timedelta(days=days), asked_again=asked_again)
        assert (step == "close") == (asked_again and days >= 14)
        assert (step == "wait") == (days < 14)


def test_it_is_done_when_nobody_is_waited_for():
    assert domain.is_done([])
    assert domain.is_done(["yes", "no", "no_answer"])
    assert not domain.is_done(["yes", ""])
