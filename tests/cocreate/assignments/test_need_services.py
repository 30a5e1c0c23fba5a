import pytest

from samskapa.cocreate.assignments.domain import State
from tests.factories.assignments import make_open

pytestmark = pytest.mark.django_db


def test_open():
    a = make_open()
    assert a.state == State.OPEN
