"""What is wrong with a file is said where it was chosen, in plain Swedish."""

from __future__ import annotations

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile

from samskapa.ground.documents.domain import Infected, Kind, ScannerSilent, uploads
from samskapa.ground.documents.forms import UploadField, said_of
from tests.factories.files import PDF, picture


class Form(forms.Form):
    file = UploadField(label="Fil", required=False)


def filled(content: bytes, name: str = "fil.pdf") -> Form:
    return Form({}, {"file": SimpleUploadedFile(name, content)})


def test_a_good_file_is_what_the_service_wants():
    form = filled(PDF, "Kallelse.PDF")
    assert form.is_valid(), form.errors
    file = form.cleaned_data["file"]
    assert (file.name, file.kind, file.content) == ("Kallelse.pdf", Kind.PDF, PDF)


def test_none_is_fine_where_none_is_wanted():
    form = Form({}, {})
    assert form.is_valid()
    assert form.cleaned_data["file"] is None


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"MZ\x90\x00", "Vi kan inte ta emot den sortens fil."),
        (b"%PDF-", "Filen går inte att läsa."),
        (b"", "Den skickade filen är tom."),
        (b"a" * 1_000_001, "Filen är för stor. Den får vara högst 1 MB."),
    ],
)
def test_what_is_wrong_is_said(content, said, settings):
    settings.FILES_MOST_BYTES = 1_000_000
    form = filled(content)
    assert not form.is_valid()
    (message,) = form.errors["file"]
    assert message.startswith(said)


def test_a_picture_with_too_many_points(monkeypatch):
    monkeypatch.setattr(uploads, "MOST_PIXELS", 10)
    form = filled(picture("PNG"))
    assert form.errors["file"] == ["Bilden är för stor. Gör den mindre och försök igen."]


def test_the_scanner_is_told_of_in_words():
    assert said_of(Infected()).startswith("Filen verkar innehålla ett virus")
    assert said_of(ScannerSilent()).startswith("Filen kunde inte kontrolleras just nu")
