"""Rules of the house that no linter knows: keys and templates point down, lock files name no place, nothing names a machine."""

import importlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import models
from django.template.engine import Engine
from django.urls import NoReverseMatch, URLResolver, get_resolver

from tests.house import ROOT, contracts, layer_order, our_apps, our_models, package_of, rank, tracked

# Written apart, so that this file is not what it looks for.
MACHINE_PATHS = re.compile(
    r"(?<![\w.~/%$}-])/(?:" + "|".join(["wo" + "rk", "ro" + "ot", "fa" + "rm", "mn" + "t"]) + r")/"
)
HOME_PATHS = re.compile(r"(?<![\w.~/%$}-])/ho" + r"me/[a-z]")
ADDRESS = re.compile(r"://|\bfile:|git\+|(?<![\w.@-])/[a-z]+/")
SKIPS = re.compile(r"\b(?:mark[.](?:skip|xfail)|pytest[.]skip|importor" + r"skip)")
TEMPLATES = tracked("chelun/**/templates/**/*.html")
POINTS = re.compile(r"""{%-?\s*(?:include|extends)\s+(["']?)([^\s"'#]+)""")
LOADS = re.compile(r"{%\s*load\s+([^%]+?)\s*%}")
# `{% url … as name %}` is a question, empty where nobody has that address; only a link that must exist counts.
URLS = re.compile(r"""{%\s*url\s+["']([\w:]+)["'](?![^%]*\sas\s)""")


def _named(path: Path) -> str:
    return str(path)


def test_no_test_is_skipped_by_engine() -> None:
    """The whole proof fails where anything is skipped: a test says what holds on each engine. A browser alone may be missing."""
    tests = [path for path in tracked("**/*.py") if "tests" in path.parts or path.name == "conftest.py"]
    assert [str(path) for path in tests if SKIPS.search((ROOT / path).read_text("utf-8"))] == [
        "tests/browser.py"
    ]


def test_lock_files_hold_no_address() -> None:
    locks = tracked("requirements/*.lock", "frontend/package-lock.json")
    assert len(locks) >= 5
    found = {
        str(path): ADDRESS.findall((ROOT / path).read_text("utf-8"))
        for path in locks
        if ADDRESS.search((ROOT / path).read_text("utf-8"))
    }
    assert found == {}


def test_lock_files_hold_a_hash_for_each_package() -> None:
    for path in tracked("requirements/*.lock"):
        for entry in re.findall(
            r"^(\S+==\S+)((?:.*\\\n)*.*)", (ROOT / path).read_text("utf-8"), re.MULTILINE
        ):
            assert "--hash=sha256:" in entry[1], (path, entry[0])


def test_no_file_holds_a_path_of_a_machine() -> None:
    found = []
    for path in tracked():
        try:
            text = (ROOT / path).read_text("utf-8")
        except UnicodeDecodeError:
            continue
        for number, line in enumerate(text.splitlines(), 1):
            if MACHINE_PATHS.search(line) or HOME_PATHS.search(line):
                found.append(f"{path}:{number}")
    assert found == []


def test_layers_name_every_app() -> None:
    assert {app for app in our_apps() if rank(app) < 0} == set()
    assert contracts()["Rooms"]["exhaustive"] is True
    assert contracts()["Platform"]["exhaustive"] is True
    assert layer_order()[:2] == ["chelun.engines", "chelun.core"]


def test_foreign_keys_point_down() -> None:
    upward = [
        f"{model._meta.label}.{field.name} → {field.related_model._meta.label}"
        for model in our_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey | models.ManyToManyField)
        and isinstance(field.related_model, type)
        and rank(field.related_model.__module__) > rank(model.__module__)
    ]
    assert upward == []


def _owner_of_template(name: str) -> str:
    if name.startswith("django/"):
        return ""
    template = Engine.get_default().get_template(name)
    origin = Path(str(template.origin.name))
    return package_of(origin.relative_to(ROOT)) if origin.is_relative_to(ROOT / "chelun") else ""


@pytest.mark.parametrize("path", TEMPLATES, ids=_named)
def test_template_points_down(path: Path) -> None:
    owner, upward = package_of(path), []
    for quote, name in POINTS.findall((ROOT / path).read_text("utf-8")):
        if quote and rank(_owner_of_template(name)) > rank(owner):
            upward.append(name)
    assert upward == []


@pytest.mark.parametrize("path", TEMPLATES, ids=_named)
def test_template_loads_tags_from_below(path: Path) -> None:
    libraries, owner = Engine.get_default().libraries, package_of(path)
    for names in LOADS.findall((ROOT / path).read_text("utf-8")):
        for name in names.partition(" from ")[2].split() or names.split():
            assert rank(libraries[name]) <= rank(owner), name


def _view_packages() -> dict[str, str]:
    """The package of the views of each namespace of addresses."""
    found = {}
    for entry in get_resolver().url_patterns:
        if isinstance(entry, URLResolver) and entry.namespace:
            found[entry.namespace] = str(entry.urlconf_name.__name__)  # type: ignore[union-attr]
    return found


@pytest.mark.parametrize("path", TEMPLATES, ids=_named)
def test_template_links_down(path: Path) -> None:
    packages, owner = _view_packages(), package_of(path)
    for name in URLS.findall((ROOT / path).read_text("utf-8")):
        namespace = name.rpartition(":")[0]
        if not namespace:
            assert name in {"home", "healthz"}, name
            continue
        if namespace not in packages:
            raise NoReverseMatch(name)
        assert rank(packages[namespace]) <= rank(owner), name


def _imports_inside_functions() -> Iterator[str]:
    ruff = (ROOT / "pyproject.toml").read_text("utf-8")
    if '"PLC0415"' not in ruff.partition("[tool.ruff.lint]")[2].partition("\n\n")[0]:
        yield "ruff does not check PLC0415"
    for path in tracked("*.py"):
        if re.search(r"noqa:[^\n]*PLC" + "0415", (ROOT / path).read_text("utf-8")):
            yield str(path)


def test_no_import_hides_in_a_function() -> None:
    assert list(_imports_inside_functions()) == []


@pytest.mark.parametrize("app", our_apps())
def test_app_names_itself_and_its_room(app: str) -> None:
    assert importlib.import_module(app).__doc__
