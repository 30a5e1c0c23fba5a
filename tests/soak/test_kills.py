"""kill -9 at random moments: nothing confirmed is lost and nothing happens twice.

SOAK_SEED chooses the moments (printed; the same seed kills in the same order), SOAK_KILLS how many (20).
"""

from __future__ import annotations

import os
from random import Random
from time import sleep

import pytest

SEED = os.environ.get("SOAK_SEED", "1")
KILLS = int(os.environ.get("SOAK_KILLS", "20"))

pytestmark = pytest.mark.soak


def confirmed(house) -> list[int]:
    """The numbers that the writer was told are kept. A line cut by a kill was not told."""
    lines = house.printed("writer").split("\n")
    return [int(line) for line in lines[:-1]]


def start(house, name: str) -> None:
    if name == "writer":
        house.start("writer", "-m", "tests.soak.writer", str(max(confirmed(house), default=0) + 1))
    else:
        house.start_worker(name)


def test_kills_at_random_moments_lose_nothing_and_do_nothing_twice(house):
    chance = Random(SEED)
    names = ["worker-1", "worker-2", "writer"]
    for name in names:
        start(house, name)

    for _ in range(KILLS):
        victim = chance.choice(names)
        if chance.random() < 0.9:  # now and then in the middle of starting
            house.wait_until_up(victim)
            sleep(chance.uniform(0, 1))
        house.kill(victim)
        start(house, victim)
    for name in names:
        house.wait_until_up(name)
    house.kill_all()
    written = confirmed(house)
    again, found = house.finish(lambda: house.ask("tests.soak.examine"))

    assert written == sorted(set(written)), "the writer starts where it stopped"
    assert len(written) > KILLS
    numbers = found["trail"]
    assert set(written) <= set(numbers), "a confirmed write was lost"
    assert len(numbers) == len(set(numbers)), "something was written twice"
    assert found["broken_seals"] == []
    assert found["trail_faults"] == []
    assert found["events"] == {
        "soak.written": numbers,
        "soak.followed": numbers,
        "soak.stumbled": [number for number in numbers if number % 5 == 0],
        "soak.got_up": numbers,
    }
    assert found["jobs"] == {"SUCCESSFUL": 2 * len(numbers)}
    assert found["mails"] == {"sent": 2 * len(numbers)}
    assert house.letters() == found["message_ids"], "one letter per mail, no more and no fewer"
    assert [path.name for path in house.mail.iterdir() if path.suffix != ".eml"] == []
    print(
        f"seed {SEED}: {KILLS} kills, {len(numbers)} writes, {len(house.letters())} letters "
        f"({found['mails_tried_more_than_once']} sent on a second attempt), {again} jobs run again by hand"
    )
