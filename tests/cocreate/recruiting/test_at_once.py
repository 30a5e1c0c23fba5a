"""Two at the same moment: nothing is counted away, and the second is told."""

from __future__ import annotations

import pytest

from samskapa.cocreate.recruiting.domain import ChangedMeanwhile, NameTaken, Use
from samskapa.cocreate.recruiting.models import Channel, Opened, Sought
from samskapa.cocreate.recruiting.services import channels, planning
from samskapa.ground.core.domain import Actor
from tests.factories.organisations import NOW
from tests.factories.pool import make_group
from tests.factories.recruiting import ROW, make_channel, make_sought
from tests.factories.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_open_the_first_link_of_the_day_and_both_are_counted():
    group, by = make_group()
    one = make_channel(group, by)
    results = at_once(*[lambda: channels.count_opened(one, by=Actor(), now=NOW)] * 4)
    assert results == [None] * 4
    assert Opened.objects.get().number == 4


def test_two_make_a_channel_of_the_same_name_and_the_second_is_told():
    group, by = make_group()
    results = at_once(lambda: make_channel(group, by), lambda: make_channel(group, by, kind="letter"))
    assert sorted(type(each) for each in results if not isinstance(each, Channel)) == [NameTaken]
    assert Channel.objects.count() == 1


def test_a_row_added_by_two_clicks_is_there_once():
    group, by = make_group()
    at_once(lambda: make_sought(group, by), lambda: make_sought(group, by))
    assert Sought.objects.count() == 1


def test_of_two_who_write_at_the_same_moment_the_second_is_told():
    group, by = make_group()
    row, one = make_sought(group, by), make_channel(group, by)

    def note(words: str):
        return planning.change_sought(row, ROW | {"note": words}, based_on=1, by=by, now=NOW)

    def write(words: str):
        return channels.save_text(one, Use.NOTICE, heading="Hej", body=words, based_on=0, by=by, now=NOW)

    for both in (
        at_once(lambda: note("Ett"), lambda: note("Två")),
        at_once(lambda: write("Ett"), lambda: write("Två")),
    ):
        assert [type(each) for each in both if isinstance(each, Exception)] == [ChangedMeanwhile]
