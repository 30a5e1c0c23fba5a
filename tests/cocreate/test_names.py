"""Names of every script, without a family name, and of nothing but a picture: kept as they were written, wherever a
member is shown, sorted, written out or printed. That they are found stands with the search."""

from __future__ import annotations

import io
from itertools import permutations

import pytest
from django.test import Client
from django.urls import reverse
from lxml.html import document_fromstring
from openpyxl import load_workbook

from samskapa.cocreate.pool.domain import Status
from samskapa.cocreate.pool.models import Member
from samskapa.cocreate.pool.queries import agreement as agreements
from samskapa.ground.core.domain import Actor
from samskapa.ground.organisations.domain import Role
from samskapa.ground.organisations.models import RoleGrant
from samskapa.ground.people.domain import swedish_sort_key
from samskapa.ground.people.models import Person
from samskapa.ground.people.queries import in_reader_order
from tests.factories.helping import make_help, make_registered
from tests.factories.matching import ask, make_turn
from tests.factories.organisations import NOW, log_in
from tests.factories.pool import make_group, make_member
from tests.ground.documents.reading import text_of

pytestmark = pytest.mark.django_db

NAMES = {
    "arabic": "محمّد عليّ",
    "chinese": "李小龙",
    "devanagari": "अनिल कुमार",
    "thai": "สมชาย ใจดี",
    "hebrew": "שרה לוי",
    "cyrillic": "Олександр Шевченко",
    "one word": "Sukarno",
    "marks": "Nguyễn Đình Łukasz",
    "one letter": "Ö",
}
#: No letter at all.
PICTURE = "🌻"
EVERY = [pytest.param(name, id=script) for script, name in {**NAMES, "a picture": PICTURE}.items()]


def as_coordinator(coordinator: Actor) -> Client:
    client = Client()
    grant = RoleGrant.objects.get(person_id=coordinator.person_id, role=Role.COORDINATOR)
    log_in(client, grant.person, grant)
    return client


def words(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return " ".join(document_fromstring(answer.content).text_content().split())


@pytest.mark.parametrize("name", EVERY)
def test_what_one_wants_to_be_called_is_kept_as_it_was_written_and_shown_to_both_sides(client, name):
    group, coordinator = make_group()
    member = make_member(group, coordinator=coordinator, status=Status.INTERESTED)
    log_in(client, member.person)
    form = reverse("pool:question", args=[group.node_id, "name"])
    version = document_fromstring(client.get(form).content).xpath("//input[@name='version']/@value")[0]
    assert client.post(form, {"version": version, "called": f"  {name} "}).status_code == 302
    assert Member.objects.get().called == name
    assert document_fromstring(client.get(form).content).xpath("//input[@name='called']/@value") == [name]
    assert name in words(client, reverse("pool:mine", args=[group.node_id]))
    by = as_coordinator(coordinator)
    assert name in words(by, reverse("pool:member", args=[member.pk]))
    (link,) = document_fromstring(by.get(reverse("pool:members", args=[group.node_id])).content).xpath(
        f"//main//a[contains(@href, '{reverse('pool:member', args=[member.pk])}')]"
    )
    assert name in link.text_content()  # also a picture alone can be clicked


@pytest.mark.parametrize("nothing", ["", "   ", "\u200b\u200b", "\u202e", "\n"])
def test_a_name_of_nothing_that_is_seen_is_no_name(client, nothing):
    member = make_member(status=Status.BEGUN)
    log_in(client, member.person)
    form = reverse("pool:question", args=[member.group.node_id, "name"])
    answer = client.post(form, {"version": "1", "called": nothing})
    assert answer.status_code == 422
    assert "Skriv ett namn, vilket du vill." in answer.content.decode()
    assert Member.objects.get().called == "Kim"


def test_lists_and_files_hold_every_name():
    group, coordinator = make_group()
    everybody = [*NAMES.values(), PICTURE]
    for name in everybody:
        make_member(group, coordinator=coordinator, name={"called": name})
    by = as_coordinator(coordinator)
    listed = words(by, reverse("pool:members", args=[group.node_id]))
    assert [name for name in everybody if name not in listed] == []
    export = reverse("importing:export", args=[group.node_id, "csv"])
    lines = by.get(export).content.decode("utf-8-sig").splitlines()
    assert sorted(line.split(";")[0].strip('"') for line in lines[1:]) == sorted(everybody)
    book = load_workbook(io.BytesIO(by.get(reverse("importing:export", args=[group.node_id, "xlsx"])).content))
    cells = {str(cell.value) for sheet in book for row in sheet.rows for cell in row}
    assert set(everybody) <= cells


def test_in_matching_everybody_is_offered_asked_and_told_why_by_their_name():
    turn = make_turn()
    everybody = [*NAMES.values(), PICTURE]
    members = [make_member(turn.group, coordinator=turn.coordinator, name={"called": name}) for name in everybody]
    by = as_coordinator(turn.coordinator)
    fits = words(by, reverse("matching:fits", args=[turn.assignment.pk]))
    assert [name for name in everybody if name not in fits] == []
    for member, name in zip(members, everybody, strict=True):
        assert name in words(by, reverse("matching:why", args=[turn.assignment.pk, member.pk]))
    ask(turn, members)
    waves = words(by, reverse("matching:waves", args=[turn.assignment.pk]))
    assert [name for name in everybody if name not in waves] == []


def test_names_of_other_scripts_sort_after_ours_and_always_the_same_way():
    names = [
        "Åsa",
        "Sukarno",
        "Ö",
        PICTURE,
        *(NAMES[key] for key in ("cyrillic", "hebrew", "arabic", "thai", "chinese")),
    ]
    for number, name in enumerate(reversed(names)):
        Person.objects.create(email=f"namn-{number}@example.se", name=name, sort_key=swedish_sort_key(name))
    found = Person.objects.filter(email__startswith="namn-").order_by(in_reader_order(), "pk")
    # The picture has no letter, so it comes first; then Swedish letters; then scripts in the order of Unicode.
    assert [person.name for person in found] == [
        PICTURE, "Sukarno", "Åsa", "Ö", NAMES["cyrillic"], NAMES["hebrew"], NAMES["arabic"], NAMES["thai"],
        NAMES["chinese"],
    ]  # fmt: skip
    few = [NAMES["thai"], "Sukarno", NAMES["arabic"]]
    assert {tuple(sorted(each, key=swedish_sort_key)) for each in permutations(few)} == {
        ("Sukarno", NAMES["arabic"], NAMES["thai"])
    }


@pytest.mark.parametrize("name", EVERY)
def test_the_agreement_and_the_letter_on_paper_say_the_name(client, name):
    group, coordinator = make_group()
    member = make_member(group, coordinator=coordinator, name={"called": name})
    log_in(client, member.person)
    agreement = agreements.agreements().get(root=member)
    papers = [client.get(reverse("pool:agreement_pdf", args=[agreement.pk]))]
    helped = make_registered(by=coordinator, name=name)
    done = make_help(helped, by=coordinator, now=NOW)
    papers.append(as_coordinator(coordinator).get(reverse("helping:letter", args=[done.pk])))
    for answer in papers:
        assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
        text = " ".join(text_of(answer.content).split())
        if name == PICTURE:
            assert PICTURE not in text
            assert "□ står för ett tecken som inte går att visa på papper." in text
        else:
            assert "□" not in text
            # PDFium gives marks and letters of some scripts in another order: each letter is there.
            assert [letter for letter in name if letter not in text] == []
