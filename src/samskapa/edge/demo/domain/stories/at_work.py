"""Assignments at work, and one that is told back."""

from __future__ import annotations

from .story import Story, answers, contact

VANTRUM = Story(
    "vantrum",
    "akuten",
    "nils",
    "underway",
    answers(
        "Vad behöver man veta medan man väntar?",
        why={"why": "De flesta frågar i luckan hur länge det dröjer. Ingen vet vem som berättar vad."},
        expected={"expected": "Gå vägen från dörren till rummet med oss, och skriva ett förslag till skylt."},
        influence={
            "influence": "influence",
            "influence_reason": "",
            "influence_how": "Ni skriver förslaget. Chefen godkänner, och förklarar om något ändras.",
        },
        harm={
            "harm": "Den som inte läser svenska kan missa sin tur.",
            "harm_action": "Vi provar skylten med tolk.",
        },
        people={"people_wanted": 2},
        experience={"experience": "Du har väntat på akuten det senaste året."},
        time={"occasions": 3, "minutes_each": 90, "reading_minutes": 30, "when_text": "tre tisdagar", "starts_on": 42},
        contact=contact("Nils Åberg", "verksamhetsutvecklare"),
        result={"result_use": "Skylten sätts upp i väntrummet.", "told_back_on": 130},
    ),
    applicants=(
        ("fatima", "Jag väntade en hel natt med min son.", True),
        ("ali", "Jag har väntat fyra gånger i år.", True),
    ),
    chosen=("fatima", "ali"),
    opened=45,
    age=60,
    contributed=(
        ("fatima", "Skriv hur länge det brukar ta, även om man inte vet säkert.", "taken_in",
         "Skylten visar nu väntetiden de senaste två timmarna, och att den kan ändras."),
        ("ali", "Det måste stå var man får äta och dricka.", "partly",
         "Det står var vattnet finns. Maten får vi inte lova än, för kiosken stänger klockan sex."),
        ("fatima", "Byt färg på nummerlapparna, gult på vitt syns inte.", "", ""),
    ),
)  # fmt: skip

PROVTAGNING = Story(
    "provtagning",
    "lunden",
    "sara",
    "done",
    answers(
        "Hur bokar man tid för provtagning?",
        why={"why": "Var tredje tid på labbet står tom, fast telefonkön är lång."},
        expected={"expected": "Pröva att boka tre gånger och säga var det tar stopp."},
        influence={
            "influence": "dialogue",
            "influence_reason": "",
            "influence_how": "Vi går igenom varje stopp tillsammans och svarar på alla förslag.",
        },
        harm={
            "harm": "Den som inte har e-legitimation kan hamna sist.",
            "harm_action": "En telefontid om dagen hålls fri för dem.",
        },
        people={"people_wanted": 2},
        experience={"experience": "Du lämnar prover minst två gånger om året."},
        time={"occasions": 3, "minutes_each": 60, "reading_minutes": 0, "when_text": "tre onsdagar", "starts_on": 42},
        contact=contact("Sara Lindqvist", "distriktssköterska"),
        result={"result_use": "Bokningen görs om.", "told_back_on": 100},
    ),
    applicants=(
        ("lukasz", "Jag lämnar prover varje månad.", True),
        ("ali", "Jag gav upp efter tredje försöket.", True),
    ),
    chosen=("lukasz", "ali"),
    opened=45,
    age=150,
    contributed=(
        ("lukasz", "Fråga inte efter remissens nummer, ingen har det.", "taken_in", "Frågan är borta."),
        ("ali", "Låt mig boka på kvällen.", "not_taken_in", "Labbet stänger klockan tre, och det ändras inte i år."),
    ),
    led_to="Frågan om remissens nummer är borta, och var sjätte tid står tom i stället för var tredje. Kvällstider "
    "blev det inte.",
    confirmed=(("lukasz", "yes", ""), ("ali", "partly", "Det är lättare nu, men tiderna passar mig inte.")),
    named=("lukasz",),
)  # fmt: skip
