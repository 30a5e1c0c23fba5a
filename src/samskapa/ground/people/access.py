"""Who may come in, and how one is logged in by something else than allauth's own pages."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from urllib.parse import urlsplit

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.internal.flows.logout import logout
from allauth.account.models import Login
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from samskapa.ground.core.domain import Actor

from .models import Person

#: Never shown again or sent back in a page.
SECRET_FIELDS = ("csrfmiddlewaretoken", "password", "password1", "password2", "oldpassword", "code")


class ActorRequest(HttpRequest):
    """A request as our middleware hands it on."""

    actor: Actor


class PersonRequest(ActorRequest):
    """A request behind `signed_in`: somebody is logged in."""

    user: Person


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
            back = request.get_full_path() if request.method in ("GET", "HEAD") else ""
            return redirect_to_login(back or _referring_page(request))
        return view(request, *args, **kwargs)

    return with_person


def typed_on_our_page(request: HttpRequest) -> list[tuple[str, str]]:
    """The fields of the form that was sent, to be shown and sent once more; none of a form from another site, and
    never a password, a code or the stamp."""
    origin = request.headers.get("Origin") or request.headers.get("Referer") or ""
    if urlsplit(origin).netloc != request.get_host():
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


def _referring_page(request: HttpRequest) -> str:
    """Where a visitor stood who posted: the form is there; the address it goes to is none to come back to."""
    return safe_path(request, request.headers.get("referer")) or "/"
