"""What a file is, in words."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from samskapa.ground.documents.domain import Kind
from samskapa.ground.documents.models import Upload
from samskapa.ground.documents.templatetags.files import file_in_words


@pytest.mark.parametrize(
    ("kind", "size", "swedish", "english"),
    [
        ("pdf", 1, "PDF, 1\u00a0kB", "PDF, 1\u00a0kB"),
        ("pdf", 1000, "PDF, 1\u00a0kB", "PDF, 1\u00a0kB"),
        ("jpg", 1001, "Bild, 2\u00a0kB", "Picture, 2\u00a0kB"),
        ("txt", 999_000, "Text, 999\u00a0kB", "Text, 999\u00a0kB"),
        ("docx", 999_001, "Word, 1,0\u00a0MB", "Word, 1.0\u00a0MB"),
        ("ods", 1_200_001, "LibreOffice Calc, 1,3\u00a0MB", "LibreOffice Calc, 1.3\u00a0MB"),
    ],
)
def test_kind_and_size_rounded_up(kind, size, swedish, english):
    upload = Upload(kind=kind, size=size)
    for language, said in (("sv", swedish), ("en", english)):
        with override(language):
            assert file_in_words(upload) == said


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_has_its_word(kind):
    assert file_in_words(Upload(kind=kind.value, size=240_000)).endswith(", 240\u00a0kB")
