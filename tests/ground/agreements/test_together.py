"""Two at once, with two real connections: nobody's words are lost, nothing is done twice."""

from threading import Barrier, Thread

import pytest
from django.db import connection

from samskapa.ground.agreements import services
from samskapa.ground.agreements.domain import ChangedMeanwhile
from tests.factories.agreements import make_sister, make_table
from tests.ground.agreements.example.models import TABLES, Revision, Statement, Version

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts):
    """Run the acts in threads that start together; return what each returned or raised."""
    barrier, outcomes = Barrier(len(acts)), [None] * len(acts)

    def run(place, act):
        try:
            barrier.wait(timeout=20)
            outcomes[place] = act()
        except Exception as error:
            outcomes[place] = error
        finally:
            connection.close()

    threads = [Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return outcomes


def test_two_who_change_a_point_at_once_lose_no_word():
    table = make_table()
    line = table.add("Five days.")
    read = Revision.objects.get().pk

    def change(who, text):
        return lambda: services.propose_change(
            TABLES, table.agreement, line.pk, text=text, based_on=read, **table.said_by(who)
        )

    outcomes = at_once(change("anna", "Seven days."), change("clinic", "Six days."))
    (refusal,) = [o for o in outcomes if isinstance(o, ChangedMeanwhile)]
    (done,) = [o for o in outcomes if isinstance(o, services.Done)]
    # The second gets the first one's text, and its own was never stored over it: it is still in the
    # sender's hands.
    assert refusal.theirs.text == done.revision.text
    assert list(Revision.objects.order_by("number").values_list("number", flat=True)) == [1, 2]


def test_a_confirmation_never_lands_on_a_text_that_was_changed_at_the_same_moment():
    table = make_table()
    line = table.add("Five days.")
    read = Revision.objects.get().pk
    confirmed, changed = at_once(
        lambda: services.confirm(TABLES, table.agreement, line.pk, revision=read, **table.said_by("anna")),
        lambda: services.propose_change(
            TABLES, table.agreement, line.pk, text="Six days.", based_on=read, **table.said_by("clinic")
        ),
    )
    assert isinstance(changed, services.Done)
    was_first = isinstance(confirmed, services.Done)
    assert was_first or isinstance(confirmed, ChangedMeanwhile)
    assert Statement.objects.filter(party=table.anna, revision=read).count() == int(was_first)
    assert Statement.objects.filter(party=table.anna).exclude(revision=read).count() == 0


def test_a_double_click_at_the_very_same_moment_confirms_once():
    table = make_table()
    line = table.add()
    read = Revision.objects.get().pk

    def click():
        return services.confirm(TABLES, table.agreement, line.pk, revision=read, **table.said_by("anna"))

    assert sorted(done.changed for done in at_once(click, click, click)) == [False, False, True]
    assert Version.objects.count() == 1


def test_all_at_once_on_common_lines_wait_for_each_other_and_never_deadlock():
    anna = make_table()
    cecilia = make_sister(anna)
    lines = [anna.add(f"Point {n}.", agreement=None, writer=None) for n in range(4)]
    shown = {line.pk: Revision.objects.get(line=line).pk for line in lines}
    backwards = dict(reversed(shown.items()))

    def confirm_all(table, who, expected):
        return lambda: services.confirm_all(TABLES, table.agreement, expected=expected, **table.said_by(who))

    outcomes = at_once(
        confirm_all(anna, "anna", shown),
        confirm_all(cecilia, "anna", backwards),
        confirm_all(anna, "clinic", shown),
        confirm_all(cecilia, "clinic", backwards),
    )
    assert all(isinstance(outcome, services.Done) for outcome in outcomes), outcomes
    assert sorted(Version.objects.values_list("agreement_id", "number")) == [
        (anna.agreement.pk, 1),
        (cecilia.agreement.pk, 1),
    ]
    assert Statement.objects.count() == 12
