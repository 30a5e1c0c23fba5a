"""Members are found by name and by what they have told; a view is saved for all who run the group."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from samskapa.cocreate.assignments.models import Application
from samskapa.cocreate.pool.domain import Status
from samskapa.cocreate.pool.domain.searching import ViewNameTaken, alike, is_found
from samskapa.cocreate.pool.models import Member, SavedView
from samskapa.cocreate.pool.queries.finding import find
from samskapa.cocreate.pool.services import joining, viewing
from samskapa.ground.core.domain import Actor
from samskapa.ground.organisations.domain import Kind, Role
from samskapa.ground.organisations.models import RoleGrant
from samskapa.ground.people.domain import swedish_sort_key
from samskapa.ground.people.models import Person
from samskapa.ground.protection.services import protect
from tests.factories.applications import make_application
from tests.factories.matching import ask, make_turn
from tests.factories.organisations import NOW, log_in, make_node
from tests.factories.people import make_person
from tests.factories.pool import make_group, make_member

TODAY = NOW.date()


def looks_for(words: str, name: str) -> bool:
    return is_found(swedish_sort_key(words), swedish_sort_key(name))


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("öberg", "Åsa Öberg"),
        ("berg åsa", "Åsa Öberg"),
        ("margereta", "Margareta Lindqvist"),
        ("lindkvist", "Margareta Lindqvist"),
        ("jonson", "Karin Jönsson"),
        ("andre", "André"),
        ("muhamed", "Muhammed Ali"),
        ("小龙", "李小龙"),
    ],
)
def test_a_name_is_found_though_it_is_misspelt(words, name):
    assert looks_for(words, name)


@pytest.mark.parametrize(
    ("words", "name"), [("Bo", "Åsa Berglund"), ("karin berg", "Karin Jönsson"), ("maria", "Marek Nowak")]
)
def test_another_name_is_not(words, name):
    assert not looks_for(words, name)


@given(st.text(max_size=30), st.text(max_size=30))
def test_how_alike_two_words_are_is_the_same_both_ways_and_whole_for_the_same(one, other):
    assert alike(one, other) == alike(other, one)
    assert 0 <= alike(one, other) <= alike(one, one) == 1


@pytest.mark.django_db
def test_each_answer_narrows_the_list_and_together_they_narrow_it_more():
    group, coordinator = make_group()
    place = make_node(Kind.MUNICIPALITY)
    kim = make_member(
        group,
        coordinator=coordinator,
        experience={"care": ["psychiatry"], "experience": ""},
        languages={"language": ["sv", "swl"], "languages_more": ""},
        municipality={"municipality_id": place.pk},
    )
    bo = make_member(
        group, coordinator=coordinator, name={"called": "Bo"}, experience={"care": ["psychiatry"], "experience": ""},
        gender={"gender": "man"}, status=Status.INTERESTED,
    )  # fmt: skip
    Member.objects.filter(pk=kim.pk).update(next_check_in=TODAY)
    contact = Person.objects.get(pk=coordinator.person_id)

    def found(**wanted) -> list[int]:
        return [member.pk for member in find(group, wanted, TODAY)]

    assert sorted(found()) == sorted(found(care="psychiatry")) == sorted(found(age="30-49")) == sorted([kim.pk, bo.pk])
    only_kim = [{"language": "swl"}, {"municipality": place.pk}, {"contact": contact.pk}, {"status": "active"},
                {"check_in_due": True}, {"words": "kimm"}, {"care": "psychiatry", "status": "active"}]  # fmt: skip
    assert [found(**wanted) for wanted in only_kim] == [[kim.pk]] * len(only_kim)
    assert found(gender="man") == [bo.pk]
    assert found(gender="man", language="swl") == []
    Member.objects.filter(pk=kim.pk).update(next_check_in=TODAY + timedelta(days=1))
    assert found(check_in_due=True) == []


@pytest.mark.django_db
def test_never_asked_are_those_who_can_be_asked_and_were_neither_asked_nor_chosen():
    turn = make_turn(3)
    asked, other, untried = turn.members
    for status in (Status.BEGUN, Status.INTERESTED, Status.WELCOMED):
        make_member(turn.group, coordinator=turn.coordinator, status=status)
    ask(turn, [asked], alone=True)
    assert list(find(turn.group, {"never_asked": True}, TODAY)) == [other, untried]
    chosen = make_application(turn.assignment, person=other.person, now=NOW)
    Application.objects.filter(pk=chosen.pk).update(
        state="chosen", answered_at=NOW, answered_by=turn.coordinator.person_id, answer_reason="Välkommen"
    )
    assert list(find(turn.group, {"never_asked": True}, TODAY)) == [untried]
    assert list(find(turn.group, {"never_asked": True}, TODAY + timedelta(days=400))) == [other, untried]
    joining.rest(untried, by=Actor(person_id=untried.person_id), now=NOW)
    assert not find(turn.group, {"never_asked": True}, TODAY)


@pytest.mark.django_db
def test_a_protected_person_is_found_by_the_neutral_name_alone():
    group, coordinator = make_group()
    member = make_member(group, make_person("Zebrafink"), coordinator=coordinator, name={"called": "Zebran"})
    protect(member.person, coordinators=[Person.objects.get(pk=coordinator.person_id)], by=coordinator, now=NOW)
    assert not find(group, {"words": "zebran"}, TODAY)
    assert find(group, {"words": "skyddad"}, TODAY).get() == member


@pytest.mark.django_db
def test_a_view_is_saved_once_and_seen_by_all_who_run_the_group(client):
    group, coordinator = make_group()
    make_member(group, coordinator=coordinator)
    grant = RoleGrant.objects.get(person_id=coordinator.person_id, role=Role.COORDINATOR)
    log_in(client, grant.person, grant)
    page, save = (reverse(f"pool:{name}", args=[group.node_id]) for name in ("members", "save_view"))
    for _turn in range(2):
        assert client.post(f"{save}?as=patient&age=fel", {"name": "Patienter"})["Location"] == f"{page}?as=patient"
    view = SavedView.objects.get()
    assert (view.name, view.wanted) == ("Patienter", {"as": "patient"})
    with pytest.raises(ViewNameTaken):
        viewing.save_view(group, name="Patienter", wanted={"as": "relative"}, by=coordinator, now=NOW)
    for address, name, told in [
        ("?as=relative", "Patienter", "Det finns ett annat urval med det namnet."),
        ("?as=relative", "", "Skriv ett namn."),
        ("", "Alla", "Välj något först"),
        ("?as=relative", "19121212-1212", "personnummer"),
    ]:
        answer = client.post(save + address, {"name": name})
        assert (answer.status_code, told in answer.content.decode()) == (422, True), told
        assert f'value="{name}"' in answer.content.decode() or not name, "what was typed is kept"
    shown = client.get(f"{page}?as=patient").content.decode()
    assert f'<a href="{page}?as=patient" aria-current="page">Patienter</a>' in shown
    other, _actor = make_group()
    viewing.remove_view(other, view.pk, by=coordinator, now=NOW)
    assert SavedView.objects.exists()
    remove = reverse("pool:remove_view", args=[group.node_id])
    assert [client.post(remove, {"view": sent}).status_code for sent in (view.pk, view.pk, "x", "9" * 30)] == [302] * 4
    assert not SavedView.objects.exists()
