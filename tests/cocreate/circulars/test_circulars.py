"""Letters to those whom a search found: looked at first, each once, quietly, and never to somebody who rests."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from samskapa.cocreate.circulars.domain import ChangedMeanwhile, Nobody, NotNow, OthersNow, Stage, mark_of
from samskapa.cocreate.circulars.models import Addressee, Circular
from samskapa.cocreate.circulars.queries.letters import progress_of, reach_of
from samskapa.cocreate.circulars.queries.my_data import letters_past
from samskapa.cocreate.circulars.services import sending, writing
from samskapa.cocreate.circulars.services.my_data import remove_old_addressee
from samskapa.cocreate.pool.domain import Status
from samskapa.cocreate.pool.models import Group, Member
from samskapa.cocreate.pool.services import joining
from samskapa.ground.core.domain import SYSTEM, Actor, Pace
from samskapa.ground.core.models import AuditEntry, MailState, OutboxMail
from samskapa.ground.core.services import drain
from samskapa.ground.notices.services import choose
from samskapa.ground.organisations.domain import Role
from samskapa.ground.organisations.models import RoleGrant
from samskapa.ground.people.models import Person
from samskapa.ground.protection.services import protect
from tests.factories.helping import make_registered
from tests.factories.mail import left_when_all_is_mailed
from tests.factories.organisations import NOW, log_in
from tests.factories.people import make_person
from tests.factories.pool import make_group, make_member

TODAY = NOW.date()


def enter(client, coordinator: Actor) -> None:
    grant = RoleGrant.objects.get(person_id=coordinator.person_id, role=Role.COORDINATOR)
    log_in(client, grant.person, grant)


def own(member: Member) -> Actor:
    return Actor(person_id=member.person_id)


def draft(group: Group, by: Actor, wanted: dict | None = None) -> Circular:
    return writing.write(group, title="Träff i maj", text="Kom på fika.", wanted=wanted or {}, by=by, now=NOW)


def sent(group: Group, by: Actor, wanted: dict | None = None) -> Circular:
    one = draft(group, by, wanted)
    mark = reach_of(group, one.wanted, TODAY).mark
    return writing.send(one, based_on=one.version, mark=mark, by=by, now=NOW)


def work_off(one: Circular) -> Circular:
    while sending.send_some(one.pk, by=SYSTEM, now=NOW):
        pass
    return Circular.objects.get(pk=one.pk)


def letters() -> list[int]:
    found = OutboxMail.objects.filter(kind="circulars/letter").order_by("recipient_id")
    return list(found.values_list("recipient_id", flat=True))


@given(one=st.frozensets(st.integers(1, 30)), other=st.frozensets(st.integers(1, 30)))
def test_the_mark_is_the_same_for_the_same_people_and_for_no_others(one, other):
    assert (mark_of(one) == mark_of(other)) is (one == other)
    assert mark_of(sorted(one)) == mark_of(sorted(one, reverse=True))


@pytest.mark.django_db
def test_it_goes_once_to_those_the_search_finds_and_waits_for_their_digest():
    group, coordinator = make_group()
    members = [make_member(group, coordinator=coordinator) for _number in range(3)]
    make_member(group, coordinator=coordinator, age={"age": "65-79"})
    make_member()  # of another group
    one = sent(group, coordinator, {"age": "30-49"})
    assert (one.stage, one.size, letters()) == (Stage.SENDING, 3, [])
    again = writing.send(one, based_on=one.version, mark="", by=coordinator, now=NOW)
    assert (again.pk, Addressee.objects.count()) == (one.pk, 3), "twice the button is once"
    drain(now=NOW)
    one.refresh_from_db()
    assert (one.stage, one.done_at is not None) == (Stage.SENT, True)
    assert letters() == [member.person_id for member in members]
    mail = OutboxMail.objects.filter(kind="circulars/letter").first()
    assert mail is not None
    assert mail.due_at > NOW
    assert AuditEntry.objects.filter(action="circulars.sent").get().details["size"] == 3
    work_off(one)
    assert len(letters()) == 3
    assert left_when_all_is_mailed(NOW) == []


@pytest.mark.django_db
def test_a_worker_that_dies_half_way_goes_on_and_nobody_gets_it_twice(monkeypatch):
    monkeypatch.setattr(sending, "BATCH", 2)
    group, coordinator = make_group()
    for _number in range(5):
        make_member(group, coordinator=coordinator)
    one = sent(group, coordinator)
    assert sending.send_some(one.pk, by=SYSTEM, now=NOW)

    with transaction.atomic():
        sending.send_some(one.pk, by=SYSTEM, now=NOW)
        transaction.set_rollback(True)
    assert progress_of(one).written == 2
    one = work_off(one)
    assert (one.stage, len(letters()), len(set(letters())), progress_of(one).written) == (Stage.SENT, 5, 5, 5)


@pytest.mark.django_db
def test_who_rests_or_has_left_is_left_out_also_between_the_button_and_their_turn():
    group, coordinator = make_group()
    gets, rests, will_rest, will_leave = (make_member(group, coordinator=coordinator) for _number in range(4))
    joining.rest(rests, by=own(rests), now=NOW)
    reach = reach_of(group, {}, TODAY)
    assert (reach.number, reach.resting) == (3, 1)
    one = sent(group, coordinator)
    joining.rest(will_rest, by=own(will_rest), now=NOW)
    joining.leave(will_leave, by=own(will_leave), now=NOW)
    one = work_off(one)
    assert letters() == [gets.person_id]
    progress = progress_of(one)
    assert (progress.written, progress.left_out, progress.waits) == (1, 2, 0)


@pytest.mark.django_db
def test_it_is_not_sent_to_others_than_those_who_were_looked_at():
    group, coordinator = make_group()
    make_member(group, coordinator=coordinator)
    one = draft(group, coordinator)
    mark = reach_of(group, {}, TODAY).mark
    make_member(group, coordinator=coordinator)
    with pytest.raises(OthersNow):
        writing.send(one, based_on=1, mark=mark, by=coordinator, now=NOW)
    mark = reach_of(group, {}, TODAY).mark
    writing.change(one, title="Träff i juni", text="Kom på fika.", based_on=1, by=coordinator, now=NOW)
    with pytest.raises(ChangedMeanwhile):
        writing.send(one, based_on=1, mark=mark, by=coordinator, now=NOW)
    with pytest.raises(ChangedMeanwhile):
        writing.change(one, title="Annat", text="Kom.", based_on=1, by=coordinator, now=NOW)
    nobody = draft(group, coordinator, {"status": "resting"})
    with pytest.raises(Nobody):
        writing.send(nobody, based_on=1, mark=mark_of([]), by=coordinator, now=NOW)
    assert (Addressee.objects.count(), letters()) == (0, [])
    writing.send(one, based_on=2, mark=mark, by=coordinator, now=NOW)
    for late in (
        lambda: writing.change(one, title="Nytt", text="Nytt", based_on=2, by=coordinator, now=NOW),
        lambda: writing.throw_away(one, by=coordinator, now=NOW),
    ):
        with pytest.raises(NotNow):
            late()
    for _twice in range(2):
        writing.throw_away(nobody, by=coordinator, now=NOW)
    assert Circular.objects.count() == 1


@pytest.mark.django_db
def test_the_database_refuses_a_letter_that_is_sent_by_nobody_and_twice_to_one():
    group, coordinator = make_group()
    member = make_member(group, coordinator=coordinator)
    one = sent(group, coordinator)
    for wrong in (
        lambda: Circular.objects.filter(pk=one.pk).update(sent_by=None),
        lambda: Circular.objects.filter(pk=one.pk).update(stage=Stage.SENT),
        lambda: Addressee.objects.create(circular=one, member=member),
        lambda: Addressee.objects.update(written_at=NOW, is_left_out=True),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            wrong()


@pytest.mark.django_db
def test_each_gets_it_as_they_have_chosen_and_the_page_says_how_many():
    group, coordinator = make_group()
    people = [make_person(), make_person(), make_registered(by=coordinator), make_person()]
    members = [make_member(group, person, coordinator=coordinator) for person in people]
    choose(people[1], paces={"group_letters": Pace.NEVER}, hour=7, weekday=0, by=own(members[1]), now=NOW)
    protect(people[3], coordinators=[Person.objects.get(pk=coordinator.person_id)], by=coordinator, now=NOW)
    assert reach_of(group, {}, TODAY).ways == {"digest": 2, "paper": 1, "page": 1}
    work_off(sent(group, coordinator))
    states = dict(OutboxMail.objects.filter(kind="circulars/letter").values_list("recipient_id", "state"))
    assert states == {person.pk: MailState.KEPT if person is people[1] else MailState.WAITING for person in people}


@pytest.mark.django_db
def test_from_the_list_to_the_members_page(client):
    group, coordinator = make_group()
    member = make_member(group, coordinator=coordinator, name={"called": "Lo"})
    other = make_member(group, coordinator=coordinator, name={"called": "Bo"}, age={"age": "65-79"})
    enter(client, coordinator)
    listed = client.get(f"{reverse('pool:members', args=[group.node_id])}?age=30-49").content.decode()
    new = reverse("circulars:new", args=[group.node_id])
    assert f'href="{new}?age=30-49"' in listed
    page = client.get(f"{new}?age=30-49").content.decode()
    assert "1 medlem får det" in page
    for title, text, told in (("", "Hej", "Skriv en rubrik."), ("Träff", "Ring 19121212-1212", "personnummer")):
        answer = client.post(f"{new}?age=30-49", {"title": title, "text": text})
        assert (answer.status_code, told in answer.content.decode(), text in answer.content.decode()) == (
            422,
            True,
            True,
        )
    answer = client.post(f"{new}?age=30-49", {"title": "Träff", "text": "Kom på fika."})
    one = Circular.objects.get()
    preview = reverse("circulars:circular", args=[one.pk])
    assert answer["Location"] == preview
    text = client.get(preview).content.decode()
    assert ("Lo</a>" in text, "Bo</a>" in text, "Ålder" in text or "Age" in text) == (True, False, True)
    hidden = dict(re.findall(r'name="(version|mark)" value="([^"]*)"', text))
    joining.rest(member, by=own(member), now=NOW)
    refused = client.post(reverse("circulars:send", args=[one.pk]), hidden)
    assert (refused.status_code, letters()) == (409, [])
    joining.come_back(member, by=own(member), now=NOW)
    assert client.post(reverse("circulars:send", args=[one.pk]), hidden)["Location"] == preview
    assert "0 av 1" in client.get(preview).content.decode()
    sending.send_some(one.pk, by=SYSTEM, now=timezone.now())
    assert "till 1 medlem." in client.get(preview).content.decode()
    assert client.get(reverse("circulars:change", args=[one.pk])).status_code == 404
    assert "Träff" in client.get(reverse("circulars:circulars", args=[group.node_id])).content.decode()
    letter = reverse("circulars:letter", args=[one.pk])
    log_in(client, member.person)
    assert letter in client.get(reverse("pool:mine", args=[group.node_id])).content.decode()
    assert "Kom på fika." in client.get(letter).content.decode()
    log_in(client, other.person)
    assert client.get(letter).status_code == 404
    joining.leave(member, by=own(member), now=NOW)
    log_in(client, member.person)
    assert client.get(letter).status_code == 404


@pytest.mark.django_db
def test_of_two_who_change_a_draft_the_second_sees_what_the_first_wrote(client):
    group, coordinator = make_group()
    make_member(group, coordinator=coordinator)
    one = draft(group, coordinator)
    enter(client, coordinator)
    page = reverse("circulars:change", args=[one.pk])
    assert client.post(page, {"title": "Först", "text": "Ett", "version": "1"}).status_code == 302
    answer = client.post(page, {"title": "Sist", "text": "Två", "version": "1"})
    text = answer.content.decode()
    assert (answer.status_code, "Ett" in text, "Två" in text, 'value="2"' in text) == (409, True, True, True)
    assert client.post(page, {"title": "Båda", "text": "Ett och två", "version": "2"}).status_code == 302


@pytest.mark.django_db
def test_a_label_or_place_that_is_gone_never_widens_whom_a_letter_goes_to():
    """What a search cannot understand asks for nothing: a letter looks at whom it finds, every time."""
    group, coordinator = make_group()
    make_member(group, coordinator=coordinator)
    assert reach_of(group, {"label": "999"}, TODAY).number == 0
    assert reach_of(group, {"contact": "999"}, TODAY).number == 0


@pytest.mark.django_db
def test_who_got_it_goes_after_two_years_and_the_letter_stays():
    group, coordinator = make_group()
    member = make_member(group, coordinator=coordinator)
    one = work_off(sent(group, coordinator))
    assert letters_past(NOW - timedelta(seconds=1)) == []
    [due] = letters_past(NOW)
    assert (due.person_id, remove_old_addressee(due.thing_id, limit=NOW, by=SYSTEM, now=NOW)) == (
        member.person_id,
        True,
    )
    assert not remove_old_addressee(due.thing_id, limit=NOW, by=SYSTEM, now=NOW)
    assert (Addressee.objects.count(), Circular.objects.get().size) == (0, one.size)


@pytest.mark.django_db
def test_the_pages_cost_the_same_for_a_small_group_and_a_large(client):
    group, coordinator = make_group()
    enter(client, coordinator)
    one, counts = draft(group, coordinator), []
    for more in (2, 15):
        members = [make_member(group, coordinator=coordinator, status=Status.INTERESTED) for _number in range(more)]
        writing.write(group, title=f"Brev {more}", text="Hej", wanted={}, by=coordinator, now=NOW)
        pages = [reverse(f"circulars:{name}", args=[group.node_id]) for name in ("circulars", "new")]
        pages.append(reverse("circulars:circular", args=[one.pk]))
        with CaptureQueriesContext(connection) as queries:
            assert [client.get(page).status_code for page in pages] == [200] * 3
        counts.append(len(queries))
        assert members
    assert counts[0] == counts[1]
