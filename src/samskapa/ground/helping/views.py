"""The coordinator's page of people to help, registering, helping, letters; and what the person sees of it."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samskapa.ground.core.domain import Actor, Strength
from samskapa.ground.core.services import mail_in_words, record_look
from samskapa.ground.documents.services import make_pdf, pdf_response
from samskapa.ground.people.access import ActorRequest, PersonRequest, log_in, signed_in, typed_on_our_page
from samskapa.ground.people.domain import AddressTaken, HasAddress
from samskapa.ground.people.models import Person, display_name

from . import access, queries, services
from .domain import FOR, HELP, Asked, Done, HelpsAlready, How
from .forms import BeginForm, ContactForm, RegisterForm, TakeOverForm
from .models import Help
from .queries import ASKED_IN_WORDS

PEOPLE_PER_PAGE = 50
#: Letters and mails that the page shows of each; the oldest first, so that the rest comes up.
SHOWN = 50


@signed_in
@require_safe
def desk(request: PersonRequest) -> HttpResponse:
    """What waits to be posted or told by phone, and whom one can help."""
    actor, words = access.coordinator(request.actor), request.GET.get("q", "")[:100]
    page = Paginator(queries.people_to_help(actor, words), PEOPLE_PER_PAGE).get_page(request.GET.get("page"))
    mails = list(queries.mail_to_pass_on(actor)[:SHOWN])
    names = {row.pk: display_name(row) for row in Person.objects.filter(pk__in={mail.recipient_id for mail in mails})}
    ways = queries.ways_to_reach(actor, names)
    context = {
        "page": page,
        "rows": [(row, display_name(row)) for row in page],
        "q": words,
        "letters": [(done, display_name(done.person)) for done in queries.letters_to_post(actor)[:SHOWN]],
        "mails": [(mail, names.get(to, ""), ways.get(to, [])) for mail in mails for to in (mail.recipient_id or 0,)],
    }
    return render(request, "helping/desk.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: PersonRequest) -> HttpResponse:
    """Register somebody who has no e-mail."""
    actor = access.coordinator(request.actor)
    form = RegisterForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        row = services.register(**form.cleaned_data, by=actor, now=timezone.now())
        messages.success(request, _("The person is registered."))
        return redirect("helping:person", row.person_id)
    return render(request, "helping/register.html", {"form": form}, status=422 if form.is_bound else 200)


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def person(request: PersonRequest, pk: int) -> HttpResponse:
    """How to reach somebody, and each time they were helped."""
    found = access.person_to_help(request.actor, pk)
    row, now = access.registered(found), timezone.now()
    # Who has an address changes their own details; those of a protected person stand elsewhere.
    may_change = row is not None and not found.email and not found.protected_tag
    initial = {"phone": found.phone, "postal_address": row.postal_address if row else ""}
    form = ContactForm(request.POST or None, initial=initial)
    if request.method == "POST" and row and may_change and form.is_valid():
        services.change_contact(row, **form.cleaned_data, by=request.actor, now=now)
        messages.success(request, _("Saved."))
        return redirect("helping:person", pk)
    record_look(pk, by=request.actor, at=now, what="helping.person")
    context = {
        "person": found,
        "name": display_name(found),
        "registered": row,
        "may_change": may_change,
        "form": form,
        "helps": queries.helps_of(pk)[:SHOWN],
        "can_be_invited": not found.email and not found.protected_tag,
        "consent": ASKED_IN_WORDS[Asked(row.consent_by)] if row else "",
    }
    return render(request, "helping/person.html", context, status=422 if form.is_bound else 200)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: PersonRequest, pk: int) -> HttpResponse:
    """Say how the person asked and what one helps with; then one acts for them."""
    found = access.person_to_help(request.actor, pk)
    form = BeginForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            begun = services.begin_help(found, **form.cleaned_data, by=request.actor, now=timezone.now())
        except HelpsAlready:
            form.add_error(None, _("You have just begun to help somebody in another window."))
        else:
            request.session[HELP] = begun.pk
            rotate_token(request)  # a form that was opened in one's own name is not sent in another's
            return redirect("pages:my_page")
    context = {"form": form, "person": found, "name": display_name(found)}
    return render(request, "helping/begin.html", context, status=422 if form.is_bound else 200)


@signed_in
@require_POST
def end(request: PersonRequest) -> HttpResponse:
    """Stop acting for the person."""
    running = Help.objects.filter(pk=request.session.pop(HELP, 0), helper=request.user).first()
    if running is None:
        access.coordinator(request.actor)
        return redirect("helping:desk")
    rotate_token(request)
    # In the trail as oneself again: to end is no deed in the person's name.
    own = Actor(person_id=request.user.pk, strength=request.actor.strength)
    done = services.end_help(running, how=How.BUTTON, by=own, now=timezone.now())
    _say_over(request, done)
    return redirect("helping:person", running.person_id)


def over_now(request: ActorRequest, done: Help) -> HttpResponse:
    """The first page after the time ran out."""
    _say_over(request, done)
    return redirect("helping:person", done.person_id)


@never_cache
def over(request: ActorRequest, done: Help | None) -> HttpResponse:
    """What was sent came too late: nothing was done, and here it is, to send when one helps again."""
    fields = [(name, value) for name, value in typed_on_our_page(request) if name != FOR]
    whose = done.person_id if done else request.POST.get(FOR, "")
    context = {
        "fields": fields,
        "texts": [value for _name, value in fields if len(value) > 1],
        "action": request.get_full_path(),
        "whose": whose,
        "begin": reverse("helping:begin", args=[whose]) if str(whose).isdecimal() else "",
    }
    return render(request, "helping/over.html", context, status=403)


def not_for_another(request: ActorRequest) -> HttpResponse:
    """What one does not do for somebody else."""
    return render(request, "helping/not_for_another.html", status=403)


# --- letters --------------------------------------------------------------------------------------


@never_cache
@signed_in
@require_safe
def letter(request: PersonRequest, pk: int) -> HttpResponse:
    """The letter to the person of what was done in their name, as a PDF."""
    done = access.help_for(request.actor, pk)
    now = timezone.now()
    record_look(done.person_id, by=request.actor, at=now, what="helping.letter")
    address = access.letter_address(request.actor, done.person, now=now)
    with override(done.person.language):
        data = queries.letter_data(done, address=address)
        pdf = make_pdf(
            "helping/letter", data, title=data["title"], at=done.ended_at or done.ends_at, language=done.person.language
        )
    return pdf_response(pdf, _("Letter") + f" {done.pk}.pdf")


@signed_in
@require_POST
def posted(request: PersonRequest, pk: int) -> HttpResponse:
    """The letter is in the post."""
    services.note_posted(access.help_to_post(request.actor, pk), by=request.actor, now=timezone.now())
    messages.success(request, _("Noted: the letter is posted."))
    return redirect("helping:desk")


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def mail(request: PersonRequest, pk: int) -> HttpResponse:
    """A mail to somebody who has no address, or wants it in another way: read it, post it or call, and say so."""
    found, now = access.mail_for(request.actor, pk), timezone.now()
    recipient = access.person_to_help(request.actor, found.recipient_id or 0)
    if request.method == "POST" and request.POST.get("how") in set(Done):
        services.pass_on(found, how=request.POST["how"], by=request.actor, now=now)
        messages.success(request, _("Noted."))
        return redirect("helping:desk")
    record_look(recipient.pk, by=request.actor, at=now, what="helping.mail")
    name = display_name(recipient)
    group_id = found.params.get("group_id")
    ways = queries.ways_to_reach(request.actor, [recipient.pk], group_id).get(recipient.pk, [])
    lives_at = next((way.at for way in ways if way.is_letter), "")
    address = access.letter_address(request.actor, recipient, lives_at=lives_at, now=now)
    subject, body = mail_in_words(found, name=name, language=recipient.language, now=now)
    context = {
        "mail": found,
        "person": recipient,
        "name": name,
        "ways": ways,
        "by_phone": bool(ways) and not ways[0].is_letter,
        "address": address,
        "has_address": "\n" in address,  # more than the name
        "subject": subject,
        "body": body,
    }
    return render(request, "helping/mail.html", context)


# --- the person's own -----------------------------------------------------------------------------


@signed_in
@require_safe
def own(request: PersonRequest) -> HttpResponse:
    """Each time one was helped, by whom, and what was done."""
    page = Paginator(access.own_helps(request.actor), 10).get_page(request.GET.get("page"))
    rows = [(done, display_name(done.helper), queries.deeds_of(done)) for done in page]
    return render(request, "helping/own.html", {"page": page, "rows": rows})


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: PersonRequest, pk: int) -> HttpResponse:
    """Invite the person to take over their account, now that they have an address."""
    found = access.person_to_help(request.actor, pk)
    form = TakeOverForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.invite_to_take_over(found, form.cleaned_data["email"], by=request.actor, now=timezone.now())
        except AddressTaken:
            form.add_error("email", _("There is an account with that address already."))
        except HasAddress:
            messages.info(request, _("The person has an e-mail address already."))
            return redirect("helping:person", pk)
        else:
            messages.success(request, _("The invitation is on its way."))
            return redirect("helping:person", pk)
    context = {"form": form, "person": found, "name": display_name(found)}
    return render(request, "helping/invite.html", context, status=422 if form.is_bound else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def take_over(request: HttpRequest, token: str) -> HttpResponse:
    """Into one's own account, by the link in a mail. Opening it uses nothing up: mail scanners open it too."""
    found, email = access.take_over_of(token)
    if request.method == "POST":
        by = Actor(person_id=found.pk, strength=Strength.LINK)
        try:
            found = services.take_over(found, email, by=by, now=timezone.now())
        except (AddressTaken, HasAddress):
            messages.info(request, _("The address is in use already. Log in with it."))
            return redirect("account_login")
        return log_in(request, found, method="link", next_path=reverse("helping:own"))
    return render(request, "helping/take_over.html", {"name": display_name(found), "email": email})


def _say_over(request: HttpRequest, done: Help) -> None:
    if done.ended_how == How.TIME:
        messages.info(request, _("The hour is over, and you are yourself again."))
    elif done.ended_how == How.ROLE:
        messages.info(request, _("You no longer act as coordinator there, so the help has ended."))
    else:
        messages.success(request, _("You are yourself again."))
