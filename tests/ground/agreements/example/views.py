"""The example's page, as a using app writes it: fetch through the doorway, one call, one answer."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from samskapa.ground.agreements import forms, queries

from .models import TABLES, Agreement

#: What the page of an agreement links to -> the name of the address.
URLS = {"page": "agreement", "answer": "answer", "history": "history"}


def name_of(party):
    return party.node.name if party.node_id else party.person.name


def _fetch(request, pk):
    """The agreement and the reader's own party in it; for anybody else it does not exist."""
    agreement = Agreement.objects.select_related("root").filter(pk=pk).first()
    if agreement is not None:
        for party in queries.parties_of(TABLES, agreement):
            if party.person_id is not None and party.person_id == request.actor.person_id:
                return agreement, party
    raise Http404


def agreement(request, pk, refused=None, status=200):
    row, party = _fetch(request, pk)
    sheet = queries.sheet(TABLES, row, party, name_of=name_of)
    urls = {name: reverse(view, args=[pk]) for name, view in URLS.items()}
    context = {"page": forms.page(sheet, refused, opened=request.GET.get(forms.OPEN, "")), "urls": urls}
    return render(request, "example/agreement.html", context, status=status)


def answer(request, pk):
    row, party = _fetch(request, pk)
    with transaction.atomic():
        given = forms.answer(TABLES, row, data=request.POST, party=party, by=request.actor, now=timezone.now())
        # A using app publishes its news here: given.done.versions, given.done.lines.
    if given.done is None:
        return agreement(request, pk, refused=given, status=422)
    messages.success(request, given.message)
    return redirect("agreement", pk)


def history(request, pk):
    row, party = _fetch(request, pk)
    moments = queries.history(TABLES, row, party, name_of=name_of)
    return render(request, "example/history.html", {"moments": moments})
