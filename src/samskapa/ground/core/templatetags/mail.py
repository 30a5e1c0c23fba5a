"""Tags and filters for mail templates: `{% load mail %}`."""

from __future__ import annotations

from datetime import date, datetime

from django import template
from django.conf import settings

from ..domain import LinkLeavesTheSite, MailIsUnfinished

register = template.Library()


@register.simple_tag
def link(path: str) -> str:
    """The whole address of a path on our own site. Raises LinkLeavesTheSite."""
    if path.startswith(settings.SITE_URL + "/"):
        return path
    if not path.startswith("/"):
        raise LinkLeavesTheSite(path.partition(":")[0])
    return settings.SITE_URL + path


@register.filter
def one_line(text: str) -> str:
    """Line breaks and runs of spaces become one space: nothing typed by a person can begin a new header."""
    return " ".join(text.split())


@register.filter
def moment(text: str) -> datetime:
    """A moment that came through the outbox as ISO text."""
    return datetime.fromisoformat(text)


@register.filter
def date_of(text: str) -> date:
    """A date that came through the outbox as ISO text."""
    return date.fromisoformat(text)


@register.simple_tag
def must_be_said(what: str) -> str:
    """Stands where a mail has to say something of its own. Raises MailIsUnfinished."""
    raise MailIsUnfinished(what)


@register.filter
def underlined(text: str) -> str:
    """A line as long as the heading above it."""
    return "=" * min(len(text), 72)
