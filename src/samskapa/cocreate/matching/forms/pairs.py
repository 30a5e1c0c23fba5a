"""Who is asked together with whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from ..domain import PAIR

#: What says that the page of the pairs was sent, and not the one on which they were ticked.
SENT = "pairing"


@dataclass(frozen=True, slots=True)
class Two:
    """A pair on the page: two, or by mistake fewer or more. key: what the box sends that says that they may be named to
    each other; "" where there is none."""

    number: int
    names: list[str]
    fields: list[forms.BoundField]
    key: str
    is_named: bool
    is_hidden: bool


class PairsForm(forms.Form):
    """In which pair each is, to begin with in the order of the list; and which two may be named to each other."""

    use_required_attribute = False

    def __init__(self, data: Any, *, names: Mapping[int, str], hidden: set[int]) -> None:
        """names: member's id -> what they are called, in the order of the list. hidden: those whose identity is
        protected, who are named to nobody."""
        self.is_sent = SENT in data
        super().__init__(data if self.is_sent else None)
        self._names, self._hidden = names, hidden
        numbers = range(1, len(names) // PAIR + 1)
        for at, (pk, name) in enumerate(names.items()):
            self.fields[f"pair_{pk}"] = forms.TypedChoiceField(
                choices=[(number, _("Pair %(number)s") % {"number": number}) for number in numbers],
                coerce=int,
                label=name,
                initial=at // PAIR + 1,
            )
        ticked = set(data.getlist("named")) if self.is_sent else set()
        self._named = set(self._keys_of(ticked))

    def _keys_of(self, ticked: set[str]) -> list[tuple[int, int]]:
        """The two of each box that was ticked, of those who are here."""
        pairs = []
        for key in ticked:
            two = [pk for pk in self._names if str(pk) in key.split("-")]
            if len(two) == PAIR:
                pairs.append((two[0], two[1]))
        return pairs

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if len(cleaned) < len(self._names):
            return cleaned  # told beside the field
        if wrong := [number for number, two in self._by_number().items() if len(two) != PAIR]:
            pairs = ", ".join(_("Pair %(number)s") % {"number": number} for number in wrong)
            self.add_error(None, _("There have to be two in each pair. Look at: %(pairs)s.") % {"pairs": pairs})
        elif "show" not in self.data:
            for parted in sorted(self._named - set(self.pairs)):
                names = _("%(one)s and %(other)s") % self._both(parted)
                self.add_error(
                    None,
                    _(
                        "You said that %(names)s may be named to each other, and now they are not together. Look "
                        "through who is with whom, and ask again."
                    )
                    % {"names": names},
                )
        return cleaned

    def _both(self, pair: tuple[int, int]) -> dict[str, str]:
        return {"one": self._names[pair[0]], "other": self._names[pair[1]]}

    def _number(self, pk: int, at: int) -> int:
        """In which pair somebody is: as it was sent, else as it was from the beginning."""
        return int(getattr(self, "cleaned_data", {}).get(f"pair_{pk}") or at // PAIR + 1)

    def _by_number(self) -> dict[int, list[int]]:
        found: dict[int, list[int]] = defaultdict(list)
        for number in range(1, len(self._names) // PAIR + 1):
            found[number] = []
        for at, pk in enumerate(self._names):
            found[self._number(pk, at)].append(pk)
        return found

    @property
    def pairs(self) -> list[tuple[int, int]]:
        """The two of each, where there are two in each."""
        return [(two[0], two[1]) for two in self._by_number().values() if len(two) == PAIR]

    @property
    def order(self) -> list[int]:
        """Members so that those of a pair stand next to each other."""
        return [pk for pair in self.pairs for pk in pair]

    @property
    def named(self) -> set[int]:
        """Members who have said that the other of their pair may know what they are called."""
        return {pk for pair in self._named & set(self.pairs) for pk in pair}

    @property
    def may_be_asked(self) -> bool:
        """Whether it was looked through, and is as it should be."""
        return self.is_sent and "show" not in self.data and self.is_valid()

    @property
    def rows(self) -> list[Two]:
        """The pairs as the page shows them."""
        if self.is_sent:
            self.is_valid()
        return [
            Two(
                number,
                [self._names[pk] for pk in two],
                [self[f"pair_{pk}"] for pk in two],
                f"{two[0]}-{two[1]}" if len(two) == PAIR else "",
                tuple(two) in self._named,
                not self._hidden.isdisjoint(two),
            )
            for number, two in self._by_number().items()
        ]
