"""Under eighteen: what is noted before welcome, and that a guardian no longer agrees, told by whoever hears of it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from samskapa.ground.people.access import PersonRequest, signed_in
from samskapa.ground.people.domain.my_data import NotGiven

from .. import access
from ..domain import ChangedMeanwhile, is_minor
from ..forms.running import GuardianEndedForm, MinorForm
from ..queries import wording
from ..services import minors as services
from ..services.running import note_minor
from .group import with_version
from .running import member_page


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def minor(request: PersonRequest, pk: int) -> HttpResponse:
    """For somebody under eighteen: guardian, guide, and a known adult at meetings."""
    found = access.member_to_run(request.actor, pk)
    row, theirs = getattr(found, "minor", None), None
    initial = {"version": row.version if row else 0}
    if row:
        initial |= {name: getattr(row, name) for name in ("guardian", "guide", "adult")}
        initial["agrees"] = row.has_yes
    form = MinorForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            note_minor(
                found,
                guardian=given["guardian"],
                guide=given["guide"],
                adult=given["adult"],
                words=str(wording.GUARDIAN_CONSENT),
                based_on=given["version"] or 0,
                by=request.actor,
                now=timezone.now(),
            )
        except ChangedMeanwhile as meanwhile:
            found = access.member_to_run(request.actor, pk)
            theirs = found.minor
            data = with_version(request, meanwhile.version)
            if not theirs.has_yes:  # a yes is not given anew by pressing once more
                data.pop("agrees", None)
            form = MinorForm(data, initial=initial)
            form.is_valid()
        else:
            messages.success(request, _("Saved."))
            return redirect("pool:member", pk)
    status = 409 if theirs else 422 if form.is_bound else 200
    return member_page(request, found, "pool/minor.html", {"form": form, "theirs": theirs}, status=status)


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def guardian_ended(request: PersonRequest, pk: int) -> HttpResponse:
    """A guardian has told a coordinator that they no longer agree."""
    found = access.member_to_run(request.actor, pk)
    row: Any = getattr(found, "minor", None)
    if row is None or not row.has_yes:
        messages.info(request, _("No guardian's yes stands, so there is nothing to take back."))
        return redirect("pool:minor", pk)
    form = GuardianEndedForm(request.POST or None, initial={"on_day": timezone.localdate(), "version": row.version})
    status = 422 if form.is_bound else 200
    if form.is_valid():
        given = form.cleaned_data
        try:
            services.take_back_guardians_yes(
                found,
                said_by=given["said_by"],
                on_day=given["on_day"],
                based_on=given["version"] or 0,
                by=request.actor,
                now=timezone.now(),
            )
        except ChangedMeanwhile as meanwhile:
            found = access.member_to_run(request.actor, pk)
            form = GuardianEndedForm(with_version(request, meanwhile.version))
            form.add_error(None, _("Somebody has noted something here meanwhile. Look at it, and save once more."))
            status = 409
        else:
            messages.success(request, _("Noted. From now on nobody asks the member, who has been told."))
            return redirect("pool:minor", pk)
    return member_page(request, found, "pool/guardian_ended.html", {"form": form}, status=status)


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def tell_guardian_ended(request: PersonRequest, pk: int) -> HttpResponse:
    """One tells oneself that one's guardian no longer agrees."""
    member = access.sent_member(request.actor, pk)
    row: Any = getattr(member, "minor", None) if is_minor(member.age) else None
    if request.method == "POST":
        try:
            services.take_back_guardians_yes(member, on_day=timezone.localdate(), by=request.actor, now=timezone.now())
        except NotGiven:
            messages.info(request, _("No guardian's yes stands, so there is nothing to take back."))
        else:
            messages.success(request, _("Thank you for telling us. From now on nobody asks you."))
        return redirect("pool:mine", pk)
    if row is None or not row.has_yes:
        messages.info(request, _("No guardian's yes stands, so there is nothing to take back."))
        return redirect("pool:mine", pk)
    return render(request, "pool/tell_guardian_ended.html", {"member": member, "group": member.group})
