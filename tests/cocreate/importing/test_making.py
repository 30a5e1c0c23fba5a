import pytest
from samskapa.cocreate.importing.queries.lists import counts_of
from samskapa.cocreate.pool.models import Member, Move
from tests.factories.importing import as_lines, checked, taken_in
from tests.factories.pool import make_group
pytestmark = pytest.mark.django_db

def test_a_list_comes_in():
    group, coordinator = make_group()
    content = as_lines(("Namn","E-post","Telefon","Ålder","Roll","Språk"),("Åsa Öberg","ASA@example.se","0701234567","45","Patient, anhörig","Svenska, tigre"),("Bo","","","",""," "))
    one = taken_in(group, coordinator, content)
    print(counts_of(one), one.stage, one.mapping)
    m = Member.objects.get()
    print(m.called, m.person.email, m.age, list(m.tags.values_list("kind","value")), m.languages_more, list(Move.objects.values_list("why")))
    assert 0
