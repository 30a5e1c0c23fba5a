"""Hostile input to every address: never a fault of ours, never an unescaped echo, and what was typed is kept.

SOAK_SEED chooses the inputs (printed; the same seed sends the same), SOAK_INPUTS how many (1000).
"""

from __future__ import annotations

import json
import os
import traceback
from collections import Counter
from random import Random

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from lxml import etree

from samskapa.ground.core.models import OutboxMail
from samskapa.ground.core.services import drain
from samskapa.ground.core.services.mail import PASSED_ON
from tests.factories.organisations import log_in

from . import hostile
from .hostile import MARK
from .pages import FoundForm, forms_of, opening_links, plain, shown_values
from .world import FarWorld

SEED = os.environ.get("SOAK_SEED", "1")
#: Why a mail is meant not to be sent: nobody has an address for it, its recipient has died or is forgotten, or wants a
#: call or a letter.
MEANT = ["no address", "stopped", PASSED_ON]
INPUTS = int(os.environ.get("SOAK_INPUTS", "1000"))
#: How many different faults are told before the run gives up.
ENOUGH = 25

pytestmark = pytest.mark.soak

#: 429: too many attempts to log in.
FINE = {200, 302, 303, 400, 403, 404, 405, 409, 410, 413, 415, 422, 429}
NOT_KEPT = {"csrfmiddlewaretoken", "password", "password1", "password2", "oldpassword", "code"}
TYPED = {"text", "textarea", "search", "tel", "email", "url", "date", "number"}


class Clients:
    """One logged-in client per role, renewed when an input has logged it out."""

    def __init__(self, world: FarWorld) -> None:
        self.world = world

    def of(self, role: str, *, strict: bool = False) -> Client:
        client = Client(enforce_csrf_checks=strict)
        if role != "visitor":
            person, grant = self.world.person(role)
            log_in(client, person, grant)
        return client


@pytest.fixture
def world(db, settings, tmp_path):
    settings.MAIL_URL = f"file://{tmp_path / 'mail'}"
    found = FarWorld()
    drain()  # what building it gave rise to
    return found


def known_forms(doors, clients) -> dict[tuple[str, str], list[FoundForm]]:
    """(role, address) -> the forms that go there, read from all the pages that the role may open."""
    found: dict[tuple[str, str], list[FoundForm]] = {}
    for _name, role, path in doors:
        opened = [path]
        for each in opened:  # grows
            with transaction.atomic():
                page = clients.of(role).get(each)
                transaction.set_rollback(True)
            if page.status_code == 200 and page["Content-Type"].startswith("text/html"):
                text = page.content.decode()
                if each == path:
                    opened += opening_links(text, path)[:3]
                for form in forms_of(text, path):
                    found.setdefault((role, form.path), []).append(form)
    return found


class Input:
    """One request, and what may be said of its answer."""

    def __init__(self, chance: Random, name: str, role: str, path: str, forms: list[FoundForm]) -> None:
        self.name, self.role = name, role
        self.headers = hostile.headers(chance)
        self.form = next((f for f in [chance.choice(forms)] if f.method == "post"), None) if forms else None
        self.strict = False
        self.pairs: list[tuple[str, str]] = []
        what = chance.random()
        if what < 0.08:
            self.kind, self.path = "other id", hostile.with_other_ids(chance, path)
            self.method = chance.choice(["GET", "POST"])
            self.body, self.content_type = b"", "application/x-www-form-urlencoded"
            return
        self.path = path
        known = list(self.form.kinds) if self.form else []
        if what < 0.25 or (self.form is None and what < 0.6):
            self.kind, self.method = (
                "query",
                chance.choice(["GET", "GET", "GET", "HEAD", "OPTIONS", "PUT", "DELETE", "PATCH"]),
            )
            self.path = f"{path}?{hostile.query(chance, known)}"
            self.body, self.content_type = b"", "application/x-www-form-urlencoded"
            return
        self.method = "POST"
        self.pairs = self._pairs(chance)
        if what > 0.9:
            self.kind = "odd body"
            self.body, self.content_type = hostile.body(chance, self.pairs)
            return
        self.kind = "form"
        self.strict = what > 0.86
        self.body = hostile.urlencode(self.pairs, errors="surrogatepass").encode()
        self.content_type = "application/x-www-form-urlencoded"

    @property
    def is_tampered(self) -> bool:
        """Whether something was changed that no person can change: a hidden field, a button."""
        if self.form is None:
            return True
        fixed = [name for name, kind in self.form.kinds.items() if kind == "hidden"]
        fixed += [name for name, _ in self.form.buttons]
        sent = dict(self.pairs)
        return any(
            sent.get(name) not in [v for n, v in [*self.form.pairs, *self.form.buttons] if n == name] for name in fixed
        )

    def _pairs(self, chance: Random) -> list[tuple[str, str]]:
        if self.form is None:
            return [(chance.choice(hostile.QUERY_NAMES), hostile.value(chance)) for _ in range(chance.randint(0, 3))]
        form = self.form
        pairs = []
        for name, kind in form.kinds.items():
            given = [value for n, value in form.pairs if n == name]
            if kind in ("radio", "checkbox", "select"):
                choices = form.choices.get(name, [])
                given = given or ([chance.choice(choices)] if choices and chance.random() < 0.7 else [])
            elif kind in TYPED and not any(given) and chance.random() < 0.7:
                given = ["Det här är skrivet på riktigt av någon."]
            pairs += [(name, value) for value in given]
        if form.buttons:
            pairs.append(chance.choice(form.buttons))
        names = [name for name in form.kinds if name != "csrfmiddlewaretoken"]
        for name in chance.sample(names, min(len(names), chance.randint(1, 3))):
            move = chance.random()
            if move < 0.75:
                pairs = [pair for pair in pairs if pair[0] != name] + [(name, self._bad(chance, form.kinds[name]))]
            elif move < 0.9:
                pairs = [pair for pair in pairs if pair[0] != name]
            else:
                pairs.append((name, hostile.value(chance)))
        return pairs

    @staticmethod
    def _bad(chance: Random, kind: str) -> str:
        if kind == "date" and chance.random() < 0.7:
            return chance.choice(hostile.DATES)
        if kind in ("number", "hidden") and chance.random() < 0.6:
            return chance.choice(hostile.NUMBERS)
        return hostile.value(chance)

    def __str__(self) -> str:
        said = [(name, value if len(value) < 80 else f"{value[:60]!r}… ({len(value)})") for name, value in self.pairs]
        return f"{self.method} {self.path[:300]} [{self.name} as {self.role!r}, {self.kind}] {said} {self.headers}"


def send(client: Client, one: Input):
    meta = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in one.headers.items()}
    cookie = meta.pop("HTTP_COOKIE", None)
    if cookie is not None:
        own = "; ".join(f"{k}={m.value}" for k, m in client.cookies.items())
        meta["HTTP_COOKIE"] = f"{own}; {cookie}"
    if one.strict:
        meta.setdefault("HTTP_ORIGIN", "http://testserver")
        meta.setdefault("HTTP_REFERER", f"http://testserver{one.path}")
    return client.generic(one.method, one.path, one.body, content_type=one.content_type, **meta)


def faults_of(chance: Random, client: Client, one: Input) -> list[str]:
    """Send it; what is wrong with the answer, in words. Raises what the house raises."""
    answer = send(client, one)
    wrong = look_at(answer)
    if answer.status_code == 422 and one.kind == "form" and one.form and not one.strict and not one.is_tampered:
        wrong += lost_text(one, answer)
    if answer.status_code in (302, 303) and one.method == "POST":
        wrong += aftermath(chance, client, answer)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    return wrong


def look_at(answer) -> list[str]:
    wrong = []
    if answer.status_code not in FINE:
        wrong.append(f"status {answer.status_code}")
    if answer.get("Content-Type", "").startswith("text/html") and MARK.encode() in b"".join(answer):
        wrong.append("the marker came back unescaped")
    return wrong


def lost_text(one: Input, answer) -> list[str]:
    """Text that was typed into a field and no longer stands on the page that says what is wrong."""
    shown = shown_values(answer.content.decode())
    last = dict(one.pairs)
    wrong = []
    for name, kind in one.form.kinds.items():
        typed = last.get(name, "")
        if kind not in TYPED or name in NOT_KEPT or not plain(typed):
            continue
        if (
            any(ord(c) < 32 and c not in "\r\n\t" for c in typed)
            or "\ufffe" in typed
            or "\x7f" in typed
            or "\x85" in typed
        ):
            continue  # what cannot be seen, or cannot be in a page, may go
        if plain(typed) not in shown:
            wrong.append(f"what was typed in {name} is lost: {typed[:60]!r}")
    return wrong


def aftermath(chance: Random, client: Client, answer) -> list[str]:
    """What was taken in: the page that follows, the mails, and the feeds bear it."""
    wrong = []
    if answer["Location"].startswith("/"):
        wrong += [f"after it: {fault}" for fault in look_at(client.get(answer["Location"]))]
    if chance.random() < 0.3:
        drain(now=timezone.now())
        wrong += [f"mail {m.kind}: {m.last_error}" for m in OutboxMail.objects.exclude(last_error__in=["", *MEANT])]
        wrong += [
            f"job {job.task_path}: {job.exception_class_path}"
            for job in DBTaskResult.objects.exclude(exception_class_path="")
        ]
    if chance.random() < 0.2:
        visitor = Client()
        try:
            etree.fromstring(visitor.get("/uppdrag/atom.xml").content)
        except etree.XMLSyntaxError as broken:
            wrong.append(f"the Atom feed is broken: {broken}")
        json.loads(visitor.get("/uppdrag/lista.json").content)
        wrong += [f"public list: {fault}" for fault in look_at(visitor.get("/uppdrag/"))]
    return wrong


def test_no_input_makes_a_fault_an_echo_or_loses_what_was_typed(world):
    chance = Random(SEED)
    clients = Clients(world)
    doors = world.doors()
    forms = known_forms(doors, clients)
    by_name: dict[str, list] = {}
    for name, role, path in doors:
        by_name.setdefault(name, []).append((role, path))
    # The logging out of a client is an input too: it gets another session each time.
    names = sorted(by_name)
    faults: dict[str, str] = {}
    statuses: Counter[int | str] = Counter()
    for number in range(INPUTS):
        name = chance.choice(names)
        role, path = chance.choice(by_name[name])
        one = Input(chance, name, role, path, forms.get((role, path), []))
        cache.clear()
        with transaction.atomic():
            try:
                wrong = faults_of(chance, clients.of(role, strict=one.strict), one)
                statuses[one.kind] += 1
            except Exception as fault:
                where = traceback.extract_tb(fault.__traceback__)
                ours = next((f for f in reversed(where) if "/samskapa/" in f.filename), where[-1])
                wrong = [
                    f"{type(fault).__name__}: {str(fault)[:200]} at {ours.filename.rpartition('/')[2]}:{ours.lineno}"
                ]
            transaction.set_rollback(True)
        for each in wrong:
            # One line per place, whatever the words were that led there.
            place = each.partition(" at ")[2] or each.partition(": ")[0]
            faults.setdefault(f"{name}: {place}", f"{each}\n    input {number}: {one}")
        if len(faults) >= ENOUGH:
            break
    print(f"seed {SEED}: {sum(statuses.values())} inputs, {dict(statuses)}")
    assert faults == {}, "\n\n".join(f"{fault}\n    {how}" for fault, how in faults.items())
