"""Whom a coordinator may help, what was done in somebody's name, and what waits to be posted. Never a write."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samskapa.ground.core.domain import Actor
from samskapa.ground.core.models import AuditEntry, MailState, OutboxMail
from samskapa.ground.organisations.domain import STRONG_ROLES, Role
from samskapa.ground.organisations.models import RoleGrant
from samskapa.ground.organisations.queries import nodes_below
from samskapa.ground.people.domain import swedish_sort_key
from samskapa.ground.people.domain.my_data import Fact, Row
from samskapa.ground.people.models import Person, display_name
from samskapa.ground.people.queries import in_reader_order
from samskapa.ground.protection.queries import details_named_for, people_in_area

from .domain import Asked
from .models import Help, Registered

ASKED_IN_WORDS = {
    Asked.PHONE: gettext_lazy("Over the phone"),
    Asked.IN_PERSON: gettext_lazy("In person"),
    Asked.PAPER: gettext_lazy("On paper"),
}


def people_registered_in(path: str) -> QuerySet[Person]:
    """Whom coordinators at the node at `path` or below it have registered. Fills a row of the slot "people_in_area"."""
    there = Registered.objects.filter(node__in=nodes_below(path).values("pk"))
    return Person.objects.filter(pk__in=there.values("person_id"))


def staff() -> QuerySet[RoleGrant]:
    """The roles of those who have one of the house: nobody acts for them."""
    return RoleGrant.objects.filter(ended_at=None, role__in=[role.value for role in STRONG_ROLES])


def people_to_help(actor: Actor, words: str = "") -> QuerySet[Person]:
    """Whom the coordinator may act for: the people of her area, in the reader's order; by name, where one is searched
    for. Not herself, nobody with a role of the house, nobody who has died, and a protected person only where she is
    named."""
    if not actor.acts_as(Role.COORDINATOR):
        return Person.objects.none()
    named = details_named_for(actor).values("person_id")
    found = (
        people_in_area(actor.node_path)
        .filter(Q(protected_tag=None) | Q(pk__in=named), died_on=None, forgotten_at=None)
        .exclude(pk__in=staff().values("person_id"))
        .exclude(pk=actor.person_id or 0)
        .order_by(in_reader_order(), "pk")
    )
    for word in swedish_sort_key(words).split():
        found = found.filter(sort_key__contains=word)
    return found


def letters_to_post(actor: Actor) -> QuerySet[Help]:
    """Help that is over, of which the person has not had the letter yet, the oldest first."""
    there = nodes_below(actor.node_path).values("pk")
    return (
        Help.objects.filter(node__in=there, person__in=people_to_help(actor).order_by().values("pk"))
        .filter(ended_at__isnull=False, deeds__gt=0, posted_at=None)
        .select_related("person", "helper")
        .order_by("ended_at", "pk")
    )


def helps_of(person_id: int) -> QuerySet[Help]:
    """Each time the person was helped, the latest first."""
    return Help.objects.filter(person_id=person_id).select_related("helper", "node").order_by("-began_at", "-pk")


def help_rows_of(person_id: int) -> list[Row]:
    """A person's own data: how they were registered, and each time somebody helped them."""
    rows = [
        Row(
            gettext_lazy("How you were registered"),
            (
                Fact("consent_by", gettext_lazy("How you said yes"), row.consent_by),
                Fact("consent_on", gettext_lazy("When"), row.consent_on),
                Fact("registered_by", gettext_lazy("By whom"), display_name(row.registered_by)),
                Fact("postal_address", gettext_lazy("Postal address"), row.postal_address),
            ),
        )
        for row in Registered.objects.filter(person_id=person_id).select_related("registered_by")
    ]
    for done in helps_of(person_id).select_related("helper"):
        facts = (
            Fact("helper", gettext_lazy("By whom"), display_name(done.helper)),
            Fact("purpose", gettext_lazy("With what"), done.purpose),
            Fact("began_at", gettext_lazy("From"), done.began_at),
            Fact("ended_at", gettext_lazy("Until"), done.ended_at),
            Fact("deeds", gettext_lazy("Things done"), done.deeds),
            Fact("posted_at", gettext_lazy("Letter posted"), done.posted_at),
        )
        rows.append(Row(gettext_lazy("Help"), facts))
    return rows


@dataclass(frozen=True, slots=True)
class WayToReach:
    """A way in which somebody wants to be reached. way: in words. at: the number or the postal address, where they have
    told one."""

    way: str
    at: str
    is_letter: bool


def ways_to_reach(actor: Actor, person_ids: Iterable[int], group_id: int | None = None) -> dict[int, list[WayToReach]]:
    """Person's id -> how they want to be reached by the resource groups of the coordinator's area, or by the one of
    them: the slot "how_to_reach"."""
    ask: Callable[..., dict[int, list[WayToReach]]] = import_string(settings.SLOTS["how_to_reach"])
    return ask(person_ids, actor.node_path, group_id)


def not_passed_on() -> QuerySet[OutboxMail]:
    """Mail that did not go as mail, and that nobody has told in another way yet. Never what lets somebody in: that is
    blanked."""
    return OutboxMail.objects.filter(state=MailState.STOPPED, secret=False, blanked_at=None, passed_on=None)


def mail_to_pass_on(actor: Actor) -> QuerySet[OutboxMail]:
    """Mail to the coordinator's people that had no address to go to, or that they want by phone or letter, and that has
    not been told yet; the oldest first.
    """
    reached = people_to_help(actor).order_by().values("pk")
    return not_passed_on().filter(recipient_id__in=reached).order_by("created_at", "pk")


# --- what was done --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that was done in a person's name. what: a sentence in the reader's language."""

    at: datetime
    what: str


def entries_of(done: Help) -> QuerySet[AuditEntry]:
    """The rows of the trail that the session left, looks and the session's own left out; in their order."""
    silent = [action for action, words in settings.DEEDS.items() if words is None]
    until = {"at__lte": done.ended_at} if done.ended_at else {}
    return (
        AuditEntry.objects.filter(
            person_id=done.helper_id, for_person_id=done.person_id, at__gte=done.began_at, **until
        )
        .exclude(action__in=silent)
        .order_by("pk")
    )


def deeds_of(done: Help) -> list[Deed]:
    """What was done, in sentences. What has no words of its own is told too."""
    entries = list(entries_of(done))
    titles = _titles(entries)
    return [
        Deed(entry.at, str(words) % {"title": titles.get((entry.object_type, entry.object_id), "")})
        for entry in entries
        for words in (settings.DEEDS.get(entry.action) or _("Something was written about “%(title)s”."),)
    ]


def _titles(entries: Iterable[AuditEntry]) -> dict[tuple[str, str], str]:
    wanted: dict[str, set[str]] = defaultdict(set)
    for entry in entries:
        wanted[entry.object_type].add(entry.object_id)
    titles_of: Callable[[str, set[str]], dict[str, str]] = import_string(settings.SLOTS["titles_of_things"])
    return {(kind, pk): title for kind, ids in wanted.items() for pk, title in titles_of(kind, ids).items()}


def clock(at: datetime) -> str:
    """ "13.05" """
    return date_format(timezone.localtime(at), "H.i")


def letter_data(done: Help, *, address: str) -> dict[str, Any]:
    """What stands on the letter to the person, in the language in use: what was done, when, by whom, and what the
    person can do about it. address: the lines that show in the window of the envelope."""
    helper = display_name(done.helper)
    values = {"name": helper, "node": done.node.name, "day": date_format(timezone.localtime(done.began_at), "j F Y")}
    return {
        "title": _("What was done in your name"),
        "address": address,
        "lead": _("%(name)s, coordinator at %(node)s, helped you on %(day)s and acted in your name.") % values,
        "facts": [
            [_("You asked for help"), str(ASKED_IN_WORDS[Asked(done.asked_by)])],
            [_("What it was about"), done.purpose],
            [_("From and until"), f"{clock(done.began_at)}–{clock(done.ended_at or done.ends_at)}"],
        ],
        "deeds_heading": _("This was done"),
        "deeds": [[clock(deed.at), deed.what] for deed in deeds_of(done)],
        "object_heading": _("Is something wrong?"),
        "object": _(
            "Call or write to %(name)s or another coordinator at %(node)s, and it will be put right. You need not say "
            "why. What was written can be changed or taken back as long as the assignment allows it."
        )
        % values,
        "see_heading": _("See for yourself"),
        "see": _(
            "Each row above stands in a log, with who did it and that it was in your name. You may see the log: ask a "
            "coordinator for an extract, or get an address for e-mail and log in at %(site)s."
        )
        % {"site": settings.SITE_URL},
    }
