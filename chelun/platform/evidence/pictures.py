"""Pictures and documents as they may be kept: judged by their bytes, without what a camera writes into them. No Django.

A picture is decoded and written anew, so that place, time, camera, thumbnails and whatever else lay in the file are gone.
"""

import io
import re
from dataclasses import dataclass

from PIL import Image, ImageOps, UnidentifiedImageError

from chelun.engines.faults import N_

MOST_BYTES = 10 * 1024**2
MOST_DOCUMENT_BYTES = 5 * 1024**2
MOST_PIXELS = 60_000_000
LONGEST = 2_400
SMALLEST = 32
_QUALITY = 88
_FORMATS = ("JPEG", "PNG", "WEBP")
_ACTIVE = re.compile(
    rb"/(JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA|AcroForm|SubmitForm|ImportData|GoToR|GoToE|AA|OpenAction)\b"
)
_TOLD = re.compile(rb"/(Title|Author|Subject|Keywords|Creator|Producer|CreationDate|ModDate)\b")

SENTENCES = {
    "empty": N_("这个文件是空的，请重新选择。"),
    "too_big": N_("文件超过 {limit} MB，请压缩或拆开后再添加。"),
    "kind": N_("只能添加照片（JPG、PNG）和 PDF。请把别的文件存成 PDF 再添加。"),
    "broken": N_("这张图片损坏了，打不开。请重新拍照或重新导出。"),
    "pixels": N_("图片的像素太多，请缩小后再添加。"),
    "small": N_("图片太小，看不清内容。请添加原图。"),
    "active": N_("这个 PDF 里有脚本、表单或嵌入的文件，不能添加。请用“打印为 PDF”另存一份。"),
    "locked": N_("这个 PDF 加了密码。请去掉密码再添加。"),
}


class Unfit(Exception):
    """A file that cannot be attached; `code` is one of SENTENCES."""

    def __init__(self, code: str, **params: int) -> None:
        self.code = code
        self.message = SENTENCES[code]
        self.params = params
        super().__init__(self.message.format(**params))


@dataclass(frozen=True, slots=True)
class Clean:
    """A file as it is kept: its bytes, whether it is a picture (then decoded), and its media type."""

    content: bytes
    media: str
    picture: Image.Image | None


def cleaned(content: bytes) -> Clean:
    """What is kept of a file. Raises Unfit for a kind or size that is not taken, and for what cannot be opened."""
    if not content:
        raise Unfit("empty")
    if len(content) > MOST_BYTES:
        raise Unfit("too_big", limit=MOST_BYTES // 1024**2)
    if content.startswith(b"%PDF-"):
        return _document(content)
    return _picture(content)


def _document(content: bytes) -> Clean:
    if len(content) > MOST_DOCUMENT_BYTES:
        raise Unfit("too_big", limit=MOST_DOCUMENT_BYTES // 1024**2)
    if b"/Encrypt" in content:
        raise Unfit("locked")
    if _ACTIVE.search(content) or b"%%EOF" not in content[-2_048:]:
        raise Unfit("active")
    return Clean(content, "application/pdf", None)


def _picture(content: bytes) -> Clean:
    picture = _decoded(content)
    if min(picture.size) < SMALLEST:
        raise Unfit("small")
    picture.thumbnail((LONGEST, LONGEST), Image.Resampling.LANCZOS)
    target = io.BytesIO()
    picture.save(target, "JPEG", quality=_QUALITY, optimize=True)
    return Clean(target.getvalue(), "image/jpeg", picture)


def _decoded(content: bytes) -> Image.Image:
    """The picture upright, on white, in plain colours; nothing of the file but its pixels."""
    try:
        with Image.open(io.BytesIO(content), formats=_FORMATS) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise Unfit("pixels")
            opened.load()
            upright = ImageOps.exif_transpose(opened)
            whole = Image.new("RGB", upright.size, "white")
            layer = upright.convert("RGBA")
            whole.paste(layer, mask=layer.getchannel("A"))
            return whole
    except UnidentifiedImageError as error:
        raise Unfit("kind") from error
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError) as error:
        raise Unfit("broken") from error
