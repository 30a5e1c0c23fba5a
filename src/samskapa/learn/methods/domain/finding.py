"""Finding a method by a word: forgiving about å, ä and ö, plural, and parts of long Swedish words. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

from .methods import Method, Text

#: Endings of nouns and verbs, longest first. One is taken away, where at least _SHORTEST letters remain.
_ENDINGS = (
    *("ernas", "arnas", "ornas"),
    *("erna", "arna", "orna", "ande", "ende", "ning"),
    *("ens", "ets", "are"),
    *("ar", "er", "or", "en", "et", "an", "na"),
    *("a", "e", "n", "s"),
)
_SHORTEST = 3
#: A shorter piece than this is no beginning and no middle of another word: "rad" is in "radio" and "gradvis" too.
_LONG_ENOUGH = 4
_MOST_WORDS = 8
#: Words that say nothing of what is looked for.
_EMPTY_WORDS = frozenset("och att en ett med för for till om av som på pa i the and a an to of with in on".split())  # noqa: SIM905 -- easier to read
_WORD = re.compile(r"\w+")


def _fold(text: str) -> str:
    """Without dots and rings."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def stem(word: str) -> str:
    """The word in small letters without one ending: "enkäterna" and "enkät" are the same."""
    small = unicodedata.normalize("NFKC", word.casefold())
    for ending in _ENDINGS:
        if small.endswith(ending) and len(small) - len(ending) >= _SHORTEST:
            return small[: -len(ending)]
    return small


def find(methods: Iterable[Method], looked_for: str, language: str) -> list[Method]:
    """Those that have every word that was looked for, those that have them in the name first, else as they came.

    Who writes without dots and rings finds the words that have them; who writes them means them: "råd" is not the end
    of "baserad". Everything fits where nothing is looked for. Words beyond the eighth are not read.
    """
    words = [word for word in _WORD.findall(looked_for.casefold())[:_MOST_WORDS] if word not in _EMPTY_WORDS]
    stems = [stem(word) for word in words]
    weighed = [(method, [_weight(each, method.text(language)) for each in stems]) for method in methods]
    found = [(method, sum(weights)) for method, weights in weighed if all(weights)]
    return [method for method, _sum in sorted(found, key=lambda pair: -pair[1])]


def _weight(stemmed: str, text: Text) -> int:
    """How near the heart of the text the word stands; 0 where it is not there."""
    places = (
        (4, text.name),
        (3, text.words),
        (2, text.short),
        (1, " ".join((text.what, text.why, text.leads, *text.fits, *text.steps, *text.access))),
    )
    return next((weight for weight, place in places if _is_in(stemmed, place, is_near=weight > 1)), 0)


def _is_in(stemmed: str, place: str, *, is_near: bool) -> bool:
    """Whether a word of the text is the same word or begins so. Near the heart of it also one with it in the middle or
    at the end: "panel" in "medborgarpanel", "råd" in "brukarråd"."""
    is_long = len(stemmed) >= _LONG_ENOUGH
    for here, its_stem in _words_of(place, is_plain=_fold(stemmed) == stemmed):
        if its_stem == stemmed or (is_long and here.startswith(stemmed)):
            return True
        if is_near and (here.endswith(stemmed) or (is_long and stemmed in here)):
            return True
    return False


@cache
def _words_of(place: str, *, is_plain: bool) -> list[tuple[str, str]]:
    """Each word with its stem; without dots and rings where `is_plain`. Kept: the bank's texts never change."""
    small = unicodedata.normalize("NFKC", place.casefold())
    return [(word, stem(word)) for word in dict.fromkeys(_WORD.findall(_fold(small) if is_plain else small))]
