"""From a sentence to somebody who has read it: what the writer sees, who is mailed, who gets in, what is kept."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from samskapa.cocreate.assignments.models import Application, PublicQuestion
from samskapa.edge.my_data.services import forget_person
from samskapa.ground.concerns.domain import Handled, NobodyReads
from samskapa.ground.concerns.models import Concern, Routine
from samskapa.ground.concerns.queries import concerns_for, concerns_past, readers_of, rows_of
from samskapa.ground.concerns.services import blank_old_concern, handle_concern, remind_late, set_routine
from samskapa.ground.core.domain import BLANKED, SYSTEM, Urgency
from samskapa.ground.core.models import AuditEntry, OutboxMail
from samskapa.ground.core.queries import looks_at
from samskapa.ground.organisations.domain import Kind, Role
from samskapa.ground.organisations.models import RoleGrant
from tests.factories.assignments import make_open
from tests.factories.organisations import actor_for, log_in, make_grant, make_node
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db
WORDS = "Kan man vara med fast man ibland inte vill leva? Jag undrar."


@pytest.fixture
def opened():
    opened = make_open(now=timezone.now())
    RoleGrant.objects.filter(role=Role.COORDINATOR).update(ended_at=timezone.now())  # the tests have their own
    return opened


@pytest.fixture
def region(opened):
    return opened.area


@pytest.fixture
def grant(region):
    return make_grant(make_person("Kerstin"), Role.COORDINATOR, region)


@pytest.fixture
def desk(grant):
    client = Client()
    log_in(client, grant.person, grant)
    return client


@pytest.fixture
def anna(client):
    anna = make_person("Anna Alm", email="anna@example.se", phone="070-123 45 67")
    log_in(client, anna)
    return anna


def ask(client, opened, words=WORDS):
    return client.post(f"/uppdrag/{opened.pk}/fraga/", {"text": words})


def mails(kind: str) -> list[int]:
    return sorted(OutboxMail.objects.filter(kind=f"concerns/{kind}").values_list("recipient_id", flat=True))


def test_who_writes_of_danger_sees_help_at_once_and_the_words_are_kept(client, opened, grant, anna):
    answer = ask(client, opened, "Jag orkar inte leva. Får man vara med ändå?")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/hjalp-nu/?next=%2Fuppdrag%2F")
    page = client.get(answer["Location"]).content.decode()
    for number in ("112", "1177", "90101", "020-50 50 50", "116 111"):
        assert f">{number}</a>" in page
    assert "Det du skrev är sparat" in page
    assert "En samordnare läser det du skrev" in page
    unread = client.get("/hjalp-nu/?next=/mitt/").content.decode()
    assert "En samordnare läser" not in unread
    assert "ingen här kan höra av sig till dig" in unread
    assert f'href="/uppdrag/{opened.pk}/' in page, "and on to where one was going"
    assert PublicQuestion.objects.get().text == "Jag orkar inte leva. Får man vara med ändå?"
    concern = Concern.objects.get()
    assert (concern.sign, concern.node, concern.person, concern.extract) == (
        "danger", opened.area, anna, "Jag orkar inte leva.",
    )  # fmt: skip
    assert mails("noted") == [grant.person_id]
    assert OutboxMail.objects.get(kind="concerns/noted").urgency == Urgency.NOW
    assert AuditEntry.objects.filter(action="concerns.noted", person_id=anna.pk).count() == 1


def test_who_writes_of_harm_is_told_in_a_sentence(client, opened, grant, anna):
    answer = ask(client, opened, "Jag fick fel medicin. Är det sådant ni vill höra?")
    assert answer["Location"] == f"/uppdrag/{opened.pk}/#questions"
    assert "Har något gått fel i vården? Se ”Hjälp nu”" in client.get(f"/uppdrag/{opened.pk}/").content.decode()
    assert (Concern.objects.get().sign, mails("noted")) == ("harm", [grant.person_id])


def test_pressed_twice_it_is_noted_once(client, opened, grant, anna):
    first, second = ask(client, opened, "Jag vill dö."), ask(client, opened, "Jag vill dö.")
    assert first["Location"] == second["Location"]
    assert (Concern.objects.count(), len(mails("noted"))) == (1, 1)


def test_what_is_refused_is_not_read(client, opened, anna):
    assert ask(client, opened, "Jag vill dö " * 400).status_code == 422
    assert not Concern.objects.exists()


def test_an_ordinary_text_and_whoever_is_at_work_lead_nowhere_else(client, desk, opened, anna):
    assert ask(client, opened, "Finns det hörslinga?")["Location"] == f"/uppdrag/{opened.pk}/#questions"
    question = PublicQuestion.objects.get()
    desk.post(f"/uppdrag/fraga/{question.pk}/svara/", {"text": "Ja. Om någon inte vill leva finns 112."})
    assert PublicQuestion.objects.get().answer
    assert not Concern.objects.exists()


def test_an_application_is_read_too(client, opened, grant, anna):
    answer = client.post(
        f"/uppdrag/{opened.pk}/anmal/",
        {"experience": "Min man slår mig.", "present": "wait", "access_needs": "", "organisation": "", "step": "send"},
    )
    assert answer["Location"].startswith("/hjalp-nu/")
    assert Application.objects.get().experience == "Min man slår mig."
    assert Concern.objects.get().path == f"/uppdrag/{opened.pk}/sokande/"


# --- who reads ------------------------------------------------------------------------------------


def test_those_who_are_named_read_and_nobody_else(client, desk, opened, region, grant, anna):
    other = make_grant(make_person("Jonas"), Role.COORDINATOR, region)
    assert "Ingen är utsedd att läsa" in desk.get("/oro/").content.decode()
    assert desk.post("/oro/rutin/", {"text": "Vi ringer inom en timme.", "readers": []}).status_code == 422
    done = desk.post("/oro/rutin/", {"text": "Vi ringer inom en timme.", "readers": [other.person_id]})
    assert done["Location"] == "/oro/"
    ask(client, opened)
    concern = Concern.objects.get()
    assert mails("noted") == [other.person_id]
    assert desk.get(f"/oro/{concern.pk}/").status_code == 404
    assert f"/oro/{concern.pk}/" not in desk.get("/oro/").content.decode()
    named = Client()
    log_in(named, other.person, other)
    page = named.get(f"/oro/{concern.pk}/").content.decode()
    assert "Kan man vara med fast man ibland inte vill leva?" in page
    assert "Jag undrar" not in page
    assert ("070-123 45 67" in page, "Vi ringer inom en timme." in page) == (True, True)
    assert [look.details["what"] for look in looks_at(anna.pk)] == ["concerns.concern"]
    # Who is named and coordinates no more reads no more: then everybody does.
    RoleGrant.objects.filter(pk=other.pk).update(ended_at=timezone.now())
    assert named.get(f"/oro/{concern.pk}/").status_code == 404
    assert desk.get(f"/oro/{concern.pk}/").status_code == 200


@pytest.mark.parametrize("count", [1, 12])
def test_who_reads_where_is_asked_of_all_places_at_once(count, region, grant, django_assert_num_queries):
    """Of each place as `readers_of` says it: others are named, one is named with others, who is named has left."""
    by, now = as_coordinator(grant), timezone.now()
    reads = {}
    for number in range(count):
        for kind in ("others", "both", "left"):
            node = make_node(Kind.UNIT, parent=region)
            other = make_grant(make_person(), Role.COORDINATOR, region)
            readers = [other.person, grant.person] if kind == "both" else [other.person]
            Routine.objects.create(node=node, text="Ring.", changed_at=now, changed_by_id=by.person_id).readers.set(
                readers
            )
            if kind == "left":
                RoleGrant.objects.filter(pk=other.pk).update(ended_at=now)
            Concern.objects.create(key=f"{number}{kind}", node=node, sign="danger", extract="x", outcome="", at=now)
            reads[node.pk] = readers_of(node).filter(pk=grant.person_id).exists()
    assert sorted(set(reads.values())) == [False, True]
    with django_assert_num_queries(3):
        found = {concern.node_id for concern in concerns_for(by)}
    assert found == {node for node, is_read in reads.items() if is_read}


def test_what_was_done_is_written_once_and_the_second_sees_the_first(desk, client, opened, region, grant, anna):
    ask(client, opened)
    concern, other = Concern.objects.get(), actor_for(role=Role.COORDINATOR, node=region)
    empty = desk.post(f"/oro/{concern.pk}/", {"outcome": " "})
    assert empty.status_code == 422
    assert desk.post(f"/oro/{concern.pk}/", {"outcome": "Jag ringde."})["Location"] == "/oro/"
    assert desk.post(f"/oro/{concern.pk}/", {"outcome": "Jag ringde."})["Location"] == "/oro/"
    with pytest.raises(Handled) as refused:
        handle_concern(concern, outcome="Jag mejlade.", by=other, now=timezone.now())
    assert refused.value.outcome == "Jag ringde."
    late = desk.post(f"/oro/{concern.pk}/", {"outcome": "Något annat"})
    assert late.status_code == 422
    assert "Något annat" in late.content.decode()
    assert "Jag ringde." in late.content.decode()
    assert AuditEntry.objects.filter(action="concerns.handled").count() == 1


def test_what_nobody_handles_is_told_to_the_others_once(client, opened, region, grant, anna):
    other = make_grant(make_person("Jonas"), Role.COORDINATOR, region)
    set_routine(region, text="Ring.", readers=[grant.person], by=as_coordinator(grant), now=timezone.now())
    ask(client, opened)
    now = Concern.objects.get().at
    assert remind_late(now=now + timedelta(hours=1, minutes=59)) == 0
    assert remind_late(now=now + timedelta(hours=2)) == 1
    assert remind_late(now=now + timedelta(hours=9)) == 0
    assert mails("late") == sorted([grant.person_id, other.person_id])


def as_coordinator(grant):
    return actor_for(grant.person, role=Role.COORDINATOR, node=grant.node)


def test_a_routine_without_readers_is_none(region, grant):
    with pytest.raises(NobodyReads):
        set_routine(region, text="Ring.", readers=[], by=as_coordinator(grant), now=timezone.now())
    assert not Routine.objects.exists()


@pytest.mark.parametrize("count", [1, 3, 300])
def test_the_list_costs_the_same_however_many(count, desk, region, django_assert_num_queries):
    now = timezone.now()
    desk.get("/oro/")
    Concern.objects.bulk_create(
        Concern(key=f"k{number}", sign="harm", node=region, extract="x", outcome="", at=now) for number in range(count)
    )
    with django_assert_num_queries(8):
        desk.get("/oro/")


# --- what is kept ---------------------------------------------------------------------------------


def test_the_sentence_is_encrypted_and_goes_when_the_person_is_forgotten(client, opened, grant, anna):
    ask(client, opened)
    with connection.cursor() as cursor:
        cursor.execute("SELECT extract FROM concerns_concern WHERE id = %s", [Concern.objects.get().pk])
        assert "leva" not in cursor.fetchone()[0]
    assert rows_of(anna.pk)[0].facts[2].value == "Kan man vara med fast man ibland inte vill leva?"
    forget_person(anna, by=SYSTEM, now=timezone.now())
    concern = Concern.objects.get()
    assert (concern.extract, concern.handled_at) == (BLANKED, None)


def test_it_goes_two_years_after_it_was_handled(client, opened, grant, anna):
    ask(client, opened)
    concern, now = Concern.objects.get(), timezone.now()
    assert concerns_past(now + timedelta(days=9999)) == []
    handle_concern(concern, outcome="Jag ringde.", by=as_coordinator(grant), now=now)
    assert [due.thing_id for due in concerns_past(now)] == [concern.pk]
    assert not blank_old_concern(concern.pk, limit=now - timedelta(seconds=1), by=SYSTEM, now=now)
    assert blank_old_concern(concern.pk, limit=now, by=SYSTEM, now=now)
    concern.refresh_from_db()
    assert (concern.extract, concern.outcome) == (BLANKED, BLANKED)
