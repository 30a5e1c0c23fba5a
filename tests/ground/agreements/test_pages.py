"""The page of an agreement in a using app: what it shows, and what comes of what one sends."""

import re

import pytest
from django.urls import reverse

from samskapa.ground.agreements import services
from tests.factories.agreements import make_sister, make_table
from tests.ground.agreements.example.models import TABLES, Comment, Line, Revision, Statement

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.ground.agreements.example.urls")]


@pytest.fixture(autouse=True)
def english(settings):
    settings.LANGUAGE_CODE = "en"


def newest(line):
    return Revision.objects.filter(line=line).order_by("-number").first()


def enter(client, table, who="anna"):
    client.force_login(getattr(table, who).person)
    return reverse("agreement", args=[table.agreement.pk])


def send(client, table, action, line=None, who="anna", **data):
    enter(client, table, who)
    if line is not None:
        data = {"line": line.pk, "revision": newest(line).pk, **data}
    return client.post(reverse("answer", args=[table.agreement.pk]), {"action": action, **data})


def words(response):
    """What the page says, without tags, runs of blanks made one."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_the_page_shows_each_point_with_owner_state_and_what_to_do(client):
    table = make_table()
    table.add("We meet on Mondays.", heading="Meetings", owner_side="care")
    page = client.get(enter(client, table))
    assert "Meetings" in words(page)
    assert "1. Höftmottagningen" in words(page)
    assert "Waiting for you" in words(page)
    assert "Höftmottagningen wrote the point on Monday 30 November" in words(page)
    assert "Read point 1. It is waiting for your answer." in words(page)
    assert 'class="point care"' in page.content.decode()


SAY = re.compile(r'name="action" value="(\w+)">(?:(?!</form>).)*?name="line" value="(\d+)"', re.S)


def said_of(page, line):
    """The answers that the page has a form for, at this line."""
    return {action for action, at in SAY.findall(page.content.decode()) if at == str(line.pk)}


@pytest.mark.parametrize(
    ("who", "has_said", "button", "opened"),
    [
        ("anna", None, {"confirm"}, {"change", "not_agreed", "leave_open", "remove", "comment"}),
        ("anna", "not_agreed", {"confirm"}, {"change", "not_agreed", "leave_open", "remove", "comment"}),
        ("anna", "confirm", set(), {"change", "remove", "comment"}),
        ("clinic", None, set(), {"change", "not_agreed", "leave_open", "remove", "comment"}),
        ("clinic", "remove", set(), {"change", "not_agreed", "leave_open", "comment"}),
    ],
)
def test_what_one_may_say_of_a_point_is_fetched_by_its_link(client, who, has_said, button, opened):
    table = make_table()
    line, other = table.add(), table.add()
    if has_said:
        send(client, table, has_said, line, who=who, reason="I read slowly.")
    address = enter(client, table, who)
    page = client.get(address)
    assert said_of(page, line) == button
    link = re.search(rf'href="({address}\?\w+={line.pk})#point-1"', page.content.decode()).group(1)
    page = client.get(link)
    assert said_of(page, line) == button | opened
    assert said_of(page, other) == ({"confirm"} if who == "anna" else set())
    assert f'href="{link}#' not in page.content.decode()


def test_a_point_that_is_opened_is_not_taken_along_unless_one_ticks_it(client):
    table = make_table()
    line, other = table.add(), table.add()
    page = client.get(enter(client, table), {"oppna": line.pk}).content.decode()
    assert re.findall(r'id="tick-(\d+)"( checked)?', page) == [(str(line.pk), ""), (str(other.pk), " checked")]


@pytest.mark.parametrize("opened", ["", "0", "x", "²", "9" * 30, "-1"])
def test_an_address_that_opens_no_point_shows_the_page(client, opened):
    table = make_table()
    line = table.add()
    page = client.get(enter(client, table), {"oppna": opened})
    assert (page.status_code, said_of(page, line)) == (200, {"confirm"})


def test_confirming_a_point_shows_that_both_have(client):
    table = make_table()
    line = table.add()
    response = send(client, table, "confirm", line)
    assert (response.status_code, response.url) == (302, enter(client, table))
    page = words(client.get(response.url))
    assert "You have confirmed the point." in page
    assert "Both have confirmed" in page
    assert "version 1 is valid" in page


def test_a_proposed_change_is_shown_word_by_word_in_words_too(client):
    table = make_table()
    line = table.add("At least five days before.")
    send(client, table, "confirm", line)
    send(client, table, "change", line, text="At least seven days before.", reason="I read slowly.")
    page = client.get(enter(client, table, "clinic"))
    assert "At least [taken away: five ] [added: seven ] days before." in words(page)
    assert "Anna proposed the text" in words(page)
    assert "“I read slowly.”" in words(page)


def test_a_no_without_a_reason_is_said_beside_the_field(client):
    table = make_table()
    line = table.add()
    response = send(client, table, "not_agreed", line, reason="")
    assert response.status_code == 422
    assert f'href="#line-{line.pk}-not_agreed-reason"' in response.content.decode()
    assert Statement.objects.filter(party=table.anna).count() == 0


def test_a_too_long_text_is_kept_in_the_field(client):
    table = make_table()
    line = table.add()
    response = send(client, table, "change", line, text="long " * 500)
    assert response.status_code == 422
    assert "long " * 499 + "long" in response.content.decode()
    assert "aria-invalid" in response.content.decode()


def test_markup_is_shown_as_it_was_typed(client):
    table = make_table()
    table.add("<script>alert(1)</script>")
    assert "&lt;script&gt;alert(1)" in client.get(enter(client, table)).content.decode()


def test_two_at_once_the_second_sees_both_texts_and_chooses(client):
    table = make_table()
    line = table.add("Five days.")
    read = newest(line).pk
    send(client, table, "change", line, who="clinic", text="Six days.")
    response = send(client, table, "change", line, text="Seven days.", reason="I asked.", revision=read)
    assert response.status_code == 422
    for text in ("Six days.", "Seven days.", "Keep the text that is there", "Propose mine instead"):
        assert text in words(response)
    assert re.search(r"<textarea[^>]*>\s*Seven days\.</textarea>", response.content.decode())
    assert newest(line).text == "Six days."


@pytest.mark.parametrize(
    ("choice", "text", "expected"),
    [("theirs", "", "Six days."), ("mine", "", "Seven days."), ("joined", "Six or seven.", "Six or seven.")],
)
def test_each_of_the_three_choices_is_done(client, choice, text, expected):
    table = make_table()
    line = table.add("Five days.")
    send(client, table, "change", line, who="clinic", text="Six days.")
    response = send(client, table, "resolve", line, choice=choice, mine="Seven days.", text=text, reason="I asked.")
    assert (response.status_code, newest(line).text) == (302, expected)


def test_a_text_that_changes_while_one_chooses_gives_a_new_choice(client):
    table = make_table()
    line = table.add("Five days.")
    read = newest(line).pk
    send(client, table, "change", line, who="clinic", text="Six days.")
    response = send(client, table, "resolve", line, choice="mine", mine="Seven days.", text="", revision=read)
    assert response.status_code == 422
    assert "Seven days." in words(response)
    assert "Six days." in words(response)


def test_a_no_to_a_text_that_has_changed_keeps_its_reason_and_is_asked_anew(client):
    table = make_table()
    line = table.add("Five days.")
    read = newest(line).pk
    send(client, table, "change", line, who="clinic", text="Six days.")
    response = send(client, table, "not_agreed", line, reason="Too few.", revision=read)
    assert response.status_code == 422
    assert "The point has been changed since you read it." in words(response)
    assert re.search(r"<textarea[^>]*>\s*Too few\.</textarea>", response.content.decode())
    assert f'name="revision" value="{newest(line).pk}"' in response.content.decode()


def test_one_button_confirms_all_ticked_points(client):
    table = make_table()
    lines = [table.add(f"Point {n}.") for n in range(3)]
    page = client.get(enter(client, table)).content.decode()
    boxes = re.findall(r'name="confirm" value="([\d:]+)" form="confirm-all" id="tick-\d+" checked', page)
    assert boxes == [f"{line.pk}:{newest(line).pk}" for line in lines]
    response = send(client, table, "confirm_all", confirm=boxes[:2])
    assert response.status_code == 302
    assert "You have confirmed 2 points." in words(client.get(response.url))


def test_one_button_says_which_points_changed_while_one_was_reading(client):
    table = make_table()
    kept, changed = table.add("Kept."), table.add("Changed.")
    boxes = [f"{line.pk}:{newest(line).pk}" for line in (kept, changed)]
    send(client, table, "change", changed, who="clinic", text="New.")
    response = send(client, table, "confirm_all", confirm=boxes)
    assert "You have confirmed 1 point. 1 point was changed while you were reading" in words(client.get(response.url))


@pytest.mark.parametrize("confirm", [[], ["x"], ["1"], ["1:"], ["²:1"], ["9" * 50 + ":1"]])
def test_one_button_with_nothing_or_nonsense_is_said_and_confirms_nothing(client, confirm):
    table = make_table()
    table.add(), table.add()
    response = send(client, table, "confirm_all", confirm=confirm)
    assert response.status_code == 422
    assert Statement.objects.filter(party=table.anna).count() == 0


def test_a_new_point_sent_twice_is_written_once(client):
    table = make_table()
    for _ in range(2):
        data = {"key": "abc", "heading": "", "owner_side": "person", "text": "I read the material."}
        assert send(client, table, "add", **data).status_code == 302
    assert Line.objects.count() == 1


def test_a_comment_is_shown_to_both(client):
    table = make_table()
    line = table.add()
    send(client, table, "comment", line, text="What is a pathway?")
    assert "What is a pathway?" in words(client.get(enter(client, table, "clinic")))


@pytest.mark.parametrize("action", ["", "nonsense", "confirm", "change", "add"])
@pytest.mark.parametrize("line", ["", "x", "²", "-1", "9" * 30, "0"])
def test_nonsense_gets_a_message_and_writes_nothing(client, action, line):
    table = make_table()
    table.add()
    enter(client, table)
    data = {"action": action, "line": line, "revision": line, "text": "\x00", "owner_side": "nobody"}
    assert client.post(reverse("answer", args=[table.agreement.pk]), data).status_code == 422
    assert (Revision.objects.count(), Comment.objects.count()) == (1, 0)


def test_what_is_said_in_a_sister_agreement_is_not_shown(client):
    anna = make_table()
    cecilia = make_sister(anna)
    line = anna.add("For everybody.", agreement=None)
    send(client, anna, "comment", line, text="Anna's comment")
    send(client, anna, "not_agreed", line, reason="Anna's no")
    send(client, anna, "change", line, text="Anna's text", reason="Anna's reason")
    page = words(client.get(enter(client, cecilia)))
    history = words(client.get(reverse("history", args=[cecilia.agreement.pk])))
    assert "Anna&#x27;s text" in page
    assert "One of the patient representatives proposed the text" in page
    assert "One of the patient representatives changed point 1" in history
    for said in (page, history):
        for secret in (
            "Anna&#x27;s comment",
            "Anna&#x27;s no",
            "Anna&#x27;s reason",
            "Anna wrote",
            "Anna changed",
        ):
            assert secret not in said


def test_history_reads_as_sentences(client):
    table = make_table()
    line = table.add("Five days.")
    services.confirm(TABLES, table.agreement, line.pk, revision=newest(line).pk, **table.said_by("anna"))
    enter(client, table)
    page = words(client.get(reverse("history", args=[table.agreement.pk])))
    for sentence in (
        "Höftmottagningen wrote point 1 on Monday 30 November: Five days.",
        "You confirmed point 1 on Monday 30 November.",
        "Everything was settled on Monday 30 November: version 1 of the agreement was fixed.",
    ):
        assert sentence in page
