"""Who is with whom, before those who are ticked are asked two and two."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from samskapa.cocreate.pool.models import Group, Member
from samskapa.cocreate.pool.queries.members import called
from samskapa.cocreate.pool.services.running import note_members_read
from samskapa.ground.people.access import PersonRequest

from ..domain import PAIR
from ..forms import AskForm
from ..forms.pairs import SENT, PairsForm
from ..queries.filling import Filling
from ..queries.why import asked_about

#: What the page itself sends: all else that was sent comes along as it was.
_ITS_OWN = {"csrfmiddlewaretoken", "named", "show", "choose", SENT}


class Pairing:
    """The pairs of those who are ticked. form: None where each is asked by themselves, where two are the only pair, and
    where somebody among them is not in the group, which is told when they are asked."""

    def __init__(self, request: PersonRequest, group: Group, asked: AskForm) -> None:
        self._request, self._group = request, group
        self.members: list[Member] = []
        self.form: PairsForm | None = None
        self.order, self.named = asked.chosen, asked.chosen if asked.cleaned_data["named"] else []
        if asked.cleaned_data["together"] and len(asked.chosen) > PAIR:
            self._arrange(asked.chosen)

    def _arrange(self, chosen: list[int]) -> None:
        found = asked_about(Member.objects.filter(group=self._group)).in_bulk(chosen)
        if len(found) < len(chosen):
            return
        self.members = [found[pk] for pk in chosen]
        hidden = {member.pk for member in self.members if member.person.protected_tag}
        names = {member.pk: called(member) for member in self.members}
        self.form = PairsForm(self._request.POST, names=names, hidden=hidden)
        if self.form.may_be_asked:
            self.order, self.named = self.form.order, sorted(self.form.named)

    @property
    def is_looked_through(self) -> bool:
        """Whether they can be asked: it is plain who is with whom."""
        return self.form is None or self.form.may_be_asked

    @property
    def is_new(self) -> bool:
        """Whether the page of the pairs is to be shown for the first time."""
        return self.form is not None and not self.form.is_sent

    def refuse_names(self, asked: AskForm) -> None:
        """Somebody who was to be named has a protected identity (CannotBeNamed)."""
        words = _("One of them has a protected identity, and is not named to anybody.")
        if self.form is None:
            asked.add_error("named", words)
        else:
            self.form.add_error(None, words)

    def page(self, filling: Filling) -> HttpResponse:
        """Who is with whom."""
        note_members_read(self._group, self.members, by=self._request.actor, now=timezone.now())
        sent = self._request.POST
        kept = [
            (key, value)
            for key in sent
            if key not in _ITS_OWN and not key.startswith("pair_")
            for value in sent.getlist(key)
        ]
        context = {"assignment": filling.assignment, "form": self.form, "kept": kept, "sent": SENT}
        is_wrong = self.form is not None and bool(self.form.errors)
        return render(self._request, "matching/pairs.html", context, status=422 if is_wrong else 200)
