"""Who live in Region Ekliden, by age and sex: made up, for there is no such region."""

from __future__ import annotations

from samskapa.cocreate.coverage.domain import Band, Fact, Sex

from .people import PLACES

#: As it is shown beside every figure.
POPULATION_SOURCE = "Påhittade siffror för Region Ekliden, som inte finns"
POPULATION_YEAR = 2025
#: Key of a place -> how many live there, about.
_SIZES = {"kommun": 61_000, "nordby": 24_500, "hult": 13_800, "skargard": 6_900}
_OLDEST = 100
#: From this age on -> how many of each year there are beside those who are new-born.
_WEIGHTS = ((0, 100), (20, 112), (35, 118), (50, 121), (65, 108), (75, 92), (80, 61), (85, 38), (90, 17), (95, 5))


def made_up_population() -> list[Fact]:
    """Every age by itself, women and men, in each municipality and in the region, which is their sum."""
    codes = {place.key: place.code for place in PLACES}
    found = [fact for key, size in _SIZES.items() for fact in _town(codes[key], size)]
    totals: dict[tuple[Band, Sex], int] = {}
    for fact in found:
        totals[fact.band, fact.sex] = totals.get((fact.band, fact.sex), 0) + fact.number
    return [*found, *(Fact(codes["region"], band, sex, number) for (band, sex), number in totals.items())]


def _town(code: str, size: int) -> list[Fact]:
    weights = {(age, sex): _weight(age, sex) for age in range(_OLDEST + 1) for sex in (Sex.WOMAN, Sex.MAN)}
    whole = sum(weights.values())
    return [
        Fact(code, Band(age, None if age == _OLDEST else age), sex, round(size * weight / whole))
        for (age, sex), weight in weights.items()
    ]


def _weight(age: int, sex: Sex) -> int:
    weight = next(weight for first, weight in reversed(_WEIGHTS) if age >= first)
    return weight * (12 if sex is Sex.WOMAN and age >= 80 else 9 if sex is Sex.MAN and age >= 80 else 10)
