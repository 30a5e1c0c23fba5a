"""The journey's end: the work, what became of what was said, told back, confirmed, and read by everybody."""

from __future__ import annotations

from collections.abc import Callable

from samskapa.cocreate.assignments.models import Assignment

from .ekliden import Person, letters_to, link_in

SAID = "Skriv vem man ringer, och när någon svarar."
WHY_NOT_ALL = "Numret står överst nu. Tiderna ändras för ofta för att stå på papper."
LED_TO = "Kallelsen är omskriven och skickas sedan i mars. Två av tio ringer, mot fyra förut."


def work_and_tell_back(
    birgit: Person, elin: Person, ulla: Person, visitor: Callable[[], Person], need: Assignment, ekliden
) -> None:
    """From the first meeting to what everybody reads."""
    contribute(birgit, ekliden)
    say_what_became_of_it(ulla, ekliden)
    agree_on_a_day_and_say_of_promises(birgit, ulla, ekliden, need)
    tell(ulla, need)
    confirm(birgit, "yes", ekliden, "Det märks att vi var med.")
    need.refresh_from_db()
    assert need.state == "agreed"  # one has not answered yet
    confirm(elin, "partly", ekliden, "")
    need.refresh_from_db()
    assert need.state == "done"
    visitor().goes_to(f"/uppdrag/{need.pk}/").sees(
        LED_TO, "Ja: 1. Delvis: 1. Nej: 0. Inget svar: 0.", "Birgit Lindahl"
    ).sees_not("Elin", "Det märks att vi var med.")
    look_back_over_it_all(birgit)


def contribute(birgit: Person, ekliden) -> None:
    letter = next(one for one in letters_to(ekliden.mail, "birgit") if one["Subject"] == "Nu börjar arbetet")
    birgit.goes_to(link_in(letter, "/arbetet/")).is_at("Arbetet").sees("Ulla Bergström", "Inget är antecknat än")
    birgit.follows("Lägg till vad jag har bidragit med").is_at("Vad har du bidragit med?")
    birgit.presses("Spara").sees("Skriv något här.")
    birgit.writes("Vad bidraget är", SAID).presses("Spara").is_at("Arbetet").sees(SAID, "Inte besvarat än")
    birgit.presses("Ja, visa mitt namn").sees("Ditt namn får stå där")


def say_what_became_of_it(ulla: Person, ekliden) -> None:
    letter = letters_to(ekliden.mail, "ulla")[-1]
    assert letter["Subject"] == "Ett nytt bidrag"
    ulla.goes_to(link_in(letter, "/arbetet/")).is_at("Arbetet")
    ulla.follows("1 bidrag väntar på besked om vad det blev av det.").is_at("Vad blev det av det?").sees(SAID)
    ulla.fills_in({"became": "partly", "reason": WHY_NOT_ALL}).presses("Spara och berätta").is_at("Arbetet")
    ulla.sees("Togs med delvis", WHY_NOT_ALL)


def agree_on_a_day_and_say_of_promises(birgit: Person, ulla: Person, ekliden, need: Assignment) -> None:
    letter = letters_to(ekliden.mail, "birgit")[-1]
    assert letter["Subject"] == "Vad det blev av ditt bidrag"
    assert WHY_NOT_ALL in letter.get_content()
    birgit.goes_to(link_in(letter, "/arbetet/")).sees(WHY_NOT_ALL)
    birgit.follows("Hölls varje löfte?").is_at("Hölls varje löfte?")
    birgit.page.get_by_label("Delvis").first.check(force=True)
    birgit.writes("Några ord om det", "Materialet kom dagen före.").presses("Spara")
    birgit.sees("Tack. Den andra parten ser vad du har sagt.", "Materialet kom dagen före.")
    birgit.goes_to(f"/uppdrag/{need.pk}/arbetet/")
    birgit.page.locator("section", has_text="Avstämningar").last.get_by_role("link").first.click()
    birgit.sees("Ett kort samtal mellan två")
    birgit.fills_in({"goes_well": "yes", "text": "Vi hörs lagom ofta."}).presses("Spara och berätta för den andra")
    birgit.sees("Det är sparat, och den andra har fått veta det.", "Vi hörs lagom ofta.")


def tell(ulla: Person, need: Assignment) -> None:
    ulla.goes_to(f"/uppdrag/{need.pk}/arbetet/").follows("Avsluta och berätta vad det har lett till")
    ulla.is_at("Hur blev det?").sees("De här kan läsa dina svar")
    ulla.page.get_by_label("4", exact=True).first.check(force=True)
    ulla.presses("Spara och fortsätt")
    ulla.is_at("Avsluta och berätta vad det har lett till").writes("Vad har det lett till?", LED_TO)
    ulla.presses("Skicka och visa för alla").is_at("Arbetet").sees(LED_TO, "Du behöver inte göra något.")


def confirm(who: Person, answer: str, ekliden, word: str) -> None:
    key = "birgit" if answer == "yes" else "elin"
    letter = letters_to(ekliden.mail, key)[-1]
    assert letter["Subject"] == "Stämmer det?"
    who.goes_to(link_in(letter, "/aterkoppling/")).is_at("Hur blev det?")
    who.presses("Fortsätt utan att svara").is_at("Stämmer det?").sees(LED_TO)
    who.fills_in({"answer": answer, "word": word}).presses("Skicka mitt svar").is_at("Arbetet")


def look_back_over_it_all(birgit: Person) -> None:
    birgit.goes_to("/mitt/").follows("Allt du har varit med i, och vad det ledde till").is_at("Det jag har varit med i")
    birgit.sees(SAID, WHY_NOT_ALL, LED_TO, "Ditt svar på om det stämmer: Ja.")
    link = birgit.page.get_by_role("link", name="Intyg som PDF").first.get_attribute("href")
    assert link
    assert birgit.page.request.get(birgit.url + link).headers["content-type"] == "application/pdf"
