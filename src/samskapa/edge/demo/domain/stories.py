"""What they do together: assignments at every stage of the journey."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

#: How far an assignment can have come, in order.
STAGES = ("need", "open", "choosing", "agreed")


@dataclass(frozen=True, slots=True)
class Story:
    """unit and host: keys. stage: "need", "sent", "open", "choosing", "agreeing" or "agreed".

    answers: part -> values. Days are whole numbers, counted from today; a municipality is the key of a place.
    applicants: (person, experience, presented by name now). chosen: keys of those. asked: (person, question, answer).
    comments: (part, text) by the coordinator. opened: published so many days ago. deputies: those of the chosen who
    are so as deputies. age: everything happened so many days earlier. told_back: what the host told after a year.
    """

    key: str
    unit: str
    host: str
    stage: str
    answers: dict[str, dict[str, Any]]
    applicants: tuple[tuple[str, str, bool], ...] = ()
    chosen: tuple[str, ...] = ()
    asked: tuple[tuple[str, str, str], ...] = ()
    comments: tuple[tuple[str, str], ...] = ()
    nominated: tuple[tuple[str, str, str], ...] = ()
    raised_by: str = ""
    opened: int = 4
    together: dict[str, int] = field(default_factory=dict)
    deputies: tuple[str, ...] = ()
    age: int = 0
    told_back: str = ""


def contact(name: str, title: str) -> dict[str, str]:
    """The contact person's part."""
    return {
        "contact_name": name,
        "contact_title": title,
        "contact_phone": "000-00 00 00",
        "contact_email": "",
        "contact_hours": "vardagar 9–12",
    }


def answers(title: str, **parts: Any) -> dict[str, dict[str, Any]]:
    """A full need: what is usual, with what this one says itself."""
    usual: dict[str, dict[str, Any]] = {
        "title": {"title": title},
        "phase": {"phase": "idea"},
        "contribution": {"contribution": "improvement_team"},
        "sources": {"sources_present": ["system", "evidence", "profession"], "sources_note": ""},
        "people": {"people_wanted": 3},
        "place": {"form": "digital", "place": "", "municipality_id": None},
        "access": {
            "access": "Textning, paus varje halvtimme, material i stor stil eller per post. Säg till så ordnar vi det."
        },
        "pay": {"pay": "fee", "pay_each_ore": 53300, "pay_reading_ore": 29600, "pay_note": ""},
        "budget": {"budget_yes": True, "budget_holder": "Verksamhetschefen"},
        "conflict": {"conflict_matter": ""},
        "questions": {"questions": [{"text": "Vad vill du att vi ska veta om din erfarenhet?", "is_required": False}]},
    }
    return usual | parts


STORIES = (
    Story(
        "kallelsen",
        "ortopeden",
        "ulla",
        "open",
        answers(
            "Vad ska stå i kallelsen till höftoperation?",
            why={"why": "Fyra av tio ringer om sådant som redan står i kallelsen. Vi tror att den är svår att läsa."},
            expected={"expected": "Läsa tre förslag, säga vad som är oklart och vara med och skriva om texten."},
            influence={
                "influence": "influence",
                "influence_reason": "",
                "influence_how": "Vi skriver texten tillsammans. "
                "Verksamhetschefen godkänner den och förklarar om något ändras.",
            },
            harm={
                "harm": "De som inte läser svenska kan få det ännu svårare.",
                "harm_action": "Vi prövar texten med tre personer som har svenska som andraspråk.",
            },
            experience={
                "experience": "Du har fått kallelsen de senaste två åren, eller är närstående till någon som har det."
            },
            time={
                "occasions": 3,
                "minutes_each": 90,
                "reading_minutes": 120,
                "when_text": "tre tisdagseftermiddagar",
                "starts_on": 45,
            },
            contact=contact("Ulla Bergström", "sjuksköterska"),
            result={
                "result_use": "Den nya kallelsen börjar användas till våren. Sedan räknar vi hur många som ringer.",
                "told_back_on": 220,
            },
        ),
        applicants=(
            (
                "lukasz",
                "Jag opererades förra hösten och läste kallelsen fem gånger utan att förstå när jag skulle sluta äta.",
                False,
            ),
            ("xiaolong", "Jag tolkade kallelsen åt min mamma. Det var tre ord som vi aldrig förstod.", True),
        ),
        asked=(
            (
                "birgit",
                "Måste man kunna teckna på en skärm? Jag har bara en vanlig telefon.",
                "Nej. Vi skickar texterna på papper och du kan ringa in till mötet.",
            ),
        ),
    ),
    Story(
        "berattelse",
        "stroke",
        "karim",
        "open",
        answers(
            "Berätta om att vara närstående vid stroke",
            why={"why": "Vi som arbetar här ser patienten varje dag men vet lite om hur det är hemma efteråt."},
            expected={"expected": "Berätta om din egen tid som närstående och svara på frågor från personalen."},
            influence={
                "influence": "dialogue",
                "influence_reason": "",
                "influence_how": "Din berättelse blir början på ett samtal. Vi skriver upp tre saker som vi ändrar.",
            },
            phase={"phase": "planning"},
            contribution={"contribution": "own_story"},
            harm={
                "harm": "Den som lyssnar kan själv ha förlorat någon.",
                "harm_action": "Vi säger före vad dagen handlar om, och någon finns att prata med efteråt.",
            },
            people={"people_wanted": 2},
            experience={"experience": "Du är närstående till någon som har haft stroke, nyss eller för länge sedan."},
            time={
                "occasions": 1,
                "minutes_each": 60,
                "reading_minutes": 30,
                "when_text": "en utbildningsdag på eftermiddagen",
                "starts_on": 60,
            },
            place={"form": "place", "place": "Hörsalen, Eklidens sjukhus", "municipality_id": "kommun"},
            pay={"pay": "fee", "pay_each_ore": 53300, "pay_reading_ore": None, "pay_note": "Vi betalar också resan."},
            contact=contact("Karim Haddad", "enhetschef"),
            result={
                "result_use": "De tre sakerna följs upp på arbetsplatsträffen, och du får veta hur det gick.",
                "told_back_on": 150,
            },
        ),
    ),
    Story(
        "recept",
        "lunden",
        "sara",
        "open",
        answers(
            "Pröva hur man förnyar recept på nätet",
            why={"why": "Hälften av dem som börjar förnya ett recept på nätet slutar mitt i och ringer i stället."},
            expected={"expected": "Pröva tjänsten två gånger, säga högt vad du tänker och vad som skaver."},
            influence={
                "influence": "consultation",
                "influence_reason": "",
                "influence_how": "Vi skickar det ni hittar till dem som bygger tjänsten och berättar vad de svarade.",
            },
            contribution={"contribution": "ai_digital"},
            harm={
                "harm": "De som inte har e-legitimation kan glömmas bort när allt blir digitalt.",
                "harm_action": "Telefonen finns kvar, och minst en av er ska vara van att ringa.",
            },
            experience={
                "experience": "Du har läkemedel som behöver förnyas då och då. Du behöver inte vara van vid datorer."
            },
            time={
                "occasions": 2,
                "minutes_each": 45,
                "reading_minutes": 0,
                "when_text": "när det passar dig",
                "starts_on": 30,
            },
            contact=contact("Sara Lindqvist", "distriktssköterska"),
            result={
                "result_use": "Listan går till leverantören. Vi berättar vad som blev ändrat.",
                "told_back_on": 120,
            },
        ),
        together={"pay": 25},
        applicants=(("fatima", "Jag förnyar recept åt mina två barn varje månad.", False),),
    ),
    Story(
        "utskrivning",
        "stroke",
        "karim",
        "choosing",
        answers(
            "Vad behöver stå på pappret när man går hem?",
            why={"why": "Många kommer tillbaka för att de inte visste vem de skulle ringa efter utskrivningen."},
            expected={"expected": "Läsa utskrivningspappret, stryka det som inte hjälper och skriva det som fattas."},
            influence={
                "influence": "codecision",
                "influence_reason": "",
                "influence_how": "Gruppen bestämmer hur pappret ser ut. Två av er sitter i gruppen.",
            },
            harm={
                "harm": "Den som bor ensam har ingen som läser pappret tillsammans med dem.",
                "harm_action": "Vi ringer upp alla som bor ensamma två dagar efteråt.",
            },
            people={"people_wanted": 2},
            experience={
                "experience": "Du har skrivits ut från sjukhus det senaste året, eller tagit emot någon hemma."
            },
            time={
                "occasions": 4,
                "minutes_each": 90,
                "reading_minutes": 60,
                "when_text": "varannan torsdag",
                "starts_on": 40,
            },
            contact=contact("Karim Haddad", "enhetschef"),
            result={"result_use": "Pappret används på hela enheten.", "told_back_on": 200},
        ),
        applicants=(
            ("elin", "Pappa skrevs ut en fredag kväll. Ingen svarade i telefon på hela helgen.", True),
            ("birgit", "Jag bor ensam och kom hem med tre papper som sa olika saker.", False),
            ("ali", "Jag har skrivits ut fyra gånger och vet vad som brukar fattas.", False),
            ("fatima", "Jag har tagit emot två barn hemma efter operationer.", True),
        ),
        opened=20,
    ),
    Story(
        "smartskola",
        "ortopeden",
        "ulla",
        "agreeing",
        answers(
            "Gör om smärtskolan",
            why={"why": "Hälften hoppar av efter andra gången. De säger att den handlar om någon annan."},
            expected={"expected": "Vara med och planera fem träffar, från första mejlet till avslutningen."},
            influence={
                "influence": "influence",
                "influence_reason": "",
                "influence_how": "Ni och två fysioterapeuter gör planen. Enhetschefen säger ja eller nej med skäl.",
            },
            harm={
                "harm": "De som har ont varje dag orkar inte sitta still i två timmar.",
                "harm_action": "Korta pass, och man får ligga ner eller gå ut.",
            },
            people={"people_wanted": 2},
            experience={"experience": "Du har levt länge med smärta, eller gått i smärtskolan."},
            time={
                "occasions": 5,
                "minutes_each": 60,
                "reading_minutes": 60,
                "when_text": "onsdagar före lunch",
                "starts_on": 25,
            },
            contact=contact("Ulla Bergström", "sjuksköterska"),
            result={"result_use": "Den nya smärtskolan börjar i höst.", "told_back_on": 260},
        ),
        applicants=(
            ("lukasz", "Jag hoppade av smärtskolan själv. Nu vet jag varför.", True),
            ("birgit", "Jag har haft ont i höften i elva år.", True),
            ("ali", "Nervsmärta i fötterna sedan sex år.", False),
        ),
        chosen=("lukasz", "birgit"),
        opened=35,
    ),
    Story(
        "skyltar",
        "akuten",
        "nils",
        "agreed",
        answers(
            "Hitta rätt på akuten",
            why={"why": "Var tredje besökare frågar om vägen. Skyltarna sattes upp när huset byggdes."},
            expected={"expected": "Gå vägen från parkeringen till röntgen och säga var du tvekar."},
            influence={
                "influence": "dialogue",
                "influence_reason": "",
                "influence_how": "Vi går tillsammans, ritar på kartan och väljer vilka skyltar som byts först.",
            },
            harm={
                "harm": "Den som ser dåligt eller är rädd har svårast att hitta.",
                "harm_action": "En av er ska ha nedsatt syn, och vi går vägen också på natten.",
            },
            people={"people_wanted": 2},
            experience={"experience": "Du har varit på akuten det senaste året."},
            time={
                "occasions": 1,
                "minutes_each": 90,
                "reading_minutes": 0,
                "when_text": "en vardag på förmiddagen",
                "starts_on": 15,
            },
            place={"form": "place", "place": "Akutmottagningen, Eklidens sjukhus", "municipality_id": "kommun"},
            contact=contact("Nils Åberg", "verksamhetsutvecklare"),
            result={"result_use": "De fem värsta skyltarna byts före sommaren.", "told_back_on": 160},
        ),
        applicants=(
            ("elin", "Jag körde pappa till akuten och gick fel två gånger.", True),
            ("xiaolong", "Jag hittar alltid, men jag får alltid visa andra.", True),
        ),
        chosen=("elin", "xiaolong"),
        opened=45,
    ),
    Story(
        "provsvar",
        "lunden",
        "sara",
        "sent",
        answers(
            "Provsvar som går att förstå",
            why={"why": "Vi lägger ut provsvar utan förklaring. Sedan ringer man och är orolig."},
            expected={"expected": "Läsa tio vanliga provsvar och föreslå en mening till varje."},
            influence={
                "influence": "influence",
                "influence_reason": "",
                "influence_how": "Meningarna ni skriver används, om läkaren inte hittar något som är fel i sak.",
            },
            harm={"harm": "", "harm_action": ""},
            experience={"experience": "Du har läst egna provsvar på nätet."},
            time={
                "occasions": 2,
                "minutes_each": 60,
                "reading_minutes": 60,
                "when_text": "två kvällar",
                "starts_on": 50,
            },
            contact=contact("Sara Lindqvist", "distriktssköterska"),
            result={"result_use": "Meningarna läggs in i journalsystemet.", "told_back_on": 180},
        ),
        comments=(("harm", "Vem kan få det sämre av det här? Någon som inte läser på nätet, kanske."),),
    ),
    Story(
        "vantan",
        "bup",
        "",
        "need",
        {
            "title": {"title": "Vad kan hjälpa medan man väntar?"},
            "why": {"why": "Väntetiden är lång, och vi hör att den är som svårast i början."},
        },
        raised_by="fatima",
    ),
    Story(
        "radet",
        "lunden",
        "sara",
        "open",
        answers(
            "Patientråd på Vårdcentralen Lunden",
            why={"why": "Vi bestämmer om öppettider, bokning och lokaler utan att ha frågat dem som kommer hit."},
            phase={"phase": "doing"},
            contribution={"contribution": "governance"},
            expected={"expected": "Träffa ledningen fyra gånger om året, läsa förslagen före och säga vad ni tycker."},
            influence={
                "influence": "dialogue",
                "influence_reason": "",
                "influence_how": "Rådet får varje större förslag innan det är bestämt. Chefen svarar skriftligt.",
            },
            harm={
                "harm": "De som sällan söker vård märks inte i ett råd som möts på dagtid.",
                "harm_action": "Två av fyra träffar är på kvällen, och en ersättare kan komma i stället.",
            },
            people={"people_wanted": 4},
            experience={"experience": "Du är listad på vårdcentralen, eller är närstående till någon som är det."},
            time={
                "occasions": 8,
                "minutes_each": 120,
                "reading_minutes": 480,
                "when_text": "fyra gånger om året i två år",
                "starts_on": 50,
            },
            place={"form": "both", "place": "Vårdcentralen Lunden, Lundvägen 2", "municipality_id": "kommun"},
            contact=contact("Sara Lindqvist", "distriktssköterska"),
            standing={
                "is_standing": True,
                "term_months": 24,
                "deputies": 1,
                "by_nomination": True,
                "renewal": "En gång till. Vårdcentralens chef frågar i november.",
                "hand_over": "Den som slutar är med på den nyas första träff och lämnar en sida anteckningar.",
                "told_back_month": 3,
            },
            result={"result_use": "Rådets förslag och svaren på dem sätts upp i väntrummet.", "told_back_on": 120},
        ),
    ),
)

#: The assignment whose stage `make demo STAGE=...` chooses.
EXTRA = Story(
    "maten",
    "akuten",
    "nils",
    "open",
    answers(
        "Mat och dryck när man väntar länge",
        why={"why": "Den som väntar i sex timmar har ofta inte ätit. Vi vet inte vad som vore till hjälp."},
        expected={"expected": "Prata med fem som väntar, och vara med och bestämma vad vi prövar."},
        influence={
            "influence": "codecision",
            "influence_reason": "",
            "influence_how": "Vi har 40 000 kronor. Gruppen bestämmer vad de används till.",
        },
        phase={"phase": "doing"},
        harm={
            "harm": "Den som ska sövas får inte äta och kan frestas.",
            "harm_action": "Personalen sätter ett band på den som måste fasta.",
        },
        people={"people_wanted": 2},
        experience={"experience": "Du har väntat länge på akuten, själv eller tillsammans med någon."},
        time={"occasions": 3, "minutes_each": 60, "reading_minutes": 30, "when_text": "tre måndagar", "starts_on": 42},
        place={"form": "both", "place": "Akutmottagningen, Eklidens sjukhus", "municipality_id": "kommun"},
        contact=contact("Nils Åberg", "verksamhetsutvecklare"),
        result={"result_use": "Det som fungerar blir kvar.", "told_back_on": 130},
    ),
    applicants=(
        ("ali", "Jag har diabetes och klarar inte att vänta utan mat.", True),
        ("elin", "Jag satt med pappa i sju timmar.", True),
    ),
    chosen=("ali", "elin"),
    opened=30,
)

#: How many days ago the extra assignment was published, so that its promised day is still ahead at every stage.
EXTRA_OPENED = {"need": 4, "open": 4, "choosing": 20, "agreed": 45}
