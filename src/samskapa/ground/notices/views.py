"""What has happened, what one wants to know, and the link that ends the digest."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samskapa.ground.core.domain import Actor, Strength
from samskapa.ground.people.access import PersonRequest, signed_in

from . import access, queries, services
from .forms import ChooseForm

#: Notices on a page.
PAGE = 20


@signed_in
@require_safe
def page(request: PersonRequest) -> HttpResponse:
    """What one has been told, the newest first, mailed or not."""
    shown = Paginator(access.own_notices(request.actor), PAGE).get_page(request.GET.get("page"))
    read_until = queries.rhythm_of(request.user.pk).read_until
    notices = queries.notices_in(shown, name=request.user.name, read_until=read_until)
    newest = shown[0].created_at if shown and shown.number == 1 else None
    context = {"page_obj": shown, "notices": notices, "newest": newest, "has_new": any(each.is_new for each in notices)}
    return render(request, "notices/page.html", context)


@signed_in
@require_POST
def read(request: PersonRequest) -> HttpResponse:
    """What was on the page is not new any more; what came while one read is."""
    until = _moment(request.POST.get("until", ""))
    if until is not None:
        services.mark_read(request.user, until=until, by=request.actor, now=timezone.now())
    return redirect("notices:page")


def _moment(text: str) -> datetime | None:
    try:
        found = parse_datetime(text)
    except ValueError:
        return None
    return found if found is not None and timezone.is_aware(found) else None


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: PersonRequest) -> HttpResponse:
    """How soon one wants to know of what."""
    wishes = queries.wishes_of(request.user.pk)
    form = ChooseForm(request.POST if request.method == "POST" else None, wishes=wishes)
    if form.is_valid():
        services.choose(
            request.user,
            paces=form.paces,
            hour=form.cleaned_data["hour"],
            weekday=form.cleaned_data["weekday"],
            by=request.actor,
            now=timezone.now(),
        )
        messages.success(request, _("Saved. From now on you get it as you have chosen."))
        return redirect("notices:choose")
    context = {
        "form": form,
        "wishes": wishes,
        "always": [topic for topic in queries.topics() if len(topic.choices) == 1],
    }
    return render(request, "notices/choose.html", context, status=422 if form.errors else 200)


@signed_in
@require_POST
def digest(request: PersonRequest) -> HttpResponse:
    """End the digest, or begin it again."""
    if request.POST.get("digest") == "begin":
        services.begin_digest(request.user, by=request.actor, now=timezone.now())
        messages.success(request, _("The digest comes again, the next time something happens."))
    elif request.POST.get("digest") == "stop":
        services.stop_digest(request.user, by=request.actor, now=timezone.now())
        messages.success(request, _("No more digests come. Everything still stands on the page of what has happened."))
    return redirect("notices:choose")


@csrf_exempt  # a mail program posts here by itself (RFC 8058); the signed link is what shows whose it is
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """The link in a digest. To open it changes nothing, for mail is read by machines on its way; the button does."""
    person = access.person_of(token)
    is_done = request.method == "POST"
    if is_done:
        by = Actor(person_id=person.pk, strength=Strength.LINK)
        services.stop_digest(person, by=by, now=timezone.now())
    return render(request, "notices/stop.html", {"is_done": is_done, "token": token})
