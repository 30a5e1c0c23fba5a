"""allauth's door into our house: our mail, our trail, how strongly one logged in, and in which capacity."""

from __future__ import annotations

import secrets
from urllib.parse import urlencode

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.internal.stagekit import clear_login
from django.conf import settings
from django.db import transaction
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samskapa.ground.core.domain import Actor, Strength, Urgency
from samskapa.ground.core.services import queue_mail, record

from .access import begin_session, may_log_in
from .domain import CAPACITY
from .queries import account_at, capacities_of, opened_address, protected_account
from .services import set_password

#: allauth's kinds of mail that we can send -> ours. One that is not here is a fault, not a mail.
MAILS = {
    "account/email/login_code": "people/login_code",
    "account/email/unknown_account": "people/unknown_account",
    "account/email/password_reset_key": "people/password_reset",
}


class Backend(AuthenticationBackend):
    """Asked at every request who the session belongs to."""

    def user_can_authenticate(self, user) -> bool:
        return may_log_in(user)

    def _authenticate_by_email(self, email: str, password: str):
        """Protected addresses are found by their tag, and cost an attempt no more and no less."""
        person = protected_account(email)
        return self._check_password(person, password) if person else super()._authenticate_by_email(email, password)


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("This account is closed."),
        "email_password_mismatch": _("The e-mail address and the password do not go together."),
        "enter_current_password": _("This is not the password you have now."),
        "incorrect_code": _("This is not the code we sent. Look once more, or ask for a new one."),
        "invalid_password_reset": _("This link no longer works."),
        "rate_limited": _("Wait a little before you try again."),
        "too_many_login_attempts": _("That was many attempts in a short time. Wait a few minutes and try again."),
    }

    def is_open_for_signup(self, request):
        """Accounts come with an invitation."""
        return False

    # --- mail --------------------------------------------------------------------------------------

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        """Queue allauth's mail as one of ours. Each request is its own matter, hence a key by chance."""
        kind, now = MAILS[template_prefix], timezone.now()
        params = {}
        if "code" in context:
            params = {"code": context["code"], "minutes": settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT // 60}
        if "password_reset_url" in context:
            params = {"url": context["password_reset_url"], "hours": settings.PASSWORD_RESET_TIMEOUT // 3600}
        email = opened_address(email)
        person = account_at(email)
        is_protected = person is not None and person.protected_tag is not None
        with transaction.atomic():
            mail = queue_mail(
                kind,
                to=person.pk if person and is_protected else email,
                key=f"{kind}:{secrets.token_hex(16)}",
                now=now,
                urgency=Urgency.NOW,
                secret=True,
                language=person.language if person else "",
                **params,
            )
            record("people.mail_asked_for", by=Actor(), at=now, on=person, kind=kind, mail_id=mail.pk)

    def get_reset_password_from_key_url(self, key: str) -> str:
        """At our own address, whatever the request says its host is."""
        uidb36, _hyphen, token = key.partition("-")
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": uidb36, "key": token})
        return f"{settings.SITE_URL}{path}"

    # --- log in and out ----------------------------------------------------------------------------

    def pre_login(self, request, user, **kwargs):
        """Whoever may not log in is told so, whichever way they showed who they are."""
        if not may_log_in(user):
            clear_login(request)
            return self.respond_user_inactive(request, user)
        return super().pre_login(request, user, **kwargs)

    def get_login_stages(self) -> list[str]:
        """Without allauth's second step at log-in: the capacity that needs it asks for it (decision 12)."""
        return [stage for stage in super().get_login_stages() if not stage.startswith("allauth.mfa.")]

    def is_reauthentication_required(self, *, app: str, **kwargs) -> bool:
        """Never by allauth: `access.freshly_shown` says when one shows anew who one is."""
        return False

    def login(self, request, user) -> None:
        """Log in; note how strongly, and the capacity where there is no choice to make."""
        capacities = {capacity.id: capacity for capacity in capacities_of(user.pk)}
        super().login(request, user)
        strength = begin_session(request, user)
        wanted = getattr(request, "capacity_wanted", None)
        chosen = wanted if wanted in capacities else next(iter(capacities), 0) if len(capacities) == 1 else 0
        request.session[CAPACITY] = chosen
        request.must_choose_capacity = len(capacities) > 1 and wanted not in capacities
        request.must_strengthen = bool(chosen) and capacities[chosen].needs_strong and not strength.is_strong
        with transaction.atomic():
            record("people.logged_in", by=Actor(person_id=user.pk, strength=strength), at=timezone.now(), on=user)

    def post_login(self, request, user, **kwargs):
        """The way on: past the choice of capacity or a stronger log-in where one is due, in the person's language."""
        response = super().post_login(request, user, **kwargs)
        if request.must_choose_capacity or request.must_strengthen:
            query = urlencode({"next": response.url})
            page = reverse("people:capacity" if request.must_choose_capacity else "mfa_reauthenticate")
            response = HttpResponseRedirect(f"{page}?{query}")
        if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
            keep_language(response, user.language)
        return response

    def logout(self, request) -> None:
        """Log out; in the trail as whoever one was."""
        by = getattr(request, "actor", None) or Actor(person_id=request.user.pk)
        with transaction.atomic():
            record("people.logged_out", by=by, at=timezone.now(), on=request.user)
        super().logout(request)

    # --- password ----------------------------------------------------------------------------------

    def set_password(self, user, password: str) -> None:
        """Set the password; after a reset link nobody is logged in, and the link is what was shown."""
        actor = getattr(self.request, "actor", None)
        by = actor if actor and actor.person_id == user.pk else Actor(person_id=user.pk, strength=Strength.LINK)
        set_password(user, password, by=by, now=timezone.now())

    def get_password_change_redirect_url(self, request) -> str:
        return reverse("people:profile")


def keep_language(response, language: str) -> None:
    """Remember the language in a cookie of this site; it says nothing of the person."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=365 * 24 * 60 * 60,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
