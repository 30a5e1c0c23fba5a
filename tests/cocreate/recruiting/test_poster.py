"""The poster: what stands on it, for eyes, for a camera and for whoever listens."""

from __future__ import annotations

import io
import re

import pikepdf
import pypdfium2 as pdfium
import pytest
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from samskapa.cocreate.recruiting.domain import Audience, Use
from samskapa.cocreate.recruiting.queries.channels import link_of, short_link
from samskapa.cocreate.recruiting.queries.paper import poster_of
from samskapa.cocreate.recruiting.services import channels
from samskapa.ground.documents.domain.qr import QUIET, qr_rows, qr_svg
from samskapa.ground.documents.services import make_pdf
from samskapa.ground.organisations.domain import Role
from samskapa.ground.organisations.models import RoleGrant
from samskapa.ground.people.models import Person
from tests.factories.organisations import NOW, log_in
from tests.factories.pool import make_group
from tests.factories.qr import read_qr
from tests.factories.recruiting import make_channel

MM = 72 / 25.4


def without_white(rows: list[list[bool]]) -> list[list[bool]]:
    return [row[QUIET:-QUIET] for row in rows[QUIET:-QUIET]]


@settings(max_examples=40, deadline=None)
@given(st.from_regex(r"\Ahttps://[a-z]{1,20}\.[a-z]{1,12}\.se/g/[cdfhjkmprtwx34679]{5}\Z"))
def test_the_code_says_the_address(address):
    assert read_qr(without_white(qr_rows(address))) == address


def test_the_drawing_has_the_same_squares_as_the_code():
    address = "https://samskapa.example.se/g/kwr74"
    rows = qr_rows(address)
    drawn = [[False] * len(rows) for _row in rows]
    for along, down, length in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\3z", qr_svg(address)):
        for square in range(int(length)):
            drawn[int(down)][int(along) + square] = True
    assert drawn == rows
    assert not any(rows[0] + rows[QUIET - 1] + rows[-1])


def poster(client, group, by, channel, sheet: str) -> bytes:
    grant = RoleGrant.objects.get(person_id=by.person_id, role=Role.COORDINATOR)
    log_in(client, grant.person, grant)
    answer = client.get(reverse("recruiting:poster", args=[channel.pk]), {"sheet": sheet})
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    return answer.content


@pytest.mark.django_db
@pytest.mark.parametrize(("sheet", "millimetres"), [("a4", (210, 297)), ("a3", (297, 420)), ("a5", (210, 297))])
def test_the_poster_is_one_sheet_with_all_that_must_stand_on_it(client, sheet, millimetres):
    group, by = make_group()
    Person.objects.filter(pk=by.person_id).update(phone="000-00 00 01", name="Maja Öberg")
    channel = make_channel(group, by)
    with pdfium.PdfDocument(poster(client, group, by, channel, sheet)) as document:
        assert len(document) == 1
        size = document[0].get_size()
        text = " ".join(document[0].get_textpage().get_text_bounded().split())
    assert [round(side / MM) for side in size] == list(millimetres)
    for said in (
        "Vad skulle du ändra på?",
        "Du kan säga nej varje gång",
        "Du behöver inte berätta någon diagnos.",
        "Du får betalt.",
        "Ring Maja Öberg, 000-00 00 01.",
        short_link(channel),
        group.node.name,
    ):
        assert said in text.replace("\N{NO-BREAK SPACE}", " "), said


@pytest.mark.django_db
@pytest.mark.parametrize("sheet", ["a4", "a3"])
def test_a_camera_finds_the_link_on_the_sheet(client, sheet):
    """The squares are found on the drawn page, in grey as a cheap printer has it, and read."""
    group, by = make_group()
    channel = make_channel(group, by)
    rows = qr_rows(link_of(channel))
    with pdfium.PdfDocument(poster(client, group, by, channel, sheet)) as document:
        image = document[0].render(scale=3, grayscale=True).to_pil()
    k = 3 * MM * (1 if sheet == "a4" else 1.414)
    left, square = (18 - 5) * k, 57 * k / len(rows)
    seen = None
    for top in range(image.height // 3, image.height - int(57 * k)):
        if all(
            (image.getpixel((int(left + (j + 0.5) * square), int(top + (i + 0.5) * square))) < 128) == rows[i][j]
            for i in range(QUIET, len(rows) - QUIET)
            for j in range(QUIET, len(rows) - QUIET)
        ):
            seen = top
            break
    assert seen is not None
    read = [
        [
            image.getpixel((int(left + (j + 0.5) * square), int(seen + (i + 0.5) * square))) < 128
            for j in range(QUIET, len(rows) - QUIET)
        ]
        for i in range(QUIET, len(rows) - QUIET)
    ]
    assert read_qr(read) == link_of(channel)


@pytest.mark.django_db
def test_whoever_listens_hears_the_poster_once_and_what_the_code_is(client):
    group, by = make_group()
    channel = make_channel(group, by)
    with pikepdf.open(io.BytesIO(poster(client, group, by, channel, "a4"))) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang)[:2] == "sv"
        alt = [str(each.Alt) for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and "/Alt" in each]
        assert alt == [f"QR-kod till {short_link(channel)}"]
        assert str(pdf.docinfo.Title if "/Title" in pdf.docinfo else pdf.open_metadata()["dc:title"])


@pytest.mark.django_db
@pytest.mark.parametrize("sheet", ["a4", "a3"])
def test_the_longest_that_may_be_written_still_makes_a_poster(sheet):
    group, by = make_group(pay="x" * 120, lowest_age=13)
    channel = make_channel(group, by)
    channels.save_text(
        channel, Use.NOTICE, heading="Ett ord till " * 6, body="Många ord. " * 136, based_on=0, by=by, now=NOW
    )
    data = poster_of(channel, sheet)
    assert make_pdf("recruiting/poster", data, title=data["title"], at=NOW).startswith(b"%PDF")


@pytest.mark.django_db
@pytest.mark.parametrize("audience", Audience)
def test_every_proposed_poster_fits_on_one_sheet(audience):
    group, by = make_group(
        lowest_age=13, pay="Vi betalar arvode för varje uppdrag, för resan och för det du lägger ut."
    )
    data = poster_of(make_channel(group, by, audience="young" if audience == "municipality" else audience), "a4")
    with pdfium.PdfDocument(make_pdf("recruiting/poster", data, title=data["title"], at=NOW)) as document:
        assert len(document) == 1
