"""kill -9 while digests are written and sent: nobody's is lost or doubled.

SOAK_SEED chooses the moments (printed), SOAK_KILLS how many (20).
"""

from __future__ import annotations

import re
from collections import Counter
from email import message_from_bytes, policy
from random import Random
from time import sleep

import pytest

from tests.soak.digest_writer import EACH
from tests.soak.test_kills import KILLS, SEED, confirmed

pytestmark = pytest.mark.soak


def start(house, name: str) -> None:
    if name == "writer":
        house.start("writer", "-m", "tests.soak.digest_writer", str(max(confirmed(house), default=0) + 1))
    else:
        house.start_worker(name)


def test_kills_while_digests_are_written_lose_nobodys_and_double_none(house):
    house.settings = "tests.soak.digest_settings"
    chance = Random(f"digest {SEED}")
    names = ["worker-1", "worker-2", "writer"]
    for name in names:
        start(house, name)
    for _ in range(KILLS):
        victim = chance.choice(["worker-1", "worker-2", "worker-1", "worker-2", "writer"])
        if chance.random() < 0.9:  # now and then in the middle of starting
            house.wait_until_up(victim)
            sleep(chance.uniform(0, 1))
        house.kill(victim)
        start(house, victim)
    for name in names:
        house.wait_until_up(name)
    house.kill_all()
    written = confirmed(house)
    found = house.ask("tests.soak.digest_examine")

    assert len(written) > KILLS
    assert set(written) <= set(found["news"]), "confirmed news was lost"
    assert set(found["states"]) == {"gathered"}
    assert set(found["digests"]) == {"sent"}
    assert house.letters() == found["message_ids"], "one letter per digest, no more and no fewer"
    said = Counter()
    for file in house.mail.glob("*.eml"):
        letter = message_from_bytes(file.read_bytes(), policy=policy.default)
        numbers = [int(number) for number in re.findall(r"^\* .*?(\d+) \(", letter.get_content(), re.MULTILINE)]
        assert len({number // EACH for number in numbers}) == 1, "a letter tells one person of their own"
        said.update(numbers)
    assert said == Counter(found["news"]), "each piece of news in exactly one letter"
    print(
        f"seed {SEED}: {KILLS} kills, {len(written)} pieces of news in {len(house.letters())} digests "
        f"({found['tried_more_than_once']} sent on a second attempt)"
    )
