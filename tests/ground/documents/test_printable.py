"""What becomes of somebody's text before it is put on paper."""

import json
from pathlib import Path

import pytest

from samskapa.ground import documents
from samskapa.ground.documents.domain import Coverage, printable

FONTS = Path(documents.__file__).parent / "fonts"
SMALL = Coverage(
    {
        "Latin": [[0x20, 0x7E], [0xC0, 0x17F]],
        "Arabic": [[0x600, 0x6FF]],
        "Marks": [[0x61, 0x61], [0x35E, 0x35E]],
    }
)


@pytest.fixture(scope="module")
def ours() -> Coverage:
    ranges = json.loads((FONTS / "coverage.json").read_text(encoding="utf-8"))
    return Coverage({family: value for family, value in ranges.items() if family != "Samskapa Serif"})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Läser förslagen", "Läser förslagen"),
        ("a\u030a", "å"),  # composed
        ("ett\r\ntvå\rtre\u2028fyra", "ett\ntvå\ntre\nfyra"),
        ("a\tb", "a b"),
        ("a\x00b\x07c\x7fd\x9fe", "abcde"),
        ("a\u202eb\u202cc\u2066d\u2069", "abcd"),  # nobody turns the direction of an agreement
        ("hej \U0001f600 du", "hej □ du"),
        ("\U0001f600\U0001f600", "□□"),
        ("\U0001f469\u200d\U0001f469\u200d\U0001f467", "□"),  # one picture, one mark
        ("\U0001f44d\U0001f3fd!", "□!"),
        ("\u2764\ufe0f", "□"),
        ("\ue000\udfff\U000e0041", "□□"),  # private, half a pair; hidden tags leave nothing
        ("م\u0651", "م\u0651"),
        ("م\u0301", "م□"),  # letter and mark in no font together
        ("a\u035e", "a\u035e"),  # the second font that has both is found
        ("e\u035e", "e□"),
        ("", ""),
        (" ", " "),
        ("\U000e0037", "□"),  # nothing would be left to see
        ("\u200b", "□"),
        ("\u0890", "□"),
        ("\u0378", "□"),
    ],
)
def test_text_is_made_fit_for_the_fonts(text: str, expected: str) -> None:
    assert printable(text, SMALL) == expected


NAMES = "Čábbá Łukasz Đorđe 李小龙 محمد Ελένη Олександр አበበ שרה ไทย अनिल Nguyễn"
MORE = "김철수 さくら ܐܝܫܘܥ བསྟན་འཛིན সুমাইয়া தமிழ் გიორგი Արմեն ගුණසේකර ဦးသန့် សុខា"
MORE_STILL = "ລາວ ਸਿੰਘ ગીતા తెలుగు ಕನ್ನಡ മലയാളം ތައި ᏣᎳᎩ Ŋŋ Ŧŧ"
SIGNS = "½ × ≥ → ✓ ☐ € ₺ ”citat” – … • № ℃ ²"


@pytest.mark.parametrize("text", [NAMES, MORE, MORE_STILL, SIGNS])
def test_people_in_sweden_are_written_in_their_own_script(text: str, ours: Coverage) -> None:
    assert printable(text, ours) == text


def test_no_font_has_an_emoji(ours: Coverage) -> None:
    assert printable("李小龙 \U0001f600 محمد", ours) == "李小龙 □ محمد"
