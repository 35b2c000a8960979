"""Collect the texts of the code into each app's locale/en, and compile them. Uses Babel, so gettext need not be installed.

Each app keeps its own catalogue; engines have none, so theirs lie in core's. A text in pure code that cannot
call gettext is marked by `N_("…")`, a function that returns its argument.
"""

import subprocess
import sys
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

CATALOGUE = Path("locale/en/LC_MESSAGES/django.po")
CORE = Path("chelun/core")
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "N_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
}


def sources() -> list[Path]:
    """Python files and templates of the product, without tests and tools."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "*.py", "*.html", "*.txt"],
        capture_output=True,
        text=True,
        check=True,
    )
    paths = (Path(name) for name in listed.stdout.splitlines())
    return sorted(
        path
        for path in paths
        if path.parts[0] in {"chelun", "config", "scenarios"}
        and path.exists()
        and not {"tests", "migrations"} & set(path.parts)
        and (path.suffix == ".py" or "templates" in path.parts)
    )


def texts() -> Iterator[tuple[str, int, object, object]]:
    """(file, line, message, context) for each text in the code."""
    for path in sources():
        content = path.read_text("utf-8")
        if path.suffix != ".py":
            content = templatize(content, origin=str(path))
        for line, message, _comments, context in extract(
            "python", BytesIO(content.encode()), keywords=KEYWORDS, options={"encoding": "utf-8"}
        ):
            yield str(path), line, message, context


def home(file: str) -> Path:
    """The app whose catalogue holds the texts of a file."""
    return next(
        (app for app in Path(file).parents if (app / "apps.py").exists() and app.parts[0] == "chelun"), CORE
    )


def collected() -> dict[Path, Catalog]:
    """The catalogues as the code stands, by app, without translations and line numbers."""
    catalogs: dict[Path, Catalog] = {}
    for file, _line, message, context in texts():
        catalog = catalogs.setdefault(home(file), Catalog(locale="en", charset="utf-8", project="Chelun"))
        catalog.add(message, None, [(file, None)], context=context)  # type: ignore[arg-type,list-item]
    return catalogs


def present(app: Path) -> Catalog:
    """The catalogue of an app on disk, empty when there is none yet."""
    path = app / CATALOGUE
    if not path.exists():
        return Catalog(
            locale="en", header_comment="# English texts of this app.", charset="utf-8", fuzzy=False
        )
    with path.open("rb") as file:
        return read_po(file, locale="en")


def renewed() -> Iterator[tuple[Path, bytes]]:
    """Each catalogue's path and contents as the code wants them: translations stay, texts that are gone go."""
    for app, found in collected().items():
        catalog = present(app)
        catalog.update(found, no_fuzzy_matching=True, update_creation_date=False)
        catalog.obsolete.clear()
        content = BytesIO()
        write_po(content, catalog, width=110, sort_output=True)
        yield app / CATALOGUE, content.getvalue()


def collect() -> None:
    """Bring the catalogues on disk up to what the code says."""
    for path, content in renewed():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def compile_all() -> None:
    """Write django.mo beside each django.po (not committed)."""
    for path in Path("chelun").rglob(str(CATALOGUE)):
        with path.open("rb") as source, path.with_suffix(".mo").open("wb") as file:
            write_mo(file, read_po(source, locale="en"))


def missing() -> list[str]:
    """Every text of the code that has no English, with its app."""
    found = []
    for app, catalog in sorted(collected().items()):
        there = present(app)
        lacking = (
            message
            for message in catalog
            if message.id and not _translated(there.get(message.id, context=message.context))
        )
        found += [f"{app}: {message.id}" for message in lacking]
    return found


def _translated(message: Message | None) -> bool:
    strings = (message.string if message else "") or ""
    return all(strings) if isinstance(strings, tuple) else bool(strings)


def show_missing() -> None:
    """Print what `missing` finds."""
    print("\n".join(missing()))


COMMANDS: dict[str, Callable[[], None]] = {
    "collect": collect,
    "compile": compile_all,
    "missing": show_missing,
}

if __name__ == "__main__":
    COMMANDS[sys.argv[1]]()
