"""Every page of the journey, as each who reaches it: for all eyes, on a phone, with a keyboard, from this site only."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.utils import timezone

from samskapa.cocreate.assignments.access.informed import stop_following_path
from samskapa.cocreate.assignments.models import Agreement, Assignment, Follow, Version
from samskapa.cocreate.matching.models import Wave
from samskapa.cocreate.pool.models import Group
from samskapa.cocreate.underway.models import Confirmation
from samskapa.ground.notices.access import stop_token
from samskapa.ground.people.models import Person as Account
from samskapa.listen.surveys.models import Asking
from samskapa.listen.surveys.services.links import new_link

from .ekliden import Person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

#: Who looks, and the shapes of address that they must have reached by following links (a digit stands for any id).
REACHED: dict[str, set[str]] = {
    "": {"/", "/uppdrag/", "/uppdrag/0/", "/konto/logga-in/", "/organisationer/", "/organisationer/0/", "/demo/",
         "/tillganglighet/", "/dina-uppgifter/", "/konto/nytt/", "/siffror/", "/siffror/0/0-0/",
         "/kunskap/", "/kunskap/metoder/", "/kunskap/metoder/0/", "/kunskap/att-vara-vard/",
         "/resursgrupp/", "/resursgrupp/0/", "/vilka-ar-med/0/"},
    "Birgit Lindahl": {"/mitt/", "/konto/profil/", "/konto/roll/", "/konto/vem-har-tittat/",
                       "/uppdrag/mina/", "/uppdrag/mina/0/", "/mitt/hant/", "/konto/mejl/", "/uppdrag/foljer/",
                       "/uppdrag/sokningar/spara/",
                       "/uppdrag/0/anmal/", "/uppdrag/0/fraga/", "/uppdrag/mina/0/dra-tillbaka/",
                       "/uppdrag/overenskommelse/0/", "/uppdrag/overenskommelse/0/historik/", "/uppdrag/mitt/",
                       "/resursgrupp/0/mitt/", "/resursgrupp/0/lamna/", "/resursgrupp/0/mitt/anteckning/0/",
                       "/resursgrupp/overenskommelse/0/", "/resursgrupp/overenskommelse/0/historik/"},
    "Fatima Hassan": {"/uppdrag/0/arbetet/", "/uppdrag/0/arbetet/bidrag/", "/uppdrag/bidrag/0/ta-tillbaka/",
                      "/uppdrag/avstamning/0/", "/uppdrag/avstamning/0/flytta/",
                      "/uppdrag/overenskommelse/0/avstamning/", "/uppdrag/overenskommelse/0/hallet/",
                      "/uppdrag/overenskommelse/0/tid/", "/uppdrag/mitt/"},
    "Ali Karimi": {"/uppdrag/aterkoppling/0/", "/uppdrag/0/arbetet/", "/uppdrag/mitt/", "/matchning/inbjudan/0/"},
    "Nils Åberg": {"/uppdrag/0/arbetet/", "/uppdrag/0/arbetet/bidrag/", "/uppdrag/bidrag/0/",
                   "/uppdrag/avstamning/0/", "/uppdrag/overenskommelse/0/hallet/", "/uppdrag/0/arbetet/beratta/"},
    "Ulla Bergström": {"/verksamhet/", "/uppdrag/behov/", "/uppdrag/behov/ny/", "/uppdrag/behov/kort/",
                       "/uppdrag/behov/0/", "/uppdrag/behov/0/granska/", "/uppdrag/behov/0/historik/",
                       "/uppdrag/0/sokande/", "/uppdrag/0/sokande/0/", "/uppdrag/0/overenskommelser/",
                       "/uppdrag/overenskommelse/0/", "/uppdrag/0/material/", "/uppdrag/0/material/nytt/",
                       "/uppdrag/material/0/andra/", "/uppdrag/material/0/ta-bort/"},
    "Maja Öberg": {"/oversikt/", "/organisationer/personer/", "/organisationer/personer/bjud-in/",
                   "/uppdrag/behov/0/publicera/", "/uppdrag/behov/0/skicka-tillbaka/", "/uppdrag/0/valj/",
                   "/uppdrag/behov/0/why/", "/uppdrag/behov/0/harm/kommentar/", "/uppdrag/0/stang/",
                   "/uppdrag/overenskommelse/0/version/0/", "/handlingar/", "/handlingar/diarium/",
                   "/handlingar/gallring/agreement/", "/handlingar/utlamnande/", "/handlingar/utlamnande/ny/",
                   "/fragor/", "/fragor/0/", "/fragor/0/fler/", "/fragor/0/stang/", "/fragor/0/papper/0/svar/",
                   "/fragor/0/resultat/", "/fragor/ny/", "/fragor/ny/pulse/", "/fragor/ny/closing/",
                   "/matchning/uppdrag/0/", "/matchning/uppdrag/0/omgangar/", "/matchning/uppdrag/0/medlem/0/",
                   "/matchning/medlem/0/", "/matchning/uppdrag/0/sok/",
                   "/matchning/uppdrag/0/andra/",
                   "/resursgrupp/0/medlemmar/", "/resursgrupp/0/ordna/", "/resursgrupp/medlem/0/",
                   "/resursgrupp/0/lista/", "/resursgrupp/lista/0/", "/resursgrupp/lista/0/rader/good/",
                   "/resursgrupp/lista/0/rader/told/", "/resursgrupp/lista/0/rader/bad/",
                   "/resursgrupp/lista/0/kolumner/", "/resursgrupp/lista/0/kanske-samma/",
                   "/resursgrupp/lista/0/ta-in/",
                   "/resursgrupp/medlem/0/samtal/", "/resursgrupp/medlem/0/anteckna/",
                   "/resursgrupp/0/etiketter/", "/resursgrupp/medlem/0/etiketter/",
                   "/resursgrupp/0/brev/", "/resursgrupp/0/brev/nytt/",
                   "/resursgrupp/0/vantar/", "/resursgrupp/0/utgangstext/", "/siffror/grupp/0/",
                   "/vilka-ar-med/0/nu/", "/vilka-ar-med/0/mata/",
                   "/vilka-ar-med/befolkning/",
                   "/resursgrupp/0/rekrytering/", "/resursgrupp/0/rekrytering/sok/0/",
                   "/resursgrupp/0/rekrytering/ny/", "/resursgrupp/0/rekrytering/lankar/",
                   "/resursgrupp/0/rekrytering/lankar/ny/", "/resursgrupp/rekrytering/rad/0/",
                   "/resursgrupp/rekrytering/lank/0/", "/resursgrupp/rekrytering/lank/0/andra/",
                   "/resursgrupp/rekrytering/lank/0/text/0/"},
    "Karim Haddad": {"/uppdrag/overenskommelse/0/period/", "/uppdrag/overenskommelse/0/period/slut/",
                     "/uppdrag/overenskommelse/0/overlamning/", "/uppdrag/0/aterkoppla/", "/uppdrag/0/valj/",
                     "/siffror/0/0-0/", "/siffror/0/0-0/kommentar/"},
    "Gunnar Sjögren": {"/verksamhet/", "/uppdrag/0/nominera/", "/uppdrag/nomineringar/", "/matchning/forfragan/0/"},
    "Dana Wikström": {"/drift/"},
}  # fmt: skip
#: The pages for everybody are the same for all but the menu: looked at as a visitor, and with a long menu and a short.
#: These tell each who comes something else.
PUBLIC = REACHED[""] - {"/", "/uppdrag/0/", "/siffror/", "/siffror/0/0-0/"}
LOOK_AT_PUBLIC = ("", "Birgit Lindahl", "Maja Öberg")
#: What is no page, or is shown elsewhere.
LEFT_OUT = re.compile(
    r"/static/|/pdf/$|/papper/\d+/$|/uppdrag/material/\d+/(oppet/)?$|\.(json|xml|csv|zip|pdf|xlsx)$|/konto/logga-ut/"
    r"|^/g/."  # a short link: the group's page once more
    r"|^/komponenter/|^/resursgrupp/\d+/svar/."  # fourteen questions of five kinds: `applies` looks at those
)
#: Addresses that a link alone does not lead to.
ALSO = {
    "": ["/demo/", "/finns-inte/", "/konto/inbjudan/finns-inte/", "/konto/losenord/glomt/"],
    "Ulla Bergström": ["/uppdrag/behov/"],
    "Birgit Lindahl": ["/konto/losenord/valj/"],
    "Gunnar Sjögren": ["/uppdrag/nomineringar/"],
}


def applies(who: Person, told) -> Iterator[str]:
    """What only a form leads to: the page was old, look through before you send, it has arrived."""
    who.goes_to("/uppdrag/").follows("Pröva hur man förnyar recept på nätet").follows("Jag vill vara med")
    who.writes("Vad av din egen erfarenhet", "Jag förnyar sju recept om året.")
    Person(who.page.context.new_page(), told.url).is_called("Birgit Lindahl")
    who.presses("Titta igenom innan du skickar").is_at("Skicka en gång till")
    yield "a form that had lain open too long"
    who.presses("Skicka igen").is_at("Titta igenom innan du skickar")
    yield "look through before you send"
    who.presses("Skicka intresseanmälan").is_at("Din intresseanmälan har kommit fram")
    yield "the application has arrived"
    who.goes_to("/uppdrag/").follows("Vad ska stå i kallelsen till höftoperation?").presses("Följ")
    who.sees("Du följer uppdraget.")
    yield "an assignment that is followed"
    who.goes_to("/uppdrag/sokningar/spara/?digital=1").presses("Spara sökningen").is_at("Det du följer")
    who.page.get_by_text("Läs i en flödesläsare i stället").click()
    yield "what is followed and looked for"
    person = Account.objects.get(name="Birgit Lindahl")
    who.goes_to(f"/mejl/sluta/{stop_token(person.pk)}/")
    yield "the link in a digest"
    who.presses("Få inga fler samlingsmejl").is_at("Det kommer inga fler samlingsmejl")
    yield "no more digests"
    who.goes_to(stop_following_path(person.pk, Follow.objects.get(person=person).assignment_id))
    yield "the link in a mail about what is followed"
    who.presses("Sluta följa").is_at("Du får inte höra mer om det")
    yield "not followed any more"
    group = Group.objects.get().node_id
    for key in ("reach", "experience", "diagnosis", "organisation"):
        who.goes_to(f"/resursgrupp/{group}/svar/{key}/")
        yield f"a question of the resource group: {key}"
    who.goes_to(f"/resursgrupp/{group}/svar/organisation/")
    who.ticks("För en organisation").presses("Spara").sees("Välj vilken organisation du talar för")
    yield "an answer that lacks something"


def nominates(who: Person, told) -> Iterator[str]:
    """A nomination from the question to the yes."""
    council = "Patientråd på Vårdcentralen Lunden"
    who.goes_to("/uppdrag/").follows(council).follows("Nominera någon")
    who.fills_in({"name": "Fatima Hassan", "email": "fatima@ekliden.example", "reason": "Hon säger som det är."})
    who.presses("Fråga personen").is_at("Våra nomineringar").sees("Har inte svarat än")
    yield "a nomination that waits"
    who.is_called("Fatima Hassan").goes_to("/mitt/").follows(f"Säg ja eller nej: {council}").is_at("Du är nominerad")
    yield "you are nominated"
    who.follows("Ja, jag vill vara med").writes("Vad av din egen erfarenhet", "Två barn med mycket vård.")
    who.presses("Titta igenom innan du skickar")
    yield "look through the nominated application"
    who.presses("Skicka intresseanmälan")
    who.is_called("Gunnar Sjögren").goes_to("/uppdrag/nomineringar/").sees(
        "Fatima Hassan", "Sa ja och har anmält intresse"
    )
    yield "a nomination that is answered"


def answers_a_request(who: Person, told) -> Iterator[str]:
    """A list for the diary, and a request to read that is noted, decided of and answered."""
    who.goes_to("/handlingar/diarium/").presses("Gör listan").sees("För kalkylblad (CSV)")
    yield "a list for the diary"
    who.goes_to("/handlingar/utlamnande/ny/").writes("Vad begäran gäller", "Alla behov om recept.")
    who.writes("Bara handlingar där det här står", "recept").presses("Anteckna och samla handlingarna")
    who.sees("Inget av det här har lämnats ut")
    yield "a request to read"
    who.page.locator("ul.list a").first.click()
    who.sees("Sekretess att pröva")
    yield "a document to decide of"
    who.ticks("Ja, hela")
    who.presses("Spara beslutet").sees("är antecknat")
    yield "a request with one decision"


def answers_by_link(who: Person, told) -> Iterator[str]:
    """The questions behind a personal link, to the thanks; two windows on one question; what came out of a round."""
    asking = Asking.objects.get(thing="", closed_at=None)
    asked, late = asking.asked.filter(has_answered=False).order_by("pk")[:2]
    who.goes_to(new_link(asked, now=timezone.now())).sees("Du svarar anonymt.")
    yield "what one is asked about"
    who.follows("Börja").sees("Fråga 1 av 3")
    yield "a question on a scale"
    for _question in range(2):
        who.presses("Spara och fortsätt")
    other = Person(who.page.context.new_page(), told.url).goes_to(who.page.url)
    other.fills_in({"q_next_time": "Kortare möten."}).presses("Spara och fortsätt")
    who.fills_in({"q_next_time": "Längre pauser."}).presses("Spara och fortsätt").sees("i ett annat fönster också")
    yield "an answer in two windows"
    who.presses("Spara det här svaret").sees("Längre pauser.")
    yield "look through one's answers"
    who.presses("Lämna in mina svar").sees("Tack. Dina svar är inlämnade")
    yield "the answers are handed in"
    who.goes_to(new_link(late, now=timezone.now()) + "titta-igenom/").presses("Lämna in mina svar")
    who.sees("Det finns inget att lämna in än")
    yield "nothing to hand in"
    over = Asking.objects.exclude(told_at=None).get(thing="").asked.order_by("pk")[0]
    who.goes_to(new_link(over, now=timezone.now())).sees("Frågorna är stängda nu.")
    yield "a round that is closed"
    who.follows("Läs vad svaren ledde till").sees("Medelvärdet är 3,8 av 5")
    yield "what came out of a round"


#: What they do after they have walked about: pages that no link leads to.
THEN = {"": answers_by_link, "Birgit Lindahl": applies, "Gunnar Sjögren": nominates, "Maja Öberg": answers_a_request}


def shape(path: str) -> str:
    """A digit stands for any id, any method, any whom one looks for, any use of a text: one of them is looked at."""
    return re.sub(r"\d+|(?<=/kunskap/metoder/)[^/]+|(?<=/rekrytering/sok/)[^/]+|(?<=\d/text/)[^/]+", "0", path)


def walk(who: Person, also: list[str]) -> Iterator[str]:
    """One page of each shape that `who` can reach by links, with the browser on it."""
    waiting = [who.page.evaluate("location.pathname"), "/", *also]
    seen: set[str] = set()
    while waiting:
        path = waiting.pop(0)
        if shape(path) in seen or LEFT_OUT.search(path):
            continue
        seen.add(shape(path))
        who.goes_to(path)
        yield shape(path)
        waiting += who.page.eval_on_selector_all(
            "a[href]", "links => links.filter(a => a.origin === location.origin).map(a => a.pathname)"
        )


def faults(page, path: str, axe, wide_elements) -> list[str]:
    """What is wrong with the page that the browser is on."""
    found = []
    if (headings := page.locator("h1").count()) != 1:
        found.append(f"{headings} h1")
    if not page.title().removesuffix("– Samskapa").strip():
        found.append("no title")
    found += axe(page)
    size = page.viewport_size
    page.set_viewport_size({"width": 320, "height": 900})
    found += [f"320 px: {wide}" for wide in wide_elements(page)]
    page.set_viewport_size(size)
    large = page.add_style_tag(content="html { font-size: 200% }")
    found += [f"200 % text: {wide}" for wide in wide_elements(page)]
    large.evaluate("style => style.remove()")
    text = page.locator("body").inner_text()
    found += [f"says {word}" for word in ("None", "{{", "{%", "<c-", "True", "False") if word in text]
    page.keyboard.press("Tab")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    if outline != "solid":
        found.append(f"the focus is not seen: {outline}")
    return [f"{path}: {fault}" for fault in found]


@pytest.mark.parametrize("name", REACHED, ids=lambda name: name.split()[0] if name else "visitor")
def test_every_page_one_reaches(told, page_at, axe_in_both_schemes, wide_elements, name):
    page = page_at(bypass_csp=True)  # the text is made larger with a style of ours
    visit = seen_by(page)
    who = Person(page, told.url)
    who.is_called(name) if name else who.goes_to("/")
    wrong: list[str] = []
    shapes = set()
    fixed = Version.objects.order_by("pk")[0]  # linked from one agreement of several: the walk may have taken another
    also = [f"/uppdrag/overenskommelse/{fixed.agreement_id}/version/1/"] if name == "Maja Öberg" else []
    if name == "Karim Haddad":  # the council's pages, which no other agreement has
        council = Agreement.objects.filter(root__is_standing=True).order_by("pk")[0]
        also = [f"/uppdrag/overenskommelse/{council.pk}/", f"/uppdrag/{council.root_id}/overenskommelser/"]
    if name == "Ali Karimi":  # what is told back: links may have led to other work
        asked = Confirmation.objects.filter(agreement__application__person__name=name).order_by("pk")[0]
        also = [f"/uppdrag/aterkoppling/{asked.pk}/"]
    # No link leads to publishing what is not ready; who comes there all the same is told what is missing.
    also += [
        f"/uppdrag/behov/{need.pk}/publicera/"
        for need in Assignment.objects.filter(state="sent")
        if also and name != "Ali Karimi"
    ]
    if name == "Maja Öberg":  # the assignment that people are asked to, of those that are open
        asked_to = f"/matchning/uppdrag/{Wave.objects.get().assignment_id}/"
        also += [asked_to, f"{asked_to}sok/"]
    if name == "Maja Öberg":  # of two rounds the one that goes on leads to most; the other has results
        also += [f"/fragor/{Asking.objects.get(thing='', told_at=None).pk}/"]
        also += [f"/fragor/{Asking.objects.exclude(told_at=None).get(thing='').pk}/resultat/"]
    for path in walk(who, [*ALSO.get(name, []), *also]):
        shapes.add(path)
        if path not in PUBLIC or name in LOOK_AT_PUBLIC:
            wrong += faults(page, path, axe_in_both_schemes, wide_elements)
    for step in THEN[name](who, told) if name in THEN else ():
        wrong += faults(page, step, axe_in_both_schemes, wide_elements)
    assert wrong == []
    assert REACHED[name] - shapes == set()
    assert [line for line in visit["console"] if not re.search(r"status of (40[349]|422)", line)] == []
    assert [url for url in visit["requests"] if not url.startswith(told.url)] == []


def seen_by(page) -> dict[str, list[str]]:
    visit: dict[str, list[str]] = {"console": [], "requests": []}
    page.on("console", lambda message: visit["console"].append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: visit["console"].append(f"pageerror: {error}"))
    page.on("request", lambda request: visit["requests"].append(request.url))
    return visit
