"""Log in, strengthen, and link an account, with an e-identification through a broker (OpenID Connect)."""

from __future__ import annotations

import logging
import secrets

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from .. import services
from ..access import (
    PersonRequest,
    broker_for,
    eid_link_of,
    freshly_shown,
    is_freshly_shown,
    log_in,
    note_eid,
    safe_path,
    strengthen_first,
)
from ..domain import EidTaken
from ..domain.eid import Broker, EidRefused, who
from ..services.oidc import Asked, ask, believe

log = logging.getLogger("samskapa.people")

#: Session key: the question that a broker has been asked.
_ASKED = "eid"


@require_POST
def start(request: HttpRequest, broker: str) -> HttpResponse:
    """Lead to the broker."""
    chosen = broker_for(broker)
    try:
        address, asked = ask(
            chosen, redirect_uri=_redirect_uri(chosen), next_path=safe_path(request, request.POST.get("next"))
        )
    except EidRefused as refused:
        return _refused(request, chosen, refused)
    request.session[_ASKED] = asked.as_dict()
    return redirect(address)


@never_cache
@require_GET
def back(request: HttpRequest, broker: str) -> HttpResponse:
    """The broker's answer: believed only once, by the browser that asked, and only at the level we asked for."""
    chosen, now = broker_for(broker), timezone.now()
    kept = request.session.pop(_ASKED, None)
    try:
        if not kept or kept["broker"] != chosen.name:
            raise EidRefused("nothing asked")
        asked = Asked(**kept)
        if not secrets.compare_digest(asked.state.encode(), request.GET.get("state", "").encode()):
            raise EidRefused("state")
        if request.GET.get("iss", chosen.issuer) != chosen.issuer:  # RFC 9207: another's answer
            raise EidRefused("issuer")
        if "code" not in request.GET:
            raise EidRefused(f"said {request.GET.get('error', '')[:40]}")
        claims = believe(
            chosen, asked, code=request.GET["code"], redirect_uri=_redirect_uri(chosen), now=now.timestamp()
        )
        subject = who(claims, chosen)
    except EidRefused as refused:
        return _refused(request, chosen, refused)
    if request.user.is_authenticated:
        return _for_somebody(request, chosen, subject, asked)  # type: ignore[arg-type]  # a person is logged in
    person = services.use_eid(subject, now=now)
    if person is None:
        return render(request, "people/eid_unknown.html", {"broker": chosen}, status=422)
    return log_in(request, person, method="eid", next_path=asked.next)


def _for_somebody(request: PersonRequest, broker: Broker, subject: str, asked: Asked) -> HttpResponse:
    """Who is logged in strengthens the log-in by an e-ID of theirs, or links one."""
    person, now = request.user, timezone.now()
    holder = services.use_eid(subject, now=now)
    if holder is not None and holder.pk != person.pk:
        return render(request, "people/eid_taken.html", {"broker": broker}, status=422)
    if holder is None:
        if not is_freshly_shown(request):
            return strengthen_first(request, reverse("mfa_index"))
        try:
            services.link_eid(person, subject, broker=broker.name, by=request.actor, now=now)
        except EidTaken:  # linked to somebody else just now
            return render(request, "people/eid_taken.html", {"broker": broker}, status=422)
        messages.success(request, _("From now on you can log in with it."))
    services.note_strengthened(person, by=note_eid(request), now=now)
    return redirect(asked.next or resolve_url(settings.LOGIN_REDIRECT_URL))


@never_cache
@freshly_shown
@require_http_methods(["GET", "POST"])
def remove(request: PersonRequest, pk: int) -> HttpResponse:
    """Stop an e-ID from opening one's account, after a question."""
    link = eid_link_of(request.actor, pk)
    if request.method == "POST":
        services.remove_eid(link, by=request.actor, now=timezone.now())
        messages.success(request, _("The e-ID no longer opens your account."))
        return redirect("mfa_index")
    return render(request, "people/remove_eid.html", {"link": link, "label": settings.EID_BROKERS[link.broker].label})


def _redirect_uri(broker: Broker) -> str:
    """At our own address, whatever the request says its host is."""
    return f"{settings.SITE_URL}{reverse('people:eid_back', args=[broker.name])}"


def _refused(request: HttpRequest, broker: Broker, refused: EidRefused) -> HttpResponse:
    """Nothing is written but a line in the log, which names nobody."""
    log.warning("eid refused broker=%s why=%s", broker.name, refused.args[0])
    return render(request, "people/eid_refused.html", {"broker": broker}, status=422)
