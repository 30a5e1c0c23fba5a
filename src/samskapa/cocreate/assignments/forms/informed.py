"""The name of a saved search, and how soon one wants to know of one thing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samskapa.ground.core.domain import Pace
from samskapa.ground.notices.queries import PACES, topic_called

from ..domain.informed import LONGEST_NAME

#: In the place of a pace: nothing of its own.
AS_ALL = "as_all"


class SearchForm(forms.Form):
    """What to call it."""

    name = forms.CharField(
        label=_("What do you want to call the search?"),
        help_text=_("The name stands in the mails about it. Only you see it, and whoever you give the feed's address."),
        max_length=LONGEST_NAME,
    )


class PaceForm(forms.Form):
    """How soon, of one thing; AS_ALL: as of its topic."""

    def __init__(self, *args: Any, topic: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = topic_called(topic)
        offered = found.choices if found else tuple(Pace)
        self.fields["pace"] = forms.ChoiceField(
            label=_("How soon do you want to know?"),
            choices=[(AS_ALL, _("As I have chosen for all")), *((pace.value, PACES[pace]) for pace in offered)],
        )

    @property
    def pace(self) -> Pace | None:
        """What was chosen. Once the form is valid."""
        chosen = self.cleaned_data["pace"]
        return None if chosen == AS_ALL else Pace(chosen)
