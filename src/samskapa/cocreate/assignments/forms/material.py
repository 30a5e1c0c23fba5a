"""The forms of material: a file with its title and for whom, and why it is taken away."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samskapa.ground.design.forms import HintedChoice
from samskapa.ground.documents.forms import UploadField

from ..domain.material import LONGEST_TITLE, LONGEST_WHY, Audience
from .open import words


def _what_can_be_taken() -> str:
    return gettext(
        "PDF, picture, text, or a document from Word, Excel, PowerPoint or LibreOffice without macros. %(most)s MB at "
        "most."
    ) % {"most": settings.FILES_MOST_BYTES // 1_000_000}


class ChangeMaterialForm(forms.Form):
    """What it is called, and for whom it is."""

    title = forms.CharField(
        label=_("What is it?"),
        help_text=_("In plain words, so that one knows whether to open it. For example: The letter as it reads today."),
        max_length=LONGEST_TITLE,
        error_messages={"required": _("Write what it is.")},
    )
    audience = forms.ChoiceField(
        label=_("For whom is it?"),
        choices=[
            (
                Audience.EVERYBODY.value,
                HintedChoice(_("Everybody"), _("On the assignment's own page, once it is open.")),
            ),
            (
                Audience.CHOSEN.value,
                HintedChoice(_("Those who are chosen"), _("On their own pages. We write to them when it has come.")),
            ),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose for whom it is.")},
    )

    def clean_audience(self) -> Audience:
        return Audience(self.cleaned_data["audience"])


class MaterialForm(ChangeMaterialForm):
    """The same with the file."""

    file = UploadField(
        label=_("The file"),
        help_text=lazy(_what_can_be_taken, str)(),
        error_messages={"required": _("Choose a file.")},
    )

    field_order = ["file", "title", "audience"]

    def clean(self) -> dict[str, Any] | None:
        """A browser forgets the file when a form comes back, so that is said beside it."""
        cleaned = super().clean()
        if self.errors and "file" not in self.errors:
            self.add_error("file", _("Choose the file once more: it was not kept, as something else was missing."))
        return cleaned


class RemoveMaterialForm(forms.Form):
    reason = words(
        _("Why is it taken away?"),
        LONGEST_WHY,
        rows=3,
        help_text=_("It is kept with who took it away and when. Nobody who reads the page sees it."),
    )
