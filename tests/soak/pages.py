"""Reads forms out of pages, as a browser does: what would be sent, where, and what stands in the fields."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from lxml import html


@dataclass
class FoundForm:
    """A form of a page. path: where it goes. pairs: what a browser would send untouched. kinds: name -> "textarea",
    "select" or the type of the input. choices: name -> the values one can choose among."""

    path: str
    method: str
    pairs: list[tuple[str, str]]
    kinds: dict[str, str] = field(default_factory=dict)
    choices: dict[str, list[str]] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)

    def filled(self, **values: str | list[str]) -> list[tuple[str, str]]:
        """What is sent with `values` in the fields of those names."""
        rest = [(name, value) for name, value in self.pairs if name not in values]
        typed = [
            (name, each) for name, value in values.items() for each in (value if isinstance(value, list) else [value])
        ]
        return [*rest, *typed]


def forms_of(text: str, address: str) -> list[FoundForm]:
    """All forms of a page, also those whose fields stand elsewhere on it (`form=`)."""
    document = html.document_fromstring(text)
    by_id = {form.get("id"): form for form in document.iter("form") if form.get("id")}
    found = []
    for form in document.iter("form"):
        mine = [e for e in form.iter("input", "textarea", "select", "button") if not e.get("form")]
        mine += [e for e in document.xpath("//*[@form]") if by_id.get(e.get("form")) is form]
        path = urlsplit(urljoin(address, form.get("action") or address)).path
        one = FoundForm(path=path, method=(form.get("method") or "get").lower(), pairs=[])
        for element in mine:
            _add(one, element)
        found.append(one)
    return found


def opening_links(text: str, address: str) -> list[str]:
    """Addresses of the links by which a page shows more of itself: the page's own, with a query."""
    own = urlsplit(address).path
    found = (urlsplit(urljoin(address, href)) for href in html.document_fromstring(text).xpath("//main//a/@href"))
    return list(dict.fromkeys(f"{own}?{link.query}" for link in found if link.path == own and link.query))


def _add(form: FoundForm, element) -> None:
    name = element.get("name")
    if not name:
        return
    if element.tag == "button":
        form.buttons.append((name, element.get("value") or ""))
        return
    if element.tag == "textarea":
        form.kinds[name] = "textarea"
        form.pairs.append((name, (element.text or "").removeprefix("\n")))
        return
    if element.tag == "select":
        form.kinds[name] = "select"
        options = [option.get("value", option.text or "") for option in element.iter("option")]
        form.choices[name] = options
        chosen = [o.get("value", o.text or "") for o in element.iter("option") if o.get("selected") is not None]
        form.pairs.extend((name, value) for value in chosen or options[:1])
        return
    is_fixed = element.get("readonly") is not None or element.get("hidden") is not None
    kind = "hidden" if is_fixed else (element.get("type") or "text").lower()
    form.kinds[name] = kind
    if kind in ("radio", "checkbox"):
        form.choices.setdefault(name, []).append(element.get("value") or "on")
        if element.get("checked") is not None:
            form.pairs.append((name, element.get("value") or "on"))
    else:
        form.pairs.append((name, element.get("value") or ""))


def shown_values(text: str) -> set[str]:
    """Everything that stands in a field of the page, as one types it: line breaks and blanks made one kind."""
    document = html.document_fromstring(text)
    values = [e.get("value") or "" for e in document.iter("input")]
    values += [e.text or "" for e in document.iter("textarea")]
    return {plain(value) for value in values}


def plain(text: str) -> str:
    return " ".join(text.split())
