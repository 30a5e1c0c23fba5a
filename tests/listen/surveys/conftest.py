"""A region with a coordinator who asks, and a unit with a host."""

from __future__ import annotations

import pytest
from django.test import Client

from samskapa.ground.organisations.domain import Role
from tests.factories.organisations import log_in, make_grant, make_region_tree
from tests.factories.people import make_person


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
