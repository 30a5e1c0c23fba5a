"""The joining agreement on paper: a draft, a version, and what is kept when one has left."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samskapa.cocreate.pool.domain import Status
from samskapa.cocreate.pool.models import Agreement, Revision
from samskapa.cocreate.pool.queries import agreement as queries
from samskapa.cocreate.pool.services import agreeing, joining
from samskapa.ground.core.domain import Actor
from samskapa.ground.core.models import AuditEntry
from samskapa.ground.people.models import Person
from tests.factories.organisations import NOW, log_in
from tests.factories.people import make_person
from tests.factories.pool import make_group, make_member, settle_joining
from tests.ground.documents.reading import text_of

from .test_agreement import as_coordinator, change, confirm

pytestmark = pytest.mark.django_db


def paper(client, agreement: Agreement, number: int | None = None):
    args = [agreement.pk] if number is None else [agreement.pk, number]
    return client.get(reverse("pool:agreement_version_pdf" if number else "pool:agreement_pdf", args=args))


def read(answer) -> str:
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    return " ".join(text_of(answer.content).split())


def test_a_version_is_the_same_paper_for_both_and_names_who_confirmed(client):
    group, coordinator = make_group(name="Resursgruppen Norr")
    member = make_member(group, coordinator=coordinator)
    agreement = queries.agreements().get()
    log_in(client, member.person)
    first = paper(client, agreement)
    assert first["Content-Disposition"].endswith('overenskommelse-resursgruppen-norr-v1.pdf"')
    as_coordinator(client, coordinator)
    assert paper(client, agreement).content == paper(client, agreement, 1).content == first.content
    text = read(first)
    name = Person.objects.get(pk=coordinator.person_id).name
    for part in ("Resursgruppen Norr", "Kim", f"Genom {name}", "Version 1, ", "Det du får höra om andra"):
        assert part in text, part
    looked = AuditEntry.objects.filter(action="people.looked", details__what=f"pool.agreement:{agreement.pk}")
    assert {look.person_id for look in looked} == {coordinator.person_id}


def test_before_both_have_confirmed_the_paper_says_that_it_is_a_draft(client):
    member = make_member(status=Status.WELCOMED)
    agreement = queries.agreements().get()
    log_in(client, member.person)
    answer = paper(client, agreement)
    assert "-utkast.pdf" in answer["Content-Disposition"]
    text = read(answer)
    assert "Utkast, " in text
    assert "Version 1" not in text
    assert "Hämta utkastet som PDF" in client.get(reverse("pool:agreement", args=[agreement.pk])).content.decode()
    assert paper(client, agreement, 1).status_code == 404


def test_an_earlier_version_says_what_it_said_then(client):
    group, coordinator = make_group()
    member = make_member(group, coordinator=coordinator)
    agreement = queries.agreements().get()
    change(agreement, "Ni ringer före klockan tio.", Actor(person_id=member.person_id))
    log_in(client, member.person)
    assert "före klockan tio" not in read(paper(client, agreement))
    settle_joining(member, coordinator, now=NOW + timedelta(days=1))
    assert "före klockan tio" in read(paper(client, agreement))
    assert "före klockan tio" not in read(paper(client, agreement, 1))
    page = client.get(reverse("pool:agreement", args=[agreement.pk])).content.decode()
    assert reverse("pool:agreement_version_pdf", args=[agreement.pk, 1]) in page


def test_who_answered_in_the_members_name_stands_on_the_paper(client):
    group, coordinator = make_group()
    member = make_member(group, status=Status.WELCOMED, coordinator=coordinator)
    agreement = queries.agreements().get()
    confirm(agreement, "person", Actor(person_id=coordinator.person_id, for_person_id=member.person_id))
    confirm(agreement, "care", coordinator)
    log_in(client, member.person)
    name = Person.objects.get(pk=coordinator.person_id).name
    assert f"Har svarat i medlemmens namn, som medlemmen bad om {name}" in read(paper(client, agreement))


def test_when_one_has_left_the_paper_says_that_it_was_there_and_when_and_nothing_more(client):
    group, coordinator = make_group()
    person = make_person(name="Siv Zebrafink")
    member = make_member(group, person, coordinator=coordinator, name={"called": "Siv Zebrafink"})
    agreement = queries.agreements().get()
    change(agreement, "Ni ringer före klockan tio.", Actor(person_id=member.person_id))
    points = [row.text for row in Revision.objects.all()]
    log_in(client, person)
    leaving = client.get(reverse("pool:leave", args=[group.node_id])).content.decode()
    assert reverse("pool:agreement_pdf", args=[agreement.pk]) in leaving
    joining.leave(member, by=Actor(person_id=member.person_id), now=NOW + timedelta(days=3))
    own = read(paper(client, agreement))
    assert (
        reverse("pool:agreement_pdf", args=[agreement.pk])
        in client.get(reverse("pool:group", args=[group.node_id])).content.decode()
    )
    as_coordinator(client, coordinator)
    theirs = read(paper(client, agreement))
    for text in (own, theirs):
        assert "Avslutad " in text
        assert "Version 1, bekräftad av båda" in text
        assert not any(point[:25] in text for point in points)
    assert ("Zebrafink" in own, "Zebrafink" in theirs) == (True, False)
    assert "Vem det var visas inte." in theirs
    with pytest.raises(agreeing.NotBeingWritten):
        confirm(agreement, "person", Actor(person_id=member.person_id))


def test_nobody_else_gets_the_paper_also_after_it_has_ended(client):
    member = make_member()
    agreement = queries.agreements().get()
    _group, stranger = make_group()
    for _before_and_after in range(2):
        log_in(client, make_member(member.group).person)
        assert paper(client, agreement).status_code == 404
        as_coordinator(client, stranger)
        assert paper(client, agreement).status_code == 404
        if agreement.ended_at is None:
            joining.leave(member, by=Actor(person_id=member.person_id), now=NOW)
            agreement.refresh_from_db()


def test_the_paper_costs_the_same_whatever_was_said(client):
    group, coordinator = make_group()
    member = make_member(group, coordinator=coordinator)
    agreement = queries.agreements().get()
    log_in(client, member.person)
    counts = []
    for number in range(2):
        paper(client, agreement)
        with CaptureQueriesContext(connection) as asked:
            paper(client, agreement)
        counts.append(len(asked))
        for again in range(3):
            change(agreement, f"Ni frågar mig {number} {again}.", Actor(person_id=member.person_id))
        settle_joining(member, coordinator)
    assert counts[0] == counts[1], counts
