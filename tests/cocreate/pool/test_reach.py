"""What a group writes to a member goes as the member has chosen: by mail, or by a coordinator who calls or posts it."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.urls import reverse

from samskapa.cocreate.circulars.queries.letters import reach_of
from samskapa.cocreate.circulars.services import sending, writing
from samskapa.cocreate.pool.domain import Status
from samskapa.cocreate.pool.models import Member
from samskapa.cocreate.pool.queries.reach import how_to_reach, reached_without_mail
from samskapa.cocreate.pool.services import running
from samskapa.ground.core.domain import SYSTEM, Actor, Pace
from samskapa.ground.core.models import MailState, OutboxMail
from samskapa.ground.core.services import queue_mail
from samskapa.ground.helping.queries import WayToReach, mail_to_pass_on
from samskapa.ground.notices.services import choose
from samskapa.ground.organisations.domain import Kind, Role
from samskapa.ground.organisations.models import RoleGrant
from tests.factories.helping import make_registered
from tests.factories.mail import send_due
from tests.factories.matching import ask, make_turn
from tests.factories.organisations import NOW, actor_for, log_in, make_grant, make_node
from tests.factories.people import make_person
from tests.factories.pool import answer, make_group, make_member

pytestmark = pytest.mark.django_db

BY_PHONE = {"reach_by": "phone", "reach_at": "070-123 45 67, efter 16"}
BY_LETTER = {"reach_by": "letter", "reach_at": "Backen 1\n123 45 Ekliden"}


def own(member: Member) -> Actor:
    return Actor(person_id=member.person_id)


def note(member: Member, by: Actor, text: str) -> OutboxMail:
    """A note, and the mail about it."""
    running.write_note(member, kind="note", on_day=NOW.date(), text=text, next_check_in=None, by=by, now=NOW)
    return OutboxMail.objects.filter(kind="pool/noted").latest("pk")


def states(person_id: int) -> dict[str, str]:
    return dict(OutboxMail.objects.filter(recipient_id=person_id).values_list("kind", "state"))


def as_coordinator(client, coordinator: Actor) -> None:
    grant = RoleGrant.objects.get(person_id=coordinator.person_id, role=Role.COORDINATOR)
    log_in(client, grant.person, grant)


@pytest.mark.parametrize("reach", [BY_PHONE, BY_LETTER])
def test_who_wants_a_call_or_a_letter_gets_no_mail_from_the_group_and_nothing_is_lost(reach, mailoutbox):
    group, coordinator = make_group()
    member = make_member(group, coordinator=coordinator, reach=reach)
    send_due(NOW)
    found = states(member.person_id)
    assert {"pool/received", "pool/welcomed", "pool/agreement_settled", "pool/active"} <= set(found)
    assert set(found.values()) == {MailState.STOPPED}
    assert [mail for mail in mailoutbox if member.person.email in mail.to[0]] == []
    assert {mail.kind for mail in mail_to_pass_on(coordinator)} == set(found)


def test_what_one_has_asked_for_and_what_keeps_the_account_safe_is_mailed_all_the_same():
    member = make_member(reach=BY_PHONE)
    for kind, more in {
        "people/login_code": {"code": "123456"},
        "people/way_in_added": {"way": "app"},
        "assignments/application_received": {"title": "Lugnare väntrum", "path": "/uppdrag/1/"},
    }.items():
        assert queue_mail(kind, to=member.person_id, key=kind, now=NOW, **more).state == MailState.WAITING, kind


def test_another_choice_counts_from_then_on_and_what_waits_is_not_lost():
    group, coordinator = make_group()
    member = make_member(group, coordinator=coordinator, reach=BY_PHONE)
    first = note(member, coordinator, "Ett")
    answer(member, "reach", reach_by="email", reach_at="")
    second = note(member, coordinator, "Två")
    answer(member, "reach", **BY_LETTER)
    third = note(member, coordinator, "Tre")
    mails = [OutboxMail.objects.get(pk=mail.pk) for mail in (first, second, third)]
    assert [(mail.state, mail.last_error) for mail in mails] == [
        (MailState.STOPPED, "passed on"),
        (MailState.WAITING, ""),
        (MailState.STOPPED, "passed on"),
    ]
    assert {first.pk, third.pk} <= set(mail_to_pass_on(coordinator).values_list("pk", flat=True))


def test_each_group_goes_by_what_was_answered_there():
    person = make_person()
    (one, by_one), (other, by_other) = make_group(), make_group()
    phoned = make_member(one, person, coordinator=by_one, reach=BY_PHONE)
    mailed = make_member(other, person, coordinator=by_other)
    assert note(phoned, by_one, "Ett").state == MailState.STOPPED
    assert note(mailed, by_other, "Två").state == MailState.WAITING
    assert reached_without_mail([person.pk]) == {person.pk}


def test_whom_nobody_can_act_for_gets_mail_and_so_does_who_has_left():
    group, coordinator = make_group()
    staff = make_member(group, coordinator=coordinator, reach=BY_PHONE)
    make_grant(staff.person, Role.HOST, make_node(Kind.UNIT))
    assert note(staff, coordinator, "Ett").state == MailState.WAITING
    gone = make_member(group, status=Status.INTERESTED, coordinator=coordinator, reach=BY_PHONE)
    running.say_no(gone, word="Gruppen är full.", by=coordinator, now=NOW)
    assert states(gone.person_id) == {"pool/received": MailState.STOPPED, "pool/not_welcomed": MailState.WAITING}


def test_who_wants_it_on_their_page_alone_gets_it_there():
    group, coordinator = make_group()
    member = make_member(group, coordinator=coordinator, reach=BY_PHONE)
    choose(member.person, paces={"group_notes": Pace.NEVER}, hour=7, weekday=0, by=own(member), now=NOW)
    assert note(member, coordinator, "Ett").state == MailState.KEPT


def test_being_asked_and_letters_to_many_go_the_same_way():
    turn = make_turn(2)
    phoned, mailed = turn.members
    answer(phoned, "reach", **BY_PHONE)
    ask(turn)
    assert states(phoned.person_id)["matching/asked"] == MailState.STOPPED
    assert states(mailed.person_id)["matching/asked"] == MailState.WAITING
    make_member(turn.group, make_registered(by=turn.coordinator), coordinator=turn.coordinator)
    reach = reach_of(turn.group, {}, NOW.date())
    assert reach.ways == {"digest": 1, "paper": 2, "page": 0}
    one = writing.write(turn.group, title="Träff", text="Kom.", wanted={}, by=turn.coordinator, now=NOW)
    writing.send(one, based_on=1, mark=reach.mark, by=turn.coordinator, now=NOW)
    sending.send_some(one.pk, by=SYSTEM, now=NOW)
    assert states(phoned.person_id)["circulars/letter"] == MailState.STOPPED
    assert states(mailed.person_id)["circulars/letter"] == MailState.WAITING


def test_every_kind_of_mail_of_a_group_is_to_a_member_or_to_who_works_there():
    ours = {kind for kind in settings.MAILS if kind.partition("/")[0] in ("pool", "matching", "circulars", "importing")}
    at_work = {kind for kind in ours if settings.MAILS[kind].key in ("work_waits", "work_news")}
    assert ours - at_work == settings.PASSED_ON


def test_many_are_asked_about_at_the_cost_of_one(django_assert_num_queries):
    group, coordinator = make_group()
    few = [make_member(group, coordinator=coordinator, status=Status.INTERESTED, reach=BY_PHONE) for _n in range(3)]
    ids = [member.person_id for member in few]
    with django_assert_num_queries(1):
        assert reached_without_mail(ids, group.pk) == set(ids)
    with django_assert_num_queries(1):
        found = how_to_reach(ids, group.node.path)
    assert found == {pk: [WayToReach("Per telefon", BY_PHONE["reach_at"], False)] for pk in ids}


def test_what_one_has_told_one_region_is_not_told_in_another(client):
    person = make_person("Ulla Ek")
    (one, by_one), (other, by_other) = make_group(), make_group()
    make_member(one, person, coordinator=by_one, reach=BY_PHONE)
    make_member(other, person, coordinator=by_other, reach=BY_LETTER)
    assert [way.at for way in how_to_reach([person.pk], one.node.path)[person.pk]] == [BY_PHONE["reach_at"]]
    as_coordinator(client, by_one)
    for mail in OutboxMail.objects.filter(recipient_id=person.pk, kind="pool/welcomed"):
        text = client.get(reverse("helping:mail", args=[mail.pk])).content.decode()
        assert ("Backen" in text, "Vill bli nådd" in text) == (False, mail.params["group_id"] == one.pk)


# --- the pages ------------------------------------------------------------------------------------


def test_the_coordinator_has_the_number_at_hand_and_notes_that_it_is_told(client):
    group, coordinator = make_group()
    member = make_member(group, make_person("Ulla Ek"), coordinator=coordinator, reach=BY_PHONE)
    mail = OutboxMail.objects.get(recipient_id=member.person_id, kind="pool/welcomed")
    as_coordinator(client, coordinator)
    page, path = reverse("helping:desk"), reverse("helping:mail", args=[mail.pk])
    text = client.get(page).content.decode()
    assert (path in text, "Per telefon" in text) == (True, True)
    text = client.get(path).content.decode()
    assert ("hellre vill ha ett samtal eller brev" in text, BY_PHONE["reach_at"] in text) == (True, True)
    assert ("Postadress" in text, text.index("Berättat på telefon") < text.index("Skickat som brev")) == (False, True)
    client.post(path, {"how": "phoned"})
    assert path not in client.get(page).content.decode()


def test_a_letter_has_the_address_that_the_member_told(client):
    group, coordinator = make_group()
    member = make_member(group, make_person("Ulla Ek"), coordinator=coordinator, reach=BY_LETTER)
    mail = OutboxMail.objects.get(recipient_id=member.person_id, kind="pool/active")
    as_coordinator(client, coordinator)
    text = client.get(reverse("helping:mail", args=[mail.pk])).content.decode()
    assert "Ulla Ek<br>Backen 1<br>123 45 Ekliden" in text


def test_the_member_is_told_what_the_choice_means_on_the_form_and_on_their_page(client):
    member = make_member(reach=BY_PHONE)
    place = member.group.node_id
    log_in(client, member.person)
    form, page = reverse("pool:question", args=[place, "reach"]), reverse("pool:mine", args=[place])
    assert "Väljer du telefon eller brev ringer en samordnare dig" in client.get(form).content.decode()
    text = client.get(page).content.decode()
    assert ("ringer en samordnare. Koder för att logga in" in text, form in text) == (True, True)
    answer(member, "reach", **BY_LETTER)
    assert "får du brev från en samordnare" in client.get(page).content.decode()
    answer(member, "reach", reach_by="email", reach_at="")
    assert "Det gruppen skriver till dig kommer med mejl." in client.get(page).content.decode()
    make_grant(member.person, Role.HOST, make_node(Kind.UNIT))
    answer(member, "reach", **BY_PHONE)
    assert "kommer ändå med mejl, eftersom du har en roll här" in client.get(page).content.decode()


def test_pages_of_the_group_do_not_say_that_a_member_was_mailed_who_was_not(client):
    group, coordinator = make_group()
    contact = {"contact": str(coordinator.person_id)}
    as_coordinator(client, coordinator)
    for reach, before, after in (
        (BY_PHONE, "Medlemmen får inget mejl.", "Det du ska berätta för medlemmen finns under Hjälp någon."),
        ({"reach_by": "email", "reach_at": ""}, "Medlemmen får ett mejl", "har fått veta det"),
    ):
        member = make_member(group, status=Status.TALKED, coordinator=coordinator, reach=reach)
        page = reverse("pool:welcome", args=[member.pk])
        assert before in client.get(page).content.decode()
        client.post(page, contact)
        other = actor_for(role=Role.COORDINATOR, node=group.node)
        moved = client.post(
            reverse("pool:contact", args=[member.pk]), {"contact": str(other.person_id)}, follow=True
        ).content.decode()
        assert after in moved
        assert ("Gruppen mejlar inte den här medlemmen" in moved) is (reach is BY_PHONE)
