"""The open list for machines: JSON and Atom. Shapes and promises: docs/open-list.md."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from django.views.decorators.http import conditional_page, require_safe

from samskapa.ground.language.templatetags.reader import day
from samskapa.ground.organisations.models import Node

from ..access.informed import search_of_feed
from ..domain import Contribution
from ..domain.days import as_rows
from ..models import Assignment, SavedSearch
from ..queries import open as queries
from ..queries.informed import address_of, filters_of
from ..queries.need import fixed_days_of
from ..queries.wording import CONTRIBUTION, FORM, INFLUENCE, fixed_day

#: The shape of the list; grows when a field changes its meaning or goes. New fields may come at any time.
VERSION = 1


def _node(node: Node | None) -> dict[str, Any] | None:
    return None if node is None else {"name": node.name, "code": node.code}


def _choice(value: str, table) -> dict[str, str] | None:
    return {"key": value, "label": str(table[value])} if value else None


def _as_json(assignment: Assignment) -> dict[str, Any]:
    return {
        "id": assignment.pk,
        "url": settings.SITE_URL + reverse("assignments:assignment", args=[assignment.pk]),
        "title": assignment.title,
        "why": assignment.why,
        "expected": assignment.expected,
        "experience": assignment.experience,
        "unit": assignment.unit.name if assignment.unit else "",
        "area": _node(assignment.area),
        "influence": _choice(assignment.influence, INFLUENCE),
        "contribution": _choice(assignment.contribution, CONTRIBUTION),
        "form": _choice(assignment.form, FORM),
        "place": assignment.place,
        "municipality": _node(assignment.municipality),
        "people_wanted": assignment.people_wanted,
        "is_standing": assignment.is_standing,
        "occasions": assignment.occasions,
        "minutes_each": assignment.minutes_each,
        "reading_minutes": assignment.reading_minutes,
        "total_minutes": queries.total_minutes(assignment),
        "starts_on": assignment.starts_on.isoformat() if assignment.starts_on else None,
        "days": [
            {**row, "starts": row["starts"] or None, "ends": row["ends"] or None}
            for row in as_rows(fixed_days_of(assignment))
        ],
        "pay": {
            "kind": assignment.pay or None,
            "each_ore": assignment.pay_each_ore,
            "reading_ore": assignment.pay_reading_ore,
        },
        "published_at": assignment.published_at.isoformat() if assignment.published_at else None,
        "closes_on": assignment.closes_on.isoformat() if assignment.closes_on else None,
        "answer_by": assignment.answer_by.isoformat() if assignment.answer_by else None,
    }


@require_safe
@conditional_page
def open_json(request: HttpRequest) -> HttpResponse:
    """The same list, the same filters and the same order as the page, at most 50 at a time. Always in Swedish."""
    today = timezone.localdate(timezone.now())
    filters = queries.filters_from(request.GET)
    found = queries.open_assignments(today, filters).prefetch_related("fixed_days")
    page = Paginator(found, queries.JSON_PAGE).get_page(request.GET.get("page"))
    following = None
    if page.has_next():
        query = request.GET.copy()
        query["page"] = str(page.next_page_number())
        following = f"{settings.SITE_URL}{request.path}?{query.urlencode()}"
    with override("sv"):
        body = {
            "version": VERSION,
            "count": page.paginator.count,
            "next": following,
            "assignments": [_as_json(assignment) for assignment in page],
        }
    response = JsonResponse(body, json_dumps_params={"ensure_ascii": False})
    response["Access-Control-Allow-Origin"] = "*"  # open data: any page may read it, without cookies
    return response


class _AtomWithIds(Atom1Feed):
    """Atom, in which an empty feed says the same from one fetch to the next."""

    def latest_post_date(self):
        dates = [item["updateddate"] for item in self.items if item["updateddate"]]
        return max(dates) if dates else _START


#: When nothing has been open yet: any fixed moment will do.
_START = datetime(2026, 1, 1, tzinfo=UTC)


def _tag(what: str) -> str:
    """A name that stays although the address of a page may change (RFC 4151)."""
    return f"tag:{urlsplit(settings.SITE_URL).hostname},2026:{what}"


def _newest(found: QuerySet[Assignment]) -> QuerySet[Assignment]:
    """What a feed holds, with what its texts are made of."""
    return found.prefetch_related("fixed_days").order_by("-published_at", "-pk")[: queries.FEED]


class OpenFeed(Feed):
    """The open assignments, the newest first."""

    feed_type = _AtomWithIds
    title = gettext_lazy("Assignments where your experience is needed")
    subtitle = gettext_lazy("Everything one can apply to today, from Samskapa.")
    link = reverse_lazy("assignments:open")
    language = "sv"

    def feed_guid(self) -> str:
        return _tag("uppdrag")

    def items(self):
        today = timezone.localdate(timezone.now())
        return _newest(queries.open_assignments(today))

    def item_title(self, item: Assignment) -> str:
        return item.title

    def item_description(self, item: Assignment) -> str:
        last = _("Apply by %(day)s at the latest.") % {"day": day(item.closes_on)}
        days = ", ".join(fixed_day(each) for each in fixed_days_of(item))
        when = _("Days: %(days)s.") % {"days": days} if days else ""
        return "\n\n".join(text for text in (item.why, item.expected, when, last) if text)

    def item_link(self, item: Assignment) -> str:
        return reverse("assignments:assignment", args=[item.pk])

    def item_guid(self, item: Assignment) -> str:
        return _tag(f"uppdrag/{item.pk}")

    def item_pubdate(self, item: Assignment):
        return item.published_at

    def item_updateddate(self, item: Assignment):
        return item.published_at

    def item_author_name(self, item: Assignment) -> str:
        return item.unit.name if item.unit else item.area.name

    def item_categories(self, item: Assignment) -> list[str]:
        return [str(CONTRIBUTION[Contribution(item.contribution)])] if item.contribution else []


class SearchFeed(OpenFeed):
    """The open assignments that fit a saved search, the newest first. It tells nobody whose it is."""

    subtitle = gettext_lazy("New assignments that fit a saved search, from Samskapa.")

    def get_object(self, request: HttpRequest, token: str) -> SavedSearch:
        return search_of_feed(token)

    def title(self, search: SavedSearch) -> str:  # type: ignore[override]
        return search.name

    def link(self, search: SavedSearch) -> str:  # type: ignore[override]
        return f"{reverse('assignments:open')}?{address_of(filters_of(search))}"

    def feed_guid(self, search: SavedSearch) -> str:  # type: ignore[override]
        return _tag(f"sokning/{search.pk}")

    def items(self, search: SavedSearch):  # type: ignore[override]
        found = queries.open_assignments(timezone.localdate(timezone.now()), filters_of(search))
        return _newest(found)


_feed, _search_feed = OpenFeed(), SearchFeed()


@require_safe
@conditional_page
def open_atom(request: HttpRequest) -> HttpResponse:
    """The list as an Atom feed, in Swedish."""
    with override("sv"):
        return _feed(request)


@require_safe
@conditional_page
def search_atom(request: HttpRequest, token: str) -> HttpResponse:
    """A saved search as an Atom feed, in Swedish, at an address that only its owner knows."""
    with override("sv"):
        response = _search_feed(request, token=token)
    response["Cache-Control"] = "private"
    return response
