"""Register, help, letters, taking over: who may, what is kept, and what the trail says."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from samskapa.ground.core.domain import SYSTEM, Actor
from samskapa.ground.core.models import AuditEntry, MailState, OutboxMail
from samskapa.ground.core.services import drain, queue_mail, record
from samskapa.ground.helping import queries
from samskapa.ground.helping.domain import Done, HelpsAlready, How
from samskapa.ground.helping.models import Help, PassedOn, Registered
from samskapa.ground.helping.services import (
    begin_help,
    change_contact,
    end_due_help,
    end_help,
    invite_to_take_over,
    pass_on,
    register,
    take_over,
)
from samskapa.ground.organisations.domain import Role
from samskapa.ground.people.domain import AddressTaken, HasAddress
from samskapa.ground.people.models import Person
from samskapa.ground.people.services.my_data import mark_as_died
from samskapa.ground.protection.services import protect
from tests.factories.helping import make_help, make_registered
from tests.factories.organisations import NOW, actor_for, make_grant, make_region_tree
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree():
    return make_region_tree()


@pytest.fixture
def coordinator(tree):
    return actor_for(make_person("Kerstin"), Role.COORDINATOR, tree.region)


@pytest.fixture
def bo(coordinator):
    return make_registered(by=coordinator)


def begin(person, coordinator, now=NOW) -> Help:
    return begin_help(person, asked_by="phone", purpose="Anmäla intresse", by=coordinator, now=now)


def acting(coordinator, person) -> Actor:
    return Actor(person_id=coordinator.person_id, for_person_id=person.pk, strength=coordinator.strength)


def do(action, coordinator, person, now) -> None:
    with transaction.atomic():
        record(action, by=acting(coordinator, person), at=now, on=person)


def test_whose_things_are_ones_own():
    assert Actor().whose is None
    assert Actor(person_id=3).whose == 3
    helping = Actor(person_id=3, for_person_id=5)
    assert (helping.whose, helping.is_oneself) == (5, True)


def test_registering_keeps_how_and_when_the_person_said_yes(coordinator, tree):
    row = register(
        name="Bo Berg",
        phone="070-000 00 00",
        postal_address=" Backen 1 ",
        language="en",
        consent_by="paper",
        consent_on=NOW.date(),
        by=coordinator,
        now=NOW,
    )
    row = Registered.objects.get(pk=row.pk)
    assert (row.person.name, row.person.email, row.person.phone, row.person.language) == (
        "Bo Berg",
        None,
        "070-000 00 00",
        "en",
    )
    assert (row.postal_address, row.consent_by, row.consent_on, row.node) == (
        "Backen 1",
        "paper",
        NOW.date(),
        tree.region,
    )
    entry = AuditEntry.objects.get(action="helping.registered")
    assert entry.details == {"consent_by": "paper", "consent_on": NOW.date().isoformat()}
    change_contact(row, phone="", postal_address="Dalen 2", by=coordinator, now=NOW)
    row = Registered.objects.get(pk=row.pk)
    assert (row.postal_address, row.person.phone) == ("Dalen 2", "")


def test_whom_a_coordinator_may_help(coordinator, tree, bo):
    staff = make_grant(None, Role.HOST, tree.unit).person
    member = make_grant(make_person("Anna"), Role.MEMBER, tree.region).person
    elsewhere = make_registered(by=actor_for(None, Role.COORDINATOR, tree.other_region), name="Fel region")
    hidden = make_grant(make_person("Dold"), Role.MEMBER, tree.region).person
    protect(hidden, coordinators=[make_grant(None, Role.COORDINATOR, tree.region).person], by=SYSTEM, now=NOW)
    found = set(queries.people_to_help(coordinator))
    assert found == {bo, member}
    assert not {staff, elsewhere, hidden} & found
    assert list(queries.people_to_help(coordinator, "berg")) == [bo]
    assert list(queries.people_to_help(Actor(person_id=coordinator.person_id))) == []
    named = make_grant(make_person("Känd"), Role.MEMBER, tree.region).person
    protect(named, coordinators=[Person.objects.get(pk=coordinator.person_id)], by=SYSTEM, now=NOW)
    assert named in queries.people_to_help(coordinator)


def test_one_helps_one_at_a_time_and_what_was_left_running_ends(coordinator, bo, tree):
    first = begin(bo, coordinator)
    assert first.ends_at == NOW + timedelta(minutes=60)
    with pytest.raises(HelpsAlready):
        begin(bo, acting(coordinator, bo))
    with pytest.raises(IntegrityError), transaction.atomic():
        Help.objects.create(
            helper_id=coordinator.person_id,
            person=bo,
            node=tree.region,
            asked_by="phone",
            purpose="x",
            began_at=NOW,
            ends_at=first.ends_at,
        )
    second = begin(bo, coordinator, NOW + timedelta(minutes=5))
    first.refresh_from_db()
    assert (first.ended_how, first.ended_at, second.ended_at) == ("next", NOW + timedelta(minutes=5), None)


def test_nobody_helps_themselves(coordinator, tree):
    with pytest.raises(IntegrityError), transaction.atomic():
        Help.objects.create(
            helper_id=coordinator.person_id,
            person_id=coordinator.person_id,
            node=tree.region,
            asked_by="phone",
            purpose="x",
            began_at=NOW,
            ends_at=NOW + timedelta(minutes=1),
        )


def test_ending_counts_the_deeds_of_that_session_alone(coordinator, bo):
    begun = begin(bo, coordinator)
    do("assignments.applied", coordinator, bo, NOW)
    do("people.looked", coordinator, bo, NOW)
    done = end_help(begun, how=How.BUTTON, by=coordinator, now=NOW + timedelta(minutes=3))
    assert (done.deeds, done.ended_how) == (1, "button")
    do("assignments.applied", coordinator, bo, NOW + timedelta(minutes=10))
    assert queries.entries_of(done).count() == 1
    assert end_help(done, how=How.TIME, by=SYSTEM, now=NOW + timedelta(hours=2)).ended_how == "button"
    assert AuditEntry.objects.filter(action="helping.ended").count() == 1
    assert not OutboxMail.objects.exists()  # no address: a letter


def test_who_has_an_address_is_told_by_mail(coordinator, tree):
    anna = make_grant(make_person("Anna"), Role.MEMBER, tree.region).person
    begun = begin(anna, coordinator)
    do("assignments.applied", coordinator, anna, NOW)
    end_help(begun, how=How.BUTTON, by=coordinator, now=NOW)
    mail = OutboxMail.objects.get()
    assert (mail.kind, mail.recipient_id) == ("helping/done", anna.pk)
    assert mail.params == {"helper": "Kerstin", "began_at": NOW.isoformat(), "path": f"/hjalp/brev/{begun.pk}.pdf"}


def test_the_clock_ends_what_nobody_did(coordinator, bo):
    begun = begin(bo, coordinator)
    assert end_due_help(now=NOW + timedelta(minutes=59)) == 0
    drain(NOW + timedelta(minutes=61))
    begun.refresh_from_db()
    assert (begun.ended_how, begun.ended_at) == ("time", begun.ends_at)
    assert end_due_help(now=NOW + timedelta(hours=3)) == 0


def test_mail_to_nobody_waits_until_it_is_told(coordinator, bo, tree, settings, tmp_path):
    settings.MAIL_URL = f"file://{tmp_path}"
    with transaction.atomic():
        mail = queue_mail("protection/lifted", to=bo.pk, key="x", now=NOW)
        queue_mail("protection/lifted", to=make_person().pk, key="y", now=NOW)
        queue_mail("people/login_code", to=bo.pk, key="z", now=NOW, secret=True, code="123456", minutes=5)
    assert list(queries.mail_to_pass_on(coordinator)) == []
    drain(NOW)
    mail.refresh_from_db()
    assert (mail.state, mail.last_error) == (MailState.STOPPED, "no address")
    assert list(queries.mail_to_pass_on(coordinator)) == [mail]
    assert list(queries.mail_to_pass_on(actor_for(None, Role.COORDINATOR, tree.other_region))) == []
    pass_on(mail, how=Done.PHONED, by=coordinator, now=NOW)
    pass_on(mail, how=Done.POSTED, by=coordinator, now=NOW)
    assert list(queries.mail_to_pass_on(coordinator)) == []
    assert PassedOn.objects.get().how == "phoned"


def test_taking_over_gives_the_address_to_the_same_account(coordinator, bo):
    make_person(email="anna@example.se")
    with pytest.raises(AddressTaken):
        invite_to_take_over(bo, "Anna@example.se", by=coordinator, now=NOW)
    invite_to_take_over(bo, "Bo@Example.se", by=coordinator, now=NOW)
    mail = OutboxMail.objects.get()
    assert (mail.kind, mail.address, mail.secret) == ("helping/take_over", "bo@example.se", True)
    take_over(bo, "bo@example.se", by=Actor(person_id=bo.pk), now=NOW)
    bo.refresh_from_db()
    assert bo.email == "bo@example.se"
    with pytest.raises(HasAddress):
        take_over(bo, "annan@example.se", by=Actor(person_id=bo.pk), now=NOW)
    with pytest.raises(HasAddress):
        invite_to_take_over(bo, "annan@example.se", by=coordinator, now=NOW)


def test_what_has_no_words_is_told_too(coordinator, bo):
    begun = begin(bo, coordinator)
    do("assignments.something_new", coordinator, bo, NOW)
    done = end_help(begun, how=How.BUTTON, by=coordinator, now=NOW)
    assert [deed.what for deed in queries.deeds_of(done)] == ["Något skrevs om ””."]
    assert make_help(bo, by=coordinator, now=NOW + timedelta(minutes=1)).deeds == 0


def test_nothing_waits_to_be_posted_to_somebody_who_has_died(coordinator, bo):
    """Death stops letters too."""
    running = begin(bo, coordinator)
    do("assignments.applied", coordinator, bo, NOW)
    end_help(running, how=How.BUTTON, by=coordinator, now=NOW)
    queue_mail("protection/lifted", to=bo.pk, key="x", now=NOW)
    drain(now=NOW)
    assert (queries.letters_to_post(coordinator).count(), queries.mail_to_pass_on(coordinator).count()) == (1, 1)
    mark_as_died(bo, on=NOW.date(), by=coordinator, now=NOW)
    assert (queries.letters_to_post(coordinator).count(), queries.mail_to_pass_on(coordinator).count()) == (0, 0)
    assert not queries.people_to_help(coordinator).exists()
