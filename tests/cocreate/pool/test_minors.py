"""Under eighteen: the guardian's yes is taken back, waits, comes anew; who is with them; when one is eighteen."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from samskapa.cocreate.pool.domain import NEVER_ASKED_AFTER, AheadOfToday, ChangedMeanwhile, GuardianNeeded, Status
from samskapa.cocreate.pool.models import Consent, Member, Minor
from samskapa.cocreate.pool.queries.desk import desk_sentences
from samskapa.cocreate.pool.queries.minors import needs_a_yes, young_people
from samskapa.cocreate.pool.queries.my_data import member_rows_of
from samskapa.cocreate.pool.queries.waiting import Kind, Waiting
from samskapa.cocreate.pool.services import joining, running
from samskapa.cocreate.pool.services.minors import take_back_guardians_yes
from samskapa.ground.core.domain import Actor
from samskapa.ground.core.models import AuditEntry, OutboxMail
from samskapa.ground.organisations.domain import Role
from samskapa.ground.organisations.models import RoleGrant
from samskapa.ground.people.domain.my_data import NotGiven
from samskapa.ground.people.models import Person
from samskapa.ground.protection.services import protect
from tests.factories.organisations import NOW, actor_for, log_in
from tests.factories.people import make_person
from tests.factories.pool import YES, answer, make_group, make_member, make_young

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=3)


@pytest.fixture
def young():
    """A member of sixteen, and a coordinator of the group who is their contact person."""
    group, coordinator = make_group(lowest_age=16)
    return make_young(group, coordinator, make_person("Lo Ung")), coordinator


def to_whom(kind: str) -> list[int]:
    return sorted(OutboxMail.objects.filter(kind=f"pool/{kind}").values_list("recipient_id", flat=True))


def url(name: str, *args) -> str:
    return reverse(f"pool:{name}", args=args)


def as_coordinator(client, coordinator: Actor) -> None:
    grant = RoleGrant.objects.get(person_id=coordinator.person_id, role=Role.COORDINATOR)
    log_in(client, grant.person, grant)


def own(member: Member) -> Actor:
    return Actor(person_id=member.person_id)


def take_back(member: Member, by: Actor, **more) -> Minor:
    return take_back_guardians_yes(member, **{"on_day": NOW.date(), "now": LATER} | more, by=by)


# --- the yes ends ---------------------------------------------------------------------------------


def test_a_coordinator_notes_who_took_it_back_and_when_and_the_other_is_told(young):
    member, coordinator = young
    other = actor_for(role=Role.COORDINATOR, node=member.group.node)
    row = take_back(member, other, said_by=" Eva Ek, i telefon ")
    assert (row.taken_back_by, row.taken_back_on, row.version) == ("Eva Ek, i telefon", NOW.date(), 2)
    given = Consent.objects.get(to="guardian")
    assert (given.ended_at, given.words) == (LATER, "Ja, hen får vara med.")
    assert needs_a_yes(member)
    assert (to_whom("guardian_ended"), to_whom("guardian_missing")) == ([member.person_id], [coordinator.person_id])
    entry = AuditEntry.objects.get(action="pool.consent_ended")
    assert (entry.person_id, entry.details["to"]) == (other.person_id, "guardian")
    assert "Eva" not in str(AuditEntry.objects.values_list("details", flat=True))


def test_the_member_tells_it_and_nobody_is_named(young):
    member, coordinator = young
    row = take_back(member, own(member))
    assert (row.taken_back_by, row.taken_back_on, row.has_yes) == (None, NOW.date(), False)
    assert (to_whom("guardian_ended"), to_whom("guardian_missing")) == ([member.person_id], [coordinator.person_id])
    assert Member.objects.get(pk=member.pk).heard_at == LATER


def test_who_notes_it_is_not_told_of_it_by_mail(young):
    member, coordinator = young
    take_back(member, coordinator, said_by="Eva")
    assert (to_whom("guardian_ended"), to_whom("guardian_missing")) == ([member.person_id], [])


def test_twice_is_once_and_the_first_word_stands(young):
    member, coordinator = young
    take_back(member, coordinator, said_by="Eva Ek")
    take_back(member, own(member), now=LATER + timedelta(days=1))
    assert Minor.objects.get().taken_back_by == "Eva Ek"
    assert Consent.objects.get(to="guardian").ended_at == LATER
    assert to_whom("guardian_ended") == [member.person_id]


def test_what_was_never_given_or_lies_ahead_is_refused(young):
    member, coordinator = young
    with pytest.raises(AheadOfToday):
        take_back(member, coordinator, on_day=LATER.date() + timedelta(days=2))
    with pytest.raises(NotGiven):
        take_back(make_member(member.group, coordinator=coordinator), coordinator)
    row = Minor.objects.get()
    row.taken_back_by = "Eva"  # on no day
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()
    assert Minor.objects.get().has_yes


def test_a_new_yes_is_noted_later_and_the_old_one_stays_as_it_was(young):
    member, coordinator = young
    take_back(member, coordinator, said_by="Eva")
    said = {**YES, "words": "Ja igen.", "by": coordinator, "now": LATER + timedelta(days=5)}
    with pytest.raises(ChangedMeanwhile):
        running.note_minor(member, **said, based_on=1)  # the window from before cannot write the yes back
    row = running.note_minor(member, **said, based_on=2)
    assert (row.taken_back_by, row.taken_back_on, row.has_yes) == (None, None, True)
    assert list(Consent.objects.filter(to="guardian").order_by("pk").values_list("words", "ended_at")) == [
        ("Ja, hen får vara med.", LATER),
        ("Ja igen.", None),
    ]
    assert not needs_a_yes(member)
    with pytest.raises(ChangedMeanwhile):
        take_back(member, coordinator, based_on=1)  # nor end the new one
    take_back(member, own(member))
    assert needs_a_yes(member)


def test_without_a_yes_nobody_is_welcomed():
    group, coordinator = make_group(lowest_age=16)
    member = make_young(group, coordinator, status=Status.TALKED)
    take_back(member, coordinator)
    with pytest.raises(GuardianNeeded):
        running.welcome(member, contact=Person.objects.get(pk=coordinator.person_id), by=coordinator, now=LATER)


# --- what waits -----------------------------------------------------------------------------------


def rows(group) -> list[tuple[str, str]]:
    return [(row.todo, row.url) for row in Waiting(group, LATER.date(), Kind.GUARDIAN)[0:10]]


def test_it_waits_with_the_coordinators_until_there_is_a_yes_or_the_member_rests(young, django_assert_num_queries):
    member, coordinator = young
    group = member.group
    assert rows(group) == []
    take_back(member, own(member))
    assert rows(group) == [("Prata om det: ingen vårdnadshavare har sagt ja", url("minor", member.pk))]
    with django_assert_num_queries(5):
        said = {each.said: each.url for each in desk_sentences([group], LATER.date())}
    assert (
        said["1 medlem under 18 år saknar en vårdnadshavares ja."] == f"{url('waiting', group.node_id)}?kind=guardian"
    )
    joining.rest(member, by=own(member), now=LATER)
    assert rows(group) == []
    joining.come_back(member, by=own(member), now=LATER)
    assert len(rows(group)) == 1
    running.note_minor(member, **YES, words="Ja", based_on=2, by=coordinator, now=LATER)
    assert rows(group) == []


def test_who_tells_a_lower_age_later_waits_for_a_yes_too():
    group, coordinator = make_group(lowest_age=16)
    member = make_member(group, coordinator=coordinator, age={"age": "18-29"})
    answer(member, "age", age="16-17")
    assert rows(group) == [("Prata om det: ingen vårdnadshavare har sagt ja", url("minor", member.pk))]


def test_who_may_not_be_asked_is_not_said_to_wait_for_being_asked(young):
    member, coordinator = young
    Member.objects.filter(pk=member.pk).update(since=LATER - NEVER_ASKED_AFTER - timedelta(days=1))
    assert Waiting(member.group, LATER.date()).counts == {"never_asked": 1}
    take_back(member, coordinator)
    assert Waiting(member.group, LATER.date()).counts == {"guardian": 1}


# --- eighteen -------------------------------------------------------------------------------------


def test_who_answers_that_they_are_eighteen_needs_no_yes_and_what_was_noted_goes(young):
    member, coordinator = young
    answer(member, "age", now=LATER, age="18-29")
    assert not Minor.objects.exists()
    assert Consent.objects.get(to="guardian").ended_at == LATER
    member.refresh_from_db()
    assert (needs_a_yes(member), member.status, young_people([member.person_id])) == (False, Status.ACTIVE, {})
    assert to_whom("of_age") == [coordinator.person_id]
    assert rows(member.group) == []


def test_from_thirteen_to_sixteen_nothing_goes_and_back_from_eighteen_a_new_yes_is_noted():
    group, coordinator = make_group(lowest_age=13)
    member = make_young(group, coordinator, age={"age": "13-15"})
    answer(member, "age", age="16-17")
    assert Minor.objects.get().guide == YES["guide"]
    answer(member, "age", age="18-29")
    answer(member, "age", age="16-17")
    assert needs_a_yes(Member.objects.get(pk=member.pk))
    assert to_whom("of_age") == [coordinator.person_id]


# --- who is with them -----------------------------------------------------------------------------


def test_guide_and_adult_are_told_and_never_the_guardian(young, django_assert_num_queries):
    member, coordinator = young
    grown = make_member(member.group, coordinator=coordinator)
    with django_assert_num_queries(1):
        found = young_people([member.person_id, grown.person_id, None])
    assert list(found) == [member.person_id]
    known = found[member.person_id]
    assert (known.guide, known.adult, known.has_yes) == ("Maja på biblioteket", "Läraren Per", True)
    assert "Eva" not in repr(known)
    take_back(member, coordinator)
    assert not young_people([member.person_id])[member.person_id].has_yes
    with django_assert_num_queries(0):
        assert young_people([None]) == {}


def test_of_a_protected_person_no_names_are_told(young):
    member, coordinator = young
    protect(member.person, coordinators=[Person.objects.get(pk=coordinator.person_id)], by=coordinator, now=NOW)
    known = young_people([member.person_id])[member.person_id]
    assert (known.guide, known.adult, known.has_yes) == ("", "", True)


def test_who_is_in_two_groups_has_the_one_where_a_yes_stands(young):
    member, _coordinator = young
    group, coordinator = make_group(lowest_age=16)
    make_member(group, member.person, status=Status.TALKED, coordinator=coordinator, age={"age": "16-17"})
    assert young_people([member.person_id])[member.person_id].guide == "Maja på biblioteket"


def test_who_left_is_nobodys_matter(young):
    member, _coordinator = young
    joining.leave(member, by=own(member), now=LATER)
    assert young_people([member.person_id]) == {}


# --- the pages ------------------------------------------------------------------------------------


def test_the_coordinators_way(client, young):
    member, coordinator = young
    as_coordinator(client, coordinator)
    page, ended = url("minor", member.pk), url("guardian_ended", member.pk)
    assert ended in client.get(page).content.decode()
    shown = client.get(ended).content.decode()
    assert "Vem som sa det" in shown
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    refused = client.post(ended, {"said_by": "Eva Ek", "on_day": tomorrow, "version": "1"})
    assert refused.status_code == 422
    said = refused.content.decode()
    assert "Den dagen har inte kommit än" in said
    assert "Eva Ek" in said
    today = timezone.localdate().isoformat()
    assert client.post(ended, {"said_by": "", "on_day": today, "version": "1"}).status_code == 422
    sent = client.post(ended, {"said_by": "Eva Ek", "on_day": today, "version": "1"})
    assert (sent.status_code, sent["Location"]) == (302, page)
    shown = client.get(page).content.decode()
    assert "Det sa: Eva Ek." in shown
    assert ended not in shown
    assert "Kan inte tillfrågas just nu" in client.get(url("member", member.pk)).content.decode()
    again = client.post(ended, {"said_by": "Per", "on_day": today, "version": "1"}, follow=True)
    assert "Det finns inget ja från en vårdnadshavare att ta tillbaka." in again.content.decode()
    # A new yes, on the page that shows the newest.
    given = {"guardian": "Eva Ek", "guide": "Maja", "adult": "Per", "version": "2"}
    assert client.post(page, given).status_code == 422  # the box is not ticked by itself
    assert client.post(page, given | {"agrees": "on"}).status_code == 302
    assert Minor.objects.get().has_yes


def test_two_windows_the_second_sees_that_the_yes_is_gone_and_does_not_give_it_anew(client, young):
    member, coordinator = young
    as_coordinator(client, coordinator)
    take_back(member, own(member))
    stale = {"guardian": "Eva Ek", "guide": "Jonas", "adult": "Per", "agrees": "on", "version": "1"}
    refused = client.post(url("minor", member.pk), stale)
    assert refused.status_code == 409
    said = refused.content.decode()
    assert "Maja på biblioteket" in said
    assert 'name="version" value="2"' in said
    assert "checked" not in said
    assert not Minor.objects.get().has_yes


def test_two_windows_a_newer_yes_is_not_ended_unseen(client, young):
    member, coordinator = young
    as_coordinator(client, coordinator)
    running.note_minor(member, **YES | {"guide": "Jonas"}, words="Ja", based_on=1, by=coordinator, now=NOW)
    given = {"said_by": "Eva", "on_day": timezone.localdate().isoformat(), "version": "1"}
    refused = client.post(url("guardian_ended", member.pk), given)
    assert refused.status_code == 409
    said = refused.content.decode()
    assert "Någon annan har antecknat något här under tiden" in said
    assert 'name="version" value="2"' in said
    assert Minor.objects.get().has_yes


def test_the_members_own_way(client, young):
    member, coordinator = young
    log_in(client, member.person)
    place, mine = member.group.node_id, url("mine", member.group.node_id)
    shown = client.get(mine).content.decode()
    assert "Min vårdnadshavare säger inte längre ja" in shown
    assert "inte vem din vårdnadshavare är" in shown
    assert client.get(url("tell_guardian_ended", place)).status_code == 200
    assert Minor.objects.get().has_yes  # to look is not to say
    for _twice in range(2):
        sent = client.post(url("tell_guardian_ended", place))
        assert (sent.status_code, sent["Location"]) == (302, mine)
    shown = client.get(mine).content.decode()
    assert "att din vårdnadshavare inte längre säger ja." in shown
    assert "Just nu tillfrågas du inte" in shown
    assert "Du kan bli tillfrågad. Du kan säga nej varje gång." not in shown
    assert url("tell_guardian_ended", place) not in shown
    assert to_whom("guardian_missing") == [coordinator.person_id]


def test_who_is_grown_up_has_nothing_to_tell(client):
    member = make_member()
    log_in(client, member.person)
    place = member.group.node_id
    for send in (client.get, client.post):
        sent = send(url("tell_guardian_ended", place), follow=True)
        assert "Det finns inget ja från en vårdnadshavare att ta tillbaka." in sent.content.decode()
    assert "vårdnadshavare" not in client.get(url("mine", place)).content.decode()


def test_the_way_out_of_age_shows_nothing_of_a_guardian(client, young):
    member, _coordinator = young
    answer(member, "age", age="18-29")
    log_in(client, member.person)
    assert "För att du är under 18 år" not in client.get(url("mine", member.group.node_id)).content.decode()


def test_who_took_it_back_is_among_ones_own_data(young):
    member, coordinator = young
    take_back(member, coordinator, said_by="Eva Ek")
    facts = {fact.key: fact.value for fact in member_rows_of(member.person_id)[0].facts}
    assert (facts["taken_back_by"], facts["taken_back_on"]) == ("Eva Ek", NOW.date())


def test_the_waiting_list_costs_the_same_with_more_who_wait(client):
    group, coordinator = make_group(lowest_age=16)
    as_coordinator(client, coordinator)
    counts = []
    for _more in range(3):
        for _each in range(2):
            take_back(make_young(group, coordinator), coordinator)
        with CaptureQueriesContext(connection) as made:
            assert client.get(f"{url('waiting', group.node_id)}?kind=guardian").status_code == 200
        counts.append(len(made))
    assert counts[1] == counts[2]
