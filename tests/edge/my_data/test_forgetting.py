"""Being forgotten: nothing of the person is left in the whole database but what is named as kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from samskapa.cocreate.assignments.domain import ApplicationState
from samskapa.cocreate.assignments.models import Application, ConflictDeclaration, Party, PublicQuestion
from samskapa.cocreate.assignments.queries import agreements as sheets
from samskapa.edge.my_data.services import carry_out, forget_person
from samskapa.ground.core.domain import SYSTEM, Actor, Strength
from samskapa.ground.core.models import AuditEntry, MailState, OutboxMail
from samskapa.ground.core.services import drain
from samskapa.ground.organisations.domain import Kind, Role
from samskapa.ground.organisations.models import Invitation, RoleGrant
from samskapa.ground.organisations.services import invite
from samskapa.ground.people.domain.my_data import StillOpen, months_after
from samskapa.ground.people.models import EidLink, Person, ProtectedDetails, Session, display_name
from tests.factories.assignments import make_agreement, make_open
from tests.factories.organisations import NOW, actor_for, log_in, make_grant, make_node
from tests.factories.people import make_person
from tests.factories.protection import make_protected
from tests.factories.whole_person import ADDRESS, GOES, NAME, PHONE, STAYS, make_whole_person

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=21)
FORGET = "/konto/mina-uppgifter/bli-glomd/"


def everywhere(*words: str) -> dict[str, set[str]]:
    """Table -> which of the words stand in it, in any column of any row, opened where it is encrypted."""
    found: dict[str, set[str]] = {}
    for model in apps.get_models():
        for row in model.objects.all():
            text = " ".join(str(getattr(row, field.attname)) for field in model._meta.concrete_fields).casefold()
            hits = {word for word in words if word.casefold() in text}
            if hits:
                found.setdefault(model.__name__, set()).update(hits)
    return found


def forget(person, *, now=LATER):
    forget_person(person, by=Actor(person_id=person.pk), now=now)
    person.refresh_from_db()


def test_nothing_is_left_in_any_table_but_what_is_named_as_kept():
    whole = make_whole_person()
    before = everywhere(GOES, PHONE)
    # Not an empty promise: the words are all over the house.
    assert {
        "Person", "EmailAddress", "Authenticator", "Invitation", "OutboxMail", "Application", "ApplicationAnswer",
        "ApplicationRevision", "ConflictDeclaration", "PublicQuestion", "Assignment", "PartRevision", "Upload",
    } <= set(before)  # fmt: skip
    rows = {model: model.objects.count() for model in (Person, Application, ConflictDeclaration, RoleGrant, Party)}
    forget(whole.person)
    # Her name in the agreement that was fixed; and the unit's mail about the question that nobody answered.
    assert everywhere(GOES, PHONE) == {"Party": {GOES}, "OutboxMail": {GOES}}
    quoting = [mail for mail in OutboxMail.objects.all() if GOES in str(mail.params)]
    assert {(mail.kind, mail.recipient_id == whole.person.pk) for mail in quoting} == {
        ("assignments/question_asked", False)
    }
    kept = {"Revision", "Comment", "Material", "PublicQuestion", "Outcome", "OutboxMail", "Enquiry"}
    assert set(everywhere(STAYS)) == kept
    assert {model: model.objects.count() for model in rows} == rows
    drain(now=LATER)
    carry_out(now=months_after(LATER, 6))
    assert everywhere(GOES, PHONE) == {"Party": {GOES}}


def test_of_a_protected_person_nothing_is_left_apart_either():
    person = make_protected(
        make_node(Kind.REGION),
        coordinator=make_person(),
        name="Hemliga Hanna",
        email="hanna@example.se",
        phone="070-123",
    )
    assert ProtectedDetails.objects.filter(person=person).exists()
    forget(person)
    assert not ProtectedDetails.objects.exists()
    assert (person.name, person.protected_tag, display_name(person)) == ("", None, "Borttagen person")


def test_the_row_stays_without_a_detail_and_says_so_on_pages():
    whole = make_whole_person()
    forget(whole.person)
    person = whole.person
    assert (person.name, person.email, person.phone, person.sort_key) == ("", None, "", "")
    assert (person.is_active, person.last_login, person.forgotten_at) == (False, None, LATER)
    assert not person.has_usable_password()
    assert display_name(person) == "Borttagen person"
    for model, owner in ((Authenticator, "user"), (EidLink, "person"), (Session, "person")):
        assert not model.objects.filter(**{owner: person}).exists()
    assert not RoleGrant.objects.filter(person=person, ended_at=None).exists()
    assert list(Invitation.objects.filter(person=person).values_list("name", flat=True)) == [""]
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.filter(pk=person.pk).update(name="Anna")


def test_what_was_agreed_stays_with_the_name_and_is_kept_by_the_unit():
    whole = make_whole_person()
    forget(whole.person)
    agreement = whole.agreement
    agreement.refresh_from_db()
    party = Party.objects.get(agreement=agreement)
    assert (party.name_kept, sheets.namer(agreement)(party)) == (NAME, NAME)


def test_an_agreement_in_which_nothing_was_fixed_keeps_no_name():
    agreement = make_agreement(names=(NAME,))
    forget(agreement.application.person)
    party = Party.objects.select_related("person").get(agreement=agreement)
    assert (party.name_kept, sheets.namer(agreement)(party)) == ("", "Borttagen person")


def test_what_goes_on_ends_and_the_others_are_told():
    whole = make_whole_person()
    forget(whole.person)
    states = dict(Application.objects.filter(person=whole.person).values_list("pk", "state"))
    assert set(states.values()) == {ApplicationState.WITHDRAWN}
    assert OutboxMail.objects.filter(kind="assignments/somebody_withdrew").count() == 2  # host and coordinator
    whole.nomination.refresh_from_db()
    assert (whole.nomination.state, whole.nomination.nominee_email) == (ApplicationState.LAPSED, "")
    gone = OutboxMail.objects.get(kind="assignments/nomination_gone")
    assert gone.params["died"] is False
    drain(now=LATER)
    whole.agreement.refresh_from_db()
    assert whole.agreement.ended_at == LATER
    assert not OutboxMail.objects.filter(recipient_id=whole.person.pk, state=MailState.WAITING).exists()


def test_questions_without_an_answer_are_taken_down_and_others_stay():
    whole = make_whole_person()
    forget(whole.person)
    whole.answered.refresh_from_db()
    whole.unanswered.refresh_from_db()
    assert (whole.answered.text, whole.answered.hidden_at) == (f"{STAYS} fråga?", None)
    assert (whole.unanswered.text, whole.unanswered.hidden_at) == ("–", LATER)
    assert PublicQuestion.objects.count() == 2


def test_twice_is_once():
    whole = make_whole_person()
    forget(whole.person)
    rows = AuditEntry.objects.count()
    forget(whole.person, now=LATER + timedelta(days=1))
    assert whole.person.forgotten_at == LATER
    assert AuditEntry.objects.count() == rows


def test_a_fault_half_way_leaves_everything_as_it_was(settings):
    """All or nothing."""
    whole = make_whole_person()
    kinds = settings.PERSONAL_DATA
    settings.PERSONAL_DATA = (replace(kinds[0], blank="tests.edge.my_data.test_forgetting.fails"), *kinds[1:])
    before = everywhere(GOES, PHONE)
    with pytest.raises(RuntimeError), transaction.atomic():
        forget(whole.person)
    assert everywhere(GOES, PHONE) == before
    whole.waiting.refresh_from_db()
    assert whole.waiting.state == ApplicationState.APPLIED


def fails(person_id, *, by, now):
    raise RuntimeError


@pytest.mark.parametrize(("role", "kind"), [(Role.COORDINATOR, Kind.REGION), (Role.OPERATOR, Kind.NATION)])
def test_the_last_who_lets_others_in_must_have_a_successor(role, kind):
    node = make_node(kind)
    person = make_person("Ensam Ek")
    make_grant(person, role, node)
    with pytest.raises(StillOpen) as refused:
        forget(person)
    assert [matter.blocks for matter in refused.value.matters] == [True]
    person.refresh_from_db()
    assert person.name == "Ensam Ek"
    make_grant(make_person(), role, node)
    forget(person)
    assert person.name == ""


def test_the_contact_of_what_is_open_names_somebody_else_first():
    person = make_person("Kontakt Ek", email="kontakt@example.se")
    contact = {"contact_name": "Kontakt Ek", "contact_title": "", "contact_phone": "", "contact_hours": ""}
    assignment = make_open(contact=contact | {"contact_email": "Kontakt@example.se"})
    with pytest.raises(StillOpen) as refused:
        forget(person)
    assert refused.value.matters[0].path == reverse("assignments:need_part", args=[assignment.pk, "contact"])


# --- the page -------------------------------------------------------------------------------------


def test_the_page_says_what_goes_what_stays_and_what_ends(client):
    whole = make_whole_person()
    log_in(client, whole.person)
    page = client.get(FORGET).content.decode()
    for sentence in ("Skriv ”glöm mig”", "arkivlagen", "Borttagen person", whole.waiting.assignment.title):
        assert sentence in page
    goes, stays = page.partition("Det här tas bort")[2].split("Det här finns kvar, och varför")
    assert ("Dina intresseanmälningar" in goes, "Dina överenskommelser" in goes) == (True, False)
    assert "Dina överenskommelser" in stays
    assert "no-store" in client.get(FORGET)["Cache-Control"]


def test_the_words_must_be_typed(client):
    whole = make_whole_person()
    log_in(client, whole.person)
    answer = client.post(FORGET, {"words": "glöm henne"})
    assert answer.status_code == 422
    assert "glöm henne" in answer.content.decode()
    assert Person.objects.get(pk=whole.person.pk).name == NAME
    done = client.post(FORGET, {"words": " Glöm  Mig "}, follow=True)
    assert "Du är glömd" in done.content.decode()
    assert Person.objects.get(pk=whole.person.pk).forgotten_at is not None
    assert client.get("/konto/mina-uppgifter/").status_code == 302  # logged out
    actions = set(AuditEntry.objects.filter(object_id=str(whole.person.pk)).values_list("action", flat=True))
    assert {"my_data.forgetting", "people.forgotten"} <= actions


def test_whoever_is_blocked_sees_why_and_no_button(client):
    person = make_person("Ensam Ek")
    make_grant(person, Role.COORDINATOR, make_node(Kind.REGION, "Region Ekliden"))
    log_in(client, person)
    page = client.get(FORGET).content.decode()
    assert "Du är ensam om rollen Samordnare, Region Ekliden" in page
    assert 'name="words"' not in page
    assert client.post(FORGET, {"words": "glöm mig"}).status_code == 422
    assert Person.objects.get(pk=person.pk).name == "Ensam Ek"


def test_it_asks_for_a_fresh_strong_step_where_there_is_one(client):
    whole = make_whole_person()
    log_in(client, whole.person, strength=Strength.CODE)
    for answer in (client.get(FORGET), client.post(FORGET, {"words": "glöm mig"})):
        assert answer["Location"].startswith("/konto/visa-vem-du-ar/")
    assert Person.objects.get(pk=whole.person.pk).forgotten_at is None


def test_the_address_is_free_for_a_new_account_and_mail_reaches_that(settings, tmp_path):
    settings.MAIL_URL = f"file://{tmp_path}"
    whole = make_whole_person()
    forget(whole.person)
    invite(ADDRESS, by=SYSTEM, now=timezone.now(), key="again")
    drain()
    assert sorted({mail.read_text().count(f"To: {ADDRESS}") for mail in tmp_path.glob("*.eml")}) == [0, 1]


def test_somebody_else_is_not_touched():
    person, neighbour = make_person("Bo"), make_person("Ulla Granne")
    actor_for(neighbour, Role.MEMBER, make_node(Kind.REGION))
    forget(person)
    neighbour.refresh_from_db()
    assert (neighbour.name, neighbour.is_active) == ("Ulla Granne", True)
    assert RoleGrant.objects.filter(person=neighbour, ended_at=None).count() == 1


# --- the command ----------------------------------------------------------------------------------


def command(*arguments: str) -> str:
    out = StringIO()
    call_command("forget", *arguments, stdout=out)
    return out.getvalue()


def test_the_operator_forgets_somebody_who_cannot_log_in():
    whole = make_whole_person()
    text = command(ADDRESS)
    assert "Your application is withdrawn." in text
    assert "Nothing was done." in text
    assert Person.objects.get(pk=whole.person.pk).name == NAME
    assert "Forgotten." in command(str(whole.person.pk), "--sure")
    assert Person.objects.get(pk=whole.person.pk).name == ""
    with pytest.raises(CommandError, match="nobody is called"):
        command(ADDRESS, "--sure")


def test_the_command_says_what_must_be_settled_first():
    person = make_person()
    make_grant(person, Role.COORDINATOR, make_node(Kind.REGION))
    with pytest.raises(CommandError, match="must be settled"):
        command(str(person.pk), "--sure")
    assert "First: You are the only one with the role" in command(str(person.pk))
