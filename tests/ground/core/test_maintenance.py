"""Whoever puts a backup back is alone: waits for those at work, keeps others out, and a kill opens the door again."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from samskapa.ground.core.domain import SYSTEM, BeingRestored, CannotBackUp, CannotRestore
from samskapa.ground.core.models import WorkerBeat
from samskapa.ground.core.services import Worker
from samskapa.ground.core.services.backup import back_up
from samskapa.ground.core.services.maintenance import alone, at_work, is_closed
from tests.ground.core.test_chain import NOW


@pytest.fixture(autouse=True)
def door(settings, tmp_path) -> Path:
    settings.MAINTENANCE = str(tmp_path / "var" / "maintenance")
    return Path(settings.MAINTENANCE)


def test_while_somebody_is_alone_nobody_begins(door):
    with alone():
        assert is_closed()
        with pytest.raises(BeingRestored), at_work():
            pass
        with pytest.raises(CannotRestore, match="another backup is being put back"), alone():
            pass
    assert not is_closed()
    assert not door.exists()
    with at_work(), at_work():
        assert not is_closed()


def test_who_is_at_work_is_waited_for(door):
    door.parent.mkdir()
    began, may_end, order = threading.Event(), threading.Event(), []

    def work() -> None:
        with at_work():
            began.set()
            may_end.wait(timeout=10)
            order.append("worked")

    worker = threading.Thread(target=work)
    worker.start()
    began.wait(timeout=10)
    with pytest.raises(CannotRestore, match="somebody is still at work after 0 s"), alone(patience=0.05):
        pass
    assert not is_closed()  # who gave up has opened the door again
    threading.Timer(0.1, may_end.set).start()
    with alone(patience=10):
        order.append("alone")
    worker.join(timeout=10)

    assert order == ["worked", "alone"]


def test_nobody_new_begins_while_the_last_are_waited_for(door):
    door.parent.mkdir()
    with at_work():

        def wait() -> None:
            with pytest.raises(CannotRestore), alone(patience=1):
                pass

        waiting = threading.Thread(target=wait)
        waiting.start()
        for _ in range(500):
            if is_closed():
                break
            waiting.join(timeout=0.01)
        with pytest.raises(BeingRestored), at_work():
            pass
        waiting.join(timeout=10)


def test_a_killed_one_leaves_the_door_open(door):
    script = f"""
import django; django.setup()
from django.conf import settings
settings.MAINTENANCE = {str(door)!r}
from samskapa.ground.core.services.maintenance import alone
with alone():
    print("alone", flush=True)
    input()
"""
    with subprocess.Popen(
        [sys.executable, "-c", script],
        env={"DJANGO_SETTINGS_MODULE": "tests.settings", "PYTHONPATH": "src:.", "SAMSKAPA_SECRET_KEY": "x" * 40},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdout.readline() == b"alone\n"
        assert is_closed()
        process.kill()
    assert door.exists()
    assert not is_closed()
    with at_work():
        pass
    with alone():
        assert is_closed()


@pytest.mark.django_db(transaction=True)
def test_the_worker_rests_and_makes_no_noise_of_it(door, caplog):
    worker = Worker(interval=0.01)
    with alone(), caplog.at_level("INFO", logger="samskapa.worker"):
        assert worker._step() is None
    assert [record.getMessage().partition(" worker=")[0] for record in caplog.records] == [
        "waits while a backup is put back"
    ]
    assert worker._trouble == 0
    assert worker._step() == {}
    assert not WorkerBeat.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_no_backup_is_made_meanwhile(tmp_path):
    with alone(), pytest.raises(CannotBackUp, match="a backup is being put back"):
        back_up(tmp_path / "file", by=SYSTEM, now=NOW)
    assert not (tmp_path / "file").exists()


def test_where_there_is_no_folder_for_it_work_goes_on(door):
    with at_work():
        assert not is_closed()
