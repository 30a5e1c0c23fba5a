"""What a file is, by what is in it and never by its name; and pictures drawn anew. Pure.

The list is short: what people hand in with an assignment, and what can be opened everywhere without running anything.
"""

from __future__ import annotations

import re
import unicodedata
import warnings
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from PIL import Image, ImageOps

#: More pixels than any camera's picture, and few enough for the memory of a process: 4 bytes each while it is drawn.
MOST_PIXELS = 50_000_000
#: Letters of a name, before the ending.
LONGEST_NAME = 100
#: How well a photograph is kept; above this files grow and nobody sees it.
QUALITY = 88


class Kind(StrEnum):
    """What may be kept. The value is the ending of its name."""

    PDF = "pdf"
    JPEG = "jpg"
    PNG = "png"
    TEXT = "txt"
    DOCX = "docx"
    XLSX = "xlsx"
    PPTX = "pptx"
    ODT = "odt"
    ODS = "ods"
    ODP = "odp"

    @property
    def media_type(self) -> str:
        return _MEDIA[self]


_OFFICE = "application/vnd.openxmlformats-officedocument."
_OPEN = "application/vnd.oasis.opendocument."
_MEDIA = {
    Kind.PDF: "application/pdf",
    Kind.JPEG: "image/jpeg",
    Kind.PNG: "image/png",
    Kind.TEXT: "text/plain; charset=utf-8",
    Kind.DOCX: f"{_OFFICE}wordprocessingml.document",
    Kind.XLSX: f"{_OFFICE}spreadsheetml.sheet",
    Kind.PPTX: f"{_OFFICE}presentationml.presentation",
    Kind.ODT: f"{_OPEN}text",
    Kind.ODS: f"{_OPEN}spreadsheet",
    Kind.ODP: f"{_OPEN}presentation",
}
_OPEN_KINDS = {_MEDIA[kind].encode(): kind for kind in (Kind.ODT, Kind.ODS, Kind.ODP)}
_OFFICE_FOLDERS = {"word/": Kind.DOCX, "xl/": Kind.XLSX, "ppt/": Kind.PPTX}
#: First bytes -> what Pillow calls it. A WebP picture is kept as one of the two that open everywhere.
_PICTURES = {b"\x89PNG\r\n\x1a\n": "PNG", b"\xff\xd8\xff": "JPEG", b"RIFF": "WEBP"}


class NotClean(Exception):
    """A file that is not kept."""


class NotAllowed(NotClean):
    """It is of no kind that we keep, or holds a program."""


class NotReadable(NotClean):
    """It says what it is, but cannot be read as that."""


class TooLarge(NotClean):
    """It has more bytes, or its picture more pixels, than we keep. most: bytes, or None where it is the pixels."""

    def __init__(self, most: int | None = None) -> None:
        super().__init__(most)
        self.most = most


class Infected(NotClean):
    """The scanner knows it as harmful."""


class ScannerSilent(NotClean):
    """The scanner did not answer: nothing is kept unseen."""


@dataclass(frozen=True, slots=True)
class Received:
    """A file as it is kept. name: with the ending of its kind. content: its bytes, a picture's drawn anew."""

    name: str
    kind: Kind
    content: bytes


@dataclass(frozen=True, slots=True)
class Link:
    """What a signed link says: which file (hexadecimal), and for whom; None: for anybody who has it."""

    upload: str
    person_id: int | None


def received(name: str, content: bytes, *, most_bytes: int) -> Received:
    """The file as it may be kept.

    name: as the sender's machine calls it. content: all of it.
    Raises TooLarge, NotAllowed, NotReadable.
    """
    if len(content) > most_bytes:
        raise TooLarge(most_bytes)
    picture = next((form for head, form in _PICTURES.items() if content.startswith(head)), None)
    if picture:
        kind, content = _drawn_anew(content, picture)
    elif content.startswith(b"%PDF-"):
        kind = _pdf(content)
    elif content.startswith(b"PK\x03\x04"):
        kind = _in_a_zip(content)
    else:
        kind = _text(content)
    return Received(written_name(name, kind), kind, content)


def written_name(name: str, kind: Kind) -> str:
    """A name that every system can write and nobody is fooled by: no folders, no hidden or turning characters, and
    the ending that the content has."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    seen = "".join(" " if unicodedata.category(c)[0] in "CZ" else c for c in last)
    stem = re.sub(r'[<>:"|?*]', " ", seen.rpartition(".")[0] or seen)
    return f"{' '.join(stem.split()).strip('. ')[:LONGEST_NAME].strip() or 'fil'}.{kind.value}"


def _drawn_anew(content: bytes, form: str) -> tuple[Kind, bytes]:
    """The same picture, turned as it was taken, with nothing else that the file held: no place, camera or hidden
    thumbnail, and no bytes after its end."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pillow's own warning about size: ours is the limit
        try:
            with Image.open(BytesIO(content), formats=[form]) as picture:
                if picture.width * picture.height > MOST_PIXELS:
                    raise TooLarge
                picture.load()
                turned = ImageOps.exif_transpose(picture)
        except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as problem:
            raise NotReadable from problem
    see_through = turned.mode in ("RGBA", "LA", "PA") or "transparency" in turned.info
    kind = Kind.PNG if form == "PNG" or see_through else Kind.JPEG
    plain = turned.convert("RGBA" if see_through else "RGB")
    plain.info = {}
    drawn = BytesIO()
    if kind is Kind.PNG:
        plain.save(drawn, "PNG", optimize=False)
    else:
        plain.save(drawn, "JPEG", quality=QUALITY)
    return kind, drawn.getvalue()


def _pdf(content: bytes) -> Kind:
    """Readers want the end mark within the last kilobyte; a page of the web that calls itself PDF has none."""
    if b"%%EOF" not in content[-1024:]:
        raise NotReadable
    return Kind.PDF


def _in_a_zip(content: bytes) -> Kind:
    """A document of an office program, by the list of its parts; nothing is unpacked."""
    try:
        with ZipFile(BytesIO(content)) as box:
            names = box.namelist()
            mark = box.read("mimetype") if "mimetype" in names and box.getinfo("mimetype").file_size < 100 else b""
    except (BadZipFile, ValueError, NotImplementedError, OSError, RuntimeError, EOFError) as problem:
        raise NotReadable from problem
    if any(_is_a_program(name) for name in names):
        raise NotAllowed
    if mark in _OPEN_KINDS:
        return _OPEN_KINDS[mark]
    kinds = {kind for folder, kind in _OFFICE_FOLDERS.items() if any(name.startswith(folder) for name in names)}
    if "[Content_Types].xml" not in names or len(kinds) != 1:
        raise NotAllowed
    return kinds.pop()


def _is_a_program(name: str) -> bool:
    """Macros, in either family of programs, and embedded objects that run."""
    lowered = name.lower()
    return lowered.endswith(("vbaproject.bin", ".exe", ".js", ".vbs")) or lowered.startswith(("basic/", "scripts/"))


def _text(content: bytes) -> Kind:
    try:
        said = content.decode("utf-8")
    except UnicodeDecodeError as problem:
        raise NotAllowed from problem
    if not said.strip() or any(unicodedata.category(c) == "Cc" and c not in "\n\r\t" for c in said):
        raise NotAllowed
    return Kind.TEXT
