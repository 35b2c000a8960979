"""The map of a day in a real browser: the slider turns it by keyboard without a new page; without a script a list does."""

import pytest
from django.test import Client
from playwright.sync_api import expect

from chelun.cockpit.models import Computation, IndicatorValue
from chelun.cockpit.services import compute_indicators
from chelun.people.services.door import bring
from chelun.platform.accounts.tests.factories import logged_in, user_with
from chelun.platform.regions.testing import ensure_regions
from tests.browser import Look, OpenScreen

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
HERE = "513436"


def two_days() -> Client:
    ensure_regions()
    clerk = user_with("clerk", "510000")
    bring("person", actor=clerk, region=HERE, raw={"name": "甄独一", "kinds": "货车"})
    first = compute_indicators()
    Computation.objects.filter(pk=first.pk).update(day="2026-01-02")
    IndicatorValue.objects.filter(computation=first, indicator="people.persons").update(value=7)
    compute_indicators()
    return logged_in(Client(), clerk)


def test_slider_turns_the_map_by_keyboard_without_a_new_page(screen_for: OpenScreen) -> None:
    screen = screen_for(two_days(), Look())
    screen.open("/cockpit/513400/map/")
    screen.page.evaluate("window.stayed = true")
    said, slider = screen.page.locator("#map-said"), screen.page.locator("[data-days-slider]")
    expect(said).to_contain_text("在册人员 1 人")
    slider.focus()
    screen.page.keyboard.press("ArrowLeft")
    expect(said).to_contain_text("2026-01-02：在册人员 7 人")
    expect(slider).to_have_attribute("aria-valuetext", "2026-01-02")
    expect(screen.page.locator("#day")).to_have_value("2026-01-02")
    expect(screen.page.locator("#map-day table")).to_contain_text("7")
    assert "day=2026-01-02" in screen.page.url
    assert screen.page.evaluate("window.stayed") is True
    assert screen.faults() == []


def test_list_of_days_turns_the_map_without_a_script(screen_for: OpenScreen) -> None:
    client = two_days()
    screen = screen_for(client, Look())
    browser = screen.page.context.browser
    assert browser is not None
    context = browser.new_context(java_script_enabled=False)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": screen.server}
    context.add_cookies([cookie])  # type: ignore[list-item]
    page = context.new_page()
    page.goto(f"{screen.server}/cockpit/513400/map/")
    expect(page.locator("[data-days-slider]")).to_be_hidden()
    page.select_option("#day", "2026-01-02")
    page.click("form[data-days] button")
    expect(page.locator("#map-said")).to_contain_text("2026-01-02：在册人员 7 人")
    context.close()
