"""The group's own words: a closed list that only describes, open to the member."""

from __future__ import annotations

import re

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from samskapa.cocreate.matching.queries.members import may_be_asked
from samskapa.cocreate.pool.domain import NotThatMove, Status
from samskapa.cocreate.pool.domain.labels import MOST_LABELS, LabelTaken, TooManyLabels, UnknownLabel, changed
from samskapa.cocreate.pool.models import Label, Labelled, SavedView
from samskapa.cocreate.pool.queries.finding import find
from samskapa.cocreate.pool.services import joining, viewing
from samskapa.cocreate.pool.services.labelling import make_label, remove_label, set_labels
from samskapa.ground.core.domain import Actor
from samskapa.ground.core.models import AuditEntry, OutboxMail
from samskapa.ground.organisations.domain import Role
from samskapa.ground.organisations.models import RoleGrant
from samskapa.ground.people.models import Person
from samskapa.ground.protection.services import protect
from tests.factories.matching import make_turn
from tests.factories.organisations import NOW, log_in
from tests.factories.pool import make_group, make_member


def enter(client, coordinator: Actor) -> None:
    grant = RoleGrant.objects.get(person_id=coordinator.person_id, role=Role.COORDINATOR)
    log_in(client, grant.person, grant)


IDS = st.frozensets(st.integers(1, 6))


@given(shown=IDS, mine=IDS, theirs=IDS)
def test_of_two_who_choose_at_the_same_time_neither_undoes_what_the_other_did(shown, mine, theirs):
    stands = set(shown)
    for chosen in (theirs, mine):
        add, take = changed(shown, chosen, stands)
        assert not add & take
        stands = stands - take | add
    for one in range(1, 7):
        votes = {(one in chosen) for chosen in (mine, theirs) if (one in chosen) != (one in shown)}
        assert (one in stands) == (votes.pop() if votes else one in shown)


@pytest.mark.django_db
def test_a_word_is_made_once_whatever_its_case_and_the_list_is_short():
    group, coordinator = make_group()
    make_label(group, name=" Är ung ", by=coordinator, now=NOW)
    with pytest.raises(LabelTaken):
        make_label(group, name="är UNG", by=coordinator, now=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Label.objects.create(group=group, name="Är Ung", made_by_id=coordinator.person_id, made_at=NOW)
    make_label(make_group()[0], name="Är ung", by=coordinator, now=NOW)
    for number in range(MOST_LABELS - 1):
        make_label(group, name=f"Ord {number}", by=coordinator, now=NOW)
    with pytest.raises(TooManyLabels):
        make_label(group, name="Ett till", by=coordinator, now=NOW)


@pytest.mark.django_db
def test_the_member_is_told_of_a_word_once_and_found_by_it_and_it_opens_nothing():
    turn = make_turn(2)
    member, other = turn.members
    label = make_label(turn.group, name="Vill föreläsa", by=turn.coordinator, now=NOW)
    before = list(may_be_asked(turn.group, turn.assignment))
    for _twice in range(2):
        set_labels(member, [label.pk], shown=[], by=turn.coordinator, now=NOW)
    assert list(find(turn.group, {"label": str(label.pk)}, NOW.date())) == [member]
    assert list(may_be_asked(turn.group, turn.assignment)) == before == [member, other]
    mail = OutboxMail.objects.get(kind="pool/labelled")
    assert (mail.recipient_id, mail.params["labels"]) == (member.person_id, "Vill föreläsa")
    assert AuditEntry.objects.filter(action="pool.labelled").count() == 1
    set_labels(member, [], shown=[label.pk], by=turn.coordinator, now=NOW)
    assert (Labelled.objects.count(), OutboxMail.objects.filter(kind="pool/labelled").count()) == (0, 1)


@pytest.mark.django_db
def test_words_of_another_group_and_on_who_has_left_are_refused():
    member = make_member()
    coordinator = Actor(person_id=member.contact_id)
    foreign = make_label(make_group()[0], name="Annat", by=coordinator, now=NOW)
    with pytest.raises(UnknownLabel):
        set_labels(member, [foreign.pk], shown=[], by=coordinator, now=NOW)
    own = make_label(member.group, name="Eget", by=coordinator, now=NOW)
    set_labels(member, [own.pk], shown=[], by=coordinator, now=NOW)
    joining.leave(member, by=Actor(person_id=member.person_id), now=NOW)
    assert Labelled.objects.count() == 0
    with pytest.raises(NotThatMove):
        set_labels(member, [own.pk], shown=[], by=coordinator, now=NOW)


@pytest.mark.django_db
def test_of_somebody_who_is_protected_from_now_on_the_words_go():
    group, coordinator = make_group()
    member = make_member(group, coordinator=coordinator)
    label = make_label(group, name="I Ekliden", by=coordinator, now=NOW)
    set_labels(member, [label.pk], shown=[], by=coordinator, now=NOW)
    protect(member.person, coordinators=[Person.objects.get(pk=coordinator.person_id)], by=coordinator, now=NOW)
    assert Labelled.objects.count() == 0


@pytest.mark.django_db
def test_a_word_that_goes_takes_the_views_that_ask_for_it_along():
    group, coordinator = make_group()
    label, other = (make_label(group, name=name, by=coordinator, now=NOW) for name in ("A", "B"))
    for name, wanted in (("Vy", {"label": str(label.pk)}), ("Kvar", {"label": str(other.pk)})):
        viewing.save_view(group, name=name, wanted=wanted, by=coordinator, now=NOW)
    remove_label(make_group()[0], label.pk, by=coordinator, now=NOW)
    assert Label.objects.count() == 2
    for _twice in range(2):
        remove_label(group, label.pk, by=coordinator, now=NOW)
    assert [view.name for view in SavedView.objects.all()] == ["Kvar"]
    assert list(Label.objects.all()) == [other]


@pytest.mark.django_db
def test_from_the_list_to_the_members_own_page(client):
    group, coordinator = make_group()
    member = make_member(group, coordinator=coordinator)
    enter(client, coordinator)
    page, mine = reverse("pool:labels", args=[group.node_id]), reverse("pool:member_labels", args=[member.pk])
    assert client.post(page, {"name": "Vill föreläsa"}).status_code == 302
    for name, told in (
        ("vill FÖRELÄSA", "redan den etiketten"),
        ("", "Skriv ett ord."),
        ("191212121212", "personnummer"),
    ):
        answer = client.post(page, {"name": name})
        assert (answer.status_code, told in answer.content.decode(), f'value="{name}"' in answer.content.decode()) == (
            422, True, bool(name),
        )  # fmt: skip
    label = Label.objects.get()
    assert client.post(mine, {"labels": [label.pk], "shown": ""}).status_code == 302
    assert client.post(mine, {"labels": ["999"], "shown": f"{label.pk},x"}).status_code == 422
    assert "Vill föreläsa" in client.get(reverse("pool:member", args=[member.pk])).content.decode()
    found = client.get(f"{reverse('pool:members', args=[group.node_id])}?label={label.pk}").content.decode()
    assert "1 medlem<" in found
    asked = client.post(reverse("pool:remove_label", args=[group.node_id]), {"label": label.pk}).content.decode()
    assert "1 medlem har den." in asked
    log_in(client, member.person)
    text = client.get(reverse("pool:mine", args=[group.node_id])).content.decode()
    part = text[text.index("Ord som gruppen beskriver dig med") :]
    assert re.search(r"<b>Vill föreläsa</b>", part)
    enter(client, coordinator)
    for sent in ({"label": label.pk, "sure": "yes"}, {"label": label.pk}, {"label": "x"}):
        assert client.post(reverse("pool:remove_label", args=[group.node_id]), sent).status_code == 302
    assert not Label.objects.exists()


@pytest.mark.django_db
def test_the_pages_cost_the_same_however_many_words_there_are(client):
    group, coordinator = make_group()
    member = make_member(group, coordinator=coordinator, status=Status.ACTIVE)
    enter(client, coordinator)
    counts = []
    for more in (2, 15):
        labels = [make_label(group, name=f"Ord {more} {n}", by=coordinator, now=NOW) for n in range(more)]
        set_labels(member, [label.pk for label in labels], shown=[], by=coordinator, now=NOW)
        pages = [reverse("pool:labels", args=[group.node_id]), reverse("pool:members", args=[group.node_id])]
        pages += [reverse(f"pool:{name}", args=[member.pk]) for name in ("member", "member_labels")]
        with CaptureQueriesContext(connection) as queries:
            assert [client.get(page).status_code for page in pages] == [200] * 4
        counts.append(len(queries))
    assert counts[0] == counts[1]
