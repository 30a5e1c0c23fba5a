"""What a file is, decided by what is in it."""

from __future__ import annotations

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from samskapa.ground.documents.domain import (
    Kind,
    NotAllowed,
    NotClean,
    NotReadable,
    TooLarge,
    received,
    uploads,
    written_name,
)
from tests.factories.files import PDF, office, open_document, photograph, picture

MOST = 1_000_000


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PDF, Kind.PDF),
        (picture("PNG"), Kind.PNG),
        (picture("JPEG"), Kind.JPEG),
        (picture("WEBP"), Kind.JPEG),
        (picture("WEBP", mode="RGBA"), Kind.PNG),
        ("Vi ses på tisdag.\r\n\tÅsa".encode(), Kind.TEXT),
        (office("word/"), Kind.DOCX),
        (office("xl/"), Kind.XLSX),
        (office("ppt/"), Kind.PPTX),
        (open_document(), Kind.ODT),
        (open_document("application/vnd.oasis.opendocument.spreadsheet"), Kind.ODS),
    ],
)
def test_the_content_decides_whatever_the_name_says(content, kind):
    file = received("faktura.exe", content, most_bytes=MOST)
    assert (file.kind, file.name) == (kind, f"faktura.{kind.value}")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"   \n",
        b"MZ\x90\x00 a program",
        b"\x7fELF",
        b"GIF89a\x01\x00",
        "Smörgås".encode("latin-1"),
        b"a\x00b",
        b"\x1b[31mred",
        office("word/", "word/vbaProject.bin"),
        open_document("application/vnd.oasis.opendocument.text", "Basic/Standard/Module1.xml"),
        office("annat/"),
        open_document("application/zip"),
    ],
)
def test_what_we_do_not_keep(content):
    with pytest.raises(NotAllowed):
        received("brev.pdf", content, most_bytes=MOST)


@pytest.mark.parametrize(
    "content", [b"%PDF-1.7 cut off", picture("PNG")[:60], picture("JPEG")[:200], b"PK\x03\x04 no zip", b"RIFF....WEBP"]
)
def test_what_says_what_it_is_and_is_not(content):
    with pytest.raises(NotReadable):
        received("x", content, most_bytes=MOST)


def test_too_many_bytes_or_pixels(monkeypatch):
    with pytest.raises(TooLarge) as refused:
        received("x.txt", b"a" * 11, most_bytes=10)
    assert refused.value.most == 10
    monkeypatch.setattr(uploads, "MOST_PIXELS", 40 * 30 - 1)
    with pytest.raises(TooLarge) as refused:
        received("x.png", picture("PNG"), most_bytes=MOST)
    assert refused.value.most is None


def test_a_photograph_is_drawn_anew_without_what_the_camera_wrote():
    file = received("IMG_1.jpg", photograph(), most_bytes=MOST)
    assert not any(said in file.content for said in (b"Hemlig", b"kalas", b"Exif", b"sist i filen"))
    with Image.open(BytesIO(file.content)) as drawn:
        assert drawn.size == (30, 40)  # stands up, as it was taken
        assert not drawn.getexif()
        red, _, blue = drawn.getpixel((15, 3))
        assert red > 150 > blue


def test_a_picture_one_sees_through_stays_so():
    file = received("x.png", picture("PNG", mode="RGBA"), most_bytes=MOST)
    with Image.open(BytesIO(file.content)) as drawn:
        assert drawn.getpixel((0, 0)) == (200, 0, 0, 128)


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\anna\\Kallelse 2026.PDF", "Kallelse 2026.pdf"),
        ("kalle\u202egnp.exe", "kalle gnp.pdf"),
        ("", "fil.pdf"),
        (".htaccess", "htaccess.pdf"),
        ("Årsmöte – Čábbá.docx", "Årsmöte – Čábbá.pdf"),
        ("a" * 300, "a" * 100 + ".pdf"),
    ],
)
def test_a_name_that_fools_nobody(name, written):
    assert written_name(name, Kind.PDF) == written


@given(st.text(max_size=200))
def test_any_name_becomes_one_that_fits(name):
    written = written_name(name, Kind.PNG)
    assert written.endswith(".png")
    assert 5 <= len(written) <= 120
    assert not set(written) & set('/\\<>:"|?*\n\r\0')
    assert written_name(written, Kind.PNG) == written


@given(
    st.sampled_from([b"", b"%PDF-", b"PK\x03\x04", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"RIFF"]),
    st.binary(max_size=400),
)
def test_any_bytes_are_kept_or_refused_by_name(head, rest):
    try:
        file = received("x", head + rest, most_bytes=MOST)
    except NotClean:
        return
    assert file.content
    assert file.kind in set(Kind)
