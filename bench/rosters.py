"""Dirty rosters of any length, streamed to .xlsx or .csv from a fixed seed. Nobody in them exists."""

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random

from xlsxwriter import Workbook

from chelun.engines.ids import make_id_number

HEADS = (
    "序号", "姓名", "性别", "身份证号", "联系电话", "从业类别", "所属企业", "车牌号", "民族", "入职日期", "地址", "备注",
)  # fmt: skip
SURNAMES = (
    "王李张刘陈杨黄赵周吴徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈"
)
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华建国志海文斌"
KINDS = ("货车", "网约车", "出租车", "快递", "公交")


def dirty_rows(count: int, seed: int = 7) -> Iterator[list[str]]:
    """Rows as clerks write them: about 2 % wrong check digits, stray spaces, two phones, dates in several forms."""
    dice = Random(seed)
    for number in range(1, count + 1):
        birth = date(1965, 1, 1) + timedelta(days=dice.randrange(14_000))
        sequence = dice.randrange(1000)
        name = dice.choice(SURNAMES) + "".join(dice.choice(GIVEN) for _ in range(dice.choice((1, 2, 2))))
        luck = dice.random()
        begun = birth + timedelta(days=7500)
        yield [
            str(number),
            f"{name[0]} {name[1:]}" if 0.05 < luck < 0.07 else name,
            "男" if sequence % 2 else "女",
            _id_number(make_id_number("610999", birth, sequence), luck),
            _phones(dice, luck),
            dice.choice(KINDS),
            f"紫阳县示例{dice.randrange(300)}运输有限公司",
            f"陕G{'·' if luck > 0.9 else ''}{dice.randrange(100_000):05d}",
            "汉族",
            ""
            if begun > date(2026, 10, 1)
            else begun.isoformat()
            if luck < 0.5
            else begun.strftime("%Y.%m.%d"),
            f"城关镇示例路{dice.randrange(500)}号",
            "",
        ]


def _id_number(number: str, luck: float) -> str:
    if luck < 0.02:
        return number[:-1] + ("0" if number[-1] != "0" else "1")
    return f" {number.lower()}" if luck < 0.05 else number


def _phones(dice: Random, luck: float) -> str:
    phone = f"199{dice.randrange(10**8):08d}"
    if luck > 0.97:
        return f"{phone[:3]}-{phone[3:7]}-{phone[7:]}"
    return f"{phone}、199{dice.randrange(10**8):08d}" if luck > 0.95 else phone


def write_roster(path: Path, count: int, seed: int = 7) -> Path:
    """A roster as .xlsx or .csv, by the ending of the path; kept when it is there already."""
    if path.exists():
        return path
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".csv":
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(HEADS)
            writer.writerows(dirty_rows(count, seed))
        return path
    with Workbook(str(path), {"constant_memory": True}) as book:
        sheet = book.add_worksheet("名册")
        sheet.write_row(0, 0, ["紫阳县道路运输从业人员名册"])
        sheet.write_row(1, 0, HEADS)
        for place, row in enumerate(dirty_rows(count, seed), 2):
            sheet.write_row(place, 0, row)
    return path
