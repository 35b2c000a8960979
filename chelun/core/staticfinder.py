"""The few files of frontend/node_modules that pages use: an allow-list, so that nothing else is ever copied or served.

Whole `dist` folders took 6 minutes and 283 MB (docs/decisions/0002-face.md).
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.contrib.staticfiles.utils import matches_patterns
from django.core.checks import CheckMessage, Error
from django.core.files.storage import FileSystemStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage

Messages = list[CheckMessage]

# static path → path in node_modules
VENDOR_FILES: dict[str, str] = {
    "vendor/tabler.min.css": "@tabler/core/dist/css/tabler.min.css",
    "vendor/echarts.min.js": "echarts/dist/echarts.min.js",
    "vendor/noto-sans-sc/index.css": "@fontsource-variable/noto-sans-sc/index.css",
}
# static folder → (folder in node_modules, pattern): the font's slices, of which a page loads those it needs
VENDOR_FOLDERS: dict[str, tuple[str, str]] = {
    "vendor/noto-sans-sc/files": ("@fontsource-variable/noto-sans-sc/files", "*-wght-normal.woff2"),
}


def vendor_files() -> dict[str, Path]:
    """Every vendored static path with the file behind it, whether or not it exists."""
    root = Path(settings.NODE_MODULES)
    found = {name: root / source for name, source in VENDOR_FILES.items()}
    for folder, (source, pattern) in VENDOR_FOLDERS.items():
        found.update({f"{folder}/{file.name}": file for file in sorted((root / source).glob(pattern))})
    return found


class VendorStorage(FileSystemStorage):
    """Opens a vendored file by its static path."""

    def __init__(self, files: dict[str, Path]) -> None:
        super().__init__(location=str(settings.NODE_MODULES))
        self._files = files

    def path(self, name: str) -> str:
        """The file behind a static path; KeyError for anything that is not on the list."""
        return str(self._files[name])


class VendorFinder(BaseFinder):
    """Finds vendored files for collectstatic and for the development server."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self._files = vendor_files()
        self._storage = VendorStorage(self._files)
        super().__init__(*args, **kwargs)

    def check(self, **kwargs: Any) -> Messages:
        """An error for each file of the list that the set-up did not bring."""
        missing = [str(file) for file in vendor_files().values() if not file.is_file()]
        missing += [
            f"{folder}/{pattern}"
            for folder, pattern in VENDOR_FOLDERS.values()
            if not any((Path(settings.NODE_MODULES) / folder).glob(pattern))
        ]
        return [
            Error(f"{name} is missing", hint="Run `make setup`.", obj=self, id="chelun.E010")
            for name in missing
        ]

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        """The file of a static path, or nothing."""
        file = self._files.get(path)
        if file is None or not file.is_file():
            return []
        return [str(file)] if find_all else str(file)

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, FileSystemStorage]]:
        """All vendored files, for collectstatic."""
        for name in self._files:
            if not matches_patterns(name, ignore_patterns or ()):
                yield name, self._storage


class ManifestStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Hashed names and gzip; does not follow `sourceMappingURL`, whose maps we do not ship."""

    patterns = tuple(
        (
            extension,
            tuple(
                rule
                for rule in rules
                if "sourceMappingURL" not in (rule if isinstance(rule, str) else rule[0])
            ),
        )
        for extension, rules in CompressedManifestStaticFilesStorage.patterns
    )
