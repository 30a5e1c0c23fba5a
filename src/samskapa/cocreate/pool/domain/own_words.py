"""What members have told in their own words, as stems on sheets: who has a word that is looked for. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from zlib import crc32

from samskapa.ground.language.domain import is_telling, stem, words_of

from .searching import SHEET, alike

#: The columns of the form that are searched: what somebody writes in their own words. Not a diagnosis: what one says
#: yes to is that the coordinators read it. Not how one is reached, and never a note.
OWN_WORDS = (
    "experience",
    "contribute_more",
    "languages_more",
    "needs_more",
    "times_more",
    "organisation_name",
    "training",
)
#: A word is also met by longer ones that begin with it ("hjärt" by "hjärtinfarkt"), if it has so many letters: "bo" is
#: in "bok" too. Never in the middle or at the end: "vård" would be in everything.
BEGINS = 4
#: How alike (`searching.alike`) a word that is not met must be: a letter wrong, missing or too many in one of five or
#: more. Of names, which one sees in the list, less is asked.
NEARLY = 0.7
_LONG_ENOUGH = 5
#: A sheet stands in so many parts, by how its stems begin: a word is looked for in one of them.
PARTS = tuple(f"stems_{number}" for number in range(4))
#: Letters as a sheet has them, and back. No word has these in it.
_WRITTEN, _READ = str.maketrans("åäö", "{|}"), str.maketrans("{|}", "åäö")


@dataclass(frozen=True, slots=True)
class Word:
    """A word that is looked for, as it is written and as its stem."""

    text: str
    stem: str

    @property
    def begins(self) -> str:
        """What a longer word must begin with; "" where it must be the same."""
        return next((each for each in (self.stem, self.text) if len(each) >= BEGINS), "")

    @property
    def starts(self) -> set[str]:
        """What the lines of a sheet begin with whose word is met."""
        if self.begins == self.stem:
            return {f"\n{self.stem}"}
        return {f"\n{self.stem} ", *([f"\n{self.begins}"] if self.begins else [])}

    @property
    def parts(self) -> set[str]:
        """Where those lines stand."""
        return {part_of(start[1:].rstrip()) for start in self.starts}

    def meets(self, other: str) -> bool:
        """Whether the stem is the same word, or a longer one that begins with it."""
        return other == self.stem or (self.begins != "" and other.startswith(self.begins))

    @property
    def halves(self) -> tuple[str, str]:
        """The first half of the stem and the last: where one letter is wrong, one of them is right."""
        half = len(self.stem) // 2
        return self.stem[:half], self.stem[-half:]

    def is_nearly(self, other: str) -> bool:
        """Whether the stem is the same word, misspelt on either side, but for one half of it."""
        if max(len(self.stem), len(other)) < _LONG_ENOUGH or min(len(self.stem), len(other)) < BEGINS:
            return False
        first, last = self.halves
        return (other.startswith(first) or other.endswith(last)) and alike(self.stem, other) >= NEARLY


def words_wanted(text: str) -> list[Word]:
    """What is looked for, each word once. Empty words count only where there are no others: it may be a name."""
    words = list(dict.fromkeys(words_of(text)))
    return [Word(word, stem(word)) for word in [each for each in words if is_telling(each)] or words]


def part_of(stem: str) -> str:
    """In which part of a sheet a stem stands, and all that begin with it where it is long enough (BEGINS)."""
    return PARTS[crc32(stem[:2].encode()) % len(PARTS)]


def stems_sheet(told: Iterable[tuple[int, Iterable[str]]]) -> dict[str, str]:
    """Members' numbers and stems as one text for each part: a line for each stem, with the places of those who have it,
    two letters a place. Swedish letters are written as others: a text of plain ones opens in half the time."""
    having: dict[str, bytearray] = {}
    for pk, stems in told:
        for each in stems:
            having.setdefault(each, bytearray()).append(pk % SHEET)
    # A break before each line too, so that a line is found by how it begins.
    lines: dict[str, list[str]] = {part: ["\n"] for part in PARTS}
    for each in sorted(having):
        lines[part_of(each)].append(f"{each} {having[each].hex()}\n")
    return {part: "".join(those).translate(_WRITTEN) for part, those in lines.items()}


def stems_on(sheet: str) -> Iterator[str]:
    """Every stem of a part."""
    return (line.partition(" ")[0].translate(_READ) for line in sheet.split("\n") if line)


def nearly_on(sheets: Iterable[str], word: Word) -> set[str]:
    """The stems of these parts that are nearly the word: only lines with the one half or the other are looked at, and
    each stem is compared once."""
    if len(word.stem) < BEGINS:
        return set()
    first, last = (half.translate(_WRITTEN) for half in word.halves)
    found: set[str] = set()
    for sheet in sheets:
        for piece in (f"\n{first}", f"{last} "):
            at = sheet.find(piece)
            while at >= 0:
                start = at if piece[0] == "\n" else sheet.rindex("\n", 0, at)
                end = sheet.index(" ", start)
                found.add(sheet[start + 1 : end])
                at = sheet.find(piece, end)
    return {other for each in found if word.is_nearly(other := each.translate(_READ))}


def who_has(sheet: str, number: int, start: str) -> set[int]:
    """The numbers of the members, of a part of the sheet of that number, who have a line that begins so
    (`Word.starts`)."""
    found: set[int] = set()
    begins = start.translate(_WRITTEN)
    at = sheet.find(begins)
    while at >= 0:
        end = sheet.index("\n", at + 1)
        found.update(bytes.fromhex(sheet[sheet.index(" ", at) + 1 : end]))
        at = sheet.find(begins, end)
    return {number * SHEET + place for place in found}
