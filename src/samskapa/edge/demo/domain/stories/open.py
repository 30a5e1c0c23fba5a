"""Assignments to which one can apply."""

from __future__ import annotations

from .story import Story, answers, contact

KALLELSEN = Story(
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
            "days": ((45, "13:00", "14:30"), (52, "13:00", "14:30"), (59, "13:00", "14:30")),
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
    material=(
        (
            "Så ser kallelsen ut i dag",
            "everybody",
            "Du kallas till operation. Fasta från midnatt enligt bifogad instruktion. Medtag legitimation. Vid "
            "förhinder kontaktas mottagningen omgående.\n",
        ),
    ),
    asked=(
        (
            "birgit",
            "Måste man kunna teckna på en skärm? Jag har bara en vanlig telefon.",
            "Nej. Vi skickar texterna på papper och du kan ringa in till mötet.",
        ),
    ),
)

BERATTELSE = Story(
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
            "when_text": "en utbildningsdag, på tisdagseftermiddagen",
            "days": ((59, "14:00", "15:00"),),  # as the last time of the letters: whoever is in that one sees it
        },
        place={"form": "place", "place": "Hörsalen, Eklidens sjukhus", "municipality_id": "kommun"},
        pay={"pay": "fee", "pay_each_ore": 53300, "pay_reading_ore": None, "pay_note": "Vi betalar också resan."},
        contact=contact("Karim Haddad", "enhetschef"),
        result={
            "result_use": "De tre sakerna följs upp på arbetsplatsträffen, och du får veta hur det gick.",
            "told_back_on": 150,
        },
    ),
)

RECEPT = Story(
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
)

RADET = Story(
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
            "when_text": "fyra tisdagar om året i två år",
            "days": ((52, "13:00", "15:00"),),
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
)
