"""For the one who runs the service: what failed, and trying it once more. Never what people wrote."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from samskapa.ground.core import queries as core
from samskapa.ground.core.domain import NotFailed
from samskapa.ground.core.services import run_again, send_again
from samskapa.ground.organisations.domain import Role
from samskapa.ground.people.access import signed_in

from .. import access


@require_safe
@signed_in
def operations(request):
    access.require_role(request.actor, Role.OPERATOR)
    context = {
        "jobs": core.failed_jobs(),
        "mails": core.failed_mails(),
        "waiting": core.waiting(now=timezone.now()),
        "held_since": core.mail_held_since(),
        "held_count": sum(each.count for each in core.held_mails()),
    }
    return render(request, "pages/operations.html", context)


@require_POST
@signed_in
def run_job_again(request, pk):
    access.require_role(request.actor, Role.OPERATOR)
    return _again(request, run_again, pk, _("The job will be tried again in a moment."))


@require_POST
@signed_in
def send_mail_again(request, pk):
    access.require_role(request.actor, Role.OPERATOR)
    return _again(request, send_again, pk, _("The mail will be sent again in a moment."))


def _again(request, service, pk, done: str):
    try:
        service(pk, by=request.actor, now=timezone.now())
    except NotFailed as missing:
        raise Http404 from missing
    messages.success(request, done)
    return redirect("pages:operations")
