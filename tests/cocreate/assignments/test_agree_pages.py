"""Reading, answering and settling an agreement, as each who may and may not."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from samskapa.cocreate.assignments.domain import State
from samskapa.cocreate.assignments.models import TABLES, Agreement, Comment, Line, Revision, Statement, Version
from samskapa.cocreate.assignments.queries import agreements as queries
from samskapa.cocreate.assignments.services import agreeing
from samskapa.cocreate.assignments.services.applying import withdraw
from samskapa.ground.agreements import services as law
from samskapa.ground.core.domain import Actor
from samskapa.ground.core.models import AuditEntry, OutboxMail
from samskapa.ground.core.services import drain
from samskapa.ground.organisations.domain import Role
from samskapa.ground.organisations.models import RoleGrant
from samskapa.ground.people.models import Person
from tests.factories.assignments import host_of, make_agreeing, make_agreement, representative_of
from tests.factories.mail import left_when_all_is_mailed
from tests.factories.organisations import NOW, log_in, make_grant
from tests.ground.documents.reading import text_of

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=20)
NAME = "Čábbá Łukasz Đorđe 李小龙 😀"


def as_representative(client, agreement: Agreement) -> None:
    log_in(client, agreement.application.person)


def as_host(client, assignment) -> None:
    grant = RoleGrant.objects.get(person_id=assignment.created_by_id, role=Role.HOST)
    log_in(client, grant.person, grant)


def as_role(client, role: Role, node) -> Person:
    grant = make_grant(role=role, node=node)
    log_in(client, grant.person, grant)
    return grant.person


def page(agreement: Agreement, name: str = "agreement", **more) -> str:
    return reverse(f"assignments:{name}", kwargs={"pk": agreement.pk, **more})


def confirm_everything(agreement: Agreement, by: Actor, *, now=LATER, except_=()):
    party = queries.host_party(agreement) if by.acts_as(Role.HOST) else queries.representative_party(agreement)
    shown = queries.to_confirm(agreement, party)
    return agreeing.confirm_all(agreement, expected=shown, party=party, by=by, now=now, except_=except_)


def settle(agreement: Agreement, *, now=LATER) -> Version:
    confirm_everything(agreement, host_of(agreement.root), now=now)
    confirm_everything(agreement, representative_of(agreement), now=now)
    return Version.objects.filter(agreement=agreement).latest("number")


def line_of(agreement: Agreement, key: str) -> Line:
    return Line.objects.filter(root=agreement.root, key__startswith=f"draft-{key}").get(
        key__in=[f"draft-{key}", f"draft-{key}-{agreement.pk}"]
    )


def newest(line: Line) -> Revision:
    return line.revisions.latest("number")


# --- who sees it ----------------------------------------------------------------------------------


def test_parties_and_coordinator_read_and_nobody_else(client):
    agreement = make_agreement()
    unit, area = agreement.root.unit, agreement.root.area
    as_representative(client, agreement)
    assert client.get(page(agreement)).status_code == 200
    as_host(client, agreement.root)
    assert client.get(page(agreement)).status_code == 200
    as_role(client, Role.COORDINATOR, area)
    assert client.get(page(agreement)).status_code == 200
    for role, node in [(Role.LEADERSHIP, area), (Role.MEMBER, area), (Role.PAYROLL, area), (Role.AUDITOR, area)]:
        as_role(client, role, node)
        for name in ("agreement", "agreement_history", "agreement_pdf"):
            assert client.get(page(agreement, name)).status_code == 404, (role, name)
        assert client.get(reverse("assignments:agreements", args=[agreement.root_id])).status_code == 404
    as_role(client, Role.HOST, make_agreement().root.unit)
    assert client.get(page(agreement)).status_code == 404
    assert unit.name


def test_a_visitor_is_asked_to_log_in(client):
    agreement = make_agreement()
    assert client.get(page(agreement)).status_code == 302
    assert client.post(page(agreement, "agreement_answer")).status_code == 302


def test_the_coordinator_reads_and_does_not_confirm(client):
    agreement = make_agreement()
    person = as_role(client, Role.COORDINATOR, agreement.root.area)
    answer = client.get(page(agreement))
    assert b'value="confirm"' not in answer.content
    assert b"confirm-all" not in answer.content
    assert client.post(page(agreement, "agreement_answer"), {"action": "confirm_all"}).status_code == 403
    look = AuditEntry.objects.get(action="people.looked", person_id=person.pk)
    assert look.object_id == str(agreement.application.person_id)


def test_one_representative_sees_nothing_personal_of_another(client):
    assignment = make_agreeing(representatives=2, names=["Amina Ett", "Bertil Två"], access_needs="Ledsagare behövs.")
    amina, bertil = Agreement.objects.filter(root=assignment).order_by("application__number")
    party = queries.representative_party(bertil)
    said = {"party": party, "by": representative_of(bertil), "now": LATER}
    common = line_of(bertil, "role")
    law.comment(TABLES, bertil, common.pk, text="Hemlig kommentar", **said)
    law.say_not_agreed(TABLES, bertil, common.pk, revision=newest(common).pk, reason="Hemligt skäl", **said)
    other = line_of(bertil, "influence")
    agreeing.propose_change(
        bertil, other.pk, text="Bertils nya text om inflytande.", based_on=newest(other).pk, reason="Eget skäl", **said
    )
    personal = line_of(bertil, "access")
    law.propose_change(TABLES, bertil, personal.pk, text="Personlig ledsagning.", based_on=newest(personal).pk, **said)
    as_representative(client, amina)
    for name in ("agreement", "agreement_history"):
        content = client.get(page(amina, name)).content.decode()
        for hidden in ("Bertil Två", "Hemlig kommentar", "Hemligt skäl", "Eget skäl", "Personlig ledsagning"):
            assert hidden not in content, (name, hidden)
    assert "Bertils nya text om inflytande." in client.get(page(amina)).content.decode()
    assert client.get(page(bertil)).status_code == 404


# --- answering ------------------------------------------------------------------------------------


def test_confirm_all_leaves_out_what_was_taken_out(client):
    agreement = make_agreement()
    out = line_of(agreement, "secrecy")
    shown = queries.to_confirm(agreement, queries.representative_party(agreement))
    as_representative(client, agreement)
    ticked = [f"{line}:{revision}" for line, revision in shown.items() if line != out.pk]
    answer = client.post(page(agreement, "agreement_answer"), {"action": "confirm_all", "confirm": ticked})
    assert answer.status_code == 302
    agreement.refresh_from_db()
    assert (agreement.person_owes, agreement.host_owes) == (1, 13)
    assert not Statement.objects.filter(revision__line=out).exists()
    assert Statement.objects.count() == 12


def test_a_double_click_says_it_once(client):
    agreement = make_agreement()
    line = line_of(agreement, "pay")
    as_representative(client, agreement)
    said = {"action": "confirm", "line": line.pk, "revision": newest(line).pk}
    for _ in range(2):
        assert client.post(page(agreement, "agreement_answer"), said).status_code == 302
    assert Statement.objects.filter(revision__line=line).count() == 1
    added = {"action": "add", "key": "k1", "owner_side": "both", "text": "En ny punkt", "heading": ""}
    for _ in range(2):
        assert client.post(page(agreement, "agreement_answer"), added).status_code == 302
    assert Line.objects.filter(key="k1").count() == 1


def test_the_second_of_two_sees_both_texts_and_nothing_is_lost(client):
    agreement = make_agreement()
    line = line_of(agreement, "host_prepares")
    old = newest(line).pk
    agreeing.propose_change(
        agreement, line.pk, text="Verksamhetens nya text.", based_on=old,
        party=queries.host_party(agreement), by=host_of(agreement.root), now=LATER,
    )  # fmt: skip
    as_representative(client, agreement)
    mine = {"action": "change", "line": line.pk, "revision": old, "text": "Min egen text.", "reason": "Därför."}
    answer = client.post(page(agreement, "agreement_answer"), mine)
    assert answer.status_code == 422
    content = answer.content.decode()
    assert "Verksamhetens nya text." in content
    assert "Min egen text." in content
    assert line.revisions.count() == 2


@pytest.mark.parametrize(
    "data",
    [
        {"action": "not_agreed", "reason": ""},
        {"action": "change", "text": ""},
        {"action": "change", "text": "x" * 5000},
        {"action": "comment", "text": "   "},
        {"action": "confirm", "revision": "abc"},
        {"action": "confirm", "line": "99999999999999999999999"},
        {"action": "confirm_all", "confirm": ["<script>"]},
        {"action": "no such thing"},
    ],
)
def test_bad_answers_come_back_with_a_message_and_store_nothing(client, data):
    agreement = make_agreement()
    line = line_of(agreement, "pay")
    as_representative(client, agreement)
    sent = {"line": line.pk, "revision": newest(line).pk, **data}
    answer = client.post(page(agreement, "agreement_answer"), sent)
    assert answer.status_code == 422
    assert not Statement.objects.exists()
    assert line.revisions.count() == 1
    assert not Comment.objects.exists()


def test_a_line_of_somebody_elses_agreement_is_refused(client):
    assignment = make_agreeing(representatives=2)
    mine, theirs = Agreement.objects.filter(root=assignment).order_by("pk")
    line = line_of(theirs, "pay")
    as_representative(client, mine)
    sent = {"action": "comment", "line": line.pk, "revision": newest(line).pk, "text": "Hej"}
    assert client.post(page(mine, "agreement_answer"), sent).status_code == 422
    assert not Comment.objects.exists()


# --- settled, and open again ----------------------------------------------------------------------


def test_when_all_are_settled_the_assignment_is_agreed_and_a_change_opens_it():
    assignment = make_agreeing(representatives=2)
    one, two = Agreement.objects.filter(root=assignment).select_related("root", "application").order_by("pk")
    assert settle(one).number == 1
    assignment.refresh_from_db()
    assert assignment.state == State.AGREEING
    assert settle(two).number == 1
    assignment.refresh_from_db()
    assert assignment.state == State.AGREED
    line = line_of(one, "pay")
    agreeing.propose_change(
        one, line.pk, text="600 kr per tillfälle.", based_on=newest(line).pk,
        party=queries.host_party(one), by=host_of(assignment), now=LATER + timedelta(days=1),
    )  # fmt: skip
    assignment.refresh_from_db()
    one.refresh_from_db()
    assert (assignment.state, one.settled_at, one.person_owes) == (State.AGREEING, None, 1)
    confirm_everything(one, representative_of(one), now=LATER + timedelta(days=2))
    assignment.refresh_from_db()
    assert assignment.state == State.AGREED
    assert list(Version.objects.filter(agreement=one).values_list("number", flat=True).order_by("number")) == [1, 2]


def test_one_who_has_not_said_yes_to_her_name_keeps_it_open():
    assignment = make_agreeing(representatives=2, presented=1)
    settle(Agreement.objects.select_related("root", "application").get(root=assignment))
    assignment.refresh_from_db()
    assert assignment.state == State.AGREEING


def test_one_withdraws_from_a_fixed_agreement_too_and_what_was_agreed_is_kept(client):
    assignment = make_agreeing(representatives=2)
    one, two = Agreement.objects.filter(root=assignment).select_related("root", "application").order_by("pk")
    settle(one)
    settle(two)
    as_representative(client, one)
    asked = client.get(reverse("assignments:withdraw", args=[one.application_id]))
    assert asked.status_code == 200
    client.post(reverse("assignments:withdraw", args=[one.application_id]))
    drain()
    one.refresh_from_db()
    two.refresh_from_db()
    assignment.refresh_from_db()
    assert (one.ended_at is None, two.ended_at, assignment.state) == (False, None, State.AGREED)
    told = OutboxMail.objects.filter(kind="assignments/somebody_withdrew").values_list("recipient_id", flat=True)
    assert assignment.created_by_id in told
    as_host(client, assignment)
    assert client.get(page(one, "agreement_pdf")).status_code == 200
    client.post(page(one, "agreement_answer"), {"action": "confirm_all"})
    assert Version.objects.filter(agreement=one).count() == 1


def test_withdrawing_ends_the_agreement_and_closes_what_is_personal(client):
    assignment = make_agreeing(representatives=2, names=["Amina Ett", "Bertil Två"], access_needs="Ledsagare.")
    amina, bertil = Agreement.objects.filter(root=assignment).select_related("root", "application").order_by("pk")
    settle(bertil)
    withdraw(amina.application, by=representative_of(amina), now=LATER)
    drain()
    amina.refresh_from_db()
    assignment.refresh_from_db()
    assert amina.ended_at is not None
    assert amina.host_owes == 0
    assert assignment.state == State.AGREED
    as_host(client, assignment)
    content = client.get(page(amina)).content.decode()
    assert "Ledsagare." not in content
    assert "Amina Ett" not in content
    assert "Fyra av tio ringer" in content
    assert client.get(page(amina, "agreement_pdf")).status_code == 404
    assert client.get(page(amina, "agreement_history")).status_code == 404
    listed = client.get(reverse("assignments:agreements", args=[assignment.pk])).content.decode()
    assert "Amina Ett" not in listed
    assert "Bertil Två" in listed
    as_representative(client, amina)
    assert "Ledsagare." in client.get(page(amina)).content.decode()
    line = line_of(amina, "pay")
    sent = {"action": "confirm", "line": line.pk, "revision": newest(line).pk}
    assert client.post(page(amina, "agreement_answer"), sent).status_code == 302
    assert not Statement.objects.filter(revision__line=line).exists()


def test_no_version_is_fixed_in_the_agreement_of_one_who_has_left():
    assignment = make_agreeing(representatives=2)
    gone, stays = Agreement.objects.filter(root=assignment).select_related("root", "application").order_by("pk")
    host = host_of(assignment)
    confirm_everything(gone, representative_of(gone))
    for key in ("pay", "access"):
        line = line_of(gone, key)
        said = {"party": queries.host_party(gone), "by": host, "now": LATER}
        law.confirm(TABLES, gone, line.pk, revision=newest(line).pk, **said)
    withdraw(gone.application, by=representative_of(gone), now=LATER)
    settle(stays)
    assert not Version.objects.filter(agreement=gone).exists()
    assert Version.objects.filter(agreement=stays).exists()


# --- paper ----------------------------------------------------------------------------------------


def test_the_version_is_a_pdf_with_the_names_whatever_their_script(client):
    agreement = make_agreement(names=[NAME])
    version = settle(agreement)
    as_representative(client, agreement)
    first = client.get(page(agreement, "agreement_pdf"))
    assert first.status_code == 200
    assert first["Content-Type"] == "application/pdf"
    assert "overenskommelse-" in first["Content-Disposition"].casefold() or "agreement-" in first["Content-Disposition"]
    assert "-v1.pdf" in first["Content-Disposition"]
    again = client.get(page(agreement, "agreement_version_pdf", number=version.number))
    assert again.content == first.content
    text = text_of(first.content)
    # No font of ours has an emoji: it becomes □, and the paper says what □ stands for (ground/documents).
    for part in ("Čábbá", "Łukasz", "Đorđe", "李小龙", "□", agreement.root.unit.name):
        assert part in text


def test_before_the_first_version_the_paper_says_that_it_is_a_draft(client):
    agreement = make_agreement()
    as_host(client, agreement.root)
    answer = client.get(page(agreement, "agreement_pdf"))
    assert answer.status_code == 200
    assert "-v1" not in answer["Content-Disposition"]


def test_an_earlier_version_is_readable_and_says_so(client):
    agreement = make_agreement()
    settle(agreement)
    line = line_of(agreement, "pay")
    was = newest(line)
    agreeing.propose_change(
        agreement, line.pk, text="600 kr per tillfälle.", based_on=was.pk,
        party=queries.host_party(agreement), by=host_of(agreement.root), now=LATER + timedelta(days=1),
    )  # fmt: skip
    confirm_everything(agreement, representative_of(agreement), now=LATER + timedelta(days=2))
    as_representative(client, agreement)
    first = client.get(page(agreement, "agreement_version", number=1)).content.decode()
    assert was.text.split("\n")[0] in first
    assert "600 kr" not in first
    second = client.get(page(agreement, "agreement_version", number=2)).content.decode()
    assert "600 kr" in second
    assert client.get(page(agreement, "agreement_version", number=3)).status_code == 404


# --- mails ----------------------------------------------------------------------------------------


def mails(kind: str) -> int:
    return OutboxMail.objects.filter(kind=f"assignments/{kind}").count()


def test_many_changes_in_a_day_are_one_mail_to_the_other_party():
    agreement = make_agreement()
    for key in ("secrecy", "results", "contact"):
        line = line_of(agreement, key)
        agreeing.propose_change(
            agreement, line.pk, text=f"Ny text om {key}", based_on=newest(line).pk,
            party=queries.representative_party(agreement), by=representative_of(agreement), now=LATER,
        )  # fmt: skip
    assert (mails("agreements_news"), mails("agreement_news")) == (1, 0)
    line = line_of(agreement, "pay")
    agreeing.propose_change(
        agreement, line.pk, text="Mer", based_on=newest(line).pk,
        party=queries.representative_party(agreement), by=representative_of(agreement), now=LATER + timedelta(days=1),
    )  # fmt: skip
    assert mails("agreements_news") == 2


def test_confirming_what_both_have_to_confirm_mails_nobody():
    agreement = make_agreement()
    confirm_everything(agreement, representative_of(agreement))
    assert mails("agreements_news") == 0


def test_a_fixed_version_is_mailed_to_both_with_a_link_to_the_paper():
    agreement = make_agreement()
    version = settle(agreement)
    sent = OutboxMail.objects.filter(kind="assignments/agreement_version")
    assert {mail.recipient_id for mail in sent} == {agreement.application.person_id, agreement.root.created_by_id}
    assert sent[0].params["paper"] == page(agreement, "agreement_version_pdf", number=version.number)


def test_every_mail_can_be_written():
    agreement = make_agreement()
    line = line_of(agreement, "pay")
    settle(agreement)
    agreeing.propose_change(
        agreement, line.pk, text="Mer", based_on=newest(line).pk,
        party=queries.representative_party(agreement), by=representative_of(agreement), now=LATER,
    )  # fmt: skip
    agreeing.remind_of_agreement(agreement.pk, now=LATER + timedelta(days=4))
    assert left_when_all_is_mailed(LATER + timedelta(days=5)) == []


def test_a_reminder_comes_after_three_days_and_then_weekly():
    agreement = make_agreement()
    drafted = agreement.person_owes_since
    for days, expected in [(2, 0), (3, 1), (4, 1), (9, 1), (10, 2), (16, 2), (17, 3)]:
        agreeing.remind_of_agreement(agreement.pk, now=drafted + timedelta(days=days))
        assert mails("agreement_waits") == expected, days


# --- lists and their cost -------------------------------------------------------------------------


def test_the_list_says_whose_turn_it_is(client):
    assignment = make_agreeing(representatives=2, presented=1)
    agreement = Agreement.objects.select_related("root", "application").get(root=assignment)
    confirm_everything(agreement, representative_of(agreement))
    row = queries.list_row(queries.agreement_list(assignment).get())
    assert (row.waits_for, row.points) == ("host", 13)
    assert row.since == agreement.created_at
    as_host(client, assignment)
    answer = client.get(reverse("assignments:agreements", args=[assignment.pk]))
    assert answer.status_code == 200
    assert [application.number for application in answer.context["missing"]] == [2]


def test_counts_for_the_overview():
    from samskapa.cocreate.assignments.models import Assignment

    assignment = make_agreeing(representatives=2)
    one, two = Agreement.objects.filter(root=assignment).select_related("root", "application").order_by("pk")
    settle(one)
    row = Assignment.objects.annotate(n=queries.agreements_in(), done=queries.settled_in()).get(pk=assignment.pk)
    assert (row.n, row.done) == (2, 1)
    two.refresh_from_db()
    one.refresh_from_db()
    assert queries.turns_of([one, two]) == {one.pk: 0, two.pk: 13}


def test_the_page_costs_the_same_whatever_the_number_of_lines(client, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    agreement = make_agreement()
    as_representative(client, agreement)
    client.get(page(agreement))
    counts = []
    for total in (1, 3, 300):
        have = Line.objects.filter(root=agreement.root, heading="Extra").count()
        lines = Line.objects.bulk_create(
            Line(root=agreement.root, heading="Extra", position=100 + n, owner_side="both", key=f"x{n}")
            for n in range(have, total)
        )
        Revision.objects.bulk_create(Revision(line=line, number=1, text="Text", at=timezone.now()) for line in lines)
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert client.get(page(agreement)).status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1] == counts[2]


def many_agreements(assignment, total: int) -> None:
    from samskapa.cocreate.assignments.models import Application, Party

    start = Agreement.objects.filter(root=assignment).count()
    people = Person.objects.bulk_create(
        Person(email=f"a{assignment.pk}-{n}@example.se", name=f"Namn {n}") for n in range(start, total)
    )
    applications = Application.objects.bulk_create(
        Application(
            assignment=assignment, person=person, number=1000 + start + n, state="chosen", experience="x",
            applied_at=NOW, presented_at=NOW, answer_reason="Ja", answered_at=NOW,
            answered_by_id=assignment.created_by_id,
        )
        for n, person in enumerate(people)
    )  # fmt: skip
    agreements = Agreement.objects.bulk_create(
        Agreement(root=assignment, application=application, created_at=NOW, person_owes=1, person_owes_since=NOW)
        for application in applications
    )
    Party.objects.bulk_create(
        Party(root=assignment, agreement=agreement, side="person", person=agreement.application.person)
        for agreement in agreements
    )


def test_the_list_and_the_page_cost_the_same_whatever_the_number_of_agreements(client):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    agreement = make_agreement()
    as_host(client, agreement.root)
    url = reverse("assignments:agreements", args=[agreement.root_id])
    client.get(url)
    counts = []
    for total in (1, 3, 300):
        many_agreements(agreement.root, total)
        with CaptureQueriesContext(connection) as listed:
            assert client.get(url).status_code == 200
        with CaptureQueriesContext(connection) as shown:
            assert client.get(page(agreement)).status_code == 200
        counts.append((len(listed), len(shown)))
    assert counts[0] == counts[1] == counts[2]
