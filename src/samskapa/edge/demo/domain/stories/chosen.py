"""Assignments in which somebody is being chosen, agreed with, or at work."""

from __future__ import annotations

from .story import Story, answers, contact

UTSKRIVNING = Story(
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
        experience={"experience": "Du har skrivits ut från sjukhus det senaste året, eller tagit emot någon hemma."},
        time={
            "occasions": 4,
            "minutes_each": 90,
            "reading_minutes": 60,
            "when_text": "varannan torsdag",
            "days": ((40, "10:00", "11:30"), (54, "10:00", "11:30"), (68, "10:00", "11:30"), (82, "", "")),
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
)

SMARTSKOLA = Story(
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
    material=(
        (
            "Smärtskolans plan i dag, fem träffar",
            "chosen",
            "1. Vad är smärta?\n2. Rörelse i vardagen.\n3. Sömn.\n4. Läkemedel.\n5. Din egen plan.\n",
        ),
        (
            "Varför man slutar: vad tolv deltagare sa",
            "chosen",
            "Sju av tolv säger att träffarna är för långa. Fem säger att exemplen handlar om någon annan.\n",
        ),
    ),
    opened=35,
)

SKYLTAR = Story(
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
)
