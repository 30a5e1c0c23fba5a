"""A month is counted once, whole or not at all, and never changes; the unit has its say before others see it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from samskapa.ground.core.domain import SYSTEM, Actor
from samskapa.ground.core.models import AuditEntry, Event
from samskapa.ground.figures import jobs, queries
from samskapa.ground.figures.domain import (
    NoSuchMonth,
    NothingSaid,
    NotOver,
    TooLate,
    months_due,
    read_month,
)
from samskapa.ground.figures.models import Comment, Figure, Snapshot
from samskapa.ground.figures.services import freeze_month, say_of_figures
from samskapa.ground.organisations.domain import Kind
from tests.factories.figures import MONTH, make_month, published
from tests.factories.organisations import make_node

pytestmark = pytest.mark.django_db
APRIL = datetime(2024, 4, 1, 3, tzinfo=UTC)


@pytest.fixture
def places():
    nation = make_node(Kind.NATION)
    regions = [make_node(Kind.REGION, name, nation) for name in ("Region A", "Region B", "Region C")]
    unit = make_node(Kind.UNIT, "Enheten", regions[0])
    return nation, *regions, unit


def rows(snapshot) -> dict[tuple[int, str, str], tuple[int, bool]]:
    found = Figure.objects.filter(snapshot=snapshot, measure="published")
    return {(f.node_id, f.feature, f.part): (f.count, f.is_hidden) for f in found}


def test_a_month_is_summed_up_the_tree_with_what_is_hidden(places):
    nation, a, b, c, unit = (node.pk for node in places)
    snapshot = make_month(published=[published(unit, 2), published(b, 7), published(c, 9, way="research")])
    assert (snapshot.month, snapshot.shown_on) == (MONTH, date(2024, 4, 15))
    found = rows(snapshot)
    assert found[nation, "", ""] == (18, False)
    assert (found[a, "", ""], found[unit, "", ""]) == ((2, True), (2, True))
    # Region B is hidden with it, or the nation less the two others would tell.
    assert (found[b, "", ""], found[c, "", ""]) == ((7, True), (9, False))
    assert found[c, "contribution", "research"] == (9, False)
    assert (c, "contribution", "workshop") not in found  # a zero is told, and has no row


def test_below_a_small_total_a_zero_is_not_told(places):
    _nation, a, b, _c, unit = places
    other = make_node(Kind.UNIT, "Den andra", a)
    snapshot = make_month(published=[published(unit.pk, 2), published(b.pk, 30)])
    assert rows(snapshot)[other.pk, "", ""] == (0, True)
    shown = queries.tables_of(snapshot, other.pk, is_own=False)[0]
    assert shown.total.shown.count is None
    assert {line.shown.count for table in shown.tables for line in table.lines} == {None}


def test_a_second_time_changes_nothing(places):
    unit = places[-1]
    first = make_month(published=[published(unit.pk, 8)])
    second = make_month(published=[published(unit.pk, 99)])
    assert first == second
    assert rows(second)[unit.pk, "", ""] == (8, False)
    assert AuditEntry.objects.filter(action="figures.frozen").count() == 1
    assert Event.objects.filter(name="figures.frozen").values_list("payload", flat=True).get() == {
        "snapshot_id": first.pk
    }


def test_who_is_killed_halfway_leaves_nothing_and_the_month_is_done_later(places, settings):
    """The last measure fails, as if the process had gone: no row of the first ones stays."""

    def gone(first, until):
        raise SystemExit

    settings.FIGURES = settings.FIGURES | {"told_back": (settings.FIGURES["told_back"][0], f"{__name__}.gone")}
    globals()["gone"] = gone
    with pytest.raises(SystemExit), transaction.atomic():
        make_month(published=[published(places[-1].pk, 8)])
    assert (Snapshot.objects.count(), Figure.objects.count()) == (0, 0)
    globals()["gone"] = lambda first, until: []
    assert rows(make_month(published=[published(places[-1].pk, 8)]))[places[-1].pk, "", ""] == (8, False)


def test_a_month_that_goes_on_cannot_be_frozen():
    last_evening = datetime(2024, 3, 31, 21, 59, tzinfo=UTC)  # one minute to midnight in Sweden
    with pytest.raises(NotOver):
        freeze_month(MONTH, by=SYSTEM, now=last_evening)
    assert freeze_month(MONTH, by=SYSTEM, now=last_evening + timedelta(minutes=1)).month == MONTH


@pytest.mark.parametrize("table", ["snapshot", "figure"])
@pytest.mark.parametrize("deed", ["UPDATE figures_{0} SET id = id + 1000", "DELETE FROM figures_{0}"])
def test_what_is_frozen_cannot_be_changed(places, table, deed):
    make_month(published=[published(places[-1].pk, 8)])
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(deed.format(table))


def test_the_database_refuses_a_small_count_that_is_told(places):
    snapshot = make_month()
    with pytest.raises(IntegrityError), transaction.atomic():
        Figure.objects.create(snapshot=snapshot, measure="published", node_id=1, count=4, is_hidden=False)


def test_the_job_freezes_last_month_first_and_then_every_month_that_was_missed(places):
    jobs.freeze.call(now=APRIL)
    assert list(Snapshot.objects.values_list("month", flat=True)) == [MONTH]
    jobs.freeze.call(now=APRIL)
    jobs.freeze.call(now=datetime(2024, 7, 2, tzinfo=UTC))
    assert [f"{month:%m}" for month in Snapshot.objects.order_by("month").values_list("month", flat=True)] == [
        "03", "04", "05", "06",
    ]  # fmt: skip


def test_months_due_over_the_turn_of_the_year():
    assert months_due(date(2025, 1, 1), newest=date(2024, 10, 1)) == [date(2024, 11, 1), date(2024, 12, 1)]
    assert months_due(date(2025, 1, 31), newest=None) == [date(2024, 12, 1)]
    assert months_due(date(2024, 12, 31), newest=date(2024, 11, 1)) == []


@pytest.mark.parametrize("text", ["2024-13", "2024-3", "24-03", "", "2024-03-01", "2024-03x", "٢٠٢٤-٠٣"])
def test_only_a_month_is_a_month(text):
    with pytest.raises(NoSuchMonth):
        read_month(text)
    assert read_month("2024-03") == MONTH


# --- what the unit says ---------------------------------------------------------------------------


def test_the_newest_words_count_and_the_same_words_again_change_nothing(places):
    unit, by = places[-1].pk, Actor(person_id=7, role="host", node_id=1, node_path="1.")
    snapshot = make_month()
    first = say_of_figures(snapshot, unit, text=" Vi hade stängt. ", by=by, now=APRIL)
    assert say_of_figures(snapshot, unit, text="Vi hade stängt.", by=by, now=APRIL) == first
    say_of_figures(snapshot, unit, text="Vi hade stängt i mars.", by=by, now=APRIL)
    assert queries.comment_on(snapshot, unit).text == "Vi hade stängt i mars."
    assert (Comment.objects.count(), queries.comment_on(snapshot, unit + 1)) == (2, None)
    entry = AuditEntry.objects.filter(action="figures.commented").first()
    assert (entry.person_id, entry.details) == (7, {"node": unit})  # who and about what, never the words


def test_when_everybody_sees_it_is_too_late_to_say_something_new(places):
    snapshot, by = make_month(), Actor(person_id=7)
    shown = datetime(2024, 4, 14, 22, tzinfo=UTC)  # midnight in Sweden
    said = say_of_figures(snapshot, 1, text="Så här var det.", by=by, now=shown - timedelta(seconds=1))
    with pytest.raises(TooLate):
        say_of_figures(snapshot, 1, text="Nej, så här.", by=by, now=shown)
    # The same button pressed again leads where it led.
    assert say_of_figures(snapshot, 1, text="Så här var det.", by=by, now=shown) == said
    with pytest.raises(NothingSaid):
        say_of_figures(snapshot, 1, text="  ", by=by, now=APRIL)
