"""A screen on a wall in a real browser: it renews itself in place, says when the server is gone, and ends when it is closed."""

import pytest
from playwright.sync_api import expect

from chelun.cockpit.models import Computation, IndicatorValue, WallScreen
from chelun.cockpit.services import compute_indicators
from chelun.cockpit.services.walls import close_screen, open_screen
from chelun.core.actors import SystemActor
from chelun.people.choices import WorkKind
from chelun.people.services.door import bring
from chelun.platform.accounts.tests.factories import user_with
from chelun.platform.regions.testing import ensure_regions
from tests.browser import Look, OpenScreen

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
HERE, ABOVE = "513436", "513400"
ADMIN = SystemActor("test", "nobody")
LOOK_NOW = 'document.dispatchEvent(new Event("chelun:look"))'


def link(**options: str) -> str:
    """The link of a screen of a prefecture in which 1,234 persons are on file."""
    ensure_regions()
    bring("person", actor=user_with("clerk", "510000"), region=HERE, raw={"name": "甄独一", "kinds": "货车"})
    compute_indicators()
    count(1234)
    return f"/wall/start/{open_screen(actor=ADMIN, region=ABOVE, label='大厅', days=3, **options)}/"


def count(n: int) -> None:
    """Let the newest computing have counted so many, everywhere and as truck drivers."""
    IndicatorValue.objects.filter(indicator="people.persons", part__in=["", "truck"]).update(value=n)


@pytest.mark.parametrize(
    ("theme", "look"),
    [("dark", Look(width=1920)), ("light", Look("en", "dark", 1280)), ("auto", Look("zh-hans", "dark", 390))],
)
def test_a_screen_is_clean_in_every_look(screen_for: OpenScreen, theme: str, look: Look) -> None:
    screen = screen_for(None, look)
    assert screen.open(link(theme=theme, language=look.language)) == 200
    expect(screen.page.locator(".c-wall-value").first).to_contain_text("1,234")
    wanted = look.theme if theme == "auto" else theme
    expect(screen.page.locator("html")).to_have_attribute("data-bs-theme", wanted)
    assert screen.faults() == []


def test_numbers_are_renewed_in_place(screen_for: OpenScreen) -> None:
    screen = screen_for(None, Look(width=1920))
    screen.open(link(theme="dark"))
    page = screen.page
    page.evaluate("window.stayed = true")
    table = page.locator("figure details").first
    table.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(table.locator("table")).to_be_visible()
    compute_indicators()
    count(5678)
    page.evaluate(LOOK_NOW)
    expect(page.locator(".c-wall-value").first).to_contain_text("5,678")
    expect(table.locator("table")).to_contain_text("5,678")
    assert page.evaluate("window.stayed") is True
    assert screen.faults() == []


def test_it_says_when_the_server_is_gone_and_shows_on(screen_for: OpenScreen) -> None:
    screen = screen_for(None, Look(width=1920))
    screen.open(link())
    said = screen.page.locator("[data-wall-lost] span")
    expect(said).to_be_hidden()
    screen.page.route("**/wall/", lambda route: route.abort())
    screen.page.evaluate(LOOK_NOW)
    expect(said).to_be_visible()
    expect(screen.page.locator(".c-wall-value").first).to_contain_text("1,234")
    screen.page.unroute("**/wall/")
    screen.page.evaluate(LOOK_NOW)
    expect(said).to_be_hidden()


def test_it_ends_when_it_is_closed(screen_for: OpenScreen) -> None:
    screen = screen_for(None, Look(width=1280))
    screen.open(link())
    close_screen(actor=ADMIN, screen=WallScreen.objects.get().pk)
    screen.page.evaluate(LOOK_NOW)
    expect(screen.page.locator("body")).to_contain_text("这块屏没有有效的许可")
    expect(screen.page.locator("body")).not_to_contain_text("1,234")
    assert Computation.objects.exists()


def every_kind() -> None:
    """All kinds of work that there are, each with a number that may be shown."""
    for row in IndicatorValue.objects.filter(indicator="people.persons", part="truck"):
        for at, kind in enumerate(WorkKind.values):
            IndicatorValue.objects.update_or_create(
                computation=row.computation, indicator=row.indicator, code=row.code, part=kind,
                defaults={"value": 1_900 - 190 * at},
            )  # fmt: skip


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize(("width", "height"), [(1920, 1080), (390, 844)])
def test_every_kind_of_work_stands_on_a_large_screen_and_on_a_phone(
    screen_for: OpenScreen, width: int, height: int, language: str
) -> None:
    url = link(theme="dark", language=language)
    every_kind()
    screen = screen_for(None, Look(language, "dark", width))
    page = screen.page
    page.set_viewport_size({"width": width, "height": height})
    assert screen.open(url) == 200
    chart = page.locator("figure").nth(1)
    box = chart.locator("[data-chart-canvas]").bounding_box()
    letters = float(chart.evaluate("figure => parseFloat(getComputedStyle(figure).fontSize)"))
    assert box
    # Each kind has a line of its own, and its number in the table beneath.
    assert box["height"] / len(WorkKind) > 1.5 * letters
    chart.locator("summary").click()
    expect(chart.locator("tbody tr")).to_have_count(len(WorkKind))
    for at in range(len(WorkKind)):
        expect(chart.locator("tbody tr").nth(at)).to_contain_text(f"{1_900 - 190 * at:,}")
    assert screen.faults() == []
    chart.locator("summary").click()
    # Nobody scrolls a screen on a wall: what a dash means stands on it as well.
    foot = page.locator(".c-wall-foot").bounding_box()
    assert foot
    assert width < 800 or foot["y"] + foot["height"] <= height
    assert width < 800 or page.evaluate("document.documentElement.scrollHeight") <= height
