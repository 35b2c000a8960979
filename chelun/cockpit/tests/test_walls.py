"""Screens on walls: who opens them, what they show and hide, that they open nothing else, and when they end."""

import json
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from chelun.cockpit.models import Computation, IndicatorValue, WallScreen
from chelun.cockpit.selectors.walls import screen_of
from chelun.cockpit.services import compute_indicators
from chelun.cockpit.services.walls import close_screen, open_screen
from chelun.core.actors import SystemActor
from chelun.core.errors import NotFound, Refused
from chelun.people.tests.desk import HANBIN, ZIYANG, bring, number, phone, sheet
from chelun.platform.accounts import sessions
from chelun.platform.accounts.models import Session
from chelun.platform.accounts.tests.factories import logged_in, user_with
from chelun.platform.audit.models import AuditEntry
from chelun.platform.jobs.models import Job
from chelun.platform.regions.testing import ensure_regions

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("walls")]
ANKANG, SHAANXI = "610900", "610000"
ADMIN = SystemActor("test", "nobody")
NAME, FIRM, PLATE = "独一人", "紫阳县独有货运有限公司", "陕G77777"


@pytest.fixture(scope="module", autouse=True)
def _numbers(shared_rows: Path) -> None:
    ensure_regions()
    bring(sheet([(NAME, number(11), phone(1), "货车", FIRM, PLATE)]))
    compute_indicators()


def say(code: str, n: int, part: str = "", name: str = "people.persons") -> None:
    """Let the last computing have counted this."""
    computation = Computation.objects.get()
    IndicatorValue.objects.update_or_create(
        computation=computation, code=code, indicator=name, part=part, defaults={"value": n}
    )


def screen(region: str = ZIYANG, **options: Any) -> Client:
    """The browser of a screen."""
    token = open_screen(actor=ADMIN, region=region, label="一楼大厅", days=30, **options)
    client = Client()
    answer = client.get(f"/wall/start/{token}/")
    assert (answer.status_code, answer["Location"]) == (302, "/wall/")
    return client


def specs(page: str) -> dict[str, Any]:
    """What is drawn, by the chart's name."""
    found = re.findall(r'<script id="([\w-]+)" type="application/json">(.*?)</script>', page)
    return {name: json.loads(text) for name, text in found}


def test_a_screen_shows_numbers_and_nobody() -> None:
    say(ZIYANG, 1234)
    page = screen().get("/wall/").content.decode()
    assert "1,234" in page
    assert "紫阳县" in page
    assert not [mark for mark in (NAME, FIRM, PLATE) if mark in page]
    assert "<nav" not in page
    body = page.split("<body")[1]
    assert set(re.findall(r'href="([^"]+)"', body)) == {"#main"}
    assert "<form" not in body
    assert '"urls": []' in page


def test_its_cookie_goes_to_its_own_addresses_and_no_script_reads_it() -> None:
    token = open_screen(actor=ADMIN, region=ZIYANG, label="一楼大厅", days=30)
    cookie = Client().get(f"/wall/start/{token}/").cookies["chelun_wall"]
    assert cookie["path"] == "/wall/"
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert 0 < int(cookie["max-age"]) <= 30 * 86_400


def test_the_token_is_nowhere_kept() -> None:
    token = open_screen(actor=ADMIN, region=ZIYANG, label="一楼大厅", days=30)
    kept = " ".join(str(value) for row in WallScreen.objects.values() for value in row.values())
    kept += " ".join(str(row) for row in AuditEntry.objects.values())
    assert token not in kept


def test_small_numbers_and_what_gives_them_away_are_hidden() -> None:
    for code, n in ((ANKANG, 1000), (ZIYANG, 3), (HANBIN, 700), ("610921", 297)):
        say(code, n)
    page = screen(ANKANG).get("/wall/").content.decode()
    spec = next(each for each in specs(page).values() if each["kind"] == "map")
    shown = dict(zip(spec["keys"], spec["series"][0]["values"], strict=True))
    assert shown[ZIYANG] is None
    assert shown["610921"] is None
    assert shown[HANBIN] == 700
    assert "297" not in page


def test_the_whole_is_hidden_where_nothing_else_protects_a_small_number() -> None:
    for code, n in ((ANKANG, 13), (ZIYANG, 3), (HANBIN, 10)):
        say(code, n)
    page = screen(ANKANG).get("/wall/").content.decode()
    assert not re.search(r"c-wall-value\">\s*13\b", page)
    say(ANKANG, 2)
    assert not re.search(r"c-wall-value\">\s*2\b", screen(ANKANG).get("/wall/").content.decode())


def test_a_small_change_is_not_told() -> None:
    last = Computation.objects.get()
    before = Computation.objects.create(
        day=last.day - timedelta(days=7), computed_at=last.computed_at - timedelta(days=7), seconds=0
    )
    IndicatorValue.objects.create(computation=before, code=ZIYANG, indicator="people.persons", value=500)
    for now, told in ((503, False), (520, True)):
        IndicatorValue.objects.filter(
            computation=last, code=ZIYANG, indicator="people.persons", part=""
        ).update(value=now)
        page = screen().get("/wall/").content.decode()
        assert ("多 20" in page) is told
        assert "多 3" not in page


def test_kinds_of_few_are_hidden() -> None:
    say(ZIYANG, 500)
    for part, n in (("truck", 400), ("courier", 97), ("taxi", 3)):
        say(ZIYANG, n, part)
    spec = next(
        each for each in specs(screen().get("/wall/").content.decode()).values() if each["kind"] == "rows"
    )
    assert spec["series"][0]["values"] == [400, None, None]


def test_it_answers_not_modified_until_something_was_computed() -> None:
    client = screen()
    first = client.get("/wall/")
    again = client.get("/wall/", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    compute_indicators()
    renewed = client.get("/wall/", headers={"If-None-Match": first["ETag"]})
    assert renewed.status_code == 200
    assert renewed["ETag"] != first["ETag"]


def test_it_never_computes() -> None:
    client, jobs = screen(), Job.objects.count()
    before = Computation.objects.values_list("computed_at", flat=True).get()
    for _ in range(3):
        client.get("/wall/")
    assert Job.objects.count() == jobs
    assert Computation.objects.values_list("computed_at", flat=True).get() == before
    Computation.objects.all().delete()
    assert "还没有计算过指标" in client.get("/wall/").content.decode()
    assert Job.objects.count() == jobs


@pytest.mark.parametrize("what", ["closed", "expired", "unknown", "none"])
def test_a_screen_that_ended_shows_nothing(what: str) -> None:
    client = Client() if what == "none" else screen()
    if what == "closed":
        close_screen(actor=ADMIN, screen=WallScreen.objects.get().pk)
    elif what == "expired":
        WallScreen.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    elif what == "unknown":
        client.cookies["chelun_wall"] = "x" * 43
    for path in ("/wall/", "/wall/outline/"):
        answer = client.get(path)
        assert answer.status_code == 404
        assert "紫阳" not in answer.content.decode()


def test_a_closed_screens_link_opens_no_more() -> None:
    token = open_screen(actor=ADMIN, region=ZIYANG, label="一楼大厅", days=30)
    close_screen(actor=ADMIN, screen=WallScreen.objects.get().pk)
    assert Client().get(f"/wall/start/{token}/").status_code == 404
    assert screen_of(token) is None


def test_it_runs_on_when_a_log_in_of_the_same_browser_idles() -> None:
    client = screen()
    logged_in(client, user_with("clerk", ZIYANG))
    session = client.session
    session[sessions.SEEN] = 1
    session.save()
    seen = dict(client.session.items())
    assert client.get("/wall/").status_code == 200
    assert dict(client.session.items()) == seen
    assert Session.objects.count() == 1


def test_it_does_not_keep_a_log_in_alive() -> None:
    client = screen()
    logged_in(client, user_with("clerk", ZIYANG))
    session = client.session
    session[sessions.SEEN] = int(timezone.now().timestamp()) - settings.CHELUN_IDLE_MINUTES * 60 - 5
    session.save()
    assert client.get("/wall/").status_code == 200
    answer = client.get("/start/")
    assert answer.status_code == 302
    assert "idle=1" in answer["Location"]


def test_outlines_are_those_of_its_region_alone() -> None:
    county, city = screen(ZIYANG), screen(ANKANG)
    assert county.get("/wall/outline/").status_code == 200
    assert county.get("/wall/outline/").content == city.get("/wall/outline/").content
    assert county.get("/regions/610900/outline/").status_code == 302


def test_an_administrator_opens_and_closes(client: Client) -> None:
    admin = logged_in(client, user_with("system_admin", ANKANG))
    made = admin.post(
        "/cockpit/walls/new/",
        {"region": "紫阳县", "label": "一楼大厅", "days": 30, "theme": "dark", "language": "en"},
    )
    link = re.search(r"http://testserver(/wall/start/[\w-]+/)", made.content.decode())
    assert link
    wall = Client()
    wall.get(link[1])
    page = wall.get("/wall/")
    assert page["Content-Language"] == "en"
    assert 'lang="en" data-bs-theme="dark"' in page.content.decode()
    assert "一楼大厅" in admin.get("/cockpit/walls/").content.decode()
    key = WallScreen.objects.get().pk
    assert admin.post(f"/cockpit/walls/{key}/").status_code == 302
    assert wall.get("/wall/").status_code == 404
    assert list(
        AuditEntry.objects.filter(action__startswith="cockpit.wall")
        .order_by("seq")
        .values_list("action", flat=True)
    ) == ["cockpit.wall.enabled", "cockpit.wall.withdrawn"]


def test_administrators_reach_their_own_regions_alone(client: Client) -> None:
    open_screen(actor=ADMIN, region=HANBIN, label="汉滨大厅", days=3)
    row = WallScreen.objects.get()
    admin = user_with("system_admin", ZIYANG)
    with pytest.raises(NotFound):
        open_screen(actor=admin, region=HANBIN, label="一楼大厅", days=3)
    with pytest.raises(NotFound):
        close_screen(actor=admin, screen=row.pk)
    page = logged_in(client, admin).get("/cockpit/walls/").content.decode()
    assert "汉滨大厅" not in page
    for region in ("610924100", "000000", "999999"):
        with pytest.raises(NotFound):
            open_screen(actor=ADMIN, region=region, label="一楼大厅", days=3)


@pytest.mark.parametrize(("label", "days"), [("", 3), ("长" * 41, 3), ("一楼大厅", 0), ("一楼大厅", 400)])
def test_what_does_not_fit_is_refused(label: str, days: int) -> None:
    with pytest.raises(Refused):
        open_screen(actor=ADMIN, region=ZIYANG, label=label, days=days)
    assert not WallScreen.objects.exists()


def test_a_screen_that_is_looked_at_all_day_writes_seldom() -> None:
    client = screen()
    client.get("/wall/")
    first = WallScreen.objects.get().seen_at
    assert first is not None
    client.get("/wall/")
    assert WallScreen.objects.get().seen_at == first
    WallScreen.objects.update(seen_at=first - timedelta(hours=1))
    client.get("/wall/")
    seen = WallScreen.objects.get().seen_at
    assert seen is not None
    assert seen > first - timedelta(minutes=1)
