"""Who lives and works in Region Ekliden. There is no such region."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """kind: of the node. parent: the key of another place; "" for the nation. code: as SCB's, one that nobody has."""

    key: str
    kind: str
    name: str
    parent: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Persona:
    """Somebody one may step into. roles: (role, key of place), the first is the one they act in. about: a line
    on the demo's start page. group: under which heading they stand there. phone: a number nobody has."""

    key: str
    name: str
    group: str
    about: str
    roles: tuple[tuple[str, str], ...] = ()
    phone: str = ""


PLACES = (
    Place("region", "region", "Region Ekliden", code="98"),
    Place("kommun", "municipality", "Björkvikens kommun", code="9801"),
    Place("nordby", "municipality", "Nordby kommun", code="9802"),
    Place("hult", "municipality", "Hults kommun", code="9803"),
    Place("skargard", "municipality", "Eklidens skärgårdskommun", code="9804"),
    Place("sjukvard", "administration", "Hälso- och sjukvården", "region"),
    Place("ortopeden", "unit", "Ortopedmottagningen", "sjukvard"),
    Place("stroke", "unit", "Strokeenheten", "sjukvard"),
    Place("lunden", "unit", "Vårdcentralen Lunden", "sjukvard"),
    Place("akuten", "unit", "Akutmottagningen", "sjukvard"),
    Place("bup", "unit", "Barn- och ungdomspsykiatrin", "sjukvard"),
    Place("hemsjukvard", "unit", "Hemsjukvården", "kommun"),
)

#: Patient organisations: key, name, the field they speak for, and what they do.
ORGANISATIONS = (
    (
        "leden",
        "Ledföreningen Ekliden",
        "leder och rörelse",
        "Träffar, rådgivning och påverkan för dig med ont i lederna.",
    ),
    ("narstaende", "Närståendeföreningen i Ekliden", "närstående", "För dig som vårdar eller stödjer någon nära."),
)

PEOPLE = (
    Persona(
        "birgit",
        "Birgit Lindahl",
        "person",
        "78 år, opererad i höften. Vill att andra ska slippa hennes krångel.",
        (("member", "region"),),
    ),
    Persona(
        "ali", "Ali Karimi", "person", "Har diabetes och ont om tid. Har väckt ett eget behov.", (("member", "region"),)
    ),
    Persona(
        "elin", "Elin Čábbá", "person", "Pappa fick stroke i fjol. Bor långt från sjukhuset.", (("member", "region"),)
    ),
    Persona("lukasz", "Łukasz Nowak", "person", "Har varit med i ett förbättringsteam förut.", (("member", "region"),)),
    Persona(
        "xiaolong",
        "李小龙 (Li Xiaolong)",
        "person",
        "Talar fyra språk. Vill att papper ska gå att förstå.",
        (("member", "region"),),
    ),
    Persona("fatima", "Fatima Hassan", "person", "Närstående till två barn med mycket vård.", (("member", "region"),)),
    Persona(
        "ulla",
        "Ulla Bergström",
        "care",
        "Sjuksköterska. Beskriver vad mottagningen behöver hjälp med.",
        (("host", "ortopeden"),),
    ),
    Persona("karim", "Karim Haddad", "care", "Enhetschef på Strokeenheten.", (("host", "stroke"),)),
    Persona("sara", "Sara Lindqvist", "care", "Distriktssköterska på Vårdcentralen Lunden.", (("host", "lunden"),)),
    Persona("nils", "Nils Åberg", "care", "Verksamhetsutvecklare på Akutmottagningen.", (("host", "akuten"),)),
    Persona(
        "maja",
        "Maja Öberg",
        "care",
        "Samordnare. Hjälper behoven att bli tydliga uppdrag.",
        (("coordinator", "region"),),
        phone="000-00 00 01",
    ),
    Persona(
        "jonas",
        "Jonas Åkesson",
        "care",
        "Samordnare, Majas kollega. Är också med som närstående.",
        (("coordinator", "region"), ("member", "region")),
    ),
    Persona(
        "gunnar",
        "Gunnar Sjögren",
        "movement",
        "Talar för Ledföreningen och kan nominera.",
        (("organisation", "leden"),),
    ),
    Persona("kerstin", "Kerstin Wallin", "movement", "Ordförande i patientrådet.", (("council", "region"),)),
    Persona(
        "eva",
        "Eva Holm",
        "around",
        "Hälso- och sjukvårdsdirektör. Ser hur det går, men inte personerna.",
        (("leadership", "region"),),
    ),
    Persona(
        "per", "Per Nordin", "around", "Nationell samordnare. Ser inga personuppgifter.", (("national", "nation"),)
    ),
    Persona(
        "dana",
        "Dana Wikström",
        "around",
        "Sköter driften. Ser vad som inte gick att skicka.",
        (("operator", "nation"),),
    ),
)

#: Who helps the two below.
COORDINATOR = "maja"
#: Somebody who has no e-mail, as the coordinator registered him.
WITHOUT_MAIL = {
    "name": "Sven Ek",
    "phone": "070-000 00 17",
    "postal_address": "Backen 1\n123 45 Eklidastad",
    "language": "sv",
    "consent_by": "phone",
}
#: Somebody whose identity is protected.
PROTECTED = {"email": "dold@ekliden.example", "name": "Maria Skog", "phone": "070-000 00 18"}
