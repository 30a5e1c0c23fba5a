"""Whoever asks sees how many have answered, and tells everybody what came out of it."""

from __future__ import annotations

import email
import html
import re
from datetime import timedelta
from email import policy
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from lxml.html import document_fromstring

from samskapa.ground.core.domain import SYSTEM
from samskapa.ground.core.models import AuditEntry, OutboxMail
from samskapa.ground.core.services import drain
from samskapa.ground.organisations.domain import Role
from samskapa.listen.surveys.domain import Mode, Whom
from samskapa.listen.surveys.models import Asked, AskedLink, Asking, Sheet, Urn
from samskapa.listen.surveys.queries import answers_of
from samskapa.listen.surveys.services import close, hand_in, tell_results
from tests.factories.organisations import log_in, make_grant, make_node
from tests.factories.people import make_person
from tests.factories.reading_pages import fields, words
from tests.factories.surveys import add_paper, answer_all, link_of, make_asking, person_asked
from tests.ground.documents.reading import text_of

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


# --- asking -----------------------------------------------------------------------------------------


def begin(client: Client, **given) -> dict[str, object]:
    page = client.get(reverse("surveys:ask", args=["pulse"]))
    return fields(page) | {
        "title": "Mötet den 12 mars",
        "last_day": str(timezone.localdate() + 14 * DAY),
        "addresses_0": "Anna A <anna@example.se>, bo@example.se\nANNA@example.se",
        **given,
    }  # fmt: skip


def test_a_coordinator_asks_and_each_gets_a_link_that_opens(maja, visitor, tree):
    answer = maja.post(reverse("surveys:ask", args=["pulse"]), begin(maja))
    asking = Asking.objects.get()
    assert answer["Location"] == reverse("surveys:asking", args=[asking.pk])
    assert (asking.mode, asking.node, asking.threshold) == (Mode.ANONYMOUS, tree.region, 5)
    assert sorted(asking.asked.values_list("address", flat=True)) == ["anna@example.se", "bo@example.se"]
    assert "0 av 2 har svarat" in words(maja.get(answer["Location"]))


def test_asking_twice_with_the_same_page_asks_once(maja):
    form = begin(maja)
    answers = [maja.post(reverse("surveys:ask", args=["pulse"]), form) for _press in range(2)]
    assert answers[0]["Location"] == answers[1]["Location"]
    assert Asking.objects.count() == 1


def test_everybody_with_a_role_is_asked_without_being_shown(maja, tree):
    member = make_grant(make_person("Mira Medlem"), Role.MEMBER, tree.region).person
    form = begin(maja, roles_0=["member"], addresses_0=f"{member.email}\nny@example.se")
    page = maja.post(reverse("surveys:ask", args=["pulse"]), form, follow=True)
    assert set(Asked.objects.values_list("person_id", "address")) == {(member.pk, ""), (None, "ny@example.se")}
    assert "Mira" not in words(page)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"addresses_0": "anna, bo@example.se"}, "Det här är ingen e-postadress: anna"),
        ({"addresses_0": ""}, "Skriv minst en adress, eller välj en roll."),
        ({"addresses_0": "", "roles_0": ["council"]}, "Ingen har den rollen där."),
        ({"last_day": "2020-01-01"}, "Den dagen har varit."),
        ({"title": " "}, "Fältet måste fyllas i"),
        ({"mode": "sealed"}, "Välj"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_what_was_typed_is_kept(maja, given, said):
    page = maja.post(reverse("surveys:ask", args=["pulse"]), begin(maja, why="Därför att") | given)
    assert page.status_code == 422
    assert words(page).count(said) == 2 or given.get("title") or given.get("mode")
    assert "Därför att" in page.content.decode()
    assert not Asking.objects.exists()


def test_a_host_asks_by_address_alone(tree):
    grant, client = make_grant(None, Role.HOST, tree.unit), Client()
    log_in(client, grant.person, grant)
    page = client.get(reverse("surveys:ask", args=["closing"]))
    names = set(fields(page))
    assert {"addresses_0", "addresses_1"} <= names
    assert not [name for name in names if name.startswith("roles")]


def test_who_has_answered_anonymously_is_shown_to_nobody(maja, tree, now):
    asking = make_asking([Whom(address="anna@example.se"), Whom(address="bo@example.se")], node=tree.unit, now=now)
    page = words(maja.get(reverse("surveys:asking", args=[asking.pk])))
    assert "anna@example.se" not in page
    assert "0 av 2 har svarat" in page
    assert maja.get(reverse("surveys:answers", args=[asking.pk])).status_code == 302


def test_reminding_closing_and_telling_each_twice_lead_to_the_same_place(maja, tree, now):
    asking = make_asking(2, node=tree.unit, now=now - 2 * DAY)
    for name, data in (("remind", {}), ("close", {}), ("tell", {"words": "Vi börjar om fem minuter senare."})):
        answers = [maja.post(reverse(f"surveys:{name}", args=[asking.pk]), data) for _press in range(2)]
        assert answers[0]["Location"] == answers[1]["Location"], name
    asking.refresh_from_db()
    assert OutboxMail.objects.filter(kind="surveys/reminder").count() == 2
    assert asking.told_words == "Vi börjar om fem minuter senare."


def test_results_reach_everybody_who_was_asked_as_a_sentence_a_chart_and_a_table(maja, visitor, tree, now):
    asking = make_asking(6, node=tree.unit, now=now)
    answer_all(asking, [{"said": "4", "next_time": "Mer kaffe"}] * 4 + [{"said": "dont_know"}], now=now)
    add_paper(asking, {"said": "5"}, now=now)
    close(asking, by=SYSTEM, now=now)
    own = maja.get(reverse("surveys:results", args=[asking.pk]))
    assert "Medelvärdet är 4,2 av 5, räknat på 5 svar. 1 vet inte." in words(own)
    home = link_of(asking.asked.first())
    assert visitor.get(home + "resultat/")["Location"] == home  # those who asked read first
    tell_results(asking, words="Vi lyssnade.", by=SYSTEM, now=now)
    page = visitor.get(home + "resultat/")
    assert "Vi lyssnade." in words(page)
    assert "Medelvärdet är 4,2 av 5, räknat på 5 svar. 1 vet inte." in words(page)
    assert "Mer kaffe" not in words(page)
    assert "1 av svaren kom på papper." in words(page)
    seen = document_fromstring(page.content.decode())
    (chart,) = seen.xpath("//div[@role='img']")
    assert chart.get("aria-label") == "Medelvärdet är 4,2 av 5, räknat på 5 svar. 1 vet inte."
    assert [rect.get("width") for rect in chart.xpath(".//*[@class='bar-full']")] == ["0", "0", "0", "80", "20"]
    table = [[" ".join(cell.text_content().split()) for cell in row] for row in seen.xpath("//tbody/tr")]
    assert table[3:] == [
        ["4", "4", "80 %"], ["5. Ja, allt", "1", "20 %"], ["Vet inte", "1", "räknas för sig"],
    ]  # fmt: skip


def test_own_words_are_shown_to_those_who_asked_alone_and_only_of_enough(maja, tree, now):
    shown = make_asking(5, node=tree.unit, now=now)
    answer_all(shown, [{"next_time": f"Förslag {number}"} for number in range(5)], now=now)
    few = make_asking(5, node=tree.unit, now=now)
    answer_all(few, [{"next_time": f"Hemligt {number}", "said": "1"} for number in range(4)], now=now)
    for asking in (shown, few):
        close(asking, by=SYSTEM, now=now)
    assert "Förslag 3" in words(maja.get(reverse("surveys:results", args=[shown.pk])))
    page = words(maja.get(reverse("surveys:results", args=[few.pk])))
    assert "Hemligt" not in page
    assert "Är svaren färre än 5 visas inget" in page


def test_reading_who_answered_what_is_noted_for_each_and_they_find_it(maja, tree, grant, now):
    anna = make_person("Anna Ek")
    asking = make_asking(
        [person_asked(anna, "representative")], set_key="closing", mode=Mode.NAMED, node=tree.unit, now=now
    )
    hand_in(asking.asked.get(), {"heard": "5", "words": "Det var bra"}, by=SYSTEM, now=now)
    page = words(maja.get(reverse("surveys:answers", args=[asking.pk])))
    assert "Anna Ek" in page
    assert "5. Ja, hela tiden" in page
    entry = AuditEntry.objects.get(action="surveys.answers_read")
    assert list(entry.subjects.values_list("person_id", flat=True)) == [anna.pk]
    client = Client()
    log_in(client, anna)
    assert "Vad människor har svarat på frågor, med dina svar bland dem" in words(client.get(reverse("people:looks")))


def test_somebody_elses_round_looks_like_nothing(maja, now):
    elsewhere = make_asking(1, node=make_node(), now=now)
    for name in ("asking", "results", "close", "tell", "more", "answers"):
        assert maja.get(reverse(f"surveys:{name}", args=[elsewhere.pk])).status_code == 404, name
    assert maja.post(reverse("surveys:remind", args=[elsewhere.pk])).status_code == 404


# --- paper ------------------------------------------------------------------------------------------


def test_the_questions_on_paper_say_everything_that_the_pages_say(maja, tree, now):
    asking = make_asking(1, set_key="closing", side="host", node=tree.unit, now=now)
    for number, asked in ((1, "Blev du lyssnad på?"), (2, "Lyssnade ni på patientföreträdarna?")):
        answer = maja.get(reverse("surveys:paper", args=[asking.pk, number]))
        assert answer["Content-Type"] == "application/pdf"
        text = " ".join(text_of(answer.content).split())
        assert asked in text
        assert "Bara om du svarade ”Nej” på fråga 4." in text
        assert "Skriv inte ditt namn." in text
    easy = text_of(maja.get(reverse("surveys:paper", args=[asking.pk, 1]) + "?lattlast=ja").content)
    assert "Lyssnade de på dig?" in easy
    assert maja.get(reverse("surveys:paper", args=[asking.pk, 3])).status_code == 404


def test_a_sheet_on_paper_is_typed_in_on_one_page_and_once(maja, tree, now):
    asking = make_asking(1, node=tree.unit, now=now)
    at = reverse("surveys:type_in", args=[asking.pk, 1])
    form = fields(maja.get(at)) | {"q_said": "3", "q_next_time": "Tala högre"}
    assert [maja.post(at, form).status_code for _press in range(2)] == [302, 302]
    assert Urn.objects.get().sheets == [{"next_time": "Tala högre", "said": "3"}]
    empty = maja.post(at, {"key": str(uuid4())})
    assert (empty.status_code, "Fyll i minst ett svar." in words(empty)) == (422, True)


def test_a_sheet_on_paper_by_name_asks_whose_it_is(maja, named):
    at = reverse("surveys:type_in", args=[named.pk, 1])
    form = fields(maja.get(at)) | {"q_heard": "3"}
    assert maja.post(at, form).status_code == 422
    asked = named.asked.get()
    assert maja.post(at, form | {"asked": asked.pk}).status_code == 302
    assert answers_of(named)[0].is_paper
    page = maja.get(reverse("surveys:answers", args=[named.pk]))
    assert "Kom på papper" in words(page)


# --- how much it costs ------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["askings", "asking", "answers", "results"])
def test_a_page_costs_the_same_with_1_3_and_300_rows(maja, tree, now, name):
    asking = make_asking(1, set_key="closing", side="host", mode=Mode.NAMED, node=tree.unit, now=now)
    path = reverse("surveys:askings") if name == "askings" else reverse(f"surveys:{name}", args=[asking.pk])
    if name == "results":
        close(asking, by=SYSTEM, now=now)
    costs = []
    for many in (1, 3, 300):
        if name == "askings":
            for _ in range(many - Asking.objects.count()):
                make_asking(0, node=tree.unit, now=now)
        else:
            _fill(asking, many, now)
        maja.get(path)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert maja.get(path).status_code == 200
        costs.append(len(queries))
    assert len(set(costs)) == 1, costs


def _fill(asking: Asking, many: int, now) -> None:
    """Rows by hand: three hundred people in three hundred log-ins would take a minute."""
    Sheet.objects.filter(asked__asking=asking).delete()
    AskedLink.objects.all().delete()
    Asked.objects.filter(asking=asking).delete()
    for number in range(many):
        asked = Asked.objects.create(
            asking=asking, person=make_person(verified=False), side="host", asked_at=now, has_answered=True
        )
        Sheet.objects.create(asked=asked, answers={"heard": str(number % 5 + 1)}, saved_at=now, submitted_at=now)
    if asking.closed_at or Asking.objects.get(pk=asking.pk).closed_at:
        Asking.objects.filter(pk=asking.pk).update(closed_at=None, results=None)
        close(asking, by=SYSTEM, now=now)


def test_the_pages_of_whoever_answers_cost_the_same_however_many_are_asked(visitor, tree, now):
    costs = []
    for many in (1, 300):
        asking = make_asking(many, node=tree.unit, now=now)
        home = link_of(asking.asked.first())
        with CaptureQueriesContext(connection) as queries:
            for path in (home, home + "svara/said/", home + "titta-igenom/"):
                assert visitor.get(path).status_code == 200
        costs.append(len(queries))
    assert costs[0] == costs[1]
    assert costs[0] <= 18, costs


def test_a_letter_says_why_it_came_and_holds_the_link(tree, now, settings, tmp_path):
    settings.MAIL_URL = f"file://{tmp_path}"
    make_asking([Whom(address="anna@example.se")], node=tree.unit, now=now)
    drain(now)
    (letter,) = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    text = email.message_from_bytes(letter, policy=policy.default)
    body = text.get_content()
    assert text["Subject"] == "Frågor till dig: Mötet den 12 mars"
    assert "Du får det här mejlet för att Medicinkliniken vill fråga dig." in body
    (address,) = re.findall(r"http://\S+/fraga/\S+", body)
    assert Client().get(urlsplit(html.unescape(address)).path).status_code == 200


def test_a_set_is_chosen_before_it_is_asked(maja):
    make_set_before = maja.get(reverse("surveys:choose"))
    assert {"Efter mötet", "Hur blev det?"} <= set(
        document_fromstring(make_set_before.content.decode()).xpath("//article//a/text()")
    )
    assert maja.get(reverse("surveys:ask", args=["okand"])).status_code == 404
