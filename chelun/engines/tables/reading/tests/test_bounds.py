"""What a file says of itself is not believed: ranges, numbers, repetitions and tags are bounded, whatever they claim.

Whole files that must be refused are in `test_hostile`; here the bounds are looked at one by one, most with small limits.
"""

import io
import resource
import struct
import zipfile
from collections.abc import Callable, Sequence

import pytest
import xlwt

from chelun.engines.tables.reading import Limits, Row, Unreadable, walk
from chelun.engines.tables.reading.layout.words import head_key
from chelun.engines.tables.reading.ole import CompoundFile
from chelun.engines.tables.reading.tests.build import (
    HEADS,
    PEOPLE,
    data,
    package,
    sheet_xml,
    split,
    with_sheet,
    xlsx,
)
from chelun.engines.tables.reading.values import LIMITS

MEGABYTES = 1024
ODS = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
)


def text_row(number: object, cells: Sequence[object]) -> str:
    inner = "".join(f'<c t="str"><v>{cell}</v></c>' for cell in cells)
    return f'<row r="{number}">{inner}</row>'


def roster_xml() -> str:
    return "".join(text_row(number, cells) for number, cells in enumerate((HEADS, *PEOPLE), 1))


def ods(rows: str) -> io.BytesIO:
    sheet = f'<table:table table:name="表">{rows}</table:table>'
    body = f"<office:body><office:spreadsheet>{sheet}</office:spreadsheet></office:body>"
    return package({"content.xml": f"<office:document-content {ODS}>{body}</office:document-content>"})


def ods_row(text: str, columns: int = 1, rows: int = 1) -> str:
    inner = f'<table:table-cell table:number-columns-repeated="{columns}"><text:p>{text}</text:p></table:table-cell>'
    return f'<table:table-row table:number-rows-repeated="{rows}">{inner}</table:table-row>'


def xml2003(rows: str) -> io.BytesIO:
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    front = (
        f"<?xml version='1.0'?><Workbook xmlns='{space}' xmlns:ss='{space}'><Worksheet ss:Name='表'><Table>"
    )
    return io.BytesIO(f"{front}{rows}</Table></Worksheet></Workbook>".encode())


def shared(texts: Sequence[str], rows: str) -> io.BytesIO:
    listed = "".join(f"<si><t>{text}</t></si>" for text in texts)
    parts = {"xl/sharedStrings.xml": f"<sst>{listed}</sst>", "xl/worksheets/sheet1.xml": sheet_xml(rows)}
    return package(parts, xlsx([("x",)]))


def far_column() -> io.BytesIO:
    return with_sheet(roster_xml(), front='<cols><col min="-1000000000" max="3" hidden="1"/></cols>')


def far_column_words() -> io.BytesIO:
    return with_sheet(roster_xml(), front='<cols><col min="x" max="y" hidden="1"/></cols>')


def odd_row_number() -> io.BytesIO:
    return with_sheet(roster_xml() + text_row("9" * 5000, PEOPLE[0]))


def odd_xml2003() -> io.BytesIO:
    column = "<Column ss:Span='x' ss:Hidden='1'/>"
    rows = (HEADS, *PEOPLE)
    cell = "<Cell ss:MergeAcross='-'><Data ss:Type='String'>{}</Data></Cell>"
    return xml2003(column + "".join(f"<Row>{''.join(map(cell.format, map(str, row)))}</Row>" for row in rows))


@pytest.mark.parametrize("make", [far_column, far_column_words, odd_row_number, odd_xml2003])
def test_nonsense_about_the_layout_is_passed_over(make: Callable[[], io.BytesIO]) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    _, rows = split(make())
    assert [row[1] for row in data(rows)][:3] == ["安小一", "安小二", "安小三"]
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50 * MEGABYTES


def twice_listed() -> io.BytesIO:
    book = zipfile.ZipFile(xlsx([HEADS, *PEOPLE])).read("xl/workbook.xml").decode()
    sheets = "".join(f'<sheet name="表{n}" sheetId="{n}" r:id="rId1"/>' for n in range(1, 250))
    front, _, rest = book.partition("<sheets>")
    made = f"{front}<sheets>{sheets}</sheets>{rest.partition('</sheets>')[2]}"
    return package({"xl/workbook.xml": made}, xlsx([HEADS, *PEOPLE]))


def xls(sheets: int = 1) -> bytes:
    book = xlwt.Workbook()
    for number in range(sheets):
        sheet = book.add_sheet(f"表{number}")
        for line, row in enumerate((HEADS, *PEOPLE)):
            for column, value in enumerate(row):
                sheet.write(line, column, value)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def one_place() -> io.BytesIO:
    """Let both sheets of an .xls begin at the same place."""
    whole = bytearray(xls(2))
    first = whole.index(b"\x85\x00", 512)
    second = whole.index(b"\x85\x00", first + 4)
    whole[second + 4 : second + 8] = whole[first + 4 : first + 8]
    return io.BytesIO(bytes(whole))


def long_loop() -> io.BytesIO:
    """Give a small compound file a huge table of sectors and a stream that runs in a circle through two of them."""
    head = struct.pack("<8s16xHHHHH6xLLLLLLLLL", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 62, 3, 0xFFFE, 9, 6, 0,
                       1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)  # fmt: skip
    entries = b""
    for kind, name, start in ((5, "Root Entry", 0xFFFFFFFE), (2, "Workbook", 5000)):
        text = name.encode("utf-16-le") + b"\0\0"
        entries += struct.pack(
            "<64sHBBLLL16x4x8x8xLQ", text, len(text), kind, 1, *[0xFFFFFFFF] * 3, start, 0xFFFFFFF0
        )
    table = [0xFFFFFFFE] * (109 * 128)
    table[5000], table[5001] = 5001, 5000
    body = head + struct.pack("<109L", *range(2, 111)) + bytes(512) + entries.ljust(512, b"\0")
    return io.BytesIO((body + struct.pack(f"<{len(table)}L", *table)).ljust(512 * 6000, b"\0"))


def distant_text() -> io.BytesIO:
    return shared(["姓名", "电话"], '<row r="1"><c r="A1" t="s"><v>2000000</v></c></row>')


REFUSED: list[tuple[Callable[[], io.BytesIO], str]] = [
    (twice_listed, "broken"),
    (one_place, "broken"),
    (long_loop, "broken"),
    (distant_text, "bomb"),
    (lambda: with_sheet(text_row(2_000_001, PEOPLE[0])), "too_many_rows"),
    (lambda: ods(ods_row("甲", rows=9000) + ods_row("乙", rows=9000)), "repeated"),
    (lambda: ods(ods_row("") * 2 + ods_row("字" * 500, columns=1000)), "row_too_long"),
    (lambda: ods(ods_row('<text:s text:c="99"/>' * 2000)), "cell_too_long"),
    (lambda: ods(ods_row("</text:p>" + "<text:p/>" * 100_001 + "<text:p>")), "cell_too_long"),
    (lambda: io.BytesIO(f"<table><tr><td>{'<b>好' * 100_010}".encode()), "cell_too_long"),
    (lambda: shared(["<r/>" * 3 + "字" * 30_000], text_row(1, HEADS) + wide_row(20)), "row_too_long"),
]


def wide_row(columns: int) -> str:
    return f'<row r="2">{"".join(f"""<c t="s"><v>{0}</v></c>""" for _ in range(columns))}</row>'


@pytest.mark.parametrize(("make", "code"), REFUSED)
def test_claim_is_refused(make: Callable[[], io.BytesIO], code: str) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(Unreadable) as caught:
        list(walk(make()))
    assert caught.value.code == code
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100 * MEGABYTES


FEW = Limits(idle_tags=3000, tags_per_cell=5, tag_names=500, rows=1000)


@pytest.mark.parametrize(
    "noise",
    ["<x/>" * 4000, "<!--x-->" * 4000, "<?x y?>" * 4000, "".join(f"<x{n}/>" for n in range(600))],
    ids=["tags", "comments", "instructions", "names"],
)
@pytest.mark.parametrize("place", ["sheet", "text", "ods", "xml2003"])
def test_noise_without_cells_is_refused(place: str, noise: str) -> None:
    files = {
        "sheet": lambda: with_sheet(roster_xml() + noise + text_row(9, PEOPLE[0])),
        "text": lambda: shared([noise + "姓名"], wide_row(1)),
        "ods": lambda: ods(noise + ods_row("甲")),
        "xml2003": lambda: xml2003(noise),
    }
    with pytest.raises(Unreadable) as caught:
        list(walk(files[place](), limits=FEW))
    assert caught.value.code == "bomb"


def test_cells_earn_their_tags() -> None:
    rich = "".join(
        f'<row><c t="inlineStr"><is>{"<r><t>安</t></r>" * 12}</is></c><c><v>1</v></c></row>'
        for _ in range(3000)
    )
    items = list(walk(with_sheet(rich), limits=Limits(idle_tags=60_000, tags_per_cell=50)))
    assert sum(isinstance(item, Row) for item in items) == 3000


def test_rows_of_all_sheets_count_together() -> None:
    lines = [HEADS, *PEOPLE * 200]
    with pytest.raises(Unreadable, match="行数超过了 1000 行"):
        list(walk(xlsx(lines, more={"二": lines}), limits=Limits(rows=1000)))


@pytest.mark.parametrize("escape", ["_xD800_", "_xDFFF_", "_x0000_", "_xFFFF_"])
def test_escape_of_no_character_leaves_nothing(escape: str) -> None:
    rows = data(split(with_sheet(roster_xml() + text_row(9, [f"{cell}{escape}" for cell in PEOPLE[0]])))[1])
    assert rows[3] == rows[0]


def test_zero_byte_in_a_text_file_leaves_nothing() -> None:
    lines = ["姓名,电话", *(f"安小一,1990000{n:04}" for n in range(600)), "安\0小二,19900009999"]
    assert data(split(io.BytesIO("\n".join(lines).encode()))[1])[-1] == ("安小二", "19900009999")


def test_worksheet_in_utf16_is_read() -> None:
    whole = sheet_xml(roster_xml()).replace(
        "<?xml version='1.0'?>", "<?xml version='1.0' encoding='utf-16'?>"
    )
    source = package({"xl/worksheets/sheet1.xml": whole.encode("utf-16")}, xlsx([("x",)]))
    assert len(data(split(source)[1])) == len(PEOPLE)


def test_directory_behind_a_false_mark_is_measured() -> None:
    whole = bytearray(xlsx([HEADS, *PEOPLE]).getvalue())
    end = whole.rindex(b"PK\5\6")
    whole[end + 12 : end + 16] = struct.pack("<L", 5 * 1024**2)
    whole = bytearray(5 * 1024**2) + whole + b"PK\5\6"
    with pytest.raises(Unreadable) as caught:
        list(walk(io.BytesIO(b"PK" + bytes(whole))))
    assert caught.value.code == "bomb"


def test_stream_of_a_compound_file_is_no_longer_than_the_file() -> None:
    with pytest.raises(Unreadable):
        CompoundFile(long_loop()).stream("Workbook")


def test_long_texts_are_not_remembered() -> None:
    head_key.__globals__["_short_key"].cache_clear()
    for number in range(100):
        head_key(f"{number}" * LIMITS.cell_chars)
    assert head_key.__globals__["_short_key"].cache_info().currsize == 0
    assert head_key("姓 名：") == "姓名"
