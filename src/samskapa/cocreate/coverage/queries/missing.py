"""Who is missing in a group: where the plan for finding people begins."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from samskapa.cocreate.pool.domain import Age, Gender
from samskapa.cocreate.pool.models import Group

from ..domain import NOT_SAID, Band, Gap, Segment, Standing, gaps_of
from ..domain.missing import YOUNG
from .measured import measured_of
from .people import ELSEWHERE, Counted, county_of, features_of, people_of, places_in
from .population import Area, Known, municipalities_of, population_of
from .wording import age_words, part_words, parts_of


def band_of(age: Age) -> Band:
    """The years of a band of the form."""
    following = next((each.youngest for each in Age if each.youngest > age.youngest), None)
    return Band(age.youngest, None if following is None else following - 1)


def bands_from(lowest: int) -> dict[str, Band]:
    """The bands of the form in which somebody can be a member, in order."""
    return {age.value: band_of(age) for age in Age if age.youngest >= lowest}


def missing(group: Group) -> tuple[Gap, ...]:
    """What the group is missing, beside the population: the young first, then by age, sex, municipality and what the
    group measures. The rule is `domain.missing`'s, of those who may be asked now. A fixed number of queries."""
    places = places_in(county_of(group))
    measured, _version = measured_of(group)
    people = people_of(group, features_of(group, places), measured, None)
    code = group.node.code
    area = population_of(code) if code else Area([])
    by_place = municipalities_of(code, group.lowest_age) if county_of(group) else None
    return gaps_in(group, people, measured, area, places, by_place)


def gaps_in(
    group: Group,
    people: Iterable[Counted],
    measured: Iterable[str],
    area: Area,
    places: Mapping[str, str],
    by_place: Known | None,
) -> tuple[Gap, ...]:
    """The same, from what has been read already."""
    active = [one for one in people if one.may_be_asked]
    counts = {feature: Counter(p for one in active for p in one.parts[feature]) for feature in _features(active)}

    def known(feature: str) -> int:
        return sum(one.parts[feature] != (NOT_SAID,) for one in active)

    if not active:
        return ()
    gaps = gaps_of(_ages(group.lowest_age, counts["age"], area), known("age"))
    gaps += gaps_of(_sexes(group.lowest_age, counts["gender"], area), known("gender"))
    if by_place:
        gaps += gaps_of(_places(counts["municipality"], places, by_place), known("municipality"))
    for kind in measured:
        standings = [Standing(kind, part, part_words(kind, part), counts[kind][part]) for part in parts_of(kind)]
        gaps += gaps_of(standings, known(kind))
    return tuple(sorted(gaps, key=lambda gap: not gap.is_young))


def _features(active: list[Counted]) -> list[str]:
    return list(active[0].parts) if active else []


def _ages(lowest: int, counts: Counter[str], area: Area) -> list[Standing]:
    bands = bands_from(lowest)
    known, found = area.ages(list(bands.values()), lowest)
    standings = [
        _standing("age", _key(segment), age_words(segment.youngest, segment.end), _in(segment, bands, counts), known,
                  segment, is_young=segment.end is not None and segment.end <= YOUNG)
        for segment in found
    ]  # fmt: skip
    compared = {band for segment in found for band in segment.mine}
    for key, band in bands.items():
        if band not in compared:
            is_young = band.end is not None and band.end <= YOUNG
            standings.append(Standing("age", key, age_words(band.youngest, band.end), counts[key], is_young=is_young))
    return standings


def _key(segment: Segment) -> str:
    return f"{segment.youngest}-{'' if segment.end is None else segment.end - 1}"


def _in(segment: Segment, bands: Mapping[str, Band], counts: Counter[str]) -> int:
    return sum(counts[key] for key, band in bands.items() if band in segment.mine)


def _sexes(lowest: int, counts: Counter[str], area: Area) -> list[Standing]:
    known = area.sexes(lowest)
    if known is None:
        return []  # that nobody is of another sex says nothing
    both = (Gender.WOMAN.value, Gender.MAN.value)
    return [_standing("gender", sex, part_words("gender", sex), counts[sex], known, sex) for sex in both]


def _places(counts: Counter[str], places: Mapping[str, str], known: Known) -> list[Standing]:
    return [
        _standing("municipality", code, name, counts[code], known, code, may_be_zero=True)
        for code, name in places.items()
        if code != ELSEWHERE
    ]


def _standing(
    feature: str,
    part: str,
    label: Any,
    here: int,
    known: Known | None,
    key: Any,
    *,
    may_be_zero: bool = False,
    is_young: bool = False,
) -> Standing:
    share = known.share(key) if known else None
    return Standing(
        feature,
        part,
        label,
        here,
        share,
        is_at_least=bool(known and known.with_children and feature == "age"),
        may_be_zero=may_be_zero,
        is_young=is_young,
        year=known.year if known and share is not None else None,
        source=known.source if known and share is not None else "",
    )
