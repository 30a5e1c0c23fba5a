"""Swedish order, strength of a log-in, and what looks like a personal identity number."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samskapa.ground.core.domain import Strength
from samskapa.ground.people.domain import (
    looks_like_personal_number,
    normal_address,
    strength_of,
    swedish_sort_key,
    visible_name,
)

#: An independent reference: the place of each letter in the order that SAOL and SS-EN 13710 give,
#: written out by hand. Letters of the same group differ only if nothing else does.
ORDER = [
    " ", "0", "1", "2", "3", "4", "5", "6", "7", "8", "9",
    "aàáâã", "b", "cçčć", "dđ", "eéèêë", "f", "gğ", "h", "iíîï", "j", "k", "lł", "m", "nñń", "oóòô", "p", "q",
    "rř", "sšś", "tť", "uúùû", "v", "w", "x", "yýü", "zžźż", "å", "äæ", "öø",
]  # fmt: skip
PLACE = {letter: place for place, group in enumerate(ORDER) for letter in group}
LETTERS = "".join(ORDER) + "".join(group.upper() for group in ORDER)


def reference(text: str) -> list[int]:
    return [PLACE[letter] for letter in " ".join(text.lower().split())]


@given(st.lists(st.text(LETTERS, max_size=12), max_size=12))
def test_sorting_by_the_key_is_sorting_by_the_alphabet(names):
    assert [reference(name) for name in sorted(names, key=swedish_sort_key)] == sorted(map(reference, names))


def test_every_two_letters_stand_in_the_order_of_the_alphabet():
    wrong = [
        (one, other)
        for one in LETTERS.strip()
        for other in LETTERS.strip()
        if (swedish_sort_key(one) < swedish_sort_key(other)) != (reference(one) < reference(other))
    ]
    assert wrong == []


def test_a_list_of_names_in_swedish_order():
    names = [
        "3:e sektionen", "Adam", "Čábbá", "Cecilia", "Daniel", "Đorđe", "Erik", "Érika", "Lovisa", "Łukasz",
        "Vera", "Wera", "Vidar", "Xenia", "Yvonne", "Über", "Zara", "Åke", "Älva", "Ærø", "Örjan", "Ørsted",
    ]  # fmt: skip
    by_key = sorted(set(names), key=swedish_sort_key)
    # w is a letter of its own after v, and ü stands with y: "Üb" before "Yv".
    assert by_key == [
        "3:e sektionen", "Adam", "Čábbá", "Cecilia", "Daniel", "Đorđe", "Erik", "Érika", "Lovisa", "Łukasz",
        "Vera", "Vidar", "Wera", "Xenia", "Über", "Yvonne", "Zara", "Åke", "Älva", "Ærø", "Örjan", "Ørsted",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("one", "same"),
    [
        ("Åsa", "ÅSA"),
        ("É", "e"),
        ("Đ", "d"),
        ("Ł", "L"),
        ("ü", "Y"),
        ("  Anna   Berg ", "anna berg"),
        ("Å", "A\u030a"),
        ("Anna-Lisa", "anna lisa"),
        ("ſ", "s"),
        ("ß", "ss"),
        ("Ǻ", "å"),
    ],
)
def test_case_marks_and_spaces_do_not_count(one, same):
    assert swedish_sort_key(one) == swedish_sort_key(same)


def test_a_key_in_plain_byte_order_puts_a_ring_last():
    assert sorted(["ö", "ä", "å", "z", "a"], key=lambda t: swedish_sort_key(t).encode()) == [
        "a",
        "z",
        "å",
        "ä",
        "ö",
    ]


@given(st.text(max_size=500))
def test_any_text_has_a_key_that_fits(text):
    key = swedish_sort_key(text)
    assert len(key) <= 300
    assert "\x00" not in key


@pytest.mark.parametrize(
    ("methods", "strength"),
    [
        ([], Strength.NONE),
        (["code"], Strength.CODE),
        (["password"], Strength.PASSWORD),
        (["link"], Strength.LINK),
        (["code", "password"], Strength.PASSWORD),
        (["password", "code"], Strength.PASSWORD),
        (["unheard_of"], Strength.NONE),
    ],
)
def test_the_strongest_step_counts(methods, strength):
    assert strength_of([{"method": method, "at": 1.0} for method in methods]) is strength


@pytest.mark.parametrize(
    "text",
    ["811228-9874", "8112289874", "198112289874", "19811228-9874", "Anna 811228-9874", "701063-2391"],
)
def test_a_personal_number_is_seen(text):
    assert looks_like_personal_number(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Anna Berg",
        "811228-9873",
        "070-123 45 67",
        "+46 70 123 45 67",
        "1234567",
        "991399-1234",
        "12345678901234567",
    ],
)
def test_other_numbers_are_left_alone(text):
    assert not looks_like_personal_number(text)


def test_ten_digits_in_a_row_may_be_a_telephone_number():
    assert not looks_like_personal_number("8112289874", bare=False)
    assert looks_like_personal_number("811228-9874", bare=False)
    assert looks_like_personal_number("198112289874", bare=False)


def test_an_address_is_kept_in_lower_case_without_spaces():
    assert normal_address("  Anna@Example.SE ") == "anna@example.se"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" Åsa \n  Öberg\u00a0", "Åsa Öberg"),
        ("\u202eaidaN\u202c Nilsson", "aidaN Nilsson"),  # what turns the text after it
        ("An\x00na\u200b \x1b", "Anna"),
        ("\u200b\u2066\ufeff", ""),  # a name that nobody would see
        ("\u200d", ""),
        ("\u0645\u0647\u200c\u062f\u06cc", "\u0645\u0647\u200c\u062f\u06cc"),  # Persian: the joiner is spelling
        ("李小龙 Čábbá Łukasz", "李小龙 Čábbá Łukasz"),
    ],
)
def test_a_name_is_what_can_be_seen_of_it(typed, kept):
    assert visible_name(typed) == kept
