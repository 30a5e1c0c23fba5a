"""Fixed days from the question about time to the public page, the feeds and the agreement."""

from __future__ import annotations

import json
import threading
from datetime import date, time, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone, translation

from samskapa.cocreate.assignments.domain import ChangedMeanwhile, Locked
from samskapa.cocreate.assignments.domain.days import MOST_DAYS, DayAndHours, WrongDays, as_rows
from samskapa.cocreate.assignments.models import Assignment, FixedDay, PartRevision
from samskapa.cocreate.assignments.queries import need as queries
from samskapa.cocreate.assignments.queries.draft_words import Ground, text_of
from samskapa.cocreate.assignments.services.need import restore_part, save_part
from samskapa.ground.agreements.domain import MAX_TEXT
from samskapa.ground.organisations.domain import Role
from tests.factories.assignments import ANSWERS, coordinator_for, make_need, make_open
from tests.factories.organisations import NOW, actor_for, log_in, make_grant, make_region_tree
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db
#: Of a page: the clock's own.
TODAY = timezone.localdate()
FIRST, SECOND = date(TODAY.year + 1, 10, 14), date(TODAY.year + 1, 10, 21)
DAYS = [DayAndHours(FIRST, time(13), time(15)), DayAndHours(SECOND, time(9, 30), time(11)), DayAndHours(SECOND)]
TIME = {"occasions": 3, "minutes_each": 90, "reading_minutes": 0, "when_text": "två veckor i oktober"}


@pytest.fixture
def host():
    return make_grant(make_person("Ulla Exempel"), Role.HOST, make_region_tree().unit)


def url(need: Assignment, key: str = "time") -> str:
    return reverse("assignments:need_part", args=[need.pk, key])


def begun(client, host) -> Assignment:
    log_in(client, host.person, host)
    return make_need(by=actor_for(host.person, host.role, host.node), unit=host.node)


def typed(**more: str) -> dict[str, str]:
    return {"version": "0", "occasions": "3", "minutes_each": "90", "reading_minutes": "0"} | more


def kept(need: Assignment) -> list[DayAndHours]:
    return queries.fixed_days_of(Assignment.objects.get(pk=need.pk))


# --- keeping them ---------------------------------------------------------------------------------


def test_days_are_kept_with_the_answer_about_time_and_in_its_revision():
    need = make_need()
    by = coordinator_for(need)
    part = save_part(need, "time", TIME | {"days": as_rows(DAYS)}, based_on=0, by=by, now=NOW)
    need.refresh_from_db()
    assert kept(need) == [DAYS[0], DAYS[2], DAYS[1]]
    assert need.starts_on == FIRST
    assert queries.values_of(need, "time") == TIME | {"days": as_rows(DAYS), "starts_on": FIRST}
    assert PartRevision.objects.get(part=part).values["days"] == [
        {"day": FIRST.isoformat(), "starts": "13:00", "ends": "15:00"},
        {"day": SECOND.isoformat(), "starts": "", "ends": ""},
        {"day": SECOND.isoformat(), "starts": "09:30", "ends": "11:00"},
    ]
    again = save_part(need, "time", TIME | {"days": as_rows(reversed(DAYS))}, based_on=1, by=by, now=NOW)
    assert again.version == 1  # it says so already
    save_part(need, "time", TIME | {"days": as_rows(DAYS[:1])}, based_on=1, by=by, now=NOW)
    assert kept(need) == DAYS[:1]
    save_part(need, "time", TIME, based_on=2, by=by, now=NOW)
    need.refresh_from_db()
    assert (kept(need), need.starts_on) == ([], None)
    restore_part(need, PartRevision.objects.get(part=part, version=1), based_on=3, by=by, now=NOW)
    need.refresh_from_db()
    assert (len(kept(need)), need.starts_on) == (3, FIRST)


def test_another_answer_leaves_the_days_alone():
    need = make_need()
    by = coordinator_for(need)
    save_part(need, "time", TIME | {"days": as_rows(DAYS)}, based_on=0, by=by, now=NOW)
    save_part(need, "why", {"why": "Därför."}, based_on=0, by=by, now=NOW)
    assert len(kept(need)) == 3


def test_days_that_cannot_be_are_refused_and_nothing_is_written():
    need = make_need()
    many = as_rows(DayAndHours(FIRST + timedelta(days=number)) for number in range(MOST_DAYS + 1))
    for days in (many, [{"day": FIRST.isoformat(), "starts": "15:00", "ends": "13:00"}]):
        with pytest.raises(WrongDays):
            save_part(need, "time", TIME | {"days": days}, based_on=0, by=coordinator_for(need), now=NOW)
    assert not FixedDay.objects.exists()
    assert need.parts.get(key="time").version == 0


@pytest.mark.parametrize(
    "rows",
    [
        [(time(13), time(12))],
        [(time(13), time(13))],
        [(time(13), None)],
        [(None, time(13))],
        [(time(13), time(14)), (time(13), time(15))],
        [(None, None), (None, None)],
    ],
)
def test_the_table_refuses_what_no_day_can_be(rows):
    need = make_need()
    with pytest.raises(IntegrityError), transaction.atomic():
        FixedDay.objects.bulk_create(
            FixedDay(assignment=need, day=FIRST, starts=starts, ends=ends) for starts, ends in rows
        )


def test_more_days_than_occasions_is_a_thought_and_stops_nothing():
    need = make_need()
    by = coordinator_for(need)
    save_part(need, "time", TIME | {"occasions": 2, "days": as_rows(DAYS)}, based_on=0, by=by, now=NOW)
    found = queries.readiness_of(Assignment.objects.get(pk=need.pk), TODAY).of("time")
    assert [(each.code, each.severity.value) for each in found] == [("more_days", "advice")]
    save_part(need, "time", TIME | {"days": as_rows(DAYS)}, based_on=1, by=by, now=NOW)
    assert queries.readiness_of(Assignment.objects.get(pk=need.pk), TODAY).of("time") == ()


def test_once_published_the_days_stand_as_the_first_day_always_did():
    need = open_with_days(NOW)
    with pytest.raises(Locked):
        save_part(need, "time", TIME, based_on=1, by=coordinator_for(need), now=NOW)
    assert len(kept(need)) == 3


@pytest.mark.django_db(transaction=True)
def test_of_two_who_save_days_at_the_same_moment_one_is_kept_and_one_is_shown_it():
    need = make_need()
    by, ready, outcomes = coordinator_for(need), threading.Barrier(2), []

    def save(day: DayAndHours) -> None:
        try:
            ready.wait(timeout=10)
            save_part(need, "time", TIME | {"days": as_rows([day])}, based_on=0, by=by, now=NOW)
            outcomes.append(("kept", as_rows([day])))
        except ChangedMeanwhile as meanwhile:
            outcomes.append(("shown", meanwhile.theirs.values["days"]))
        finally:
            connection.close()

    threads = [threading.Thread(target=save, args=(day,)) for day in DAYS[:2]]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    stands = as_rows(kept(need))
    assert sorted(outcomes, key=lambda each: each[0]) == [("kept", stands), ("shown", stands)]
    assert Assignment.objects.get(pk=need.pk).starts_on.isoformat() == stands[0]["day"]


# --- the page of the question ---------------------------------------------------------------------


def test_days_are_written_as_one_writes_them_and_shown_back_in_words(client, host):
    need = begun(client, host)
    sent = typed(days=f"{SECOND.isoformat()} kl. 9.30-11\n14/10 {FIRST.year} 13-15")
    page = client.post(url(need), sent, follow=True).content.decode()
    assert kept(need) == [DAYS[0], DAYS[1]]
    assert "Så läser vi era dagar: " in page
    again = client.get(url(need)).context["form"]
    # With weekday and year: the same day whenever it is saved again. And the first day is not asked for twice.
    lines = again["days"].value()
    assert lines.splitlines()[0].endswith(f"14 oktober {FIRST.year} kl. 13–15")
    assert lines.splitlines()[1].endswith(f"21 oktober {FIRST.year} kl. 9.30–11.00")
    assert again["starts_on"].value() is None
    client.post(url(need), typed(version="1", days=lines))
    assert (kept(need), need.parts.get(key="time").version) == ([DAYS[0], DAYS[1]], 1)
    shown = client.get(reverse("assignments:need", args=[need.pk])).content.decode()
    assert f"14 oktober {FIRST.year} kl. 13–15" in shown
    assert "Börjar" not in shown


def test_each_line_that_is_not_understood_is_named_and_nothing_is_lost(client, host):
    need = begun(client, host)
    text = f"{FIRST.isoformat()} 13-15\n31 februari\nefter jul\n{FIRST.isoformat()} 15-13"
    answer = client.post(url(need), typed(days=text))
    assert answer.status_code == 422
    assert answer.context["form"]["days"].value() == text
    assert answer.context["form"].errors["days"] == [
        "Rad 2, ”31 februari”: den dagen finns inte.",
        "Rad 3, ”efter jul”: vi förstår inte vilken dag det är. Skriv till exempel 3 december 2026 13–15.",
        f"Rad 4, ”{FIRST.isoformat()} 15-13”: den slutar innan den har börjat.",
    ]
    page = answer.content.decode()
    assert "Så läser vi era dagar" in page
    assert f"14 oktober {FIRST.year} kl. 13–15</li>" in page
    assert not FixedDay.objects.exists()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("3 december 9999", "mer än fem år bort"),
        ("2020-02-02", "har redan varit"),
        ("\n".join(["3/12 13-15"] * 500), "Ni har skrivit 500 dagar"),
        (f"{FIRST.isoformat()}\n{FIRST.isoformat()}", "den börjar samma dag och tid som rad 1."),
        ("x" * 10_001, "Skriv högst 10000 tecken."),
        ("19121212-1212", "personnummer"),
        ("<script>alert(1)</script>", "vi förstår inte vilken dag det är"),
    ],
)
def test_bad_days_get_a_message_beside_the_field_and_keep_what_was_typed(client, host, text, says):
    need = begun(client, host)
    answer = client.post(url(need), typed(days=text))
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["days"]
    assert says in " ".join(answer.context["form"].errors["days"])
    assert answer.context["form"]["days"].value() == text
    assert "<script>alert" not in answer.content.decode()
    assert need.parts.get(key="time").version == 0


def test_a_first_day_that_is_not_the_first_of_the_days_is_asked_about(client, host):
    need = begun(client, host)
    before = (FIRST - timedelta(days=7)).isoformat()
    answer = client.post(url(need), typed(days=FIRST.isoformat(), starts_on=before))
    assert list(answer.context["form"].errors) == ["starts_on"]
    assert client.post(url(need), typed(days=FIRST.isoformat(), starts_on=FIRST.isoformat())).status_code == 302
    assert kept(need) == [DayAndHours(FIRST)]


def test_the_second_of_two_windows_sees_both_texts(client, host):
    need = begun(client, host)
    assert client.post(url(need), typed(days=f"{FIRST.isoformat()} 13-15")).status_code == 302
    second = client.post(url(need), typed(days=f"{SECOND.isoformat()}"))
    assert second.status_code == 409
    page = second.content.decode()
    assert f"14 oktober {FIRST.year} kl. 13–15" in page
    assert f"21 oktober {FIRST.year}" in page
    assert kept(need) == DAYS[:1]
    assert client.post(url(need), typed(version="1", days=f"{SECOND.isoformat()}")).status_code == 302
    assert kept(need) == [DayAndHours(SECOND)]


def test_the_short_version_takes_days_too(client, host):
    log_in(client, host.person, host)
    page = client.get(reverse("assignments:need_quick"))
    sent = {
        "form_key": page.context["form"].initial["form_key"],
        "unit": host.node_id,
        "title": "Vad ska stå i kallelsen?",
        **typed(days=f"{FIRST.isoformat()} 13-15\nfel"),
    }
    wrong = client.post(reverse("assignments:need_quick"), sent)
    assert wrong.status_code == 422
    assert "Rad 2, ”fel”" in wrong.content.decode()
    assert (
        client.post(reverse("assignments:need_quick"), sent | {"days": f"{FIRST.isoformat()} 13-15"}).status_code == 302
    )
    assert kept(Assignment.objects.get()) == DAYS[:1]


# --- where they are read --------------------------------------------------------------------------


def open_with_days(now) -> Assignment:
    result = ANSWERS["result"] | {"told_back_on": SECOND + timedelta(days=90)}
    return make_open(now=now, time=TIME | {"days": as_rows(DAYS)}, result=result)


def test_the_public_page_and_the_feeds_say_the_days(client):
    assignment = open_with_days(timezone.now())
    page = client.get(reverse("assignments:assignment", args=[assignment.pk])).content.decode()
    assert f"14 oktober {FIRST.year} kl. 13–15</li>" in page
    assert page.count(f"21 oktober {FIRST.year}") == 2
    assert "Börjar" not in page
    (row,) = client.get(reverse("assignments:open_json")).json()["assignments"]
    assert row["starts_on"] == FIRST.isoformat()
    assert row["days"] == [
        {"day": FIRST.isoformat(), "starts": "13:00", "ends": "15:00"},
        {"day": SECOND.isoformat(), "starts": None, "ends": None},
        {"day": SECOND.isoformat(), "starts": "09:30", "ends": "11:00"},
    ]
    assert json.dumps(row)
    feed = client.get(reverse("assignments:open_atom")).content.decode()
    assert "Dagar: " in feed
    assert f"14 oktober {FIRST.year} kl. 13–15, " in feed


def test_the_point_about_time_names_the_days_and_has_room_for_them():
    assignment = open_with_days(timezone.now())
    with translation.override("sv"):
        text = text_of("time_and_place", Ground(assignment, TODAY, fixed=queries.fixed_days_of(assignment)))
        assert "Dagarna är " in text
        assert f"14 oktober {FIRST.year} kl. 13–15, " in text
        assert "tidigast" not in text
        long = [DayAndHours(FIRST + timedelta(days=7 * each), time(13, 30), time(15, 30)) for each in range(MOST_DAYS)]
        assignment.when_text, assignment.form, assignment.place = "x " * 150, "place", "y " * 100
        text = text_of(
            "time_and_place", Ground(assignment, TODAY, fixed=long, together={"time": FIRST, "place": FIRST})
        )
        assert "och fler dagar som står i uppdraget." in text
        assert len(text) < MAX_TEXT - 200
        one = text_of("time_and_place", Ground(assignment, TODAY, fixed=DAYS[:1]))
        assert "Dagen är " in one
