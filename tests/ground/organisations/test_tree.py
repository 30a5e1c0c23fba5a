"""The tree, the roles in it, and the reference data."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from samskapa.ground.core.domain import SYSTEM
from samskapa.ground.core.models import AuditEntry
from samskapa.ground.organisations import domain, queries
from samskapa.ground.organisations.domain import (
    HELD_AT,
    PARENTS,
    Kind,
    Role,
    TooDeep,
    WrongPlace,
    swedish_sort_key,
)
from samskapa.ground.organisations.models import Invitation, Node, RoleGrant
from samskapa.ground.organisations.services import create_node, end_role, grant_role, load_reference
from tests.factories.organisations import NOW, actor_for, make_grant, make_node, make_region_tree
from tests.factories.people import make_person


def test_paths_above_go_from_the_root():
    assert domain.paths_above("1.4.9.") == ["1.", "1.4.", "1.4.9."]
    assert domain.paths_above("") == []


def test_a_path_has_room_for_twelve_levels_of_the_longest_ids_and_refuses_more():
    path, longest = "", 2**63 - 1
    for _ in range(12):
        path = domain.path_below(path, longest)
    assert len(path) <= 255
    with pytest.raises(TooDeep):
        domain.path_below(path, longest)


@pytest.mark.parametrize(
    ("text", "stems"),
    [
        ("  Hjärtat  LUNGORNA ", ["hjärt", "lung"]),
        ("syn", ["syn"]),
        ("", []),
        ("a " * 20, ["a"] * 8),
        ("x" * 99, ["x" * 40]),
    ],
)
def test_a_search_is_cut_into_few_short_stems(text, stems):
    assert domain.search_stems(text) == stems


@pytest.mark.django_db
class TestTree:
    def test_a_node_stands_under_its_parent_with_path_key_and_county(self):
        tree = make_region_tree()
        region = make_node("region", "Region Ås", tree.nation, code="99", county_code="99")
        unit = create_node(Kind.UNIT, "  Öppna   mottagningen ", region, by=SYSTEM, now=NOW)
        assert unit.path == f"{tree.nation.pk}.{region.pk}.{unit.pk}."
        assert (unit.name, unit.sort_key, unit.county_code) == (
            "Öppna mottagningen",
            "{cppna mottagningen",
            "99",
        )
        entry = AuditEntry.objects.last()
        assert (entry.action, entry.object_id, entry.details) == (
            "organisations.node_created",
            str(unit.pk),
            {"kind": "unit", "parent": region.pk},
        )

    @pytest.mark.parametrize("kind", list(Kind))
    @pytest.mark.parametrize("parent_kind", [None, *Kind])
    def test_only_fitting_kinds_stand_under_each_other(self, kind, parent_kind):
        parent = make_node(parent_kind) if parent_kind else None
        before = Node.objects.count()
        if parent_kind in PARENTS[kind]:
            create_node(kind, "Ny", parent, by=SYSTEM, now=NOW)
        else:
            with pytest.raises(WrongPlace):
                create_node(kind, "Ny", parent, by=SYSTEM, now=NOW)
            assert Node.objects.count() == before

    def test_the_database_itself_refuses_a_wrong_place(self):
        tree = make_region_tree()
        for wrong in (
            {"kind": "unit", "parent": None, "parent_kind": ""},
            {"kind": "unit", "parent": tree.nation, "parent_kind": "nation"},
            {"kind": "region", "parent": tree.nation, "parent_kind": ""},
            {"kind": "nonsense", "parent": tree.nation, "parent_kind": "nation"},
        ):
            with pytest.raises(IntegrityError), transaction.atomic():
                Node.objects.create(name="X", sort_key="x", **wrong)

    def test_an_unknown_field_is_refused(self):
        with pytest.raises(TypeError, match="path"):
            create_node(Kind.NATION, "Sverige", by=SYSTEM, now=NOW, path="1.")

    def test_below_is_the_node_and_everything_under_it(self):
        tree = make_region_tree()
        below = set(queries.nodes_below(tree.region.path))
        assert below == {tree.region, tree.administration, tree.unit, tree.other_unit}
        assert not queries.nodes_below("").exists()

    def test_a_node_whose_number_begins_alike_is_not_below(self):
        tree = make_region_tree()
        Node.objects.filter(pk=tree.other_region.pk).update(path=f"{tree.region.path[:-1]}0.")
        assert tree.other_region not in queries.nodes_below(tree.region.path)


@pytest.mark.django_db
class TestRoles:
    @pytest.mark.parametrize("role", list(Role))
    @pytest.mark.parametrize("kind", list(Kind))
    def test_a_role_is_held_only_where_it_means_something(self, role, kind):
        person, node = make_person(), make_node(kind)
        if kind in HELD_AT[role]:
            assert grant_role(person, role, node, by=SYSTEM, now=NOW).node == node
        else:
            with pytest.raises(WrongPlace):
                grant_role(person, role, node, by=SYSTEM, now=NOW)
            with pytest.raises(IntegrityError), transaction.atomic():
                RoleGrant.objects.create(person=person, role=role, node=node, node_kind=kind, granted_at=NOW)

    def test_a_role_is_held_once_and_leaves_a_trail(self):
        person, region = make_person(), make_node("region")
        by = actor_for()
        first = grant_role(person, "coordinator", region, by=by, now=NOW)
        assert grant_role(person, "coordinator", region, by=by, now=NOW) == first
        entry = AuditEntry.objects.get(action="organisations.role_granted")
        assert (entry.person_id, entry.details) == (
            by.person_id,
            {"person_id": person.pk, "role": "coordinator", "node_id": region.pk},
        )
        assert first.granted_by_id == by.person_id
        with pytest.raises(IntegrityError), transaction.atomic():
            RoleGrant.objects.create(person=person, role="coordinator", node=region, node_kind="region", granted_at=NOW)

    def test_a_role_that_has_ended_can_be_given_again(self):
        grant = make_grant()
        ended = end_role(grant, by=SYSTEM, now=NOW)
        assert ended.ended_at == NOW
        assert end_role(grant, by=SYSTEM, now=NOW).ended_at == NOW
        assert AuditEntry.objects.filter(action="organisations.role_ended").count() == 1
        assert not queries.roles_of(grant.person_id).exists()
        assert make_grant(grant.person, grant.role, grant.node) != grant

    def test_who_holds_a_role_above_is_found_too_each_once_in_swedish_order(self):
        tree = make_region_tree()
        asa, anna, zorn, gone = (make_person(name) for name in ("Åsa", "Anna", "Zorn", "Gone"))
        for person, node in ((asa, tree.region), (asa, tree.administration), (anna, tree.administration)):
            make_grant(person, "coordinator", node)
        make_grant(zorn, "coordinator", tree.other_region)
        end_role(make_grant(gone, "coordinator", tree.region), by=SYSTEM, now=NOW)
        Node.objects.update()  # nothing: the order comes from the stored key
        for person in (asa, anna):
            assert person.sort_key
        assert list(queries.people_with_role("coordinator", tree.unit)) == [anna, asa]
        assert list(queries.people_with_role("coordinator", tree.region)) == [asa]

    def test_capacities_are_said_in_words(self):
        person = make_person()
        grant = make_grant(person, "coordinator", make_node("region", "Region Ekliden"))
        assert [(c.id, c.label) for c in queries.capacities_of(person.pk)] == [(grant.pk, "Samordnare, Region Ekliden")]

    def test_every_role_and_kind_has_a_word(self):
        assert all(queries.role_label(role) != role.value for role in Role)
        assert all(queries.kind_label(kind) != kind.value for kind in Kind)
        assert queries.role_label("unheard_of") == "unheard_of"


@pytest.mark.django_db
class TestReferenceData:
    @pytest.fixture
    def _loaded(self):
        load_reference(by=SYSTEM, now=NOW)

    @pytest.mark.usefixtures("_loaded")
    def test_everything_is_there_once(self):
        counts = {kind.value: Node.objects.filter(kind=kind).count() for kind in Kind}
        assert counts == {
            "nation": 1, "region": 21, "municipality": 290, "administration": 0, "unit": 0,
            "patient_organisation": 71, "section": 0,
        }  # fmt: skip
        assert AuditEntry.objects.filter(action="organisations.node_created", role="system").count() == 383

    @pytest.mark.usefixtures("_loaded")
    def test_loading_again_changes_nothing_and_corrects_what_differs(self):
        Node.objects.filter(code="1480").update(name="Fel")
        before = AuditEntry.objects.count()
        assert load_reference(by=SYSTEM, now=NOW) == {"changed": 1, "same": 382}
        assert Node.objects.get(code="1480", kind="municipality").name == "Göteborgs kommun"
        assert AuditEntry.objects.count() == before + 1
        assert AuditEntry.objects.last().details == {"fields": ["name"]}

    @pytest.mark.usefixtures("_loaded")
    def test_some_rows(self):
        skane = Node.objects.get(kind="region", code="12")
        assert (skane.name, skane.place, skane.county_code) == ("Region Skåne", "Skåne län", "12")
        malmo = Node.objects.get(kind="municipality", code="1280")
        assert (malmo.name, malmo.place, malmo.county_code) == ("Malmö kommun", "Malmö", "12")
        assert malmo.parent.kind == "nation"
        rsmh = Node.objects.get(name__startswith="RSMH")
        assert (rsmh.website, rsmh.area) == ("rsmh.se", "psykisk hälsa")
        assert rsmh.parent.name == "Nationell Samverkan för Psykisk Hälsa (NSPH)"
        assert rsmh.source.startswith("https://")
        assert Node.objects.get(name="Frisk & Fri").website == ""  # unknown
        assert Node.objects.get(name="Bröstcancerförbundet").website == ""  # only seen on an older page
        assert Node.objects.get(name="Reumatikerförbundet").parent is None  # the umbrella was not confirmed
        assert Node.objects.get(name="NSPH Stockholms län").county_code == "01"

    @pytest.mark.usefixtures("_loaded")
    def test_each_municipality_is_in_the_county_that_its_code_begins_with(self):
        municipalities = Node.objects.filter(kind="municipality")
        assert [node for node in municipalities if node.code[:2] != node.county_code] == []
        regions = set(Node.objects.filter(kind="region").values_list("code", flat=True))
        assert set(municipalities.values_list("county_code", flat=True)) == regions

    @pytest.mark.usefixtures("_loaded")
    def test_gotland_is_one_organisation_with_both_tasks(self):
        region, municipality = (
            Node.objects.get(kind="region", code="09"),
            Node.objects.get(kind="municipality", code="0980"),
        )
        assert municipality.parent == region
        coordinator = make_grant(role="coordinator", node=region).person
        assert list(queries.people_with_role("coordinator", municipality)) == [coordinator]
        others = Node.objects.filter(kind="municipality").exclude(pk=municipality.pk)
        assert {node.parent.kind for node in others.select_related("parent")} == {"nation"}

    @pytest.mark.usefixtures("_loaded")
    def test_regions_stand_in_swedish_order(self):
        names = list(Node.objects.filter(kind="municipality").order_by("sort_key").values_list("name", flat=True))
        assert names == sorted(names, key=swedish_sort_key)
        assert names[0] == "Ale kommun"
        assert names[-1] == "Övertorneå kommun"

    def test_the_command_says_what_it_did(self, capsys):
        call_command("load_reference")
        assert capsys.readouterr().out == "383 made, 0 changed, 0 same\n"


@pytest.mark.django_db
class TestOwner:
    def test_createowner_makes_the_first_person_and_a_link(self, capsys, client):
        call_command("createowner", "Ada@Example.se", "--name", "Ada Å")
        url = capsys.readouterr().out.splitlines()[-1]
        assert url.startswith("http://localhost:8000/konto/inbjudan/")
        person = make_grant_person("ada@example.se")
        assert set(queries.roles_of(person.pk).values_list("role", "node__kind")) == {
            ("operator", "nation"), ("national", "nation"),
        }  # fmt: skip
        path = url.removeprefix("http://localhost:8000")
        assert client.get(path).status_code == 200
        assert client.post(path)["Location"].startswith("/konto/roll/")
        assert client.session["_auth_user_id"] == str(person.pk)
        assert client.post(path).status_code == 410

    def test_again_gives_a_new_link_and_no_second_account(self, capsys):
        for _ in range(2):
            call_command("createowner", "ada@example.se")
        first, second = [line for line in capsys.readouterr().out.splitlines() if line.startswith("http")]
        assert first != second
        assert RoleGrant.objects.count() == 2
        assert Invitation.objects.count() == 2

    def test_a_wrong_address_is_refused(self):
        with pytest.raises(CommandError):
            call_command("createowner", "ada")


def make_grant_person(email):
    return RoleGrant.objects.filter(person__email=email).first().person
