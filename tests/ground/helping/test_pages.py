"""A coordinator registers Bo, who has no e-mail, and applies, agrees and takes back in his name."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.conf import settings as house
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.formats import date_format

from samskapa.cocreate.assignments.domain import ApplicationState
from samskapa.cocreate.assignments.models import Application, Statement
from samskapa.ground.core.models import AuditEntry, OutboxMail
from samskapa.ground.core.services import drain
from samskapa.ground.helping.models import Help
from samskapa.ground.organisations.domain import Role
from samskapa.ground.organisations.services import end_role
from samskapa.ground.people.models import Person
from tests.access.test_access import addresses
from tests.factories.assignments import make_open
from tests.factories.helping import make_registered
from tests.factories.organisations import NOW, actor_for, log_in, make_grant, make_region_tree
from tests.factories.people import make_person
from tests.factories.stages import make_agreeing, make_closed
from tests.ground.documents.reading import text_of

pytestmark = pytest.mark.django_db
BANNER = "Du hjälper Bo Berg."
PURPOSE = {"asked_by": "phone", "purpose": "Anmäla intresse"}


@pytest.fixture
def tree():
    return make_region_tree()


@pytest.fixture
def grant(tree):
    return make_grant(make_person("Kerstin Ko"), Role.COORDINATOR, tree.region)


@pytest.fixture
def coordinator(grant):
    return actor_for(grant.person, Role.COORDINATOR, grant.node)


@pytest.fixture
def host(tree):
    return actor_for(make_person("Hans"), Role.HOST, tree.unit)


@pytest.fixture
def bo(coordinator):
    return make_registered(by=coordinator)


@pytest.fixture
def desk(grant):
    client = Client()
    log_in(client, grant.person, grant)
    return client


@pytest.fixture
def helping(desk, bo):
    assert desk.post(f"/hjalp/{bo.pk}/borja/", PURPOSE)["Location"] == "/mitt/"
    return desk


def text(answer) -> str:
    return answer.content.decode()


def test_registering_asks_for_a_way_to_reach_the_person(desk):
    answer = desk.post(
        "/hjalp/registrera/", {"name": "Bo Berg", "language": "sv", "consent_by": "phone", "consent_on": "2026-01-02"}
    )
    assert answer.status_code == 422
    assert "Skriv ett telefonnummer eller en postadress" in text(answer)
    assert 'value="Bo Berg"' in text(answer)
    tomorrow = timezone.localdate() + timedelta(days=1)
    given = {"name": "Bo Berg", "phone": "070-123 45 67", "language": "sv", "consent_by": "paper"}
    assert "Den dagen har inte varit än" in text(desk.post("/hjalp/registrera/", given | {"consent_on": tomorrow}))
    answer = desk.post("/hjalp/registrera/", given | {"consent_on": "2026-01-02", "postal_address": "Backen 1"})
    bo = Person.objects.get(name="Bo Berg")
    assert answer["Location"] == f"/hjalp/{bo.pk}/"
    page = text(desk.get(f"/hjalp/{bo.pk}/"))
    for part in ("Backen 1", "070-123 45 67", "På papper, 2 januari 2026", "Hjälp Bo Berg"):
        assert part in page


def test_every_page_says_who_is_helped_and_ends_it(helping, bo):
    for page in ("/", "/uppdrag/", "/mitt/", "/finns-inte/", "/konto/profil/"):
        found = text(helping.get(page))
        assert BANNER in found, page
        assert 'action="/hjalp/avsluta/"' in found, page
        assert "Du är här som" not in found
    menu = text(helping.get("/mitt/")).partition("<main")[0]
    assert "Min profil" not in menu
    assert helping.post("/hjalp/avsluta/")["Location"] == f"/hjalp/{bo.pk}/"
    found = text(helping.get("/"))
    assert BANNER not in found
    assert Help.objects.get().ended_how == "button"


def test_what_is_not_to_be_done_for_another_is_closed(helping):
    """Every address that is not in the table, by GET and POST."""
    tried = 0
    for name, _route in addresses().items():
        if name in house.DONE_FOR_ANOTHER or name == "healthz":
            continue
        for arguments in (
            {},
            {"pk": 1},
            {"token": "x"},
            {"broker": "x"},
            {"pk": 1, "key": "why"},
            {"handle": "0" * 32},
        ):
            try:
                url = reverse(name, kwargs=arguments)
            except NoReverseMatch:
                continue
            answer = helping.post(url) if name == "people:capacity" else helping.get(url)
            assert answer.status_code == 403, url
            assert "Det här går inte att göra åt någon annan" in text(answer), url
            tried += 1
            break
    assert tried > 60
    assert {name for name in house.DONE_FOR_ANOTHER if name not in addresses()} == set()


def test_somebody_elses_person_is_not_there(desk, tree):
    other = make_registered(by=actor_for(None, Role.COORDINATOR, tree.other_region), name="Fel region")
    for url in (f"/hjalp/{other.pk}/", f"/hjalp/{other.pk}/borja/", f"/hjalp/{other.pk}/bjud-in/"):
        assert desk.get(url).status_code == 404
    assert desk.post(f"/hjalp/{other.pk}/borja/", PURPOSE).status_code == 404
    assert not Help.objects.exists()


def apply_for(client, assignment, experience="Bo har fått kallelsen två gånger.") -> Application:
    url = f"/uppdrag/{assignment.pk}/anmal/"
    given = {"experience": experience, "access_needs": "", "present": "now", "step": "send"}
    answer = client.post(url, given)
    assert answer.status_code == 302, text(answer)
    return Application.objects.get(assignment=assignment)


def test_the_journey_of_somebody_without_address(helping, desk, bo, grant, tree, host, coordinator, settings, tmp_path):
    settings.MAIL_URL = f"file://{tmp_path}"
    assignment = make_open(unit=tree.unit, by=host, coordinator=coordinator, now=timezone.now())
    application = apply_for(helping, assignment)
    assert (application.person, application.helped_by) == (bo, grant.person)
    entry = AuditEntry.objects.get(action="assignments.applied")
    assert (entry.person_id, entry.for_person_id, entry.role) == (grant.person_id, bo.pk, "")
    assert "Vad ska stå i kallelsen" in text(helping.get("/mitt/"))
    assert helping.get(f"/uppdrag/anmalningar/{application.pk}/").status_code in (200, 404)
    helping.post("/hjalp/avsluta/")

    # She sees it as coordinator, and that she wrote it herself; the host sees by whom.
    page = text(desk.get(reverse("assignments:applicant", args=[assignment.pk, application.pk])))
    assert "Du skrev den här anmälan i personens namn. Det ser alla som väljer." in page
    for_host = Client()
    log_in(for_host, Person.objects.get(pk=host.person_id), Person.objects.get(pk=host.person_id).role_grants.get())
    for name, arguments in (
        ("applicants", [assignment.pk]),
        ("choose", [assignment.pk]),
        ("applicant", [assignment.pk, application.pk]),
    ):
        assert "Skriven av Kerstin Ko, som hjälpte personen." in text(
            for_host.get(reverse(f"assignments:{name}", args=arguments))
        )

    # The mail to Bo has no address to go to, and waits on her page.
    drain(timezone.now() - timedelta(days=1))
    for mail in OutboxMail.objects.filter(recipient_id=bo.pk):
        assert mail.kind == "assignments/application_received"
        OutboxMail.objects.filter(pk=mail.pk).update(state="stopped", last_error="no address")
    page = text(desk.get("/hjalp/"))
    assert "Till Bo Berg, från" in page
    mail = OutboxMail.objects.get(recipient_id=bo.pk)
    page = text(desk.get(f"/hjalp/mejl/{mail.pk}/"))
    assert "Vad ska stå i kallelsen till höftoperation?" in page
    assert "Backen 1<br>123 45 Ekliden" in page
    assert desk.post(f"/hjalp/mejl/{mail.pk}/", {"how": "posted"})["Location"] == "/hjalp/"
    assert desk.get(f"/hjalp/mejl/{mail.pk}/").status_code == 404

    # The letter waits until it is posted.
    done = Help.objects.get()
    assert done.deeds == 1
    assert f"/hjalp/brev/{done.pk}.pdf" in text(desk.get("/hjalp/"))
    desk.post(f"/hjalp/brev/{done.pk}/postat/")
    assert f"/hjalp/brev/{done.pk}.pdf" not in text(desk.get("/hjalp/"))
    done.refresh_from_db()
    assert done.posted_by_id == grant.person_id


def test_an_agreement_is_answered_in_the_persons_name_and_its_history_says_so(desk, bo, tree, host, coordinator):
    assignment = make_closed([bo], unit=tree.unit, host=host, coordinator=coordinator, now=NOW)
    [agreement] = make_agreeing(assignment, chosen=1, coordinator=coordinator, now=NOW)
    desk.post(f"/hjalp/{bo.pk}/borja/", PURPOSE)
    page = text(desk.get(reverse("assignments:agreement", args=[agreement.pk])))
    assert BANNER in page
    line, revision = re.search(
        r'name="line" value="(\d+)"><input type="hidden" name="revision" value="(\d+)"', page
    ).groups()
    fields = {"action": "confirm", "line": line, "revision": revision}
    answer = desk.post(reverse("assignments:agreement_answer", args=[agreement.pk]), fields)
    assert answer.status_code == 302, text(answer)
    said = Statement.objects.filter(party__person=bo).first()
    assert said is not None
    assert said.person_id == coordinator.person_id
    history = text(desk.get(reverse("assignments:agreement_history", args=[agreement.pk])))
    assert "En samordnare hjälpte till." in history


def test_the_letter_says_what_was_done_when_by_whom_and_what_one_can_do(helping, desk, bo, tree, host, coordinator):
    assignment = make_open(unit=tree.unit, by=host, coordinator=coordinator, now=timezone.now())
    apply_for(helping, assignment)
    helping.post("/hjalp/avsluta/")
    done = Help.objects.get()
    began, ended = (timezone.localtime(at) for at in (done.began_at, done.ended_at))
    entry = timezone.localtime(AuditEntry.objects.get(action="assignments.applied").at)
    answer = desk.get(f"/hjalp/brev/{done.pk}.pdf")
    assert answer["Content-Type"] == "application/pdf"
    day = date_format(began, "j F Y")
    whole_words = text_of(answer.content).replace("\x02", "")  # where the paper divides a word
    assert " ".join(whole_words.split()) == " ".join(
        f"""Samskapa Bo Berg Backen 1 123 45 Ekliden
        Det här gjordes i ditt namn
        Kerstin Ko, samordnare på Region Ekliden, hjälpte dig den {day} och handlade i ditt namn.
        Du bad om hjälp På telefon
        Vad det gällde Anmäla intresse
        Från och till {began:%H.%M}–{ended:%H.%M}
        Det här gjordes
        {entry:%H.%M} Du anmälde intresse för ”Vad ska stå i kallelsen till höftoperation?”.
        Är något fel?
        Ring eller skriv till Kerstin Ko eller någon annan samordnare på Region Ekliden, så rättar vi till det.
        Du behöver
        inte säga varför.
        Det som är skrivet kan ändras eller tas tillbaka så länge uppdraget tillåter det.
        Se själv
        Varje rad här ovanför står i en logg, med vem som gjorde det och att det var i ditt namn.
        Du har rätt att se loggen.
        Be en samordnare om ett utdrag, eller skaffa en e-postadress och logga in på http://localhost:8000.
        Sida 1 av 1""".split()
    )


def test_time_that_runs_out_while_one_writes_keeps_what_was_typed(helping, bo, tree, host, coordinator):
    assignment = make_open(unit=tree.unit, by=host, coordinator=coordinator, now=timezone.now())
    url = f"/uppdrag/{assignment.pk}/anmal/"
    Help.objects.update(began_at=NOW, ends_at=NOW + timedelta(hours=1))
    given = {"experience": "Två kallelser om samma sak.", "access_needs": "", "present": "wait", "step": "send"}
    answer = helping.post(url, given, headers={"origin": "http://testserver"})
    page = text(answer)
    assert answer.status_code == 403
    assert "Hjälpen hade tagit slut när du tryckte på knappen" in page
    assert "<p>Två kallelser om samma sak.</p>" in page
    assert f'name="help_for" value="{bo.pk}"' in page
    assert not Application.objects.exists()
    assert Help.objects.get().ended_how == "time"

    # Sent again before the help has begun again: still nothing, whoever one is.
    again = given | {"help_for": bo.pk}
    assert helping.post(url, again, headers={"origin": "http://testserver"}).status_code == 403
    assert not Application.objects.exists()
    helping.post(f"/hjalp/{bo.pk}/borja/", PURPOSE)
    assert helping.post(url, again).status_code == 302
    assert Application.objects.get().person == bo


def test_a_page_after_the_hour_says_that_it_is_over(helping, bo):
    Help.objects.update(began_at=NOW, ends_at=NOW + timedelta(hours=1))
    answer = helping.get("/mitt/", follow=True)
    assert answer.redirect_chain == [(f"/hjalp/{bo.pk}/", 302)]
    assert "Timmen är slut, och du är dig själv igen." in text(answer)


def test_whose_role_ends_helps_no_longer(helping, grant, coordinator):
    end_role(grant, by=coordinator, now=timezone.now())
    helping.get("/mitt/")
    assert Help.objects.get().ended_how == "role"
    assert BANNER not in text(helping.get("/mitt/"))


def test_a_form_that_was_opened_in_ones_own_name_is_not_sent_in_anothers(desk, bo):
    """The stamp is another one from the moment the help begins, and from the moment it ends."""
    desk.handler.enforce_csrf_checks = True
    stamp = re.search(r'csrfmiddlewaretoken" value="(\w+)"', text(desk.get(f"/hjalp/{bo.pk}/borja/")))[1]
    assert desk.post(f"/hjalp/{bo.pk}/borja/", PURPOSE | {"csrfmiddlewaretoken": stamp}).status_code == 302
    assert desk.post("/hjalp/avsluta/", {"csrfmiddlewaretoken": stamp}).status_code == 403
    stamp = re.search(r'csrfmiddlewaretoken" value="(\w+)"', text(desk.get("/mitt/")))[1]
    assert desk.post("/hjalp/avsluta/", {"csrfmiddlewaretoken": stamp}).status_code == 302
    assert desk.post("/konto/sprak/", {"language": "en", "csrfmiddlewaretoken": stamp}).status_code == 403


def test_the_person_takes_over_the_account_and_sees_what_was_done(helping, desk, bo, tree, host, coordinator):
    assignment = make_open(unit=tree.unit, by=host, coordinator=coordinator, now=timezone.now())
    apply_for(helping, assignment)
    helping.post("/hjalp/avsluta/")
    assert desk.post(f"/hjalp/{bo.pk}/bjud-in/", {"email": "bo@example.se"}).status_code == 302
    path = OutboxMail.objects.get(kind="helping/take_over").params["path"]
    himself = Client()
    page = text(himself.get(path))
    assert "Välkommen, Bo Berg" in page
    assert "bo@example.se" in page
    assert himself.post(path)["Location"] == "/konto/hjalp/"
    assert himself.session["_auth_user_id"] == str(bo.pk)
    page = text(himself.get("/konto/hjalp/"))
    assert "Kerstin Ko, Region Ekliden. Anmäla intresse" in page
    assert "Du anmälde intresse för ”Vad ska stå i kallelsen till höftoperation?”." in page
    done = Help.objects.get()
    letter = text_of(himself.get(f"/hjalp/brev/{done.pk}.pdf").content)
    assert letter.startswith("Samskapa\nDet här gjordes")  # no window for the envelope
    assert Client().get(path).status_code == 404
    assert Application.objects.get(person=bo).state == ApplicationState.APPLIED


def test_who_helps_by_looking_is_seen_by_the_person(desk, bo):
    desk.get(f"/hjalp/{bo.pk}/")
    client = Client()
    log_in(client, bo)
    assert "Hur du nås, och hjälpen du har fått" in text(client.get("/konto/vem-har-tittat/"))


@pytest.mark.parametrize("count", [1, 3, 300])
def test_the_desk_costs_the_same_however_many(desk, bo, tree, grant, count, django_assert_num_queries):
    for _number in range(min(count, 3)):
        make_registered(by=actor_for(grant.person, Role.COORDINATOR, tree.region))
    people = Person.objects.filter(registered__isnull=False)
    OutboxMail.objects.bulk_create(
        OutboxMail(
            kind="protection/lifted",
            recipient_id=people[n % len(people)].pk,
            key=f"k{n}",
            urgency=1,
            message_id=f"<{n}@x>",
            state="stopped",
            due_at=NOW,
            created_at=NOW,
        )
        for n in range(count)
    )
    Help.objects.bulk_create(
        Help(
            helper=grant.person,
            person=people[n % len(people)],
            node=tree.region,
            asked_by="phone",
            purpose="x",
            began_at=NOW,
            ends_at=NOW + timedelta(hours=1),
            ended_at=NOW,
            ended_how="button",
            deeds=1,
        )
        for n in range(count)
    )
    with django_assert_num_queries(9):
        assert desk.get("/hjalp/").status_code == 200
