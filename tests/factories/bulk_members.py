"""Many members of a resource group made cheaply, as copies of real ones: for counting queries and for measuring."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import cycle
from random import Random
from uuid import uuid4

from django.db.models import Model

from samskapa.cocreate.matching.models import Invitation, Wave
from samskapa.cocreate.pool.models import TABLES, Consent, Introduced, Member, Move, Note, Reply, Tag
from samskapa.cocreate.pool.services.naming import names_change
from samskapa.ground.core.keys.fields import EncryptedTextField

from .bulk import BATCH, copy_of, many_people

#: The tables whose rows point at a member by `member` and at nothing else that is copied.
_OF_MEMBER = (Tag, Reply, Move, Introduced, Note)
_FIRST = ("Maja", "Kerstin", "Göran", "Åsa", "Mohammed", "Leyla", "Björn", "Éva", "Nils", "Ingegerd", "Yusuf", "Siv")
_LAST = ("Öberg", "Lindqvist", "Sjöström", "Nyström", "Hassan", "Åkesson", "Bergman", "Ekdahl", "Virtanen", "Ruiz")


def name_of(number: int) -> str:
    """A name that some others share one part of, and few both."""
    return f"{_FIRST[number % len(_FIRST)]} {_LAST[number // len(_FIRST) % len(_LAST)]} {_syllables(number)}"


def _syllables(number: int) -> str:
    text = ""
    for _part in range(3):
        number, which = divmod(number * 7 + 3, 21)
        text += "bdfghjklmnprstv"[which % 15] + "aeiouyåäö"[which % 9]
    return text.capitalize()


#: How many words there are in all of what is written.
_DIFFERENT = 15_000
#: What each has been through two of.
_TOLD = (
    "smärtan",
    "operationen",
    "hjärtat",
    "diabetes",
    "migrän",
    "forskningen",
    "skolan",
    "stroke",
    "sömnen",
    "demens",
)


def text_of(number: int) -> str:
    """Some forty words: few that many use, and many that few do, as in what people write."""
    chance = Random(number)
    rare = [_word(int(_DIFFERENT ** chance.random())) for _each in range(34)]
    return f"Jag {' och '.join(rare)} med {chance.choice(_TOLD)} och {chance.choice(_TOLD)}."


def _word(number: int) -> str:
    """Another word for each number."""
    syllables = [consonant + vowel for consonant in "bdfghjklmnprstv" for vowel in "aeiouyåäö"]
    high, low = divmod(number, len(syllables))
    return syllables[number * 7 % len(syllables)] + syllables[high % len(syllables)] + syllables[low] + "k"


def many_members(
    patterns: Sequence[Member],
    count: int,
    *,
    first: int = 0,
    called: Callable[[int], str] = name_of,
    experience: Callable[[int], str] | None = None,
) -> list[Member]:
    """Copies of the patterns, which are in one group, in turn: each another person with an own name, and with what the
    pattern has told. experience: what the copy of that number has been through, if not the same."""
    people = many_people(count, first=first)
    for pattern in patterns:
        open_all(pattern)
    rows = [
        copy_of(
            pattern, person=person, uid=uuid4(), called=called(first + n), diagnosis=None, diagnosis_consent=None,
            **({"experience": experience(first + n)} if experience else {}),
        )
        for n, (pattern, person) in enumerate(zip(cycle(patterns), people))
    ]  # fmt: skip
    made = Member.objects.bulk_create(rows, batch_size=BATCH)
    names_change(made)
    for at, pattern in enumerate(patterns):
        copies = made[at :: len(patterns)]
        for table in _OF_MEMBER:
            for row in table.objects.filter(member=pattern):  # type: ignore[attr-defined]
                _copy(table, row, [{"member": member} for member in copies])
        for consent in Consent.objects.filter(person=pattern.person_id, ended_at=None, to="joining"):
            _copy(Consent, consent, [{"person": member.person} for member in copies])
        for agreement in TABLES.agreement.objects.filter(root=pattern, ended_at=None):
            _copy(TABLES.agreement, agreement, [{"root": member} for member in copies])
    return made


def many_invitations(pattern: Invitation, members: Sequence[Member], *, wave: Wave | None = None) -> list[Invitation]:
    """An invitation like the pattern for each of the members."""
    changes = [{"member": member, "person": member.person} | ({"wave": wave} if wave else {}) for member in members]
    return _copy(Invitation, pattern, changes)


def _copy(table, row, changes):
    open_all(row)
    uid = {"uid": uuid4} if any(field.name == "uid" for field in table._meta.fields) else {}
    rows = [copy_of(row, **each, **{name: make() for name, make in uid.items()}) for each in changes]
    return table.objects.bulk_create(rows, batch_size=BATCH)


def open_all(row: Model) -> None:
    """Read every encrypted text of the row, so that a copy with another uid can close it anew."""
    for field in row._meta.fields:
        if isinstance(field, EncryptedTextField):
            getattr(row, field.attname)
