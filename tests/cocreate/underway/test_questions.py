"""The closing questions: both sides, at their own pace, before each other's answers; and what both see afterwards."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samskapa.cocreate.assignments.domain import State
from samskapa.cocreate.assignments.models import Agreement, Assignment
from samskapa.cocreate.assignments.services.applying import withdraw
from samskapa.cocreate.underway import jobs
from samskapa.cocreate.underway.domain import NotNow, Side
from samskapa.cocreate.underway.models import Confirmation, Telling
from samskapa.cocreate.underway.queries.closing import experienced, key_of
from samskapa.cocreate.underway.services.questions import answer_questions
from samskapa.edge.my_data.services import forget_person
from samskapa.ground.core.domain import Actor
from samskapa.ground.organisations.domain import Role
from samskapa.ground.organisations.models import RoleGrant
from samskapa.ground.people.models import Person
from samskapa.listen.surveys.domain import ChangedMeanwhile, NotOpen, stamp_of
from samskapa.listen.surveys.models import Asked, Asking, Sheet
from tests.factories.assignments import coordinator_for, host_of, make_host, representative_of
from tests.factories.organisations import NOW, log_in
from tests.factories.underway import confirm, mails, under_way, work_of
from tests.factories.underway import tell as tell_at

pytestmark = pytest.mark.django_db

HEARD = "Vi fick svar på allt."


def tell(agreement: Agreement) -> Telling:
    """So early that the clock on the wall is past it, for the pages that ask it."""
    return tell_at(agreement, now=NOW)


def look_back(agreement: Agreement, given: dict | None = None, *, by: Actor | None = None, **more) -> Asked:
    """As the representative, or as whoever of the unit is named."""
    values = {"based_on": {}, "is_finished": True, "now": NOW}
    side = Side.PERSON if by is None else Side.HOST
    return answer_questions(
        work_of(agreement), given or {}, side=side, by=by or representative_of(agreement), **(values | more)
    )


def round_of(agreement: Agreement) -> Asking:
    return Asking.objects.get(key=f"underway.closing:{agreement.root_id}")


def as_host(client, agreement: Agreement) -> None:
    grant = RoleGrant.objects.get(person_id=agreement.root.created_by_id, role=Role.HOST)
    log_in(client, grant.person, grant)


def as_coordinator(client, agreement: Agreement) -> None:
    grant = RoleGrant.objects.get(person_id=coordinator_for(agreement.root).person_id, role=Role.COORDINATOR)
    log_in(client, grant.person, grant)


def as_representative(client, agreement: Agreement) -> None:
    log_in(client, Person.objects.get(pk=agreement.application.person_id))


def page(name: str, pk: int) -> str:
    return reverse(f"underway:{name}", args=[pk])


def shown(client, url: str) -> str:
    answered = client.get(url)
    assert answered.status_code == 200
    return answered.content.decode()


def leads_to(client, url: str, data: dict | None = None) -> str:
    answered = client.get(url) if data is None else client.post(url, data)
    assert answered.status_code == 302
    return answered.headers["Location"]


# --- the round ------------------------------------------------------------------------------------


def test_telling_opens_the_round_in_the_same_breath_for_everybody_who_had_an_agreement():
    one, two = under_way(2)
    withdraw(two.application, by=representative_of(two), now=NOW)
    tell(one)
    asking = round_of(one)
    assert (asking.thing, asking.mode, asking.closed_at) == (f"assignments.assignment:{one.root_id}", "named", None)
    assert asking.node_id == one.root.unit_id
    people = [each.application.person_id for each in (one, two)]
    assert list(asking.asked.order_by("pk").values_list("person_id", "side")) == [
        (pk, "representative") for pk in people
    ]
    assert all(mail.params["has_questions"] for mail in mails("confirm"))
    assert not Sheet.objects.exists()


def test_the_hosts_empty_answer_begins_the_closing_and_the_round_ends_when_the_work_is_done():
    (agreement,) = under_way()
    with pytest.raises(NotNow):
        look_back(agreement, {"heard": "5"})  # nobody has begun to close
    look_back(agreement, by=host_of(agreement.root))
    assert Asked.objects.get(side="host").has_answered is False
    look_back(agreement, {"heard": "5"})
    tell(agreement)
    look_back(agreement, {"heard": "4"})
    confirm(agreement)
    assert round_of(agreement).closed_at is not None
    with pytest.raises(NotOpen):
        look_back(agreement, {"heard": "1"})
    assert Sheet.objects.get(asked__side="representative").answers == {"heard": "4"}


def test_every_answer_can_be_taken_back_until_it_is_done():
    (agreement,) = under_way()
    tell(agreement)
    look_back(agreement, {"heard": "5", "words": "Tack."})
    look_back(agreement, {"heard": None, "words": None})
    assert Sheet.objects.get().answers == {}


def test_whoever_is_host_now_answers_for_the_unit_beside_the_one_who_left():
    (agreement,) = under_way()
    look_back(agreement, {"influence": "2"}, by=host_of(agreement.root))
    RoleGrant.objects.filter(role="host").update(ended_at=NOW)
    new = make_host(agreement.root.unit)
    look_back(agreement, {"influence": "4"}, by=new)
    assert experienced([agreement.root_id])[agreement.root_id]["host"] == [2, 4]


def test_a_round_that_was_begun_and_called_off_is_closed_by_the_clock():
    (agreement,) = under_way()
    look_back(agreement, by=host_of(agreement.root))
    Assignment.objects.filter(pk=agreement.root_id).update(
        state=State.CANCELLED, cancelled_at=NOW, cancelled_reason="Lokalen brann."
    )
    with pytest.raises(NotNow):
        look_back(agreement, {"heard": "1"})
    jobs.confirming.func(now=NOW)
    assert round_of(agreement).closed_at == NOW


def test_two_windows_lose_nothing():
    (agreement,) = under_way()
    tell(agreement)
    unanswered = {"heard": stamp_of(None), "words": stamp_of(None)}
    look_back(agreement, {"heard": "5", "words": None}, based_on=unanswered)
    with pytest.raises(ChangedMeanwhile):
        look_back(agreement, {"heard": "2", "words": HEARD}, based_on=unanswered)
    assert Sheet.objects.get().answers == {"heard": "5"}


def test_for_figures_the_influence_by_side_in_one_query_without_what_is_not_known():
    one, two, three = under_way(3)
    (other,) = under_way()
    tell(one)
    for agreement, value in ((one, "5"), (two, "dont_know"), (three, "2")):
        look_back(agreement, {"influence": value})
    look_back(one, {"influence": "4", "heard": "1"}, by=host_of(one.root))
    look_back(other, {"heard": "3"}, by=host_of(other.root))
    with CaptureQueriesContext(connection) as asked:
        found = experienced([one.root_id, other.root_id, 2**40])
    assert found == {
        one.root_id: {"host": [4], "representative": [5, 2]},
        other.root_id: {"host": [], "representative": []},
        2**40: {"host": [], "representative": []},
    }
    assert len(asked) == 1
    assert key_of(one.root_id) == f"underway.closing:{one.root_id}"


# --- the step, and the page -----------------------------------------------------------------------


def test_the_host_meets_the_questions_before_telling_and_goes_on_without_answering(client):
    (agreement,) = under_way()
    as_host(client, agreement)
    questions, telling = page("questions", agreement.root_id), page("tell", agreement.root_id)
    assert leads_to(client, telling) == questions
    said = shown(client, questions)
    assert "Lyssnade ni på patientföreträdarna?" in said
    assert "Dina svar står med ditt namn på sidan om arbetet." in said
    assert leads_to(client, questions, {"skip": "1"}) == telling
    assert "Vad har det lett till?" in shown(client, telling)
    assert leads_to(client, questions, {"q_heard": "4", "later": "1"}) == questions
    assert Sheet.objects.get().answers == {"heard": "4"}
    assert not Asked.objects.get(side="host").has_answered


def test_the_representative_meets_them_before_confirming_and_is_told_who_reads(client):
    (agreement,) = under_way()
    tell(agreement)
    confirming = page("confirm", Confirmation.objects.get().pk)
    questions = page("questions", agreement.root_id)
    as_representative(client, agreement)
    assert leads_to(client, confirming) == questions
    said = shown(client, questions)
    assert "Blev du lyssnad på?" in said
    assert "Verksamheten och samordnaren kan läsa dina svar och ser att de är dina." in said
    assert "Lyssnade de på dig?" in shown(client, questions + "?lattlast=ja")
    assert leads_to(client, questions, {"q_heard": "4"}) == confirming
    assert "Kallelsen är omskriven." in shown(client, confirming)
    assert leads_to(client, confirming, {"answer": "yes", "word": ""}) == page("work", agreement.root_id)
    assert "Frågorna är stängda" in shown(client, questions)
    late = client.post(questions, {"q_words": "Något mer."})
    assert late.status_code == 422
    assert "Något mer." in late.content.decode()


def test_the_second_window_is_told_beside_the_question_and_decides(client):
    (agreement,) = under_way()
    tell(agreement)
    as_representative(client, agreement)
    url, opened = page("questions", agreement.root_id), {"on_heard": stamp_of(None), "on_words": stamp_of(None)}
    client.post(url, opened | {"q_heard": "5"})
    refused = client.post(url, opened | {"q_heard": "2", "q_words": HEARD})
    assert refused.status_code == 422
    said = refused.content.decode()
    assert "Där står det: 5. Ja, hela tiden." in said
    assert HEARD in said
    assert client.post(url, {"q_heard": "2", "q_words": HEARD, "on_heard": stamp_of("5")}).status_code == 302
    assert Sheet.objects.get().answers == {"heard": "2", "words": HEARD}


def test_both_sides_stand_beside_each_other_when_all_have_answered_and_nowhere_else(client):
    one, two = under_way(2, names=("Anna Ek", "Bo Alm"))
    tell(one)
    look_back(one, {"words": HEARD})
    look_back(one, {"words": "Vi lärde oss mycket."}, by=host_of(one.root))
    url = page("work", one.root_id)
    as_host(client, one)
    assert HEARD not in shown(client, url)  # Bo has not answered, and answers without having read
    look_back(two, {"words": "Det gick fort."})
    for log, names in ((as_host, True), (as_coordinator, True), (as_representative, False)):
        log(client, two)
        said = shown(client, url)
        assert all(text in said for text in (HEARD, "Vi lärde oss mycket.", "Det gick fort."))
        assert (f"Anna Ek: {HEARD}" in said) is names
    assert f"En annan företrädare: {HEARD}" in said
    assert "Du: Det gick fort." in said
    for agreement in (one, two):
        confirm(agreement)
    public = client.get(reverse("assignments:assignment", args=[one.root_id])).content.decode()
    assert "Kallelsen är omskriven." in public
    assert HEARD not in public


def test_shown_when_it_is_done_also_where_one_side_never_answered(client):
    (agreement,) = under_way()
    tell(agreement)
    look_back(agreement, {"words": HEARD})
    as_host(client, agreement)
    url = page("work", agreement.root_id)
    assert HEARD not in shown(client, url)
    confirm(agreement)
    said = shown(client, url)
    assert HEARD in said
    assert "Inget svar" in said


def test_who_has_withdrawn_answers_too_and_nobody_waits_for_them(client):
    one, two = under_way(2)
    withdraw(two.application, by=representative_of(two), now=NOW)
    tell(one)
    look_back(one, {"words": "Bra."})
    look_back(one, {"heard": "3"}, by=host_of(one.root))
    as_host(client, one)
    assert "Bra." in shown(client, page("work", one.root_id))
    as_representative(client, two)
    questions = page("questions", one.root_id)
    assert questions in shown(client, reverse("underway:mine"))
    assert leads_to(client, questions, {"q_words": "Jag orkade inte."}) == reverse("underway:mine")
    as_host(client, one)
    said = shown(client, page("work", one.root_id))
    assert "Jag orkade inte." in said


def test_the_coordinator_and_those_who_were_not_there_do_not_answer(client):
    (agreement,) = under_way()
    (other,) = under_way()
    as_representative(client, agreement)
    assert client.get(page("questions", agreement.root_id)).status_code == 404  # the closing has not begun
    tell(agreement)
    for log, whose in ((as_coordinator, agreement), (as_host, other), (as_representative, other)):
        log(client, whose)
        assert client.get(page("questions", agreement.root_id)).status_code == 404


def test_the_coordinator_who_tells_for_the_unit_is_asked_nothing(client):
    (agreement,) = under_way()
    as_coordinator(client, agreement)
    url = page("tell", agreement.root_id)
    assert "Vad har det lett till?" in shown(client, url)
    assert leads_to(client, url, {"text": "Kallelsen är omskriven.", "kind": "closing"})
    assert Telling.objects.get().told_as == "coordinator"
    assert not Asked.objects.filter(side="host").exists()


def test_who_is_forgotten_breaks_nothing_and_is_not_waited_for(client):
    one, two = under_way(2)
    tell(one)
    look_back(two, {"words": HEARD})
    forget_person(Person.objects.get(pk=two.application.person_id), by=representative_of(two), now=NOW)
    look_back(one, {"words": "Bra."})
    look_back(one, {"words": "Lärorikt."}, by=host_of(one.root))
    as_host(client, one)
    said = shown(client, page("work", one.root_id))
    assert "Lärorikt." in said
    assert HEARD not in said
    with pytest.raises(NotOpen):
        look_back(two, {"words": "Igen."})


def test_the_shared_page_costs_the_same_however_many_answered(client):
    found = under_way(3)
    tell(found[0])
    look_back(found[0], {"heard": "3"}, by=host_of(found[0].root))
    withdraw(found[2].application, by=representative_of(found[2]), now=NOW)
    look_back(found[0], {"heard": "4", "words": "Ord"})
    look_back(found[1], {"heard": "4"})
    as_host(client, found[0])
    counted = []
    for given in ({}, {"heard": "4"}, {"heard": "3", "words": "Ord", "clear": "2", "again": "no"}):
        look_back(found[2], given)
        with CaptureQueriesContext(connection) as queries:
            shown(client, page("work", found[0].root_id))
        counted.append(len(queries))
    assert counted[0] == counted[1] == counted[2]
