"""The joining agreement: drafted at the welcome, confirmed by both, gone when one leaves. Answers to notes."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samskapa.cocreate.pool.domain import Introduction, NotAgreed, NotThatMove, Status
from samskapa.cocreate.pool.models import TABLES, Agreement, Member, NoteAnswer, Revision
from samskapa.cocreate.pool.queries import agreement as queries
from samskapa.cocreate.pool.queries.agreement_words import TEXTS
from samskapa.cocreate.pool.services import agreeing, joining, notes, running
from samskapa.ground.agreements import services as law
from samskapa.ground.core.domain import BLANKED, Actor
from samskapa.ground.core.models import AuditEntry, OutboxMail
from samskapa.ground.organisations.domain import Role
from samskapa.ground.organisations.models import RoleGrant
from samskapa.ground.people.models import Person
from tests.factories.organisations import NOW, actor_for, log_in
from tests.factories.pool import make_group, make_member, settle_joining

pytestmark = pytest.mark.django_db


def url(name: str, *args) -> str:
    return reverse(f"pool:{name}", args=args)


def as_coordinator(client, coordinator: Actor) -> None:
    grant = RoleGrant.objects.get(person_id=coordinator.person_id, role=Role.COORDINATOR)
    log_in(client, grant.person, grant)


def told(kind: str) -> list[int]:
    return list(OutboxMail.objects.filter(kind=f"pool/{kind}").order_by("pk").values_list("recipient_id", flat=True))


def confirm(agreement: Agreement, side: str, by: Actor) -> None:
    agreeing.confirm_all(agreement, party=queries.party_of(agreement, side), by=by, now=NOW)


def own(member: Member) -> Actor:
    return Actor(person_id=member.person_id)


def change(agreement: Agreement, text: str, by: Actor, side: str = "person", *, now: datetime = NOW) -> None:
    """Propose another wording of the first point."""
    line, party = agreement.lines.order_by("position").first(), queries.party_of(agreement, side)
    agreeing.take_part(
        agreement,
        lambda held: law.propose_change(
            TABLES, held, line.pk, text=text, based_on=line.revisions.last().pk, party=party, by=by, now=now
        ),
        done=lambda done: done,
        party=party,
        by=by,
        now=now,
    )


def test_the_welcome_drafts_it_in_plain_swedish_and_nobody_has_confirmed_it():
    group, coordinator = make_group(pay="Arvode: 400 kr i timmen.")
    member = make_member(group, status=Status.WELCOMED, coordinator=coordinator)
    agreement = queries.agreements().get()
    assert (agreement.person_owes, agreement.group_owes, agreement.settled_at) == (12, 12, None)
    texts = [row.text for row in Revision.objects.order_by("line__position")]
    contact = Person.objects.get(pk=coordinator.person_id).name
    assert texts[0].startswith("Vi frågar dig när din erfarenhet behövs. Du kan säga nej varje gång")
    assert any(contact in text for text in texts)
    assert any(text.endswith("Arvode: 400 kr i timmen.") for text in texts)
    assert not any("Kim" in text or member.person.name in text for text in texts)
    assert len(texts) == len(TEXTS) - 1  # one is for those under eighteen alone


def test_somebody_under_eighteen_has_one_more_point():
    group, coordinator = make_group(lowest_age=16)
    member = make_member(group, status=Status.TALKED, coordinator=coordinator, age={"age": "16-17"})
    running.note_minor(
        member, guardian="Mor", guide="Maja", adult="Per", words="Ja", based_on=0, by=coordinator, now=NOW
    )
    contact = Person.objects.get(pk=coordinator.person_id)
    running.welcome(member, contact=contact, by=coordinator, now=NOW)
    texts = [row.text for row in Revision.objects.order_by("line__position")]
    assert (len(texts), texts[4].startswith("Du har en guide")) == (13, True)


def test_one_can_be_asked_only_when_both_have_confirmed_it():
    group, coordinator = make_group()
    member = make_member(group, status=Status.WELCOMED, coordinator=coordinator)
    running.introduce(member, list(Introduction), by=coordinator, now=NOW)
    agreement = queries.agreements().get()
    by = {"by": coordinator, "now": NOW}
    with pytest.raises(NotAgreed):
        running.activate(member, **by)
    confirm(agreement, "person", own(member))
    with pytest.raises(NotAgreed):
        running.activate(member, **by)
    assert (told("agreement_news"), told("agreement_settled")) == ([coordinator.person_id], [])
    for _twice in range(2):
        confirm(agreement, "care", coordinator)
    agreement.refresh_from_db()
    assert (agreement.person_owes, agreement.group_owes, agreement.settled_at) == (0, 0, NOW)
    assert sorted(told("agreement_settled")) == sorted([member.person_id, coordinator.person_id])
    assert running.activate(member, **by).status == Status.ACTIVE


def test_a_change_applies_when_the_other_has_confirmed_it_and_takes_no_status_away():
    member = make_member()
    coordinator = actor_for(role=Role.COORDINATOR, node=member.group.node)
    agreement = queries.agreements().get()
    change(agreement, "Ni frågar mig, helst på förmiddagen.", own(member))
    agreement.refresh_from_db()
    assert (agreement.group_owes, agreement.settled_at, member.status) == (1, None, Status.ACTIVE)
    assert queries.is_confirmed(member)
    assert queries.stands(member, "care").my_turn
    assert not queries.stands(member, "person").my_turn
    confirm(agreement, "care", coordinator)
    agreement.refresh_from_db()
    assert (agreement.group_owes, agreement.versions.count()) == (0, 2)


def test_what_was_written_goes_when_one_leaves_and_who_joins_again_agrees_anew():
    group, coordinator = make_group()
    member = make_member(group, coordinator=coordinator)
    first = queries.agreements().get()
    change(first, "Zebrafink", own(member))
    joining.leave(member, by=own(member), now=NOW)
    first.refresh_from_db()
    assert (first.ended_at, queries.agreement_of(member)) == (NOW, None)
    assert {row.text for row in Revision.objects.all()} == {BLANKED}
    with pytest.raises(agreeing.NotBeingWritten):
        confirm(first, "person", own(member))
    make_member(group, member.person, status=Status.WELCOMED, coordinator=coordinator)
    second = queries.agreements().get()
    assert (second.root_id, second.pk != first.pk, queries.is_confirmed(member)) == (member.pk, True, False)


def test_who_was_a_member_before_there_were_agreements_stays_and_can_have_one():
    group, coordinator = make_group()
    member = make_member(group, status=Status.INTERESTED)
    with pytest.raises(NotThatMove):
        agreeing.draft_agreement(member, by=coordinator, now=NOW)
    Member.objects.filter(pk=member.pk).update(status=Status.ACTIVE, contact=coordinator.person_id)
    assert running.activate(member, by=coordinator, now=NOW).status == Status.ACTIVE
    drafted = {agreeing.draft_agreement(member, by=coordinator, now=NOW).pk for _twice in range(2)}
    assert (len(drafted), Member.objects.get(pk=member.pk).status) == (1, Status.ACTIVE)


# --- the pages ------------------------------------------------------------------------------------


def test_both_read_the_same_points_and_confirm_on_their_own_side(client):
    group, coordinator = make_group()
    member = make_member(group, status=Status.WELCOMED, coordinator=coordinator)
    running.introduce(member, list(Introduction), by=coordinator, now=NOW)
    agreement = queries.agreements().get()
    page, answer = url("agreement", agreement.pk), url("agreement_answer", agreement.pk)
    as_coordinator(client, coordinator)
    refused = client.post(url("activate", member.pk), follow=True)
    assert "Först behöver båda bekräfta överenskommelsen." in refused.content.decode()
    everything = [f"{line.pk}:{line.revisions.get().pk}" for line in agreement.lines.all()]
    for who in ("care", "person"):
        if who == "person":
            log_in(client, member.person)
            assert page in client.get(url("mine", group.node_id)).content.decode()
        text = client.get(page).content.decode()
        assert all(row.text.split("\n")[0][:40] in text for row in Revision.objects.all())
        client.post(answer, {"action": "confirm_all", "confirm": everything})
    assert queries.stands(member, "person").is_settled
    assert "version 1" in client.get(url("agreement_history", agreement.pk)).content.decode()
    looks = AuditEntry.objects.filter(action="people.looked", details__what=f"pool.agreement:{agreement.pk}")
    assert {look.person_id for look in looks} == {coordinator.person_id}
    as_coordinator(client, coordinator)
    client.post(url("activate", member.pk))
    assert Member.objects.get(pk=member.pk).status == Status.ACTIVE


def test_a_coordinator_who_is_a_member_herself_speaks_for_one_side_only(client):
    group, coordinator = make_group()
    other = actor_for(role=Role.COORDINATOR, node=group.node)
    herself = make_member(
        group, Person.objects.get(pk=coordinator.person_id), status=Status.WELCOMED, coordinator=other
    )
    agreement = queries.agreements().get(root=herself)
    as_coordinator(client, coordinator)
    client.post(
        url("agreement_answer", agreement.pk),
        {
            "action": "confirm_all",
            "confirm": [f"{line.pk}:{line.revisions.get().pk}" for line in agreement.lines.all()],
        },
    )
    agreement.refresh_from_db()
    assert (agreement.person_owes, agreement.group_owes) == (0, 12)


def test_nobody_elses_agreement_is_there(client):
    member = make_member(status=Status.WELCOMED)
    agreement = queries.agreements().get()
    _group, stranger = make_group()
    as_coordinator(client, stranger)
    assert client.get(url("agreement", agreement.pk)).status_code == 404
    log_in(client, make_member(member.group).person)
    assert client.get(url("agreement", agreement.pk)).status_code == 404


def test_an_answer_in_somebodys_name_shows_to_both(client):
    group, coordinator = make_group()
    member = make_member(group, status=Status.WELCOMED, coordinator=coordinator)
    agreement = queries.agreements().get()
    helper = Actor(person_id=coordinator.person_id, for_person_id=member.person_id)
    confirm(agreement, "person", helper)
    name = Person.objects.get(pk=coordinator.person_id).name
    assert queries.helpers_of(agreement) == [name]
    log_in(client, member.person)
    assert f"som medlemmen bad om: {name}" in client.get(url("agreement", agreement.pk)).content.decode()


def test_what_is_refused_comes_back_with_what_was_typed(client):
    member = make_member()
    agreement = queries.agreements().get()
    line = agreement.lines.order_by("position").first()
    log_in(client, member.person)
    typed = {
        "action": "change", "line": line.pk, "revision": line.revisions.get().pk, "text": "Ring 19121212-1212.",
        "reason": "",
    }  # fmt: skip
    again = client.post(url("agreement_answer", agreement.pk), typed)
    assert (again.status_code, "Ring 19121212-1212." in again.content.decode()) == (422, True)
    assert line.revisions.count() == 1


def test_the_page_costs_the_same_whatever_was_said(client):
    group, coordinator = make_group()
    member = make_member(group, coordinator=coordinator)
    agreement = queries.agreements().get()
    counts = []
    for number in range(2):
        log_in(client, member.person)
        client.get(url("agreement", agreement.pk))
        with CaptureQueriesContext(connection) as asked:
            client.get(url("agreement", agreement.pk))
            client.get(url("agreement_history", agreement.pk))
        counts.append(len(asked))
        change(agreement, f"Ni frågar mig {number}.", own(member))
        settle_joining(member, coordinator)
    assert counts[0] == counts[1], counts


# --- answers to notes -----------------------------------------------------------------------------


def make_note(member: Member, coordinator: Actor):
    return running.write_note(
        member, kind="note", on_day=NOW.date(), text="Ringde om hösten.", next_check_in=None, by=coordinator, now=NOW
    )


def test_an_answer_to_a_note_reaches_who_wrote_it_once():
    group, coordinator = make_group()
    member = make_member(group, coordinator=coordinator)
    note = make_note(member, coordinator)
    for _twice in range(2):
        notes.answer_note(note, text=" Gärna efter jul. ", by=own(member), now=NOW)
    assert [row.text for row in NoteAnswer.objects.all()] == ["Gärna efter jul."]
    assert told("note_answered") == [coordinator.person_id]
    RoleGrant.objects.filter(person=coordinator.person_id).update(ended_at=NOW)
    after = actor_for(role=Role.COORDINATOR, node=group.node)
    notes.answer_note(note, text="Ring mig.", by=own(member), now=NOW)
    assert told("note_answered") == [coordinator.person_id, after.person_id]


def test_both_read_the_answer_and_a_personal_number_is_refused_with_the_words_kept(client):
    group, coordinator = make_group()
    member, other = make_member(group, coordinator=coordinator), make_member(group, coordinator=coordinator)
    note, theirs = make_note(member, coordinator), make_note(other, coordinator)
    log_in(client, member.person)
    page = url("answer_note", group.node_id, note.pk)
    assert client.get(url("answer_note", group.node_id, theirs.pk)).status_code == 404
    refused = client.post(page, {"text": "19121212-1212 Zebrafink"})
    assert (refused.status_code, "Zebrafink" in refused.content.decode()) == (422, True)
    client.post(page, {"text": "Gärna efter jul."})
    assert "Gärna efter jul." in client.get(url("mine", group.node_id)).content.decode()
    as_coordinator(client, coordinator)
    assert "Gärna efter jul." in client.get(url("member", member.pk)).content.decode()
