"""Signed links in mail that open one step, in one role, for somebody who seldom comes. See docs/decisions/0012."""

from __future__ import annotations

from django.core import signing
from django.urls import reverse

from ..access import STEP_SALT
from ..models import RoleGrant


def step_path(grant: RoleGrant, path: str) -> str:
    """The address of a link that opens `path`, and no other page, in the role of `grant`; it works for STEP_LASTS.

    The address that `path` leads to must stand in config/steps.py, or the link opens nothing.
    """
    token = signing.dumps({"grant": grant.pk, "path": path}, salt=STEP_SALT)
    return reverse("organisations:step", args=[token])
