"""Ages in bands, and where two ways of dividing them can be compared: only where their edges meet. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Band:
    """From `youngest` to `oldest`, both counted in; None: and older."""

    youngest: int
    oldest: int | None

    @property
    def end(self) -> int | None:
        """The age at which the next band begins; None where there is none."""
        return None if self.oldest is None else self.oldest + 1


@dataclass(frozen=True, slots=True)
class Segment:
    """Ages where both ways of dividing have an edge at each end, and none in common between."""

    youngest: int
    end: int | None
    mine: tuple[Band, ...]
    theirs: tuple[Band, ...]


def segments(mine: Sequence[Band], theirs: Sequence[Band]) -> list[Segment]:
    """The finest coarsening of both: each segment is whole bands of `mine` and whole bands of `theirs`.

    A band of `mine` that is in no segment has nothing that it can be compared with. Bands of each overlap nowhere;
    where there is a hole in one of them no segment goes across it.
    """
    found: list[Segment] = []
    edges = sorted(_edges(mine) & _edges(theirs), key=_order)
    for start, end in pairwise(edges):
        own, other = _between(mine, start, end), _between(theirs, start, end)
        if start is not None and own and other:
            found.append(Segment(start, end, own, other))
    return found


def covers_from(bands: Iterable[Band], youngest: int) -> bool:
    """Whether the bands hold everybody from that age up, and nobody younger in the same band."""
    return bool(_between(list(bands), youngest, None))


def _order(edge: int | None) -> float:
    return float("inf") if edge is None else edge


def _edges(bands: Iterable[Band]) -> set[int | None]:
    return {edge for band in bands for edge in (band.youngest, band.end)}


def _between(bands: Sequence[Band], start: int | None, end: int | None) -> tuple[Band, ...]:
    """The bands that fill the ages from `start` to `end` without a hole; () where they do not."""
    inside = sorted(
        (b for b in bands if _order(b.youngest) >= _order(start) and _order(b.end) <= _order(end)),
        key=lambda band: band.youngest,
    )
    at: int | None = start
    for band in inside:
        if at is None or band.youngest != at:
            return ()
        at = band.end
    return tuple(inside) if inside and at == end else ()
