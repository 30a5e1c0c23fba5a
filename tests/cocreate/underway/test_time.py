"""The time it took: noted by whose it is, shown as a sum beside what was agreed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from samskapa.cocreate.assignments.models import Agreement
from samskapa.cocreate.assignments.services.applying import withdraw
from samskapa.cocreate.underway.domain import BadDay, NotedAlready, NotNow, SaidAlready
from samskapa.cocreate.underway.models import TimeNote
from samskapa.cocreate.underway.services import timing
from samskapa.ground.core.models import AuditEntry
from samskapa.ground.people.models import Person
from tests.factories.assignments import representative_of
from tests.factories.bulk import copy_of
from tests.factories.organisations import log_in
from tests.factories.underway import BEGUN, confirm, note, tell, under_way

from .test_pages import as_coordinator, as_host, as_representative, page, shown

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
TODAY = timezone.localdate(BEGUN)


def change(row: TimeNote, **more) -> TimeNote:
    values = {"day": row.day, "what": row.what, "quarters": row.quarters, "based_on": row.changes}
    return timing.change_time(row, **(values | {"by": representative_of(row.agreement), "now": BEGUN} | more))


def remove(row: TimeNote, **more) -> bool:
    return timing.remove_time(row, **({"based_on": 0, "by": representative_of(row.agreement), "now": BEGUN} | more))


def deeds() -> list[str]:
    found = AuditEntry.objects.filter(action__startswith="underway.time").order_by("pk")
    return [action.removeprefix("underway.time_") for action in found.values_list("action", flat=True)]


def test_a_day_has_one_row_of_each_kind_and_pressing_twice_makes_no_second():
    (agreement,) = under_way()
    assert note(agreement, "meeting", 6).pk == note(agreement, "meeting", 6).pk
    note(agreement, "travel", 1)
    with pytest.raises(NotedAlready):
        note(agreement, "meeting", 7)
    assert sorted(TimeNote.objects.values_list("what", "quarters")) == [("meeting", 6), ("travel", 1)]
    assert deeds() == ["noted", "noted"]


def test_a_row_is_changed_and_removed_once_and_an_old_window_does_not_write_over_a_newer_one():
    (agreement,) = under_way()
    old, other = note(agreement, "meeting", 6), note(agreement, "travel", 2)
    new = change(old, quarters=8)
    assert change(old, quarters=8).changes == new.changes == 1  # pressed twice
    for refused in (lambda: change(old, quarters=4), lambda: remove(old)):
        with pytest.raises(SaidAlready):
            refused()
    with pytest.raises(NotedAlready):
        change(new, what="travel")
    assert [remove(other), remove(other)] == [True, False]
    with pytest.raises(SaidAlready):
        change(other, quarters=3)
    assert list(TimeNote.objects.values_list("what", "quarters")) == [("meeting", 8)]
    assert deeds() == ["noted", "noted", "changed", "removed"]


def test_time_is_of_days_on_which_one_took_part_and_in_quarters_up_to_twelve_hours():
    (agreement,) = under_way()
    first = timezone.localdate(agreement.created_at)
    for day in (TODAY + DAY, first - DAY):
        with pytest.raises(BadDay):
            note(agreement, day=day)
    note(agreement, day=first, quarters=1)
    note(agreement, day=TODAY, quarters=48)
    for quarters in (0, 49):
        with pytest.raises(ValueError, match=str(quarters)):
            note(agreement, "other", quarters)
        with pytest.raises(IntegrityError), transaction.atomic():
            TimeNote.objects.update(quarters=quarters)
    Agreement.objects.update(ended_at=BEGUN)
    with pytest.raises(BadDay):
        note(agreement, day=TODAY + DAY, now=BEGUN + 2 * DAY)
    assert note(agreement, "reading", now=BEGUN + 2 * DAY).day == TODAY


def test_nothing_is_changed_when_the_work_is_done_or_one_has_left():
    one, two = under_way(2)
    row, left = note(one), note(two)
    withdraw(two.application, by=representative_of(two), now=BEGUN)
    tell(one)
    note(one, "other", 1)  # the host has told, and the work is not done
    confirm(one)
    for refused in (
        lambda: note(one, "travel"),
        lambda: change(row, quarters=1),
        lambda: remove(row),
        lambda: remove(left),
    ):
        with pytest.raises(NotNow):
            refused()
    assert TimeNote.objects.count() == 3


def test_the_unit_and_the_coordinator_see_the_sum_of_each_and_no_other_representative_does(client):
    one, two = under_way(2, names=("Anna Ek", "Bo Alm"))
    note(one, "meeting", 6)
    note(one, "reading", 3)
    url = page("work", one.root_id)
    for log, agreement, sums in (
        (as_host, one, ("Antecknad tid, Anna Ek: 2 timmar och 15 minuter", "Antecknad tid, Bo Alm: Inget antecknat")),
        (as_coordinator, one, ("Antecknad tid, Anna Ek: 2 timmar och 15 minuter",)),
        (as_representative, one, ("Antecknad tid: 2 timmar och 15 minuter",)),
        (as_representative, two, ("Antecknad tid: Inget antecknat",)),
    ):
        log(client, agreement)
        said = shown(client, url)
        assert "Avtalad tid: 6 timmar och 30 minuter" in said
        assert all(each in said for each in sums)
        assert ("2 timmar och 15 minuter" in said) is (agreement == one)
    as_host(client, one)
    assert client.get(page("time", one.pk)).status_code == 404
    as_representative(client, two)
    row = TimeNote.objects.first()
    assert client.get(page("time", one.pk)).status_code == 404
    # Another's row, in one's own page: it is not there.
    assert "Ändra en rad" not in shown(client, f"{page('time', two.pk)}?andra={row.pk}")
    client.post(page("time", two.pk), {"remove": "1", "note": row.pk, "based_on": 0})
    assert TimeNote.objects.count() == 2


def test_on_the_page_one_notes_changes_and_removes_and_nothing_typed_is_lost(client):
    (agreement,) = under_way()
    Agreement.objects.update(created_at=timezone.now() - 9 * DAY)
    as_representative(client, agreement)
    url, day = page("time", agreement.pk), timezone.localdate() - DAY
    wrong = client.post(url, {"day": "i går", "what": "meeting", "quarters": ""})
    assert wrong.status_code == 422
    assert 'value="i går"' in wrong.content.decode()
    assert "Välj hur lång tid det tog." in wrong.content.decode()
    given = {"day": day.isoformat(), "what": "meeting", "quarters": "6"}
    for _press in range(2):
        assert client.post(url, given).headers["Location"] == url
    row = TimeNote.objects.get()
    taken = client.post(url, given | {"quarters": "7"})
    assert (taken.status_code, "Du har redan antecknat sådan tid den dagen." in taken.content.decode()) == (422, True)
    form = client.get(f"{url}?andra={row.pk}").context["form"]
    window = {name: str(form[name].value()) for name in ("day", "what", "quarters", "note", "based_on")}
    assert window == given | {"note": str(row.pk), "based_on": "0"}
    assert client.post(url, window | {"quarters": "8"}).status_code == 302
    late = client.post(url, window | {"quarters": "2"})  # another window, that showed the row as it was
    assert (late.status_code, "ändrades i ett annat fönster" in late.content.decode()) == (422, True)
    again = {name: str(late.context["form"][name].value()) for name in window}
    assert again == window | {"quarters": "2", "based_on": "1"}
    client.post(url, {"remove": "1", "note": row.pk, "based_on": "0"})
    assert TimeNote.objects.get().quarters == 8
    client.post(url, again)
    assert TimeNote.objects.get().quarters == 2
    client.post(url, {"remove": "1", "note": row.pk, "based_on": "2"})
    gone = client.post(url, again)
    assert (gone.status_code, gone.context["form"]["note"].value()) == (422, "")
    assert TimeNote.objects.count() == 0


def test_the_page_costs_the_same_with_one_row_and_with_three_hundred(client):
    (agreement,) = under_way()
    first = note(agreement, quarters=2)
    log_in(client, Person.objects.get(pk=agreement.application.person_id))
    url = reverse("underway:time", args=[agreement.pk])
    client.get(url)
    counted = []
    for more in (0, 299):
        TimeNote.objects.bulk_create(
            copy_of(first, day=TODAY - n * DAY, agreement=agreement) for n in range(1, more + 1)
        )
        with CaptureQueriesContext(connection) as asked:
            said = client.get(url).content.decode()
        counted.append(len(asked))
    assert counted[0] == counted[1]
    assert "150 timmar" in said
