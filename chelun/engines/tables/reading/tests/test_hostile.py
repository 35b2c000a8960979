"""Files that would take the machine, or that are something else, are refused with a sentence, soon and in little memory."""

import io
import resource
import struct
import time
import zipfile
from collections.abc import Callable

import pytest

from chelun.engines.tables.reading import REFUSALS, Limits, Unreadable, inspect, tables
from chelun.engines.tables.reading.tests.build import HEADS, PEOPLE, package, sheet_xml, with_sheet, xlsx

MANY = 400_000


def spaces(count: int) -> bytes:
    return b" " * count


def bomb() -> io.BytesIO:
    return package({"xl/worksheets/sheet1.xml": b"<worksheet>" + spaces(300 * 1024**2)}, xlsx([("x",)]))


def string_bomb() -> io.BytesIO:
    text = f"<sst><si><t>{'x' * 200_000}</t></si></sst>"
    return package({"xl/sharedStrings.xml": text}, xlsx([("x",)]))


def entities() -> io.BytesIO:
    lol = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    front = f"<?xml version='1.0'?><!DOCTYPE w [<!ENTITY l0 'lol'>{lol}]>"
    return package({"xl/worksheets/sheet1.xml": front + "<worksheet>&l9;</worksheet>"}, xlsx([("x",)]))


def outside_entity() -> io.BytesIO:
    text = "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/hostname'>]><sst><si><t>&x;</t></si></sst>"
    return package({"xl/sharedStrings.xml": text}, xlsx([("x",)]))


def deep() -> io.BytesIO:
    return with_sheet("<a>" * 2_000_000)


def nested_rows() -> io.BytesIO:
    return with_sheet("<row>" * 1_000_000)


def long_attribute() -> io.BytesIO:
    noise = "".join(chr(33 + (n * 7919) % 90) for n in range(30_000)).replace("<", "x").replace('"', "y")
    noise = noise.replace("&", "z")
    return with_sheet(f'<row r="{noise * 600}"/>')


def blank_cells() -> io.BytesIO:
    line = "".join(f'<c r="A{n}" s="1"/>' for n in range(1000))
    return with_sheet(
        "".join(f'<row r="{n}">{line}</row>' for n in range(1, 4100)) + "<row><c><v>1</v></c></row>"
    )


def many_merges() -> io.BytesIO:
    ranges = "".join(f'<mergeCell ref="A{n}:A{n + 1}"/>' for n in range(1, MANY, 2))
    return with_sheet('<row r="1"><c r="A1"><v>1</v></c></row>', f"<mergeCells>{ranges}{ranges}</mergeCells>")


def many_parts() -> io.BytesIO:
    return package({f"xl/media/{n}": b"" for n in range(10_500)})


def many_sheets() -> io.BytesIO:
    return xlsx([("x",)], more={f"表{n}": [("x",)] for n in range(260)})


def many_tables() -> io.BytesIO:
    lines = []
    for n in range(300):
        lines += [("姓名", "电话", f"类型{chr(0x4E00 + n)}类型"), ("安小一", "13900000001", "x"), ()]
    return xlsx(lines)


def macros() -> io.BytesIO:
    return package({"xl/vbaProject.bin": b"x"}, xlsx([HEADS, *PEOPLE]))


def links() -> io.BytesIO:
    return package({"xl/externalLinks/externalLink1.xml": "<a/>"}, xlsx([HEADS, *PEOPLE]))


def binary() -> io.BytesIO:
    return package({"xl/workbook.bin": b"x", "xl/worksheets/sheet1.bin": b"x"})


def locked_zip() -> io.BytesIO:
    whole = bytearray(package({"xl/workbook.xml": b"<a/>"}).getvalue())
    place = whole.index(b"PK\1\2")
    whole[place + 8] |= 1
    return io.BytesIO(bytes(whole))


def doubled() -> io.BytesIO:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("xl/a.xml", "<a/>")
        made.writestr("XL/A.xml", "<a/>")
    return out


def cut() -> io.BytesIO:
    whole = xlsx([HEADS, *PEOPLE * 500]).getvalue()
    return io.BytesIO(whole[: len(whole) // 2])


def flipped() -> io.BytesIO:
    whole = bytearray(xlsx([HEADS, *PEOPLE * 500]).getvalue())
    place = whole.index(b"xl/worksheets/sheet1.xml") + 200
    whole[place : place + 40] = bytes(40)
    return io.BytesIO(bytes(whole))


def long_line() -> io.BytesIO:
    return io.BytesIO(b"a,b\n" + b"x" * 3_000_000)


def ole(name: str) -> io.BytesIO:
    """Write a compound file with one empty stream."""
    head = struct.pack(
        "<8s16xHHHHH6xLLLLLLLLL",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        62,
        3,
        0xFFFE,
        9,
        6,
        0,
        1,
        1,
        0,
        4096,
        *([0xFFFFFFFE, 0] * 2),
    )
    head += struct.pack("<109L", 0, *[0xFFFFFFFF] * 108)
    fat = struct.pack("<128L", 0xFFFFFFFD, 0xFFFFFFFE, *[0xFFFFFFFF] * 126)
    entries = b""
    for kind, entry in ((5, "Root Entry"), (2, name)):
        text = entry.encode("utf-16-le") + b"\0\0"
        entries += struct.pack(
            "<64sHBBLLL16x4x8x8xLQ", text, len(text), kind, 1, *[0xFFFFFFFF] * 3, 0xFFFFFFFE, 0
        )
    return io.BytesIO(head + fat + entries.ljust(512, b"\0"))


def circle() -> io.BytesIO:
    whole = bytearray(ole("Workbook").getvalue())
    whole[516:520] = struct.pack("<L", 1)
    return io.BytesIO(bytes(whole))


CASES: list[tuple[Callable[[], io.BytesIO], str]] = [
    (bomb, "bomb"),
    (string_bomb, "cell_too_long"),
    (entities, "entities"),
    (outside_entity, "entities"),
    (deep, "broken"),
    (nested_rows, "broken"),
    (long_attribute, "bomb"),
    (blank_cells, "blanks"),
    (many_merges, "too_many_merges"),
    (many_parts, "bomb"),
    (many_sheets, "too_many_sheets"),
    (many_tables, "too_many_tables"),
    (macros, "macros"),
    (links, "external_links"),
    (binary, "binary_workbook"),
    (locked_zip, "password"),
    (doubled, "broken"),
    (cut, "broken"),
    (flipped, "broken"),
    (long_line, "line_too_long"),
    (lambda: ole("EncryptedPackage"), "password"),
    (lambda: ole("WordDocument"), "document"),
    (lambda: ole("ET"), "et"),
    (lambda: ole("Contents"), "not_a_sheet"),
    (circle, "broken"),
    (lambda: package({"word/document.xml": "<a/>"}), "document"),
    (lambda: package({"花名册.xlsx": b"x"}), "archive"),
    (lambda: io.BytesIO(b"%PDF-1.7 ..."), "pdf"),
    (lambda: io.BytesIO(b"\x89PNG\r\n\x1a\n123"), "image"),
    (lambda: io.BytesIO(b"Rar!\x1a\x07\x00"), "archive"),
    (lambda: io.BytesIO(b"{\\rtf1 x}"), "document"),
    (lambda: io.BytesIO(b"\x09\x08\x06\x00\x00\x04\x10\x00" + bytes(99)), "old_excel"),
    (lambda: io.BytesIO(b"PK\x03\x04" + bytes(99)), "broken"),
    (lambda: io.BytesIO(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(900)), "broken"),
    (lambda: io.BytesIO(bytes(range(256)) * 40), "not_a_sheet"),
]


@pytest.mark.parametrize(("make", "code"), CASES)
def test_file_is_refused(make: Callable[[], io.BytesIO], code: str) -> None:
    source = make()
    began, before = time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(Unreadable) as caught:
        tables(source)
    assert caught.value.code == code
    assert time.process_time() - began < 10
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 300 * 1024


def test_file_above_the_limit_is_refused_unread() -> None:
    with pytest.raises(Unreadable, match="1 MB 的上限") as caught:
        tables(io.BytesIO(bytes(2 * 1024**2)), limits=Limits(file_bytes=1024**2))
    assert caught.value.code == "too_big"


@pytest.mark.parametrize("name", ["花名册.et", "花名册.ET", "样表.ett"])
def test_et_is_refused_by_name_with_the_way_out(name: str) -> None:
    with pytest.raises(Unreadable, match="xlsx"):
        inspect(xlsx([HEADS, *PEOPLE]), name=name)


def test_links_may_be_allowed_and_are_told() -> None:
    book = inspect(links(), limits=Limits(external_links=True))
    assert [note.code for note in book.warnings] == ["external_links"]


def test_rows_outside_of_any_order_are_all_read() -> None:
    lines = "".join(f'<row r="{n}"><c r="A{n}" t="str"><v>安{n}</v></c></row>' for n in (9, 3, 3))
    source = package({"xl/worksheets/sheet1.xml": sheet_xml(lines)}, xlsx([("x",)]))
    assert inspect(source).sheets[0].n_rows_estimate == 3


@pytest.mark.parametrize("code", sorted(REFUSALS))
def test_refusal_ends_with_what_to_do(code: str) -> None:
    assert REFUSALS[code].endswith("。")
    assert any(word in REFUSALS[code] for word in ("请", "再上传"))
