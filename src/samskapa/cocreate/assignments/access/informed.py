"""The doorways: what one follows, one's saved searches, and the addresses that work without logging in."""

from __future__ import annotations

from dataclasses import dataclass

from django.core import signing
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from samskapa.ground.core.domain import Actor

from ..models import Follow, SavedSearch
from ..queries.informed import follows_of, searches_of

_STOP, _FEED = "samskapa.stop-news", "samskapa.search-feed"


def may_follow(actor: Actor) -> bool:
    """Whoever is logged in, for themselves: a coordinator who helps somebody does not choose what they hear."""
    return actor.person_id is not None and actor.for_person_id is None


def own_follow(actor: Actor, pk: int) -> Follow:
    """What one follows. Else 404."""
    return get_object_or_404(follows_of(actor), pk=pk)


def own_search(actor: Actor, pk: int) -> SavedSearch:
    """One's own search. Else 404."""
    return get_object_or_404(searches_of(actor), pk=pk)


@dataclass(frozen=True, slots=True)
class Stop:
    """What a link in a mail ends: that a person follows an assignment, or a saved search. Only one is given.

    person_id: whose it is. title: what it is called.
    """

    person_id: int
    title: str
    follow: Follow | None = None
    search: SavedSearch | None = None


def stop_following_path(person_id: int, assignment_id: int) -> str:
    """The path by which the reader of a mail ends it without logging in. It works as long as there is anything to
    end."""
    token = signing.dumps(["follow", person_id, assignment_id], salt=_STOP)
    return reverse("assignments:stop_news", args=[token])


def stop_search_path(search: SavedSearch) -> str:
    """The same for a saved search."""
    token = signing.dumps(["search", search.person_id, search.pk], salt=_STOP)
    return reverse("assignments:stop_news", args=[token])


def stop_of(token: str) -> Stop | None:
    """What the link ends; None where it has ended already. 404: not ours."""
    try:
        what, person_id, pk = signing.loads(token, salt=_STOP)
    except signing.BadSignature as error:
        raise Http404 from error
    if what == "follow":
        follow = Follow.objects.filter(person_id=person_id, assignment_id=pk).select_related("assignment").first()
        return Stop(person_id, follow.assignment.title, follow=follow) if follow else None
    search = SavedSearch.objects.filter(person_id=person_id, pk=pk).first()
    return Stop(person_id, search.name, search=search) if search else None


def feed_path(search: SavedSearch) -> str:
    """The secret address of the search's feed. Whoever has it reads what is open and fits, and what it is called."""
    token = signing.dumps([search.pk, search.feed_number], salt=_FEED)
    return reverse("assignments:search_atom", args=[token])


def search_of_feed(token: str) -> SavedSearch:
    """The search whose feed it is. Else 404: not ours, renewed since, or nobody's any more."""
    try:
        pk, number = signing.loads(token, salt=_FEED)
    except signing.BadSignature as error:
        raise Http404 from error
    found = SavedSearch.objects.filter(person__is_active=True).select_related("area", "place")
    return get_object_or_404(found, pk=pk, feed_number=number)
