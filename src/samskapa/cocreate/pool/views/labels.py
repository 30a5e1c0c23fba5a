"""For the coordinators of a group: its own words on members."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from samskapa.ground.people.access import PersonRequest, signed_in

from .. import access
from ..domain import NotThatMove
from ..domain.labels import MOST_LABELS, LabelTaken, TooManyLabels, UnknownLabel
from ..forms.labels import LabelForm, MemberLabelsForm
from ..queries import labels as queries
from ..queries.members import called
from ..services import labelling
from ..services.running import note_member_read


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def labels(request: PersonRequest, pk: int) -> HttpResponse:
    """The group's words, with how many have each, and a new one."""
    group = access.group_to_run(request.actor, pk)
    form = LabelForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            labelling.make_label(group, name=form.cleaned_data["name"], by=request.actor, now=timezone.now())
        except LabelTaken:
            form.add_error("name", _("The group has that label already."))
        except TooManyLabels:
            form.add_error("name", _("A group has at most %(n)s labels. Remove one first.") % {"n": MOST_LABELS})
        else:
            messages.success(request, _("Saved."))
            return redirect("pool:labels", pk)
    context = {"group": group, "form": form, "labels": queries.labels_of(group)}
    return render(request, "pool/labels.html", context, status=422 if form.is_bound else 200)


@never_cache
@signed_in
@require_POST
def remove_label(request: PersonRequest, pk: int) -> HttpResponse:
    """A word that goes. Where members have it, or a view asks for it, that is said first."""
    group = access.group_to_run(request.actor, pk)
    label = queries.label_of(group, request.POST.get("label", ""))
    if label is None:
        return redirect("pool:labels", pk)
    number, views = label.on.count(), queries.views_with(label)
    if (number or views) and "sure" not in request.POST:
        return render(
            request, "pool/remove_label.html", {"group": group, "label": label, "number": number, "views": views}
        )
    labelling.remove_label(group, label.pk, by=request.actor, now=timezone.now())
    messages.success(request, _("The label is removed."))
    return redirect("pool:labels", pk)


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def member_labels(request: PersonRequest, pk: int) -> HttpResponse:
    """Which of the group's words a member has."""
    member = access.member_to_run(request.actor, pk)
    has = [str(row.label_id) for row in queries.labels_on(member)]
    form = MemberLabelsForm(
        request.POST if request.method == "POST" else None,
        labels=queries.labels_of(member.group),
        initial={"labels": has, "shown": ",".join(has)},
    )
    if form.is_valid():
        given = form.cleaned_data
        try:
            new = labelling.set_labels(
                member, given["labels"], shown=given["shown"], by=request.actor, now=timezone.now()
            )
        except UnknownLabel:
            form.add_error("labels", _("Somebody has just removed one of the labels. Choose anew."))
        except NotThatMove:
            messages.info(request, _("Something has happened meanwhile. Look at where it stands now."))
            return redirect("pool:members", member.group.node_id)
        else:
            messages.success(request, _("Saved, and the member has been told.") if new else _("Saved."))
            return redirect("pool:member", pk)
    note_member_read(member, by=request.actor, now=timezone.now())
    context = {"group": member.group, "member": member, "name": called(member), "form": form}
    return render(request, "pool/member_labels.html", context, status=422 if form.is_bound else 200)
