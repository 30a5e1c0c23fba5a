"""What a column of a list may be, and what its heading is taken for until somebody says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum


class Column(StrEnum):
    """What we take in, and write out. The value is kept with a list whose columns are chosen."""

    NAME = "name"
    FIRST_NAME = "first_name"
    LAST_NAME = "last_name"
    EMAIL = "email"
    PHONE = "phone"
    ADDRESS = "address"
    REACH = "reach_by"
    AGE = "age"
    BIRTH = "birth"  # a year or a day of birth; only the age is kept
    MUNICIPALITY = "municipality"
    GENDER = "gender"
    AS = "as"
    EXPERIENCE = "experience"
    CARE = "care"
    CONTRIBUTION = "contribution"
    CONTRIBUTE_MORE = "contribute_more"
    LANGUAGE = "language"
    LANGUAGES_MORE = "languages_more"
    NEED = "need"
    NEEDS_MORE = "needs_more"
    WHEN = "when"
    TIMES_MORE = "times_more"
    ORGANISATION = "organisation"
    ORGANISATION_NAME = "organisation_name"
    SPEAKS_FOR = "speaks_for"
    TRAINING = "training"
    LABEL = "label"  # the group's own words
    CONTACT = "contact"
    STATUS = "status"
    NOTE = "note"
    # Never taken in, so that nobody has to find out by trying.
    DIAGNOSIS = "diagnosis"
    PERSONAL_NUMBER = "personal_number"


#: A diagnosis needs a yes of its own, from the person; a personal number is never asked for.
REFUSED = frozenset({Column.DIAGNOSIS, Column.PERSONAL_NUMBER})

#: What Swedish lists call their columns, beside what we call them ourselves. As `heading_key` writes it.
_CALLED: Mapping[Column, str] = {
    Column.NAME: "namn fullständigtnamn förochefternamn kallas tilltalsnamn deltagare medlem person name",
    Column.FIRST_NAME: "förnamn fnamn firstname",
    Column.LAST_NAME: "efternamn enamn lastname surname",
    Column.EMAIL: "epost epostadress mejl mejladress mail mailadress email emailadress emejl",
    Column.PHONE: "telefon tel tele telefonnummer telefonnr telnr mobil mobilnr mobilnummer mobiltelefon phone tfn",
    Column.ADDRESS: "adress postadress gatuadress hemadress address",
    Column.REACH: "kontaktsätt kontaktväg nåsvia",
    Column.AGE: "ålder åldersgrupp åldersspann åldersintervall age",
    Column.BIRTH: "födelseår född föddår födelsedatum födelsedag birthyear year",
    Column.MUNICIPALITY: "kommun hemkommun bostadskommun boendekommun kommunnamn municipality",
    Column.GENDER: "kön genus gender sex",
    Column.AS: "roll roller erfarenhetsom patientellernärstående företräder role",
    Column.EXPERIENCE: "erfarenhet erfarenheter egenerfarenhet vårderfarenhet experience",
    Column.CARE: "vårdform vårdformer verksamhet verksamheter vårdområde",
    Column.CONTRIBUTION: "medverkan sättattmedverka villgöra villmedverka uppdragstyp intresse intressen",
    Column.LANGUAGE: "språk talar languages language",
    Column.NEED: "behov stödbehov tillgänglighet tillgänglighetsbehov anpassning anpassningar needs",
    Column.WHEN: "tider tid tillgänglig passar när",
    Column.ORGANISATION: "organisation förening patientförening patientorganisation brukarorganisation förbund",
    Column.TRAINING: "utbildning utbildningar tidigareuppdrag kurser",
    Column.LABEL: "etikett etiketter märkning label labels",
    Column.CONTACT: "kontaktperson samordnare kontakt contact contactperson coordinator",
    Column.STATUS: "status läge aktiv",
    Column.NOTE: "anteckning anteckningar kommentar kommentarer notering noteringar övrigt notes comment comments",
    Column.DIAGNOSIS: "diagnos diagnoser sjukdom sjukdomar diagnosis",
    Column.PERSONAL_NUMBER: "personnummer personnr pnr personid samordningsnummer personalnumber",
}
_GUESSED = {word: column for column, words in _CALLED.items() for word in words.split()}


def heading_key(heading: str) -> str:
    """A heading without case, spaces and signs."""
    return re.sub(r"[\W_]+", "", heading.casefold())


def guess(headings: Sequence[str], ours: Mapping[str, Column]) -> list[str]:
    """What each column seems to be, "" where it is not known or another one is taken for the same already.

    ours: our own headings, as `heading_key` writes them, in every language.
    """
    found: list[str] = []
    for heading in headings:
        key = heading_key(heading)
        column = ours.get(key) or _GUESSED.get(key)
        found.append(column.value if column and column.value not in found else "")
    return found


def first_of(mapping: Iterable[str]) -> dict[Column, int]:
    """Column -> where it stands in a row, the first place counting; what is refused is nowhere."""
    found: dict[Column, int] = {}
    for place, value in enumerate(mapping):
        if value and (column := Column(value)) not in REFUSED:
            found.setdefault(column, place)
    return found
