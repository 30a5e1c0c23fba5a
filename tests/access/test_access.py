"""Every address, as every role, on what is one's own, others' and missing, held against docs/roles.md."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, URLResolver, get_resolver, resolve, reverse
from lxml.html import HtmlElement, document_fromstring

from samskapa.config.concerns import CONCERNS, NO_CONCERN
from samskapa.edge.pages.middleware import PERMISSIONS
from samskapa.ground.core.domain import Strength
from samskapa.ground.organisations.domain import STRONG_ROLES
from samskapa.ground.organisations.services import step_path
from samskapa.ground.people.domain.eid import Broker
from tests.factories.organisations import log_in

from .table import COLUMNS, roles_that_need_strong_log_in, rows, steps_by_link
from .world import World

#: Also tells pytest-django to make the database before `world` is built in it.
pytestmark = pytest.mark.django_db

TABLE = {row.name: row for row in rows()}


def addresses(resolver=None, spaces: tuple[str, ...] = ()) -> dict[str, str]:
    """Name -> route of every address in the URL table."""
    found = {}
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            inner = (*spaces, pattern.namespace) if pattern.namespace else spaces
            found |= addresses(pattern, inner)
        else:
            found[":".join([*spaces, pattern.name or str(pattern.pattern)])] = str(pattern.pattern)
    return found


def test_every_address_stands_in_the_table_and_the_table_names_no_other():
    assert (sorted(set(addresses()) - set(TABLE)), sorted(set(TABLE) - set(addresses()))) == ([], [])


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Built once for all addresses; whatever a request writes is rolled back."""
    with django_db_blocker.unblock():
        outer = transaction.atomic()
        outer.__enter__()
        try:
            yield World()
        finally:
            transaction.set_rollback(True)
            outer.__exit__(None, None, None)


def client_for(world: World, role: str, **how) -> Client:
    client = Client()
    if role != "visitor":
        person, grant = world.person(role)
        log_in(client, person, grant, **how)
    return client


#: What every answer says of itself; tests/edge/pages/test_headers.py says the rest.
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": PERMISSIONS,
}


#: What every form says in which one writes to the region (tryckfrihetsförordningen 2 kap.).
PUBLIC_RECORD = "Det du skriver till en region eller kommun kan bli en allmän handling"


def writing_forms(page: bytes) -> list[HtmlElement]:
    """The forms of a page that send what one writes in a text area."""
    forms = document_fromstring(page.decode()).iter("form")
    return [form for form in forms if form.get("method") == "post" and form.xpath(".//textarea[not(@hidden)]")]


#: Whose texts are read for signs of danger and harm: everybody's who does not write as part of their work.
NOT_AT_WORK = ("visitor", "", "member", "organisation", "council")


def is_read_for_concerns(form: HtmlElement, url: str) -> bool:
    """Whether config/concerns.py says where the form is read, or why not; those of people at work need neither."""
    name = resolve(urlsplit(urljoin(url, form.get("action") or "")).path).view_name
    if all(TABLE[name].may[role] == "nej" for role in NOT_AT_WORK):
        return True
    return name in CONCERNS or name in NO_CONCERN


def ask(client: Client, url: str) -> str:
    """What the house answers: "in", "out", or "strengthen" where one is led to show more strongly who one is.

    GET where the address reads, else an empty POST; nothing is kept.
    """
    with transaction.atomic():
        answer = client.get(url)
        if answer.status_code == 405:
            answer = client.post(url)
        transaction.set_rollback(True)
    assert answer.status_code < 500, (url, answer.status_code)
    assert HEADERS.items() <= answer.headers.items(), url
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"], url
    if not answer.streaming and b"<textarea" in answer.content and "html" in answer["Content-Type"]:
        for form in writing_forms(answer.content):
            assert form.text_content().count(PUBLIC_RECORD) == 1, (url, form.get("action"))
            assert is_read_for_concerns(form, url), (url, form.get("action"), "config/concerns.py says nothing of it")
    if answer.status_code in (403, 404, 410):
        return "out"
    sent_to_log_in = answer.status_code == 302 and answer["Location"].startswith(reverse("account_login"))
    if sent_to_log_in and not url.startswith("/konto/kod"):
        return "out"
    if answer.status_code == 302 and answer["Location"].startswith(reverse("mfa_reauthenticate")):
        return "strengthen"
    assert answer.status_code in (200, 302, 409, 422), (url, answer.status_code)
    return "in"


#: Open to whoever holds a secret link, which nobody in this world does: the tests of invitations and of forgotten
#: passwords show that the right link opens. What a wrong link gets: 404, or a page that says it does not work.
TOLD_KINDLY = {
    "organisations:invitation": "out",
    "organisations:step": "out",
    "helping:take_over": "out",
    "notices:stop": "out",
    "pool:still": "out",
    "matching:by_link": "out",
    "importing:no": "out",
    "assignments:stop_news": "out",
    "assignments:search_atom": "out",
    "surveys:sheet": "out",
    "surveys:question": "out",
    "surveys:check": "out",
    "surveys:results_by_link": "out",
    "account_reset_password_from_key": "in",
}
#: Nobody's own: the same failed job for every operator.
SHARED = {"pages:run_job_again", "pages:send_mail_again", "design:example", "people:eid_start", "people:eid_back"}
#: The same set of questions for whoever asks.
SHARED |= {"surveys:ask"}


@pytest.fixture(autouse=True)
def broker(settings):
    """One that nobody answers at."""
    settings.EID_BROKERS = {"freja": Broker("freja", "Freja", "http://127.0.0.1:1", "samskapa", "secret")}


@pytest.mark.parametrize("name", sorted(TABLE))
def test_the_address_opens_for_those_the_table_says_and_for_nobody_else(name, world):
    row, found = TABLE[name], {}
    for role in COLUMNS.values():
        client = client_for(world, role)
        own, other = world.own(name, role), world.other(name, role)
        found[role] = ask(client, reverse(name, kwargs=own))
        if own and name not in TOLD_KINDLY:
            if name not in SHARED:
                found[role, "other"] = ask(client, reverse(name, kwargs=other))
            assert ask(client, reverse(name, kwargs=world.missing(name))) == "out", (role, "missing")
    expected = {}
    for role, cell in row.may.items():
        expected[role] = "out" if cell == "nej" else "in"
        if (role, "other") in found:
            expected[role, "other"] = "in" if cell == "alla" else "out"
    if name in TOLD_KINDLY:
        expected = dict.fromkeys(expected, TOLD_KINDLY[name])
    wrong = [f"{key}: {found[key]}, not {expected[key]}" for key in expected if found[key] != expected[key]]
    assert wrong == [], "\n".join(wrong)


def test_the_table_says_which_roles_need_a_strong_log_in():
    expected = {role: role in STRONG_ROLES for role in COLUMNS.values() if role not in ("visitor", "")}
    assert roles_that_need_strong_log_in() == expected


@pytest.mark.parametrize("name", sorted(TABLE))
def test_who_is_weakly_logged_in_gets_in_as_oneself_and_is_else_led_to_strengthen(name, world):
    """What is the role's alone answers as what is missing."""
    wrong = []
    for role in sorted(STRONG_ROLES):
        person, _grant = world.person(role)
        weak, oneself = client_for(world, role, strength=Strength.PASSWORD), Client()
        log_in(oneself, person, strength=Strength.PASSWORD)
        own = world.own(name, role)
        url = reverse(name, kwargs=own)
        found, as_oneself = ask(weak, url), "out" if TABLE[name].may[""] == "nej" else ask(oneself, url)
        if found != ("strengthen" if as_oneself == "out" else as_oneself):
            wrong.append((role, found, as_oneself))
        if own and name not in TOLD_KINDLY and ask(weak, reverse(name, kwargs=world.missing(name))) != "strengthen":
            wrong.append((role, "what is missing does not look like what is forbidden"))
    assert wrong == []


def test_a_link_to_one_step_opens_that_and_nothing_else(world):
    """Whoever follows it is a visitor everywhere but there."""
    name = "assignments:answer_question"
    assert steps_by_link() == settings.STEPS_BY_LINK == {name: "host"}
    grant, path = world.person("host")[1], reverse(name, kwargs=world.own(name, "host"))
    by_link = Client()
    assert by_link.get(step_path(grant, path))["Location"] == path
    assert ask(by_link, path) == "in"
    assert ask(by_link, reverse(name, kwargs=world.other(name, "host"))) == "out"
    opened = [
        other
        for other, row in TABLE.items()
        if row.may["visitor"] == "nej"
        and other != name
        and ask(by_link, reverse(other, kwargs=world.own(other, "host"))) != "out"
    ]
    assert opened == []
    elsewhere = reverse("assignments:applicants", kwargs=world.own("assignments:applicants", "host"))
    assert Client().get(step_path(grant, elsewhere)).status_code == 404


def test_no_address_is_left_without_its_arguments(world):
    for name in TABLE:
        try:
            reverse(name, kwargs=world.own(name, ""))
        except NoReverseMatch:
            pytest.fail(f"{name}: the world has no arguments for it")
