"""Change the address that one's mail goes to: a code is sent to the new one, and shows that it is read there."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from .. import services
from ..access import PersonRequest, freshly_shown, is_within_limits
from ..domain import AddressTaken, HasAddress
from ..forms import AddressCodeForm, AddressForm
from ..queries import closed_address, opened_address

#: Session key: the address that waits for its code, closed, with what the code is compared by.
_WAITING = "people.new_address"
MINUTES, TRIES = 15, 5


@never_cache
@freshly_shown
@require_http_methods(["GET", "HEAD", "POST"])
def address(request: PersonRequest) -> HttpResponse:
    """Write the new address. The answer is the same whether another account has it or not."""
    person = request.user
    if person.protected_tag:
        return redirect("protection:own")
    form = AddressForm(request.POST or None, now_at=person.email or "")
    if request.method == "POST" and form.is_valid():
        if is_within_limits(request, "address"):
            _send(request, form.cleaned_data["email"])
            return redirect("people:address_code")
        form.add_error(None, _("That was many codes in a short time. Wait an hour, and try again."))
    context = {"form": form, "person": person}
    return render(request, "people/address.html", context, status=422 if form.is_bound else 200)


@never_cache
@freshly_shown
@require_http_methods(["GET", "HEAD", "POST"])
def address_code(request: PersonRequest) -> HttpResponse:
    """Write the code that the new address got; from then on mail goes there."""
    waiting = request.session.get(_WAITING)
    if waiting is None or request.user.protected_tag:
        return redirect("people:address")
    email = opened_address(waiting["email"])
    form = AddressCodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        waiting["tries"] += 1
        request.session[_WAITING] = waiting
        if waiting["tries"] > TRIES or timezone.now() > datetime.fromisoformat(waiting["until"]):
            del request.session[_WAITING]
            messages.warning(request, _("The code no longer works. Write the address once more to get a new one."))
            return redirect("people:address")
        if constant_time_compare(waiting["code"], _digest(form.cleaned_data["code"])):
            return _change(request, email)
        form.add_error("code", _("This is not the code we sent. Look once more, or ask for a new one."))
    context = {"form": form, "email": email, "minutes": MINUTES}
    return render(request, "people/address_code.html", context, status=422 if form.is_bound else 200)


def _send(request: PersonRequest, email: str) -> None:
    now, code = timezone.now(), f"{secrets.randbelow(10**6):06}"
    services.send_address_code(request.user, email, code=code, minutes=MINUTES, by=request.actor, now=now)
    until = now + timedelta(minutes=MINUTES)
    request.session[_WAITING] = {
        "email": closed_address(email),
        "code": _digest(code),
        "until": until.isoformat(),
        "tries": 0,
    }


def _change(request: PersonRequest, email: str) -> HttpResponse:
    now = timezone.now()
    del request.session[_WAITING]
    try:
        services.change_address(request.user, email, by=request.actor, now=now)
    except (AddressTaken, HasAddress):  # since the code was sent
        messages.error(request, _("That address belongs to another account by now. Nothing was changed."))
        return redirect("people:address")
    services.end_other_sessions(request.user, but=request.session.session_key or "", by=request.actor, now=now)
    messages.success(request, _("Your mail goes to the new address from now on. You log in with it, too."))
    return redirect("people:profile")


def _digest(code: str) -> str:
    return salted_hmac(_WAITING, code, algorithm="sha256").hexdigest()
