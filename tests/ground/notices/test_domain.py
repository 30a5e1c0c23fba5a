"""How soon, and when: the law of the digest."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samskapa.ground.core.domain import Pace, Topic
from samskapa.ground.notices.domain import HOURS, Wishes, next_digest

STOCKHOLM = ZoneInfo("Europe/Stockholm")
NEWS = Topic(key="news", title="Nytt", what="", pace=Pace.DAILY)
WAITS = Topic(key="waits", title="Väntar", what="", pace=Pace.AT_ONCE, choices=(Pace.AT_ONCE, Pace.DAILY), fixed="Så")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=STOCKHOLM)


@pytest.mark.parametrize(
    ("pace", "now", "expected"),
    [
        (Pace.DAILY, "2026-11-25T06:59", "2026-11-25T07:00"),
        (Pace.DAILY, "2026-11-25T07:00", "2026-11-26T07:00"),  # what comes on the stroke waits for the next
        (Pace.DAILY, "2026-12-31T22:00", "2027-01-01T07:00"),
        (Pace.WEEKLY, "2026-11-25T06:59", "2026-11-30T07:00"),  # a Wednesday; the Monday after
        (Pace.WEEKLY, "2026-11-30T06:59", "2026-11-30T07:00"),
        (Pace.WEEKLY, "2026-11-30T07:00", "2026-12-07T07:00"),
        (Pace.DAILY, "2026-03-28T12:00", "2026-03-29T07:00"),  # summer time begins in between
        (Pace.DAILY, "2026-10-24T12:00", "2026-10-25T07:00"),  # and ends
    ],
)
def test_it_comes_at_the_hour_and_on_the_day_that_were_chosen(pace, now, expected):
    assert next_digest(Wishes(), pace, at(now)) == at(expected)


@given(
    st.integers(0, 4 * 365 * 24 * 3600).map(
        lambda seconds: (datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)).astimezone(STOCKHOLM)
    ),
    st.sampled_from(list(HOURS)),
    st.integers(0, 6),
    st.sampled_from([Pace.DAILY, Pace.WEEKLY]),
)
def test_it_always_comes_later_on_the_hour_and_within_a_day_or_a_week(now, hour, weekday, pace):
    found = next_digest(Wishes(hour=hour, weekday=weekday), pace, now)
    waits = found.astimezone(UTC) - now.astimezone(UTC)
    assert timedelta(0) < waits <= timedelta(days=7 if pace is Pace.WEEKLY else 1, hours=1)
    assert (found.hour, found.minute, found.second) == (hour, 0, 0)
    assert pace is Pace.DAILY or found.weekday() == weekday


def test_a_choice_for_one_matter_goes_before_that_for_its_topic():
    wishes = Wishes(chosen={("news", ""): Pace.WEEKLY, ("news", "a:1"): Pace.AT_ONCE})
    assert [wishes.pace(NEWS, matter) for matter in ("", "a:1", "a:2")] == [Pace.WEEKLY, Pace.AT_ONCE, Pace.WEEKLY]
    assert Wishes().pace(NEWS, "a:1") is Pace.DAILY


def test_what_a_topic_does_not_offer_is_as_usual():
    assert Wishes(chosen={("waits", ""): Pace.NEVER}).pace(WAITS) is Pace.AT_ONCE


def test_without_a_digest_what_can_wait_is_not_mailed_and_what_must_be_known_goes_alone():
    stopped = Wishes(is_stopped=True, chosen={("waits", ""): Pace.DAILY})
    assert stopped.pace(NEWS) is Pace.NEVER
    assert stopped.pace(WAITS) is Pace.AT_ONCE
    assert Wishes(is_stopped=True, chosen={("news", ""): Pace.AT_ONCE}).pace(NEWS) is Pace.AT_ONCE


def test_to_somebody_without_an_address_a_letter_goes_once_a_week():
    assert Wishes(has_address=False).pace(NEWS) is Pace.WEEKLY
    assert Wishes(has_address=False).pace(WAITS) is Pace.AT_ONCE


def test_for_a_closed_account_nothing_waits():
    assert Wishes(is_active=False, chosen={("news", ""): Pace.NEVER}).pace(NEWS) is Pace.AT_ONCE
