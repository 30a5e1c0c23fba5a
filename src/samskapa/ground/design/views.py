"""The gallery: every component in every state, and three whole pages built of them. Public: documentation."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from .forms import ExampleForm

#: The whole pages of the gallery, by the last part of their address.
EXAMPLES = ["start", "uppdrag", "overenskommelse"]

#: The gallery's bars: what it is called, how many, their share in hundredths, and whether it stands apart.
BARS = [
    {"label": label, "number": number, "share": share, "is_apart": label == "Vet inte"}
    for label, number, share in [
        ("1. Nej, inte alls", 1, 6),
        ("2", 0, 0),
        ("3. Ibland", 3, 18),
        ("4", 5, 29),
        ("5. Ja, hela tiden", 8, 47),
        ("Vet inte", 3, 0),
    ]
]


def gallery(request: HttpRequest) -> HttpResponse:
    """Show the components. The form is shown empty and as it looks when something is wrong."""
    wrong = ExampleForm(
        {
            "name": "Maja",
            "email": "maja at exempel",
            "people": "två",
            "answer_date": "i mars",
            "access": ["pauses"],
        },
        auto_id="wrong_%s",
    )
    return render(
        request,
        "design/gallery.html",
        {
            "form": ExampleForm(),
            "wrong": wrong,
            "bars": BARS,
            "page_obj": Paginator(range(1, 101), 20).get_page(request.GET.get("page", 2)),
        },
    )


def example(request: HttpRequest, name: str) -> HttpResponse:
    """Show one of the whole pages."""
    if name not in EXAMPLES:
        raise Http404
    return render(request, f"design/examples/{name}.html")
