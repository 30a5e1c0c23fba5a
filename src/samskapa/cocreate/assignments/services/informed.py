"""Follow, save a search, and tell those who did."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse

from samskapa.ground.core.domain import Actor
from samskapa.ground.core.services import publish, queue_mail, record
from samskapa.ground.people.services import lock_person

from ..access.informed import stop_following_path, stop_search_path
from ..domain.applying import person_of
from ..domain.informed import MOST_SEARCHES, EnoughSearches, NameTaken, News
from ..models import Assignment, Follow, PublicQuestion, SavedSearch, ToldBack
from ..queries import informed as queries
from ..queries.open import Filters
from ..queries.year import year_of
from .telling import tell


@transaction.atomic
def follow(assignment: Assignment, *, by: Actor, now: datetime) -> Follow:
    """Hear from now on what happens to it. Twice is once."""
    found, is_new = Follow.objects.get_or_create(
        assignment=assignment, person_id=person_of(by.person_id), defaults={"since": now}
    )
    if is_new:
        record("assignments.followed", by=by, at=now, on=assignment)
    return found


@transaction.atomic
def unfollow(assignment: Assignment, *, by: Actor, now: datetime) -> None:
    """Hear no more of it. Twice is once."""
    gone, _ = Follow.objects.filter(assignment=assignment, person_id=person_of(by.person_id)).delete()
    if gone:
        record("assignments.unfollowed", by=by, at=now, on=assignment)


@transaction.atomic
def save_search(*, name: str, filters: Filters, by: Actor, now: datetime) -> SavedSearch:
    """Keep what the list is filtered by, under a name of one's own. The same name for the same filters is one search.

    Raises NameTaken, EnoughSearches.
    """
    person = lock_person(person_of(by.person_id))
    name = " ".join(name.split())
    wanted = {
        "area": filters.area,
        "place": filters.place,
        "contribution": filters.contribution,
        "digital": filters.digital,
    }
    known = SavedSearch.objects.filter(person=person, name=name).select_related("area", "place").first()
    if known and queries.filters_of(known) == filters:
        return known
    if known:
        raise NameTaken
    if SavedSearch.objects.filter(person=person).count() >= MOST_SEARCHES:
        raise EnoughSearches
    search = SavedSearch.objects.create(person=person, name=name, saved_at=now, **wanted)
    record("assignments.search_saved", by=by, at=now, on=search)
    return search


@transaction.atomic
def remove_search(search: SavedSearch, *, by: Actor, now: datetime) -> None:
    """Look for it no more. Twice is once."""
    record("assignments.search_removed", by=by, at=now, on=search)
    SavedSearch.objects.filter(pk=search.pk).delete()


@transaction.atomic
def renew_feed(search: SavedSearch, *, by: Actor, now: datetime) -> SavedSearch:
    """Give the search's feed a new address; the old one leads nowhere from now on."""
    search = SavedSearch.objects.select_for_update().get(pk=search.pk)
    search.feed_number += 1
    search.save(update_fields=["feed_number"])
    record("assignments.search_feed_renewed", by=by, at=now, on=search)
    return search


# --- telling --------------------------------------------------------------------------------------


def publish_news(assignment: Assignment, news: News, *, key: str, now: datetime, thing_id: int = 0) -> None:
    """Let those who follow it know, once per `key`. They may be many: a job tells them after commit.

    thing_id: of the question answered, or of what was told back.
    """
    publish(
        "assignments.news",
        now=now,
        key=f"{news.value}-{key}",
        assignment_id=assignment.pk,
        news=news.value,
        key_of_news=key,
        thing_id=thing_id,
        at=now.isoformat(),
    )


def tell_followers(
    assignment: Assignment, news: News, *, key: str, thing_id: int, happened_at: datetime, by: Actor, now: datetime
) -> int:
    """Tell those who follow it, each once: a person is a transaction of their own, and the mails' keys make running
    again harmless. Returns how many follow it."""
    if news is News.ANSWERED and not PublicQuestion.objects.filter(pk=thing_id, hidden_at=None).exists():
        return 0  # it was taken down at once
    params = _params(assignment, news, thing_id)
    count = 0
    for person_id in list(queries.followers_to_tell(assignment, news, thing_id, until=happened_at)):
        tell(
            "followed",
            [person_id],
            assignment,
            key=f"followed-{news.value}-{key}",
            now=now,
            news=news.value,
            stop=stop_following_path(person_id, assignment.pk),
            **params,
        )
        count += 1
    return count


def _params(assignment: Assignment, news: News, thing_id: int) -> dict[str, Any]:
    """What the mail needs beside the assignment's name."""
    if news is News.ANSWERED:
        return {}  # a question can be taken down until the mail leaves, so it is read on the page
    if news is News.TOLD_BACK:
        told = ToldBack.objects.filter(pk=thing_id).first()
        return {"text": told.text if told else ""}
    if news is News.CALLED_OFF:
        return {"text": assignment.cancelled_reason}
    return {"closes_on": assignment.closes_on.isoformat() if assignment.closes_on else ""}


def tell_searchers(assignment: Assignment, *, by: Actor, now: datetime) -> int:
    """Tell those whose saved search a new assignment fits, each once whatever they have saved. Running again tells
    nobody twice. Returns how many there are."""
    count = 0
    for search in list(queries.searches_that_fit(assignment)):
        queue_mail(
            "assignments/found",
            to=search.person_id,
            key=f"assignments.found-{assignment.pk}",
            now=now,
            matter=matter_of_search(search.pk),
            title=search.name,
            found=assignment.title,
            unit=assignment.unit.name if assignment.unit else assignment.area.name,
            closes_on=assignment.closes_on.isoformat() if assignment.closes_on else "",
            path=reverse("assignments:assignment", args=[assignment.pk]),
            stop=stop_search_path(search),
        )
        count += 1
    return count


def matter_of_search(search_id: int) -> str:
    """What a digest and its reader's choices call a saved search."""
    return f"assignments.savedsearch:{search_id}"


def blank_followed_by(person_id: int, *, by: Actor, now: datetime) -> None:
    """Nothing of what the person followed and looked for is left."""
    Follow.objects.filter(person_id=person_id).delete()
    SavedSearch.objects.filter(person_id=person_id).delete()


def tell_year(person_id: int, year: int, *, by: Actor, now: datetime) -> bool:
    """Write to the person what they did in a year and what came of it, once. Nothing happened: no mail. Returns whether
    there is one."""
    found = year_of(person_id, year)
    if found.is_empty:
        return False
    queue_mail(
        "assignments/year",
        to=person_id,
        key=f"assignments.year-{year}",
        now=now,
        matter=f"assignments.year:{year}",
        year=year,
        applied=found.applied,
        agreed=found.agreed,
        told=[{"title": title, "text": text} for title, text in found.told],
        asked=found.asked,
        path=reverse("pages:my_page"),
    )
    return True
