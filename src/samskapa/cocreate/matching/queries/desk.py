"""What waits for a coordinator: waves that ended with too few yes, and others who ask her group. The unit sees nothing
of it."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
from typing import Any

from django.db.models import (
    Case,
    Count,
    DateTimeField,
    Exists,
    F,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    When,
)
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samskapa.cocreate.assignments.access.applications import is_coordinator
from samskapa.cocreate.assignments.domain import ApplicationState, State
from samskapa.cocreate.assignments.models import Application, Assignment
from samskapa.cocreate.assignments.queries.need import needs_to_list
from samskapa.cocreate.pool.models import Group
from samskapa.cocreate.pool.queries.tools import Waits
from samskapa.ground.core.domain import Actor
from samskapa.ground.language.templatetags.reader import day

from ..domain import Reply, Said
from ..models import Enquiry, Invitation, Wave
from .enquiries import enquiries_to, waiting_for
from .filling import by_enquiry

#: So many are said on the desk; the others stand among the assignments below.
MOST = 5
#: So many of each are read for the page of one group, where they stand among its members.
MOST_IN_GROUP = 50
#: What the page of what waits in a group calls them, in its address and in words.
ENQUIRIES, _OTHERS_ASK = "enquiries", gettext_lazy("Others ask the group")
WAVES, _TOO_FEW = "waves", gettext_lazy("Too few have said yes")


def _latest() -> QuerySet[Wave]:
    """The latest of those who run the assignment: what another group asks is that group's to look after."""
    return Wave.objects.filter(assignment=OuterRef("pk")).exclude(by_enquiry()).order_by("-number")


def _short(latest: QuerySet[Wave]) -> Subquery:
    yes = Count("invitations", filter=Q(invitations__answer=Reply.YES))
    short = Case(When(settled_at=None, then=None), default=F("wanted") - yes, output_field=IntegerField())
    return Subquery(latest.annotate(short=short).values("short")[:1], output_field=IntegerField())


@cache
def short_of_yes_in() -> Subquery:
    """For assignments: how many yes the latest wave lacked when it was over. None while it goes on, and where nobody
    was asked; 0 or less where there were enough."""
    return _short(_latest())


@cache
def wave_over_in() -> Subquery:
    """For assignments: when the latest wave was over."""
    return Subquery(_latest().values("settled_at")[:1], output_field=DateTimeField())


def too_few(short: int | None, applied: int, wanted: int | None) -> bool:
    """Whether more have to be asked: the latest wave fell short, and not as many have applied as are wanted.
    wanted: None where the need does not say."""
    return bool(short and short > 0 and (wanted is None or applied < wanted))


def said_of_wave(short: int, over: datetime) -> str:
    """A wave that is over, as a sentence."""
    return _("The last wave ended %(day)s, and lacks %(n)s yes.") % {"n": short, "day": day(over)}


def short_rows(actor: Actor, mine: QuerySet[Assignment] | None = None) -> list[Waits]:
    """Those of the actor's assignments whose latest wave ended with too few yes, the longest ago first, at most MOST.
    One query, which looks at the waves: of assignments there are many more. None for who is no coordinator.

    mine: `needs_to_list(actor)`, where its nodes are asked for already.
    """
    if not is_coordinator(actor):
        return []
    if mine is None:
        mine = needs_to_list(actor)
    return _short_ones(Q(assignment__in=mine.filter(state=State.OPEN)), MOST)


def waves_in_group(group: Group) -> list[Waits]:
    """The same of the assignments of one group's own area, for the page of what waits in it. One query. Fills a row of
    the slot "waits_in_group"."""
    return _short_ones(Q(assignment__area=group.node_id, assignment__state=State.OPEN), MOST_IN_GROUP)


def _short_ones(of: Q, most: int) -> list[Waits]:
    found = (
        _last_ones()
        .filter(of, short__gt=0)
        .filter(Q(assignment__people_wanted=None) | Q(applied__lt=F("assignment__people_wanted")))
        .order_by("settled_at", "assignment")
    )
    return [
        _waits_for_more(*row)
        for row in found.values_list("assignment", "assignment__title", "short", "settled_at")[:most]
    ]


def _waits_for_more(pk: int, title: str, short: int, over: datetime) -> Waits:
    """An assignment to which more people have to be asked, with where one asks them."""
    todo, url = f"{_('Ask more people')}: {title}", reverse("matching:fits", args=[pk])
    return Waits(said_of_wave(short, over), todo, url, timezone.localdate(over), False, WAVES, _TOO_FEW)


@cache
def _last_ones() -> QuerySet[Any]:
    """The latest wave of each assignment, of those who run it, where it is over: how many yes it lacked, and how many
    have applied."""
    own = Wave.objects.exclude(by_enquiry())
    newer = own.filter(assignment=OuterRef("assignment"), number__gt=OuterRef("number"))
    came = Application.objects.filter(assignment=OuterRef("assignment"), state=ApplicationState.APPLIED)
    yes = Invitation.objects.filter(wave=OuterRef("pk"), answer=Reply.YES)
    over = own.filter(~Exists(newer), settled_at__isnull=False)
    return over.annotate(short=F("wanted") - _how_many(yes), applied=_how_many(came))


def _how_many(rows: QuerySet) -> Subquery:
    """How many they are, as a subquery: a function and not an aggregate, for which Django would group them."""
    count = Func(F("pk"), function="COUNT", output_field=IntegerField())
    return Subquery(rows.order_by().annotate(how_many=count).values("how_many"), output_field=IntegerField())


def enquiry_rows(actor: Actor, today: date) -> list[Waits]:
    """What others ask of the actor's groups: what she has not answered, the nearest day first, then what she has said
    yes to and where more of the members have to be asked. Two queries; none for who is no coordinator."""
    if not is_coordinator(actor):
        return []
    waiting = [_waits(enquiry) for enquiry in _in_short(waiting_for(actor, today))[:MOST]]
    return [*waiting, *(_goes_on(enquiry) for enquiry in _in_short(_owed(enquiries_to(actor)))[:MOST])]


def enquiries_in_group(group: Group) -> list[Waits]:
    """The same of one group, for the page of what waits in it. Fills a row of the slot "waits_in_group"."""
    theirs = Enquiry.objects.filter(group=group, assignment__state=State.OPEN)
    return [
        *(_waits(each) for each in _in_short(theirs.filter(answer="").order_by("answer_by", "pk"))[:MOST_IN_GROUP]),
        *(_goes_on(each) for each in _in_short(_owed(theirs))[:MOST_IN_GROUP]),
    ]


def _in_short(enquiries: QuerySet[Enquiry]) -> QuerySet[Enquiry]:
    """With what a sentence says of them: to name every column of all they lead to takes longer than the question."""
    return (
        enquiries.select_related(None)
        .select_related("assignment__area")
        .only("group", "answer_by", "answered_at", "assignment__title", "assignment__area__name")
    )


def _owed(enquiries: QuerySet[Enquiry]) -> QuerySet[Enquiry]:
    """Those with a yes to which nobody of the group has been asked, or whose latest wave was over with too few."""
    waves = Wave.objects.filter(assignment=OuterRef("assignment"), group=OuterRef("group")).order_by("-number")
    latest = waves.values("settled_at")[:1]
    return (
        enquiries.filter(answer=Said.YES, assignment__state=State.OPEN)
        .annotate(has_asked=Exists(waves), short=_short(waves), over=Subquery(latest, output_field=DateTimeField()))
        .filter(Q(has_asked=False) | Q(short__gt=0))
        .order_by("answer_by", "pk")
    )


def _waits(enquiry: Enquiry) -> Waits:
    said = _("%(who)s asks whether some of your members want to take part. Answer by %(day)s.") % {
        "who": enquiry.assignment.area.name,
        "day": day(enquiry.answer_by),
    }
    todo, url = f"{_('Answer')}: {enquiry.assignment.title}", reverse("matching:enquiry", args=[enquiry.pk])
    return Waits(said, todo, url, enquiry.answer_by, True, ENQUIRIES, _OTHERS_ASK)


def _goes_on(enquiry: Any) -> Waits:
    url = reverse("matching:fits", args=[enquiry.assignment_id])
    if enquiry.has_asked:
        said, todo, since = said_of_wave(enquiry.short, enquiry.over), _("Ask more people"), enquiry.over
    else:
        said = _("You have said yes to %(who)s, and have not asked anybody yet.") % {
            "who": enquiry.assignment.area.name
        }
        todo, since = _("Look who fits"), enquiry.answered_at
    todo, url = f"{todo}: {enquiry.assignment.title}", f"{url}?group={enquiry.group_id}"
    return Waits(said, todo, url, timezone.localdate(since), False, ENQUIRIES, _OTHERS_ASK)
