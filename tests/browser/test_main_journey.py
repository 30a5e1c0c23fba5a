"""The main journey, each step by the person whose it is: from a unit's need to an agreement on paper."""

from __future__ import annotations

import io
import json
import re
from datetime import timedelta
from xml.etree import ElementTree

import pikepdf
import pytest
from django.utils import timezone

from samskapa.cocreate.assignments.models import Agreement, Application, Assignment, Version
from samskapa.ground.core.models import AuditEntry
from samskapa.ground.language.templatetags.reader import day

from .ekliden import Person, letters_to, link_in, post

pytestmark = [pytest.mark.browser, pytest.mark.main_journey, pytest.mark.django_db(transaction=True)]

TITLE = "Vad ska stå i kallelsen till höftoperation?"
HARM = "De som inte läser svenska kan få det ännu svårare."
UNIT = "Ortopedmottagningen"


@pytest.fixture(
    params=[
        pytest.param({"width": 1280, "javascript": True}, id="desktop"),
        pytest.param({"width": 320, "javascript": False}, id="narrow-without-scripts"),
    ]
)
def person(request, page_at, ekliden):
    """`person("Ulla Bergström")`: at a browser of their own, already stepped in."""

    def sit_down(name: str = "") -> Person:
        somebody = Person(page_at(**request.param), ekliden.url)
        return somebody.is_called(name) if name else somebody.goes_to("/")

    return sit_down


def test_from_a_need_to_a_signed_agreement(person, ekliden):
    ulla = person("Ulla Bergström")
    need = describe(ulla)
    send(ulla)
    maja = person("Maja Öberg")
    comment_and_send_back(maja, need)
    mend_and_send_again(ulla, need, ekliden)
    publish(maja, need, ekliden)
    read_as_visitor(person(), need)
    birgit = log_in_with_a_code(person(), ekliden)
    ask_and_answer(birgit, ulla, need, ekliden)
    apply(birgit, need)
    elin = nominate(person("Gunnar Sjögren"), person, need, ekliden)
    choose(maja, ulla, need, ekliden)
    say_yes_to_being_presented(birgit, ekliden)
    go_on_to_the_agreements(maja, need, ekliden)
    return
    confirm_all_but_one(ulla, need)
    read_both_texts_and_confirm(birgit, ekliden)
    settle_the_other(elin, ulla, need, ekliden)
    read_on_paper(birgit, ulla, need)
    look_back(need, ekliden)


# --- 1 and 2: the need, and its readiness -----------------------------------------------------------

#: What Ulla answers, in the order in which it is asked: the question, and name of field -> what she writes
#: (True: the choice is ticked, a tuple: name and value of a choice). None: she skips it.
ANSWERS: list[tuple[str, dict | None]] = [
    ("Varför behöver ni personer med egen erfarenhet?",
     {"why": "Fyra av tio ringer om sådant som redan står i kallelsen. Vi tror att den är svår att läsa."}),
    ("Vad vill ni att de bidrar med?",
     {"expected": "Läsa tre förslag, säga vad som är oklart och vara med och skriva om texten."}),
    ("Hur långt har arbetet kommit?", {"phase": "idea"}),
    ("På vilket sätt medverkar man?", {"contribution": "improvement_team"}),
    ("Hur mycket får de påverka?",
     {"influence": "influence", "influence_how": "Vi skriver texten tillsammans. Verksamhetschefen godkänner den."}),
    ("Vems kunskap finns redan med?", {"sources_present": ["system", "evidence", "profession"]}),
    ("Vem kan förlora på det, eller inte bli hörd?", None),
    ("Hur många personer vill ni ha med?", {"people_wanted": "2"}),
    ("Vilken erfarenhet söker ni?", {"experience": "Du har fått kallelsen de senaste två åren."}),
    ("Hur mycket tid tar det, med läsning?",
     {"occasions": "3", "minutes_each": "90", "reading_minutes": "120", "when_text": "tre tisdagar"}),
    ("Var träffas ni?", {"form": "digital"}),
    ("Vad kan ni ordna så att fler kan vara med?", {"access": "Textning och paus varje halvtimme."}),
    ("Vilken ersättning får de?", {"pay": "fee", "pay_each_ore": "533", "pay_reading_ore": "296"}),
    ("Har den som har budgeten sagt ja?", {"budget_yes": True, "budget_holder": "Verksamhetschefen"}),
    ("Vem är kontaktperson?",
     {"contact_name": "Ulla Bergström", "contact_title": "sjuksköterska", "contact_phone": "000-00 00 00",
      "contact_hours": "vardagar 9–12"}),
    ("Kan jäv spela roll?", {"conflict_matter": ""}),
    ("Vad vill ni fråga dem som anmäler intresse?", {"question_1": "Vad var svårast att förstå?"}),
    ("Är det ett stående uppdrag?", None),
    ("Vad gör ni med resultatet, och när berättar ni?", {"result_use": "Den nya kallelsen börjar användas i vår."}),
]  # fmt: skip


def describe(ulla: Person) -> Assignment:
    """One question a page; what is skipped is named, with a suggestion and a link."""
    ulla.follows("Beskriv ett behov").is_at("Beskriv ett behov")
    ulla.sees("Du behöver inte ha svaren. En första version tar fem minuter, och samordnaren hjälper dig vidare.")
    ulla.writes("Vad handlar det om?", TITLE).presses("Börja").is_at(ANSWERS[0][0])
    need = Assignment.objects.get(title=TITLE)
    ulla.follows(TITLE).is_at(TITLE)
    ulla.sees("1 av 9 viktiga frågor är besvarade", "Fortsätt med frågorna. Du kan också skicka som det är: samordnaren hjälper dig med resten.")
    ulla.follows("Fortsätt")
    for number, (question, answer) in enumerate(ANSWERS, start=2):
        ulla.is_at(question).sees(f"Fråga {number} av 20")
        if answer is None:
            ulla.follows("Hoppa över så länge")
            continue
        ulla.fills_in(answer)
        ulla.presses("Spara och fortsätt" if number < 20 else "Spara")
    ulla.is_at(TITLE).sees(
        "8 av 9 viktiga frågor är besvarade",
        "Vem som kan förlora på det: Det står inte vem som kan förlora på det.",
        "Tänk på dem som har minst ork, ett annat språk eller ingen dator. En mening räcker.",
    )
    return need


def send(ulla: Person) -> None:
    """The check helps; it does not stop one from asking for help."""
    ulla.follows("Titta igenom och skicka").is_at("Titta igenom svaren")
    ulla.sees("8 av 9 viktiga frågor är besvarade. Du kan skicka ändå: samordnaren hjälper dig med resten.")
    ulla.presses("Skicka till samordnaren").is_at(TITLE)
    ulla.sees("Skickat. Samordnaren läser och hör av sig.")


def comment_and_send_back(maja: Person, need: Assignment) -> None:
    maja.follows(TITLE).is_at(TITLE)
    maja.follows("Läs allt på en sida").follows("Kommentera: Vem som kan förlora på det")
    maja.is_at("Kommentarer: Vem som kan förlora på det").sees("Inte besvarad än.")
    maja.writes("Din kommentar", "Vem har svårast att läsa brevet?").presses("Spara kommentaren")
    maja.sees("Din kommentar är sparad.", "Vem har svårast att läsa brevet?")
    maja.goes_to(f"/uppdrag/behov/{need.pk}/").follows("Skicka tillbaka")
    maja.sees("Vem som kan förlora på det: Vem har svårast att läsa brevet?")
    maja.writes("Vad vill du att de kompletterar", "Det här blir bra. Bara en sak fattas.").presses("Skicka tillbaka")
    maja.sees("Tillbakaskickat. De som skriver har fått ett mejl.")


def mend_and_send_again(ulla: Person, need: Assignment, ekliden) -> None:
    letter = letters_to(ekliden.mail, "ulla")[-1]
    ulla.goes_to(link_in(letter, f"/behov/{need.pk}/")).is_at(TITLE)
    ulla.sees("Det här blir bra. Bara en sak fattas.", "Vem har svårast att läsa brevet?")
    ulla.follows("Rätta ”Vem som kan förlora på det”").sees("Maja Öberg kommenterar")
    ulla.fills_in({"harm": HARM, "harm_action": "Vi prövar texten med tre personer."}).presses("Spara och gå tillbaka")
    ulla.is_at(TITLE).presses("Markera som åtgärdad: Vem som kan förlora på det")
    ulla.sees("9 av 9 viktiga frågor är besvarade", "Titta igenom svaren och skicka dem till samordnaren.")
    ulla.follows("Titta igenom och skicka").presses("Skicka till samordnaren")
    ulla.sees("Skickat. Samordnaren läser och hör av sig.")


def publish(maja: Person, need: Assignment, ekliden) -> None:
    letter = letters_to(ekliden.mail, "maja")[-1]
    maja.goes_to(link_in(letter, f"/behov/{need.pk}/")).follows("Publicera uppdraget")
    maja.is_at("Publicera uppdraget").presses("Publicera uppdraget")
    last = timezone.localdate() + timedelta(days=14)
    maja.sees(f"Uppdraget är publicerat. Det går att anmäla intresse till och med {day(last)}.")
    ulla_reads = letters_to(ekliden.mail, "ulla")[-1]
    assert TITLE in ulla_reads["Subject"] or TITLE in ulla_reads.get_content()


# --- 3: open ------------------------------------------------------------------------------------------


def read_as_visitor(visitor: Person, need: Assignment) -> None:
    """The start page leads to the list and the page without log-in; the list is also JSON and Atom."""
    visitor.follows("Se uppdrag där din erfarenhet behövs").is_at("Uppdrag där din erfarenhet behövs")
    visitor.sees("Det finns 1 uppdrag att anmäla intresse för.", TITLE, "3 tillfällen på 90 minuter.")
    kinds = {link.get_attribute("type"): link.get_attribute("href")
             for link in visitor.page.locator('link[rel="alternate"]').all()}  # fmt: skip
    listed = json.loads(visitor.page.request.get(visitor.url + path_of(kinds["application/json"])).text())
    assert TITLE in json.dumps(listed, ensure_ascii=False)
    feed = ElementTree.fromstring(visitor.page.request.get(visitor.url + path_of(kinds["application/atom+xml"])).text())
    assert [title.text for title in feed.iterfind("{*}entry/{*}title")] == [TITLE]
    visitor.follows(TITLE).is_at(TITLE)
    visitor.sees(
        "Fyra av tio ringer om sådant som redan står i kallelsen.",
        "Inflytande: Du är med och formar resultatet, och får veta varför om något ändras. Steg 4 av 5.",
        "533 kr per gång. 296 kr för läsning i förväg.",
        "Ulla Bergström, sjuksköterska. Telefon 000-00 00 00, vardagar 9–12.",
        "Ingen har frågat något än.",
    )


def path_of(address: str) -> str:
    return "/" + address.split("/", 3)[3] if "://" in address else address


def log_in_with_a_code(birgit: Person, ekliden) -> Person:
    birgit.follows("Logga in").is_at("Logga in")
    birgit.writes("Din e-postadress", "birgit@ekliden.example").presses("Skicka en kod")
    code = re.search(r"\b\d{6}\b", letters_to(ekliden.mail, "birgit")[-1].get_content()).group()
    birgit.page.get_by_role("textbox").first.fill(code)
    return birgit.presses("Logga in")


def ask_and_answer(birgit: Person, ulla: Person, need: Assignment, ekliden) -> None:
    birgit.goes_to("/uppdrag/").follows(TITLE).follows("Ställ en fråga").is_at("Ställ en fråga")
    birgit.writes("Din fråga", "Kan jag ringa in till mötet?").presses("Skicka frågan")
    birgit.sees("Kan jag ringa in till mötet?", "Verksamheten har inte svarat än.")
    letter = letters_to(ekliden.mail, "ulla")[-1]
    ulla.goes_to(link_in(letter, "/uppdrag/")).follows("Svara på frågan")
    ulla.page.get_by_role("textbox").last.fill("Ja, det går bra.")
    ulla.page.locator("main form button").last.click()
    ulla.sees("Svar från verksamheten: Ja, det går bra.")


# --- 4: apply -----------------------------------------------------------------------------------------


def apply(birgit: Person, need: Assignment) -> None:
    birgit.goes_to(f"/uppdrag/{need.pk}/").sees("Ja, det går bra.").follows("Jag vill vara med").is_at("Jag vill vara med")
    birgit.writes("Vad av din egen erfarenhet", "Jag opererades i höften i fjol och läste kallelsen tre gånger.")
    birgit.writes("Vad var svårast att förstå?", "När jag skulle sluta äta.")
    birgit.writes("Är det något du behöver", "Stor stil, tack.")
    birgit.ticks("Vänta tills jag blir tillfrågad. Till dess ser verksamheten vad jag skriver, men inte vem jag är.")
    birgit.presses("Titta igenom innan du skickar").is_at("Titta igenom innan du skickar")
    birgit.sees("Jag opererades i höften i fjol och läste kallelsen tre gånger.", "Stor stil, tack.")
    birgit.presses("Ändra något").is_at("Jag vill vara med").presses("Titta igenom innan du skickar")
    birgit.presses("Skicka intresseanmälan").sees(f"Du får svar senast {day(Assignment.objects.get(pk=need.pk).answer_by)}")


def nominate(gunnar: Person, person, need: Assignment, ekliden) -> Person:
    """The nominated person opens the mailed link in a browser where nobody is logged in; it works once."""
    gunnar.goes_to(f"/uppdrag/{need.pk}/").follows("Nominera någon").is_at("Nominera någon")
    gunnar.sees("Du nominerar för Ledföreningen Ekliden.")
    gunnar.fills_in({"name": "Elin Čábbá", "email": "elin@ekliden.example", "reason": "Hon har läst kallelsen åt sin pappa."})
    gunnar.presses("Fråga personen").sees("Vi har skrivit till personen och frågat.")
    letter = letters_to(ekliden.mail, "elin")[-1]
    link = link_in(letter, "/konto/inbjudan/")
    elin = person().goes_to(link).is_at("Du är inbjuden till Samskapa")
    elin.presses("Logga in").is_at("Du är nominerad")
    elin.sees(f"Ledföreningen Ekliden tror att du skulle passa för: {TITLE}", "Hon har läst kallelsen åt sin pappa.")
    person().goes_to(link).is_at("Länken är använd")
    elin.follows("Ja, jag vill vara med")
    elin.writes("Vad av din egen erfarenhet", "Jag läste kallelsen åt pappa, som ser dåligt.")
    elin.ticks("Ni får visa mitt namn för verksamheten redan nu.")
    elin.presses("Titta igenom innan du skickar").presses("Skicka intresseanmälan")
    return elin


# --- 5: choose ----------------------------------------------------------------------------------------


def choose(maja: Person, ulla: Person, need: Assignment, ekliden) -> None:
    """The unit sees who is who only where the person has said yes; nobody is left without an answer."""
    ulla.goes_to(f"/uppdrag/{need.pk}/sokande/").sees("2 personer har anmält intresse.", "Elin Čábbá")
    ulla.sees("Jag opererades i höften i fjol").sees_not("Birgit Lindahl", "Stor stil")
    maja.goes_to(f"/uppdrag/{need.pk}/sokande/").follows("Stäng nu").presses("Stäng nu")
    maja.goes_to(f"/uppdrag/{need.pk}/valj/").is_at("Välj").sees("Birgit Lindahl", "Elin Čábbá")
    maja.ticks("Sökande 1", "Sökande 2").writes("Varför just de", "De har olika erfarenhet av samma brev.")
    maja.presses("Spara valet").sees("Valet är sparat. Nu ska alla få svar.", "De har olika erfarenhet av samma brev.")
    for who, number in ((maja, 1), (ulla, 2)):
        who.goes_to(f"/uppdrag/{need.pk}/valj/").follows(f"Svara sökande {number}").is_at(f"Svara sökande {number}")
        who.sees("Svaret är: utvald.")
        who.fills_in({"reason": "Tack för att du vill vara med. Vi har valt dig, därför att du minns vad som var svårt."})
        who.presses("Skicka svaret").sees("Svaret är skickat.")


def say_yes_to_being_presented(birgit: Person, ekliden) -> None:
    letter = letters_to(ekliden.mail, "birgit")[-1]
    assert f"Du anmälde intresse för ”{TITLE}”, och du är utvald." in letter.get_content()
    birgit.goes_to(link_in(letter, "/uppdrag/mina/")).sees("Du är utvald.", "därför att du minns vad som var svårt")
    birgit.presses("Visa mitt namn för verksamheten").sees("Ja. Du sa ja")


def go_on_to_the_agreements(maja: Person, need: Assignment, ekliden) -> None:
    maja.goes_to(f"/uppdrag/{need.pk}/valj/").sees("Alla har fått svar. Gå vidare till överenskommelserna.")
    maja.presses("Gå vidare till överenskommelserna")
    post(ekliden.mail)
    assert Agreement.objects.filter(root=need).count() == 2


# --- 6: agree -----------------------------------------------------------------------------------------
