"""The face in a real browser: strict policy, accessibility, both themes, both languages, desktop and phone."""

import re

import pytest
from django.test import Client
from playwright.sync_api import expect

from chelun.platform.accounts.tests.factories import UserFactory, logged_in
from tests.browser import Look, OpenScreen

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]
LOOKS = [
    Look(language, theme, width)
    for language in ("zh-hans", "en")
    for theme in ("light", "dark")
    for width in (1280, 390)
]


@pytest.fixture
def reader() -> Client:
    """Somebody who is logged in and may do nothing."""
    return logged_in(Client(), UserFactory.create())


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_styleguide_is_clean_in_every_look(screen_for: OpenScreen, reader: Client, look: Look) -> None:
    screen = screen_for(reader, look)
    assert screen.open("/styleguide/?q=A") == 200
    expect(screen.page.locator("figure[data-drawn=yes]")).to_have_count(5)
    assert screen.complaints == []
    assert screen.overflow() <= 0
    assert screen.barriers() == []


@pytest.mark.parametrize("path", ["/nowhere/", "/styleguide/confirm/"])
def test_other_pages_are_clean(screen_for: OpenScreen, reader: Client, path: str) -> None:
    screen = screen_for(reader, Look("en", "dark", 390))
    screen.open(path)
    assert (screen.complaints, screen.barriers()) == ([], [])
    assert screen.overflow() <= 0


def test_theme_is_kept_on_this_computer(screen_for: OpenScreen, reader: Client) -> None:
    screen = screen_for(reader)
    screen.open("/styleguide/")
    root = screen.page.locator("html")
    expect(root).to_have_attribute("data-bs-theme", "light")
    screen.page.locator(".c-theme summary").click()
    screen.page.get_by_role("button", name="深色").click()
    expect(root).to_have_attribute("data-bs-theme", "dark")
    screen.open("/styleguide/")
    expect(root).to_have_attribute("data-bs-theme", "dark")
    assert screen.complaints == []


def test_keyboard_reaches_content_first(screen_for: OpenScreen, reader: Client) -> None:
    screen = screen_for(reader)
    screen.open("/styleguide/")
    screen.page.keyboard.press("Tab")
    skip = screen.page.locator(".c-skip")
    expect(skip).to_be_focused()
    screen.page.keyboard.press("Enter")
    expect(screen.page.locator("main")).to_be_focused()


def test_drop_down_closes_with_escape(screen_for: OpenScreen, reader: Client) -> None:
    screen = screen_for(reader)
    screen.open("/styleguide/")
    drop = screen.page.locator(".c-list-bar details")
    summary = drop.locator("summary")
    summary.press("Enter")
    expect(drop).to_have_attribute("open", "")
    screen.page.keyboard.press("Escape")
    expect(drop).not_to_have_attribute("open", "")
    expect(summary).to_be_focused()


def test_chosen_columns_lie_in_the_address(screen_for: OpenScreen, reader: Client) -> None:
    screen = screen_for(reader)
    screen.open("/styleguide/")
    expect(screen.page.get_by_role("columnheader", name="来源")).to_have_count(0)
    screen.page.locator(".c-list-bar summary").click()
    screen.page.get_by_label("来源", exact=True).check()
    screen.page.get_by_role("button", name="照此显示").click()
    expect(screen.page.get_by_role("columnheader", name="来源")).to_be_visible()
    expect(screen.page).to_have_url(re.compile("cols=source"))


def test_phone_menu_opens_without_a_script(screen_for: OpenScreen, reader: Client) -> None:
    screen = screen_for(reader, Look(width=390))
    screen.open("/styleguide/")
    menu = screen.page.locator("#menu")
    expect(menu).to_be_hidden()
    screen.page.locator(".c-burger").click()
    expect(menu).to_be_visible()
    screen.page.get_by_role("link", name="关闭菜单").click()
    expect(menu).to_be_hidden()


def test_refused_form_takes_the_focus(screen_for: OpenScreen, reader: Client) -> None:
    screen = screen_for(reader)
    screen.open("/styleguide/")
    screen.page.get_by_role("button", name="保存").click()
    summary = screen.page.locator("[data-error-summary]")
    expect(summary).to_be_focused()
    summary.get_by_role("link").first.click()
    expect(screen.page.locator("#id_name")).to_be_focused()
    assert screen.barriers() == []


def test_map_leads_to_its_rows(screen_for: OpenScreen, reader: Client) -> None:
    screen = screen_for(reader)
    screen.open("/styleguide/?q=A")
    figure = screen.page.locator("figure[data-chart=map]")
    expect(figure).to_have_attribute("data-drawn", "yes")
    canvas = figure.locator("canvas")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box is not None
    canvas.click(position={"x": box["width"] * 0.4, "y": box["height"] * 0.65})
    expect(screen.page).to_have_url(re.compile(r"/styleguide/$"))
    figure.locator("summary").press("Enter")
    expect(figure.get_by_role("link", name="东镇")).to_be_visible()


def test_language_switch_keeps_the_page_and_is_remembered(screen_for: OpenScreen, reader: Client) -> None:
    screen = screen_for(reader)
    screen.open("/styleguide/?q=A")
    root = screen.page.locator("html")
    expect(root).to_have_attribute("lang", "zh-Hans")
    screen.page.get_by_role("button", name="English").click()
    expect(root).to_have_attribute("lang", "en")
    expect(screen.page).to_have_url(re.compile(r"/styleguide/\?q=A$"))
    screen.open("/styleguide/")
    expect(root).to_have_attribute("lang", "en")
    screen.page.get_by_role("button", name="中文").click()
    expect(root).to_have_attribute("lang", "zh-Hans")
    assert screen.complaints == []


def test_paper_keeps_tables_and_charts_whole(screen_for: OpenScreen, reader: Client) -> None:
    screen = screen_for(reader, Look(width=718))
    screen.page.emulate_media(media="print")
    screen.open("/styleguide/")
    expect(screen.page.locator(".c-table td").first).to_have_css("display", "table-cell")
    expect(screen.page.locator(".c-top")).to_be_hidden()
    canvas = screen.page.locator('figure[data-chart="map"] canvas').first.bounding_box()
    box = screen.page.locator('figure[data-chart="map"] [data-chart-canvas]').bounding_box()
    assert canvas
    assert box
    assert abs(canvas["height"] - box["height"]) < 2
    assert screen.overflow() <= 0


def test_charts_are_as_high_on_paper_as_they_were_drawn(screen_for: OpenScreen, reader: Client) -> None:
    screen = screen_for(reader)
    screen.open("/styleguide/")
    heights = "boxes => boxes.map(box => box.clientHeight)"
    drawn = screen.page.locator(".is-drawn [data-chart-canvas]")
    before = drawn.evaluate_all(heights)
    screen.page.emulate_media(media="print")
    assert len(before) > 2
    assert drawn.evaluate_all(heights) == before


def test_table_that_does_not_fit_scrolls_by_keyboard(screen_for: OpenScreen, reader: Client) -> None:
    screen = screen_for(reader, Look(width=1600))
    screen.open("/styleguide/")
    wrap = screen.page.locator(".c-list .c-table-wrap").first
    expect(wrap).not_to_have_attribute("tabindex", "0")
    screen.page.set_viewport_size({"width": 800, "height": 900})
    expect(wrap).to_have_attribute("tabindex", "0")
    assert screen.overflow() <= 0
