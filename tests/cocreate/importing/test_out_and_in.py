"""Members are taken out as a file and taken in to another group: the same table, but for what the page says."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from samskapa.cocreate.importing.domain import Choice, Stage, Trouble
from samskapa.cocreate.importing.models import Row
from samskapa.cocreate.importing.queries.export import COLUMNS, cells_of, headings, members_to_write
from samskapa.cocreate.importing.services import exporting, making, telling
from samskapa.cocreate.pool.domain import Age, Care, Contribution, Gender, Language, Need, SpeaksFor, Status, When
from samskapa.cocreate.pool.domain.labels import MOST_LABELS
from samskapa.cocreate.pool.models import Group, Label, Labelled, Member
from samskapa.cocreate.pool.services.labelling import make_label, make_missing, set_labels
from samskapa.ground.core.models import AuditEntry, OutboxMail
from samskapa.ground.core.services import is_unbroken
from samskapa.ground.organisations.domain import Kind, Role
from samskapa.ground.organisations.services import grant_role
from samskapa.ground.people.models import Person
from samskapa.ground.protection.services import protect
from tests.factories.importing import YES, as_book, as_lines, checked, taken_in, work_off
from tests.factories.organisations import NOW, log_in, make_node
from tests.factories.people import make_person
from tests.factories.pool import make_group, make_member

pytestmark = pytest.mark.django_db

HEADINGS = ("Namn", "E-post", "Etiketter", "Kontaktperson")
_numbers = count(1000)
#: In the reader's order.
LABELS = ("I rådet | styrgruppen, 2024", "Kan föreläsa", "Ung; van", "Åker gärna")
TEXTS = st.sampled_from(["", "Jag har varit med om mycket.", "=1+1", "'citat'", 'En "sak";\nen till', "Ångest å ömhet"])


def some(values) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(sorted(values)), unique=True, max_size=3)


@st.composite
def answers(draw):
    """Question -> its values, of somebody in a group for all from thirteen."""
    by = draw(st.sampled_from(["email", "phone", "letter"]))
    at = {"email": "", "phone": "070-123 45 67", "letter": "Gatan 1, 123 45 Eklid"}[by]
    return {
        "reach": {"reach_by": by, "reach_at": at},
        "age": {"age": draw(st.sampled_from([age.value for age in Age if age.youngest >= 18]))},
        "gender": {"gender": draw(st.sampled_from(["", *Gender]))},
        "as": {"as": draw(st.sampled_from([["patient"], ["relative", "service_user"]]))},
        "experience": {"experience": draw(TEXTS), "care": draw(some(Care))},
        "contribute": {"contribute_more": draw(TEXTS), "contribution": draw(some(Contribution))},
        "languages": {"languages_more": "", "language": draw(some(Language))},
        "needs": {"needs_more": draw(TEXTS), "need": draw(some(Need))},
        "times": {"times_more": "", "when": draw(some(When))},
        "training": {"training": draw(TEXTS)},
        "speaks_for": draw(some(SpeaksFor)),
        "has_address": by == "email" or draw(st.booleans()),
        "place": draw(st.sampled_from(["", "municipality"])),
        "organisation": draw(st.sampled_from(["", "chosen", "written"])),
        "labels": draw(some(LABELS)),
        "status": draw(st.sampled_from([Status.INTERESTED, Status.ACTIVE])),
    }


def table(group: Group, *, without: Sequence[str] = ()) -> list[list[str]]:
    """What is written out, row by row in order of names, without some columns."""
    left = [place for place, column in enumerate(COLUMNS) if column not in without]
    return sorted([cells_of(member)[place] for place in left] for member in members_to_write(group))


def contacts() -> dict[str, int | None]:
    """What each is called -> their contact person."""
    return {member.called: member.contact_id for member in Member.objects.all()}


#: Without making what fails smaller: each example is a group, and its members are few.
_AS_DRAWN = [Phase.explicit, Phase.reuse, Phase.generate]


@settings(max_examples=8, phases=_AS_DRAWN, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(answers(), min_size=1, max_size=3), st.sampled_from(["csv", "xlsx"]))
def test_out_and_in_to_another_group_and_out_again_is_the_same_table(everybody, kind):
    group, coordinator = make_group()
    other, her = make_group()
    grant_role(Person.objects.get(pk=coordinator.person_id), role=Role.COORDINATOR, node=other.node, by=her, now=NOW)
    place, union = make_node(Kind.MUNICIPALITY), make_node(Kind.PATIENT_ORGANISATION)
    known = make_missing(group, LABELS, by=coordinator, now=NOW)
    says, contact = [], Person.objects.get(pk=coordinator.person_id)
    for said in everybody:
        number, labels = next(_numbers), said.pop("labels")
        chosen = [known[name.casefold()] for name in labels]
        told = {
            "organisation_id": union.pk if said["organisation"] == "chosen" else None,
            "organisation_name": "Vår egen" if said["organisation"] == "written" else "",
            "speaks_for": said.pop("speaks_for"),
        }
        has_address = said.pop("has_address")
        answered = {
            **{key: value for key, value in said.items() if key not in ("status", "place", "organisation")},
            "name": {"called": f"Nummer {number}"},
            "municipality": {"municipality_id": place.pk if said["place"] else None},
            "organisation": told,
        }
        person = make_person(f"Namn {number}", email=f"out-{number}@example.se")
        member = make_member(group, person, coordinator=coordinator, status=said["status"], **answered)
        set_labels(member, chosen, shown=[], by=coordinator, now=NOW)
        says.append([
            f"Nummer {number}",
            f"out-{number}@example.se" if has_address else "",
            [name.replace(";", "\\;") for name in LABELS if name in labels],
            contact.name if said["status"] == Status.ACTIVE else "",
        ])  # fmt: skip
        if not has_address:
            Person.objects.filter(pk=person.pk).update(email=None)
    written = OutboxMail.objects.count()
    content = exporting.export_members(group, kind, by=coordinator, now=NOW)
    one = checked(other, her, content, name=f"lista.{kind}")
    doubtful = Row.objects.filter(of=one).exclude(twin_row=None)  # the same number or address as an earlier row
    making.choose(one, dict.fromkeys(doubtful.values_list("number", flat=True), Choice.NEW), by=her, now=NOW)
    assert [row.told for row in Row.objects.filter(of=one)] == [[]] * len(everybody)
    work_off(making.begin_to_make(one, **YES, by=her, now=NOW))
    read = [[row[COLUMNS.index(column)] for column in ("name", "email", "label", "contact")] for row in table(other)]
    assert read == sorted([name, email, "; ".join(labels), her_name] for name, email, labels, her_name in says)
    assert table(other, without=["status"]) == table(group, without=["status"])
    assert {row[COLUMNS.index("status")] for row in table(other)} == {"Vill gå med"}
    assert set(Label.objects.filter(group=other).values_list("name", flat=True)) == set(
        Labelled.objects.filter(member__group=group).values_list("label__name", flat=True)
    )
    assert OutboxMail.objects.count() == written, "nobody is told of labels by taking in"


def test_who_rests_goes_on_resting_and_protected_people_stay_out():
    group, coordinator = make_group()
    other, her = make_group()
    make_member(group, coordinator=coordinator, status=Status.INTERESTED)
    Member.objects.update(status=Status.RESTING, rests_from=Status.INTERESTED)
    hidden = make_member(group, make_person("Zebrafink"), coordinator=coordinator)
    people = [Person.objects.get(pk=coordinator.person_id)]
    protect(hidden.person, coordinators=people, place="Zebra", by=coordinator, now=NOW)
    rows = [cells_of(member) for member in members_to_write(group)]
    assert [cell for cell in rows[1] if cell] == [rows[1][0]]
    content = exporting.export_members(group, "csv", by=coordinator, now=NOW)
    one = taken_in(other, her, content)
    assert Member.objects.get(group=other).status == Status.RESTING
    assert [row.told for row in Row.objects.filter(of=one)] == [[[-1, Trouble.NO_WAY]]]


def test_the_address_of_who_is_reached_otherwise_goes_out():
    group, coordinator = make_group()
    reach = {"reach_by": "phone", "reach_at": "070-765 43 21"}
    make_member(group, make_person(email="asa@example.se"), coordinator=coordinator, reach=reach)
    (row,) = [dict(zip(headings(), cells_of(member), strict=True)) for member in members_to_write(group)]
    assert (row["E-post"], row["Telefon"], row["Kontaktväg"]) == ("asa@example.se", "070-765 43 21", "Per telefon")


def test_a_label_is_made_when_they_are_taken_in_and_not_before():
    group, coordinator = make_group()
    known = make_label(group, name="Kan föreläsa", by=coordinator, now=NOW)
    lines = [("Ada", "ada@example.se", "kan föreläsa; Ny", ""), ("Bo", "bo@example.se", "NY", "")]
    one = checked(group, coordinator, as_book(HEADINGS, *lines), name="lista.xlsx")
    assert list(Label.objects.values_list("name", flat=True)) == ["Kan föreläsa"]
    work_off(making.begin_to_make(one, **YES, by=coordinator, now=NOW))
    new = Label.objects.exclude(pk=known.pk).get()
    ada, bo = Member.objects.order_by("pk")
    assert (new.name, set(Labelled.objects.values_list("member_id", "label_id"))) == (
        "Ny",
        {(ada.pk, known.pk), (ada.pk, new.pk), (bo.pk, new.pk)},
    )
    entry = AuditEntry.objects.get(action="pool.taken_in")
    assert sorted(map(tuple, entry.details["labelled"])) == sorted(
        Labelled.objects.values_list("member_id", "label_id")
    )
    assert is_unbroken(entry)
    assert OutboxMail.objects.count() == 0, "nobody is written to before the coordinator says so"
    work_off(telling.begin_to_tell(one, by=coordinator, now=NOW))
    kept = {mail.params["kept"] for mail in OutboxMail.objects.filter(kind="importing/kept")}
    assert kept == {"Namn, Kontaktväg, Etiketter"}


def test_a_row_whose_label_there_is_no_room_for_stays_on_the_list():
    group, coordinator = make_group()
    make_missing(group, [f"Ord {n}" for n in range(MOST_LABELS)], by=coordinator, now=NOW)
    lines = [("Ada", "ada@example.se", "Ett för mycket", ""), ("Bo", "bo@example.se", "Ord 1", "")]
    one = taken_in(group, coordinator, as_lines(HEADINGS, *lines))
    assert [member.called for member in Member.objects.all()] == ["Bo"]
    assert [row.told for row in Row.objects.filter(of=one, state="bad")] == [[[-1, Trouble.NO_ROOM]]]
    assert Label.objects.count() == MOST_LABELS


def test_a_contact_person_is_kept_where_she_runs_the_group():
    group, coordinator = make_group()
    person = Person.objects.get(pk=coordinator.person_id)
    lines = [
        ("Ada", "ada@example.se", "", person.name.upper()),
        ("Bo", "bo@example.se", "", person.email),
        ("Cia", "cia@example.se", "", "Någon Annan"),
    ]
    one = checked(group, coordinator, as_lines(HEADINGS, *lines))
    assert {row.number: row.told for row in Row.objects.filter(of=one)} == {2: [], 3: [], 4: [[3, Trouble.NO_CONTACT]]}
    work_off(making.begin_to_make(one, **YES, by=coordinator, now=NOW))
    assert contacts() == {"Ada": person.pk, "Bo": person.pk, "Cia": None}


def test_of_two_coordinators_with_one_name_the_address_tells():
    group, coordinator = make_group()
    person = Person.objects.get(pk=coordinator.person_id)
    twin = make_person(person.name)
    grant_role(twin, role=Role.COORDINATOR, node=group.node, by=coordinator, now=NOW)
    lines = [("Ada", "ada@example.se", "", person.name), ("Bo", "bo@example.se", "", twin.email)]
    taken_in(group, coordinator, as_lines(HEADINGS, *lines))
    assert contacts() == {"Ada": None, "Bo": twin.pk}


def test_who_is_there_already_keeps_the_labels_and_the_contact_person_they_have():
    group, coordinator = make_group()
    member = make_member(group, make_person(email="asa@example.se"), coordinator=coordinator)
    second = make_person("Bea Ek")
    grant_role(second, role=Role.COORDINATOR, node=group.node, by=coordinator, now=NOW)
    one = checked(group, coordinator, as_lines(HEADINGS, ("Åsa", "asa@example.se", "Ny", "Bea Ek")))
    making.choose(one, {2: Choice.FILL}, by=coordinator, now=NOW)
    one = work_off(making.begin_to_make(one, **YES, by=coordinator, now=NOW))
    member.refresh_from_db()
    assert (one.stage, member.contact_id, Label.objects.count()) == (Stage.MADE, coordinator.person_id, 0)


def test_the_page_says_what_comes_back_and_what_does_not(client):
    group, coordinator = make_group()
    person = Person.objects.get(pk=coordinator.person_id)
    log_in(client, person, person.role_grants.get())
    page = client.get(reverse("importing:start", args=[group.node_id])).content.decode()
    for said in ("Läge. Alla kommer in som personer som vill gå med. Bara den som vilar fortsätter att vila.",
                 "Kontaktperson, när det inte är någon som sköter gruppen som de kommer till."):  # fmt: skip
        assert said in page
    one = checked(group, coordinator, as_lines(HEADINGS, ("Ada", "ada@example.se", "Ny", "")))
    shown = client.get(reverse("importing:take_in", args=[one.pk])).content.decode()
    assert "Etiketter som gruppen inte har läggs till." in shown
