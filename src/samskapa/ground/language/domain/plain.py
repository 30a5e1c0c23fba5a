"""Is a Swedish text in plain words? Every rule can be explained to whoever wrote: a word list, a count of words.

Nothing here guesses at meaning, and nothing is more than advice. The words are a choice of our own of the kind that
authorities are advised to leave ("Svarta listan", Regeringskansliet; Klarspråk, Språkrådet): to be read by somebody who
works with language before anything else is built on them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

#: A sentence of more words than this is hard to take in at once.
LONG_SENTENCE = 25

#: Phrases that leave the reader guessing wherever they stand.
VAGUE = ("vid behov", "efter behov", "löpande", "diverse", "med mera", "m.m.", "m m", "etc", "och så vidare", "osv")
#: Capital letters that everybody reads as a word.
KNOWN_CAPITALS = frozenset({"AI", "IT", "TV", "EU", "PDF", "SMS", "USA", "ID", "OK", "COVID"})

#: The words of offices and projects -> what people say. Whole words, as they are bent here.
PLAINER: dict[str, str] = {
    "anmoda": "be",
    "avseende": "om",
    "beakta": "tänka på",
    "beträffande": "om",
    "brukarmedverkan": "att de det gäller är med",
    "dylikt": "sådant",
    "erfordras": "behövs",
    "erhålla": "få",
    "erhåller": "får",
    "föreligger": "finns",
    "genomlysning": "att titta noga på",
    "gällande": "om",
    "implementera": "börja använda",
    "implementering": "att börja använda",
    "inkomma": "skicka in",
    "intressenter": "de som berörs",
    "involvera": "ta med",
    "medelst": "med",
    "målgrupp": "de det gäller",
    "målgruppen": "de det gäller",
    "patientflöden": "patienters väg",
    "proaktivt": "i förväg",
    "säkerställa": "se till",
    "säkerställer": "ser till",
    "tillhandahålla": "ge",
    "tillhandahåller": "ger",
    "tillse": "se till",
    "utifrån": "från",
    "verkställa": "göra",
    "åtgärdsprogram": "det vi gör",
}

_WORD = re.compile(r"[^\W_]+(?:[-'’:][^\W_]+)*")
_CAPITALS = re.compile(r"(?<![\w-])[A-ZÅÄÖ]{2,6}(?![\w-])")
#: Where a sentence ends: a mark before a space, or a new line. Not after "t.ex." and numbers.
_END = re.compile(r"(?<!\bt\.ex)(?<!\bbl\.a)(?<!\d)[.!?](?=\s|$)|\n+")


@dataclass(frozen=True, slots=True)
class Hard:
    """A word that could be plainer: as it was written, and what people say."""

    word: str
    plainer: str


@dataclass(frozen=True, slots=True)
class Plain:
    """What was found. long: sentences of more than LONG_SENTENCE words, shortened to their beginning."""

    hard: tuple[Hard, ...]
    long: tuple[str, ...]
    abbreviations: tuple[str, ...]
    vague: str

    @property
    def is_plain(self) -> bool:
        return not (self.hard or self.long or self.abbreviations or self.vague)


def words_in(text: str) -> list[str]:
    return _WORD.findall(text)


def sentences_in(text: str) -> list[str]:
    return [found for each in _END.split(text) if (found := each.strip())]


def all_capitals(word: str) -> bool:
    """Whether the word is an abbreviation in capitals."""
    return _CAPITALS.fullmatch(word) is not None


def unexplained(text: str) -> list[str]:
    """Abbreviations in capitals that are not explained in brackets: `SVF` but not `standardised path (SVF)`."""
    explained = set(re.findall(r"\(([A-ZÅÄÖ]{2,6})\)", text)) | set(re.findall(r"\b([A-ZÅÄÖ]{2,6})\s*\(", text))
    found = dict.fromkeys(_CAPITALS.findall(text))
    return [word for word in found if word not in explained and word not in KNOWN_CAPITALS]


def vague_phrase(text: str) -> str:
    """The first vague phrase in the text, or nothing."""
    padded = f" {' '.join(text.casefold().split())} "
    return next((p for p in VAGUE if p in padded and re.search(rf"(?<!\w){re.escape(p)}(?!\w)", padded)), "")


def check_plain(text: str) -> Plain:
    """Look through a text of some sentences."""
    hard = dict.fromkeys(word for word in words_in(text) if word.casefold() in PLAINER)
    too_long = [each for each in sentences_in(text) if len(words_in(each)) > LONG_SENTENCE]
    return Plain(
        hard=tuple(Hard(word, PLAINER[word.casefold()]) for word in hard),
        long=tuple(" ".join(each.split()[:8]) for each in too_long),
        abbreviations=tuple(unexplained(text)),
        vague=vague_phrase(text),
    )
