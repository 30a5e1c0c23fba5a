"""Two hosts in the same agreement at the same moment: both are heard, and no word is lost."""

from datetime import timedelta

import pytest

from samskapa.cocreate.assignments.domain import State
from samskapa.cocreate.assignments.models import Agreement, Line, Statement, Version
from samskapa.cocreate.assignments.queries import agreements as queries
from samskapa.cocreate.assignments.services import agreeing
from samskapa.ground.agreements.domain import ChangedMeanwhile
from samskapa.ground.core.models import OutboxMail
from tests.factories.assignments import host_of, make_agreement, make_host, representative_of
from tests.factories.organisations import NOW
from tests.factories.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)
LATER = NOW + timedelta(days=20)


def test_of_two_hosts_changing_one_point_the_second_is_shown_the_firsts_text():
    agreement = make_agreement()
    one, two = host_of(agreement.root), make_host(agreement.root.unit)
    party = queries.host_party(agreement)
    line = Line.objects.get(root=agreement.root, key="draft-host_prepares")
    based_on = line.revisions.get().pk

    def change(actor, text):
        return lambda: agreeing.propose_change(
            agreement, line.pk, text=text, based_on=based_on, party=party, by=actor, now=LATER
        )

    answers = at_once(change(one, "Den enas text."), change(two, "Den andras text."))
    refused = [answer for answer in answers if isinstance(answer, ChangedMeanwhile)]
    assert len(refused) == 1
    assert line.revisions.count() == 2
    assert refused[0].theirs.text == line.revisions.get(number=2).text


def test_both_parties_confirming_everything_at_once_fix_one_version_and_send_one_mail_each():
    agreement = make_agreement()
    host, person = queries.host_party(agreement), queries.representative_party(agreement)
    shown = queries.to_confirm(agreement, host)

    def confirm(party, actor):
        return lambda: agreeing.confirm_all(agreement, expected=shown, party=party, by=actor, now=LATER)

    answers = at_once(confirm(host, host_of(agreement.root)), confirm(person, representative_of(agreement)))
    assert [type(answer).__name__ for answer in answers] == ["Done", "Done"]
    assert Version.objects.filter(agreement=agreement).count() == 1
    assert Statement.objects.count() == 26
    assert OutboxMail.objects.filter(kind="assignments/agreement_version").count() == 2
    fresh = Agreement.objects.select_related("root").get(pk=agreement.pk)
    assert (fresh.root.state, fresh.person_owes, fresh.host_owes) == (State.AGREED, 0, 0)
