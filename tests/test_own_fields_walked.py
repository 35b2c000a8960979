"""docs/how-to/own-fields.md, walked by its steps as its reader would: from the menu to the cockpit."""

import io
import re
from html import unescape
from typing import Any
from urllib.parse import quote

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from chelun.cockpit.services import compute_indicators
from chelun.people.models import VehicleCard
from chelun.platform.accounts.tests.factories import logged_in, user_with
from chelun.platform.fields.models import OwnField
from chelun.platform.sheets.models import SheetImport
from chelun.platform.sheets.tests.samples import upload, workbook
from tests.house import ROOT

pytestmark = pytest.mark.django_db
COUNTY, LABEL = "513436", "已装北斗"
PAGE = (ROOT / "docs/how-to/own-fields.md").read_text("utf-8")
STEPS = re.findall(r"^## [一二三四五]、(.+)$", PAGE, re.MULTILINE)


@pytest.fixture
def registrar() -> Client:
    return logged_in(Client(), user_with("registrar", COUNTY))


def text(answer: Any) -> str:
    return unescape(answer.content.decode())


def add(client: Client, label: str, register: str = "vehicle", type_: str = "yes_no", **more: str) -> Any:
    query = f"?register={register}&type={type_}"
    return client.post(
        reverse("fields:add", args=[COUNTY]) + query, {"label": label, "filtered": "on", **more}
    )


def send(client: Client, content: bytes, source: str) -> SheetImport:
    data = {"file": upload("车辆.xlsx", content), "source": source, "region": COUNTY, "as_of": "2026-11-01"}
    client.post(reverse("sheets:import_new"), data)
    return SheetImport.objects.latest("id")


def test_the_page_has_these_steps() -> None:
    assert STEPS == ["加一个字段", "用表格带进来", "看和找", "在驾驶舱计数", "改和停用"]
    assert LABEL in PAGE


def test_walk_from_the_menu_to_the_cockpit(registrar: Client) -> None:
    # 一、加一个字段
    start = registrar.get(reverse("fields:home"), follow=True)
    assert "自定字段" in text(registrar.get("/", follow=True))
    assert reverse("fields:add", args=[COUNTY]) in text(start)
    assert "已装北斗" in text(registrar.get(reverse("fields:add", args=[COUNTY])))
    made = add(registrar, LABEL, heads="北斗终端\n北斗", shown="on", counted="on")
    assert made.status_code == 302
    field = OwnField.objects.get()
    assert (field.key[:5], field.heads) == ("own_c", ["北斗终端", "北斗"])

    # 二、用表格带进来
    template: Any = registrar.get(reverse("sheets:template_download", args=["vehicle"]))
    book = openpyxl.load_workbook(io.BytesIO(b"".join(template.streaming_content)))
    assert book.worksheets[0].cell(1, book.worksheets[0].max_column).value == LABEL
    heads = ("车牌号", "车牌颜色", "北斗终端")
    rows = [
        ("川W11111", "黄", "√"),
        ("川W11112", "黄", "没有"),
        ("川W11113", "黄", "也许"),
        ("川W11114", "黄", ""),
    ]
    done = send(registrar, workbook(("车辆", [heads, *rows])), "运管所车辆台账")
    page = text(registrar.get(reverse("sheets:import_detail", args=[done.pk])))
    assert LABEL in page
    assert "看不出是“是”还是“否”" in page
    refused = text(registrar.get(reverse("sheets:import_refused", args=[done.pk])))
    assert "C 北斗终端" in refused
    registrar.post(reverse("sheets:import_publish", args=[done.pk]))
    done.refresh_from_db()
    assert done.state == "published"

    # 三、看和找
    vehicles = reverse("people:vehicle_list")
    listed = text(registrar.get(vehicles))
    assert listed.count(f">{LABEL}<") >= 1
    found = text(registrar.get(vehicles, {field.key: "yes"}))
    assert "川W11111" in found
    assert "川W11112" not in found
    card = VehicleCard.objects.get(plate="川W11111")
    file = text(registrar.get(reverse("people:vehicle_detail", args=[card.vehicle_id])))
    assert re.search(rf"{LABEL}.*?是.*?运管所车辆台账", file, re.DOTALL)
    away = reverse("people:export_new", args=["vehicle"]) + f"?{field.key}=yes"
    registrar.post(away, {"purpose": "报送市局年度统计"})
    exports = text(registrar.get(reverse("sheets:export_list")))
    address = re.search(r'href="(/sheets/exports/[0-9a-f-]{36}/)"', exports)
    assert address is not None
    answer: Any = registrar.get(address[1])
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).worksheets[0]
    assert [cell.value for cell in sheet[3]][-1] == LABEL
    assert [cell.value for cell in sheet[4]][-1] == "是"
    assert sheet.cell(5, 1).value != "川W11112"

    # 四、在驾驶舱计数
    compute_indicators()
    member = logged_in(Client(), user_with("member", COUNTY))
    cockpit = text(member.get(reverse("cockpit:region", args=[COUNTY]), {"measure": f"people.{field.key}"}))
    # 数的是已登记的，不是“是”的。
    assert f"{LABEL}（已登记）" in cockpit
    rows_of = re.findall(rf'href="([^"]*vehicles/[^"]*{field.key}=[^"]*)"', cockpit)
    assert {quote("*", safe="") in url or "*" in url for url in rows_of} == {True, False}
    behind = text(member.get(next(url for url in rows_of if url.endswith("=yes"))))
    assert "川W11111" in behind
    assert "川W11112" not in behind
    elsewhere = logged_in(Client(), user_with("member", "610924"))
    assert LABEL not in text(elsewhere.get(reverse("cockpit:region", args=["610924"])))

    # 五、改和停用
    change = reverse("fields:change", args=[field.pk])
    assert "北斗终端" in text(registrar.get(change))
    registrar.post(change, {"label": "北斗在线", "heads": LABEL, "filtered": "on", "counted": "on"})
    assert "北斗在线" in text(registrar.get(vehicles))
    assert registrar.get(reverse("fields:rest", args=[field.pk])).status_code == 200
    told = registrar.post(reverse("fields:rest", args=[field.pk]), follow=True)
    assert "“北斗在线”已停用。" in text(told)
    assert "北斗在线" not in text(registrar.get(vehicles))
    assert "北斗在线" in text(registrar.get(reverse("people:vehicle_detail", args=[card.vehicle_id])))
    registrar.post(reverse("fields:rest", args=[field.pk]))
    assert OwnField.objects.get().retired_at is None


def test_what_cannot_be_added_is_said_in_a_sentence(registrar: Client) -> None:
    for label, sentence in (
        ("政 治 面 貌", "名册不得登记"),
        ("身份证号码", "已经是“身份证号”的列名"),
        ("12", "用文字写"),
    ):
        answer = add(registrar, label, "person", "text", sealed="on")
        assert answer.status_code == 422
        assert sentence in text(answer)
    assert not OwnField.objects.exists()


def test_options_of_a_person_by_form_and_correction(registrar: Client) -> None:
    assert add(registrar, "所属片区", "person", "choice", options="城东\n城西").status_code == 302
    field = OwnField.objects.get()
    made = registrar.post(
        reverse("people:person_new"),
        {"name": "王小美", "phone": "19900000001", field.key: "opt2"},
        follow=True,
    )
    assert re.search(r"所属片区.*?城西", text(made), re.DOTALL)
    correct = made.redirect_chain[-1][0] + "correct/"
    assert 'value="opt2" selected' in text(registrar.get(correct))
    change = reverse("fields:change", args=[field.pk])
    registrar.post(
        change,
        {
            "label": "所属片区",
            "option_opt1": "东片",
            "option_opt2": "",
            "options": "北片",
            "heads": "",
            "filtered": "on",
        },
    )
    assert [(each["label"], each.get("off", False)) for each in OwnField.objects.get().options] == [
        ("东片", False), ("北片", False), ("城西", True),
    ]  # fmt: skip
    assert 'value="opt2" selected' in text(registrar.get(correct))
    registrar.post(correct, {"name": "王小美", field.key: "opt3"})
    assert re.search(r"所属片区.*?北片", text(registrar.get(made.redirect_chain[-1][0])), re.DOTALL)


def test_sealed_values_are_masked_and_revealed_for_a_reason(registrar: Client) -> None:
    add(registrar, "紧急联系", "person", "text", sealed="on")
    field = OwnField.objects.get()
    made = registrar.post(
        reverse("people:person_new"),
        {"name": "王小美", "phone": "19900000001", field.key: "哥哥19911112222"},
        follow=True,
    )
    assert "哥哥" not in text(made)
    reveal = re.search(rf'href="(/[^"]*reveal/{field.key}/)"', text(made))
    assert reveal is not None
    assert "哥哥" not in text(registrar.get(reveal[1]))
    assert "哥哥19911112222" in text(registrar.post(reveal[1], {"reason": "电话通知体检"}))
    seen = text(registrar.get(made.redirect_chain[-1][0], {"part": "looks"}))
    assert "查看原文：紧急联系" in seen
    assert "王小美" in text(registrar.get(reverse("people:person_list"), {field.key: "哥哥19911112222"}))
    assert "王小美" not in text(registrar.get(reverse("people:person_list"), {field.key: "哥哥"}))


def test_readers_who_maintain_nothing_find_nothing() -> None:
    clerk = logged_in(Client(), user_with("clerk", COUNTY))
    assert clerk.get(reverse("fields:home")).status_code == 404
    elsewhere = logged_in(Client(), user_with("registrar", "610924"))
    assert elsewhere.get(reverse("fields:place", args=[COUNTY])).status_code == 404
    assert add(elsewhere, LABEL).status_code == 404
