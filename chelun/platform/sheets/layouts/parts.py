"""The parts of a form's package: opened with bounds, nothing but what is known to be harmless, written again as they were.

A form is small and is filled by our hands, so it is judged by what it may hold, not by what it may not: an unknown kind of
part, relation or function is refused by name.
"""

import io
import posixpath
import re
import zipfile
from collections.abc import Iterable, Mapping
from typing import BinaryIO
from xml.dom import minidom

from chelun.engines.faults import N_
from chelun.engines.tables.reading import Unreadable, inspect
from chelun.engines.tables.reading.package import DAMAGE, Attributes, Patience, elements
from chelun.engines.tables.reading.values import Limits
from chelun.platform.sheets.layouts.sentences import Unusable

LIMIT_MB = 8
LIMITS = Limits(
    file_bytes=LIMIT_MB * 1024**2, unpacked_bytes=40 * 1024**2, parts=400, sheets=40, cells=400_000,
    text_bytes=8 * 1024**2, shared_strings=50_000,
)  # fmt: skip
_XML_BYTES = 6 * 1024**2
_TAGS = 400_000
_KNOWN = (
    re.compile(r"\[content_types\]\.xml|_rels/\.rels|(docprops|docmetadata)/[^/]+|xl/workbook\.xml|xl/_rels/workbook\.xml\.rels"),
    re.compile(r"xl/(styles|sharedstrings|calcchain|metadata|cellimages|comments\d*)\.xml|xl/theme/[^/]+\.xml"),
    re.compile(r"xl/worksheets/sheet\d*\.xml|xl/(worksheets|drawings)/_rels/[^/]+\.rels|xl/_rels/cellimages\.xml\.rels"),
    re.compile(r"xl/drawings/(drawing|vmldrawing|commentsdrawing)\d*\.(xml|vml)|xl/media/[^/]+\.(png|jpe?g|gif|bmp)"),
    re.compile(r"xl/printersettings/[^/]+\.bin|xl/tables/table\d*\.xml|customxml/([^/]+\.xml|_rels/[^/]+\.rels)"),
    re.compile(r"xl/comments/[^/]+\.xml|xl/threadedcomments/[^/]+\.xml|xl/persons/[^/]+\.xml"),
)  # fmt: skip
_NAMES = {
    "embeddings": N_("嵌入的文件"), "activex": N_("控件"), "ctrlprops": N_("控件"), "charts": N_("图表"),
    "pivottables": N_("数据透视表"), "pivotcache": N_("数据透视表"), "connections.xml": N_("数据连接"),
    "querytables": N_("数据连接"), "slicers": N_("切片器"), "diagrams": N_("图示"), "model": N_("数据模型"),
    "webextensions": N_("加载项"),
}  # fmt: skip
_PLAIN = frozenset({"xml", "rels"})

Parts = dict[str, bytes]


def open_parts(file: BinaryIO) -> Parts:
    """The parts of a workbook by their names, in the order of the file. Raises Unreadable or Unusable."""
    if file.seek(0, io.SEEK_END) > LIMITS.file_bytes:
        raise Unusable("too_big", limit=LIMIT_MB)
    file.seek(0)
    if inspect(file, limits=LIMITS).format != "xlsx":
        raise Unusable("not_xlsx")
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as packed:
            parts = {info.filename: packed.read(info) for info in packed.infolist() if not info.is_dir()}
    except DAMAGE as error:
        raise Unreadable("broken") from error
    for name, content in parts.items():
        _check(name, content)
    return parts


def _check(name: str, content: bytes) -> None:
    """Refuse a part of an unknown kind, XML that is too large or declares entities, and any relation to the outside."""
    lowered = name.replace("\\", "/").lower()
    if not any(pattern.fullmatch(lowered) for pattern in _KNOWN):
        raise Unusable("part", part=_called(lowered))
    if lowered.rpartition(".")[2] not in _PLAIN:
        return
    if len(content) > _XML_BYTES:
        raise Unusable("too_big", limit=_XML_BYTES // 1024**2)
    elements(iter([content]), _see_relation, frozenset({"Relationship"}), Patience(LIMITS, _TAGS))


def _see_relation(tag: str, attributes: Attributes) -> None:
    if attributes.get("TargetMode") == "External":
        raise Unusable("link")


def _called(name: str) -> str:
    """What a part is called for a clerk."""
    return next(
        (word for key, word in _NAMES.items() if f"/{key}" in f"/{name}"), name.rpartition("/")[2][:40]
    )


def pack(target: BinaryIO, parts: Mapping[str, bytes | Iterable[bytes]]) -> None:
    """Write a package from front to back; a part may come in pieces. `target` need not be seekable."""
    with zipfile.ZipFile(target, "w") as packed:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            with packed.open(entry, "w", force_zip64=True) as part:
                for piece in [content] if isinstance(content, bytes) else content:
                    part.write(piece)


def find(parts: Mapping[str, bytes], name: str) -> str:
    """The name of a part as the package writes it; '' where there is none. Names are compared without case."""
    wanted = name.lower()
    return next((each for each in parts if each.replace("\\", "/").lstrip("/").lower() == wanted), "")


def relations(parts: Mapping[str, bytes], name: str) -> dict[str, tuple[str, str]]:
    """What a part points to: id → (kind, name of the part)."""
    folder, file = posixpath.split(name)
    own = find(parts, posixpath.join(folder, "_rels", f"{file}.rels"))
    found: dict[str, tuple[str, str]] = {}

    def see(tag: str, attributes: Attributes) -> None:
        target = attributes.get("Target", "")
        whole = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
        kind = attributes.get("Type", "").rpartition("/")[2]
        found[attributes.get("Id", "")] = (kind, find(parts, posixpath.normpath(whole)))

    if own:
        elements(iter([parts[own]]), see, frozenset({"Relationship"}))
    return found


def main_part(parts: Mapping[str, bytes]) -> str:
    """The workbook's own part."""
    found = [name for kind, name in relations(parts, "").values() if kind == "officeDocument" and name]
    if not found:
        raise Unreadable("broken")
    return found[0]


def sheets(parts: Mapping[str, bytes]) -> dict[str, str]:
    """The worksheets in their order: name → part."""
    main = main_part(parts)
    links, found = relations(parts, main), {}

    def see(tag: str, attributes: Attributes) -> None:
        kind, part = links.get(attributes.get("id", ""), ("", ""))
        if kind == "worksheet" and part:
            found[attributes.get("name", "")] = part

    elements(iter([parts[main]]), see, frozenset({"sheet"}))
    return found


def document(content: bytes) -> minidom.Document:
    """A part as a tree that keeps prefixes and attributes as they are written. Only after `open_parts` has looked at it."""
    return minidom.parseString(content)  # noqa: S318


def xml_bytes(tree: minidom.Document) -> bytes:
    """A tree as a part again."""
    written: bytes = tree.toxml(encoding="UTF-8", standalone=True)
    return written
