"""The doorways to resource groups. What one may not know of looks like what is not there."""

from __future__ import annotations

from collections.abc import Iterable

from django.core import signing
from django.http import Http404
from django.shortcuts import get_object_or_404

from samskapa.ground.core.domain import Actor
from samskapa.ground.organisations.domain import Role
from samskapa.ground.organisations.models import Node

from .domain import Status
from .domain.questions import Question
from .models import Agreement, Group, Member, Note, Party, Version, Yearly
from .queries import members as queries
from .queries.agreement import agreements, kept_agreements, party_of
from .queries.agreement_paper import versions_of

_SALT = "samskapa.pool.still"


def open_group(node_pk: int) -> Group:
    """A group that everybody may read of. Raises Http404."""
    return get_object_or_404(queries.groups(), node=node_pk)


def may_run(actor: Actor, node: Node) -> bool:
    """Whether the actor runs the group of that place."""
    return actor.acts_as(Role.COORDINATOR) and actor.reaches(node.path)


def node_to_arrange(actor: Actor, node_pk: int) -> Node:
    """A place whose group the coordinator makes or changes: a region or a municipality. Raises Http404."""
    node = get_object_or_404(queries.places_for_groups(), pk=node_pk)
    if not may_run(actor, node):
        raise Http404
    return node


def own_place(actor: Actor) -> Node | None:
    """The place whose group the coordinator runs or can make: her own, where there can be a group."""
    if not actor.acts_as(Role.COORDINATOR):
        return None
    return queries.places_for_groups().filter(pk=actor.node_id or 0).select_related("resource_group").first()


def place_of(actor: Actor, groups: Iterable[Group]) -> Node | None:
    """The same, where the groups that she runs (each with its node) are read already: no query where hers is one."""
    mine = next((group for group in groups if group.node_id == actor.node_id), None)
    if mine is None or mine.node.closed_at is not None:
        return own_place(actor)
    # The group came with its place; the place knows its group too.
    mine.node.resource_group = mine
    return mine.node


def group_to_run(actor: Actor, node_pk: int) -> Group:
    """A group, for its coordinators. Raises Http404."""
    group = open_group(node_pk)
    if not may_run(actor, group.node):
        raise Http404
    return group


def own_member(actor: Actor, node_pk: int) -> Member:
    """One's own part in a group, with the answers; also before it is sent. Raises Http404 where one has left."""
    return get_object_or_404(queries.with_answers(queries.own_members(actor)), group__node=node_pk)


def own_member_or_none(actor: Actor, group: Group) -> Member | None:
    """The same, for a page that everybody reads."""
    return queries.own_members(actor).filter(group=group).first() if actor.whose else None


def sent_member(actor: Actor, node_pk: int) -> Member:
    """The same, once the answers are sent. Raises Http404."""
    member = own_member(actor, node_pk)
    if member.status == Status.BEGUN:
        raise Http404
    return member


def question_of(member: Member, key: str) -> Question:
    """A question that this member is asked. Raises Http404."""
    for question in queries.questions_for(member):
        if question.key == key:
            return question
    raise Http404


def member_to_run(actor: Actor, pk: int) -> Member:
    """A member, for the coordinators of the group. Raises Http404."""
    return get_object_or_404(queries.with_answers(queries.members_run_by(actor)), pk=pk)


def still_token(yearly: Yearly) -> str:
    """What a link to the yearly question carries: it answers that question and opens nothing else."""
    return signing.dumps([yearly.pk, yearly.member_id], salt=_SALT)


def yearly_of(token: str) -> Yearly:
    """The yearly question that a link in a mail leads to. Raises Http404 where it is no link of ours, where a newer
    question has been asked, or where the member has left."""
    try:
        pk, member_id = signing.loads(token, salt=_SALT)
    except signing.BadSignature as error:
        raise Http404 from error
    asked = Yearly.objects.filter(member=member_id).select_related("member__group__node", "member__person")
    newest = asked.order_by("pk").last()
    if newest is None or newest.pk != pk or newest.member.status == Status.LEFT:
        raise Http404
    return newest


def agreement_for(actor: Actor, pk: int) -> tuple[Agreement, Party]:
    """A joining agreement that goes on, and for which side the actor speaks: one's own as the member, as a coordinator
    for the group. Nobody speaks for both. Raises Http404."""
    agreement = get_object_or_404(agreements(), pk=pk)
    if actor.whose == agreement.root.person_id:
        return agreement, party_of(agreement, "person")
    if not may_run(actor, agreement.root.group.node):
        raise Http404
    return agreement, party_of(agreement, "care")


def agreement_on_paper(actor: Actor, pk: int, number: int | None = None) -> tuple[Agreement, Version | None, Party]:
    """A joining agreement, also one that has ended, with the version that is printed: the newest where no number is
    given, None before there is one. For whom `agreement_for` says. Raises Http404."""
    agreement = get_object_or_404(kept_agreements(), pk=pk)
    is_own = actor.whose == agreement.root.person_id
    if not is_own and not may_run(actor, agreement.root.group.node):
        raise Http404
    versions = versions_of(agreement)
    version = versions.first() if number is None else get_object_or_404(versions, number=number)
    return agreement, version, party_of(agreement, "person" if is_own else "care")


def note_to_answer(actor: Actor, node_pk: int, pk: int) -> Note:
    """A note on one's own page. Raises Http404."""
    member = sent_member(actor, node_pk)
    note = get_object_or_404(Note.objects.select_related("written_by"), pk=pk, member=member)
    note.member = member
    return note
