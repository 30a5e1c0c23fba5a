"""A region with a coordinator who asks, and a unit with a host."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from samskapa.ground.organisations.domain import Role
from samskapa.listen.surveys.domain import Mode
from tests.factories.organisations import log_in, make_grant, make_region_tree
from tests.factories.people import make_person
from tests.factories.surveys import make_asking


@pytest.fixture
def tree():
    return make_region_tree()


@pytest.fixture
def grant(tree):
    return make_grant(make_person("Maja"), Role.COORDINATOR, tree.region)


@pytest.fixture
def maja(grant):
    """The coordinator's browser."""
    client = Client()
    log_in(client, grant.person, grant)
    return client


@pytest.fixture
def visitor():
    return Client()


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def anonymous(tree, now):
    return make_asking(1, node=tree.unit, now=now, why="Vi vill att alla ska komma till tals.")


@pytest.fixture
def named(tree, now):
    return make_asking(1, set_key="closing", side="representative", mode=Mode.NAMED, node=tree.unit, now=now)
