import pytest
from samskapa.cocreate.assignments.domain import State
from tests.factories.assignments import make_need, make_open, make_ready_need

pytestmark = pytest.mark.django_db


def test_open():
    a = make_open()
    assert a.state == State.OPEN
