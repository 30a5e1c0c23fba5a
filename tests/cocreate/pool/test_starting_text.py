"""The starting text a group writes for its joining agreements: versions, two windows, nothing agreed is touched."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from samskapa.cocreate.pool.domain import GroupChangedMeanwhile, Status
from samskapa.cocreate.pool.domain.agreement import HOUSE, OWN_KEYS, SIDES, Worded, in_order
from samskapa.cocreate.pool.models import Revision, StartingPoint, StartingText
from samskapa.cocreate.pool.queries import agreement as agreements
from samskapa.cocreate.pool.queries.agreement_words import house_text
from samskapa.cocreate.pool.queries.starting_text import newest, points_of
from samskapa.cocreate.pool.services.starting_text import save_starting_text
from samskapa.ground.core.models import AuditEntry
from samskapa.ground.people.models import Person
from tests.factories.organisations import NOW
from tests.factories.pool import make_group, make_member

from .test_agreement import as_coordinator

KEYS = [*(line.key for line in HOUSE), *OWN_KEYS]


def changed(**texts: str) -> list[Worded]:
    """The house's text with other words; of a point of one's own the heading is "together"."""
    points = {point.key: point for point in house_text()}
    for key, text in texts.items():
        key = key.replace("_", "-")
        points[key] = Worded(key, points[key].heading if key in points else "together", text)
    return list(points.values())


def fields(**texts: str) -> dict[str, str]:
    """As the page sends them."""
    sent = {point.key: point.text for point in house_text()} | {"version": "0"}
    sent |= {f"{key}-heading": "together" for key in OWN_KEYS}
    return sent | {key.replace("_", "-"): text for key, text in texts.items()}


def drafted(agreement) -> list[tuple[str, str]]:
    rows = Revision.objects.filter(agreement=agreement).select_related("line").order_by("line__position")
    return [(row.line.heading, row.text) for row in rows]


worded = st.builds(Worded, st.sampled_from(KEYS), st.sampled_from(sorted(SIDES)), st.text(max_size=20))


@given(st.lists(worded, unique_by=lambda point: point.key), st.randoms())
def test_the_order_of_the_points_is_theirs_and_not_of_how_they_were_sent(points, chance):
    once = in_order(points)
    mixed = list(points)
    chance.shuffle(mixed)
    assert in_order(mixed) == once == in_order(once)
    assert all(point.text == point.text.strip() != "" for point in once)
    headings = [point.heading for point in once]
    assert headings == sorted(headings, key=list(SIDES).index)


@pytest.mark.django_db
def test_who_is_welcomed_afterwards_gets_it_and_what_is_there_already_is_not_changed():
    group, coordinator = make_group(pay="Arvode: 400 kr i timmen.")
    make_member(group, status=Status.WELCOMED, coordinator=coordinator)
    first = agreements.agreements().get()
    before = drafted(first)
    points = changed(
        contact="Ring [kontaktperson], alltid.", answers="", own_1="Vi ses på kansliet.", pay="Vi betalar."
    )
    save_starting_text(group, points, based_on=0, by=coordinator, now=NOW)
    second_member = make_member(group, status=Status.WELCOMED, coordinator=coordinator)
    second = agreements.agreements().get(root=second_member)
    texts = dict.fromkeys(text for _heading, text in drafted(second))
    name = Person.objects.get(pk=coordinator.person_id).name
    assert f"Ring {name}, alltid." in texts
    assert "Vi betalar.\n\nArvode: 400 kr i timmen." in texts
    assert not any(text.startswith("Du svarar när vi frågar") for text in texts)
    assert drafted(second)[-1] == ("Tillsammans", "Vi ses på kansliet.")
    assert second.lines.order_by("position").last().owner_side == "both"
    assert (len(drafted(second)), second.person_owes) == (12, 12)
    assert drafted(first) == before


@pytest.mark.django_db
def test_without_a_text_of_its_own_the_group_has_the_houses():
    group, coordinator = make_group()
    assert newest(group) is None
    assert points_of(None) == house_text()
    assert save_starting_text(group, reversed(house_text()), based_on=0, by=coordinator, now=NOW) is None
    assert StartingText.objects.count() == 0


@pytest.mark.django_db
def test_each_save_is_a_version_and_the_same_again_is_none():
    group, coordinator = make_group()
    by = {"by": coordinator, "now": NOW}
    one = save_starting_text(group, changed(answers="Svara gärna."), based_on=0, **by)
    again = save_starting_text(group, changed(answers=" Svara gärna. "), based_on=0, **by)  # a double click
    assert (one.pk, again.pk, one.number) == (again.pk, one.pk, 1)
    with pytest.raises(GroupChangedMeanwhile):
        save_starting_text(group, changed(answers="Svara."), based_on=0, **by)
    two = save_starting_text(group, changed(answers="Svara."), based_on=1, **by)
    assert (two.number, newest(group).pk) == (2, two.pk)
    assert StartingPoint.objects.filter(starting=one, key="answers").get().text == "Svara gärna."
    rows = AuditEntry.objects.filter(action="pool.starting_text_saved").order_by("pk")
    assert [(row.person_id, row.details["number"]) for row in rows] == [
        (coordinator.person_id, 1),
        (coordinator.person_id, 2),
    ]


@pytest.mark.django_db
def test_of_two_windows_the_later_one_sees_both_and_loses_nothing(client):
    group, coordinator = make_group()
    as_coordinator(client, coordinator)
    page = reverse("pool:starting_text", args=[group.node_id])
    assert client.post(page, fields(answers="Zebrafink")).status_code == 302
    late = client.post(page, fields(answers="Domherre", own_2="Vi fikar."))
    text = late.content.decode()
    assert late.status_code == 409
    assert all(word in text for word in ("Zebrafink", "Domherre", "Vi fikar.", "Någon annan sparade medan du skrev"))
    assert newest(group).number == 1
    sent = late.context["form"].data
    assert client.post(page, sent).status_code == 302
    texts = [point.text for point in points_of(newest(group))]
    assert (newest(group).number, "Domherre" in texts, "Vi fikar." in texts) == (2, True, True)


@pytest.mark.django_db
def test_what_cannot_be_saved_is_said_where_it_was_typed_and_all_stays(client):
    group, coordinator = make_group()
    as_coordinator(client, coordinator)
    page = reverse("pool:starting_text", args=[group.node_id])
    for wrong in ({"minor": ""}, {"answers": "19121212-1212"}, {"answers": "x" * 1001}):
        again = client.post(page, fields(own_1="Vi fikar.") | wrong)
        assert (again.status_code, "Vi fikar." in again.content.decode()) == (422, True)
        assert list(again.context["form"].errors) == list(wrong)
    nowhere = client.post(page, fields(own_1="Vi fikar.") | {"own-1-heading": ""})
    assert list(nowhere.context["form"].errors) == ["own-1-heading"]
    assert StartingText.objects.count() == 0


@pytest.mark.django_db
def test_the_page_shows_what_counts_and_what_counted_before(client):
    group, coordinator = make_group()
    as_coordinator(client, coordinator)
    page = reverse("pool:starting_text", args=[group.node_id])
    assert "Samskapas egen text" in client.get(page).content.decode()
    several_lines = "Svara gärna.\r\n\r\nRing annars."
    client.post(page, fields(answers=several_lines))
    client.post(page, fields(answers=several_lines, version="1"))  # the same again
    assert newest(group).number == 1
    client.post(page, fields(answers="Svara.", version="1"))
    text = client.get(page).content.decode()
    assert "Nu gäller version 2" in text
    assert "Ring annars." in text
    assert "Samskapas egen text, till" in text


@pytest.mark.django_db
def test_only_the_groups_coordinator_writes_it(client):
    group, _coordinator = make_group()
    _other, stranger = make_group()
    as_coordinator(client, stranger)
    page = reverse("pool:starting_text", args=[group.node_id])
    assert (client.get(page).status_code, client.post(page, fields(answers="Nej")).status_code) == (404, 404)
    assert StartingText.objects.count() == 0


@pytest.mark.django_db
def test_the_page_costs_the_same_with_many_versions(client):
    group, coordinator = make_group()
    as_coordinator(client, coordinator)
    page = reverse("pool:starting_text", args=[group.node_id])
    counts = []
    for number in (2, 12):
        for _each in range(number):
            at = StartingText.objects.count()
            save_starting_text(group, changed(answers=f"Svar {at}"), based_on=at, by=coordinator, now=NOW)
        client.get(page)
        with CaptureQueriesContext(connection) as asked:
            client.get(page)
        counts.append(len(asked))
    assert counts[0] == counts[1], counts


@pytest.mark.django_db
def test_the_table_refuses_a_point_without_words_and_a_number_twice():
    group, coordinator = make_group()
    one = save_starting_text(group, changed(answers="Svara."), based_on=0, by=coordinator, now=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        StartingText.objects.create(group=group, number=1, saved_at=NOW)
    for wrong in ({"text": ""}, {"heading": "elsewhere"}, {"position": 1}):
        with pytest.raises(IntegrityError), transaction.atomic():
            StartingPoint.objects.filter(starting=one, position=2).update(**wrong)


@pytest.mark.django_db
def test_a_version_is_never_changed_nor_taken_away():
    group, by = make_group()
    save_starting_text(group, changed(own_1="Fika ingår."), based_on=0, by=by, now=NOW)
    versions, points = StartingText.objects.filter(group=group), StartingPoint.objects.filter(starting__group=group)
    for change in (
        lambda: versions.update(number=7),
        lambda: points.update(text="Något annat"),
        lambda: points.first().delete(),
        lambda: versions.first().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    assert newest(group).number == 1
    assert points.count() == len(points_of(newest(group))) > 0
