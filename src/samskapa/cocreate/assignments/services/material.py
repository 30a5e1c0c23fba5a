"""Put material to an assignment, change it, take it away; and tell those it is for, once a sitting."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from samskapa.ground.core.domain import BLANKED, SYSTEM, Actor
from samskapa.ground.core.services import record
from samskapa.ground.documents.domain import Received
from samskapa.ground.documents.models import Upload
from samskapa.ground.documents.services import attach_upload, keep_upload, remove_upload
from samskapa.ground.organisations.domain import Role
from samskapa.ground.people.domain.my_data import GOES_ON

from ..domain import EmptyReason, NothingWritten, NotThatState
from ..domain.applying import person_of
from ..domain.material import MOST, Audience, Gone, TooMany, sitting_is_over, takes_material
from ..models import IN_THE_HAND, Assignment, Material
from ..queries import material as queries
from ..queries.agreements import BEING_WRITTEN
from ..queries.retention import work_over
from .applying import lock_assignment
from .telling import tell


def add_material(
    assignment: Assignment, *, title: str, audience: Audience, file: Received, by: Actor, now: datetime
) -> Material:
    """Keep the file and put it there, last. The same file with the same words by the same person is a button pressed
    twice.

    The scanner is asked before the row is locked: it may take its time.
    Raises NotThatState, TooMany, NothingWritten; Infected and ScannerSilent (`keep_upload`).
    """
    title = " ".join(title.split())
    if not title:
        raise NothingWritten
    known = _same(assignment, title=title, audience=audience, file=file, by=by)
    if known:
        return known
    _check_room(assignment, by=by)
    upload = keep_upload(file, by=by, now=now)
    return _put(assignment, upload, title=title, audience=audience, file=file, by=by, now=now)


@transaction.atomic
def _put(
    assignment: Assignment,
    upload: Upload,
    *,
    title: str,
    audience: Audience,
    file: Received,
    by: Actor,
    now: datetime,
) -> Material:
    """What was looked at before is looked at again under the lock. A file that finds no place is nobody's, and goes
    after a day."""
    assignment = lock_assignment(assignment.pk)
    known = _same(assignment, title=title, audience=audience, file=file, by=by)
    if known:
        return known
    _check_room(assignment, by=by)
    material = Material.objects.create(
        assignment=assignment,
        upload=attach_upload(upload, by=by, now=now),
        title=title,
        audience=audience,
        position=queries.material_of(assignment).count(),
        added_at=now,
        added_by_id=person_of(by.person_id),
    )
    record("assignments.material_added", by=by, at=now, on=material, assignment=assignment.pk, audience=audience)
    return material


def _same(assignment: Assignment, *, title: str, audience: Audience, file: Received, by: Actor) -> Material | None:
    """What the same person has put there in the same words already."""
    digest = sha256(file.content).hexdigest()
    return (
        queries.material_of(assignment)
        .filter(title=title, audience=audience, added_by=by.person_id, upload__digest=digest)
        .first()
    )


def _check_room(assignment: Assignment, *, by: Actor) -> None:
    if not takes_material(assignment.state, is_coordinator=by.acts_as(Role.COORDINATOR)):
        raise NotThatState
    if queries.material_of(assignment).count() >= MOST:
        raise TooMany


def _lock_material(material: Material) -> Material:
    """The assignment first, then the material. Raises Gone."""
    assignment = lock_assignment(material.assignment_id)
    material = Material.objects.select_for_update(of=("self",)).select_related("upload").get(pk=material.pk)
    material.assignment = assignment
    if material.removed_at is not None:
        raise Gone
    return material


@transaction.atomic
def change_material(material: Material, *, title: str, audience: Audience, by: Actor, now: datetime) -> Material:
    """Call it something else, or say that it is for others. Those who are chosen are told of what becomes theirs.

    Raises Gone, NotThatState, NothingWritten.
    """
    material = _lock_material(material)
    title = " ".join(title.split())
    if not title:
        raise NothingWritten
    if not takes_material(material.assignment.state, is_coordinator=by.acts_as(Role.COORDINATOR)):
        raise NotThatState
    if (material.title, material.audience) == (title, audience):
        return material
    material.title, material.audience = title, audience
    material.save(update_fields=["title", "audience"])
    record("assignments.material_changed", by=by, at=now, on=material, audience=audience)
    return material


@transaction.atomic
def move_up(material: Material, *, past: int, by: Actor, now: datetime) -> None:
    """Let it change places with the one before it, if that is still the one of id `past`: pressed twice, it moves once.
    Raises Gone, NotThatState."""
    material = _lock_material(material)
    if not takes_material(material.assignment.state, is_coordinator=by.acts_as(Role.COORDINATOR)):
        raise NotThatState
    before = queries.material_of(material.assignment).filter(position__lt=material.position).last()
    if before is None or before.pk != past:
        return
    places = material.position, before.position
    for moved, position in ((before, IN_THE_HAND), (material, places[1]), (before, places[0])):
        Material.objects.filter(pk=moved.pk).update(position=position)
    record("assignments.material_moved", by=by, at=now, on=material)


@transaction.atomic
def remove_material(material: Material, *, reason: str, by: Actor, now: datetime) -> None:
    """Take it away: the file goes, the row stays with who, when and why. The same person for the same reason again
    changes nothing. Raises Gone where somebody else has, EmptyReason.
    """
    reason = reason.strip()
    if not reason:
        raise EmptyReason
    try:
        material = _lock_material(material)
    except Gone:
        gone = Material.objects.get(pk=material.pk)
        if (gone.removed_by_id, gone.removed_reason) == (by.person_id, reason):
            return
        raise
    remove_upload(material.upload, by=by, now=now)
    material.removed_at, material.removed_by_id, material.removed_reason = now, person_of(by.person_id), reason
    material.save(update_fields=["removed_at", "removed_by", "removed_reason"])
    # One by one from the front, so that no two ever lie at the same place.
    for later in queries.material_of(material.assignment).filter(position__gt=material.position):
        Material.objects.filter(pk=later.pk).update(position=later.position - 1)
    record("assignments.material_removed", by=by, at=now, on=material, assignment=material.assignment_id)


@transaction.atomic
def tell_of_material(assignment_id: int, *, now: datetime) -> bool:
    """Tell those who are chosen of all that has come for them since last time, in one mail, with the first day of the
    work where it lies ahead. Returns whether there was something, and the sitting is over.

    Each file is told of once: the row says so, and the key of the mail is the newest of them.
    """
    assignment = lock_assignment(assignment_id)
    waiting = list(queries.material_to_tell(assignment))
    if assignment.state not in BEING_WRITTEN or not waiting:
        return False
    if not sitting_is_over(max(each.added_at for each in waiting), now):
        return False
    starts_on = assignment.starts_on
    for person_id, application_id in queries.to_be_told(assignment):
        tell(
            "material",
            [person_id],
            assignment,
            key=f"material-{max(each.pk for each in waiting)}",
            now=now,
            path=reverse("assignments:my_application", args=[application_id]),
            titles=[each.title for each in waiting],
            starts_on=starts_on.isoformat() if starts_on and starts_on >= timezone.localdate(now) else "",
        )
    Material.objects.filter(pk__in=[each.pk for each in waiting]).update(told_at=now)
    record("assignments.material_told", by=SYSTEM, at=now, on=assignment, count=len(waiting))
    return True


@transaction.atomic
def dispose_of_material(assignment_id: int, *, limit: datetime, by: Actor, now: datetime) -> bool:
    """By the organisation's decision, if the work was over at or before `limit`: the files go, and why something was
    taken away earlier. That there was one, what it was called and when stays. Returns whether it was so.
    """
    assignment = lock_assignment(assignment_id)
    over_at = work_over(assignment)
    if over_at is GOES_ON or over_at > limit:
        return False
    standing, gone = list(queries.material_of(assignment)), queries.removed_with_a_reason(assignment)
    if not standing and not gone.exists():
        return False
    for material in standing:
        remove_upload(material.upload, by=by, now=now)
    Material.objects.filter(pk__in=[each.pk for each in standing]).update(removed_at=now)
    gone.update(removed_reason=BLANKED)
    record("assignments.material_disposed_of", by=by, at=now, on=assignment, count=len(standing))
    return True
