"""Log in and out, and password.

allauth's views do the work; the small classes here only change what its pages answer.
"""

from __future__ import annotations

import time

from allauth.account import views as account
from allauth.account.internal.stagekit import clear_login
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from ..forms import LogInForm
from ..queries import opened_address


class _Refuses:
    """A form that is not in order comes back with 422, as everywhere in the house."""

    def form_invalid(self, form):
        response = super().form_invalid(form)  # type: ignore[misc]  # beside one of allauth's views
        if response.status_code == 200:
            response.status_code = 422
        return response


class _LogIn(_Refuses, account.LoginView):
    def post(self, request, *args, **kwargs):
        """The button for a password leads to the same page, with a field for it and the address kept."""
        if request.POST.get("how") == LogInForm.PASSWORD and "password" not in request.POST:
            form = LogInForm(data={"how": LogInForm.PASSWORD}, request=request)
            form.is_bound = False
            form.initial = {"login": request.POST.get("login", "")[:254]}
            return self.render_to_response(self.get_context_data(form=form))
        return super().post(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"brokers": settings.EID_BROKERS.values()}

    def _redirect_to_pending_stage(self, request, stage):
        """Who asks to start over, perhaps because the address was wrong, may."""
        if "igen" in request.GET:
            clear_login(request)
            return None
        return super()._redirect_to_pending_stage(request, stage)


class _ConfirmCode(_Refuses, account.ConfirmLoginCodeView):
    def dispatch(self, request, *args, **kwargs):
        response = super().dispatch(request, *args, **kwargs)
        if getattr(self, "_process", self) is None:
            messages.info(request, _("The code is too old. Ask for a new one."))
        return response

    def _resend_form_valid(self, form):
        # A new code is valid as long as the first one was; the attempts are not given back.
        self._process.state["at"] = time.time()
        response = super()._resend_form_valid(form)
        messages.success(self.request, _("We have sent a new code. The old one no longer works."))
        return response

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return context | {
            "minutes": settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT // 60,
            "email": opened_address(context["email"] or ""),
        }


class _ForgottenPassword(_Refuses, account.PasswordResetView):
    pass


class _NewPassword(_Refuses, account.PasswordResetFromKeyView):
    pass


class _ChangePassword(_Refuses, account.PasswordChangeView):
    pass


class _SetPassword(_Refuses, account.PasswordSetView):
    pass


log_in = _LogIn.as_view()
confirm_code = _ConfirmCode.as_view()
forgotten_password = _ForgottenPassword.as_view()
new_password = _NewPassword.as_view()
change_password = _ChangePassword.as_view()
set_password = _SetPassword.as_view()


@require_GET
def request_code(request: HttpRequest) -> HttpResponse:
    """allauth leads here when a code has run out: to the one page for logging in."""
    query = request.GET.urlencode()
    return redirect(reverse("account_login") + (f"?{query}" if query else ""))


@require_GET
def about_accounts(request: HttpRequest) -> HttpResponse:
    """How one gets an account, for who has none."""
    return render(request, "people/about_accounts.html")
