"""What every page's frame needs: the menu, in which capacity one acts, the footer. No query of its own."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from samskapa.ground.core.domain import Actor
from samskapa.ground.organisations.models import role_label
from samskapa.ground.people.models import display_name


def page(request) -> dict:
    """The template variables of `design/page.html`."""
    actor = getattr(request, "actor", None) or Actor()
    return {
        "actor": actor,
        "navigation": _links(settings.NAVIGATION, actor, request.path),
        "footer_links": _links(settings.FOOTER, actor, request.path),
        "capacity_label": _capacity_label(request, actor),
        "person_name": display_name(request.user) if actor.person_id else "",
        "demo_notice": settings.DEMO,
    }


def _links(entries, actor: Actor, path: str) -> list[dict]:
    me = "visitor" if actor.is_visitor else actor.role or "oneself"
    links = []
    for entry in entries:
        if me in entry.seen_by or (actor.role and "*" in entry.seen_by):
            url = reverse(entry.url)
            links.append({"label": entry.label, "url": url, "is_current": path == url or _is_below(path, url)})
    return links


def _is_below(path: str, url: str) -> bool:
    return url != "/" and path.startswith(url)


def _capacity_label(request, actor: Actor) -> str:
    if actor.person_id is None:
        return ""
    grant = getattr(request, "role_grant", None)
    if grant is None:
        return _("As myself")
    return _("%(role)s, %(node)s") % {"role": role_label(grant.role), "node": grant.node.name}
