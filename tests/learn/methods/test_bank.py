"""The texts: whole in both languages, plain to read, true to their source; and the guide for hosts."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from samskapa.cocreate.assignments.domain import Influence
from samskapa.learn.methods.domain import LANGUAGES, BadMethod, Text, read_guide, read_methods
from samskapa.learn.methods.queries import bank, guide

TEXTS = Path(__file__).parents[3] / "src/samskapa/learn/methods/texts"
#: Under 30 is very easy, under 40 easy: about what a newspaper for everybody has (C. H. Björnsson, "Läsbarhet", 1968).
HARDEST = 35
#: Words in the longest sentence, and letters in all of a page: it is read in two minutes, at 200 words a minute.
LONGEST_SENTENCE, MOST_WORDS, MOST_IN_GUIDE = 30, 400, 1300
#: The 28 of the list that the texts build on, and which of them came with an address.
WITHOUT_ADDRESS = {"intervju", "dagbok", "open-space"}
LISTS = ("fits", "fits_not", "steps", "access", "risks")


def words_of(text: str) -> list[str]:
    return re.findall(r"[\w-]+", text)


def sentences_of(text: str) -> list[str]:
    return [each for each in re.split(r"[.!?:](?:\s|$)", text) if each.strip()]


def lix(text: str) -> float:
    """Words per sentence, and the share of words of more than six letters."""
    words = words_of(text)
    return len(words) / len(sentences_of(text)) + 100 * sum(len(word) > 6 for word in words) / len(words)


def prose(text: Text) -> str:
    told = [text.short, text.what, text.why, text.people, text.time, text.leads]
    return " ".join([*told, *(each for name in LISTS for each in getattr(text, name))])


def all_of(guide) -> str:
    sections = [each for part in guide.sections for each in (*part.text, *part.points, *part.ask)]
    return " ".join([guide.lead, *sections])


def test_there_are_twenty_eight_and_all_have_a_source_but_three():
    assert len(bank()) == 28
    assert {method.key for method in bank() if not method.sources} == WITHOUT_ADDRESS
    assert [s.url for method in bank() for s in method.sources if not s.url.startswith(("https://", "http://"))] == []


def test_both_languages_say_the_same_and_in_equally_many_points():
    for method in bank():
        sv, en = (method.text(language) for language in LANGUAGES)
        assert sv != en
        assert [(method.key, name) for name in LISTS if len(getattr(sv, name)) != len(getattr(en, name))] == []
        assert [(method.key, name) for name in ("people", "time") if figures(sv, name) != figures(en, name)] == []


#: Numbers written as words, so that "sex till åtta" and "six to eight" can be compared.
NUMBERS = [
    ("en", "one", "a", "an"), ("två", "two"), ("tre", "three"), ("fyra", "four"), ("fem", "five"), ("sex", "six"),
    ("sju", "seven"), ("åtta", "eight"), ("nio", "nine"), ("tio", "ten"),
]  # fmt: skip
IN_FIGURES = {word: number for number, words in enumerate(NUMBERS, 1) for word in words if number > 1}


def figures(text: Text, name: str) -> list[str]:
    words = re.findall(r"\w+", getattr(text, name).casefold())
    return sorted(str(IN_FIGURES.get(word, word)) for word in words if word.isdigit() or word in IN_FIGURES)


def test_the_texts_are_plain():
    hard = {method.key: lix(prose(method.text("sv"))) for method in bank()}
    assert {key: round(value) for key, value in hard.items() if value > HARDEST} == {}
    assert lix(all_of(guide("sv"))) <= HARDEST
    long = [
        sentence
        for text in [*(prose(method.text("sv")) for method in bank()), all_of(guide("sv"))]
        for sentence in sentences_of(text)
        if len(words_of(sentence)) > LONGEST_SENTENCE
    ]
    assert long == []


def test_the_texts_are_as_short_as_they_promise():
    for language in LANGUAGES:
        counted = {method.key: len(words_of(prose(method.text(language)))) for method in bank()}
        assert {key: count for key, count in counted.items() if count > MOST_WORDS} == {}
        assert len(words_of(all_of(guide(language)))) <= MOST_IN_GUIDE


def test_the_texts_say_du_and_ni_and_shout_at_nobody():
    for method in bank():
        text = prose(method.text("sv"))
        assert not re.search(r"!|\bt\.ex\.|\bdvs\b|\bmm\b|\betc\b|\bbl\.a\.", text), method.key
        assert re.search(r"\b(ni|er|era|du|dig)\b", text.casefold()), method.key


def test_what_only_helps_another_method_gives_no_influence_and_none_is_for_telling_what_is_decided():
    assert {method.key for method in bank() if method.is_support} == {
        "berg-och-dalbana",
        "shared-reading",
        "tanka-hogt",
    }
    assert [method.key for method in bank() if Influence.INFORMATION in method.levels] == []


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({"levels": ["much"]}, "much"),
        ({"aims": []}, "no aim"),
        ({"pairs": ["no-such"]}, "pairs with no-such"),
        ({"sources": [], "sourced": ["time"]}, "sourced without a source"),
        ({"sv": None}, "sv"),
    ],
)
def test_a_file_that_is_wrong_is_named_with_what_is_wrong(change, wrong):
    written = tomllib.loads((TEXTS / "methods" / "dagbok.toml").read_text(encoding="utf-8")) | {"pairs": []} | change
    if written["sv"] is None:
        del written["sv"]
    with pytest.raises(BadMethod, match=f"dagbok.*{wrong}"):
        read_methods({"dagbok": written})


def test_a_method_without_a_word_of_its_risks_is_refused():
    written = tomllib.loads((TEXTS / "methods" / "dagbok.toml").read_text(encoding="utf-8")) | {"pairs": []}
    written["en"]["risks"] = []
    with pytest.raises(BadMethod, match="dagbok, en: nothing said of risks"):
        read_methods({"dagbok": written})


def test_the_guide_says_the_same_in_both_languages_and_has_the_parts_it_promises():
    keys = ["first", "before", "at", "words", "secrecy", "pay", "not-ask", "feelings", "after"]
    assert [part.key for part in guide("sv").sections] == [part.key for part in guide("en").sections] == keys
    assert all(part.ask for part in guide("sv").sections)
    written = tomllib.loads((TEXTS / "host" / "att-vara-vard.toml").read_text(encoding="utf-8"))
    written["en"]["checklist"][0]["items"].pop()
    with pytest.raises(ValueError, match="do not say the same"):
        read_guide(written)
