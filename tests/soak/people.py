"""Peoples a house for the journey: `python -m tests.soak.people NUMBER` prints who they are, as JSON."""

from __future__ import annotations

import json
import sys

import django

django.setup()

from django.db import transaction  # noqa: E402

from samskapa.config.cli.compile import compile_changed  # noqa: E402
from samskapa.config.cli.demo import collect_static_if_changed  # noqa: E402
from samskapa.ground.organisations.domain import Kind, Role  # noqa: E402
from tests.factories.organisations import make_grant, make_node  # noqa: E402
from tests.factories.people import make_person  # noqa: E402


def settle(number: int) -> list[dict[str, int]]:
    """So many circles of a host, a coordinator and three representatives, each circle with a unit of its own."""
    region = make_node(Kind.REGION, "Region Ekliden")
    circles = []
    for n in range(number):
        unit = make_node(Kind.UNIT, f"Enhet {n}", region)
        host, coordinator = (make_person(f"{name} {n}", is_demo=True) for name in ("Värd", "Samordnare"))
        make_grant(host, Role.HOST, unit)
        make_grant(coordinator, Role.COORDINATOR, region)
        people = {f"person-{p}": make_person(f"Person {n}-{p}", is_demo=True).pk for p in (1, 2, 3)}
        circles.append({"host": host.pk, "coordinator": coordinator.pk, **people})
    return circles


if __name__ == "__main__":
    compile_changed()
    collect_static_if_changed()
    with transaction.atomic():
        made = settle(int(sys.argv[1]))
    print(json.dumps(made))
