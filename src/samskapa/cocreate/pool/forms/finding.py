"""What the list of members is narrowed to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samskapa.ground.design.forms import LineField
from samskapa.ground.people.forms import no_personal_number
from samskapa.ground.people.models import display_name

from ..domain import SEEN, SpeaksFor, Status
from ..domain.searching import LONGEST_NAME
from ..models import Group
from ..queries import wording
from ..queries.answered import ROWS, TAGS
from ..queries.choosing import Agreeing, InOrganisation, Introducing, OfAge, Trained
from ..queries.finding import contacts_in, organisations_in, places_in, several
from ..queries.labels import labels_of

#: Field -> its label and its answers, of those of which one is chosen.
_ONE: dict[str, tuple[Any, dict[Any, Any]]] = {
    "age": (_("Age"), {OfAge.UNDER: _("Under 18"), OfAge.OVER: _("18 or older"), **wording.AGE}),
    "gender": (_("Woman, man or other"), wording.GENDER),
    "reach_by": (wording.QUESTIONS["reach"].name, wording.REACH),
    "speaks_for": (
        _("Can speak"),
        {
            SpeaksFor.ONESELF: _("Out of their own experience"),
            SpeaksFor.MANDATE: _("For an organisation, at its request"),
        },
    ),
    "training": (
        wording.QUESTIONS["training"].name,
        {Trained.TOLD: _("Has told of some"), Trained.NOT_TOLD: _("Has told of none")},
    ),
    "introduction": (
        _("Introduction"),
        {
            Introducing.DONE: _("All of it is done"),
            Introducing.LEFT: _("Something is left"),
            Introducing.SECRECY: _("Has been told of secrecy"),
            Introducing.NOT_SECRECY: _("Has not been told of secrecy"),
        },
    ),
    "agreement": (
        _("Agreement"),
        {
            Agreeing.CONFIRMED: _("Both have confirmed it"),
            Agreeing.GROUP: _("It waits for the group"),
            Agreeing.MEMBER: _("It waits for the member"),
            Agreeing.NONE: _("There is none yet"),
        },
    ),
}
#: The fields, under what they are about.
_PARTS: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (_("Who they are"), ("age", "gender", "municipality", "reach_by")),
    (_("Experience, wishes and needs"), tuple(TAGS)),
    (_("Organisation and training"), ("organisation", "speaks_for", "training")),
    (
        _("In the group"),
        ("status", "contact", "label", "introduction", "agreement", "check_in_due", "never_asked"),
    ),
)
_ANY = ("", _("All"))


class OneOrMore(forms.MultipleChoiceField):
    """Several values may be chosen, and one of them is enough. Of one alone the value itself is kept, as before there
    could be more. What is no value asks for nothing."""

    def to_python(self, value: Any) -> Any:
        asked = {str(each) for each in several(value)}
        choices: Any = self.choices
        known = [key for key, _text in choices if key in asked]
        return known[0] if len(known) == 1 else known

    def validate(self, value: Any) -> None:
        """All that `to_python` leaves can be asked for."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A field of the form. said: what is chosen in it, as a person reads it. is_many: a list to tick in."""

    field: forms.BoundField
    said: str
    is_many: bool


class FindForm(forms.Form):
    """Everything may be left empty. What cannot be understood asks for nothing."""

    use_required_attribute = False

    def __init__(self, *args: Any, group: Group, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"] = forms.CharField(
            label=_("Search in words"),
            required=False,
            max_length=100,
            help_text=_("A name, a place, an answer or own words."),
        )
        made: dict[str, forms.Field] = {name: _choice(label, words.items()) for name, (label, words) in _ONE.items()}
        made |= {name: _choices(label, words.items()) for name, (label, words) in TAGS.items()}
        seen = [(each.value, wording.STATUS[each]) for each in Status if each in SEEN]
        made["status"] = _choice(_("Status"), seen)
        made["municipality"] = _choice(ROWS["municipality"], [(node.pk, node.name) for node in places_in(group)])
        organisations = [(node.pk, node.name) for node in organisations_in(group)]
        made["organisation"] = _choice(
            ROWS["organisation"], [(InOrganisation.ANY, _("Member of an organisation")), *organisations]
        )
        made["contact"] = _choice(
            _("Contact person"), [(person.pk, display_name(person)) for person in contacts_in(group)]
        )
        if labels := labels_of(group):
            made["label"] = _choice(ROWS["label"], [(label.pk, label.name) for label in labels])
        made["check_in_due"] = forms.BooleanField(label=_("A check-in is due"), required=False)
        made["never_asked"] = forms.BooleanField(label=_("Can be asked, and never has been"), required=False)
        self.fields |= {name: made[name] for _part, names in _PARTS for name in names if name in made}

    def wanted(self) -> dict[str, Any]:
        """What is asked for, without what cannot be understood and what is empty."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    def in_words(self) -> list[tuple[Any, str]]:
        """The same as a person reads it: label -> the answer's words; "" where the label says it all."""
        return [(self.fields[name].label, self._said(name, value)) for name, value in self.wanted().items()]

    def _said(self, name: str, value: Any) -> str:
        field = self.fields[name]
        choices: Any = field.choices if isinstance(field, forms.ChoiceField) else ()
        by_text = {str(key): str(text) for key, text in choices}
        return _one_of([by_text.get(str(each), "" if each is True else str(each)) for each in several(value)])

    def parts(self) -> list[tuple[Any, list[Shown]]]:
        """The fields but for the words, under what they are about."""
        wanted = self.wanted()
        return [
            (
                title,
                [
                    Shown(self[name], self._said(name, wanted.get(name)), isinstance(self.fields[name], OneOrMore))
                    for name in names
                    if name in self.fields
                ],
            )
            for title, names in _PARTS
        ]


def _one_of(words: list[str]) -> str:
    """ "Psychiatry, Hospital or Dental care"."""
    *first, last = words or [""]
    return gettext("%(some)s or %(last)s") % {"some": ", ".join(first), "last": last} if first else last


def _choice(label: Any, choices: Iterable[tuple[Any, Any]]) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, choices=[_ANY, *_as_text(choices)])


def _choices(label: Any, choices: Iterable[tuple[Any, Any]]) -> OneOrMore:
    return OneOrMore(label=label, required=False, choices=_as_text(choices), widget=forms.CheckboxSelectMultiple)


def _as_text(choices: Iterable[tuple[Any, Any]]) -> list[tuple[str, str]]:
    return [(str(value), str(text)) for value, text in choices]


class ViewForm(forms.Form):
    """What a view is called."""

    use_required_attribute = False
    name = LineField(
        label=_("Save what you see, under a name"),
        help_text=_("All who run the group see it. For example: Evenings, with interpreter."),
        max_length=LONGEST_NAME,
        validators=[no_personal_number],
        error_messages={"required": _("Write a name."), "max_length": _("At most %(limit_value)s characters.")},
    )
