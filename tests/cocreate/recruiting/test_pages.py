"""The coordinators' pages: the plan, posters and links, and what stands on them."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samskapa.cocreate.pool.models import Member
from samskapa.cocreate.recruiting.models import Channel, Sought, Text
from samskapa.cocreate.recruiting.services import channels, planning
from samskapa.ground.core.domain import Actor
from samskapa.ground.organisations.domain import Kind, Role
from samskapa.ground.organisations.models import Node, RoleGrant
from samskapa.ground.people.models import Person
from tests.factories.organisations import NOW, log_in, make_node
from tests.factories.people import make_person
from tests.factories.pool import make_group, make_member
from tests.factories.recruiting import CHANNEL, ROW, make_channel, make_sought

pytestmark = pytest.mark.django_db
GIVEN = {"audience": "young", "place": "student_council", "how": "Tio minuter på ett möte.", "version": "1"}
MADE = {"name": "Affisch, biblioteket", "kind": "poster", "audience": "men"}


def url(name: str, *args) -> str:
    return reverse(f"recruiting:{name}", args=args)


@pytest.fixture
def group_and_by(client):
    group, by = make_group(lowest_age=16)
    grant = RoleGrant.objects.get(person_id=by.person_id, role=Role.COORDINATOR)
    log_in(client, grant.person, grant)
    return group, by


def page(client, address: str) -> str:
    shown = client.get(address)
    assert shown.status_code == 200
    return shown.content.decode()


def test_from_whom_one_misses_to_a_row_that_is_done(client, group_and_by):
    group, _by = group_and_by
    place = group.node_id
    assert "Inget är planerat än" in page(client, url("plan", place))
    whom = page(client, url("audience", place, "young"))
    assert all(text in whom for text in ("Ungdomsmottagningen", "Elevrådet", "Fritidsgården", "Barnkonventionen"))
    address = f"{url('add', place)}?audience=young&amp;place=student_council"
    assert address in whom
    form = page(client, address.replace("&amp;", "&"))
    assert "Be om tio minuter på ett möte." in form
    assert client.post(url("add", place), GIVEN)["Location"] == url("plan", place)
    row = Sought.objects.get()
    shown = page(client, url("plan", place))
    assert "Unga, 13 till 17 år: Elevrådet" in shown
    assert "Tio minuter på ett möte." in shown
    client.post(url("done", row.pk))
    assert "Allt i planen är gjort." in page(client, url("plan", place))
    client.post(url("done", row.pk), {"undo": "1"})
    client.post(url("remove", row.pk))
    assert "Inget är planerat än" in page(client, url("plan", place))
    assert "Den här raden har tagits bort ur planen" in page(client, url("change", row.pk))


def test_what_is_missing_leads_to_where_and_how_and_into_the_plan(client, group_and_by, settings):
    group, by = group_and_by
    assert "Det som saknas i gruppen" not in page(client, url("plan", group.node_id))
    settings.SLOTS = settings.SLOTS | {"missing_in_group": ["tests.factories.recruiting.what_is_missing"]}
    there = make_node(Kind.MUNICIPALITY)
    Node.objects.filter(pk=there.pk).update(code="0780")
    make_sought(group, by)
    shown = page(client, url("plan", group.node_id))
    young, men = url("audience", group.node_id, "young"), url("audience", group.node_id, "men")
    assert f'<a href="{young}">16 till 17 år, 13 till 15 år</a> <span class="soft">(i planen)</span>' in shown
    assert f'<a href="{men}">Män</a></li>' in shown
    lives = f"{url('audience', group.node_id, 'municipality')}?municipality={there.pk}"
    assert f'<a href="{lives}">{there.name}</a></li>' in shown
    assert f"Bor du i {there.name}?" in page(client, lives)
    start = page(client, f"{url('add', group.node_id)}?audience=municipality&place=shop&municipality={there.pk}")
    assert f'<option value="{there.pk}" selected>' in start
    make_sought(group, by, audience="municipality", municipality_id=there.pk)
    assert page(client, url("plan", group.node_id)).count("(i planen)") == 2


@pytest.mark.parametrize("wrong", ["", "x", "99999999999999999999", "-1", "²"])
def test_a_municipality_that_is_none_is_passed_over(client, group_and_by, wrong):
    group, _by = group_and_by
    for address in (url("audience", group.node_id, "municipality"), url("add", group.node_id)):
        assert client.get(address, {"audience": "municipality", "municipality": wrong}).status_code == 200


def test_a_group_for_adults_says_so_before_it_looks_for_the_young(client):
    group, by = make_group(lowest_age=18)
    grant = RoleGrant.objects.get(person_id=by.person_id, role=Role.COORDINATOR)
    log_in(client, grant.person, grant)
    assert "I den här gruppen är man minst 18 år" in page(client, url("audience", group.node_id, "young"))
    assert "I den här gruppen är man minst" not in page(client, url("audience", group.node_id, "men"))


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"how": ""}, "Skriv hur ni gör."),
        ({"how": "Ring 19121212-1212"}, "ser ut som ett personnummer"),
        ({"by_day": "3026-01-01"}, "Skriv ett datum"),
        ({"by_day": "2199-01-01"}, "Det är mer än två år dit. Stämmer årtalet?"),
        ({"done_on": "2199-01-01"}, "Den dagen har inte varit än."),
        ({"by_day": "snart"}, "snart"),
        ({"audience": "municipality"}, "Välj vilken kommun."),
        ({"audience": ""}, "Välj vilka ni söker."),
        ({"doer_id": "17x"}, "17x"),
    ],
)
def test_what_is_wrong_in_a_row_is_told_where_it_was_typed_and_nothing_typed_is_lost(client, group_and_by, typed, told):
    group, _by = group_and_by
    if "3026" in typed.get("by_day", ""):
        told = "3026-01-01"
    again = client.post(url("add", group.node_id), GIVEN | {"note": "Glöm inte fikat"} | typed)
    text = again.content.decode()
    assert (again.status_code, told in text, "Glöm inte fikat" in text) == (422, True, True)
    assert Sought.objects.count() == 0


def test_two_windows_in_a_row_of_the_plan_see_both(client, group_and_by):
    group, by = group_and_by
    row = make_sought(group, by)
    planning.change_sought(row, ROW | {"note": "Tre kom."}, based_on=1, by=by, now=NOW)
    both = client.post(url("change", row.pk), GIVEN | {"note": "Ingen kom."})
    text = both.content.decode()
    assert (both.status_code, "Tre kom." in text, "Ingen kom." in text) == (409, True, True)
    assert client.post(url("change", row.pk), GIVEN | {"note": "Tre kom.", "version": "2"}).status_code == 302


def test_a_row_that_another_took_out_meanwhile_is_not_lost(client, group_and_by):
    group, by = group_and_by
    row = planning.remove_sought(make_sought(group, by), by=by, now=NOW)
    told = client.post(url("change", row.pk), GIVEN)
    assert (told.status_code, "Spara, så är den med igen." in told.content.decode()) == (409, True)
    client.post(url("change", row.pk), GIVEN | {"version": "2"})
    assert (Sought.objects.get().removed_at, Sought.objects.get().how) == (None, GIVEN["how"])


def test_who_did_it_stays_although_the_role_has_ended(client, group_and_by):
    group, by = group_and_by
    row = make_sought(group, by, doer_id=make_person("Förra Samordnaren").pk)
    assert "Förra Samordnaren" in page(client, url("change", row.pk))
    client.post(url("change", row.pk), GIVEN | {"doer_id": str(row.doer_id)})
    assert Sought.objects.get().doer_id == row.doer_id


def test_from_a_name_to_a_poster_with_its_link_and_texts(client, group_and_by):
    group, by = group_and_by
    Person.objects.filter(pk=by.person_id).update(phone="000-00 00 01")
    assert "Affisch, vårdcentralen Ekliden" in page(client, url("make", group.node_id))
    step = client.post(url("make", group.node_id), MADE | {"contact_id": str(by.person_id)})
    channel = Channel.objects.get()
    assert step["Location"] == url("channel", channel.pk)
    shown = page(client, step["Location"])
    assert f"/g/{channel.code}" in shown
    assert all(
        text in shown for text in ("Vi behöver fler män", "Du kan säga nej varje gång", "000-00", "skriv ut affischen")
    )
    assert "Affisch, biblioteket" in page(client, url("channels", group.node_id))
    written = {"heading": "Hallå där", "body": "Vi behöver dig.", "version": "0"}
    assert client.post(url("text", channel.pk, "notice"), written)["Location"] == url("channel", channel.pk)
    assert "Vi behöver dig." in page(client, url("channel", channel.pk))
    client.post(url("close", channel.pk))
    assert "Den är undanlagd." in page(client, url("channel", channel.pk))
    client.post(url("close", channel.pk), {"undo": "1"})
    assert Channel.objects.get().closed_at is None


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"name": ""}, "Skriv ett namn."),
        ({"name": "x" * 121}, "Skriv högst 120 tecken."),
        ({"name": CHANNEL["name"]}, "Det finns redan en med det namnet."),
        ({"name": "19121212-1212"}, "ser ut som ett personnummer"),
        ({"kind": "rymdskepp"}, "rymdskepp"),
    ],
)
def test_what_is_wrong_in_a_channel_is_told_where_it_was_typed(client, group_and_by, typed, told):
    group, by = group_and_by
    make_channel(group, by)
    again = client.post(url("make", group.node_id), MADE | typed)
    text = again.content.decode()
    assert (again.status_code, told in text) == (422, True)
    assert all(value in text for value in typed.values())
    assert Channel.objects.count() == 1


def test_two_windows_of_a_channel_and_of_its_text_see_both(client, group_and_by):
    group, by = group_and_by
    channel = make_channel(group, by)
    channels.change_channel(channel, CHANNEL | {"name": "Majas namn"}, based_on=1, by=by, now=NOW)
    both = client.post(url("change_channel", channel.pk), MADE | {"name": "Jonas namn", "version": "1"})
    text = both.content.decode()
    assert (both.status_code, "Majas namn" in text, "Jonas namn" in text) == (409, True, True)
    said = {"heading": "Majas rubrik", "body": "Majas text", "version": "0"}
    client.post(url("text", channel.pk, "letter"), said)
    both = client.post(url("text", channel.pk, "letter"), {"heading": "Jonas rubrik", "body": "Ny", "version": "0"})
    text = both.content.decode()
    assert (both.status_code, "Majas text" in text, "Jonas rubrik" in text) == (409, True, True)
    client.post(url("text", channel.pk, "letter"), {"heading": "Båda", "body": "Ny", "version": "1"})
    assert Text.objects.get().heading == "Båda"


def test_without_a_number_to_call_the_page_says_so(client, group_and_by):
    channel = make_channel(*group_and_by)
    assert "Det finns inget telefonnummer att ringa." in page(client, url("channel", channel.pk))


def test_the_plan_is_reached_from_the_members_and_from_the_desk(client, group_and_by):
    group, _by = group_and_by
    here = url("plan", group.node_id)
    assert here in page(client, reverse("pool:members", args=[group.node_id]))
    assert here in page(client, reverse("pages:desk"))


def test_coordinators_elsewhere_see_nothing_of_it(client, group_and_by):
    group, by = make_group()
    for address in (url("plan", group.node_id), url("channel", make_channel(group, by).pk)):
        assert client.get(address).status_code == 404


def test_the_pages_ask_as_often_for_much_as_for_little(client, group_and_by):
    group, by = group_and_by
    channel, row = make_channel(group, by), make_sought(group, by)
    addresses = [
        url("plan", group.node_id),
        url("audience", group.node_id, "young"),
        url("add", group.node_id),
        url("channels", group.node_id),
        url("make", group.node_id),
        url("channel", channel.pk),
        url("change_channel", channel.pk),
        url("text", channel.pk, "notice"),
        url("change", row.pk),
        url("arrive", channel.code),
    ]
    counts = []
    for size in (1, 2):
        found = {}
        for address in addresses:
            client.get(address)  # so that what is kept for a while is kept for both
            with CaptureQueriesContext(connection) as queries:
                assert client.get(address).status_code == 200
            found[address] = len(queries)
        counts.append(found)
        for number in range(25):
            place = make_node(Kind.MUNICIPALITY)
            there = {"audience": "municipality", "municipality_id": place.pk}
            other = make_channel(group, by, name=f"Affisch {size}-{number}", contact_id=by.person_id, **there)
            make_sought(group, by, doer_id=by.person_id, how=f"Sätt {size}-{number}", **there)
            channels.count_opened(other, by=Actor(), now=NOW)
            member = make_member(group, coordinator=by)
            Member.objects.filter(pk=member.pk).update(came_by=other.code if number % 2 else channel.code)
            channels.count_opened(channel, by=Actor(), now=NOW)
    assert counts[0] == counts[1]
    assert max(counts[1].values()) < 25
