"""Check-ins noted by both and reminded of; whether each promise was kept, asked of both."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from samskapa.cocreate.assignments.services.applying import withdraw
from samskapa.cocreate.underway import jobs, queries
from samskapa.cocreate.underway.domain import BadDay, NotNow, SaidAlready, Side
from samskapa.cocreate.underway.models import CheckIn, CheckInNote, Promise
from samskapa.cocreate.underway.queries.desk import own_rows
from samskapa.cocreate.underway.queries.promises import promise_rows
from samskapa.cocreate.underway.services import checking_in
from samskapa.ground.core.models import AuditEntry
from tests.factories.assignments import host_of, representative_of
from tests.factories.organisations import NOW
from tests.factories.underway import BEGUN, mails, under_way

from .test_pages import as_host, as_representative

pytestmark = pytest.mark.django_db


def on(day) -> datetime:
    return datetime.combine(day, time(9), tzinfo=NOW.tzinfo)


def first_of(agreement) -> CheckIn:
    return CheckIn.objects.get(agreement=agreement, moment="first")


def note(check_in: CheckIn, side: Side, text: str = "Det går bra.", **more):
    agreement = check_in.agreement
    by = host_of(agreement.root) if side is Side.HOST else representative_of(agreement)
    values = {"goes_well": "yes", "by": by, "now": on(check_in.due_on)}
    return checking_in.note_check_in(check_in, side=side, text=text, **(values | more))


def run(day) -> None:
    jobs.check_ins.func(now=on(day))


def test_both_are_reminded_on_the_day_and_a_week_later_and_no_more():
    (agreement,) = under_way()
    day = first_of(agreement).due_on
    both = {agreement.application.person_id, agreement.root.created_by_id}
    run(day - timedelta(days=1))
    assert mails("check_in") == []
    for days in (0, 0, 3):
        run(day + timedelta(days=days))
    assert [{mail.recipient_id for mail in mails("check_in")}, len(mails("check_in"))] == [both, 2]
    for days in (7, 7, 20, 40):
        run(day + timedelta(days=days))
    assert len(mails("check_in")) == 4


def test_only_who_has_not_noted_is_reminded():
    (agreement,) = under_way()
    check_in = first_of(agreement)
    note(check_in, Side.PERSON)
    run(check_in.due_on)
    assert [mail.recipient_id for mail in mails("check_in")] == [agreement.root.created_by_id]
    note(check_in, Side.HOST)
    assert check_in.pk not in queries.check_ins_due(check_in.due_on + timedelta(days=7))


def test_each_side_notes_once_and_the_other_is_told():
    (agreement,) = under_way()
    check_in = first_of(agreement)
    one = note(check_in, Side.PERSON, " Materialet kom sent. ")
    assert one.text == "Materialet kom sent."
    assert note(check_in, Side.PERSON, "Materialet kom sent.").pk == one.pk
    with pytest.raises(SaidAlready):
        note(check_in, Side.PERSON, "Det kom i tid.")
    note(check_in, Side.HOST)
    assert [mail.recipient_id for mail in mails("check_in_noted")] == [
        agreement.root.created_by_id,
        agreement.application.person_id,
    ]
    assert [mail.params["is_both"] for mail in mails("check_in_noted")] == [False, True]


def test_a_day_is_moved_until_somebody_has_noted_and_the_other_is_told():
    (agreement,) = under_way()
    check_in, midway = CheckIn.objects.order_by("due_on")
    day = check_in.due_on + timedelta(days=3)
    move = {"by": representative_of(agreement), "now": BEGUN}
    for _press in range(2):
        checking_in.move_check_in(check_in, day=day, **move)
    assert CheckIn.objects.get(pk=check_in.pk).due_on == day
    assert [mail.recipient_id for mail in mails("check_in_day")] == [agreement.root.created_by_id]
    with pytest.raises(BadDay):
        checking_in.move_check_in(check_in, day=midway.due_on, **move)
    with pytest.raises(BadDay):
        checking_in.move_check_in(check_in, day=timezone.localdate(BEGUN) - timedelta(days=1), **move)
    note(check_in, Side.HOST)
    with pytest.raises(SaidAlready):
        checking_in.move_check_in(check_in, day=day + timedelta(days=1), **move)


def test_one_more_is_put_in_once_for_a_day():
    (agreement,) = under_way()
    day = timezone.localdate(BEGUN) + timedelta(days=5)
    added = [
        checking_in.add_check_in(agreement, day=day, by=host_of(agreement.root), now=BEGUN).pk for _press in range(2)
    ]
    assert added[0] == added[1]
    assert CheckIn.objects.filter(moment="extra").count() == 1
    assert [mail.recipient_id for mail in mails("check_in_day")] == [agreement.application.person_id]


def test_who_has_left_is_not_reminded_and_does_not_note():
    one, _two = under_way(2)
    check_in = first_of(one)
    withdraw(one.application, by=representative_of(one), now=BEGUN)
    run(check_in.due_on)
    assert one.application.person_id not in {mail.recipient_id for mail in mails("check_in")}
    with pytest.raises(NotNow):
        note(check_in, Side.PERSON)
    assert CheckInNote.objects.count() == 0


# --- promise kept? --------------------------------------------------------------------------------


def say(agreement, said, side=Side.PERSON, now=BEGUN):
    by = host_of(agreement.root) if side is Side.HOST else representative_of(agreement)
    return checking_in.say_promises(agreement, said=said, side=side, by=by, now=now)


def test_each_point_of_the_version_is_asked_of_both_and_each_sees_the_other():
    (agreement,) = under_way()
    rows = promise_rows(agreement)
    assert len(rows) == 13  # a longer assignment's draft
    line = rows[0].line_id
    say(agreement, {line: ("partly", " Materialet kom sent. ")})
    say(agreement, {line: ("yes", "")}, Side.HOST)
    row = promise_rows(agreement)[0]
    assert (row.person.kept, row.person.word, row.host.kept) == ("partly", "Materialet kom sent.", "yes")
    assert all(other.person is None and other.host is None for other in promise_rows(agreement)[1:])


def test_the_same_again_is_nothing_and_another_word_is_a_new_row():
    (agreement,) = under_way()
    line = promise_rows(agreement)[0].line_id
    assert len(say(agreement, {line: ("no", "Ingen ringde.")})) == 1
    assert say(agreement, {line: ("no", "Ingen ringde.")}) == []
    say(agreement, {line: ("yes", "Nu ringde de.")})
    assert list(Promise.objects.order_by("pk").values_list("kept", flat=True)) == ["no", "yes"]
    assert promise_rows(agreement)[0].person.kept == "yes"
    assert AuditEntry.objects.filter(action="underway.promises_said").count() == 2


def test_points_of_others_are_left_out():
    one, two = under_way(2)
    personal = {row.line_id for row in promise_rows(two)} - {row.line_id for row in promise_rows(one)}
    assert len(personal) == 2  # pay and access stand in each one's own agreement
    assert say(one, dict.fromkeys(personal, ("yes", ""))) == []


def test_the_database_refuses_to_rewrite_what_was_said_of_a_promise():
    (agreement,) = under_way()
    (promise,) = say(agreement, {promise_rows(agreement)[0].line_id: ("no", "Ingen ringde.")})
    with pytest.raises(IntegrityError), transaction.atomic():
        Promise.objects.filter(pk=promise.pk).update(kept="yes")
    with pytest.raises(IntegrityError), transaction.atomic():
        Promise.objects.all().delete()


# --- a call afterwards ----------------------------------------------------------------------------


def test_who_tells_their_story_is_called_the_unit_is_reminded_and_both_see_that_it_was_done(client):
    assert not CheckIn.objects.filter(agreement=under_way()[0], moment="call").exists()
    (agreement,) = under_way(names=("Anna Ek",), contribution={"contribution": "own_story"})
    call = CheckIn.objects.get(agreement=agreement, moment="call")
    assert call.due_on - first_of(agreement).due_on == timedelta(days=1)
    # Only the unit is waited for: on the day, and a week later.
    note(first_of(agreement), Side.PERSON)
    note(first_of(agreement), Side.HOST)
    host = agreement.root.created_by_id
    own = {"path": f"/uppdrag/avstamning/{call.pk}/"}
    for days in (0, 0, 7):
        run(call.due_on + timedelta(days=days))
    found = [mail for mail in mails("check_in") if mail.params["path"] == own["path"]]
    assert [(mail.recipient_id, mail.params["is_call"]) for mail in found] == [(host, True), (host, True)]
    assert own_rows([agreement.pk], call.due_on)[agreement.pk].todo == ""
    # The representative reads, and does not note.
    CheckIn.objects.filter(pk=call.pk).update(due_on=timezone.localdate())
    call.refresh_from_db()
    url, work = reverse("underway:check_in", args=[call.pk]), reverse("underway:work", args=[agreement.root_id])
    as_representative(client, agreement)
    assert "Verksamheten ringer dig" in client.get(url).content.decode()
    assert client.post(url, {"goes_well": "yes"}).status_code == 403
    with pytest.raises(NotNow):
        note(call, Side.PERSON)
    as_host(client, agreement)
    assert "Ring Anna Ek och fråga hur det känns." in client.get(work).content.decode()
    assert client.post(url, {"goes_well": "yes", "text": "Det kändes bra."}).status_code == 302
    assert call.pk not in queries.check_ins_due(call.due_on)
    assert "Ring Anna Ek" not in client.get(work).content.decode()
    (told,) = [mail for mail in mails("check_in_noted") if mail.params["is_call"]]
    assert told.recipient_id == agreement.application.person_id
    as_representative(client, agreement)
    assert "Verksamheten har ringt." in client.get(work).content.decode()
    assert "Det kändes bra." in client.get(url).content.decode()
