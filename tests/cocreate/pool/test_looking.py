"""Members are found in words, by name, by an answer and by their own words; the page says by which."""

from __future__ import annotations

import pytest
from django.urls import reverse

from samskapa.cocreate.circulars.models import Addressee
from samskapa.cocreate.circulars.queries.letters import reach_of
from samskapa.cocreate.circulars.services import writing
from samskapa.cocreate.pool.queries.finding import find, look
from samskapa.cocreate.pool.services import labelling
from samskapa.ground.core.models import AuditEntry, AuditSubject
from samskapa.ground.organisations.domain import Kind, Role
from samskapa.ground.organisations.models import RoleGrant
from tests.factories.organisations import NOW, log_in, make_node
from tests.factories.pool import make_group, make_member

TODAY = NOW.date()


@pytest.mark.django_db
def test_each_word_is_found_somewhere_and_the_row_says_where():
    group, coordinator = make_group()
    place = make_node(Kind.MUNICIPALITY, name="Umeå kommun")
    maja = make_member(
        group,
        coordinator=coordinator,
        name={"called": "Maja Ström"},
        experience={"experience": "Min man fick en stroke", "care": ["children", "psychiatry"]},
        needs={"need": ["hearing_loop"], "needs_more": ""},
        municipality={"municipality_id": place.pk},
        contribute={"contribution": ["research"], "contribute_more": ""},
        **{"as": {"as": ["relative"]}},
    )
    strom = make_member(group, coordinator=coordinator, name={"called": "Siv Ström"}, training={"training": "Skola"})
    label = labelling.make_label(group, name="Föreläsare", by=coordinator, now=NOW)
    labelling.set_labels(strom, [label.pk], shown=[], by=coordinator, now=NOW)

    def found(words: str) -> dict[int, list[str]]:
        looked = look(group, {"words": words})
        assert looked is not None
        return looked.why(find(group, {"words": words}, TODAY, looked=looked))

    only_maja = {
        "stroke": ["Egna ord"],
        "forskningen": ["Vill gärna göra: Forskning"],
        "hörslinga": ["Behöver för att vara med: Hörslinga"],
        "hörslnga": ["Behöver för att vara med: Hörslinga"],
        "anhöriga till barn": ["Erfarenhet som: Närstående", "Vårdform: Vård för barn och unga"],
        "Umeå": ["Kommun: Umeå kommun"],
        "psykiatrin": ["Vårdform: Psykiatri"],
        "research": ["Vill gärna göra: Forskning"],
        "maja stroke": ["Namn", "Egna ord"],
        "ström stroke umeå": ["Namn", "Kommun: Umeå kommun", "Egna ord"],
    }
    for words, why in only_maja.items():
        assert found(words) == {maja.pk: why}, words
    assert found("föreläsarna") == {strom.pk: ["Etikett: Föreläsare"]}
    assert found("ström") == {maja.pk: ["Namn"], strom.pk: ["Namn"]}
    assert found("skolorna") == {strom.pk: ["Egna ord"]}
    assert found("stroke siv") == found("kommun") == {}
    assert look(group, {"words": "maja xyzxyz"}).nowhere == ["xyzxyz"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("called", "found_by", "not_by"),
    [
        ("अनिल कुमार", ["अनिल", "कुमार अनिल"], "अनल"),
        ("สมชาย ใจดี", ["สมชาย", "ใจดี"], "มานี"),
        ("李小龙", ["李小龙", "小龙"], "李大龙"),
        ("מיכאל", ["מיכאל"], "מירב"),
        ("محمّد علي", ["محمد", "علي"], "مريم"),
        ("Михаил", ["михаил", "Михаила"], "ольга"),
        ("Ngô Đình", ["ngo dinh", "ĐÌNH"], "dang"),
    ],
)
def test_a_name_is_found_in_the_script_it_is_written_in(called, found_by, not_by):
    group, coordinator = make_group()
    member = make_member(group, coordinator=coordinator, name={"called": called})
    for words in found_by:
        assert list(find(group, {"words": words}, TODAY)) == [member], words
    assert not find(group, {"words": not_by}, TODAY).exists()


@pytest.mark.django_db
def test_the_page_says_why_and_the_trail_says_that_own_words_were_searched_and_never_which(client, caplog):
    group, coordinator = make_group()
    maja = make_member(
        group,
        coordinator=coordinator,
        name={"called": "Maja"},
        experience={"experience": "Ringklockans sjukdom", "care": []},
    )
    make_member(group, coordinator=coordinator, name={"called": "Ringhals Bo"})
    grant = RoleGrant.objects.get(person_id=coordinator.person_id, role=Role.COORDINATOR)
    log_in(client, grant.person, grant)
    page = reverse("pool:members", args=[group.node_id])
    with caplog.at_level("DEBUG"):
        shown = client.get(f"{page}?words=ringhals").content.decode()
        empty = client.get(f"{page}?words=ringhals+xyzxyz").content.decode()
    assert 'data-label="Hittad genom">Namn</td>' in shown
    assert ">Egna ord</td>" not in shown
    assert "Ingen alls hittas med: <b>xyzxyz</b>" in empty
    assert "Vi sökte efter" in empty
    shown = client.get(f"{page}?words=ringklockan").content.decode()
    assert ">Egna ord</td>" in shown
    assert "sjukdom" not in shown
    rows = AuditEntry.objects.filter(action="pool.own_words_searched").order_by("pk")
    assert [(row.person_id, row.object_id, row.details) for row in rows] == [
        (coordinator.person_id, str(group.pk), {"people": []}),
        (coordinator.person_id, str(group.pk), {"people": []}),
        (coordinator.person_id, str(group.pk), {"people": [maja.person_id]}),
    ]
    assert [row.person_id for row in AuditSubject.objects.filter(entry__in=rows)] == [maja.person_id]
    assert not [row for row in AuditEntry.objects.all() if "ring" in str(row.details).lower()]
    assert "ring" not in caplog.text.lower()


@pytest.mark.django_db
def test_a_letter_to_those_a_search_finds_leaves_the_word_out_of_the_trail(client):
    group, coordinator = make_group()
    maja = make_member(group, coordinator=coordinator, experience={"experience": "Migrän", "care": []})
    make_member(group, coordinator=coordinator)
    one = writing.write(group, title="Träff", text="Kom.", wanted={"words": "migräner"}, by=coordinator, now=NOW)
    grant = RoleGrant.objects.get(person_id=coordinator.person_id, role=Role.COORDINATOR)
    log_in(client, grant.person, grant)
    assert client.get(reverse("circulars:circular", args=[one.pk])).status_code == 200
    assert client.get(reverse("circulars:new", args=[group.node_id]) + "?words=migräner").status_code == 200
    searched = AuditEntry.objects.filter(action="pool.own_words_searched").order_by("pk")
    assert [row.details["people"] for row in searched] == [[maja.person_id], []]
    writing.send(one, based_on=one.version, mark=reach_of(group, one.wanted, TODAY).mark, by=coordinator, now=NOW)
    assert [row.member_id for row in Addressee.objects.all()] == [maja.pk]
    assert AuditEntry.objects.get(action="circulars.sent").details["wanted"] == {"words": True}
    assert not [row for row in AuditEntry.objects.all() if "migrän" in str(row.details).lower()]
