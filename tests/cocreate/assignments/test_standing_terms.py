"""Terms of a standing assignment: drafted, confirmed, renewed with a yes from both, or let end."""

from __future__ import annotations

from datetime import timedelta

import pytest

from samskapa.cocreate.assignments import jobs
from samskapa.cocreate.assignments.domain import State
from samskapa.cocreate.assignments.domain.standing import (
    BadTerm,
    NoTerm,
    last_day,
)
from samskapa.cocreate.assignments.models import (
    TABLES,
    Agreement,
    Assignment,
    Term,
    Version,
)
from samskapa.cocreate.assignments.queries import agreements as queries
from samskapa.cocreate.assignments.queries import standing as asked
from samskapa.cocreate.assignments.queries.agreements import Seat
from samskapa.cocreate.assignments.queries.draft_words import whole_day
from samskapa.cocreate.assignments.queries.paper import paper_of_draft, paper_of_version
from samskapa.cocreate.assignments.services import agreeing, standing
from samskapa.ground.agreements import services as law
from samskapa.ground.agreements.domain import ChangedMeanwhile, NothingChanged
from samskapa.ground.core.models import AuditEntry
from tests.factories.assignments import (
    ANSWERS,
    STANDING,
    coordinator_for,
    host_of,
    make_agreeing,
    make_agreement,
    representative_of,
)
from tests.factories.standing import (
    FIRST,
    LAST,
    LATER,
    at,
    confirm,
    council,
    mails,
    propose,
    settle,
    term_text,
)

pytestmark = pytest.mark.django_db


# --- the term -------------------------------------------------------------------------------------


def test_the_draft_says_the_days_and_the_term_counts_when_both_have_confirmed_them():
    agreement = make_agreement(standing=STANDING)
    term = Term.objects.get()
    assert (term.starts_on, term.ends_on, term.confirmed_at) == (FIRST, LAST, None)
    assert f"från och med {whole_day(FIRST)} till och med {whole_day(LAST)}" in term_text(agreement)
    assert "Du är ordinarie" in term_text(agreement)
    confirm(agreement, host_of(agreement.root))
    assert asked.valid_term(agreement) is None
    confirm(agreement, representative_of(agreement))
    assert asked.valid_term(agreement).confirmed_at == LATER
    assert AuditEntry.objects.filter(action="assignments.term_confirmed", object_id=str(term.pk)).exists()


def test_who_comes_late_has_a_term_from_the_day_of_her_agreement():
    assignment = make_agreeing(standing=STANDING, drafted=False)
    late = at(FIRST + timedelta(days=30))
    agreeing.draft_agreements(assignment, by=coordinator_for(assignment), now=late)
    assert Term.objects.get().starts_on == FIRST + timedelta(days=30)


def test_without_a_first_day_the_days_are_proposed_later_and_the_draft_says_so():
    time_part = ANSWERS["time"] | {"starts_on": None}
    (agreement,) = council(time=time_part)
    assert Term.objects.count() == 0
    assert "24 månader" in term_text(agreement)
    propose(agreement, starts_on=FIRST, ends_on=LAST, party=queries.host_party(agreement), by=host_of(agreement.root))
    confirm(agreement, representative_of(agreement))
    assert asked.valid_term(agreement).ends_on == LAST


def test_an_ordinary_assignment_has_no_term_and_none_can_be_proposed():
    agreement = make_agreement()
    assert Term.objects.count() == 0
    with pytest.raises(standing.NotStanding):
        propose(agreement, based_on=0)


def test_who_rewords_the_point_and_leaves_the_days_keeps_the_term():
    agreement = make_agreement(standing=STANDING)
    party, by = queries.representative_party(agreement), representative_of(agreement)
    line = asked.term_line(agreement)
    newest = asked.newest_wording(agreement)
    agreeing.propose_change(
        agreement, line.pk, text=newest.text + " Vi firar med tårta.", based_on=newest.pk, party=party, by=by, now=LATER
    )
    settle(agreement)
    term = asked.valid_term(agreement)
    assert (term.starts_on, term.ends_on) == (FIRST, LAST)
    assert term.revision.text.endswith("tårta.")
    assert not asked.standing_of(agreement, Seat(None), FIRST).is_reworded


def test_who_rewords_the_days_away_is_told_that_they_must_be_set_anew():
    (agreement,) = council()
    party, by = queries.representative_party(agreement), representative_of(agreement)
    line, newest = asked.term_line(agreement), asked.newest_wording(agreement)
    agreeing.propose_change(
        agreement, line.pk, text="Vi ses så länge vi vill.", based_on=newest.pk, party=party, by=by, now=LATER
    )
    confirm(agreement, host_of(agreement.root))
    seen = asked.standing_of(Agreement.objects.get(pk=agreement.pk), Seat(None), FIRST)
    assert seen.is_reworded
    assert seen.valid.ends_on == LAST


# --- renewal --------------------------------------------------------------------------------------


def test_the_coordinator_renews_and_it_counts_only_when_both_have_confirmed_it():
    (agreement,) = council()
    old = asked.valid_term(agreement)
    propose(agreement, reason="Alla vill fortsätta.")
    agreement.refresh_from_db()
    assert (agreement.person_owes, agreement.host_owes) == (1, 1)
    assert asked.valid_term(agreement) == old
    confirm(agreement, host_of(agreement.root))
    assert asked.valid_term(agreement) == old
    confirm(agreement, representative_of(agreement))
    new = asked.valid_term(agreement)
    assert (new.starts_on, new.ends_on) == (LAST + timedelta(days=1), last_day(LAST + timedelta(days=1), 24))
    assert Version.objects.filter(agreement=agreement).count() == 2
    assert {mail.recipient_id for mail in mails("agreement_news")} == {agreement.application.person_id}
    assert {mail.recipient_id for mail in mails("agreements_news")} == {host_of(agreement.root).person_id}
    agreement.root.refresh_from_db()
    assert agreement.root.state == State.AGREED


def test_a_no_from_the_representative_leaves_the_term_as_it_was():
    (agreement,) = council()
    old = asked.valid_term(agreement)
    host = queries.host_party(agreement)
    done = propose(agreement, party=host, by=host_of(agreement.root))
    for party, by in (
        (queries.representative_party(agreement), representative_of(agreement)),
        (host, host_of(agreement.root)),
    ):
        law.say_not_agreed(
            TABLES, agreement, done.line.pk, revision=done.revision.pk, reason="Nej", party=party, by=by, now=LATER
        )
    assert asked.valid_term(agreement) == old
    seen = asked.standing_of(agreement, Seat(None), FIRST)
    assert [row.state for row in seen.rows] == ["valid"]
    assert not seen.is_reworded


def test_a_deputy_becomes_ordinary_by_a_new_term_and_the_papers_say_so():
    (_, agreement) = council(2, deputies=1)
    first = Version.objects.get(agreement=agreement)
    before = paper_of_version(agreement, first).data["facts"]
    assert ["Är med som", "Ersättare"] in before
    assert ["Period", f"Från och med {whole_day(FIRST)} till och med {whole_day(LAST)}"] in before
    propose(agreement, starts_on=FIRST + timedelta(days=90), ends_on=LAST, now=at(FIRST))
    assert ["Är med som", "Ordinarie"] in paper_of_draft(agreement, LATER).data["facts"]
    settle(agreement)
    assert not asked.valid_term(agreement).is_deputy
    assert "Du är ordinarie" in term_text(agreement)
    assert paper_of_version(agreement, first).data["facts"] == before
    newest = Version.objects.filter(agreement=agreement).latest("number")
    assert ["Är med som", "Ordinarie"] in paper_of_version(agreement, newest).data["facts"]


def test_a_proposal_of_what_stands_there_or_on_an_older_wording_is_refused():
    (agreement,) = council()
    with pytest.raises(NothingChanged):
        propose(agreement, starts_on=FIRST, ends_on=LAST)
    read = asked.newest_wording(agreement).pk
    propose(agreement)
    with pytest.raises(ChangedMeanwhile):
        propose(agreement, ends_on=LAST + timedelta(days=200), based_on=read)
    with pytest.raises(BadTerm):
        propose(agreement, ends_on=LAST - timedelta(days=9))
    assert Term.objects.count() == 2


# --- the end --------------------------------------------------------------------------------------


def test_everybody_is_reminded_once_eight_weeks_before_and_the_unit_once_more_when_it_has_passed():
    council_ = council(2)
    host, coordinator = host_of(council_[0].root).person_id, coordinator_for(council_[0].root).person_id
    people = {agreement.application.person_id for agreement in council_}
    jobs.terms.func(now=at(LAST - timedelta(weeks=8, days=1)))
    assert mails("term_ends") == mails("terms_end") == []
    for days in (0, 1, 30):
        jobs.terms.func(now=at(LAST - timedelta(weeks=8) + timedelta(days=days)))
    assert sorted(mail.recipient_id for mail in mails("term_ends")) == sorted(people)
    assert sorted(mail.recipient_id for mail in mails("terms_end")) == sorted({host, coordinator})
    for days in (1, 2):
        jobs.terms.func(now=at(LAST + timedelta(days=days)))
    assert [mail.params["is_past"] for mail in mails("terms_end")] == [False, False, True, True]
    assert len(mails("term_ends")) == 2
    assert Agreement.objects.filter(ended_at=None).count() == 2


def test_a_renewed_term_is_not_reminded_of_before_its_own_end():
    (agreement,) = council()
    propose(agreement)
    settle(agreement)
    jobs.terms.func(now=at(LAST))
    assert mails("term_ends") == mails("terms_end") == []


def test_let_it_end_tells_the_others_and_ends_the_agreement_after_the_last_day():
    (one, two) = council(2)
    with pytest.raises(NoTerm):
        standing.let_term_end(make_agreement(standing=STANDING), by=representative_of(one), now=LATER)
    term = standing.let_term_end(one, by=representative_of(one), now=LATER)
    assert standing.let_term_end(one, by=host_of(one.root), now=LATER).ending_by_id == one.application.person_id
    told = {mail.recipient_id for mail in mails("term_let_end")}
    assert told == {host_of(one.root).person_id, coordinator_for(one.root).person_id}
    jobs.terms.func(now=at(LAST))
    one.refresh_from_db()
    assert one.ended_at is None
    jobs.terms.func(now=at(LAST + timedelta(days=1)))
    jobs.terms.func(now=at(LAST + timedelta(days=2)))
    one.refresh_from_db()
    assert one.ended_at == at(LAST + timedelta(days=1))
    assert [mail.recipient_id for mail in mails("term_ended")] == [one.application.person_id]
    assert Agreement.objects.get(pk=two.pk).ended_at is None
    assert Assignment.objects.get(pk=one.root_id).state == State.AGREED
    assert queries.term_is_over(one)
    assert not queries.has_left(one)
    with pytest.raises(standing.NotBeingWritten):
        standing.let_term_end(one, by=host_of(one.root), now=at(LAST + timedelta(days=3)))
    assert AuditEntry.objects.filter(action="assignments.term_let_end", object_id=str(term.pk)).count() == 1


def test_a_term_agreed_after_all_counts_instead_of_the_end():
    (agreement,) = council()
    standing.let_term_end(agreement, by=host_of(agreement.root), now=LATER)
    propose(agreement)
    settle(agreement)
    jobs.terms.func(now=at(LAST + timedelta(days=1)))
    agreement.refresh_from_db()
    assert agreement.ended_at is None


def test_a_council_whose_every_term_is_over_stays_agreed():
    (agreement,) = council()
    standing.let_term_end(agreement, by=host_of(agreement.root), now=LATER)
    jobs.terms.func(now=at(LAST + timedelta(days=1)))
    assert Assignment.objects.get(pk=agreement.root_id).state == State.AGREED
