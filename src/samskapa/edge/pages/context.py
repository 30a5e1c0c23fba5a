"""What every page's frame needs: the menu, in which capacity one acts, the footer. No query of its own."""

from __future__ import annotations

from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from samskapa.ground.core.domain import Actor
from samskapa.ground.organisations.queries import grant_label


def page(request) -> dict:
    """The template variables of `design/page.html`."""
    actor = getattr(request, "actor", None) or Actor()
    by_link = getattr(request, "by_link", False)
    menu = Actor() if by_link else actor  # a link opens one page: the menu is a visitor's
    return {
        "actor": actor,
        "by_link": by_link,
        "navigation": _links(settings.NAVIGATION, menu, request.path),
        "footer_links": [(label, url) for label, url, _current in _links(settings.FOOTER, menu, request.path)],
        "helping": getattr(request, "helping", None),
        "end_help_url": reverse("helping:end"),
        "capacity_label": _capacity_label(request, actor),
        "capacity_url": reverse("people:capacity"),
        "waiting_label": _waiting_label(request),
        "strengthen_url": f"{reverse('mfa_reauthenticate')}?{urlencode({'next': request.get_full_path()})}",
        "language_url": reverse("people:language"),
        "demo_notice": _("This is a demo. People and places are made up.") if settings.DEMO else "",
    }


def _links(entries, actor: Actor, path: str) -> list[tuple[str, str, bool]]:
    """Label, address and whether one is there now, for the entries that this capacity sees."""
    me = "visitor" if actor.is_visitor else actor.role or "oneself"
    seen = [entry for entry in entries if me in entry.seen_by or (actor.role and "*" in entry.seen_by)]
    if actor.for_person_id:
        seen = [entry for entry in seen if entry.url in settings.DONE_FOR_ANOTHER]
    urls = [reverse(entry.url) for entry in seen]
    # The longest address that the path begins with: /uppdrag/behov/ is not also /uppdrag/.
    here = max((url for url in urls if url != "/" and path.startswith(url)), key=len, default="")
    return [(str(entry.label), url, url == here) for entry, url in zip(seen, urls, strict=True)]


def _waiting_label(request) -> str:
    """The role that one has chosen and is too weakly logged in for."""
    grant = getattr(request, "waiting_grant", None)
    return grant_label(grant) if grant else ""


def _capacity_label(request, actor: Actor) -> str:
    if actor.person_id is None or actor.for_person_id is not None:  # who is helped is said in its own place
        return ""
    grant = getattr(request, "role_grant", None)
    return grant_label(grant) if grant else _("myself")
