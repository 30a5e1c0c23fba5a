"""The plan, posters and links: what is stored, what the second is told, and what the trail says."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from samskapa.cocreate.pool.domain import Status
from samskapa.cocreate.pool.queries.came_by import Brought, brought
from samskapa.cocreate.pool.services import joining
from samskapa.cocreate.recruiting.domain import ALPHABET, Audience, ChangedMeanwhile, NameTaken, Use
from samskapa.cocreate.recruiting.models import Channel, Opened, Sought, Text
from samskapa.cocreate.recruiting.queries.channels import channel_rows, channels_of, contact_of
from samskapa.cocreate.recruiting.queries.plan import next_of, plan_of
from samskapa.cocreate.recruiting.queries.texts import always, proposed, text_of
from samskapa.cocreate.recruiting.services import channels, planning
from samskapa.ground.core.domain import Actor
from samskapa.ground.core.models import AuditEntry
from samskapa.ground.organisations.domain import Kind, Role
from samskapa.ground.organisations.models import RoleGrant
from samskapa.ground.people.models import Person
from tests.factories.organisations import NOW, actor_for, make_node
from tests.factories.people import make_person
from tests.factories.pool import make_group, make_member
from tests.factories.recruiting import CHANNEL, ROW, make_channel, make_sought

pytestmark = pytest.mark.django_db
SOMEBODY = Actor()


def test_a_row_put_in_twice_is_in_once_and_the_trail_has_it_once():
    group, by = make_group()
    assert make_sought(group, by) == make_sought(group, by)
    assert Sought.objects.count() == 1
    assert AuditEntry.objects.filter(action="recruiting.sought_added").count() == 1
    make_sought(group, by, place="library", how="Sitt vid ett bord.")
    assert Sought.objects.count() == 2


def test_of_two_who_change_a_row_the_second_is_told_and_the_same_is_no_change():
    group, by = make_group()
    row = make_sought(group, by)
    first = planning.change_sought(row, ROW | {"note": "Tre kom."}, based_on=1, by=by, now=NOW)
    with pytest.raises(ChangedMeanwhile) as told:
        planning.change_sought(row, ROW | {"note": "Ingen kom."}, based_on=1, by=by, now=NOW)
    assert told.value.version == first.version == 2
    again = planning.change_sought(row, ROW | {"note": "Tre kom."}, based_on=1, by=by, now=NOW)
    assert (again.note, again.version) == ("Tre kom.", 2)


def test_a_row_taken_out_is_told_to_whoever_writes_in_it_and_comes_back_when_saved():
    group, by = make_group()
    row = make_sought(group, by)
    planning.remove_sought(row, by=by, now=NOW)
    planning.remove_sought(row, by=by, now=NOW)
    assert list(plan_of(group)) == []
    assert AuditEntry.objects.filter(action="recruiting.sought_removed").count() == 1
    with pytest.raises(ChangedMeanwhile):
        planning.change_sought(row, ROW | {"note": "Kvar"}, based_on=1, by=by, now=NOW)
    planning.change_sought(row, ROW | {"note": "Kvar"}, based_on=2, by=by, now=NOW)
    assert [each.note for each in plan_of(group)] == ["Kvar"]


def test_what_is_left_comes_first_by_its_day_and_the_first_day_of_done_stands():
    group, by = make_group()
    days = [None, date(2026, 12, 24), date(2026, 12, 1)]
    rows = [make_sought(group, by, by_day=day, how=f"Sätt {place}") for place, day in enumerate(days)]
    assert [row.pk for row in plan_of(group)] == [rows[2].pk, rows[1].pk, rows[0].pk]
    assert next_of(group) == rows[2]
    planning.set_done(rows[2], date(2026, 11, 30), by=by, now=NOW)
    assert planning.set_done(rows[2], date(2026, 12, 5), by=by, now=NOW).done_on == date(2026, 11, 30)
    assert [row.pk for row in plan_of(group)] == [rows[1].pk, rows[0].pk, rows[2].pk]
    assert planning.set_done(rows[2], None, by=by, now=NOW).done_on is None


@pytest.mark.parametrize(
    "wrong", [{"audience": "martians"}, {"place": "moon"}, {"how": ""}, {"audience": "municipality"}]
)
def test_the_table_refuses_a_row_that_says_nothing(wrong):
    group, by = make_group()
    with pytest.raises(IntegrityError), transaction.atomic():
        make_sought(group, by, **wrong)


def test_a_municipality_goes_with_those_who_live_in_one_and_nobody_else():
    group, by = make_group()
    place = make_node(Kind.MUNICIPALITY, parent=group.node)
    assert make_sought(group, by, audience="municipality", municipality_id=place.pk).municipality == place
    with pytest.raises(IntegrityError), transaction.atomic():
        make_channel(group, by, municipality_id=place.pk)


def test_each_channel_has_a_code_of_its_own_and_two_clicks_make_one():
    group, by = make_group()
    one, same = make_channel(group, by), make_channel(group, by)
    assert one == same
    other = make_channel(group, by, name="Affisch, biblioteket")
    assert one.code != other.code
    assert set(one.code + other.code) <= set(ALPHABET)


def test_another_channel_of_that_name_is_refused_also_when_one_is_renamed():
    group, by = make_group()
    make_channel(group, by)
    with pytest.raises(NameTaken):
        make_channel(group, by, kind="letter")
    other = make_channel(group, by, name="Annan")
    with pytest.raises(NameTaken):
        channels.change_channel(other, CHANNEL, based_on=1, by=by, now=NOW)
    assert make_channel(make_group()[0], by).name == CHANNEL["name"]  # in another group


def test_a_changed_channel_keeps_its_code_and_the_second_is_told():
    group, by = make_group()
    one = make_channel(group, by)
    changed = channels.change_channel(one, CHANNEL | {"name": "Ny"}, based_on=1, by=by, now=NOW)
    assert (changed.name, changed.code) == ("Ny", one.code)
    with pytest.raises(ChangedMeanwhile):
        channels.change_channel(one, CHANNEL | {"name": "Nyare"}, based_on=1, by=by, now=NOW)


def test_a_text_is_what_is_proposed_until_somebody_writes_another():
    group, by = make_group(lowest_age=16)
    one = make_channel(group, by)
    shown = text_of(one, Use.NOTICE)
    assert (shown.heading, shown.version) == ("Vad skulle du ändra på?", 0)
    assert "Du går med i Resursgruppen." in shown.body
    channels.save_text(one, Use.NOTICE, heading="Hallå", body="Kom!", based_on=0, by=by, now=NOW)
    assert (text_of(one, Use.NOTICE).body, text_of(one, Use.LETTER).version) == ("Kom!", 0)
    with pytest.raises(ChangedMeanwhile) as told:
        channels.save_text(one, Use.NOTICE, heading="Hej", body="Nej", based_on=0, by=by, now=NOW)
    assert told.value.version == 1
    assert Text.objects.count() == 1


@pytest.mark.parametrize("audience", Audience)
@pytest.mark.parametrize("use", Use)
def test_every_proposed_text_is_whole_and_fits_where_it_is_kept(audience, use):
    group, by = make_group()
    text = proposed(group, audience, "Björkviken", use)
    assert "%(" not in text.heading + text.body
    channels.save_text(make_channel(group, by), use, heading=text.heading, body=text.body, based_on=0, by=by, now=NOW)
    assert len(text.heading) <= 80
    assert len(text.body) <= 1500


def test_what_is_always_said_cannot_be_written_away():
    group, by = make_group(lowest_age=16, pay="Vi betalar arvode.")
    person = Person.objects.get(pk=by.person_id)
    Person.objects.filter(pk=person.pk).update(phone="000-00 00 01", name="Maja Öberg")
    one = make_channel(group, by)
    assert always(group, contact_of(one)) == [
        "Det är frivilligt. Du kan säga nej varje gång, och behöver inte säga varför.",
        "Du behöver inte berätta någon diagnos.",
        "Du får betalt. Vi betalar arvode.",
        "Du är minst 16 år. Är du under arton säger en vårdnadshavare också ja.",
        "Undrar du något? Ring Maja Öberg, 000-00\N{NO-BREAK SPACE}00\N{NO-BREAK SPACE}01.",
    ]
    group.pay, group.lowest_age = "Ett långt stycke.\nOch ett till.", 18
    assert always(group, None)[2:] == [
        "Du får betalt. Fråga oss hur mycket.",
        f"Undrar du något? Fråga efter resursgruppens samordnare på {group.node.name}.",
    ]


def test_one_calls_who_is_chosen_while_they_run_the_group_and_then_another():
    group, by = make_group()
    other = actor_for(role=Role.COORDINATOR, node=group.node)
    one = make_channel(group, by, contact_id=other.person_id)
    assert contact_of(one).pk == other.person_id
    RoleGrant.objects.filter(person=other.person_id).update(ended_at=NOW)
    assert contact_of(one).pk == by.person_id
    RoleGrant.objects.filter(person=by.person_id).update(ended_at=NOW)
    assert contact_of(one) is None


def test_opening_is_counted_by_day_and_not_for_those_who_run_the_group():
    group, by = make_group()
    one = make_channel(group, by)
    for later in (0, 0, 1):
        channels.count_opened(one, by=SOMEBODY, now=NOW + timedelta(days=later))
    channels.count_opened(one, by=by, now=NOW)
    assert list(Opened.objects.order_by("day").values_list("number", flat=True)) == [2, 1]
    assert channels_of(group).get().times == 3


def test_what_a_channel_has_brought_is_counted_where_each_stands():
    group, by = make_group()
    one, other = make_channel(group, by), make_channel(group, by, name="Annan")
    for status in (Status.BEGUN, Status.INTERESTED, Status.WELCOMED, Status.ACTIVE):
        member = make_member(group, coordinator=by, status=status)
        type(member).objects.filter(pk=member.pk).update(came_by=one.code)
    resting = make_member(group, coordinator=by)
    joining.rest(resting, by=Actor(person_id=resting.person_id), now=NOW)
    gone = make_member(group, coordinator=by)
    type(gone).objects.filter(pk__in=[resting.pk, gone.pk]).update(came_by=one.code)
    joining.leave(gone, by=Actor(person_id=gone.person_id), now=NOW)
    rows = {row.channel: row for row in channel_rows(group, list(channels_of(group)))}
    assert rows[one].brought == Brought(begun=5, sent=4, welcomed=3)
    assert rows[other].brought == Brought()
    assert brought(make_group()[0], [one.code]) == {one.code: Brought()}


def test_a_channel_put_away_is_last_and_can_be_used_again():
    group, by = make_group()
    one = make_channel(group, by)
    make_channel(group, by, name="Äldre", now=NOW - timedelta(days=9))
    assert channels_of(group).first() == one
    channels.close_channel(one, is_closed=True, by=by, now=NOW)
    channels.close_channel(one, is_closed=True, by=by, now=NOW + timedelta(days=1))
    assert (channels_of(group).last(), Channel.objects.get(pk=one.pk).closed_at) == (one, NOW)
    channels.close_channel(one, is_closed=False, by=by, now=NOW)
    assert Channel.objects.get(pk=one.pk).closed_at is None


def test_a_person_has_what_they_took_on_in_their_data():
    from samskapa.cocreate.recruiting.queries.my_data import recruiting_rows_of

    group, by = make_group()
    doer = make_person()
    make_sought(group, by, doer_id=doer.pk)
    make_channel(group, by, contact_id=doer.pk)
    assert [row.facts[1].value for row in recruiting_rows_of(doer.pk)] == ["Unga, 13 till 17 år", CHANNEL["name"]]
    assert recruiting_rows_of(by.person_id) == []
