"""What goes wrong for people: an old page, a used link, two presses, two at once, no connection. Nothing is lost, and
nothing is done twice."""

from __future__ import annotations

import contextlib
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Error as PlaywrightError

from samskapa.cocreate.assignments.models import Agreement, Application, Assignment, Revision, Statement
from samskapa.ground.core.domain import SYSTEM
from samskapa.ground.organisations.services import invite

from .ekliden import Person, letters_to, link_in, post

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

EXPERIENCE = "Jag opererades i fjol och ringde tre gånger."


@pytest.fixture
def person(told, page_at):
    def sit_down(name: str = "", **how) -> Person:
        somebody = Person(page_at(**how), told.url)
        return somebody.is_called(name) if name else somebody

    return sit_down


def in_state(state: str) -> Assignment:
    return Assignment.objects.filter(state=state).order_by("pk").first()


def begin_to_apply(birgit: Person) -> Assignment:
    found = in_state("open")
    birgit.goes_to(f"/uppdrag/{found.pk}/anmal/").writes("Vad av din egen erfarenhet", EXPERIENCE)
    birgit.ticks("Ni får visa mitt namn för verksamheten redan nu.")
    return found


def press_twice(who: Person, name: str) -> None:
    """Two presses before the answer to the first has come, as by a shaking hand."""
    with who.page.expect_navigation():
        who.page.get_by_role("button", name=name).evaluate("button => { button.click(); button.click(); }")


def send_twice(who: Person, form_of: str) -> list[int]:
    """The same form sent by two requests at once; returns their statuses."""
    return who.page.get_by_role("button", name=form_of).evaluate(
        """async (button) => {
            const form = button.form, data = new FormData(form, button);
            const where = form.getAttribute("action") || location.href;
            const send = () => fetch(where, {method: "POST", body: data}).then((answer) => answer.status);
            return await Promise.all([send(), send()]);
        }"""
    )


def test_what_was_typed_survives_that_one_logged_in_again_in_another_tab(person, told):
    birgit = person("Birgit Lindahl")
    found = begin_to_apply(birgit)
    Person(birgit.page.context.new_page(), told.url).is_called("Birgit Lindahl")
    birgit.presses("Titta igenom innan du skickar").is_at("Skicka en gång till")
    birgit.opens("Se vad du skrev").sees(EXPERIENCE)
    birgit.presses("Skicka igen").is_at("Titta igenom innan du skickar").sees(EXPERIENCE)
    birgit.presses("Skicka intresseanmälan")
    assert Application.objects.get(assignment=found, person=told.cast.people["birgit"]).experience == EXPERIENCE


def invitation_to(key: str, told) -> str:
    """The link in the only mail to the person that has one."""
    (letter,) = [found for found in letters_to(told.mail, key) if "/konto/inbjudan/" in found.get_content()]
    return link_in(letter, "/konto/inbjudan/")


def test_a_link_that_is_used_wrong_or_old_says_what_to_do(person, told):
    invite("elin@ekliden.example", by=SYSTEM, now=timezone.now(), key="one")
    link = invitation_to("elin", told)
    person().goes_to(link).presses("Logga in")
    person().goes_to(link).is_at("Länken är redan använd").sees("kod")
    person().goes_to(link[:-4] + "/").is_at("Länken fungerar inte")
    invite("ali@ekliden.example", by=SYSTEM, now=timezone.now() - timedelta(days=15), key="two")
    old = invitation_to("ali", told)
    person().goes_to(old).is_at("Länken är för gammal")


@pytest.mark.parametrize("press", [press_twice, send_twice], ids=["pressed", "sent"])
def test_applying_twice_is_applying_once(person, told, press):
    birgit = person("Birgit Lindahl")
    found = begin_to_apply(birgit)
    birgit.presses("Titta igenom innan du skickar")
    press(birgit, "Skicka intresseanmälan")
    birgit.goes_to("/uppdrag/mina/").sees(found.title)
    assert Application.objects.filter(assignment=found, person=told.cast.people["birgit"]).count() == 1
    arrived = [
        letter for letter in post(told.mail) if "birgit@" in letter["To"] and found.title in letter.get_content()
    ]
    assert len([letter for letter in arrived if "har kommit fram" in letter.get_content()]) == 1


def test_publishing_twice_is_publishing_once(person, told):
    need = in_state("sent")
    maja = person("Maja Öberg").goes_to(f"/uppdrag/behov/{need.pk}/harm/")
    maja.fills_in({"harm": "De som inte läser på nätet.", "harm_action": "Vi ringer dem."})
    maja.presses("Spara och gå tillbaka").goes_to(f"/uppdrag/behov/{need.pk}/publicera/")
    statuses = send_twice(maja, "Publicera uppdraget")
    assert max(statuses) < 500
    need.refresh_from_db()
    assert need.state == "open"
    letters = [letter for letter in post(told.mail) if "sara@" in letter["To"]]
    published = [letter for letter in letters if f"Nu öppet: {need.title}" in letter["Subject"]]
    assert len(published) == 1


def test_confirming_twice_is_confirming_once(person, told):
    agreement = Agreement.objects.get(application__person=told.cast.people["birgit"], root__state="agreeing")
    birgit = person("Birgit Lindahl").goes_to(f"/uppdrag/overenskommelse/{agreement.pk}/")
    before = Statement.objects.count()
    statuses = send_twice(birgit, "Bekräfta alla punkter utom de jag tagit bort")
    assert max(statuses) < 500
    assert Statement.objects.count() - before == 13


def test_going_back_and_sending_again_changes_the_same_application(person, told):
    birgit = person("Birgit Lindahl")
    found = begin_to_apply(birgit)
    birgit.presses("Titta igenom innan du skickar")
    sent = birgit.page.get_by_role("button", name="Skicka intresseanmälan").evaluate(
        "button => Object.fromEntries(new FormData(button.form, button))"
    )
    birgit.presses("Skicka intresseanmälan")
    # Pages are not kept on a shared computer, so the browser asks whether to send the form again: she says no.
    with contextlib.suppress(PlaywrightError):
        birgit.page.go_back()
    again = Person(birgit.page.context.new_page(), told.url)
    again.goes_to(f"/uppdrag/{found.pk}/anmal/")
    assert "/uppdrag/mina/" in again.page.url
    # And if she says yes, the very same form comes once more.
    answer = again.page.request.post(f"{told.url}/uppdrag/{found.pk}/anmal/", form=sent)
    assert answer.ok
    assert "/uppdrag/mina/" in answer.url
    assert Application.objects.filter(assignment=found, person=told.cast.people["birgit"]).count() == 1


def test_the_second_coordinator_sees_what_the_first_answered(person, told):
    found = in_state("choosing")
    one = Application.objects.filter(assignment=found, state="applied").order_by("number").first()
    maja, jonas = person("Maja Öberg"), person("Jonas Åkesson")
    maja.goes_to(f"/uppdrag/{found.pk}/valj/").ticks(f"Sökande {one.number}")
    maja.writes("Varför just de", "Hon vet hur en fredag kväll är.").presses("Spara valet")
    for who in (maja, jonas):
        who.goes_to(f"/uppdrag/{found.pk}/sokande/{one.pk}/svar/").is_at(f"Svara sökande {one.number}")
    maja.fills_in({"reason": "Tack, vi vill gärna ha med dig. Det skriver Maja."}).presses("Skicka svaret")
    jonas.fills_in({"reason": "Välkommen! Det skriver Jonas."}).presses("Skicka svaret")
    jonas.sees(
        "Någon annan har svarat den här personen. Inget skickades en andra gång.",
        "Det skriver Maja.",
        "Det skriver Jonas.",
    )
    letters = [letter for letter in post(told.mail) if "det skriver" in letter.get_content().lower()]
    assert [("elin@" in letter["To"], "Maja" in letter.get_content()) for letter in letters] == [(True, True)]
    assert [letter for letter in letters if "Jonas" in letter.get_content()] == []


def test_two_who_write_the_same_point_both_keep_their_words(person, told):
    agreement = Agreement.objects.get(application__person=told.cast.people["birgit"], root__state="agreeing")
    ulla, birgit = person("Ulla Bergström"), person("Birgit Lindahl")
    texts = {ulla: "Materialet kommer åtta dagar före.", birgit: "Materialet kommer nio dagar före."}
    for who, text in texts.items():
        who.goes_to(f"/uppdrag/overenskommelse/{agreement.pk}/")
        point = who.page.locator("#point-4")
        who.opens("(punkt", within=point).opens("Föreslå en annan text", within=point)
        point.locator("details details", has_text="Föreslå en annan text").get_by_label("Texten som du vill").fill(text)
    for who in texts:
        who._leaving(who.page.locator("#point-4").get_by_role("button", name="Föreslå texten"))
    ulla.sees("Din text är föreslagen.")
    birgit.sees("Någon annan ändrade punkten medan du skrev", *texts.values())
    birgit.page.get_by_label("En text av båda").fill("Materialet kommer åtta eller nio dagar före.")
    birgit.presses("Föreslå den gemensamma texten").sees("Materialet kommer åtta eller nio dagar före.")
    kept = set(Revision.objects.filter(line__root=agreement.root).values_list("text", flat=True))
    assert {texts[ulla], "Materialet kommer åtta eller nio dagar före."} <= kept


def test_two_who_answer_the_same_question_of_a_need_both_see_both_answers(person, told):
    need = in_state("sent")
    maja, jonas = person("Maja Öberg"), person("Jonas Åkesson")
    for who, text in ((maja, "Majas svar om vem som förlorar."), (jonas, "Jonas svar om vem som förlorar.")):
        who.goes_to(f"/uppdrag/behov/{need.pk}/harm/").fills_in({"harm": text})
    maja.presses("Spara och gå tillbaka")
    jonas.presses("Spara och gå tillbaka")
    jonas.sees("Majas svar om vem som förlorar.", "Jonas svar om vem som förlorar.")
    need.refresh_from_db()
    assert need.harm == "Majas svar om vem som förlorar."


def test_without_a_connection_the_page_waits_and_then_sends(person, told):
    birgit = person("Birgit Lindahl")
    found = begin_to_apply(birgit)
    birgit.presses("Titta igenom innan du skickar")
    birgit.page.context.set_offline(True)
    birgit.page.get_by_role("button", name="Skicka intresseanmälan").click()
    birgit.page.wait_for_url("chrome-error://**")
    assert not Application.objects.filter(assignment=found, person=told.cast.people["birgit"]).exists()
    birgit.page.context.set_offline(False)
    birgit.page.reload()  # asks to send the form again
    assert Application.objects.filter(assignment=found, person=told.cast.people["birgit"]).count() == 1
