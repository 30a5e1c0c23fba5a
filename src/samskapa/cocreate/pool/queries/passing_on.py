"""What waits in a group to be passed on to members, by phone or letter: beside the members, naming nobody."""

from __future__ import annotations

from django.db.models import Count, Min
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from samskapa.ground.helping.queries import not_passed_on

from ..domain import SEEN
from ..models import Group, Member
from .tools import Waits
from .yearly import to_pass_on

#: So many questions of the year are read, each a row of its own: behind each there is somebody who may want to stay.
MOST_IN_GROUP = 50
_YEARLY = "pool/still"


def waits_to_be_passed_on(group: Group) -> list[Waits]:
    """The yearly questions that have not reached their member, and in one row all else that waits to be told. Two
    queries. Fills a row of the slot "waits_in_group"."""
    return [*_questions(group), *_all_else(group)]


def _questions(group: Group) -> list[Waits]:
    said, label = _("The yearly question has not reached a member."), gettext_lazy("The yearly question to pass on")
    found = []
    for asked in to_pass_on(group)[:MOST_IN_GROUP]:
        if asked.mail_id:
            todo, url = _("Call or write"), reverse("helping:mail", args=[asked.mail_id])
        else:
            todo, url = _("Call and ask"), reverse("pool:member", args=[asked.member_id])
        found.append(Waits(said, todo, url, timezone.localdate(asked.waits_since), False, "yearly", label))
    return found


def _all_else(group: Group) -> list[Waits]:
    there = Member.objects.filter(group=group, status__in=[each.value for each in SEEN], person__protected_tag=None)
    mails = not_passed_on().filter(recipient_id__in=there.values("person_id")).exclude(kind=_YEARLY)
    told = mails.aggregate(n=Count("pk"), first=Min("created_at"))
    if not told["n"]:
        return []
    said = ngettext(
        "%(n)s message waits to be told to a member, by phone or letter.",
        "%(n)s messages wait to be told to members, by phone or letter.",
        told["n"],
    ) % {"n": told["n"]}
    on, label = timezone.localdate(told["first"]), gettext_lazy("To call or write about")
    return [Waits(said, _("Call or write"), reverse("helping:desk"), on, False, "to_pass_on", label)]
