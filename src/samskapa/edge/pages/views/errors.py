"""What a person sees when something could not be done."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import get_template

from samskapa.ground.people.access import typed_on_our_page


def csrf_failure(request, reason=""):
    """A form that had lain open so long that its stamp was old: nothing typed is lost.

    When the form came from one of our own pages, its fields are shown with a fresh stamp and a button that
    sends them again. From elsewhere it is refused without that, or the button would undo the protection.
    """
    request.waiting_grant = None  # what was typed stays here: nobody is led away to strengthen the log-in first
    fields = typed_on_our_page(request)
    return render(request, "pages/stale_form.html", {"fields": fields, "action": request.get_full_path()}, status=403)


def not_found(request, exception=None):
    """Forbidden looks like missing: the page is the same for both."""
    return render(request, "pages/not_found.html", status=404)


def being_restored(request):
    """Without menu, person or language: nothing is read while a backup is put back."""
    headers = {"Retry-After": "60", "Cache-Control": "no-store"}
    return HttpResponse(get_template("503.html").render(), status=503, headers=headers)


def forbidden(request, exception=None):
    return render(request, "pages/forbidden.html", status=403)
