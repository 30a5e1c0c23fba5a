"""How one logs in strongly: passkeys, an app with codes, reserve codes; and showing them.

allauth verifies what is shown; what is kept, told and recorded is ours.
"""

from __future__ import annotations

from urllib.parse import urlencode

from allauth.account.models import Login
from allauth.core.internal import ratelimit
from allauth.mfa.adapter import get_adapter
from allauth.mfa.totp.internal.auth import generate_totp_secret
from allauth.mfa.utils import decrypt, encrypt
from allauth.mfa.webauthn.internal import auth as webauthn
from allauth.mfa.webauthn.internal.flows import perform_passwordless_login
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from .. import queries, services
from ..access import PersonRequest, freshly_shown, note_strong_step, passkey_of, safe_path, signed_in, strengthened
from ..domain import AppBefore, device_of
from ..forms import AppForm, PasskeyForm, PasskeyLogInForm, StrongCodeForm, StrongPasskeyForm

#: Session key: the secret of an app that is being added, as the database may hold it.
_NEW_SECRET = "people.app"  # noqa: S105


@signed_in
@require_GET
def index(request: PersonRequest) -> HttpResponse:
    """How one logs in: what there is, and what one can add."""
    person = request.user
    context = {
        "person": person,
        "passkeys": [passkey.wrap() for passkey in queries.passkeys_of(person.pk)],
        "app": queries.app_of(person.pk),
        "brokers": settings.EID_BROKERS.values(),
        "eids": [(link, settings.EID_BROKERS[link.broker].label) for link in queries.eid_links_of(person.pk)],
        "codes_left": len(queries.reserve_codes_of(person.pk)),
    }
    return render(request, "people/ways_in.html", context)


# --- show -----------------------------------------------------------------------------------------


@never_cache
@ratelimit.decorator(app="allauth.mfa", action="webauthn_login")
@require_http_methods(["GET", "POST"])
def log_in_with_passkey(request: HttpRequest) -> HttpResponse:
    """GET: what the browser asks the device for, as JSON. POST: its answer, which logs in."""
    if request.user.is_authenticated:
        return redirect(settings.LOGIN_REDIRECT_URL)
    if request.method == "GET":
        return JsonResponse(webauthn.begin_authentication(user=None))
    form = PasskeyLogInForm(data=request.POST)
    if not form.is_valid():
        messages.error(request, _("The passkey did not work. Try again, or log in with a code."))
        return redirect("account_login")
    passkey = form.cleaned_data["credential"]
    onward = safe_path(request, request.POST.get("next")) or None
    return perform_passwordless_login(request, passkey, Login(user=passkey.user, redirect_url=onward))


@never_cache
@signed_in
@require_http_methods(["GET", "POST"])
def strengthen(request: PersonRequest) -> HttpResponse:
    """Show more strongly who one is, and go on; or get a way to do so."""
    person = request.user
    onward = safe_path(request, request.POST.get("next") or request.GET.get("next"))
    code_form, passkey_form = StrongCodeForm(user=person), StrongPasskeyForm(user=person)
    if request.method == "POST":
        form = StrongPasskeyForm(data=request.POST, user=person)
        if "code" in request.POST:
            form = code_form = StrongCodeForm(data=request.POST, user=person)
        if form.is_valid():
            form.save()
            services.note_strengthened(person, by=strengthened(request), now=timezone.now())
            return redirect(onward or resolve_url(settings.LOGIN_REDIRECT_URL))
        if form is not code_form:
            messages.error(request, _("The passkey did not work. Try again, or use another way."))
    passkeys = queries.passkeys_of(person.pk).exists()
    context = {
        "options": webauthn.begin_authentication(person) if passkeys else None,
        "code_form": code_form,
        "passkey_form": passkey_form,
        "passkeys": passkeys,
        "has_app": queries.app_of(person.pk) is not None,
        "onward": onward,
        "brokers": settings.EID_BROKERS.values(),
        "has_eid": queries.eid_links_of(person.pk).exists(),
    }
    return render(request, "people/strengthen.html", context, status=422 if request.method == "POST" else 200)


# --- change ---------------------------------------------------------------------------------------


@never_cache
@freshly_shown
@require_http_methods(["GET", "POST"])
def add_passkey(request: PersonRequest) -> HttpResponse:
    """Make a passkey: the browser does, and we keep the half of it that is no secret."""
    person, now = request.user, timezone.now()
    onward = safe_path(request, request.POST.get("next") or request.GET.get("next"))
    named = " ".join(filter(None, device_of(request.headers.get("User-Agent", ""))))
    form = PasskeyForm(request.POST or None, user=person, initial={"name": named or _("Passkey")})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        passkey = services.add_passkey(
            person, name=data["name"], credential=data["credential"], by=request.actor, now=now
        )
        note_strong_step(request, passkey)
        return _reserve_codes_next(onward)
    context = {"form": form, "options": webauthn.begin_registration(person, True), "onward": onward}
    return render(request, "people/add_passkey.html", context, status=422 if form.is_bound else 200)


@never_cache
@freshly_shown
@require_http_methods(["GET", "POST"])
def remove_passkey(request: PersonRequest, pk: int) -> HttpResponse:
    """Remove a passkey, after a question."""
    passkey = passkey_of(request.actor, pk)
    if request.method == "POST":
        services.remove_way_in(passkey, by=request.actor, now=timezone.now())
        messages.success(request, _("The passkey is removed."))
        return redirect("mfa_index")
    last = not queries.app_of(request.user.pk) and queries.passkeys_of(request.user.pk).count() == 1
    return render(request, "people/remove_way_in.html", {"passkey": passkey.wrap(), "is_last": last})


@never_cache
@freshly_shown
@require_http_methods(["GET", "POST"])
def add_app(request: PersonRequest) -> HttpResponse:
    """Get codes from an app: a square to photograph, and the first code to show that it worked."""
    person, now = request.user, timezone.now()
    onward = safe_path(request, request.POST.get("next") or request.GET.get("next"))
    if queries.app_of(person.pk):
        return redirect("mfa_index")
    if _NEW_SECRET not in request.session:
        request.session[_NEW_SECRET] = encrypt(generate_totp_secret())
    secret = decrypt(request.session[_NEW_SECRET])
    form = AppForm(request.POST or None, secret=secret)
    if request.method == "POST" and form.is_valid():
        try:
            app = services.add_app(person, secret=secret, by=request.actor, now=now)
        except AppBefore:  # a double click: the other one was first
            return redirect("mfa_index")
        del request.session[_NEW_SECRET]
        note_strong_step(request, app)
        return _reserve_codes_next(onward)
    adapter = get_adapter()
    square = adapter.build_totp_svg(adapter.build_totp_url(person, secret))
    context = {
        "form": form,
        "square": mark_safe(square.partition("?>")[2]),  # noqa: S308  # made here, from a secret of our own
        "secret": " ".join(secret[place : place + 4] for place in range(0, len(secret), 4)),
        "onward": onward,
    }
    return render(request, "people/add_app.html", context, status=422 if form.is_bound else 200)


@never_cache
@freshly_shown
@require_http_methods(["GET", "POST"])
def remove_app(request: PersonRequest) -> HttpResponse:
    """Stop using the app, after a question."""
    app = queries.app_of(request.user.pk)
    if app is None:
        return redirect("mfa_index")
    if request.method == "POST":
        services.remove_way_in(app, by=request.actor, now=timezone.now())
        messages.success(request, _("Codes from the app no longer work."))
        return redirect("mfa_index")
    last = not queries.passkeys_of(request.user.pk).exists()
    return render(request, "people/remove_way_in.html", {"passkey": None, "is_last": last})


@never_cache
@freshly_shown
@require_GET
def reserve_codes(request: PersonRequest) -> HttpResponse:
    """The reserve codes that are left, to write down or print."""
    context = {
        "codes": queries.reserve_codes_of(request.user.pk),
        "onward": safe_path(request, request.GET.get("next")),
        "has_way_in": queries.has_strong_way_in(request.user.pk),
    }
    return render(request, "people/reserve_codes.html", context)


@freshly_shown
@require_POST
def new_reserve_codes(request: PersonRequest) -> HttpResponse:
    """New reserve codes in place of the old ones."""
    if queries.has_strong_way_in(request.user.pk):
        services.new_reserve_codes(request.user, by=request.actor, now=timezone.now())
        messages.success(request, _("Here are your new codes. The old ones no longer work."))
    return redirect("mfa_view_recovery_codes")


def _reserve_codes_next(onward: str) -> HttpResponse:
    """After the first way in: the codes for the day it is lost, and from there on."""
    address = reverse("mfa_view_recovery_codes")
    return redirect(f"{address}?{urlencode({'next': onward})}" if onward else address)
