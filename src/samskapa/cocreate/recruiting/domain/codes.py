"""The code in a short link: what is printed on a poster and typed from it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

#: No vowels, so that no word arises; and of signs that are taken for each other none: no 0 1 2 5 8 beside o l z s b, no
#: g and q beside 9, no v beside w, and no n, for "rn" is read as "m".
ALPHABET = "cdfhjkmprtwx34679"
#: 17 to the fifth is 1.4 million: enough for each group's posters, and few to type. A code is no secret.
LENGTH = 5


def new_code(choose: Callable[[Sequence[str]], str]) -> str:
    """A code. choose: picks one of the letters each time; the chance is the caller's."""
    return "".join(choose(ALPHABET) for _place in range(LENGTH))


def read_code(typed: str) -> str:
    """The code that somebody typed, whatever case, spaces and hyphens they used; "" where it can be none."""
    code = "".join(typed.split()).replace("-", "").lower()
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else ""
