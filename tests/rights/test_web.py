"""Attacks that come through a browser: foreign forms, foreign addresses, words that want to be markup, values that are none."""

import re
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from chelun.core.checks import walk_urls
from chelun.people.services.door import bring
from chelun.people.services.exporting import export_list
from chelun.platform.accounts.models import Session
from chelun.platform.accounts.tests.factories import PASSWORD, UserFactory, logged_in
from chelun.platform.sheets.models import SheetImport, StoredFile
from chelun.platform.sheets.tests.samples import upload, workbook
from chelun.platform.sheets.vault import open_vault
from tests.rights.visits import ADDRESSES, answered, reader_of, visit
from tests.rights.world import HERE, World, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("rights")]
POLICY = {
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "font-src 'self'",
    "connect-src 'self'", "worker-src 'self'", "manifest-src 'self'", "form-action 'self'", "base-uri 'none'",
    "frame-ancestors 'none'",
}  # fmt: skip
INLINE = re.compile(
    r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")|\sstyle\s*=|\son[a-z]+\s*=|javascript:",
    re.IGNORECASE,
)
FOREIGN = [
    "https://evil.example/", "//evil.example/", "///evil.example/", "/\\evil.example", "\\\\evil.example", "https:evil.example",
    "http:///evil.example", "javascript:alert(1)", "data:text/html,x", " https://evil.example", "\t//evil.example",
    "//testserver@evil.example/", "http://testserver.evil.example/", "ftp://testserver/", "/\t/evil.example", "",
]  # fmt: skip
ODD = [
    "甄\x00", "'\"><svg onload=alert(1)>%_\\", "{{7*7}}{% debug %}", "1e999", "9" * 40, "../../../etc/passwd\u202e", "x" * 5000,
    "0001-01-01", "9999-12-31", "00000000-0000-0000-0000-000000000000", "610924", "a\r\nSet-Cookie: x=y",
]  # fmt: skip
PARAMETERS = (
    "q", "region", "kind", "missing", "enterprise", "platform", "no_id", "source", "batch", "older", "mentioned", "after",
    "before", "sort", "cols", "part", "home", "page", "state", "mine", "text", "actor", "action", "target", "day", "measure",
    "next", "idle", "field", "within", "fine",
)  # fmt: skip


def test_form_of_another_site_is_refused(here: World) -> None:
    """Every POST of the house, by somebody who may: without the token nothing is done, and nothing is told."""
    for address in ADDRESSES:
        client = Client(enforce_csrf_checks=True)
        client.cookies["sessionid"] = here.cookies[reader_of(address), HERE]
        answer = client.post(address.path(here), here.sent.get(address.name, {}))
        assert answer.status_code == 403, address.name
        assert "甄独一" not in answer.content.decode()


def test_every_answer_carries_the_same_strict_policy(here: World) -> None:
    for address in ADDRESSES:
        answer = visit(here, reader_of(address), "GET", address)
        found = {part.strip() for part in answer["Content-Security-Policy"].split(";") if part.strip()}
        assert found == POLICY, address.name
        assert answer["X-Frame-Options"] == "DENY"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Referrer-Policy"] == "same-origin"
        assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
        if answer.headers.get("Content-Type", "").startswith("text/html"):
            assert not INLINE.findall(answer.shown), address.name


@pytest.mark.parametrize("value", ODD, ids=range(len(ODD)))
def test_odd_value_in_an_address_is_answered(here: World, value: str) -> None:
    """No parameter of any page makes the house stumble or repeats markup; on both engines."""
    for address in ADDRESSES:
        role, path = reader_of(address), address.path(here)
        query = dict.fromkeys(PARAMETERS, value)
        answer = here.client(role).get(path, query)
        assert answer.status_code < 500, address.name
        shown = text_of(answer)
        assert "<svg onload" not in shown
        assert "Set-Cookie: x=y" not in str(answer.headers)


@pytest.mark.parametrize("value", ODD[:9:4], ids=range(3))
def test_odd_value_in_a_form_is_answered(here: World, value: str) -> None:
    names = set(PARAMETERS)
    for address in ADDRESSES:
        page = visit(here, reader_of(address), "GET", address)
        if page.status_code == 200 and page["Content-Type"].startswith("text/html"):
            names |= set(re.findall(r'name="([\w-]+)"', page.shown))
    for address in ADDRESSES:
        answer = answered(
            here.client(reader_of(address)), "POST", address.path(here), dict.fromkeys(names, value)
        )
        assert answer.status_code < 500, address.name
        assert "<svg onload" not in answer.shown


@pytest.mark.parametrize("number", [0, -0, 10**18, 10**30, 10**200])
def test_odd_number_in_a_path_is_not_found(here: World, number: int) -> None:
    client = here.client("audit_admin")
    assert client.get(f"/accounts/audit/{number}/").status_code == 404


@pytest.mark.parametrize("foreign", FOREIGN)
def test_nobody_is_led_elsewhere(db: None, foreign: str) -> None:
    UserFactory.create(username="lin")
    sent = {"username": "lin", "password": PASSWORD, "next": foreign}
    assert Client().post(reverse("accounts:login"), sent)["Location"] == "/"
    assert (
        Client().post(f"{reverse('accounts:login')}?next={foreign}", {**sent, "next": ""})["Location"] == "/"
    )
    answer = Client().post(
        reverse("core:language"), {"language": "en", "next": foreign}, headers={"Referer": foreign.strip()}
    )
    assert answer["Location"] == "/"


def test_name_of_another_host_is_refused(here: World) -> None:
    for name in ("evil.example", "testserver.evil.example", "testserver@evil.example", "a b", ""):
        assert here.client("system_admin").get("/accounts/login/", headers={"Host": name}).status_code == 400
    answer = here.client("system_admin").post(
        reverse("accounts:invitation_send", args=[here.arguments["pk"]]),
        headers={"X-Forwarded-Host": "evil.example"},
    )
    assert "http://testserver/accounts/invitation/" in answer.content.decode()


def test_session_of_before_the_login_is_not_taken_over(db: None) -> None:
    """Whoever plants a session key in a browser does not come in with its owner."""
    UserFactory.create(username="lin")
    victim = Client()
    victim.get(reverse("accounts:login"))
    planted = logged_in(Client(), UserFactory.create(username="attacker")).cookies["sessionid"].value
    victim.cookies["sessionid"] = planted
    victim.post(reverse("accounts:login"), {"username": "lin", "password": PASSWORD})
    key = victim.cookies["sessionid"].value
    assert key != planted
    assert not Session.objects.filter(session_key=planted).exists()
    made_up = Client()
    made_up.cookies["sessionid"] = "a" * 32
    made_up.post(reverse("accounts:login"), {"username": "lin", "password": PASSWORD})
    assert made_up.cookies["sessionid"].value != "a" * 32


def test_language_of_a_cookie_is_one_of_ours(db: None) -> None:
    # As it comes over the line: octal escapes are line ends, which newer Pythons do not let a client write.
    for value in ("../../etc/passwd", "xx", r'"en\015\012X: y"', "zh-hans/../en", "x" * 4000):
        headers = {"Accept-Language": "en;q=9" * 500, "Cookie": f"django_language={value}"}
        answer = Client().get(reverse("accounts:login"), headers=headers)
        assert (answer.status_code, answer["Content-Language"]) == (200, "zh-hans")


def test_form_that_is_too_large_is_refused(here: World) -> None:
    client = here.client("clerk")
    many = {f"x{n}": "1" for n in range(5001)}
    assert client.post(reverse("people:search"), many).status_code == 400
    assert client.post(reverse("people:search"), {"q": "x" * 2_700_000}).status_code == 400


MARKUP = "<img src=x onerror=alert(1)>\"'>{{7*7}}{% debug %}"
FORMULAS = (
    "=cmd|'/c calc'!A1",
    "+1+1",
    "-2+3",
    "@SUM(1)",
    "\t=1+1",
    "＝1+1",
    '=HYPERLINK("http://evil.example","x")',
)


def test_words_stay_words_on_every_page(here: World) -> None:
    """Markup in each field that is free, by hand and by sheet, in names of files, sheets, sources, heads and persons."""
    clerk, registrar = here.users["clerk", HERE], here.users["registrar", HERE]
    raw = {"name": "甄独一", "id_number": "", "phone": "19900008888", "enterprise": f"公司{MARKUP}", "platform": MARKUP, "note": MARKUP,
           "address": MARKUP}  # fmt: skip
    bring("person", actor=clerk, region=HERE, raw=raw, source=MARKUP)
    bring(
        "enterprise",
        actor=clerk,
        region=HERE,
        raw={"name": f"公司{MARKUP}", "investors": MARKUP, "address": MARKUP},
    )
    rows = [
        ("姓名", "联系电话", "所属企业", f"平台{MARKUP}"),
        ("甄独一", "19900008889", f"公司{MARKUP}", MARKUP),
        (MARKUP, "1", MARKUP, MARKUP),
    ]
    page = here.client("registrar")
    sent = {
        "file": upload(f"{MARKUP}.xlsx", workbook((MARKUP[:20].replace("/", ""), rows))),
        "source": MARKUP,
        "region": HERE,
        "as_of": "2026-11-01",
    }
    page.post(reverse("sheets:import_new"), sent)
    UserFactory.create(username="marked", person_name=MARKUP, province="510000", city="513400", county=HERE)
    export_list(actor=registrar, register="person", query={}, purpose=MARKUP)
    newest = SheetImport.objects.latest("created_at")
    looked = 0
    for address in ADDRESSES:
        for path in {
            address.path(here),
            address.path(here, import_id=newest.pk)
            if "import_id" in address.converters
            else address.path(here),
        }:
            answer = here.client(reader_of(address)).get(path)
            if answer.status_code == 200 and answer.get("Content-Type", "").startswith("text/html"):
                shown = text_of(answer)
                looked += "&lt;img src=x" in shown
                assert "<img src=x" not in shown, address.name
                assert 'onerror=alert(1)>"' not in shown
                assert "49" not in re.findall(r"&gt;(\d\d)", shown), address.name
    assert looked > 6


def test_workbooks_hold_no_formula(here: World) -> None:
    """What a clerk's program would compute comes out as the words that came in: exports and refusal workbooks alike."""
    registrar, page = here.users["registrar", HERE], here.client("registrar")
    for n, formula in enumerate(FORMULAS):
        bring(
            "person",
            actor=registrar,
            region=HERE,
            raw={"name": f"甄{'一二三四五六七'[n]}", "phone": f"1990000999{n}", "platform": formula},
        )
    rows = [("姓名", "联系电话", "备注"), *((f"甄{n}", "123", formula) for n, formula in enumerate(FORMULAS))]
    sent = {
        "file": upload("公式.xlsx", workbook(("表", rows))),
        "source": "公式",
        "region": HERE,
        "as_of": "2026-11-01",
    }
    page.post(reverse("sheets:import_new"), sent)
    export = export_list(actor=registrar, register="person", query={}, purpose="=1+1 用途")
    assert isinstance(export, StoredFile)
    books = [export, *(one.refusals for one in SheetImport.objects.filter(source="公式") if one.refusals)]
    for stored in books:
        with open_vault(stored.pk) as plain:
            content = plain.read()
        cells = [
            cell for sheet in load_workbook(BytesIO(content)) for row in sheet.iter_rows() for cell in row
        ]
        assert [cell.value for cell in cells if cell.data_type == "f"] == []
        assert any("HYPERLINK" in str(cell.value) for cell in cells) or stored == export


NAMES = [
    "../../../../etc/passwd.xlsx", "..\\..\\windows\\x.xlsx", "a\r\nSet-Cookie: evil=1.xlsx", 'x"; filename="y.exe', "名册;rm -rf.xlsx",
    "\x00.xlsx", "." * 200 + ".xlsx", "a" * 300 + ".xlsx", "CON.xlsx", "%2e%2e%2f.xlsx", "<b>.xlsx",
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_file_name_leads_nowhere(here: World, name: str) -> None:
    """Names are kept as words and never as paths, and cannot write a header."""
    page = here.client("registrar")
    rows = [("姓名", "联系电话"), ("甄一", "123"), ("甄二", "19900007777")]
    file: Any = upload("x.xlsx", workbook(("表", rows)))
    file._name = name
    sent = {
        "file": file,
        "source": "名字",
        "region": HERE,
        "as_of": "2026-11-01",
    }
    before = {path for path in (here.folder / "files").rglob("*") if path.is_dir() and len(path.name) != 2}
    answer = page.post(reverse("sheets:import_new"), sent)
    assert answer.status_code in (302, 422)
    for one in SheetImport.objects.filter(source="名字").exclude(refusals=None):
        book: Any = page.get(reverse("sheets:refusals_download", args=[one.pk]))
        assert b"".join(book.streaming_content).startswith(b"PK")
        assert book.headers.keys() & {"Set-Cookie"} == set()
        assert "\n" not in book["Content-Disposition"]
        assert book["Content-Disposition"].startswith("attachment;")
        assert "/" not in one.file_name
        assert "\\" not in one.file_name
    after = {path for path in (here.folder / "files").rglob("*") if path.is_dir() and len(path.name) != 2}
    assert after <= before | {here.folder / "files" / "work"}


def test_every_address_leads_to_a_view_of_ours() -> None:
    """No admin pages, no debug tools, nothing that another package brings."""
    assert {pattern.callback.__module__.split(".")[0] for _prefix, pattern in walk_urls()} == {
        "chelun",
        "config",
        "scenarios",
    }
