"""A row of the plan, a poster or link, and what is written on it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samskapa.cocreate.pool.models import Group
from samskapa.cocreate.pool.queries.members import coordinators_of
from samskapa.ground.design.forms import DateField, LineField
from samskapa.ground.organisations.queries import municipalities
from samskapa.ground.people.forms import WordsField, no_personal_number
from samskapa.ground.people.models import Person, display_name

from .domain import Audience, Kind, Place
from .queries.plan import audiences
from .queries.wording import KIND
from .queries.wording_places import PLACE

#: Further away than this a day is a slip of the finger.
FURTHEST = timedelta(days=2 * 366)
_NOBODY = ("", _("Not chosen"))
_LONG = {"max_length": _("At most %(limit_value)s characters.")}


def _by_number(label: Any, rows: list[tuple[int, str]], **kwargs: Any) -> forms.TypedChoiceField:
    choices = [_NOBODY, *rows]
    return forms.TypedChoiceField(label=label, required=False, coerce=int, empty_value=None, choices=choices, **kwargs)


def _people(group: Group, chosen: Person | None) -> list[Person]:
    """Who runs the group, and the one who is chosen already: nobody is unchosen because a role has ended."""
    people = coordinators_of(group)
    return [*people, *([chosen] if chosen and chosen not in people else [])]


class _AudienceForm(forms.Form):
    """Whom one looks for, and in which municipality where it is that."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["audience"] = forms.ChoiceField(
            label=_("Whom you look for"),
            choices=[(str(key), name) for key, name in audiences()],
            error_messages={"required": _("Choose whom you look for.")},
        )
        self.fields["municipality_id"] = _by_number(
            _("Which municipality"),
            [(node.pk, node.name) for node in municipalities()],
            help_text=_("Only if you look for those who live in one municipality."),
        )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("audience") == Audience.MUNICIPALITY:
            if said.get("municipality_id") is None and "municipality_id" not in self.errors:
                self.add_error("municipality_id", _("Choose which municipality."))
        else:
            said["municipality_id"] = None
        return said

    @property
    def based_on(self) -> int:
        return self.cleaned_data.get("version") or 0


class SoughtForm(_AudienceForm):
    """One row of the plan."""

    field_order = ("audience", "municipality_id", "place", "how", "doer_id", "by_day", "done_on", "note", "version")

    place = forms.ChoiceField(
        required=False,
        label=_("Where you look"),
        choices=[("", _("Somewhere else")), *((str(key), spot.name) for key, spot in PLACE.items())],
    )
    how = WordsField(
        rows=3,
        max_length=1000,
        label=_("How you do it"),
        help_text=_("Which clinic, school or association, and what you do there. No names of those you look for."),
        error_messages={"required": _("Write how you do it.")} | _LONG,
    )
    by_day = DateField(required=False, label=_("Done by"))
    done_on = DateField(required=False, label=_("Done on"), help_text=_("Leave empty while it is not done."))
    note = WordsField(
        required=False,
        rows=2,
        max_length=1000,
        label=_("Note"),
        help_text=_("What came of it, and what to do another time."),
        error_messages=_LONG,
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)

    def __init__(self, *args: Any, group: Group, chosen: Person | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = [(person.pk, display_name(person)) for person in _people(group, chosen)]
        self.fields["doer_id"] = _by_number(_("Who does it"), people)
        self.order_fields(self.field_order)

    def clean_by_day(self):
        day = self.cleaned_data["by_day"]
        if day and "by_day" in self.changed_data and day > timezone.localdate() + FURTHEST:
            raise ValidationError(_("That is more than two years away. Is the year right?"), code="far")
        return day

    def clean_done_on(self):
        day = self.cleaned_data["done_on"]
        if day and day > timezone.localdate():
            raise ValidationError(_("That day is still to come. Write a day that has been."), code="ahead")
        return day

    def said(self) -> dict[str, Any]:
        """What services.planning stores."""
        return {name: self.cleaned_data[name] for name in self.field_order if name != "version"}


class ChannelForm(_AudienceForm):
    """A poster or a link."""

    field_order = ("name", "kind", "audience", "municipality_id", "contact_id", "version")

    name = LineField(
        label=_("What you call it"),
        help_text=_(
            "So that you know it again, for example: Poster, Ekliden health centre. Whoever joins by it reads the name."
        ),
        max_length=120,
        validators=[no_personal_number],
        error_messages={"required": _("Write a name.")} | _LONG,
    )
    kind = forms.ChoiceField(label=_("What it is"), choices=[(str(key), name) for key, name in KIND.items()])
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)

    def __init__(self, *args: Any, group: Group, chosen: Person | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = [
            (person.pk, f"{display_name(person)}, {person.phone}" if person.phone else display_name(person))
            for person in _people(group, chosen)
        ]
        self.fields["contact_id"] = _by_number(
            _("Whom one calls"),
            people,
            help_text=_("Name and phone number stand on the poster. The number is changed under My profile."),
        )
        self.order_fields(self.field_order)

    def said(self) -> dict[str, Any]:
        """What services.channels stores."""
        return {name: self.cleaned_data[name] for name in self.field_order if name != "version"}


class TextForm(forms.Form):
    """What is written on it."""

    use_required_attribute = False
    heading = LineField(
        label=_("Heading"),
        max_length=80,
        validators=[no_personal_number],
        error_messages={"required": _("Write a heading.")} | _LONG,
    )
    body = WordsField(rows=9, max_length=1500, label=_("Text"), error_messages={"required": _("Write a text.")} | _LONG)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)

    @property
    def based_on(self) -> int:
        return self.cleaned_data.get("version") or 0


def sought_start(audience: str, place: str, municipality: str = "") -> dict[str, Any]:
    """What a new row begins with: whom and where that was chosen, and how that is done."""
    start: dict[str, Any] = {
        "audience": audience if audience in set(Audience) else Audience.EVERYBODY.value,
        "municipality_id": municipality,
    }
    if place in set(Place):
        start |= {"place": place, "how": str(PLACE[Place(place)].how)}
    return start


def channel_start(
    audience: str, kind: str, name: str, contact_id: int | None, municipality: str = ""
) -> dict[str, Any]:
    """What a new poster or link begins with."""
    return {
        "audience": audience if audience in set(Audience) else Audience.EVERYBODY.value,
        "kind": kind if kind in set(Kind) else Kind.POSTER.value,
        "name": name[:120],
        "contact_id": contact_id,
        "municipality_id": municipality,
    }
