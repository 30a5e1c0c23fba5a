"""Random edits, cuts and insertions in the trail, by somebody who owns the database: each is found.

SOAK_SEED chooses what is done (printed), SOAK_EDITS how many (50).
"""

from __future__ import annotations

import os
import random
from uuid import UUID

import pytest
from django.db import connection, transaction

from samskapa.ground.core.domain import TrailHead
from samskapa.ground.core.queries import trail_head
from samskapa.ground.core.services import link_all
from tests.ground.core.test_chain import NOW, attack, attacker, faults, write

SEED = os.environ.get("SOAK_SEED", "1")
EDITS = int(os.environ.get("SOAK_EDITS", "50"))

pytestmark = [pytest.mark.soak, pytest.mark.django_db]

#: Another value for each column that the seal covers.
OTHER = {
    "at": "'2020-01-01 00:00:00+00:00'", "person_id": "12345", "role": "'x'", "node_id": "77", "for_person_id": "4",
    "strength": "60", "action": "'core.other'", "object_type": "'x'", "object_id": "'99'", "details": "'{}'",
    "mac": "'1:0'",
}  # fmt: skip


def test_each_is_found():
    ids = write(40, people=[5, 9])
    link_all(now=NOW)
    head = trail_head()
    chance = random.Random(SEED)
    print(f"seed {SEED}, {EDITS} edits")
    done: dict[str, int] = {}
    with attacker() as cursor:
        for _ in range(EDITS):
            act, statements = deed(chance, ids, head)
            mark = transaction.savepoint()
            for statement in statements:
                cursor.execute(statement)
            found = faults(head)
            transaction.savepoint_rollback(mark)
            assert found, (act, statements)
            done[act] = done.get(act, 0) + 1
    print(done)
    assert faults(head) == []
    attack(*(f"DELETE FROM core_audit{table}" for table in ("subject", "link", "entry")))


def deed(chance: random.Random, ids: list[int], head: TrailHead) -> tuple[str, list[str]]:
    """What is done to the trail now, and the SQL of it."""
    place = chance.randint(1, head.position)
    row, column = ids[place - 1], chance.choice(sorted(OTHER))
    first, last = sorted(chance.sample(range(1, head.position + 1), 2))
    forged = f"{chance.getrandbits(256):064x}"
    number = UUID(int=chance.getrandbits(128))
    uid = number.hex if connection.vendor == "sqlite" else str(number)
    about = f"entry_id = {row} AND person_id = 5"
    same = "at, person_id, role, strength, action, object_type, object_id, details, mac"
    deeds = {
        "change a row": [f"UPDATE core_auditentry SET {column} = {OTHER[column]} WHERE id = {row}"],
        "remove a row": [f"DELETE FROM core_auditentry WHERE id = {row}"],
        "remove a link": [f"DELETE FROM core_auditlink WHERE position = {place}"],
        "remove rows with their links": [
            f"DELETE FROM core_auditentry WHERE id BETWEEN {ids[first - 1]} AND {ids[last - 1]}",
            f"DELETE FROM core_auditlink WHERE position BETWEEN {first} AND {last}",
        ],
        "cut off the tail": [
            f"DELETE FROM core_auditentry WHERE id >= {row}",
            f"DELETE FROM core_auditlink WHERE position >= {place}",
        ],
        "close up the places": [
            f"DELETE FROM core_auditlink WHERE position = {place}",
            f"UPDATE core_auditlink SET position = position + 1000 WHERE position > {place}",
            "UPDATE core_auditlink SET position = position - 1001 WHERE position > 1000",
        ],
        "change a link": [f"UPDATE core_auditlink SET digest = '{forged}' WHERE position = {place}"],
        "two rows change places": [
            f"UPDATE core_auditentry SET id = -1 WHERE id = {ids[first - 1]}",
            f"UPDATE core_auditentry SET id = {ids[first - 1]} WHERE id = {ids[last - 1]}",
            f"UPDATE core_auditentry SET id = {ids[last - 1]} WHERE id = -1",
        ],
        "two links change places": [
            f"UPDATE core_auditlink SET entry_id = -1 WHERE position = {first}",
            f"UPDATE core_auditlink SET entry_id = {ids[first - 1]} WHERE position = {last}",
            f"UPDATE core_auditlink SET entry_id = {ids[last - 1]} WHERE position = {first}",
        ],
        "put in a row": [
            f"INSERT INTO core_auditentry (uid, {same}) SELECT '{uid}', {same} FROM core_auditentry WHERE id = {row}"
        ],
        "hide whom it is about": [f"DELETE FROM core_auditsubject WHERE {about}"],
        "say that it is about another": [f"UPDATE core_auditsubject SET person_id = 6 WHERE {about}"],
    }  # fmt: skip
    act = chance.choice(sorted(deeds))
    return act, deeds[act]
