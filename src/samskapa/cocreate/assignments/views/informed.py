"""Following an assignment, saved searches, and the links in mails that end them."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samskapa.ground.core.domain import Actor, Strength
from samskapa.ground.notices.queries import wishes_of
from samskapa.ground.notices.services import choose_for_matter
from samskapa.ground.people.access import PersonRequest, signed_in

from ..access import applications
from ..access import informed as access
from ..domain.informed import FOLLOWED, SEARCHES, EnoughSearches, NameTaken
from ..forms.informed import AS_ALL, PaceForm, SearchForm
from ..queries import informed as queries
from ..queries.open import filters_from
from ..services import informed as services
from ..services.telling import matter_of

#: Assignments one follows, on a page.
PAGE = 20


@signed_in
@require_safe
def following(request: PersonRequest) -> HttpResponse:
    """What one follows, and one's saved searches."""
    page = Paginator(queries.follows_of(request.actor), PAGE).get_page(request.GET.get("page"))
    wishes = wishes_of(request.user.pk)
    follows = [
        (each, _pace_form(FOLLOWED, wishes.chosen.get((FOLLOWED, matter_of(each.assignment_id))), f"follow-{each.pk}"))
        for each in page
    ]
    searches = []
    for search in queries.searches_of(request.actor):
        filters = queries.filters_of(search)
        chosen = wishes.chosen.get((SEARCHES, services.matter_of_search(search.pk)))
        searches.append(
            {
                "search": search,
                "words": queries.filters_in_words(filters),
                "address": f"{reverse('assignments:open')}?{queries.address_of(filters)}",
                "feed": request.build_absolute_uri(access.feed_path(search)),
                "form": _pace_form(SEARCHES, chosen, f"search-{search.pk}"),
            }
        )
    context = {"page_obj": page, "follows": follows, "searches": searches}
    return render(request, "assignments/open/following.html", context)


def _pace_form(topic: str, chosen, name: str) -> PaceForm:
    """Many stand on a page: each has its own ids, and the same field name."""
    return PaceForm(topic=topic, initial={"pace": chosen.value if chosen else AS_ALL}, auto_id=f"{name}-%s")


@signed_in
@require_POST
def follow(request: PersonRequest, pk: int) -> HttpResponse:
    found = applications.public_assignment(pk)
    if not access.may_follow(request.actor):
        raise Http404
    services.follow(found, by=request.actor, now=timezone.now())
    messages.success(
        request, _("You follow the assignment. You hear of what happens in your digest, once a day at most.")
    )
    return redirect("assignments:assignment", pk)


@signed_in
@require_POST
def unfollow(request: PersonRequest, pk: int) -> HttpResponse:
    found = applications.public_assignment(pk)
    services.unfollow(found, by=request.actor, now=timezone.now())
    messages.success(request, _("You do not follow the assignment any more."))
    return redirect(_back(request, reverse("assignments:assignment", args=[pk])))


def _back(request: HttpRequest, otherwise: str) -> str:
    """The page of what one follows, where the button was pressed there."""
    return reverse("assignments:following") if request.POST.get("from") == "following" else otherwise


@signed_in
@require_POST
def follow_pace(request: PersonRequest, pk: int) -> HttpResponse:
    found = access.own_follow(request.actor, pk)
    return _choose(request, FOLLOWED, matter_of(found.assignment_id))


@signed_in
@require_POST
def search_pace(request: PersonRequest, pk: int) -> HttpResponse:
    found = access.own_search(request.actor, pk)
    return _choose(request, SEARCHES, services.matter_of_search(found.pk))


def _choose(request: PersonRequest, topic: str, matter: str) -> HttpResponseRedirect:
    form = PaceForm(request.POST, topic=topic)
    if form.is_valid():
        choose_for_matter(request.user, topic, matter, form.pace, by=request.actor, now=timezone.now())
        messages.success(request, _("Saved."))
    else:  # nothing was typed: a page that was open since before the choices changed
        messages.error(request, _("Choose one of those that are offered."))
    return redirect("assignments:following")


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def save_search(request: PersonRequest) -> HttpResponse:
    """Keep what the list was filtered by: the address says what."""
    filters = filters_from(request.GET)
    words = queries.filters_in_words(filters)
    form = SearchForm(
        request.POST if request.method == "POST" else None,
        initial={"name": words[:1].upper() + words[1 : SearchForm.base_fields["name"].max_length]},
    )
    if form.is_valid():
        try:
            services.save_search(name=form.cleaned_data["name"], filters=filters, by=request.actor, now=timezone.now())
        except NameTaken:
            form.add_error("name", _("You have another search with that name. Choose another name."))
        except EnoughSearches:
            form.add_error(None, _("You have as many searches as one can have. Remove one that you do not need."))
        else:
            messages.success(request, _("The search is saved. You hear of new assignments that fit."))
            return redirect("assignments:following")
    context = {"form": form, "words": words, "address": request.get_full_path()}
    return render(request, "assignments/open/save_search.html", context, status=422 if form.errors else 200)


@signed_in
@require_POST
def remove_search(request: PersonRequest, pk: int) -> HttpResponse:
    services.remove_search(access.own_search(request.actor, pk), by=request.actor, now=timezone.now())
    messages.success(request, _("The search is removed, and its feed with it."))
    return redirect("assignments:following")


@signed_in
@require_POST
def renew_feed(request: PersonRequest, pk: int) -> HttpResponse:
    services.renew_feed(access.own_search(request.actor, pk), by=request.actor, now=timezone.now())
    messages.success(request, _("The feed has a new address. The old one leads nowhere."))
    return redirect("assignments:following")


@require_http_methods(["GET", "HEAD", "POST"])
def stop_news(request: HttpRequest, token: str) -> HttpResponse:
    """The link in a mail that ends one thing. To open it changes nothing; the button does."""
    found = access.stop_of(token)
    if found and request.method == "POST":
        by = Actor(person_id=found.person_id, strength=Strength.LINK)
        if found.follow:
            services.unfollow(found.follow.assignment, by=by, now=timezone.now())
        elif found.search:
            services.remove_search(found.search, by=by, now=timezone.now())
    is_done = found is None or request.method == "POST"
    return render(request, "assignments/open/stop_news.html", {"found": found, "is_done": is_done, "token": token})
