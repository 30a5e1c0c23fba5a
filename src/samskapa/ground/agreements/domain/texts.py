"""How a text is kept, and the difference between two, word by word."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from .refusals import EmptyText, TooLong

#: Characters. A promise that needs more is several promises.
MAX_TEXT = 2000

MAX_REASON = 1000


def plain(text: str, *, limit: int, required: bool = True) -> str:
    """`text` with one kind of line break and no blanks around. Refuses EmptyText and TooLong."""
    text = text.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n").strip()
    if required and not text:
        raise EmptyText
    if len(text) > limit:
        raise TooLong(limit)
    return text


class Change(StrEnum):
    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Segment:
    change: Change
    text: str


#: Beyond this many pairs of words the middle is shown as one removed and one added piece: difflib's worst
#: case (the same word over and over) grows with the square, and nobody reads such a difference word by word.
_MAX_PAIRS = 160_000


def difference(old: str, new: str) -> list[Segment]:
    """What was taken away and added, word by word. `same` + `removed` is `old`, `same` + `added` is `new`."""
    a, b = re.findall(r"\s+|\S+", old), re.findall(r"\s+|\S+", new)
    head = 0
    while head < min(len(a), len(b)) and a[head] == b[head]:
        head += 1
    tail = 0
    while tail < min(len(a), len(b)) - head and a[-1 - tail] == b[-1 - tail]:
        tail += 1
    middle_a, middle_b = a[head : len(a) - tail], b[head : len(b) - tail]
    pieces = [(Change.SAME, a[:head])]
    if len(middle_a) * len(middle_b) > _MAX_PAIRS:
        pieces += [(Change.REMOVED, middle_a), (Change.ADDED, middle_b)]
    else:
        for tag, i1, i2, j1, j2 in SequenceMatcher(None, middle_a, middle_b, autojunk=False).get_opcodes():
            if tag == "equal":
                pieces.append((Change.SAME, middle_a[i1:i2]))
            else:
                pieces += [(Change.REMOVED, middle_a[i1:i2]), (Change.ADDED, middle_b[j1:j2])]
    pieces.append((Change.SAME, a[len(a) - tail :] if tail else []))
    return _readable(pieces)


def _readable(pieces: list[tuple[Change, list[str]]]) -> list[Segment]:
    """Join neighbours, and let a lone blank between two changed words be changed with them, so that the
    reader meets "fem dagar -> sju veckor" once and not as two changes."""
    removed = added = ""
    segments: list[Segment] = []

    def flush() -> None:
        nonlocal removed, added
        if removed:
            segments.append(Segment(Change.REMOVED, removed))
        if added:
            segments.append(Segment(Change.ADDED, added))
        removed = added = ""

    filled = [(change, "".join(words)) for change, words in pieces if words]
    for index, (change, text) in enumerate(filled):
        if change is Change.REMOVED:
            removed += text
        elif change is Change.ADDED:
            added += text
        elif text.isspace() and removed and added and index + 1 < len(filled):
            removed, added = removed + text, added + text
        else:
            flush()
            if segments and segments[-1].change is Change.SAME:
                segments[-1] = Segment(Change.SAME, segments[-1].text + text)
            else:
                segments.append(Segment(Change.SAME, text))
    flush()
    return segments
