"""What the list of members is narrowed to."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samskapa.ground.design.forms import LineField
from samskapa.ground.people.forms import no_personal_number
from samskapa.ground.people.models import display_name

from ..domain import SEEN, Status
from ..domain.searching import LONGEST_NAME
from ..models import Group
from ..queries import wording
from ..queries.answered import ROWS, TAGS
from ..queries.finding import contacts_in, places_in
from ..queries.labels import labels_of

#: Field -> its label and its answers, in the order of the form that members fill in.
_ANSWERS: dict[str, tuple[Any, dict[Any, Any]]] = {
    **TAGS,
    "age": (_("Age"), wording.AGE),
    "gender": (_("Woman, man or other"), wording.GENDER),
}
_ANY = ("", _("All"))


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
        seen = [(each.value, wording.STATUS[each]) for each in Status if each in SEEN]
        self.fields["status"] = _choice(_("Status"), seen)
        for name, (label, words) in _ANSWERS.items():
            self.fields[name] = _choice(label, [(str(value), str(text)) for value, text in words.items()])
        self.fields["municipality"] = _choice(ROWS["municipality"], [(node.pk, node.name) for node in places_in(group)])
        self.fields["contact"] = _choice(
            _("Contact person"), [(person.pk, display_name(person)) for person in contacts_in(group)]
        )
        if labels := labels_of(group):
            self.fields["label"] = _choice(ROWS["label"], [(label.pk, label.name) for label in labels])
        self.fields["check_in_due"] = forms.BooleanField(label=_("A check-in is due"), required=False)
        self.fields["never_asked"] = forms.BooleanField(label=_("Can be asked, and never has been"), required=False)

    def wanted(self) -> dict[str, Any]:
        """What is asked for, without what cannot be understood and what is empty."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    def in_words(self) -> list[tuple[Any, str]]:
        """The same as a person reads it: label -> the answer's words; "" where the label says it all."""
        found: list[tuple[Any, str]] = []
        for name, value in self.wanted().items():
            field = self.fields[name]
            choices: Any = field.choices if isinstance(field, forms.ChoiceField) else ()
            by_text = {str(key): str(text) for key, text in choices}
            said = by_text.get(str(value), "" if value is True else str(value))
            found.append((field.label, said))
        return found


def _choice(label: Any, choices: list[tuple[Any, Any]]) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, choices=[_ANY, *choices])


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
