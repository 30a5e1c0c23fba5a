"""The resource group of Region Ekliden, and how far its members have come."""

from __future__ import annotations

from typing import Any

NAME = "Resursgrupp vårderfarenhet"
ABOUT = (
    "Vi är människor i Region Ekliden som har egen erfarenhet av vård, som patienter eller närstående. När en "
    "mottagning vill förändra något frågar den någon av oss.\n\nFörra året var vi med i elva uppdrag. "
    "Kallelsen till ortopeden skrevs om, och strokeenheten fick ett väntrum där det går att prata ostört."
)
LOWEST_AGE = 16
PAY = "Vi betalar arvode för varje uppdrag, för resan och för det du lägger ut. Regionens riktlinje gäller."

#: What everybody in the group has answered.
MUST: dict[str, dict[str, Any]] = {"reach": {"reach_by": "email"}, "as": {"as": ["patient"]}}
#: Who (a key of the cast): how far they have come, and what they have told.
MEMBERS: dict[str, tuple[str, dict[str, dict[str, Any]]]] = {
    "birgit": (
        "active",
        MUST
        | {
            "name": {"called": "Birgit"},
            "age": {"age": "65-79"},
            "gender": {"gender": "woman"},
            "experience": {
                "experience": "Jag har opererat höften och väntat länge. Jag hör dåligt, så mycket går mig förbi.",
                "care": ["hospital", "rehabilitation"],
            },
            "contribute": {"contribution": ["improvement_team", "own_story"]},
            "languages": {"language": ["sv"]},
            "needs": {"need": ["hearing_loop", "large_print", "breaks"], "needs_more": "Jag sitter gärna längst fram."},
            "times": {"when": ["daytime"]},
        },
    ),
    "ali": (
        "active",
        MUST
        | {
            "name": {"called": "Ali"},
            "age": {"age": "30-49"},
            "gender": {"gender": "man"},
            "experience": {"experience": "", "care": ["primary", "digital"]},
            "languages": {"language": ["sv", "fa"]},
            "needs": {"need": ["remote"]},
            "times": {"when": ["evening", "short_notice"]},
        },
    ),
    "xiaolong": (
        "active",
        MUST
        | {
            "name": {"called": "Xiaolong"},
            "age": {"age": "18-29"},
            "gender": {"gender": "man"},
            "as": {"as": ["patient", "relative"]},
            "experience": {"experience": "Jag tolkar åt mamma i vården.", "care": ["hospital", "primary"]},
            "contribute": {"contribution": ["workshop", "ai_digital"]},
            "languages": {"language": ["sv", "en"], "languages_more": "Mandarin och kantonesiska"},
        },
    ),
    "elin": (
        "welcomed",
        MUST
        | {
            "name": {"called": "Elin"},
            "age": {"age": "30-49"},
            "gender": {"gender": "woman"},
            "as": {"as": ["relative"]},
            "experience": {
                "experience": "Pappa fick stroke i fjol. Vi bor tio mil bort.",
                "care": ["hospital"],
            },
            "languages": {"language": ["sv", "smi"]},
            "needs": {"need": ["remote", "travel"]},
        },
    ),
    "fatima": (
        "interested",
        MUST
        | {
            "name": {"called": "Fatima"},
            "age": {"age": "30-49"},
            "as": {"as": ["relative"]},
            "experience": {"experience": "", "care": ["children", "psychiatry"]},
        },
    ),
    "lukasz": ("resting", MUST | {"name": {"called": "Łukasz"}, "age": {"age": "50-64"}}),
}
#: Where some of them live: keys of places.
LIVES_IN = {"birgit": "kommun", "ali": "kommun", "xiaolong": "nordby", "elin": "skargard", "lukasz": "kommun"}
#: Whom Maja has asked to one of the open assignments, and what she looked for.
ASKED = ("ali", "xiaolong")
SOUGHT = {"as": ["relative"], "language": ["sv"], "when": ["daytime"], "need": ["breaks", "large_print"]}
#: Which organisation she has asked to nominate to the same (a key of the cast), and what she wrote.
OTHERS = "leden"
TO_OTHERS = (
    "Hej! Vi har frågat några i vår egen grupp, men tror att någon av era medlemmar också skulle ha mycket att ge. "
    "Hör av er om ni undrar över något."
)
#: What Maja noted of Birgit.
NOTE = "Vi pratade om hur förra uppdraget gick. Birgit vill gärna vara med i något om kallelser nästa gång."
#: What Birgit answered to it.
NOTE_ANSWER = "Tack för samtalet. Helst på förmiddagen, då hör jag bäst."

#: A list as a unit may have it, that waits for the coordinator: two come in, one is here already, and one cannot.
LIST_SOURCE = "Medicinklinikens lista över patientföreträdare, 2024"
LIST = """Förnamn;Efternamn;E-post;Mobil;Ålder;Roll;Språk;Personnummer;Anteckning
Margareta;Lindqvist;margareta.lindqvist@ekliden.example;070-555 01 23;71;Patient;Svenska;;Vill helst bli ringd
Yusuf;Demir;yusuf.demir@ekliden.example;;34;Närstående;Svenska, turkiska;;
Birgit;Lindahl;birgit@ekliden.example;;68;Patient;Svenska;;
Okänd;;;;;Patient;;;
Elin;Ström;;070-555 04 56;sjuttio;Anhörig;;;
"""
