"""Log in and out, password, own profile, capacity and language.

allauth's views do the work; the small classes here only change what its pages answer.
"""

from __future__ import annotations

import csv
import time

from allauth.account import views as account
from allauth.account.internal.stagekit import clear_login
from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from . import services
from .access import ActorRequest, PersonRequest, safe_path, signed_in
from .adapter import keep_language
from .domain import CAPACITY, NotYourCapacity
from .forms import CapacityForm, LanguageForm, LogInForm, ProfileForm
from .queries import capacities_of, looks_at, looks_in_words

LOOKS_PER_PAGE = 50


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
        return super().get_context_data(**kwargs) | {"minutes": settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT // 60}


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


@signed_in
@require_http_methods(["GET", "POST"])
def profile(request: PersonRequest) -> HttpResponse:
    """One's own facts."""
    person = request.user
    initial = {"name": person.name, "phone": person.phone, "language": person.language}
    form = ProfileForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        services.change_profile(person, **form.cleaned_data, by=request.actor, now=timezone.now())
        with override(form.cleaned_data["language"]):
            messages.success(request, _("Saved."))
        response = redirect("people:profile")
        keep_language(response, form.cleaned_data["language"])
        return response
    context = {"form": form, "person": person}
    return render(request, "people/profile.html", context, status=422 if form.is_bound else 200)


@signed_in
@require_GET
def looks(request: PersonRequest) -> HttpResponse:
    """Who has been shown one's details, when, and in which capacity."""
    page = Paginator(looks_at(request.user.pk), LOOKS_PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "people/looks.html", {"page": page, "looks": looks_in_words(page.object_list)})


@signed_in
@require_GET
def looks_extract(request: PersonRequest) -> HttpResponse:
    """All of it, as a file that a spreadsheet reads."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(True, _("who-has-looked") + ".csv")
    response.write("\ufeff")  # without it Excel takes å for Ã¥
    write = csv.writer(response, delimiter=";").writerow
    write([_("When"), _("Who"), _("In which role"), _("On behalf of"), _("What")])
    for look in looks_in_words(looks_at(request.user.pk)):
        at = timezone.localtime(look.at).strftime("%Y-%m-%d %H:%M:%S")
        write([at, *map(_cell, (look.who, look.capacity, look.on_behalf_of, look.what))])
    return response


def _cell(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


@signed_in
@require_http_methods(["GET", "POST"])
def capacity(request: PersonRequest) -> HttpResponse:
    """Choose in which capacity to go on: as oneself, or in one of one's roles."""
    next_path = safe_path(request, request.POST.get("next") or request.GET.get("next"))
    if request.method == "POST":
        form = CapacityForm(request.POST)
        if form.is_valid():
            chosen = form.cleaned_data["capacity"]
            try:
                services.note_capacity(request.user, chosen, by=request.actor, now=timezone.now())
            except NotYourCapacity:
                messages.error(request, _("You no longer have that role."))
            else:
                request.session[CAPACITY] = chosen
                return redirect(next_path or resolve_url(settings.LOGIN_REDIRECT_URL))
    context = {
        "choices": capacities_of(request.user.pk),
        "current": request.session.get(CAPACITY, 0),
        "next_path": next_path,
    }
    return render(request, "people/capacity.html", context, status=422 if request.method == "POST" else 200)


@require_POST
def language(request: ActorRequest) -> HttpResponse:
    """Change the language, for a visitor in a cookie, for a person in the profile too."""
    response = redirect(safe_path(request, request.POST.get("next")) or "/")
    form = LanguageForm(request.POST)
    if form.is_valid():
        chosen = form.cleaned_data["language"]
        keep_language(response, chosen)
        if request.user.is_authenticated:
            services.choose_language(request.user, chosen, by=request.actor, now=timezone.now())
    return response
