"""Nodes, roles and invitations. Every write is in the trail; names and addresses never are."""

from .invitations import accept_invitation, create_owner, digest, hide_invitations, invite, invite_colleague
from .reference import load_reference
from .roles import end_role, grant_role
from .steps import step_path
from .tree import create_node

__all__ = [
    "accept_invitation",
    "create_node",
    "create_owner",
    "digest",
    "end_role",
    "grant_role",
    "hide_invitations",
    "invite",
    "invite_colleague",
    "load_reference",
    "step_path",
]
