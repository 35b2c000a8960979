"""Icons, drawn into the page on the server from @tabler/icons, so that no icon font and no script is needed."""

import re
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

STYLES = ("outline", "filled")
_NAME = re.compile(r"[a-z0-9-]+")
_DRAWN = re.compile(r"<(?:path|circle|rect|line|polyline|polygon|ellipse)\b[^>]*>")
_FRAME = re.compile(r'<path stroke="none"[^>]*fill="none"[^>]*>')
_ATTRIBUTES = {
    "outline": 'fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round"'
    ' stroke-linejoin="round"',
    "filled": 'fill="currentColor"',
}


@cache
def icon_svg(name: str, style: str = "outline") -> SafeString:
    """The icon as an `<svg>` that screen readers pass over. LookupError for a name that @tabler/icons has not."""
    if style not in STYLES or not _NAME.fullmatch(name):
        raise LookupError(f"no icon {name!r} ({style})")
    file = Path(settings.NODE_MODULES) / "@tabler" / "icons" / "icons" / style / f"{name}.svg"
    if not file.is_file():
        raise LookupError(f"no icon {name!r} ({style}) in @tabler/icons")
    shapes = "".join(_DRAWN.findall(_FRAME.sub("", file.read_text("utf-8"))))
    return mark_safe(  # noqa: S308 – our own pinned file
        f'<svg class="icon" viewBox="0 0 24 24" width="20" height="20" aria-hidden="true" focusable="false"'
        f" {_ATTRIBUTES[style]}>{shapes}</svg>"
    )
