"""The figures as pages and files: exact and early for the unit, protected for everybody else."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta

import pypdfium2
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from lxml.html import HtmlElement, document_fromstring
from openpyxl import load_workbook

from samskapa.ground.core.models import AuditEntry
from samskapa.ground.figures.domain import Counted
from samskapa.ground.figures.models import Comment, Snapshot
from samskapa.ground.figures.queries import measures
from samskapa.ground.organisations.domain import Kind, Role
from tests.factories.figures import MONTH, experienced, make_month, published
from tests.factories.organisations import log_in, make_grant, make_node

pytestmark = pytest.mark.django_db
HOME = "/siffror/"
FEBRUARY = date(2024, 2, 1)


class Ekliden:
    """A region with a small unit and a large one, another region, and two frozen months: one that everybody sees, and
    one that is the units' own for another day."""

    def __init__(self) -> None:
        self.nation = make_node(Kind.NATION)
        self.region = make_node(Kind.REGION, "Region Ekliden", self.nation)
        self.other = make_node(Kind.REGION, "Region Björkvik", self.nation)
        self.small = make_node(Kind.UNIT, "Mottagningen", self.region)
        self.large = make_node(Kind.UNIT, "Sjukhuset", self.region)
        now = timezone.now()
        rows = [published(self.small.pk, 3), published(self.large.pk, 20), published(self.other.pk, 40)]
        self.shown = make_month(FEBRUARY, published=[*rows, published(self.large.pk, 6, way="research")])
        self.early = make_month(published=rows, frozen_at=now - timedelta(days=13))

    def page(self, node, month=FEBRUARY, end="") -> str:
        return f"{HOME}{node.pk}/{month:%Y-%m}/{end}"


@pytest.fixture
def ekliden():
    return Ekliden()


@pytest.fixture
def acting(client):
    def act(role, node):
        grant = make_grant(None, role, node)
        log_in(client, grant.person, grant)
        return client

    return act


def page_of(answer) -> HtmlElement:
    return document_fromstring(answer.content.decode())


def total(answer) -> str:
    """What the page says of published assignments in all."""
    page = page_of(answer)
    return page.xpath("//section[@aria-labelledby='m-published']//dd")[0].text_content().strip()


def line(answer, label: str) -> list[str]:
    """The cells of a line of the table of ways of taking part."""
    page = page_of(answer)
    row = page.xpath(f"//section[@aria-labelledby='m-published']//tr[th='{label}']")[0]
    return [cell.text_content().strip() for cell in row.xpath("td[@data-label]")]


def test_before_anything_is_frozen_the_page_says_so(client):
    assert "Ingen månad att visa än" in client.get(HOME).content.decode()


def test_everybody_comes_to_the_nation_and_the_newest_month_that_is_shown(client, ekliden):
    answer = client.get(HOME, follow=True)
    assert answer.redirect_chain == [(ekliden.page(ekliden.nation), 302)]
    assert total(answer) == "69"
    assert line(answer, "Forskning") == ["6"]
    assert f"Siffror för {ekliden.nation.name}" in answer.content.decode()


def test_a_count_under_five_is_in_no_page_or_file_of_anybody_else(client, ekliden, acting):
    leadership = acting(Role.LEADERSHIP, ekliden.region)
    for node in (ekliden.small, ekliden.large):
        answer = leadership.get(ekliden.page(node))
        assert total(answer) == "visas inte"
        assert answer.content.decode().count("<svg viewBox") == 0
    small = ekliden.page(ekliden.small)
    rows = list(
        csv.reader(io.StringIO(leadership.get(f"{small}siffror.csv").content.decode("utf-8-sig")), delimiter=";")
    )
    told = {tuple(row[2:5]): row[5:7] for row in rows[1:]}
    assert told["published", "", ""] == ["", "1"]
    assert told["published", "contribution", "workshop"] == ["", "1"]
    assert told["published", "contribution", "jury"] == ["", "1"]  # a zero is not told either
    assert told["answered", "when", "late"] == ["0", "0"]
    sheet = load_workbook(io.BytesIO(leadership.get(f"{small}siffror.xlsx").content))["Publicerade uppdrag"]
    assert {row[2] for row in sheet.iter_rows(min_row=4, values_only=True)} == {"visas inte"}
    paper = pypdfium2.PdfDocument(leadership.get(f"{small}siffror.pdf").content)
    words = "".join(page.get_textpage().get_text_range() for page in paper)
    assert "Totalt: visas inte" in words
    assert "Totalt: 3" not in words


def test_the_unit_sees_its_own_exactly_and_first(ekliden, acting):
    host = acting(Role.HOST, ekliden.small)
    answer = host.get(HOME, follow=True)
    assert answer.redirect_chain == [(ekliden.page(ekliden.small, MONTH), 302)]
    assert total(answer) == "3"
    assert line(answer, "Workshop, seminarium eller konferens") == ["3", "6"]  # the month, and twelve months
    assert "Du ser det här först" in answer.content.decode()
    # Nothing of the region stands beside it before everybody sees that; then it does.
    assert "Region Ekliden" not in [
        cell.text_content() for cell in document_fromstring(answer.content.decode()).iter("dt")
    ]
    shown = host.get(ekliden.page(ekliden.small))
    assert line(shown, "Forskning") == ["0", "0", "6"]
    assert "Du ser det här först" not in shown.content.decode()


def test_nobody_else_sees_a_month_before_its_day(client, ekliden, acting):
    early = ekliden.page(ekliden.region, MONTH)
    assert client.get(early).status_code == 404
    for role in (Role.LEADERSHIP, Role.MEMBER, Role.COUNCIL):
        assert acting(role, ekliden.region).get(early).status_code == 404, role
    assert acting(Role.COORDINATOR, ekliden.other).get(early).status_code == 404
    assert acting(Role.COORDINATOR, ekliden.region).get(early).status_code == 200


def test_the_coordinator_finds_the_units_by_name_without_a_number_beside(ekliden, acting):
    page = document_fromstring(
        acting(Role.COORDINATOR, ekliden.region).get(ekliden.page(ekliden.region)).content.decode()
    )
    listed = page.xpath("//nav[@aria-labelledby='places']//li")
    assert [each.text_content() for each in listed] == ["Mottagningen", "Sjukhuset"]


def test_a_visitor_finds_regions_and_no_units(client, ekliden):
    def listed(node):
        page = page_of(client.get(ekliden.page(node)))
        return [each.text_content() for each in page.xpath("//nav[@aria-labelledby='places']//li")]

    assert listed(ekliden.nation) == ["Region Björkvik", "Region Ekliden"]
    assert listed(ekliden.region) == []


@pytest.mark.parametrize("month", ["2024-13", "2024-1", "2001-01", "0000-00", "abc", "2024-02-01"])
def test_a_month_that_is_none_is_not_found(client, ekliden, month):
    assert client.get(f"{HOME}{ekliden.nation.pk}/{month}/").status_code == 404


def test_a_patient_organisation_has_no_figures(ekliden, acting):
    organisation = make_node(Kind.PATIENT_ORGANISATION, "Ledföreningen")
    assert acting(Role.ORGANISATION, organisation).get(ekliden.page(organisation)).status_code == 404


def section(answer, key: str) -> HtmlElement:
    (found,) = page_of(answer).xpath(f"//section[@aria-labelledby='m-{key}']")
    return found


def test_what_was_answered_in_confidence_the_unit_sees_as_others_do(acting):
    """Not everybody at a unit may read what one person answered: four answers are hidden from it too, and twelve months
    are not summed. What it may open by name it sees exactly, on the same page."""
    unit = make_node(Kind.UNIT, "Mottagningen")
    other = make_node(Kind.UNIT, "Sjukhuset", unit.parent)
    rows = [experienced(unit.pk, 4), experienced(other.pk, 9), experienced(other.pk, 8, "host_fully")]
    given = [Counted(unit.pk, ("taken_in", "once"), 3)]
    make_month(experienced=rows, contributions=given, frozen_at=timezone.now() - timedelta(days=13))
    host = acting(Role.HOST, unit)
    answer = host.get(f"{HOME}{unit.pk}/{MONTH:%Y-%m}/")
    hidden, exact = section(answer, "experienced"), section(answer, "contributions")
    assert [each.text_content().strip() for each in hidden.xpath(".//dd")] == ["visas inte"]
    assert "De här svaren är inte till för alla på verksamheten." in hidden.text_content()
    assert [each.text_content().strip() for each in exact.xpath(".//dd")] == ["3", "3"]
    assert "Varför står det ”visas inte”?" in answer.content.decode()
    book = load_workbook(io.BytesIO(host.get(f"{HOME}{unit.pk}/{MONTH:%Y-%m}/siffror.xlsx").content))
    sheet = book["Fick man påverka"]
    assert {row[2:] for row in sheet.iter_rows(min_row=5, values_only=True)} == {("visas inte",)}
    assert "ett till fyra" in str([cell.value for cell in book.worksheets[0]["A"]])


def test_what_was_not_counted_yet_is_not_said_to_be_nothing(client):
    """A month that was frozen before a measure came says nothing of it; in a later one nothing is nothing."""
    nation = make_node(Kind.NATION)
    now = timezone.now()
    Snapshot.objects.create(month=FEBRUARY, frozen_at=now, shown_on=date(2024, 3, 15))
    make_month()
    shown = {}
    for month in (FEBRUARY, MONTH):
        found = page_of(client.get(f"{HOME}{nation.pk}/{month:%Y-%m}/")).xpath("//section/@aria-labelledby")
        shown[month] = [each.removeprefix("m-") for each in found]
    assert shown == {
        FEBRUARY: ["published", "answered", "settled", "told_back"],
        MONTH: [measure.key for measure in measures()],
    }


# --- what the unit says ---------------------------------------------------------------------------


def test_what_the_unit_says_stands_beside_its_figures(ekliden, acting):
    host = acting(Role.HOST, ekliden.large)
    url = ekliden.page(ekliden.large, MONTH, "kommentar/")
    answer = host.post(url, {"text": "Vi byggde om i mars."}, follow=True)
    assert answer.redirect_chain == [(ekliden.page(ekliden.large, MONTH), 302)]
    assert "Sparat. Det står bredvid siffrorna." in answer.content.decode()
    assert "Vi byggde om i mars." in answer.content.decode()
    host.post(url, {"text": "Vi byggde om i mars."})
    assert Comment.objects.count() == 1
    assert AuditEntry.objects.filter(action="figures.commented").count() == 1
    assert "Vi byggde om i mars." in host.get(url).content.decode()
    # For other units and months it says nothing.
    assert "byggde om" not in host.get(ekliden.page(ekliden.large)).content.decode()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Det här behöver vi svar på."),
        ("x" * 1001, "1000"),
        ("Patienten 19121212-1212 ringde.", "personnummer"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_what_was_typed_is_kept(ekliden, acting, text, said):
    answer = acting(Role.HOST, ekliden.large).post(ekliden.page(ekliden.large, MONTH, "kommentar/"), {"text": text})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert page.count(said) >= 2  # in the summary and beside the field
    assert text in page
    assert Comment.objects.count() == 0


def test_when_everybody_sees_the_month_there_is_no_form_any_more(ekliden, acting):
    host = acting(Role.HOST, ekliden.large)
    url = ekliden.page(ekliden.large, end="kommentar/")
    assert (host.get(url).status_code, host.post(url, {"text": "Hej"}).status_code) == (404, 404)


def test_a_comment_that_looks_like_a_formula_is_words_in_the_workbook(ekliden, acting):
    host = acting(Role.HOST, ekliden.large)
    host.post(ekliden.page(ekliden.large, MONTH, "kommentar/"), {"text": "=1+1"})
    make = host.get(ekliden.page(ekliden.large, MONTH, "siffror.xlsx"))
    about = load_workbook(io.BytesIO(make.content)).worksheets[0]
    assert [cell.value for cell in about["A"]][-1] == "Verksamheten säger: =1+1"


# --- files ----------------------------------------------------------------------------------------


def test_the_files_have_names_that_say_what_they_are(client, ekliden):
    names = {end: client.get(ekliden.page(ekliden.region, end=f"siffror.{end}")) for end in ("csv", "xlsx", "pdf")}
    for end, answer in names.items():
        assert answer["Content-Disposition"] == f'attachment; filename="Siffror Region Ekliden 2024-02.{end}"'
        assert "no-store" in answer["Cache-Control"]


def test_the_workbook_holds_the_same_numbers_as_the_page(client, ekliden):
    book = load_workbook(io.BytesIO(client.get(ekliden.page(ekliden.region, end="siffror.xlsx")).content))
    assert book.sheetnames == [
        "Om siffrorna", "Publicerade uppdrag", "Svar till dem som anmält", "Klara överenskommelser",
        "Vad det blev av bidragen", "Fick man påverka", "Vad arbetet ledde till",
        "Stämmer det som berättades", "Återberättat",
    ]  # fmt: skip
    rows = {row[1]: row[2] for row in book["Publicerade uppdrag"].iter_rows(min_row=3, values_only=True)}
    assert (rows["Totalt"], rows["Forskning"], rows["Workshop, seminarium eller konferens"]) == (29, 6, 23)


# --- speed ----------------------------------------------------------------------------------------


def test_a_page_costs_the_same_with_one_place_and_with_three_hundred(ekliden, acting):
    coordinator = acting(Role.COORDINATOR, ekliden.region)
    asked = []
    for month, more in ((date(2023, 1, 1), 1), (date(2023, 2, 1), 3), (date(2023, 3, 1), 300)):
        units = [make_node(Kind.UNIT, f"Enhet {month:%m} {n:03}", ekliden.region) for n in range(more)]
        make_month(month, published=[published(unit.pk, 7, way=way) for unit in units for way in ("jury", "other")])
        with CaptureQueriesContext(connection) as made:
            answer = coordinator.get(ekliden.page(ekliden.region, month))
        assert answer.content.decode().count("Enhet") == more
        asked.append(len(made))
    assert len(set(asked)) == 1, asked
    assert asked[0] <= 16
