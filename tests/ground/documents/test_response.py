"""How a PDF is handed over."""

import pytest

from samskapa.ground.documents.services import pdf_response


def test_it_is_saved_under_its_swedish_name_and_kept_in_no_cache() -> None:
    response = pdf_response(b"%PDF-1.7", "Överenskommelse åäö.pdf")
    assert response.content == b"%PDF-1.7"
    assert dict(response.headers) == {
        "Content-Type": "application/pdf",
        "Content-Disposition": "attachment; filename*=utf-8''%C3%96verenskommelse%20%C3%A5%C3%A4%C3%B6.pdf",
        "Content-Length": "8",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
    }


def test_it_can_be_shown_in_the_browser() -> None:
    assert pdf_response(b"", "a.pdf", inline=True)["Content-Disposition"] == 'inline; filename="a.pdf"'


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("a\r\nSet-Cookie: x.pdf", "a Set-Cookie  x.pdf"),
        ("../../etc/passwd", ".. .. etc passwd"),
        ('a"b.pdf', "a b.pdf"),
        ("\x00/", "samskapa.pdf"),
    ],
)
def test_a_hostile_file_name_does_no_harm(given: str, told: str) -> None:
    assert pdf_response(b"", given)["Content-Disposition"] == f'attachment; filename="{told}"'
