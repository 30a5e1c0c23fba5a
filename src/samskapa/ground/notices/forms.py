"""How soon one wants to know of what, and when the digest comes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from samskapa.ground.core.domain import Pace, Topic

from .domain import HOURS, Wishes
from .queries import PACES, topics


def pace_choices(topic: Topic) -> list[tuple[str, Any]]:
    """What the topic offers, as a field takes it."""
    return [(pace.value, PACES[pace]) for pace in topic.choices]


class ChooseForm(forms.Form):
    """A field for each topic that offers a choice, then the hour and the day of the digest."""

    def __init__(self, *args: Any, wishes: Wishes, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = [topic for topic in topics() if len(topic.choices) > 1]
        for topic in self.offered:
            self.fields[topic.key] = forms.ChoiceField(
                label=topic.title,
                help_text=f"{topic.what} {topic.fixed}".strip(),
                choices=pace_choices(topic),
                initial=chosen(wishes, topic).value,
            )
        self.fields["hour"] = forms.TypedChoiceField(
            label=_("At what hour?"),
            help_text=_("Then comes what you want once a day or once a week, in one mail."),
            choices=[(hour, f"{hour}.00") for hour in HOURS],
            coerce=int,
            initial=wishes.hour,
        )
        self.fields["weekday"] = forms.TypedChoiceField(
            label=_("Which day, for what comes once a week?"),
            choices=list(WEEKDAYS.items()),
            coerce=int,
            initial=wishes.weekday,
        )

    @property
    def paces(self) -> dict[str, Pace]:
        """Topic's key -> what was chosen. Once the form is valid."""
        return {topic.key: Pace(self.cleaned_data[topic.key]) for topic in self.offered}


def chosen(wishes: Wishes, topic: Topic) -> Pace:
    """What the person has chosen for the topic, whether they want a digest or not."""
    found = wishes.chosen.get((topic.key, ""), topic.pace)
    return found if found in topic.choices else topic.pace
