"""The main journey, each step by the person whose it is: from a unit's need to what it led to."""

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
from .told_back import work_and_tell_back

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


def test_from_a_need_to_what_it_led_to(person, ekliden):
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
    confirm_all_but_one(ulla, need, ekliden)
    read_both_texts_and_confirm(birgit, ulla, need, ekliden)
    settle_the_other(elin, ulla, need, ekliden)
    read_on_paper(birgit, ulla, need, ekliden)
    work_and_tell_back(birgit, elin, ulla, person, need, ekliden)
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
    ulla.sees(
        "1 av 9 viktiga frågor är besvarade",
        "Fortsätt med frågorna. Du kan också skicka som det är: samordnaren hjälper dig med resten.",
    )
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
    maja.sees("Publicerat. Nu kan alla se det.", f"Det går att anmäla intresse till och med {day(last)}.")
    ulla_reads = letters_to(ekliden.mail, "ulla")[-1]
    assert TITLE in ulla_reads["Subject"] or TITLE in ulla_reads.get_content()


# --- 3: open ------------------------------------------------------------------------------------------


def read_as_visitor(visitor: Person, need: Assignment) -> None:
    """The start page leads to the list and the page without log-in; the list is also JSON and Atom."""
    visitor.follows("Uppdrag").is_at("Uppdrag där din erfarenhet behövs")
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
    assert letter["Subject"] == "En fråga om ert uppdrag"
    ulla.goes_to(link_in(letter, "/konto/steg/")).sees("Kan jag ringa in till mötet?")
    ulla.writes("Ditt svar", "Ja, det går bra.").presses("Publicera svaret")
    ulla.sees("Svar från verksamheten: Ja, det går bra.")


# --- 4: apply -----------------------------------------------------------------------------------------


def apply(birgit: Person, need: Assignment) -> None:
    birgit.goes_to(f"/uppdrag/{need.pk}/").sees("Ja, det går bra.").follows("Jag vill vara med").is_at(
        "Jag vill vara med"
    )
    birgit.writes("Vad av din egen erfarenhet", "Jag opererades i höften i fjol och läste kallelsen tre gånger.")
    birgit.writes("Vad var svårast att förstå?", "När jag skulle sluta äta.")
    birgit.writes("Är det något du behöver", "Stor stil, tack.")
    birgit.ticks("Vänta tills jag blir tillfrågad. Till dess ser verksamheten vad jag skriver, men inte vem jag är.")
    birgit.presses("Titta igenom innan du skickar").is_at("Titta igenom innan du skickar")
    birgit.sees("Jag opererades i höften i fjol och läste kallelsen tre gånger.", "Stor stil, tack.")
    birgit.presses("Ändra något").is_at("Jag vill vara med").presses("Titta igenom innan du skickar")
    birgit.presses("Skicka intresseanmälan").sees(
        f"Du får svar senast {day(Assignment.objects.get(pk=need.pk).answer_by)}"
    )


def nominate(gunnar: Person, person, need: Assignment, ekliden) -> Person:
    """The nominated person opens the mailed link in a browser where nobody is logged in; it works once."""
    gunnar.goes_to(f"/uppdrag/{need.pk}/").follows("Nominera någon").is_at("Nominera någon")
    gunnar.sees("Du nominerar för Ledföreningen Ekliden.")
    gunnar.fills_in(
        {"name": "Elin Čábbá", "email": "elin@ekliden.example", "reason": "Hon har läst kallelsen åt sin pappa."}
    )
    gunnar.presses("Fråga personen").sees("Vi har skrivit till personen och frågat.")
    letter = letters_to(ekliden.mail, "elin")[-1]
    link = link_in(letter, "/konto/inbjudan/")
    elin = person().goes_to(link).is_at("Du är inbjuden till Samskapa")
    elin.presses("Logga in").is_at("Du är nominerad")
    elin.sees(f"Ledföreningen Ekliden tror att du skulle passa för: {TITLE}", "Hon har läst kallelsen åt sin pappa.")
    person().goes_to(link).is_at("Länken är redan använd")
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
        who.fills_in(
            {"reason": "Tack för att du vill vara med. Vi har valt dig, därför att du minns vad som var svårt."}
        )
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

CHANGED = "Vi skickar materialet tio dagar före, på papper till den som vill."


def point(who: Person, number: int):
    return who.page.locator(f"#point-{number}")


def agreement_with(key: str, need: Assignment, ekliden) -> Agreement:
    return Agreement.objects.get(root=need, application__person=ekliden.cast.people[key])


def propose(who: Person, number: int, text: str, reason: str) -> None:
    who.opens("(punkt", within=point(who, number))
    who.opens("Föreslå en annan text", within=point(who, number))
    fold = point(who, number).locator("details details", has_text="Föreslå en annan text")
    fold.get_by_label("Texten som du vill ha den").fill(text)
    fold.get_by_label("Varför").fill(reason)
    who._leaving(fold.get_by_role("button", name="Föreslå texten"))
    who.sees("Din text är föreslagen. Den gäller när alla har bekräftat den.")


def confirm_all_but_one(ulla: Person, need: Assignment, ekliden) -> None:
    letter = letters_to(ekliden.mail, "ulla")[-1]
    assert letter["Subject"] == "Det finns utkast till era överenskommelser"
    ulla.goes_to(link_in(letter, f"/uppdrag/{need.pk}/")).is_at("Överenskommelser")
    ulla.follows("Birgit Lindahl").is_at("Vår överenskommelse").sees("Mellan Birgit Lindahl och Ortopedmottagningen")
    ulla.unticks("Ta med punkt 4 när jag bekräftar allt på en gång")
    ulla.presses("Bekräfta alla punkter utom de jag tagit bort")
    ulla.sees("Du har bekräftat 12 punkter.", "Läs punkt 4. Den väntar på ditt svar.")
    propose(ulla, 4, CHANGED, "Tio dagar är vad vi alltid lovar.")
    ulla.sees("Du behöver inte göra något nu.")


def read_both_texts_and_confirm(birgit: Person, ulla: Person, need: Assignment, ekliden) -> None:
    """A point that both have confirmed applies at once; a change of it shows both texts, word by word."""
    letter = letters_to(ekliden.mail, "birgit")[-1]
    birgit.goes_to(link_in(letter, "/overenskommelse/")).is_at("Vår överenskommelse")
    birgit.sees("Ortopedmottagningen föreslog texten", CHANGED, "Tio dagar är vad vi alltid lovar.")
    birgit.sees("Stor stil, tack.")
    birgit._leaving(point(birgit, 11).get_by_role("button", name=re.compile("^Bekräfta punkten")))
    birgit.sees("Du har bekräftat punkten.")
    here = f"/uppdrag/overenskommelse/{agreement_with('birgit', need, ekliden).pk}/"
    ulla.goes_to(here)
    propose(ulla, 11, "Din kontaktperson är Ulla Bergström. Telefon 000-00 00 00, vardagar 8–16.", "Ny telefontid.")
    birgit.goes_to(here)
    assert "9–12" in " ".join(point(birgit, 11).locator("del").all_inner_texts())
    assert "8–16" in " ".join(point(birgit, 11).locator("ins").all_inner_texts())
    birgit.presses("Bekräfta alla punkter utom de jag tagit bort")
    birgit.sees(
        "Du har bekräftat 13 punkter.",
        "Allt är klart. Överenskommelsen finns som PDF på den här sidan.",
        "Du behöver inte göra något. Allt är klart, och version 1 gäller.",
    )
    assert Version.objects.filter(agreement=agreement_with("birgit", need, ekliden)).count() == 1


def settle_the_other(elin: Person, ulla: Person, need: Assignment, ekliden) -> None:
    """What the unit said of the common points counts here too; its own points are confirmed once more."""
    here = f"/uppdrag/overenskommelse/{agreement_with('elin', need, ekliden).pk}/"
    elin.goes_to(here).sees(CHANGED).sees_not("Stor stil")
    elin.presses("Bekräfta alla punkter utom de jag tagit bort")
    ulla.goes_to(here).presses("Bekräfta alla punkter utom de jag tagit bort").sees("version 1 gäller")
    need.refresh_from_db()
    assert need.state == "agreed"


def read_on_paper(birgit: Person, ulla: Person, need: Assignment, ekliden) -> None:
    """Both parties' file is the same, tagged for a screen reader, and names them."""
    here = f"/uppdrag/overenskommelse/{agreement_with('birgit', need, ekliden).pk}/"
    papers = []
    for who in (birgit, ulla):
        link = who.goes_to(here).page.get_by_role("link", name="Hämta version 1 som PDF").get_attribute("href")
        answer = who.page.request.get(ekliden.url + link)
        assert answer.headers["content-type"] == "application/pdf"
        papers.append(answer.body())
    assert papers[0] == papers[1]
    with pikepdf.open(io.BytesIO(papers[0])) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang).startswith("sv")
        assert "/StructTreeRoot" in pdf.Root
        assert TITLE in str(pdf.docinfo.get("/Title", "")) or "Vår överenskommelse" in str(pdf.docinfo["/Title"])


def look_back(need: Assignment, ekliden) -> None:
    """Nobody was forgotten, every step is in the trail by whom it was taken, and every letter came once."""
    need.refresh_from_db()
    assert set(Application.objects.filter(assignment=need).values_list("state", flat=True)) == {"chosen"}
    name = {person.pk: key for key, person in ekliden.cast.people.items()}
    entries = AuditEntry.objects.values_list("action", "person_id")
    trail = {(action.split(".")[1], name.get(who, "")) for action, who in entries}
    assert {
        ("need_sent", "ulla"), ("part_commented", "maja"), ("need_sent_back", "maja"), ("published", "maja"),
        ("question_asked", "birgit"), ("question_answered", "ulla"), ("applied", "birgit"), ("nominated", "gunnar"),
        ("nomination_accepted", "elin"), ("closed", "maja"), ("choice_made", "maja"), ("applicant_answered", "maja"),
        ("applicant_answered", "ulla"), ("presented", "birgit"), ("choosing_finished", "maja"),
        ("agreement_drafted", ""), ("agreed", "ulla"), ("begun", ""), ("contributed", "birgit"),
        ("outcome_said", "ulla"), ("check_in_noted", "birgit"), ("promises_said", "birgit"),
        ("told", "ulla"), ("confirmed", "birgit"),
        ("confirmed", "elin"), ("done", "elin"),
    } - trail == set()  # fmt: skip
    letters = post(ekliden.mail)
    assert len({letter["Message-ID"] for letter in letters}) == len(letters)
    settled = [letter["To"] for letter in letters if letter["Subject"].strip() == "Allt i överenskommelsen är klart"]
    assert sorted(re.findall(r"(\w+)@", " ".join(settled))) == ["birgit", "elin", "ulla", "ulla"]
    answered = [letter["To"] for letter in letters if "och du är utvald." in letter.get_content()]
    assert sorted(re.findall(r"(\w+)@", " ".join(answered))) == ["birgit", "elin"]
