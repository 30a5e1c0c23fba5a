"""What a person sees when something could not be done."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.shortcuts import render

#: Never shown again or sent back in a page.
SECRET_FIELDS = ("csrfmiddlewaretoken", "password", "password1", "password2", "oldpassword", "code")


def csrf_failure(request, reason=""):
    """A form that had lain open so long that its stamp was old: nothing typed is lost.

    When the form came from one of our own pages, its fields are shown with a fresh stamp and a button that
    sends them again. From elsewhere it is refused without that, or the button would undo the protection.
    """
    fields = []
    request.waiting_grant = None  # what was typed stays here: nobody is led away to strengthen the log-in first
    if _came_from_us(request):
        fields = [
            (name, value) for name, values in request.POST.lists() if name not in SECRET_FIELDS for value in values
        ]
    return render(request, "pages/stale_form.html", {"fields": fields, "action": request.get_full_path()}, status=403)


def _came_from_us(request) -> bool:
    origin = request.headers.get("Origin") or request.headers.get("Referer") or ""
    return urlsplit(origin).netloc == request.get_host()


def not_found(request, exception=None):
    """Forbidden looks like missing: the page is the same for both."""
    return render(request, "pages/not_found.html", status=404)


def forbidden(request, exception=None):
    return render(request, "pages/forbidden.html", status=403)
