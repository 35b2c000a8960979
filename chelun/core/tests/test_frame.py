"""The frame of every page: menu by rights, language, words for each way of saying no."""

from dataclasses import dataclass, field

import pytest
from django.core.management import call_command
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.utils.translation import override

from chelun.core.errors import Refused
from chelun.core.icons import icon_svg
from chelun.core.menu import MenuItem, menu_for


@dataclass
class Reader:
    """Somebody with a set of permissions."""

    permissions: set[str] = field(default_factory=set)
    is_authenticated: bool = True

    def has(self, permission: str) -> bool:
        return permission in self.permissions


ITEMS = [
    MenuItem("语言", "core:language", "language", "", 20, "admin"),
    MenuItem("秘密", "core:language", "lock", "secrets.reveal", 10, "today"),
    MenuItem("未建", "nowhere:at_all", "lock", "", 10, "today"),
]


def test_menu_shows_only_what_the_reader_may_open() -> None:
    (group,) = menu_for(Reader(), "/elsewhere/", ITEMS)
    assert [link.label for link in group.links] == ["语言"]
    assert [group.links[0].label for group in menu_for(Reader({"secrets.reveal"}), "/", ITEMS)] == [
        "秘密",
        "语言",
    ]


def test_menu_marks_the_nearest_line() -> None:
    (group,) = menu_for(Reader(), "/language/deeper/", ITEMS)
    assert group.links[0].current
    assert not menu_for(Reader(), "/elsewhere/", ITEMS)[0].links[0].current


def test_menu_is_empty_for_strangers() -> None:
    assert menu_for(Reader(is_authenticated=False), "/", ITEMS) == ()


def test_icon_is_drawn_into_the_page() -> None:
    drawn = icon_svg("truck")
    assert drawn.startswith('<svg class="icon"')
    assert 'aria-hidden="true"' in drawn
    assert "M5 17a2 2" in drawn


@pytest.mark.parametrize(
    ("name", "style"), [("no-such-icon", "outline"), ("../secret", "outline"), ("truck", "x")]
)
def test_icon_unknown_is_a_mistake(name: str, style: str) -> None:
    with pytest.raises(LookupError):
        icon_svg(name, style)


@pytest.mark.parametrize("template", ["404.html", "403_csrf.html", "core/refused.html"])
def test_page_of_refusal_says_what_to_do(template: str) -> None:
    request = RequestFactory().get("/somewhere/")
    page = render_to_string(template, {"refusal": Refused("x.y", "请先选择一个文件。")}, request)
    assert 'href="/"' in page
    assert "<h1>" in page
    assert ("请先选择一个文件。" in page) == (template == "core/refused.html")


@pytest.mark.parametrize(
    ("template", "chinese", "english"),
    [("500.html", "系统出错了", "Something went wrong"), ("400.html", "无法处理", "could not be served")],
)
def test_page_of_failure_renders_without_context(template: str, chinese: str, english: str) -> None:
    assert chinese in render_to_string(template)
    with override("en"):
        page = render_to_string(template)
    assert 'lang="en"' in page
    assert english in page


def test_language_switch_keeps_the_choice(client: Client) -> None:
    answer = client.post("/language/", {"language": "en", "next": "/nowhere/"})
    assert answer.status_code == 302
    assert answer.cookies["django_language"].value == "en"
    page = client.get("/nowhere/")
    assert page.status_code == 404
    assert 'lang="en"' in page.content.decode()


def test_language_switch_leads_back_to_a_page_that_can_be_asked_for() -> None:
    """An answer to a POST may have an address that only takes POSTs: then to where the reader came from."""
    page = render_to_string("404.html", {}, RequestFactory().get("/jobs/?state=done"))
    assert 'name="next" value="/jobs/?state=done"' in page
    sent = RequestFactory().post(
        "/sheets/1/publish/", headers={"Referer": "http://testserver/sheets/1/?page=2"}
    )
    page = render_to_string("core/refused.html", {"refusal": Refused("x.y", "请先选择一个文件。")}, sent)
    assert 'name="next" value="/sheets/1/?page=2"' in page


def test_language_switch_refuses_a_foreign_address(client: Client) -> None:
    answer = client.post("/language/", {"language": "en", "next": "https://example.org/"})
    assert answer["Location"] == "/"


def test_checks_pass() -> None:
    call_command("check")
