"""The coordinators' own words on members: the list, and who has which. All of it is open to the member."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from samskapa.ground.core.domain import Actor
from samskapa.ground.core.services import record

from ..domain import NOT_IN, NotThatMove, Status
from ..domain.labels import MOST_LABELS, LabelTaken, TooManyLabels, UnknownLabel, changed
from ..models import Group, Label, Labelled, Member
from ..queries.labels import views_with
from .moving import lock, tell


@transaction.atomic
def make_label(group: Group, *, name: str, by: Actor, now: datetime) -> Label:
    """One more word on the group's list. Raises LabelTaken, TooManyLabels."""
    Group.objects.select_for_update(of=("self",)).get(pk=group.pk)  # of two who make the same, the second is told
    name = name.strip()
    known = list(Label.objects.filter(group=group).values_list("name", flat=True))
    if name.casefold() in {each.casefold() for each in known}:  # SQLite knows only the case of a to z
        raise LabelTaken(name)
    if len(known) >= MOST_LABELS:
        raise TooManyLabels(MOST_LABELS)
    label = Label(group=group, name=name, made_at=now)
    label.made_by_id = by.person_id or 0
    label.save()
    record("pool.label_made", by=by, at=now, on=label, group=group.pk)
    return label


@transaction.atomic
def make_missing(group: Group, names: Iterable[str], *, by: Actor, now: datetime) -> dict[str, int]:
    """Those of the words that the group has not, in the order given, as long as there is room for more. Returns all of
    the group's words: without case -> id."""
    Group.objects.select_for_update(of=("self",)).get(pk=group.pk)
    known = {name.casefold(): pk for pk, name in Label.objects.filter(group=group).values_list("pk", "name")}
    for name in names:
        if name.casefold() not in known and len(known) < MOST_LABELS:
            known[name.casefold()] = make_label(group, name=name, by=by, now=now).pk
    return known


@transaction.atomic
def remove_label(group: Group, label_id: int, *, by: Actor, now: datetime) -> None:
    """The word goes from the list, from every member, and with the saved views that ask for it: without it they would
    show everybody. Twice is once."""
    Group.objects.select_for_update(of=("self",)).get(pk=group.pk)
    label = Label.objects.select_for_update(of=("self",)).filter(group=group, pk=label_id).first()
    if label is None:
        return
    views = views_with(label)
    for view in views:
        record("pool.view_removed", by=by, at=now, on=view, group=group.pk)
        view.delete()
    had = list(Labelled.objects.filter(label=label).order_by("pk").values_list("member_id", flat=True))
    record("pool.label_removed", by=by, at=now, on=label, group=group.pk, members=had)
    label.delete()


@transaction.atomic
def set_labels(member: Member, chosen: Iterable[int], *, shown: Iterable[int], by: Actor, now: datetime) -> list[str]:
    """Which words the member has from now on; returns those that are new, which the member is told.

    shown: ids that the page said the member had. What another coordinator changed meanwhile stays as she left it.
    Raises UnknownLabel, and NotThatMove where the member has left.
    """
    member = lock(member)
    if Status(member.status) in NOT_IN:
        raise NotThatMove(member.status)
    known = dict(Label.objects.select_for_update(of=("self",)).filter(group=member.group).values_list("pk", "name"))
    if set(chosen) - set(known):
        raise UnknownLabel
    stands = set(Labelled.objects.filter(member=member).values_list("label_id", flat=True))
    add, take = changed(set(shown), set(chosen), stands)
    for pk in sorted(add):
        Labelled.objects.create(member=member, label_id=pk, at=now, by_id=by.person_id or 0)
    Labelled.objects.filter(member=member, label__in=take).delete()
    if add or take:
        record("pool.labelled", by=by, at=now, on=member, added=sorted(add), removed=sorted(take))
    new = [known[pk] for pk in sorted(add)]
    if new:
        tell(
            "labelled",
            [member.person_id],
            member,
            key=f"labelled-{member.pk}-{now.isoformat()}",
            now=now,
            labels=", ".join(new),
        )
    return new
