"""What is kept of a file: its pixels or its pages, and nothing of where, when and by whom; what may harm is refused."""

import io
import struct
import zlib

import pytest
from PIL import Image

from chelun.platform.evidence.pictures import LONGEST, MOST_BYTES, MOST_DOCUMENT_BYTES, Unfit, cleaned
from chelun.platform.evidence.tests.draw import saved, scene

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def told_by_a_camera() -> bytes:
    """A photo that says where, when and by which telephone it was taken, with a preview of its own."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0110], exif[0x0132] = "SecretMaker", "SecretPhone", "2026:11:01 10:00:00"
    exif[0x0112] = 6
    exif.get_ifd(0x8825).update({1: "N", 2: (32.0, 31.0, 12.0), 3: "E", 4: (108.0, 32.0, 5.0)})
    return saved(scene(1), exif=exif, comment=b"SecretComment", icc_profile=b"SecretProfile")


def test_place_time_and_camera_are_gone() -> None:
    content = told_by_a_camera()
    assert all(word in content for word in (b"SecretMaker", b"SecretPhone", b"2026:11:01", b"SecretComment"))
    kept = cleaned(content)
    for word in (b"Secret", b"2026:11:01", b"Exif", b"GPS"):
        assert word not in kept.content
    opened = Image.open(io.BytesIO(kept.content))
    assert not opened.getexif()
    assert (opened.width, opened.height) == (900, 1200), "it stands upright without being told how"


def test_what_is_hidden_behind_a_picture_is_gone() -> None:
    kept = cleaned(saved(scene(1)) + b"PK\x03\x04hidden archive <script>")
    assert b"hidden" not in kept.content
    assert kept.media == "image/jpeg"


def test_large_picture_is_made_smaller() -> None:
    kept = cleaned(saved(scene(1).resize((4000, 3000))))
    assert max(Image.open(io.BytesIO(kept.content)).size) == LONGEST


def test_transparent_picture_is_put_on_white() -> None:
    target = io.BytesIO()
    Image.new("RGBA", (200, 100), (0, 0, 0, 0)).save(target, "PNG")
    kept = cleaned(target.getvalue())
    assert Image.open(io.BytesIO(kept.content)).getpixel((5, 5)) == (255, 255, 255)


def bomb() -> bytes:
    """A small .png that says it is enormous."""
    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + head
    data = zlib.compress(b"\0" * 100_000)
    parts = [chunk, b"IDAT" + data, b"IEND"]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(each) - 4) + each + struct.pack(">I", zlib.crc32(each)) for each in parts
    )


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"\0" * (MOST_BYTES + 1), "too_big"),
        (b"hello", "kind"),
        (b"PK\x03\x04" + b"\0" * 100, "kind"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "kind"),
        (b"GIF89a" + b"\0" * 40, "kind"),
        (b"\xff\xd8\xff\xe0" + b"\0" * 40, "kind"),
        (saved(scene(1))[:4000], "broken"),
        (saved(Image.new("RGB", (8, 8))), "small"),
        (b"%PDF-1.7\n" + b"\0" * MOST_DOCUMENT_BYTES, "too_big"),
        (PDF.replace(b"/Catalog", b"/Catalog/OpenAction<</S/JavaScript/JS(x)>>"), "active"),
        (PDF.replace(b"/Catalog", b"/Catalog/Names<</EmbeddedFiles 2 0 R>>"), "active"),
        (PDF.replace(b"trailer<<", b"trailer<</Encrypt 3 0 R"), "locked"),
        (b"%PDF-1.4\nno end", "active"),
    ],
)  # fmt: skip
def test_what_may_not_be_kept_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(Unfit) as refusal:
        cleaned(content)
    assert refusal.value.code == code


def test_bomb_is_refused_before_it_is_opened() -> None:
    with pytest.raises(Unfit) as refusal:
        cleaned(bomb())
    assert refusal.value.code in ("pixels", "broken")


def test_plain_document_is_kept_as_it_is() -> None:
    kept = cleaned(PDF)
    assert (kept.content, kept.media, kept.picture) == (PDF, "application/pdf", None)
