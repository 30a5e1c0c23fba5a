"""A short link: from the poster to the group, and what is kept of how somebody came."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from samskapa.cocreate.pool.domain import Status
from samskapa.cocreate.pool.models import Member
from samskapa.cocreate.pool.queries.my_data import member_rows_of
from samskapa.cocreate.pool.services import joining
from samskapa.cocreate.pool.services.my_data import hide_member
from samskapa.cocreate.recruiting.models import Opened
from samskapa.cocreate.recruiting.services import channels
from samskapa.ground.core.domain import Actor
from samskapa.ground.organisations.domain import Role
from samskapa.ground.organisations.models import Node, RoleGrant
from tests.factories.organisations import NOW, log_in
from tests.factories.people import make_person
from tests.factories.pool import make_group, make_member
from tests.factories.protection import make_protected
from tests.factories.recruiting import make_channel

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture(autouse=True)
def nobody_has_come_before():
    cache.clear()


def opens(client, address: str, agent: str = FIREFOX, **more):
    return client.get(address, headers={"user-agent": agent, **more})


def times() -> int:
    return sum(Opened.objects.values_list("number", flat=True))


def link(channel) -> str:
    return reverse("recruiting:arrive", args=[channel.code])


def join(channel, **said) -> tuple[str, dict]:
    return reverse("pool:join", args=[channel.group.node_id]), {"via": channel.code, **said}


def test_the_link_leads_from_the_poster_to_the_sent_form_and_is_kept(client):
    group, by = make_group()
    channel = make_channel(group, by)
    assert link(channel) == f"/g/{channel.code}"
    page = opens(client, link(channel))
    address = f"{reverse('pool:join', args=[group.node_id])}?via={channel.code}"
    assert f'href="{address}"' in page.content.decode()
    assert (page["X-Robots-Tag"], times()) == ("noindex", 1)
    to_log_in = client.get(address)["Location"]
    assert f"via%3D{channel.code}" in to_log_in
    person = make_person()
    log_in(client, person)
    shown = client.get(address).content.decode()
    assert "Du kom hit via ”Affisch, ungdomsmottagningen”." in shown
    client.post(*join(channel))
    member = Member.objects.get()
    assert (member.came_by, member.status) == (channel.code, Status.BEGUN)


def test_opening_leaves_no_mark_on_whoever_opens(client):
    channel = make_channel(*make_group())
    page = opens(client, link(channel))
    assert "sessionid" not in page.cookies
    assert channel.code not in str(page.cookies)
    assert {field.name for field in Opened._meta.fields} == {"id", "channel", "day", "number"}


@pytest.mark.parametrize("typed", ["upper", "slash", "hyphen"])
def test_the_link_opens_however_it_is_typed(client, typed):
    channel = make_channel(*make_group())
    code = channel.code
    said = {"upper": code.upper(), "slash": f"{code}/", "hyphen": f"{code[:2]}-{code[2:]}"}[typed]
    assert opens(client, f"/g/{said}").status_code == 200


@pytest.mark.parametrize("wrong", ["aaaaa", "ccccc", "finns-inte", "c", "%C3%A5%C3%A4%C3%B6", "ccccc%00"])
def test_a_link_that_leads_nowhere_looks_like_any_other_missing_page(client, wrong):
    make_channel(*make_group())
    assert opens(client, f"/g/{wrong}").status_code == 404
    assert times() == 0


def test_programs_and_looking_ahead_see_the_page_and_are_not_counted(client):
    channel = make_channel(*make_group())
    for agent, more in [("Twitterbot/1.0", {}), ("", {}), (FIREFOX, {"sec-purpose": "prefetch"})]:
        assert opens(client, link(channel), agent, **more).status_code == 200
    assert client.head(link(channel), headers={"user-agent": FIREFOX}).status_code == 200
    assert client.post(link(channel), headers={"user-agent": FIREFOX}).status_code == 405
    assert times() == 0


def test_the_groups_coordinators_are_not_counted_and_other_members_are(client):
    group, by = make_group()
    channel = make_channel(group, by)
    grant = RoleGrant.objects.get(person_id=by.person_id, role=Role.COORDINATOR)
    log_in(client, grant.person, grant)
    opens(client, link(channel))
    assert times() == 0
    log_in(client, make_person())
    opens(client, link(channel))
    assert times() == 1


def test_too_much_from_one_address_is_not_counted_and_still_sees_the_page(client, settings):
    settings.RATE_LIMITS = settings.RATE_LIMITS | {"opened": "3/h/ip"}
    channel = make_channel(*make_group())
    assert [opens(client, link(channel)).status_code for _time in range(5)] == [200] * 5
    assert times() == 3


def test_a_link_put_away_still_leads_to_joining_and_counts(client):
    group, by = make_group()
    channel = channels.close_channel(make_channel(group, by), is_closed=True, by=by, now=NOW)
    assert opens(client, link(channel)).status_code == 200
    log_in(client, make_person())
    client.post(*join(channel))
    assert (times(), Member.objects.get().came_by) == (1, channel.code)


def test_the_link_of_a_place_that_is_closed_leads_nowhere(client):
    group, by = make_group()
    channel = make_channel(group, by)
    Node.objects.filter(pk=group.node_id).update(closed_at=NOW)
    assert opens(client, link(channel)).status_code == 404


def test_who_does_not_want_it_kept_joins_without(client):
    channel = make_channel(*make_group())
    log_in(client, make_person())
    client.post(*join(channel, leave_out="1"))
    assert Member.objects.get().came_by == ""


@pytest.mark.parametrize("whose", ["another group's", "nobody's"])
def test_a_code_that_is_not_the_groups_is_not_kept(client, whose):
    group, _by = make_group()
    other = make_channel(*make_group())
    log_in(client, make_person())
    address = reverse("pool:join", args=[group.node_id])
    code = other.code if whose == "another group's" else "x" * 5000
    assert "Hur du hittade oss" not in client.get(address, {"via": code}).content.decode()
    client.post(address, {"via": code})
    assert Member.objects.get().came_by == ""


def test_what_one_came_by_stands_on_ones_page_with_the_coordinators_and_in_ones_data(client):
    group, by = make_group()
    channel = make_channel(group, by)
    member = make_member(group, coordinator=by)
    Member.objects.update(came_by=channel.code)
    said = "till gruppen via ”Affisch, ungdomsmottagningen”"
    log_in(client, member.person)
    assert said in client.get(reverse("pool:mine", args=[group.node_id])).content.decode()
    grant = RoleGrant.objects.get(person_id=by.person_id, role=Role.COORDINATOR)
    log_in(client, grant.person, grant)
    assert said in client.get(reverse("pool:member", args=[member.pk])).content.decode()
    (row,) = member_rows_of(member.person_id)
    assert [fact.value for fact in row.facts if fact.key == "came_by"] == [channel.name]


def test_leaving_blanks_it_and_joining_again_keeps_what_one_then_came_by():
    group, by = make_group()
    channel, other = make_channel(group, by), make_channel(group, by, name="Annan")
    person = make_person()
    own = Actor(person_id=person.pk)
    member = joining.begin(group, came_by=channel.code, by=own, now=NOW)
    joining.leave(member, by=own, now=NOW)
    assert Member.objects.get().came_by == ""
    joining.begin(group, came_by=other.code, by=own, now=NOW)
    assert Member.objects.get().came_by == other.code
    joining.begin(group, came_by=channel.code, by=own, now=NOW)  # has begun already
    assert Member.objects.get().came_by == other.code


def test_it_goes_when_an_identity_is_protected_and_is_never_kept_of_who_is():
    group, by = make_group()
    channel = make_channel(group, by)
    member = make_member(group, coordinator=by)
    Member.objects.update(came_by=channel.code)
    hide_member(member.person, "", by=by, now=NOW)
    assert Member.objects.get().came_by == ""
    protected = make_protected(group.node, coordinator=member.contact, now=timezone.now())
    begun = joining.begin(group, came_by=channel.code, by=Actor(person_id=protected.pk), now=NOW)
    assert begun.came_by == ""
