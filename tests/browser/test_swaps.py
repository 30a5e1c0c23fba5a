"""With scripts the page stands still where it can: filters and answers swap a part, and lead as a new page would."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from samskapa.cocreate.assignments.models import Agreement, Assignment

from .ekliden import Person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def stays(page) -> None:
    """Marks the page: a new one would not have the mark."""
    page.evaluate("document.body.setAttribute('data-same', '')")


def is_the_same(page) -> bool:
    return page.evaluate("document.body.hasAttribute('data-same')")


def test_a_filter_swaps_the_list_says_how_many_and_can_be_shared(told, page_at):
    page, open_ones = page_at(), Assignment.objects.filter(state="open")
    digital = open_ones.filter(form__in=["digital", "both"]).count()
    assert 0 < digital < open_ones.count()
    page.goto(told.url + "/uppdrag/")
    expect(page.locator("#found li h2")).to_have_count(open_ones.count())
    stays(page)
    page.get_by_label("Bara sådant jag kan göra digitalt").check(force=True)
    expect(page.locator("#found li h2")).to_have_count(digital)
    assert is_the_same(page)
    expect(page.locator("#announce")).to_have_text(page.locator("#found [data-announce]").inner_text())
    expect(page).to_have_url(re.compile("digital=1$"))
    page.goto(page.url)
    expect(page.locator("#found li h2")).to_have_count(digital)


def test_confirming_a_point_leaves_one_at_that_point(told, page_at):
    page = page_at()
    birgit = Person(page, told.url).is_called("Birgit Lindahl")
    assignment = Assignment.objects.get(state="agreeing")
    agreement = Agreement.objects.get(root=assignment, application__person__name="Birgit Lindahl")
    birgit.goes_to(f"/uppdrag/overenskommelse/{agreement.pk}/")
    stays(page)
    point = page.locator("#point-3")
    assert "Väntar på dig" in point.inner_text()
    point.get_by_role("button", name="Bekräfta punkten").click()
    expect(page.locator("#point-3")).to_contain_text("Båda har bekräftat")
    assert is_the_same(page)
    expect(page.locator("#point-3")).to_be_focused()
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
