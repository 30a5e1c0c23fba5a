"""The pages of material: host and coordinator put it there, those it is for fetch it, nobody else knows of it."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lxml.html import document_fromstring

from samskapa.cocreate.assignments.domain import State
from samskapa.cocreate.assignments.domain.material import MOST, Audience
from samskapa.cocreate.assignments.models import Agreement, Application, Assignment, Material
from samskapa.cocreate.assignments.queries.material import material_of
from samskapa.cocreate.assignments.services.applying import withdraw
from samskapa.cocreate.assignments.services.material import remove_material
from samskapa.ground.core.domain import Actor
from samskapa.ground.core.queries import trail_of
from samskapa.ground.documents.models import Upload
from samskapa.ground.organisations.domain import Role
from samskapa.ground.organisations.models import RoleGrant
from tests.factories.applications import make_application
from tests.factories.assignments import coordinator_for, host_of, make_agreeing, make_need, make_open
from tests.factories.files import PDF
from tests.factories.helping import make_registered
from tests.factories.material import TITLE, make_material
from tests.factories.organisations import NOW, log_in, make_grant
from tests.factories.people import make_person
from tests.factories.standing import LATER

pytestmark = pytest.mark.django_db


def as_host(client, assignment) -> None:
    log_in(client, *_who(host_of(assignment)))


def as_coordinator(client, assignment) -> None:
    log_in(client, *_who(coordinator_for(assignment)))


def _who(actor):
    grant = RoleGrant.objects.select_related("person").get(person_id=actor.person_id, role=actor.role)
    return grant.person, grant


def page(name: str, thing) -> str:
    return reverse(f"assignments:{name}", args=[thing.pk])


def shown(client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return answer.content.decode()


def fetched(client, url: str) -> bytes | int:
    """The file, over the link that the address leads to; else what was answered."""
    answer = client.get(url)
    if answer.status_code != 302 or not answer["Location"].startswith("/fil/"):
        return answer.status_code
    assert "no-store" in answer["Cache-Control"]
    file = client.get(answer["Location"])
    return b"".join(file.streaming_content) if file.status_code == 200 else file.status_code


def form(**changes):
    file = SimpleUploadedFile("Kallelse i dag.PDF", PDF)
    return {"title": TITLE, "audience": "chosen", "file": file} | changes


# --- putting it there -----------------------------------------------------------------------------


@pytest.mark.parametrize("log", [as_host, as_coordinator])
def test_it_is_put_there_from_the_page_of_the_need_and_is_on_the_list(client, log):
    assignment = make_open()
    log(client, assignment)
    assert page("materials", assignment) in shown(client, page("need", assignment))
    assert "Inget material än" in shown(client, page("materials", assignment))
    assert 'enctype="multipart/form-data"' in shown(client, page("material_add", assignment))
    answer = client.post(page("material_add", assignment), form(), follow=True)
    said = answer.content.decode()
    assert answer.redirect_chain == [(page("materials", assignment), 302)]
    assert "Filen är på plats." in said
    (material,) = material_of(assignment)
    assert (material.upload.name, material.audience) == ("Kallelse i dag.pdf", "chosen")
    assert page("material", material) in said
    assert "PDF, 1\u00a0kB" in said
    assert f"{material.added_by.name} lade till den" in said
    assert fetched(client, page("material", material)) == PDF
    assert [entry.action for entry in trail_of(material.upload)][-1] == "documents.upload_read"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"file": SimpleUploadedFile("a.pdf", b"MZ\x90\x00")}, "Vi kan inte ta emot den sortens fil."),
        ({"file": SimpleUploadedFile("a.pdf", b"%PDF-")}, "Filen går inte att läsa."),
        ({"file": ""}, "Välj en fil."),
    ],
)
def test_what_is_wrong_with_the_file_is_said_beside_it_and_the_title_is_kept(client, changes, said):
    assignment = make_open()
    as_host(client, assignment)
    answer = client.post(page("material_add", assignment), form(title="Min rubrik", audience="everybody", **changes))
    assert answer.status_code == 422
    read = document_fromstring(answer.content.decode())
    field = read.get_element_by_id("id_file")
    assert said in read.get_element_by_id(f"{field.get('aria-describedby').split()[-1]}").text_content()
    assert said in read.xpath("//*[@data-focus]")[0].text_content()
    assert read.get_element_by_id("id_title").value == "Min rubrik"
    assert [radio.get("value") for radio in read.xpath("//*[@name='audience'][@checked]")] == ["everybody"]
    assert (Material.objects.count(), Upload.objects.count()) == (0, 0)


def test_when_something_else_is_missing_the_browser_has_forgotten_the_file_and_that_is_said(client):
    assignment = make_open()
    as_host(client, assignment)
    answer = client.post(page("material_add", assignment), form(title=""))
    assert answer.status_code == 422
    assert "Skriv vad det är." in answer.content.decode()
    assert "Välj filen en gång till." in answer.content.decode()


def test_a_scanner_that_does_not_answer_keeps_it_out_and_the_title(client, settings):
    settings.CLAMD = "tcp://127.0.0.1:1"
    assignment = make_open()
    as_host(client, assignment)
    answer = client.post(page("material_add", assignment), form())
    assert answer.status_code == 422
    assert "Filen kunde inte kontrolleras just nu" in answer.content.decode()
    assert f'value="{TITLE}"' in answer.content.decode()
    assert Material.objects.count() == 0


def test_the_twenty_first_is_refused_in_words(client):
    assignment = make_open()
    for number in range(MOST):
        make_material(assignment, title=f"{number}")
    as_host(client, assignment)
    assert "Här finns 20 filer" in shown(client, page("materials", assignment))
    answer = client.post(page("material_add", assignment), form())
    assert answer.status_code == 422
    assert "Det finns redan 20 filer." in answer.content.decode()


def test_who_comes_when_it_is_not_taken_any_more_is_led_back_with_a_word(client):
    assignment = make_open()
    material = make_material(assignment)
    Assignment.objects.filter(pk=assignment.pk).update(
        state=State.CANCELLED, cancelled_at=NOW, cancelled_reason="Det blev inget"
    )
    as_host(client, assignment)
    for url in (page("material_add", assignment), page("material_change", material)):
        answer = client.get(url, follow=True)
        assert answer.redirect_chain == [(page("materials", assignment), 302)]
        assert "Materialet kan inte ändras nu" in answer.content.decode()
    assert client.post(page("material_add", assignment), form(title="Annat")).status_code == 422
    kept = client.post(page("material_change", material), {"title": "Nytt", "audience": "chosen"})
    assert (kept.status_code, 'value="Nytt"' in kept.content.decode()) == (422, True)
    listed = shown(client, page("materials", assignment))
    assert (page("material_remove", material) in listed, page("material_change", material) in listed) == (True, False)


# --- changing and taking away ---------------------------------------------------------------------


def test_title_and_for_whom_are_changed_and_it_moves_up(client):
    assignment = make_open()
    first, second = make_material(assignment, title="Först"), make_material(assignment, title="Sist")
    as_host(client, assignment)
    assert 'value="Sist"' in shown(client, page("material_change", second))
    answer = client.post(page("material_change", second), {"title": "Sista", "audience": "everybody"}, follow=True)
    assert "Din ändring är sparad." in answer.content.decode()
    for _ in range(2):  # pressed twice
        assert client.post(page("material_up", second), {"past": first.pk}).status_code == 302
    assert client.post(page("material_up", second), {"past": "x"}).status_code == 302
    assert [(each.title, each.audience) for each in material_of(assignment)] == [
        ("Sista", "everybody"),
        ("Först", "chosen"),
    ]


def test_it_is_taken_away_after_a_question_with_a_reason(client):
    assignment = make_open()
    material = make_material(assignment)
    as_host(client, assignment)
    assert "Filen går inte att få tillbaka" in shown(client, page("material_remove", material))
    assert client.post(page("material_remove", material), {"reason": " "}).status_code == 422
    assert material_of(assignment).count() == 1
    for said in ("Filen är borttagen.", "Filen är borttagen."):  # pressed twice
        answer = client.post(page("material_remove", material), {"reason": "Fel fil"}, follow=True)
        assert said in answer.content.decode()
    assert material_of(assignment).count() == 0
    as_coordinator(client, assignment)
    for url, data in (
        ("material_remove", {"reason": "Annat"}),
        ("material_change", {"title": "x"}),
        ("material_up", {}),
    ):
        answer = client.post(page(url, material), data, follow=True)
        assert answer.redirect_chain == [(page("materials", assignment), 302)]
        assert "Den är redan borttagen." in answer.content.decode()
    assert fetched(client, page("material", material)) == 404


# --- reading --------------------------------------------------------------------------------------


def test_everybody_reads_and_fetches_what_is_for_everybody_and_knows_of_nothing_else(client):
    assignment = make_open()
    public = make_material(assignment, audience=Audience.EVERYBODY, title="För alla")
    theirs = make_material(assignment, title="För de valda")
    said = shown(client, page("assignment", assignment))
    assert page("material_open", public) in said
    assert "PDF, 1\u00a0kB" in said
    assert "För de valda" not in said
    assert fetched(client, page("material_open", public)) == PDF
    assert fetched(client, page("material_open", theirs)) == 404
    assert "sessionid" not in client.cookies
    assert fetched(client, page("material", theirs)) == 302  # to log in
    assert trail_of(public.upload).last().action == "documents.upload_attached"  # who reads it is not noted


def test_what_is_not_open_yet_is_nobodys(client):
    need = make_need()
    material = make_material(need, audience=Audience.EVERYBODY)
    assert fetched(client, page("material_open", material)) == 404
    as_host(client, need)
    assert "För alla, när uppdraget är öppet." in shown(client, page("materials", need))
    assert fetched(client, page("material", material)) == PDF


def test_no_heading_where_there_is_no_material(client):
    assignment = make_open()
    assert "Material" not in shown(client, page("assignment", assignment))


def test_one_who_is_chosen_has_it_on_both_pages_until_they_leave(client):
    assignment = make_agreeing(representatives=1)
    agreement = Agreement.objects.get()
    application = agreement.application
    material = make_material(assignment)
    public = make_material(assignment, audience=Audience.EVERYBODY, title="För alla")
    log_in(client, application.person)
    for url in (page("my_application", application), page("agreement", agreement)):
        assert page("material", material) in shown(client, url)
        assert page("material", public) in shown(client, url)
        assert page("materials", assignment) not in shown(client, url)
    assert fetched(client, page("material", material)) == PDF
    withdraw(application, by=Actor(person_id=application.person_id), now=LATER)
    for url in (page("my_application", application), page("agreement", agreement)):
        assert page("material", material) not in shown(client, url)
    assert fetched(client, page("material", material)) == 404


def test_whose_term_is_over_fetches_nothing_more(client):
    assignment = make_agreeing()
    material = make_material(assignment)
    agreement = Agreement.objects.get()
    Agreement.objects.update(ended_at=LATER)
    log_in(client, agreement.application.person)
    assert fetched(client, page("material", material)) == 404
    assert page("material", material) not in shown(client, page("agreement", agreement))


def test_who_has_only_applied_and_who_was_not_chosen_know_of_nothing(client):
    assignment = make_open()
    material = make_material(assignment)
    application = make_application(assignment)
    log_in(client, application.person)
    assert page("material", material) not in shown(client, page("my_application", application))
    assert fetched(client, page("material", material)) == 404
    Application.objects.update(
        state="not_chosen", answered_at=NOW, answer_reason="Nej", answered_by=assignment.created_by
    )
    assert fetched(client, page("material", material)) == 404


def test_hosts_find_the_way_from_an_agreement_and_others_of_their_region_do_not(client):
    assignment = make_agreeing()
    material = make_material(assignment)
    as_host(client, assignment)
    assert page("materials", assignment) in shown(client, page("agreement", Agreement.objects.get()))
    for role, node in ((Role.HOST, make_need().unit), (Role.LEADERSHIP, assignment.area), (Role.COORDINATOR, None)):
        grant = make_grant(make_person(), role, node) if node else make_grant(make_person(), role)
        log_in(client, grant.person, grant)
        for name, thing in (
            ("materials", assignment),
            ("material_add", assignment),
            ("material", material),
            ("material_change", material),
            ("material_remove", material),
        ):
            assert client.get(page(name, thing)).status_code == 404, (role, name)
            assert client.post(page("material_up", material)).status_code == 404


def test_a_link_of_ones_own_is_no_use_to_another(client):
    assignment = make_agreeing(representatives=2)
    material = make_material(assignment)
    one, two = Application.objects.order_by("pk")
    log_in(client, one.person)
    link = client.get(page("material", material))["Location"]
    other = Client()
    log_in(other, two.person)
    assert other.get(link).status_code == 404
    assert client.get(link).status_code == 200


def test_a_coordinator_who_helps_somebody_fetches_it_in_their_name(client):
    assignment = make_agreeing()
    material = make_material(assignment)
    coordinator = coordinator_for(assignment)
    helped = make_registered(by=coordinator)
    Application.objects.update(person=helped)
    as_coordinator(client, assignment)
    asked = {"asked_by": "phone", "purpose": "Hämta material"}
    assert client.post(reverse("helping:begin", args=[helped.pk]), asked).status_code == 302
    assert page("material", material) in shown(client, page("my_application", Application.objects.get()))
    assert fetched(client, page("material", material)) == PDF
    last = trail_of(material.upload).last()
    assert (last.action, last.person_id, last.for_person_id) == (
        "documents.upload_read",
        coordinator.person_id,
        helped.pk,
    )


# --- what it costs --------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 3, MOST])
def test_every_page_costs_the_same_however_much_there_is(client, count):
    """Never more than twenty files stand with one assignment."""
    assignment = make_agreeing()
    coordinator = coordinator_for(assignment)
    for number in range(count):
        make_material(
            assignment, audience=Audience.EVERYBODY, title=f"{number}", by=coordinator if number % 2 else None
        )
    agreement = Agreement.objects.get()
    looks = {
        "materials": (as_host, page("materials", assignment)),
        "agreement": (as_host, page("agreement", agreement)),
        "application": (
            lambda c, _: log_in(c, agreement.application.person),
            page("my_application", agreement.application),
        ),
        "public": (lambda c, _: c.logout(), page("assignment", assignment)),
    }
    found = {}
    for name, (who, url) in looks.items():
        who(client, assignment)
        shown(client, url)
        with CaptureQueriesContext(connection) as asked:
            assert f">{count - 1}</a>" in shown(client, url)
        found[name] = len(asked)
    assert found == {"materials": 5, "agreement": 18, "application": 8, "public": 6}


def test_what_was_taken_away_costs_the_public_page_nothing(client):
    assignment = make_open()
    material = make_material(assignment, audience=Audience.EVERYBODY)
    remove_material(material, reason="Fel", by=host_of(assignment), now=LATER)
    assert "Material" not in shown(client, page("assignment", assignment))
