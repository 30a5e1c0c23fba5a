"""Who may come in, and how one is logged in by something else than allauth's own pages."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from urllib.parse import urlencode, urlsplit
from uuid import UUID, uuid4

from allauth.account.internal.flows.login import get_authentication_records, perform_login, record_authentication
from allauth.account.internal.flows.logout import logout
from allauth.account.models import Login
from allauth.core.internal import ratelimit
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from samskapa.ground.core.domain import Actor, Strength

from .domain import PLACE, STRENGTH, device_of, is_fresh, strength_of
from .domain.eid import Broker
from .models import EidLink, Person, Session
from .queries import eid_links_of, has_strong_way_in, passkeys_of, sessions_of

#: Never shown again or sent back in a page.
SECRET_FIELDS = ("csrfmiddlewaretoken", "password", "password1", "password2", "oldpassword", "code", "credential")


class ActorRequest(HttpRequest):
    """A request as our middleware hands it on."""

    actor: Actor


class PersonRequest(ActorRequest):
    """A request behind `signed_in`: somebody is logged in."""

    user: Person


def may_log_in(person: Person) -> bool:
    """Made-up people exist in the demo alone: left behind in a database that is put to real use, they get nowhere."""
    return person.is_active and (settings.DEMO or not person.is_demo)


def signed_in(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view that needs a person: a visitor is sent to log in and comes back here afterwards.

    Somebody whose log-in had ended while they wrote gets what they wrote in a page, to send when logged in again.
    """

    @wraps(view)
    def with_person(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not request.user.is_authenticated:
            if fields := typed_on_our_page(request):
                asked = {"fields": fields, "action": request.get_full_path()}
                return render(request, "people/logged_out.html", asked, status=403)
            return redirect_to_login(way_back(request))
        return view(request, *args, **kwargs)

    return with_person


def freshly_shown(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view that changes the ways in: who has a strong one shows it first, and comes back here afterwards.

    Whoever has none yet adds the first on the strength of the log-in, which a mail about it follows.
    """

    @signed_in
    @wraps(view)
    def with_fresh_person(request: PersonRequest, *args, **kwargs) -> HttpResponse:
        if not is_freshly_shown(request):
            return strengthen_first(request)
        return view(request, *args, **kwargs)

    return with_fresh_person


def is_within_limits(request: HttpRequest, action: str) -> bool:
    """Count one attempt at `action` (settings.RATE_LIMITS) by who is logged in; False when it is one too many."""
    limits = {"app": "samskapa", "action": action}
    # limit_get: the library counts no reading of a page unless it is told to.
    if ratelimit.consume(request, config=settings.RATE_LIMITS, limit_get=True, **limits):
        return True
    # The library also says no while it cannot get its lock, which a process that was killed holds for ten seconds
    # more. What has been counted tells the two apart, and nobody is called hasty for our fall.
    return all(
        ratelimit.apply_rate(
            cache.get(ratelimit.get_cache_key(request, rate=rate, **limits), []), time.time(), rate, dry_run=True
        )[0]
        for rate in ratelimit.get_rates(config=settings.RATE_LIMITS, **limits)
    )


def strengthen_first(request: HttpRequest, back: str = "") -> HttpResponse:
    """Lead to the page where one shows more strongly who one is, and from there back."""
    return redirect(f"{reverse('mfa_reauthenticate')}?{urlencode({'next': back or way_back(request)})}")


def way_back(request: HttpRequest) -> str:
    """The page to come back to: this one, or where the form stood that was sent from it."""
    if request.method in ("GET", "HEAD"):
        return request.get_full_path()
    return _referring_page(request)


def passkey_of(actor: Actor, pk: int) -> Authenticator:
    """One's own passkey. Else 404."""
    return get_object_or_404(passkeys_of(actor.person_id or 0), pk=pk)


def eid_link_of(actor: Actor, pk: int) -> EidLink:
    """An e-identification that opens one's own account. Else 404."""
    return get_object_or_404(eid_links_of(actor.person_id or 0), pk=pk)


def broker_for(name: str) -> Broker:
    """A broker of e-identification that is set up here. Else 404."""
    broker = settings.EID_BROKERS.get(name)
    if broker is None:
        raise Http404
    return broker


def is_freshly_shown(request: PersonRequest) -> bool:
    """Whether one has shown strongly who one is in the last quarter of an hour, or has no strong way to."""
    records = get_authentication_records(request, request.user)
    return not has_strong_way_in(request.user.pk) or is_fresh(records, now=time.time())


def note_eid(request: PersonRequest) -> Actor:
    """Somebody who is logged in has shown an e-identification that opens their account; the actor from now on."""
    record_authentication(request, request.user, method="eid")
    return strengthened(request)


def session_of(actor: Actor, handle: UUID, *, now) -> Session:
    """A place where one is logged in oneself. Else 404."""
    return get_object_or_404(sessions_of(actor.person_id or 0, now=now), handle=handle)


def typed_on_our_page(request: HttpRequest) -> list[tuple[str, str]]:
    """The fields of the form that was sent, to be shown and sent once more; none of a form from another site, and
    never a password, a code or the stamp."""
    origin = request.headers.get("Origin") or request.headers.get("Referer") or ""
    try:
        came_from = urlsplit(origin).netloc
    except ValueError:  # no address at all: "http://[bad"
        return []
    if came_from != request.get_host():
        return []
    return [(name, value) for name, values in request.POST.lists() if name not in SECRET_FIELDS for value in values]


def safe_path(request: HttpRequest, path: str | None) -> str:
    """`path` where it leads to a page of ours, else "". Only what begins with a slash is a path: any other word
    would be looked up as the name of an address."""
    if (
        path
        and path.startswith("/")
        and url_has_allowed_host_and_scheme(path, {request.get_host()}, require_https=request.is_secure())
    ):
        return path
    return ""


def log_in(
    request: HttpRequest,
    person: Person,
    *,
    method: str,
    next_path: str = "",
    capacity: int | None = None,
) -> HttpResponse:
    """Log `person` in and answer with the way on, through the same stages as any other log-in.

    method: how they showed who they are, as in domain.strength_of ("link").
    capacity: the role grant to act in at once, where the person holds it; None: as at any log-in.
    Somebody else who was logged in here is logged out first.
    """
    if request.user.is_authenticated and request.user.pk != person.pk:
        logout(request, show_message=False)
    request.capacity_wanted = capacity  # type: ignore[attr-defined]  # the adapter reads it
    record_authentication(request, person, method=method)
    login = Login(user=person, email=person.email, redirect_url=safe_path(request, next_path) or None)
    return perform_login(request, login)


def begin_session(request: HttpRequest, person: Person, strength: Strength | None = None) -> Strength:
    """Note in the session how strongly `person` is logged in now, and what their list of places shows of it.

    strength: unless given, what the steps of the log-in add up to. Called again when one has strengthened.
    """
    if strength is None:
        strength = strength_of(get_authentication_records(request, person))
    request.session[STRENGTH] = int(strength)
    if PLACE not in request.session:
        browser, system = device_of(request.headers.get("User-Agent", ""))
        now = time.time()
        request.session[PLACE] = {
            "handle": uuid4().hex,
            "browser": browser,
            "system": system,
            "began": now,
            "seen": now,
        }
    return strength


def note_strong_step(request: PersonRequest, way: Authenticator) -> Strength:
    """Somebody who is logged in has shown `way`: the session is as strong as that from now on."""
    record_authentication(request, request.user, method="mfa", id=way.pk, type=way.type)
    return begin_session(request, request.user)


def strengthened(request: PersonRequest) -> Actor:
    """The actor after a strong step in this request: the session is as strong as that from now on."""
    return replace(request.actor, strength=begin_session(request, request.user))


def _referring_page(request: HttpRequest) -> str:
    """Where a visitor stood who posted: the form is there; the address it goes to is none to come back to."""
    try:
        page = urlsplit(request.headers.get("Referer") or "")
    except ValueError:  # no address at all: "http://[bad"
        return "/"
    if page.netloc != request.get_host():
        return "/"
    return safe_path(request, f"{page.path}?{page.query}" if page.query else page.path) or "/"
