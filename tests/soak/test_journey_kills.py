"""kill -9 of the served house while people walk the main journey over HTTP: nothing confirmed is lost or done twice.

SOAK_SEED chooses whom and when (printed), SOAK_KILLS how many (20).
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import threading
import urllib.request
from pathlib import Path
from random import Random
from time import monotonic, sleep

import pytest

from .house import PATIENCE, House
from .journey import Journey

SEED = os.environ.get("SOAK_SEED", "1")
KILLS = int(os.environ.get("SOAK_KILLS", "20"))
#: How many walk the journey at the same time.
CIRCLES = 2

pytestmark = pytest.mark.soak


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def descendants(pid: int) -> list[int]:
    """The processes below `pid`, parents first."""
    try:
        own = [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []
    return [each for child in own for each in (child, *descendants(child))]


def command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return ""


class Served:
    """`samskapa serve --with-worker`, and everything below it."""

    def __init__(self, house: House, port: int) -> None:
        self.house, self.port, self.pid = house, port, 0
        self.below: list[int] = []

    def start(self) -> None:
        self.house.start("serve", "-m", "samskapa.config.cli", "serve", "--with-worker", "--port", str(self.port))
        self.pid = self.house.processes["serve"].pid

    def wait_until_up(self, patience: float = 90) -> None:
        give_up_at = monotonic() + patience
        while True:
            process = self.house.processes["serve"]
            assert process.poll() is None, f"serve ended: {self.house.printed('serve', 'err')[-3000:]}"
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=5).close()
                break
            except OSError:
                assert monotonic() < give_up_at, f"no answer: {self.house.printed('serve', 'err')[-3000:]}"
                sleep(0.1)
        self.below = descendants(self.pid)

    def strike(self, what: str) -> None:
        """Kill -9 one thing, or everything at once as the power does; start again what does not by itself."""
        self.below = descendants(self.pid) or self.below
        workers = [pid for pid in self.below if " worker" in command(pid)]
        servers = [pid for pid in self.below if "gunicorn" in command(pid)]
        victims = {
            "worker": workers,
            "server": servers,
            "one web process": servers[1:2],
            "all": [self.pid, *self.below],
            "parent": [self.pid],
        }[what]
        if not victims:  # it is starting, and has not come so far as to have one: all of it goes
            what, victims = "parent", [self.pid]
        for pid in victims:
            with_id(pid, signal.SIGKILL)
        if what == "one web process":
            return  # its master starts another
        self.gone()
        self.start()

    def gone(self) -> None:
        """Until nothing of it is left: by itself where we killed a part, and by us where it does not go."""
        process = self.house.processes.pop("serve")
        process.wait(timeout=60)
        give_up_at = monotonic() + 30
        while any(alive(pid) for pid in self.below):
            if monotonic() > give_up_at:
                for pid in self.below:
                    with_id(pid, signal.SIGKILL)
            sleep(0.05)

    def stop(self) -> None:
        """As Ctrl-C does."""
        if "serve" in self.house.processes:
            self.below = descendants(self.pid) or self.below
            self.house.processes["serve"].terminate()
            self.gone()


def until_told(journeys: list[Journey], more: int, stop: threading.Event, patience: float = 60) -> None:
    """Until so many more writes are confirmed: the moments lie in the work, however slow the machine is."""
    goal, give_up_at = sum(len(j.told) for j in journeys) + more, monotonic() + patience
    while sum(len(j.told) for j in journeys) < goal and monotonic() < give_up_at and not stop.is_set():
        sleep(0.02)


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def with_id(pid: int, number: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, number)


def test_the_journey_survives_kills_at_random_moments(house):
    chance = Random(SEED)
    served, journeys, stop = served_journeys(house, CIRCLES)
    faults: list[BaseException] = []

    def walk(journey: Journey) -> None:
        try:
            journey.run()
        except BaseException as fault:
            faults.append(fault)
            stop.set()

    served.start()
    threads = [threading.Thread(target=walk, args=[journey]) for journey in journeys]
    try:
        served.wait_until_up()
        for thread in threads:
            thread.start()
        strikes = []
        for _ in range(KILLS):
            if chance.random() < 0.85:  # now and then while it is starting
                served.wait_until_up()
                until_told(journeys, chance.randint(0, 4), stop)
            sleep(chance.uniform(0, 1))
            if stop.is_set():
                break
            strikes.append(chance.choice(["worker", "server", "one web process", "all", "parent"]))
            served.strike(strikes[-1])
        served.wait_until_up()
        stop.set()
        for thread in threads:
            thread.join(timeout=PATIENCE)
            assert not thread.is_alive(), "a journey did not come to its end"
    finally:
        stop.set()
        served.stop()
    if faults:
        raise faults[0]

    told = [act for journey in journeys for act in journey.told]
    (house.folder / "told.json").write_text(json.dumps(told), encoding="utf-8")
    again, found = let_it_finish(house)

    rounds, pressed = sum(j.rounds for j in journeys), sum(j.pressed_again for j in journeys)
    print(
        f"seed {SEED}: {len(strikes)} kills {sorted(set(strikes))}, {len(told)} confirmed writes in {rounds} rounds, "
        f"{pressed} buttons pressed again, {len(house.letters())} letters, {found['trail']} rows of the trail, "
        f"{again} jobs run again by hand"
    )
    assert found["faults"] == []
    assert found["broken_seals"] == []
    assert found["trail_faults"] == []
    assert set(found["jobs"]) <= {"SUCCESSFUL"}
    assert set(found["mails"]) <= {"sent", "gathered"}
    assert house.letters() == found["message_ids"], "one letter per mail, no more and no fewer"
    assert rounds >= 1


def served_journeys(house, number: int, **how) -> tuple[Served, list[Journey], threading.Event]:
    """A house that is about to be served, with so many circles of people who are to walk the journey in it."""
    port = free_port()
    house.settings = "samskapa.config.settings"
    house.more = {
        "SAMSKAPA_DEMO": "1",
        "SAMSKAPA_URL": f"http://localhost:{port}",
        "SAMSKAPA_WORKER_DEAD_AFTER": "2",
        "SAMSKAPA_MAIL_LEASE": "2",
        "SAMSKAPA_MAIL_MOST_AN_HOUR": "1000000",  # ten people get what a region's do in a month
    }
    circles = json.loads(house.run("-m", "tests.soak.people", str(number)).splitlines()[-1])
    stop = threading.Event()
    journeys = [
        Journey(f"http://127.0.0.1:{port}", people, number=n, seed=SEED, stop=stop, **how)
        for n, people in enumerate(circles)
    ]
    return Served(house, port), journeys, stop


def test_every_button_of_the_journey_pressed_twice_leads_where_it_led_and_does_nothing_twice(house):
    """What a person does whose answer was lost on the way, at every step and not only where a kill happens to fall."""
    served, [journey], _ = served_journeys(house, 1, twice=True)
    served.start()
    try:
        served.wait_until_up()
        journey.run(rounds=1)
    finally:
        served.stop()
    (house.folder / "told.json").write_text(json.dumps(journey.told), encoding="utf-8")
    _, found = let_it_finish(house)
    assert {act["act"] for act in journey.told} >= {"need", "answered", "confirmed", "said", "applied again"}
    assert found["faults"] == []
    assert house.letters() == found["message_ids"]


def let_it_finish(house) -> tuple[int, dict]:
    """Everything is worked off, with what waits for a digest."""

    def examine() -> dict:
        house.run("-m", "tests.soak.later")
        return json.loads(house.run("-m", "tests.soak.journey_examine", str(house.folder / "told.json")))

    return house.finish(examine, mails_end_as={"sent", "gathered"})
