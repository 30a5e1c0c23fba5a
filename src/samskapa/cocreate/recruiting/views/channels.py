"""Posters and links: what each has brought, what is written on it, and the poster to print."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samskapa.cocreate.pool.models import Group
from samskapa.cocreate.pool.queries.came_by import brought
from samskapa.ground.documents.services import make_pdf, pdf_response
from samskapa.ground.people.access import PersonRequest, signed_in

from .. import access
from ..domain import USE_OF, ChangedMeanwhile, Kind, NameTaken, Use
from ..forms import ChannelForm, TextForm, channel_start
from ..models import Channel
from ..queries import channels as queries
from ..queries.paper import SHEETS, poster_of
from ..queries.plan import whom
from ..queries.texts import WRITTEN_IN, always, how_to_join, text_of, texts_of
from ..queries.wording import KIND, USE
from ..services import channels as services

PER_PAGE = 50
#: How far back the page tells day by day.
SHOWN_DAYS = timedelta(days=28)


@never_cache
@signed_in
@require_safe
def channels(request: PersonRequest, pk: int) -> HttpResponse:
    """Every poster and link with what it has brought."""
    group = access.group_to_recruit_to(request.actor, pk)
    page = Paginator(queries.channels_of(group), PER_PAGE).get_page(request.GET.get("page"))
    context = {"group": group, "page": page, "rows": queries.channel_rows(group, list(page))}
    return render(request, "recruiting/channels.html", context)


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def make(request: PersonRequest, pk: int) -> HttpResponse:
    """Make a poster or a link."""
    group = access.group_to_recruit_to(request.actor, pk)
    said = request.GET
    start = channel_start(
        said.get("audience", ""),
        said.get("kind", ""),
        said.get("name", ""),
        request.actor.person_id,
        said.get("municipality", ""),
    )
    form = ChannelForm(request.POST or None, initial=start, group=group)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.make_channel(group, form.said(), by=request.actor, now=timezone.now())
        except NameTaken:
            form.add_error("name", _("There is one with that name. Choose another name."))
        else:
            messages.success(request, _("Here is the link. Look at the texts before you print."))
            return redirect("recruiting:channel", made.pk)
    return _form_page(request, group, form, None)


@never_cache
@signed_in
@require_safe
def channel(request: PersonRequest, pk: int) -> HttpResponse:
    """One poster or link: the link, what it has brought, the texts and the poster."""
    found = access.channel_to_run(request.actor, pk)
    contact = queries.contact_of(found)
    context = {
        "channel": found,
        "group": found.group,
        "kind": KIND[Kind(found.kind)],
        "whom": whom(found.audience, found.municipality),
        "link": queries.short_link(found),
        "address": queries.link_of(found),
        "times": queries.times_opened(found),
        "brought": brought(found.group, [found.code])[found.code],
        "days": queries.opened_by_day(found, timezone.localdate() - SHOWN_DAYS),
        "texts": [(USE[text.use], text) for text in texts_of(found)],
        "always": always(found.group, contact),
        "join": how_to_join(queries.short_link(found)),
        "open_text": USE_OF.get(Kind(found.kind), Use.NOTICE),
        "has_phone": bool(contact and contact.phone),
    }
    return render(request, "recruiting/channel.html", context)


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: PersonRequest, pk: int) -> HttpResponse:
    """Call it something else, or say anew for whom it is and whom one calls."""
    found = access.channel_to_run(request.actor, pk)
    form = ChannelForm(request.POST or None, initial=_values(found), group=found.group, chosen=found.contact)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_channel(found, form.said(), based_on=form.based_on, by=request.actor, now=timezone.now())
        except NameTaken:
            form.add_error("name", _("There is one with that name. Choose another name."))
        except ChangedMeanwhile as meanwhile:
            data = request.POST.copy()
            data["version"] = str(meanwhile.version)
            now = access.channel_to_run(request.actor, pk)
            again = ChannelForm(data, initial=_values(now), group=now.group, chosen=now.contact)
            again.is_valid()
            return _form_page(request, now.group, again, now, is_changed=True, status=409)
        else:
            messages.success(request, _("Saved."))
            return redirect("recruiting:channel", pk)
    return _form_page(request, found.group, form, found)


def _values(found: Channel) -> dict[str, Any]:
    return {name: getattr(found, name) for name in (*services.FIELDS, "version")}


def _form_page(
    request: PersonRequest,
    group: Group,
    form: ChannelForm,
    found: Channel | None,
    *,
    is_changed: bool = False,
    status: int = 0,
) -> HttpResponse:
    context: dict[str, Any] = {"group": group, "form": form, "channel": found, "is_changed": is_changed}
    if found and is_changed:
        context["theirs"] = [found.name, KIND[Kind(found.kind)], whom(found.audience, found.municipality)]
    return render(request, "recruiting/channel_form.html", context, status=status or (422 if form.is_bound else 200))


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def text(request: PersonRequest, pk: int, key: str) -> HttpResponse:
    """Change what is written on it."""
    found, use = access.channel_to_run(request.actor, pk), access.use_of(key)
    now = text_of(found, use)
    theirs, status = None, 422
    initial = {"heading": now.heading, "body": now.body, "version": now.version}
    form = TextForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("heading", "body")}
        try:
            services.save_text(found, use, **said, based_on=form.based_on, by=request.actor, now=timezone.now())
        except ChangedMeanwhile as meanwhile:
            data = request.POST.copy()
            data["version"] = str(meanwhile.version)
            form, theirs, status = TextForm(data, initial=initial), text_of(found, use), 409
            form.is_valid()
        else:
            messages.success(request, _("Saved."))
            return redirect("recruiting:channel", pk)
    context = {
        "channel": found,
        "group": found.group,
        "form": form,
        "key": key,
        "use": USE[use],
        "always": always(found.group, queries.contact_of(found)),
        "theirs": theirs,
    }
    return render(request, "recruiting/text.html", context, status=status if form.is_bound else 200)


@never_cache
@signed_in
@require_safe
def poster(request: PersonRequest, pk: int) -> HttpResponse:
    """The poster as PDF, on A4 or with ?sheet=a3 on A3."""
    found = access.channel_to_run(request.actor, pk)
    asked = request.GET.get("sheet", "")
    sheet = asked if asked in SHEETS else "a4"
    data = poster_of(found, sheet)
    pdf = make_pdf("recruiting/poster", data, title=data["title"], at=timezone.now(), language=WRITTEN_IN)
    return pdf_response(pdf, f"{found.name} {sheet.upper()}.pdf")


@signed_in
@require_POST
def close(request: PersonRequest, pk: int) -> HttpResponse:
    """It is not put up any more; or, with "undo", it is again. The link leads on either way."""
    found = access.channel_to_run(request.actor, pk)
    is_closed = "undo" not in request.POST
    services.close_channel(found, is_closed=is_closed, by=request.actor, now=timezone.now())
    messages.success(
        request,
        _("It is put away. The link still leads to the group, for a poster may still hang.")
        if is_closed
        else _("It is in use again."),
    )
    return redirect("recruiting:channel", pk)
