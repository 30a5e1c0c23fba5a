"""What the machine that watches over the service may read, and with what key."""

from __future__ import annotations

import logging
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.utils import timezone

from samskapa.edge.pages import metrics
from samskapa.ground.core.domain import SYSTEM
from samskapa.ground.core.models import MailState, OutboxMail
from samskapa.ground.core.services import queue_mail, record
from tests.factories.assignments import make_open
from tests.factories.organisations import log_in
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).parents[3]
TOKEN = "t" * 32


def value_of(text: str, series: str) -> float:
    """The value of one series, written as Prometheus writes it."""
    found = re.search(rf"^{re.escape(series)} (\S+)$", text, re.MULTILINE)
    assert found, f"{series} is not in\n{text}"
    return float(found.group(1))


def read(client) -> str:
    answer = client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/plain")
    return answer.content.decode()


@pytest.mark.parametrize("shown", ["", "Bearer ", "Bearer " + "x" * 32, "Bearer tå"])
def test_without_the_key_there_is_no_such_page(client, settings, shown):
    settings.METRICS_TOKEN = TOKEN
    assert client.get("/metrics", headers={"Authorization": shown}).status_code == 404


@pytest.mark.parametrize("shown", ["", "Bearer "])
def test_where_no_key_is_set_there_is_none_to_guess(client, settings, shown):
    settings.METRICS_TOKEN = ""
    assert client.get("/metrics", headers={"Authorization": shown}).status_code == 404


def test_it_tells_what_waits_what_failed_and_how_far_the_chain_is_behind(client, settings):
    settings.METRICS_TOKEN = TOKEN
    now = timezone.now()
    for number in range(3):
        queue_mail("people/login_code", to=make_person().pk, key=f"k{number}", now=now)
    OutboxMail.objects.filter(key="k0").update(state=MailState.FAILED)
    before = value_of(read(client), "samskapa_trail_unlinked")
    record("tests.done", by=SYSTEM, at=now)
    text = read(client)
    assert value_of(text, 'samskapa_due{kind="mail"}') == 2
    assert value_of(text, "samskapa_mail_held") == 0
    assert value_of(text, 'samskapa_failed{kind="mail"}') == 1
    assert value_of(text, 'samskapa_failed{kind="job"}') == 0
    assert value_of(text, "samskapa_workers") == 0
    assert value_of(text, "samskapa_trail_unlinked") == before + 1


def test_requests_are_counted_by_route_without_ids(client, settings):
    settings.METRICS_TOKEN = TOKEN
    assignment = make_open(now=timezone.now())
    series = 'samskapa_request_seconds_count{method="GET",route="assignments:assignment",status="200"}'
    client.get(f"/uppdrag/{assignment.pk}/")
    before = value_of(read(client), series)
    client.get(f"/uppdrag/{assignment.pk}/")
    client.get("/finns/inte/?namn=Anna")
    text = read(client)
    assert value_of(text, series) == before + 1
    assert "/uppdrag/" not in text
    assert "Anna" not in text


def test_nothing_is_counted_where_nobody_reads(client, settings):
    settings.METRICS_TOKEN = TOKEN
    client.get("/tillganglighet/")
    series = 'samskapa_request_seconds_count{method="GET",route="pages:accessibility",status="200"}'
    before = value_of(read(client), series)
    settings.METRICS_TOKEN = ""
    client.get("/tillganglighet/")
    settings.METRICS_TOKEN = TOKEN
    assert value_of(read(client), series) == before


def test_the_processes_of_the_server_count_together(tmp_path, settings, monkeypatch):
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
        "PROMETHEUS_MULTIPROC_DIR": str(tmp_path),
        "SAMSKAPA_SECRET_KEY": "x" * 32,
    }
    count = (
        "import django; django.setup(); from samskapa.edge.pages.metrics import count_request; "
        "count_request('pages:start', 'GET', 200, 0.03)"
    )
    for _ in range(2):
        subprocess.run([sys.executable, "-c", count], env=environment, check=True, cwd=ROOT)
    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", str(tmp_path))
    settings.METRICS_FOLDER = str(tmp_path)
    text = metrics.written(timezone.now()).decode()
    assert value_of(text, 'samskapa_request_seconds_count{method="GET",route="pages:start",status="200"}') == 2
    assert (
        value_of(text, 'samskapa_request_seconds_bucket{le="0.025",method="GET",route="pages:start",status="200"}') == 0
    )
    assert (
        value_of(text, 'samskapa_request_seconds_bucket{le="0.05",method="GET",route="pages:start",status="200"}') == 2
    )


def test_a_request_leaves_a_line_with_ids_and_a_number_that_the_answer_bears(client, caplog):
    person = make_person("Anna Andersson")
    assignment = make_open(now=timezone.now())
    log_in(client, person)
    with caplog.at_level(logging.INFO, logger="samskapa.request"):
        answer = client.get(f"/uppdrag/{assignment.pk}/?q=Anna")
    (line,) = [record.getMessage() for record in caplog.records if record.name == "samskapa.request"]
    assert line.startswith(
        f"request answered request={answer['X-Request-ID']} route=assignments:assignment object={assignment.pk} "
        "method=GET status=200 ms="
    )
    assert line.endswith(f" person={person.pk}")
    assert "Anna" not in line
