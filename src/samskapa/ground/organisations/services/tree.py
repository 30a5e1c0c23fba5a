"""Nodes of the tree."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from samskapa.ground.core.domain import Actor
from samskapa.ground.core.services import record
from samskapa.ground.people.domain import swedish_sort_key

from ..domain import Kind, check_parent, path_below
from ..models import Node

#: What a node may be made with, beside kind, name and parent.
FIELDS = {"code", "county_code", "place", "area", "website", "email", "phone", "about", "source", "is_demo"}


def search_text(node: Node) -> str:
    """What the directory searches in: in lower case, because SQLite's own lower() knows only a to z."""
    return " ".join(part for part in (node.name, node.place, node.area, node.about) if part).casefold()


@transaction.atomic
def create_node(kind: Kind | str, name: str, parent: Node | None = None, *, by: Actor, now: datetime, **fields) -> Node:
    """Make a node under `parent`, with path and sort key. A node inherits its parent's county.

    Raises WrongPlace where the kind may not stand there, TooDeep where the path has no room.
    """
    kind = Kind(kind)
    unknown = set(fields) - FIELDS
    if unknown:
        raise TypeError(f"create_node() got unexpected fields: {', '.join(sorted(unknown))}")
    if parent is not None:
        parent = Node.objects.select_for_update().get(pk=parent.pk)
    check_parent(kind, Kind(parent.kind) if parent else None)
    name = " ".join(name.split())
    node = Node(
        kind=kind.value,
        name=name,
        parent=parent,
        parent_kind=parent.kind if parent else "",
        sort_key=swedish_sort_key(name),
        **{"county_code": parent.county_code if parent else "", **fields},
    )
    node.search_text = search_text(node)
    node.save(force_insert=True)
    node.path = path_below(parent.path if parent else "", node.pk)
    node.save(update_fields=["path"])
    record(
        "organisations.node_created",
        by=by,
        at=now,
        on=node,
        kind=kind.value,
        parent=parent.pk if parent else None,
    )
    return node
