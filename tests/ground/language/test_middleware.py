"""Swedish until one chooses otherwise."""

import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("cookie", "language"),
    [("", "sv"), ("en", "en"), ("sv", "sv"), ("de", "sv"), ("../../etc", "sv"), ("x" * 4000, "sv")],
)
def test_the_page_is_in_the_language_chosen_whatever_the_browser_asks_for(client, cookie, language):
    if cookie:
        client.cookies["django_language"] = cookie
    page = client.get("/komponenter/", headers={"accept-language": "en-US,en;q=0.9"})
    assert page["Content-Language"] == language
    assert f'<html lang="{language}">' in page.text
    assert "Cookie" in page["Vary"]
