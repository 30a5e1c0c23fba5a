"""Somebody under eighteen among those who apply: who sees guide and adult, and the ready point in the agreement."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from samskapa.cocreate.assignments.models import Agreement, Application, Line, Revision
from samskapa.cocreate.assignments.services import choosing, closing
from samskapa.cocreate.assignments.services.agreeing import draft_agreements
from samskapa.cocreate.assignments.services.applying import say_yes_to_being_presented
from samskapa.cocreate.pool.services.minors import take_back_guardians_yes
from samskapa.ground.core.domain import SYSTEM, Actor
from samskapa.ground.organisations.domain import Role
from samskapa.ground.protection.services import protect
from tests.factories.applications import make_application, many_applications
from tests.factories.assignments import ANSWERS, make_agreeing, make_open
from tests.factories.organisations import NOW, actor_for, log_in, make_grant
from tests.factories.people import make_person
from tests.factories.pool import make_group, make_young

pytestmark = pytest.mark.django_db

GUIDE, ADULT, GUARDIAN = "Maja på biblioteket", "Läraren Per", "Eva Ek"


def young(person):
    """The person, under eighteen in some group."""
    group, coordinator = make_group(lowest_age=16)
    return make_young(group, coordinator, person), coordinator


class Desk:
    """An assignment in the stage of choosing; one who is sixteen and has applied, and has said yes to their name."""

    def __init__(self) -> None:
        now = timezone.now()
        self.assignment = make_open(now=now)
        self.application = make_application(self.assignment, make_person("Lo Ung"), now=now, present_now=True)
        self.grown = make_application(self.assignment, make_person("Bo Alm"), now=now, present_now=True)
        self.member, self.of_group = young(self.application.person)
        self.host, self.coordinator = make_person("Värd"), make_person("Samordnare")
        self.as_host = make_grant(self.host, Role.HOST, self.assignment.unit)
        self.as_coordinator = make_grant(self.coordinator, Role.COORDINATOR, self.assignment.area)
        closing.close_early(self.assignment, by=SYSTEM, now=now)
        self.assignment.refresh_from_db()

    def shown(self, client, who: str, name: str, *args: int) -> str:
        log_in(client, getattr(self, who), getattr(self, f"as_{who}"))
        return client.get(reverse(f"assignments:{name}", args=[self.assignment.pk, *args])).content.decode()

    def choose(self) -> None:
        by = actor_for(self.coordinator, Role.COORDINATOR, self.assignment.area)
        more = {"by": by, "now": timezone.now()}
        choosing.make_choice(
            self.assignment, chosen=[self.application.pk], deputies=[], reason="Hen vet.", method="by_hand", **more
        )
        application = Application.objects.get(pk=self.application.pk)
        choosing.answer_applicant(
            application, outcome="chosen", reason="Du är utvald.", expected_version=application.version, **more
        )


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_the_coordinator_sees_it_when_choosing_and_the_host_does_not(client, desk):
    shown = desk.shown(client, "coordinator", "choose")
    assert shown.count("Under 18 år.") == 1
    assert all(text in shown for text in (GUIDE, ADULT))
    assert GUARDIAN not in shown
    for name, *more in (("choose",), ("applicants",), ("applicant", desk.application.pk)):
        shown = desk.shown(client, "host", name, *more)
        assert "Lo Ung" in shown
        assert not any(text in shown for text in ("Under 18 år", GUIDE, ADULT, GUARDIAN)), name


def test_the_host_sees_it_of_one_who_is_chosen(client, desk):
    desk.choose()
    for who in ("host", "coordinator"):
        shown = desk.shown(client, who, "applicant", desk.application.pk)
        assert all(text in shown for text in ("Under 18 år.", GUIDE, ADULT)), who
        assert GUARDIAN not in shown
    assert "Under 18 år" not in desk.shown(client, "coordinator", "applicant", desk.grown.pk)


def test_it_is_said_that_no_yes_stands(client, desk):
    said = "Ingen vårdnadshavare har sagt ja: prata med resursgruppens samordnare innan ni träffas."
    assert said not in desk.shown(client, "coordinator", "choose")
    by = Actor(person_id=desk.member.person_id)
    take_back_guardians_yes(desk.member, on_day=NOW.date(), by=by, now=NOW)
    assert said in desk.shown(client, "coordinator", "choose")


def test_of_a_protected_person_no_name_is_shown(client, desk):
    protect(desk.member.person, coordinators=[desk.coordinator], by=desk.of_group, now=NOW)
    shown = desk.shown(client, "coordinator", "choose")
    assert "Fråga resursgruppens samordnare vem som är guide" in shown
    assert not any(text in shown for text in (GUIDE, ADULT))


def test_the_number_of_queries_does_not_grow_with_those_under_eighteen(client, desk):
    log_in(client, desk.coordinator, desk.as_coordinator)
    page = reverse("assignments:choose", args=[desk.assignment.pk])
    client.get(page)
    counts = []
    for more in (0, 2):
        many_applications(desk.assignment, more)
        for row in Application.objects.filter(assignment=desk.assignment).order_by("-pk")[:more]:
            young(row.person)
        with CaptureQueriesContext(connection) as made:
            client.get(page)
        counts.append(len(made))
    assert counts[0] == counts[1]


# --- the agreement --------------------------------------------------------------------------------

POINT = "En vuxen som du känner är med dig varje gång vi träffas"


def drafted(**fields) -> tuple[Agreement, Agreement]:
    """Of the one who is under eighteen, and of another."""
    assignment = make_agreeing(representatives=2, drafted=False, **fields)
    first, second = Application.objects.filter(assignment=assignment).order_by("number")
    young(first.person)
    draft_agreements(assignment, by=SYSTEM, now=NOW)
    return Agreement.objects.get(application=first), Agreement.objects.get(application=second)


def own_texts(agreement: Agreement) -> dict[str, str]:
    rows = Revision.objects.filter(line__agreement=agreement).select_related("line").order_by("line__position", "line")
    return {row.line.key.removeprefix("draft-").removesuffix(f"-{agreement.pk}"): row.text for row in rows}


def test_a_ready_point_stands_after_what_is_needed_and_names_nobody():
    mine, other = drafted()
    texts = own_texts(mine)
    assert list(texts) == ["pay", "access", "young"]
    assert texts["young"].startswith("Du är under 18 år.")
    assert POINT in texts["young"]
    assert not any(text in texts["young"] for text in (GUIDE, ADULT, GUARDIAN))
    assert list(own_texts(other)) == ["pay", "access"]
    line = Line.objects.get(agreement=mine, key=f"draft-young-{mine.pk}")
    assert line.position == Line.objects.get(agreement=mine, key=f"draft-access-{mine.pk}").position
    assert not Revision.objects.filter(line__agreement=None, text__contains="18").exists()


def test_a_single_occasion_says_it_in_the_point_on_what_is_needed():
    mine, other = drafted(time=ANSWERS["time"] | {"occasions": 1, "reading_minutes": 60})
    assert list(own_texts(mine)) == ["pay", "access"]
    assert POINT in own_texts(mine)["access"]
    assert POINT not in own_texts(other)["access"]
    assert Line.objects.filter(root=mine.root, agreement__in=[None, mine]).count() <= 8


def test_drafted_again_nothing_is_written_twice_and_one_who_comes_later_has_it_too():
    assignment = make_agreeing(representatives=2, presented=1)
    late = Application.objects.filter(assignment=assignment).order_by("number").last()
    young(late.person)
    say_yes_to_being_presented(late, by=Actor(person_id=late.person_id), now=NOW)
    for _twice in range(2):
        draft_agreements(assignment, by=SYSTEM, now=NOW)
    assert list(own_texts(Agreement.objects.get(application=late))) == ["pay", "access", "young"]


def test_another_representative_reads_nothing_of_it(client):
    mine, other = drafted()
    log_in(client, other.application.person)
    assert client.get(reverse("assignments:agreement", args=[mine.pk])).status_code == 404
    assert "18 år" not in client.get(reverse("assignments:agreement", args=[other.pk])).content.decode()
    log_in(client, mine.application.person)
    assert POINT in client.get(reverse("assignments:agreement", args=[mine.pk])).content.decode()
