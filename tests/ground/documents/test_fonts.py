"""coverage.json tells the truth about the fonts beside it; read with a cmap reader of our own."""

import json
import struct
from pathlib import Path

import typst

from samskapa.ground import documents

FONTS = Path(documents.__file__).parent / "fonts"


def tables(font: bytes) -> dict[str, bytes]:
    """The tables of a TrueType file by tag."""
    found = {}
    for number in range(struct.unpack(">H", font[4:6])[0]):
        tag, _, offset, length = struct.unpack(">4sLLL", font[12 + 16 * number : 28 + 16 * number])
        found[tag.decode()] = font[offset : offset + length]
    return found


def characters(cmap: bytes) -> set[int]:
    """The characters that lead to a glyph other than .notdef: cmap formats 4 and 12."""
    found: set[int] = set()
    for number in range(struct.unpack(">H", cmap[2:4])[0]):
        platform, encoding, offset = struct.unpack(">HHL", cmap[4 + 8 * number : 12 + 8 * number])
        if (platform, encoding) not in {(0, 3), (0, 4), (0, 6), (3, 1), (3, 10)}:
            continue
        table = cmap[offset:]
        form = struct.unpack(">H", table[:2])[0]
        if form == 12:
            for group in range(struct.unpack(">L", table[12:16])[0]):
                first, last, glyph = struct.unpack(">LLL", table[16 + 12 * group : 28 + 12 * group])
                found.update(range(first + (glyph == 0), last + 1))
        elif form == 4:
            found |= _format_4(table)
    return found


def _format_4(table: bytes) -> set[int]:
    double = struct.unpack(">H", table[6:8])[0]
    row = f">{double // 2}H"
    ends = struct.unpack(row, table[14 : 14 + double])
    starts, deltas, offsets = (
        struct.unpack(row, table[16 + part * double : 16 + (part + 1) * double]) for part in (1, 2, 3)
    )
    found = set()
    for segment, (first, last) in enumerate(zip(starts, ends, strict=True)):
        for character in range(first, min(last, 0xFFFE) + 1):
            glyph = character
            if offsets[segment]:
                place = 16 + 3 * double + 2 * segment + offsets[segment] + 2 * (character - first)
                glyph = struct.unpack(">H", table[place : place + 2])[0]
                if glyph == 0:
                    continue
            if (glyph + deltas[segment]) & 0xFFFF:
                found.add(character)
    return found


def family(name: bytes) -> str:
    """Name 16, else name 1, of the Windows platform."""
    count, start = struct.unpack(">HH", name[2:6])
    names = {}
    for number in range(count):
        platform, _, _, key, length, offset = struct.unpack(">6H", name[6 + 12 * number : 18 + 12 * number])
        if platform == 3:
            names[key] = name[start + offset : start + offset + length].decode("utf-16-be")
    return names.get(16) or names[1]


def test_coverage_is_what_every_cut_of_a_family_has() -> None:
    found: dict[str, set[int]] = {}
    for path in FONTS.glob("*.ttf"):
        parts = tables(path.read_bytes())
        has = {c for c in characters(parts["cmap"]) if c >= 0x20 and not 0xE000 <= c < 0xF900 and c != 0xFEFF}
        name = family(parts["name"])
        found[name] = found.get(name, has) & has
    told = json.loads((FONTS / "coverage.json").read_text(encoding="utf-8"))
    assert {name: sum(last - first + 1 for first, last in ranges) for name, ranges in told.items()} == {
        name: len(has) for name, has in found.items()
    }
    assert {
        name: {c for first, last in ranges for c in range(first, last + 1)} for name, ranges in told.items()
    } == found


def test_typst_knows_every_family_by_the_name_we_use() -> None:
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])
    assert sorted(fonts.families()) == sorted(json.loads((FONTS / "coverage.json").read_text(encoding="utf-8")))


def test_fonts_are_small_enough_to_ship() -> None:
    assert sum(path.stat().st_size for path in FONTS.glob("*.ttf")) < 9_500_000


def test_every_font_has_its_licence_beside_it() -> None:
    told = (FONTS / "README.md").read_text(encoding="utf-8")
    assert [
        path.name for path in FONTS.glob("*.ttf") if path.name.split("-")[0] not in told and "NotoSans" not in path.name
    ] == []
    assert "SIL OPEN FONT LICENSE" in (FONTS / "OFL.txt").read_text(encoding="utf-8")
    assert "Apache License" in (FONTS / "Apache-2.0.txt").read_text(encoding="utf-8")
