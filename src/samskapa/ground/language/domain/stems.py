"""Words without their endings, so that "psykiatrin" is "psykiatri" and "kvällar" is "kväll". Swedish. Pure."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from snowballstemmer.swedish_stemmer import SwedishStemmer

#: Words that say nothing of what a text is about.
EMPTY_WORDS = frozenset(
    """
    alla allt andra att av bara bland blev bli blir både bör de dem den denna deras dess dessa det detta dig din dina
    ditt dock du då där därför efter eftersom ej eller en er ert ett finns fick fler flera från för före få får gör
    ha hade han hans har hennes hon honom hos hur här i in inga ingen inget innan inte ja jag just kan kom kunde
    kunna lite man med mellan men mer mera mig min mina mitt mot mycket många måste ni nog nu nej när någon något
    några och också om oss på samt se sedan ses sig sin sina sitt själv ska skall skulle som så sådan till under upp
    ut utan vad var vara varit varför vi vid vilja vilka vilken vill vår våra vårt än ändå är även över
    a an and are as at be by for from had has have her his i in is it me my not of on or our she that the their them
    they this to was we were with you
    """.split()  # noqa: SIM905 -- easier to read
)
#: A longer run of letters is no word: an address, a slip.
LONGEST_WORD = 40
#: Endings that Snowball leaves, or of which it takes more than there is: "demensen" is "demens", as that is "dem".
_ENSEN = re.compile(r"(?<=ens)ens?$")
#: Definite endings that it leaves: "skolan" after a vowel, "barnet" after a consonant.
_AFTER_VOWEL = re.compile(r"(?<=[aiouyåäö])n$")
_AFTER_CONSONANT = re.compile(r"(?<=[^aeiouyåäö])et$")
_LEFT_OF_N, _LEFT_OF_ET = 5, 4


def words_of(text: str) -> list[str]:
    """The words of a text in small letters, in their order; numbers too."""
    # casefold may take a letter apart ("İ" -> "i" + dot): compose again.
    return unicodedata.normalize("NFC", unicodedata.normalize("NFKC", text).casefold()).translate(_LETTERS).split()


class _Letters(dict[int, str]):
    """A letter by its number, or a space for what parts words. Marks are part of a word: in Hindi and Thai they are its
    vowels. What has been looked up once is kept; nobody fills the memory with letters."""

    def __missing__(self, number: int) -> str:
        letter = chr(number)
        found = letter if letter.isalnum() or unicodedata.category(letter)[0] == "M" else " "
        if len(self) < _KEPT_LETTERS:
            self[number] = found
        return found


_KEPT_LETTERS = 4000
_LETTERS = _Letters()


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """A word, as `words_of` gives it, without its endings. The last ones are kept: words, and not whose they are."""
    first = _snowball(_ENSEN.sub("", word))
    shorter = _AFTER_VOWEL.sub("", first) if len(first) > _LEFT_OF_N else first
    if shorter == first and len(first) >= _LEFT_OF_ET + len("et"):
        shorter = _AFTER_CONSONANT.sub("", first)
    return first if shorter == first else _snowball(shorter)


def _snowball(word: str) -> str:
    return SwedishStemmer().stemWord(word)  # one each: it works in itself, and threads would meet in it


def stems_of(text: str) -> set[str]:
    """The stems of what the text is about: no empty words, no numbers, nothing of one letter."""
    return {stem(word) for word in words_of(text) if is_telling(word)}


def is_telling(word: str) -> bool:
    """Whether a word, as `words_of` gives it, says something of what a text is about."""
    return 1 < len(word) <= LONGEST_WORD and not word.isdecimal() and word not in EMPTY_WORDS
