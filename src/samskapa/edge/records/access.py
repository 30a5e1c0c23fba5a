"""Whose documents one looks after: the coordinator's at a region or a municipality. To all others there is nothing
here."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from samskapa.ground.core.domain import Actor
from samskapa.ground.documents.domain.records import RecordKind
from samskapa.ground.organisations.domain import Kind, Role
from samskapa.ground.organisations.models import Node

from . import queries
from .models import DiaryExport, DisclosureDocument, DisclosureRequest

#: What is a public body of its own, and has a diary. Administrations are looked after at the region or municipality.
PUBLIC_BODIES = [Kind.REGION, Kind.MUNICIPALITY]


def public_body_of(actor: Actor) -> Node:
    """The region or municipality whose documents `actor` looks after. Raises Http404."""
    if not actor.acts_as(Role.COORDINATOR):
        raise Http404
    return get_object_or_404(Node, pk=actor.node_id, kind__in=PUBLIC_BODIES)


def export_for(actor: Actor, pk: int) -> DiaryExport:
    """An export of the same public body. Raises Http404."""
    return get_object_or_404(DiaryExport.objects.select_related("node"), node=public_body_of(actor), pk=pk)


def requests_for(actor: Actor) -> QuerySet[DisclosureRequest]:
    """The requests that were noted at the same public body. Raises Http404."""
    return queries.requests_at(public_body_of(actor))


def request_for(actor: Actor, pk: int) -> DisclosureRequest:
    """One of them. Raises Http404."""
    return get_object_or_404(requests_for(actor), pk=pk)


def document_for(actor: Actor, request_pk: int, pk: int) -> DisclosureDocument:
    """A document of one of them. Raises Http404."""
    found = DisclosureDocument.objects.select_related("request", "request__node")
    return get_object_or_404(found, request=request_for(actor, request_pk), pk=pk)


def kind_that_is_decided(key: str) -> RecordKind:
    """A kind of document that a decision of disposal reaches here. Raises Http404."""
    kind = queries.kind_called(key)
    if kind is None or not kind.due:
        raise Http404
    return kind
