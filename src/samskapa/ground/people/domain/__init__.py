"""Names in Swedish order, and how strongly somebody showed who they are. No Django, no clock."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from samskapa.ground.core.domain import Strength

#: Session key: the id of the role grant in whose capacity one acts; 0 or missing: as oneself.
CAPACITY = "capacity"
#: Session key: the Strength of the log-in, as a number.
STRENGTH = "strength"
#: Session key: what a person is shown of a session, {"handle", "browser", "system", "began", "seen"}.
PLACE = "place"

SORT_KEY_LENGTH = 300


@dataclass(frozen=True, slots=True)
class Capacity:
    """A capacity one may act in. `id` goes into the session; `label` is what a person reads.

    needs_strong: only who is strongly logged in acts in it.
    """

    id: int
    label: str
    needs_strong: bool = False


@dataclass(frozen=True, slots=True)
class Look:
    """That somebody was shown a person's details. who: a name; "" where the account is gone. capacity: the role and
    where, in words. on_behalf_of: a name, where somebody was helped. what: which details, in words."""

    at: datetime
    who: str
    capacity: str
    on_behalf_of: str
    what: str


class NotYourCapacity(ValueError):
    """A capacity that the person does not hold (any more)."""


class AppBefore(ValueError):
    """The person has an app with codes already: the old one is removed first."""


class EidTaken(ValueError):
    """The e-identification opens another account already."""


class AddressTaken(ValueError):
    """An account with this e-mail address exists already."""


class HasAddress(ValueError):
    """The person has an e-mail address already."""


class AlreadyProtected(ValueError):
    """The person's identity is protected already."""


class NotProtected(ValueError):
    """The person's identity is not protected (any more)."""


class NobodyNamed(ValueError):
    """A protected person has at least one coordinator who can reach them."""


#: Letters that stand last in the alphabet, and those that are sorted with them. "{" comes after "z" in
#: every database's plain order; the second character keeps å, ä and ö in their own order.
_LAST = {"å": "{a", "ä": "{b", "æ": "{b", "ö": "{c", "ø": "{c", "œ": "{c"}
#: Letters that Unicode does not take apart into a base and a mark.
_BASE = {
    "đ": "d",
    "ð": "d",
    "ł": "l",
    "ħ": "h",
    "ŋ": "n",
    "þ": "th",
    "ŧ": "t",
    "ı": "i",
    "ĸ": "k",
    "ŀ": "l",
    "ŉ": "n",
}
_UMLAUT_U = {"ü": "y", "ű": "y"}


def swedish_sort_key(text: str) -> str:
    """A key that sorts as Swedish does in any database's plain order: ... x, y (and ü), z, å, ä (æ), ö (ø).

    Case and other marks do not count (é as e, č as c, đ as d, ł as l, Sami á as a); w is a letter of its own
    after v (SAOL since 2006); digits come before letters; vowel signs of Hindi, Thai and others count as
    letters; anything else counts as a space. At most 300 characters. Two texts may share a key: order by the key, then
    by the text or id.

    SQLite knows no Swedish and PostgreSQL's C collation puts ä before å, so the key is stored beside
    the name.
    """
    # casefold may take a letter apart ("ß" -> "ss", "İ" -> "i" + dot): compose again before looking it up.
    letters = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", text).casefold())
    return " ".join(letters.translate(_KEYS).split())[:SORT_KEY_LENGTH]


class _Keys(dict[int, str]):
    """Letter, by its number -> its key. What has been looked up once is kept; nobody fills the memory with letters."""

    def __missing__(self, letter: int) -> str:
        key = _key_of(chr(letter))
        if len(self) < _KEPT_KEYS:
            self[letter] = key
        return key


_KEPT_KEYS = 4000
_KEYS = _Keys()


def _key_of(letter: str) -> str:
    known = _LAST.get(letter) or _UMLAUT_U.get(letter) or _BASE.get(letter)
    if known:
        return known
    base = "".join(c for c in unicodedata.normalize("NFD", letter) if not unicodedata.combining(c))
    if base != letter and len(base) == 1:
        # A letter with several marks: look the base up again ("ǻ" is å with an accent).
        inner = unicodedata.normalize("NFC", unicodedata.normalize("NFD", letter)[:2])
        return _LAST.get(inner) or _UMLAUT_U.get(inner) or _BASE.get(base, base)
    if not base:
        return ""  # a mark that stands alone
    # What Hindi and Thai write their vowels with is no mark on a letter: it is how the word sounds.
    return base if base.isalnum() or unicodedata.category(base[0])[0] == "M" else " "


#: The marks of a key's last letters -> where a language that does not know them as letters has them.
LAST_LETTERS = {"{a": "a", "{b": "a", "{c": "o"}


def sort_key_in(language: str, key: str) -> str:
    """A Swedish sort key as the language sorts it: å, ä and ö are letters of their own in Swedish only."""
    if language != "sv":
        for letter, base in LAST_LETTERS.items():
            key = key.replace(letter, base)
    return key


#: They join or part letters in Persian, Hindi and other scripts: part of how a name is written.
_JOINERS = "\u200c\u200d"


def visible_name(text: str) -> str:
    """A name with what cannot be seen taken out: control characters, and marks that turn the direction of what
    stands after it on the page. Spaces are single. "" where nothing of it can be seen.
    """
    kept = "".join(c if c.isspace() or c in _JOINERS or unicodedata.category(c) not in _UNSEEN else "" for c in text)
    name = " ".join(kept.split())
    return name if name.strip(_JOINERS) else ""


#: Unicode's categories: control, format, surrogate, private, not assigned.
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn"}


def normal_address(email: str) -> str:
    """An e-mail address as we store it: without spaces around it, in lower case."""
    return email.strip().lower()


#: What allauth writes down of a step of a log-in: its method, and the type where there is one.
_METHODS = {
    ("link", None): Strength.LINK,
    ("code", None): Strength.CODE,
    ("password", None): Strength.PASSWORD,
    ("mfa", "totp"): Strength.TWO_FACTOR,
    ("mfa", "recovery_codes"): Strength.TWO_FACTOR,
    ("mfa", "webauthn"): Strength.PASSKEY,
    ("eid", None): Strength.EID,  # written only when the level of assurance is one that was asked for
}


def _strength_of_step(record: Mapping[str, object]) -> Strength:
    kind = record.get("type")
    return _METHODS.get((str(record.get("method")), None if kind is None else str(kind)), Strength.NONE)


def strength_of(records: Iterable[Mapping[str, object]]) -> Strength:
    """The strength that the steps of one log-in add up to: the strongest single step.

    records: what allauth keeps in the session, [{"method": "mfa", "type": "totp", "at": ...}, ...]. A code from an
    app is never the only step: it is asked of somebody who is logged in. An unknown method counts as nothing.
    """
    return max((_strength_of_step(record) for record in records), default=Strength.NONE)


#: How long, in seconds, a strong step is fresh enough to change the ways in by.
FRESH = 15 * 60


def is_fresh(records: Iterable[Mapping[str, object]], *, now: float) -> bool:
    """Whether somebody who is logged in has shown strongly who they are within FRESH.

    records: as in strength_of. now: seconds since 1970, as allauth writes them.
    """
    return any(
        _strength_of_step(record).is_strong and 0 <= now - float(record.get("at") or 0) < FRESH  # type: ignore[arg-type]
        for record in records
    )


#: The tag in a protected person's neutral name: some 800 000 of them, without letters and digits that look alike.
TAG_LENGTH, TAG_LETTERS = 4, "23456789ACDEFGHJKLMNPRTUVWXYZ"


def reference_to(person_id: int) -> str:
    """What is stored in the place of a protected person's address, where a row would name it. No address is like it."""
    return f"person:{person_id}"


def referred_to(stored: str) -> int | None:
    """The id of the person whom a stored address refers to; None where it is an address."""
    kind, _colon, number = stored.partition(":")
    return int(number) if kind == "person" and number.isdecimal() else None


#: What browsers and systems call themselves, and what people call them; the first that occurs counts.
_BROWSERS = {
    "Edg": "Edge",
    "OPR/": "Opera",
    "SamsungBrowser": "Samsung Internet",
    "Firefox/": "Firefox",
    "FxiOS": "Firefox",
    "CriOS": "Chrome",
    "Chrom": "Chrome",
    "Safari/": "Safari",
}
_SYSTEMS = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "CrOS": "ChromeOS",
    "Windows": "Windows",
    "Mac OS X": "Mac",
    "Linux": "Linux",
}


def device_of(user_agent: str) -> tuple[str, str]:
    """Browser and system in words ("Firefox", "Windows"); "" for what is not known. Nothing finer is kept."""
    return (
        next((name for token, name in _BROWSERS.items() if token in user_agent), ""),
        next((name for token, name in _SYSTEMS.items() if token in user_agent), ""),
    )


#: Six or eight digits of a birth date, perhaps - or +, and four more.
_PERSONAL_NUMBER = re.compile(r"(?<!\d)(?:(\d{2})?(\d{6})([-+ ]?)(\d{4}))(?!\d)")


def looks_like_personal_number(text: str, *, bare: bool = True) -> bool:
    """Whether `text` holds what may be a Swedish personal identity number or coordination number.

    Checks the date (day + 60 for a coordination number) and the check digit (Skatteverket, SKV 704).
    bare: whether ten digits in a row count too; a telephone number may look like that.
    """
    for century, date, sign, rest in _PERSONAL_NUMBER.findall(text):
        if not century and sign not in ("-", "+") and not bare:
            continue
        if century and century not in ("18", "19", "20"):
            continue
        month, day = int(date[2:4]), int(date[4:6])
        if 1 <= month <= 12 and (1 <= day <= 31 or 61 <= day <= 91) and _check_digit_is_right(date + rest):
            return True
    return False


def _check_digit_is_right(digits: str) -> bool:
    """Luhn: every other digit doubled, from the left; the sum of all digits ends in 0."""
    doubled = [int(d) * (2 if n % 2 == 0 else 1) for n, d in enumerate(digits)]
    return sum(d // 10 + d % 10 for d in doubled) % 10 == 0
