"""The questions as fields, for one question, for a whole sheet, and for pages of other apps; and the asker's forms."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samskapa.ground.core.domain import Actor
from samskapa.ground.design.forms import DateField, HintedChoice
from samskapa.ground.organisations.domain import Role
from samskapa.ground.organisations.models import Node, role_label
from samskapa.ground.people.domain import normal_address
from samskapa.ground.people.forms import no_personal_number

from .domain import LONGEST_TEXT, Answers, Kind, Mode, Value, stamp_of
from .models import Asked, Asking
from .queries.askings import nodes_to_ask_at
from .queries.sets import SetInWords, Worded
from .queries.words import condition_in_words, value_in_words, who_in_words

#: Which roles a coordinator may ask as a group: those whom she has to do with anyway.
GROUPS = (Role.MEMBER, Role.HOST, Role.COUNCIL, Role.LEADERSHIP)
#: How many addresses one may paste at once.
MOST_ADDRESSES = 500


class SheetForm(forms.Form):
    """Questions to answer, with what is answered so far. No question must be answered.

    worded: the questions, in the words of the one who answers. answers: what is kept now. Fields are `q_<key>`, and
    `on_<key>` remembers over which answer a field was filled in. Used by pages of other apps too: put `{{ form }}` in a
    `c-form`, and hand `given` and `based_on` to `hand_in`.
    """

    def __init__(self, *args: Any, worded: Iterable[Worded], answers: Answers, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = {each.question.key: each for each in worded}
        self.keys = list(asked)
        for key, each in asked.items():
            rule = each.question.shown_if
            before = asked.get(rule.key) if rule else None  # on a page of its own a question is only met when it is due
            self.fields[f"q_{key}"] = field_for(each, answers.get(key), condition_in_words(each, before))
            self.fields[f"on_{key}"] = forms.CharField(
                required=False, max_length=64, widget=forms.HiddenInput, initial=stamp_of(answers.get(key))
            )

    @property
    def given(self) -> dict[str, Value | None]:
        """Question key -> what was answered; None where nothing was."""
        return {key: self.cleaned_data.get(f"q_{key}") or None for key in self.keys}

    @property
    def based_on(self) -> dict[str, str]:
        """Question key -> the mark of the answer it was filled in over."""
        found = {key: self.cleaned_data.get(f"on_{key}") or "" for key in self.keys}
        return {key: stamp for key, stamp in found.items() if stamp}


def field_for(worded: Worded, answer: Value | None, condition: str = "") -> forms.Field:
    """A question as a field. condition: when it is to be answered, in words."""
    question, words = worded.question, worded.words
    help_text = " ".join(part for part in (condition, words.help) if part)
    common: dict[str, Any] = {"label": words.text, "help_text": help_text, "required": False, "initial": answer}
    if question.kind is Kind.TEXT:
        area = forms.Textarea(attrs={"rows": 5})
        return forms.CharField(max_length=LONGEST_TEXT, widget=area, validators=[no_personal_number], **common)
    choices: list[tuple[str, Any]] = [(value, value_in_words(worded, value)) for value in question.takes]
    if question.kind is Kind.MANY:
        return forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple, **common)
    if answer is not None:  # a radio button that is chosen can only be taken back by another one
        choices.append(("", _("I take back my answer")))
    return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **common)


# --- who asks ---------------------------------------------------------------------------------------


class AddressesField(forms.CharField):
    """E-mail addresses as they are pasted: one a line, or with commas; names and brackets around them do not matter."""

    widget = forms.Textarea(attrs={"rows": 4, "autocomplete": "off", "spellcheck": "false", "autocapitalize": "none"})

    def clean(self, value: Any) -> list[str]:
        text = super().clean(value)
        found = dict.fromkeys(normal_address(each) for each in _pieces(text))
        wrong = [each for each in found if not _is_address(each)]
        if wrong:
            raise ValidationError(gettext("This is no e-mail address: %(what)s") % {"what": ", ".join(wrong[:5])})
        if len(found) > MOST_ADDRESSES:
            raise ValidationError(gettext("At most %(most)d addresses at a time.") % {"most": MOST_ADDRESSES})
        return list(found)


def _pieces(text: str) -> list[str]:
    """ "Anna A <anna@a.se>, bo@b.se" -> ["anna@a.se", "bo@b.se"]."""
    pieces: list[str] = []
    for piece in re.split(r"[,;\n]", text):
        inside = re.search(r"<([^<>]*)>", piece)
        pieces += [inside[1]] if inside else piece.split()
    return [piece.strip() for piece in pieces if piece.strip()]


def _is_address(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return len(text) <= 254


class PeopleForm(forms.Form):
    """Whom to ask, side by side: addresses, and for a coordinator everybody with a role."""

    def __init__(self, *args: Any, sides: Mapping[str, str], actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sides = list(sides)
        for number, (_side, name) in enumerate(sides.items()):
            who = f"{name}: " if len(sides) > 1 else ""
            if actor.acts_as(Role.COORDINATOR):
                self.fields[f"roles_{number}"] = forms.MultipleChoiceField(
                    label=who + gettext("Everybody with one of these roles there"),
                    required=False,
                    widget=forms.CheckboxSelectMultiple,
                    choices=[(role.value, role_label(role.value)) for role in GROUPS],
                )
            self.fields[f"addresses_{number}"] = AddressesField(
                label=who + gettext("E-mail addresses"),
                required=False,
                help_text=_("One a line. Each gets a link of their own, and needs no account."),
            )

    def addresses(self) -> list[tuple[str, str]]:
        """(side, address) of all that were pasted."""
        return [
            (side, address)
            for number, side in enumerate(self.sides)
            for address in self.cleaned_data.get(f"addresses_{number}") or []
        ]

    def roles(self) -> list[tuple[str, Role]]:
        """(side, role) of the groups that were chosen."""
        return [
            (side, Role(role))
            for number, side in enumerate(self.sides)
            for role in self.cleaned_data.get(f"roles_{number}") or []
        ]


class _NodeField(forms.ModelChoiceField):
    def label_from_instance(self, node: Node) -> str:
        return node.name


class AskForm(PeopleForm):
    """Begin a round."""

    #: Made with the page, so that a double click begins one.
    key = forms.RegexField(r"^[0-9a-f]{32}$", widget=forms.HiddenInput)
    title = forms.CharField(
        label=_("What is it about?"), max_length=200, help_text=_("For example: the meeting on 12 March")
    )
    why = forms.CharField(
        label=_("Why do you ask?"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Tell what the answers are for, and what you will do with them."),
    )
    node = _NodeField(label=_("Who asks?"), queryset=Node.objects.none(), empty_label=None)
    mode = forms.ChoiceField(
        label=_("Whose are the answers?"),
        widget=forms.RadioSelect,
        choices=[
            (
                Mode.ANONYMOUS.value,
                HintedChoice(
                    _("Anonymous"), _("Nobody can see who answered what. Nothing is shown of fewer than five answers.")
                ),
            ),
            (
                Mode.NAMED.value,
                HintedChoice(_("With names"), _("You see who answered what, and each who answers is told so.")),
            ),
        ],
    )
    last_day = DateField(label=_("Last day to answer"))

    def __init__(self, *args: Any, sides: Mapping[str, str], actor: Actor, today: date, **kwargs: Any) -> None:
        super().__init__(*args, sides=sides, actor=actor, **kwargs)
        self.today = today
        self.fields["node"].queryset = nodes_to_ask_at(actor)  # type: ignore[attr-defined]
        first = ["key", "title", "why", "node", "mode", "last_day"]
        self.order_fields([*first, *(name for name in self.fields if name not in first)])

    def clean_last_day(self) -> date:
        day: date = self.cleaned_data["last_day"]
        if day < self.today:
            raise ValidationError(gettext("The day has passed. Choose a day from today on."))
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        tried = [name for name in self.fields if name.startswith(("addresses_", "roles_"))]
        if not any(cleaned.get(name) for name in tried) and not any(name in self.errors for name in tried):
            self.add_error("addresses_0", gettext("Write at least one address, or choose a role."))
        return cleaned

    def closes_at(self) -> datetime:
        """The end of the last day, in Sweden."""
        return timezone.make_aware(datetime.combine(self.cleaned_data["last_day"], time(23, 59, 59)))


class PaperForm(SheetForm):
    """A sheet that came on paper, typed in by whoever asked."""

    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, asking: Asking, side: str, words: SetInWords, **kwargs: Any) -> None:
        super().__init__(*args, worded=words.questions, answers={}, **kwargs)
        if asking.mode == Mode.NAMED:
            waiting = Asked.objects.filter(asking=asking, side=side, has_answered=False, blanked_at=None)
            self.fields["asked"] = _AskedField(
                label=_("Who answered?"),
                queryset=waiting.select_related("person").order_by("pk"),
                empty_label=_("Choose"),
            )
            self.order_fields(["asked"])


class _AskedField(forms.ModelChoiceField):
    def label_from_instance(self, asked: Asked) -> str:
        return who_in_words(asked)


class TellForm(forms.Form):
    """What those who asked say of the answers."""

    words = forms.CharField(
        label=_("What do you say of the answers, and what do you do now?"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Everybody who was asked reads it. Also say what you will not do, and why."),
    )


__all__ = ["AskForm", "PaperForm", "PeopleForm", "SheetForm", "TellForm", "field_for"]
