"""Starting a resource group: purpose before method, saved as one goes, two at once, and what there is at the end."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from samskapa.cocreate.assignments.domain import State
from samskapa.cocreate.assignments.models import Assignment
from samskapa.cocreate.pool.models import Group
from samskapa.cocreate.starting import queries, services
from samskapa.cocreate.starting.domain import (
    BY_KEY,
    LATEST_LOOK_BACK,
    ChangedMeanwhile,
    Finished,
    PurposeFirst,
    Thought,
    Unwritten,
    thoughts,
)
from samskapa.cocreate.starting.models import Saved, Start
from samskapa.ground.core.domain import Actor
from samskapa.ground.organisations.domain import Kind, Role, WrongPlace
from samskapa.ground.organisations.models import Node, RoleGrant
from tests.factories.organisations import NOW, actor_for, log_in, make_node
from tests.factories.pool import make_group

pytestmark = pytest.mark.django_db

#: What is written in each step, where a test says nothing else.
WRITTEN: dict[str, dict[str, Any]] = {
    "purpose": {"purpose": "Kallelser som ingen behöver ringa och fråga om."},
    "together": {"patients": 2, "together": "Två från strokeföreningen."},
    "relation": {"relation": "Alla har samordnarens nummer."},
    "respect": {"respect": "En medlem får ordet först."},
    "words": {"about": "Vi är några som vill göra vården bättre."},
    "hosting": {"hosting": "Någon möter i entrén."},
    "trying": {"first_try": "Tre läser våra kallelser.", "look_back_on": NOW.date() + timedelta(days=60)},
    "pay": {"pay": "Regionens riktlinje gäller."},
    "form": {"name": "Resursgruppen", "lowest_age": 18, "is_open": True},
    "need": {"need_title": "Vad ska stå i kallelsen?", "need_why": "Fyra av tio ringer och frågar."},
}


def make_place() -> tuple[Node, Actor]:
    node = make_node(Kind.REGION)
    return node, actor_for(role=Role.COORDINATOR, node=node)


def write(node: Node, by: Actor, *keys: str, based_on: int = 0, **changes: Any) -> Start:
    start = None
    for key in keys or BY_KEY:
        values = WRITTEN[key] | {name: value for name, value in changes.items() if name in BY_KEY[key].columns}
        start = services.save_step(node, key, values, based_on=based_on, by=by, now=NOW)
    assert start is not None
    return start


def url(node: Node, key: str = "") -> str:
    return reverse("starting:step", args=[node.pk, key]) if key else reverse("starting:start", args=[node.pk])


def as_coordinator(client, coordinator: Actor) -> None:
    grant = RoleGrant.objects.get(person_id=coordinator.person_id, role=Role.COORDINATOR)
    log_in(client, grant.person, grant)


def test_purpose_comes_before_method():
    node, by = make_place()
    for key in ("trying", "need"):
        with pytest.raises(PurposeFirst):
            write(node, by, key)
    write(node, by, "purpose", "trying", "need")
    assert set(Saved.objects.values_list("key", flat=True)) == {"purpose", "trying", "need"}


def test_two_who_write_lose_nothing_and_the_same_twice_is_once():
    node, by = make_place()
    other = actor_for(role=Role.COORDINATOR, node=node)
    for who in (by, other):
        write(node, who, "purpose")
    assert Saved.objects.get().version == 1
    with pytest.raises(ChangedMeanwhile) as refused:
        write(node, other, "purpose", purpose="Något annat.")
    assert refused.value.version == 1
    write(node, other, "purpose", based_on=1, purpose="Något annat.")
    assert (Start.objects.get().purpose, Saved.objects.get().version) == ("Något annat.", 2)


def test_it_ends_with_a_group_its_page_the_form_and_a_first_assignment_in_draft():
    node, by = make_place()
    write(node, by)
    start = services.finish(node, by=by, now=NOW)
    assert services.finish(node, by=by, now=NOW).need_id == start.need_id
    group, need = Group.objects.get(), Assignment.objects.get()
    said = (group.node, group.name, group.about, group.pay, group.lowest_age, group.is_open)
    about, pay = WRITTEN["words"]["about"], "Regionens riktlinje gäller."
    assert said == (node, "Resursgruppen", about, pay, 18, True)
    assert (need.area, need.unit, need.state, need.title) == (node, None, State.NEED, "Vad ska stå i kallelsen?")
    assert need.why == "Fyra av tio ringer och frågar."
    assert (start.group, start.need, start.finished_at) == (group, need, NOW)
    with pytest.raises(Finished):
        write(node, by, "purpose", based_on=1, purpose="Nytt.")


@pytest.mark.parametrize("left_out", ["purpose", "words", "form", "need"])
def test_without_what_is_needed_nothing_is_made(left_out):
    node, by = make_place()
    keys = [key for key in BY_KEY if key not in {left_out, *(k for k in BY_KEY if BY_KEY[k].after == left_out)}]
    write(node, by, *keys)
    with pytest.raises(Unwritten) as refused:
        services.finish(node, by=by, now=NOW)
    assert left_out in refused.value.args[0]
    assert (Group.objects.count(), Assignment.objects.count()) == (0, 0)
    with pytest.raises(IntegrityError), transaction.atomic():
        Start.objects.update(finished_at=NOW)


def test_only_where_somebody_can_be_a_member():
    unit = make_node(Kind.UNIT)
    with pytest.raises(WrongPlace):
        write(unit, actor_for(role=Role.COORDINATOR, node=unit), "purpose")


TODAY = date(2027, 1, 10)
ALL = {column: value for values in WRITTEN.values() for column, value in values.items()}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"look_back_on": TODAY}, []),
        ({"patients": 0, "look_back_on": TODAY}, [("together", Thought.NO_PATIENTS)]),
        ({"hosting": "", "look_back_on": TODAY}, [("hosting", Thought.LEFT_OUT)]),
        ({"about": "Du kan erhålla stöd.", "look_back_on": TODAY}, [("words", Thought.NOT_PLAIN)]),
        ({"look_back_on": None}, [("trying", Thought.NO_LOOK_BACK)]),
        ({"look_back_on": TODAY - timedelta(days=1)}, [("trying", Thought.PAST_LOOK_BACK)]),
        ({"look_back_on": TODAY + LATEST_LOOK_BACK}, []),
        ({"look_back_on": TODAY + LATEST_LOOK_BACK + timedelta(days=1)}, [("trying", Thought.LATE_LOOK_BACK)]),
        ({"first_try": "", "look_back_on": TODAY}, [("trying", Thought.LEFT_OUT)]),
        ({"pay": "", "look_back_on": TODAY}, [("pay", Thought.NO_PAY)]),
    ],
)
def test_what_is_worth_a_thought_is_told_and_stops_nobody(change, expected):
    assert thoughts(ALL | change, TODAY) == expected


# --- the pages ------------------------------------------------------------------------------------


def test_from_the_desk_to_a_group_and_its_first_assignment(client):
    node, coordinator = make_place()
    as_coordinator(client, coordinator)
    assert url(node) in client.get(reverse("pages:desk")).content.decode()
    assert "Vad ska gruppen vara till för?" in client.get(url(node)).content.decode()
    last = (timezone.localdate() + timedelta(days=60)).isoformat()
    for key, values in WRITTEN.items():
        assert client.get(url(node, key)).status_code == 200
        sent = values | ({"look_back_on": last} if key == "trying" else {}) | {"version": "0", "onwards": "1"}
        saved = client.post(url(node, key), sent)
        assert saved.status_code == 302, (key, saved.content.decode()[:3000])
    assert "Skapa gruppen" in client.get(url(node)).content.decode()
    client.post(url(node))
    done = client.get(url(node)).content.decode()
    need = Assignment.objects.get()
    for link in (reverse("assignments:need", args=[need.pk]), reverse("pool:group", args=[node.pk])):
        assert link in done
    assert "Regionens riktlinje gäller." in client.get(reverse("pool:group", args=[node.pk])).content.decode()
    assert client.get(reverse("assignments:need", args=[need.pk])).status_code == 200
    assert client.get(url(node, "purpose"))["Location"] == url(node)


def test_it_can_be_left_and_gone_on_with(client):
    node, coordinator = make_place()
    write(node, coordinator, "purpose", "together")
    as_coordinator(client, actor_for(role=Role.COORDINATOR, node=node))
    page = client.get(url(node)).content.decode()
    assert WRITTEN["purpose"]["purpose"] in page
    assert url(node, "relation") in page
    assert client.post(url(node)).status_code == 422
    assert WRITTEN["purpose"]["purpose"] in client.get(url(node, "trying")).content.decode()


def test_hard_words_are_shown_after_saving_and_stop_nobody(client):
    node, coordinator = make_place()
    as_coordinator(client, coordinator)
    hard = client.post(
        url(node, "words"), {"version": "0", "onwards": "1", "about": "Ni kan erhålla stöd."}, follow=True
    )
    assert "”erhålla” kan bli ”få”." in hard.content.decode()
    again = client.post(url(node, "words"), {"version": "1", "onwards": "1", "about": "Ni kan få stöd."})
    assert again["Location"] == url(node, "hosting")


@pytest.mark.parametrize(
    ("key", "typed", "told"),
    [
        ("purpose", {"purpose": "19121212-1212 Zebrafink"}, "personnummer"),
        ("trying", {"first_try": "Zebrafink", "look_back_on": "2020-01-01"}, "Den dagen har varit."),
        ("together", {"patients": "-1", "together": "Zebrafink"}, "Skriv"),
        ("form", {"name": "", "lowest_age": "18"}, "Det här behöver vi svar på."),
    ],
)
def test_what_is_wrong_is_told_and_what_was_typed_is_kept(client, key, typed, told):
    node, coordinator = make_place()
    write(node, coordinator, "purpose")
    as_coordinator(client, coordinator)
    again = client.post(url(node, key), {"version": "1" if key == "purpose" else "0"} | typed)
    text = again.content.decode()
    assert (again.status_code, told in text) == (422, True)
    assert all(value in text for value in typed.values())


def test_the_second_of_two_windows_sees_both(client):
    node, coordinator = make_place()
    as_coordinator(client, coordinator)
    write(node, coordinator, "relation", relation="Den andras ord.")
    both = client.post(url(node, "relation"), {"version": "0", "relation": "Mina ord."})
    text = both.content.decode()
    assert (both.status_code, "Den andras ord." in text, "Mina ord." in text) == (409, True, True)
    assert client.post(url(node, "relation"), {"version": "1", "relation": "Båda."}).status_code == 302
    assert Start.objects.get().relation == "Båda."


def test_where_there_is_a_group_already_its_own_pages_take_over(client):
    group, coordinator = make_group()
    as_coordinator(client, coordinator)
    for page in (url(group.node), url(group.node, "purpose")):
        assert client.get(page, follow=True).redirect_chain[-1][0] == reverse("pool:group", args=[group.node_id])


def test_a_group_made_meanwhile_in_another_way_is_kept(client):
    node, coordinator = make_place()
    write(node, coordinator)
    make_group(node, coordinator=coordinator)
    as_coordinator(client, coordinator)
    assert client.post(url(node))["Location"] == reverse("pool:group", args=[node.pk])
    assert (Group.objects.count(), Assignment.objects.count()) == (1, 0)


def test_the_page_costs_the_same_however_much_is_written(client):
    node, coordinator = make_place()
    as_coordinator(client, coordinator)
    write(node, coordinator, "purpose")
    counts = []
    for _round in range(2):
        client.get(url(node))
        with CaptureQueriesContext(connection) as asked:
            client.get(url(node))
        counts.append(len(asked))
        write(node, coordinator, *[key for key in BY_KEY if key != "purpose"])
    assert counts[0] == counts[1], counts
    assert queries.start_of(node) is not None
