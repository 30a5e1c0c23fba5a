"""Members chosen by what no single answer says, and by one of several answers; views and letters keep the choice."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samskapa.cocreate.circulars.models import Circular
from samskapa.cocreate.pool.domain import Introduction, Status
from samskapa.cocreate.pool.forms.finding import FindForm
from samskapa.cocreate.pool.models import Member, SavedView
from samskapa.cocreate.pool.queries import agreement as agreements
from samskapa.cocreate.pool.queries.finding import address_of, find
from samskapa.cocreate.pool.services import agreeing, running, viewing
from samskapa.ground.core.domain import Actor
from samskapa.ground.organisations.domain import Kind, Role
from samskapa.ground.organisations.models import RoleGrant
from tests.factories.organisations import NOW, log_in, make_node
from tests.factories.pool import answer, make_group, make_member

TODAY = NOW.date()
pytestmark = pytest.mark.django_db


def enter(client, coordinator: Actor) -> None:
    grant = RoleGrant.objects.get(person_id=coordinator.person_id, role=Role.COORDINATOR)
    log_in(client, grant.person, grant)


def found(group, **wanted) -> list[str]:
    """What those are called who fit."""
    return sorted(member.called for member in find(group, wanted, TODAY))


def made(group, coordinator, called: str, **answers) -> Member:
    return make_member(group, coordinator=coordinator, name={"called": called}, **answers)


def test_way_of_contact_organisation_mandate_and_training_are_chosen_by():
    group, coordinator = make_group()
    listed, other = make_node(Kind.PATIENT_ORGANISATION), make_node(Kind.PATIENT_ORGANISATION)
    made(
        group, coordinator, "Ada",
        reach={"reach_by": "phone", "reach_at": "070-123 45 67"},
        organisation={"organisation_id": listed.pk, "organisation_name": "", "speaks_for": ["mandate", "oneself"]},
        training={"training": "Ja"},
    )  # fmt: skip
    bo = made(
        group, coordinator, "Bo",
        organisation={"organisation_id": None, "organisation_name": "Vår egen", "speaks_for": ["oneself"]},
        training={"training": ""},
    )  # fmt: skip
    made(group, coordinator, "Cia")
    assert found(group, reach_by="phone") == ["Ada"]
    assert found(group, organisation="any") == ["Ada", "Bo"]
    assert (found(group, organisation=str(listed.pk)), found(group, organisation=str(other.pk))) == (["Ada"], [])
    assert (found(group, speaks_for="mandate"), found(group, speaks_for="oneself")) == (["Ada"], ["Ada", "Bo"])
    assert (found(group, training="told"), found(group, training="not_told")) == (["Ada"], ["Bo", "Cia"])
    answer(bo, "training", training="En kurs i Borg")
    assert (found(group, training="told"), found(group, training="not_told")) == (["Ada", "Bo"], ["Cia"])
    answer(bo, "organisation", organisation_id=None, organisation_name="", speaks_for=[])
    assert found(group, organisation="any") == ["Ada"]


def test_under_eighteen_or_not_and_who_has_not_told_is_neither():
    group, coordinator = make_group(lowest_age=13)
    for called, age in (("Ada", "13-15"), ("Bo", "16-17"), ("Cia", "18-29"), ("Dan", "80-")):
        made(group, coordinator, called, age={"age": age}, status=Status.INTERESTED)
    eva = made(group, coordinator, "Eva", status=Status.INTERESTED)
    Member.objects.filter(pk=eva.pk).update(age="")
    assert (found(group, age="under_18"), found(group, age="from_18")) == (["Ada", "Bo"], ["Cia", "Dan"])
    assert found(group, age="16-17") == ["Bo"]


def test_how_far_the_introduction_has_come():
    group, coordinator = make_group()
    made(group, coordinator, "Ada")
    bo = made(group, coordinator, "Bo", status=Status.WELCOMED)
    made(group, coordinator, "Cia", status=Status.INTERESTED)
    running.introduce(bo, [Introduction.SECRECY], by=coordinator, now=NOW)
    assert (found(group, introduction="done"), found(group, introduction="left")) == (["Ada"], ["Bo", "Cia"])
    assert (found(group, introduction="secrecy"), found(group, introduction="not_secrecy")) == (["Ada", "Bo"], ["Cia"])
    running.introduce(bo, list(Introduction), by=coordinator, now=NOW)
    assert found(group, introduction="done") == ["Ada", "Bo"]


def test_whom_the_agreement_waits_for():
    group, coordinator = make_group()
    made(group, coordinator, "Ada")
    bo = made(group, coordinator, "Bo", status=Status.WELCOMED)
    made(group, coordinator, "Cia", status=Status.INTERESTED)

    def said() -> dict[str, list[str]]:
        return {each: found(group, agreement=each) for each in ("confirmed", "group", "member", "none")}

    assert said() == {"confirmed": ["Ada"], "group": ["Bo"], "member": ["Bo"], "none": ["Cia"]}
    agreement = agreements.agreements().get(root=bo)
    own = Actor(person_id=bo.person_id)
    agreeing.confirm_all(agreement, party=agreements.party_of(agreement, "person"), by=own, now=NOW)
    assert said() == {"confirmed": ["Ada"], "group": ["Bo"], "member": [], "none": ["Cia"]}
    agreeing.confirm_all(agreement, party=agreements.party_of(agreement, "care"), by=coordinator, now=NOW)
    assert said() == {"confirmed": ["Ada", "Bo"], "group": [], "member": [], "none": ["Cia"]}


def test_of_several_answers_of_a_kind_one_is_enough_and_kinds_narrow_each_other():
    group, coordinator = make_group()
    for called, care, language in (
        ("Ada", ["psychiatry"], ["sv"]),
        ("Bo", ["primary", "psychiatry"], ["fi"]),
        ("Cia", ["dental"], ["sv"]),
    ):
        made(
            group, coordinator, called,
            experience={"care": care, "experience": ""}, languages={"language": language, "languages_more": ""},
        )  # fmt: skip
    assert found(group, care=["psychiatry", "primary"]) == ["Ada", "Bo"]
    assert found(group, care=["dental", "primary"], language=["sv"]) == ["Cia"]
    assert found(group, care="psychiatry", language="fi") == ["Bo"]


def test_the_form_keeps_one_value_as_before_several_in_order_and_nothing_that_is_unknown(client):
    group, _coordinator = make_group()

    def wanted(**given):
        return FindForm(given, group=group).wanted()

    assert wanted(care="psychiatry", care2="x") == {"care": "psychiatry"}  # as a view was saved before
    assert wanted(care=["psychiatry", "fel", "primary"]) == {"care": ["primary", "psychiatry"]}
    assert wanted(care=["fel", "psychiatry"], training="fel", organisation="999") == {"care": "psychiatry"}
    both = {"care": ["psychiatry", "primary", "dental"], "training": "told", "never_asked": "True"}
    assert [(str(label), said) for label, said in FindForm(both, group=group).in_words()] == [
        ("Vårdform", "Vårdcentral, Psykiatri eller Tandvård"),
        ("Tidigare uppdrag och utbildning", "Har berättat om något"),
        ("Kan tillfrågas, men har aldrig blivit det", ""),
    ]
    assert address_of({"care": ["primary", "psychiatry"], "age": "30-49"}) == "age=30-49&care=primary&care=psychiatry"


def test_a_view_and_a_letter_go_to_one_of_several(client):
    group, coordinator = make_group()
    made(group, coordinator, "Ada", experience={"care": ["psychiatry"], "experience": ""}, training={"training": "Ja"})
    made(group, coordinator, "Bo", experience={"care": ["primary"], "experience": ""}, training={"training": "Ja"})
    made(group, coordinator, "Cia", experience={"care": ["primary"], "experience": ""})
    enter(client, coordinator)
    page = reverse("pool:members", args=[group.node_id])
    asked = "?care=primary&care=psychiatry&introduction=done&training=told"
    shown = client.get(page + asked).content.decode()
    assert "2 medlemmar<" in shown
    assert re.findall(r"<summary>(Vårdform[^<]*)</summary>", shown) == ["Vårdform: Vårdcentral eller Psykiatri"]
    assert re.findall(r'name="care" value="(\w+)" id="\w+" checked', shown) == ["primary", "psychiatry"]
    save = reverse("pool:save_view", args=[group.node_id])
    assert client.post(save + asked, {"name": "Båda"})["Location"] == page + asked
    view = SavedView.objects.get()
    assert view.wanted == {
        "care": ["primary", "psychiatry"],
        "training": "told",
        "introduction": "done",
    }
    # Kept in another order, as PostgreSQL does, it is the same view: it can still be removed.
    SavedView.objects.filter(pk=view.pk).update(wanted=dict(reversed(view.wanted.items())))
    shown = client.get(page + asked).content.decode().replace("&amp;", "&")
    assert f'<a href="{page}{asked}" aria-current="page">Båda</a>' in shown
    assert "Ta bort urvalet ”Båda”" in shown
    new = reverse("circulars:new", args=[group.node_id]) + asked
    assert "<li>Vårdform: Vårdcentral eller Psykiatri</li>" in client.get(new).content.decode()
    client.post(new, {"title": "Träff", "text": "Kom på fika."})
    letter = Circular.objects.get()
    shown = client.get(reverse("circulars:circular", args=[letter.pk])).content.decode()
    assert "2 medlemmar får brevet när du skickar det" in shown
    assert "<li>Vårdform: Vårdcentral eller Psykiatri</li>" in shown


def test_a_view_from_before_there_could_be_several_finds_the_same():
    group, coordinator = make_group()
    made(group, coordinator, "Ada", experience={"care": ["psychiatry"], "experience": ""})
    made(group, coordinator, "Bo")
    view = viewing.save_view(
        group, name="Psykiatri", wanted={"care": "psychiatry", "age": "30-49"}, by=coordinator, now=NOW
    )
    assert found(group, **view.wanted) == ["Ada"]
    assert found(group, **FindForm(view.wanted, group=group).wanted()) == ["Ada"]


def test_the_choices_cost_as_many_questions_for_many_values_as_for_one(client):
    group, coordinator = make_group()
    made(group, coordinator, "Ada", experience={"care": ["psychiatry"], "experience": ""})
    enter(client, coordinator)
    page = reverse("pool:members", args=[group.node_id])
    counts = []
    for asked in (
        "?care=psychiatry",
        "?care=psychiatry&care=primary&care=dental",
        "?care=psychiatry&reach_by=email&training=not_told&introduction=done&agreement=confirmed&age=from_18",
    ):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(page + asked).status_code == 200
        counts.append(len(queries))
    assert len(set(counts)) == 1, counts
