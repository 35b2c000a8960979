"""Small workbooks for the tests, with invented persons under area codes that no authority ever issued."""

import io
from collections.abc import Sequence
from datetime import date, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from xlsxwriter import Workbook

from chelun.engines.ids import make_id_number
from chelun.engines.ids.areas import demo_area

HEADS = ("姓名", "身份证号", "联系电话", "工种", "所属企业")


def id_number(serial: int) -> str:
    """A number with a right check character under the demo area of 凉山; another for each serial."""
    days, sequence = divmod(serial, 500)
    return make_id_number(demo_area("513400"), date(1990, 1, 1) + timedelta(days=days), sequence * 2 + 1)


def person(serial: int, name: str = "") -> tuple[str, ...]:
    """A row of HEADS that every rule accepts."""
    surname = "赵钱孙李周吴郑王冯陈"[serial % 10]
    given = "安平康宁顺和"[serial // 10 % 6] + "一二三四五六七八九十"[serial // 60 % 10]
    return (name or surname + given, id_number(serial), f"19900{serial:06d}", "货车", "示例货运有限公司")


def workbook(*sheets: tuple[str, Sequence[Sequence[object]]]) -> bytes:
    """An .xlsx of these sheets; numbers stay numbers."""
    target = io.BytesIO()
    with Workbook(target, {"in_memory": True}) as book:
        for name, rows in sheets:
            sheet = book.add_worksheet(name)
            for line, row in enumerate(rows):
                for place, value in enumerate(row):
                    if isinstance(value, str):
                        sheet.write_string(line, place, value)
                    else:
                        sheet.write(line, place, value)
    return target.getvalue()


def roster(count: int, start: int = 1) -> bytes:
    """An .xlsx of so many good rows."""
    return workbook(("名册", [HEADS, *(person(serial) for serial in range(start, start + count))]))


def csv_roster(rows: Sequence[Sequence[str]], heads: Sequence[str] = HEADS) -> bytes:
    """The same as text."""
    return "\n".join(",".join(row) for row in [heads, *rows]).encode()


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, content)
