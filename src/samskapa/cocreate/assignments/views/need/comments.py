"""What has been said of one question, a place to say more, and that it is taken care of."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samskapa.ground.people.access import PersonRequest, signed_in
from samskapa.ground.people.models import display_name

from ...access import need as access
from ...domain import NotThatState
from ...domain.parts import BY_KEY
from ...forms import need as forms
from ...forms import wording
from ...queries import need as queries
from ...services import need as services
from .answers import lines_now


@signed_in
@require_http_methods(["GET", "POST"])
def need_comment(request: PersonRequest, pk: int, key: str) -> HttpResponse:
    """What has been said of one question, and a place to say more."""
    if key not in BY_KEY:
        raise Http404
    assignment = access.need_for(request.actor, pk, may=access.can_write)
    form = forms.CommentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.comment_part(assignment, key, form.cleaned_data["text"], by=request.actor, now=timezone.now())
        except NotThatState:
            form.add_error(None, _("The assignment is published. Comments belong to the time before that."))
        else:
            messages.success(request, _("Your comment is saved."))
            return redirect("assignments:need_comment", pk, key)
    return render(
        request,
        "assignments/need/comment.html",
        {
            "need": assignment,
            "key": key,
            "wording": wording.QUESTIONS[key],
            "lines": lines_now(assignment, key, queries.parts_of(assignment)[key]),
            "comments": [(c, display_name(c.written_by)) for c in queries.comments_on(assignment, key)],
            "form": form,
            "may_comment": "comment" in access.steps_for(request.actor, assignment),
        },
        status=422 if request.method == "POST" else 200,
    )


@signed_in
@require_POST
def need_comment_done(request: PersonRequest, pk: int, comment_pk: int) -> HttpResponse:
    """The comment is taken care of."""
    comment = access.comment_for(request.actor, pk, comment_pk)
    services.mark_comment_done(comment, by=request.actor, now=timezone.now())
    messages.success(request, _("The comment is marked as taken care of."))
    return redirect("assignments:need", pk)
