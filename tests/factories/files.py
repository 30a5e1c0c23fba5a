"""Files as people send them."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_STORED, ZipFile

from PIL import Image

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
#: What every virus scanner knows and nobody is harmed by (eicar.org), in two halves so that none finds this file.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR" + rb"-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def picture(form: str = "JPEG", *, size: tuple[int, int] = (40, 30), mode: str = "RGB", **how) -> bytes:
    """A picture, left half red and right half blue."""
    drawn = Image.new(mode, size, (200, 0, 0, 128)[: len(mode)])
    drawn.paste((0, 0, 200, 255)[: len(mode)], (size[0] // 2, 0, size[0], size[1]))
    out = BytesIO()
    drawn.save(out, form, **how)
    return out.getvalue()


def photograph() -> bytes:
    """As a phone takes it: lying on its side, with place, maker and a thumbnail's worth of words."""
    exif = Image.Exif()
    exif[0x0112] = 6  # turn a quarter to the right
    exif[0x010F] = "Hemlig Kamera"
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (59.0, 19.0, 30.0)
    return picture(exif=exif.tobytes(), comment=b"Annas kalas") + b"PK\x03\x04 sist i filen"


def office(folder: str = "word/", *more: str) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w") as box:
        for name in ("[Content_Types].xml", f"{folder}document.xml", *more):
            box.writestr(name, "<x/>")
    return out.getvalue()


def open_document(media: str = "application/vnd.oasis.opendocument.text", *more: str) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w") as box:
        box.writestr("mimetype", media, ZIP_STORED)
        for name in ("content.xml", *more):
            box.writestr(name, "<x/>")
    return out.getvalue()
