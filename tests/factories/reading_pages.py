"""What a page says, and what its form would send."""

from __future__ import annotations

from lxml.html import document_fromstring


def words(response) -> str:
    return " ".join(document_fromstring(response.content.decode()).text_content().split())


def fields(response, number: int = -1) -> dict[str, str]:
    """What the page's last form would send as it stands."""
    forms = document_fromstring(response.content.decode()).forms
    form = [form for form in forms if form.method == "POST" and "/frag" in (form.action or "/frag")][number]
    return {name: value for name, value in form.fields.items() if value is not None}
