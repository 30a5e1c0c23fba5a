"""Finding a method by a word: forgiving about å, ä and ö, plural, and parts of long Swedish words. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

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
#: A shorter piece than this is found at the beginning of words only: "rad" is in "radio" and "gradvis" too.
_INSIDE = 4
_MOST_WORDS = 8
#: Words that say nothing of what is looked for.
_EMPTY_WORDS = frozenset("och att en ett med for till om av som pa i the and a an to for of with in on".split())
_WORD = re.compile(r"\w+")


def _fold(text: str) -> str:
    """Small letters without dots and rings."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def stem(word: str) -> str:
    """The word without dots, rings and one ending: "enkäterna" and "enkät" are the same."""
    folded = _fold(word)
    for ending in _ENDINGS:
        if folded.endswith(ending) and len(folded) - len(ending) >= _SHORTEST:
            return folded[: -len(ending)]
    return folded


def find(methods: Iterable[Method], looked_for: str, language: str) -> list[Method]:
    """Those that have every word that was looked for, those that have them in the name first, else as they came.

    Everything fits where nothing is looked for. Words beyond the eighth are not read.
    """
    words = [word for word in _WORD.findall(looked_for)[:_MOST_WORDS] if _fold(word) not in _EMPTY_WORDS]
    stems = [stem(word) for word in words]
    weighed = [(method, [_weight(each, method.text(language)) for each in stems]) for method in methods]
    found = [(method, sum(weights)) for method, weights in weighed if all(weights)]
    return [method for method, _weight in sorted(found, key=lambda pair: -pair[1])]


def _weight(stemmed: str, text: Text) -> int:
    """How near the heart of the text the word stands; 0 where it is not there."""
    places = (
        (4, text.name),
        (3, text.words),
        (2, text.short),
        (1, " ".join((text.what, text.why, text.people, text.leads, *text.fits, *text.steps, *text.access))),
    )
    return next((weight for weight, place in places if _is_in(stemmed, place, inside=weight > 1)), 0)


def _is_in(stemmed: str, place: str, *, inside: bool) -> bool:
    """`inside`: also in the middle of a word, "panel" in "medborgarpanel"."""
    for word in _WORD.findall(_fold(place)):
        if word.startswith(stemmed) or (inside and len(stemmed) >= _INSIDE and stemmed in word):
            return True
    return inside and any(word.endswith(stemmed) for word in _WORD.findall(_fold(place)))
