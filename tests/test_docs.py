"""The documents say what is there: commands, settings, apps, tables, dependencies, links, pictures, code."""

import ast
import importlib
import re
import shlex
import tomllib
from collections.abc import Iterator
from json import loads
from pathlib import Path

import pytest
from django.core.management import CommandError, get_commands, load_command_class

from chelun.core.measures import indicators
from chelun.people.displays.words import FACTS
from chelun.people.services.intake.shelf import SHELVES
from chelun.platform.jobs.rotation import RESEALED
from chelun.platform.privacy.subjects import SUBJECT_ROOTS, SUBJECT_TABLES
from tests.house import ROOT, our_apps, our_models, tracked

DOCS = tracked("*.md")
PROSE = {path: (ROOT / path).read_text("utf-8") for path in DOCS}
OPERATIONS, SECURITY, HOUSE = (PROSE[Path(f"docs/{name}.md")] for name in ("operations", "security", "house"))
HOW_TO = PROSE[Path("docs/how-to/add-a-register.md")]
FENCE = re.compile(r"^```\w*\n(.*?)^```", re.MULTILINE | re.DOTALL)
SPAN = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)|<img src=\"([^\"]+)\"")
VARIABLE = re.compile(r"\b(?:CHELUN_[A-Z_]+|(?:TEST_|BENCH_)?DATABASE_URL|PORT|PYTHON)\b")
CALL = re.compile(
    r"^(?:\S*deploy/as-chelun|\S*bin/chelun|chelun|\S*python -m (?:tools\.demo|config\.cli))\s+(.+)$"
)
OWN_COMMANDS = {name for name, app in get_commands().items() if str(app).startswith(("chelun.", "scenarios"))}
LARGEST_PICTURE = 150_000


def _named(path: Path) -> str:
    return str(path)


def spans(text: str) -> set[str]:
    """What stands in backticks, outside of blocks."""
    return set(SPAN.findall(FENCE.sub("", text)))


def blocks(text: str) -> Iterator[str]:
    """Lines of code: fenced, or indented by four after a blank line."""
    for block in FENCE.findall(text):
        yield from block.splitlines()
    previous, inside = "", False
    for line in FENCE.sub("", text).splitlines():
        inside = line.startswith("    ") and (inside or not previous.strip())
        if inside:
            yield line.strip()
        previous = line


def written() -> list[tuple[Path, str]]:
    """Every line of a command that the documents show, from blocks and from backticks."""
    found = []
    for path, text in PROSE.items():
        for line in [*blocks(text), *spans(text)]:
            found.append((path, re.sub(r"\s#\s.*$", "", line).strip().replace("\\|", "|")))
    return found


def commands() -> list[tuple[Path, str]]:
    """Every call of our command; what leaves something open (…, a|b, [x]) is a pattern and no call."""
    found = []
    for path, line in written():
        for part in re.split(r"\s*(?:&&|;|\|)\s+", line):
            call = CALL.match(part.removeprefix("NEW=$("))
            if call and not re.search(r"…|\w\||\[", call[1]):
                found.append((path, call[1].rstrip(")")))
    return found


@pytest.mark.parametrize(("path", "call"), commands(), ids=str)
def test_command_line_is_one_that_the_command_takes(path: Path, call: str) -> None:
    name, *arguments = shlex.split(re.sub(r"<[^>]*>", "x", call), comments=True)
    app = get_commands()[name]
    command = load_command_class(app, name) if isinstance(app, str) else app
    if arguments:
        try:
            command.create_parser("chelun", name).parse_args(arguments)
        except CommandError as error:
            pytest.fail(f"{path}: {call}: {error}")


def test_every_command_is_named_in_operations() -> None:
    named = {
        span.removeprefix("chelun ").split()[0] for span in spans(OPERATIONS) if span.startswith("chelun ")
    }
    assert OWN_COMMANDS - named == set()
    assert len(commands()) > 40


def _targets() -> set[str]:
    return set(re.findall(r"^([a-z]+):.*##", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))


def test_every_target_of_make_is_named_and_every_named_one_exists() -> None:
    calls = [line for _path, line in written() if re.match(r"(?:[A-Z_]+=\S+ )*make \S", line)]
    named = {word for line in calls for word in re.sub(r"^.*?make ", "", line).split() if word.isalpha()}
    assert named - _targets() == set()
    everything = " ".join(PROSE.values())
    assert {target for target in _targets() if f"`make {target}`" not in everything} == {"help"}


def _variables() -> set[str]:
    files = tracked(
        "config/*.py",
        "chelun/**/*.py",
        "tools/*",
        "bench/*.py",
        "deploy/*",
        "tests/*.py",
        "Makefile",
        ".ci/run",
    )
    texts = [(ROOT / path).read_text("utf-8") for path in files if "/tests/" not in str(path)]
    asked = (
        r"environ(?:\.get\(|\[)\s*\"([A-Z_]+)\"|\bwhole\(\"([A-Z_]+)\"|\"(CHELUN_\w+)\"|\$\{(CHELUN_\w+):-"
    )
    found = {name for text in texts for names in re.findall(asked, text) for name in names if name}
    base = (ROOT / "config/settings/base.py").read_text("utf-8")
    found |= set(re.findall(r"^(CHELUN_[A-Z_]+)\b", base, re.MULTILINE))
    return {name for name in found if VARIABLE.fullmatch(name) and not name.startswith("CHELUN_TEST")}


def test_every_setting_is_explained_and_every_explained_one_exists() -> None:
    explained = {name for span in spans(OPERATIONS) for name in VARIABLE.findall(span)}
    assert _variables() - explained == set()
    assert {name for name in explained - _variables() if name.startswith("CHELUN_")} == set()
    assert len(_variables()) > 25


def test_settings_table_gives_the_defaults_of_the_code() -> None:
    base = (ROOT / "config/settings/base.py").read_text("utf-8")
    rows = dict(re.findall(r"^\| `(CHELUN_\w+)` \| [^|]+ \| (\d+) \|$", OPERATIONS, re.MULTILINE))
    defaults = dict(re.findall(r"whole\(\"(CHELUN_\w+)\", (\d+)\)", base))
    production = (ROOT / "config/settings/production.py").read_text("utf-8")
    assert rows == defaults | dict(re.findall(r"whole\(\"(CHELUN_\w+)\", (\d+)\)", production))


def test_every_app_is_on_the_map_and_has_a_page() -> None:
    for app in our_apps():
        folder = app.replace(".", "/")
        assert f"`{folder}/`" in HOUSE
        assert f"(../{folder}/README.md)" in HOUSE
        assert len((ROOT / folder / "README.md").read_text("utf-8")) > 600
        labels = [model for model in our_models() if model.__module__.startswith(f"{app}.")]
        page = (ROOT / folder / "README.md").read_text("utf-8")
        missing = [
            model.__name__
            for model in labels
            if model.__name__ not in page and not _is_of_a_family(model, page)
        ]
        assert missing == []


def _is_of_a_family(model: type, page: str) -> bool:
    """PersonCard where the page speaks of `…Card`."""
    return any(
        f"…{ending}" in page for ending in ("Source", "Card", "Past") if model.__name__.endswith(ending)
    )


def test_every_indicator_is_on_its_page() -> None:
    page = PROSE[Path("docs/measures.md")]
    assert {name for name in indicators() if f"`{name}`" not in page} == set()


def _dependencies() -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    groups = [project["project"]["dependencies"], *project["dependency-groups"].values()]
    pages = loads((ROOT / "frontend/package.json").read_text("utf-8"))
    names = {re.split(r"[\[=<>~ ]", line)[0] for group in groups for line in group}
    return names | set(pages["dependencies"]) | set(pages["devDependencies"])


def test_every_dependency_has_its_reason_and_no_other_is_listed() -> None:
    page = PROSE[Path("docs/decisions/0005-dependencies.md")]
    rows = re.findall(r"^\| ([^|]+) \|", page, re.MULTILINE)
    listed = {name.strip() for row in rows for name in row.split(",")} - {"package", "---", ""}
    assert listed == _dependencies()


@pytest.mark.parametrize("path", DOCS, ids=_named)
def test_links_and_pictures_exist(path: Path) -> None:
    broken = []
    for found in LINK.findall(PROSE[path]):
        target, _hash, heading = (found[0] or found[1]).partition("#")
        if target.startswith(("http://", "https://", "mailto:")):
            continue
        file = ROOT / path.parent / target if target else ROOT / path
        if not file.exists() or (heading and heading not in _anchors(file)):
            broken.append(found)
    assert broken == []


def _anchors(file: Path) -> set[str]:
    heads = re.findall(r"^#+ (.+)$", file.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


def test_pictures_are_small_and_all_are_shown() -> None:
    pictures = tracked("docs/pictures/*.png")
    assert len(pictures) >= 6
    assert [path for path in pictures if (ROOT / path).stat().st_size > LARGEST_PICTURE] == []
    shown = {
        name
        for path in ("README.md", "README.zh-CN.md")
        for name in re.findall(r"docs/pictures/[\w.]+", PROSE[Path(path)])
    }
    assert shown == {str(path) for path in pictures}


ROWS = re.findall(r"^\| [^|]+ \| (`[^|]+`) \| (`[^|]+`) \|([^|]*)\|$", HOUSE, re.MULTILINE)


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_way_of_a_row_names_what_there_is(row: tuple[str, str, str]) -> None:
    files, names, tables = (SPAN.findall(cell) for cell in row)
    modules = [
        importlib.import_module(f"chelun.{file.removesuffix('.py').replace('/', '.')}") for file in files
    ]
    assert [name for name in names if not any(hasattr(module, name) for module in modules)] == []
    assert {*tables} <= {model._meta.label for model in our_models()}


def test_way_of_a_row_is_whole() -> None:
    assert len(ROWS) >= 24


MADE = {"frontend/node_modules", "tests/test_routes.py", "tests/test_registers.py"}
"""What set-up makes, and what the how-to lets somebody make."""


@pytest.mark.parametrize("path", DOCS, ids=_named)
def test_files_that_are_named_exist(path: Path) -> None:
    files = tracked()
    known = {str(file) for file in files} | {str(folder) for file in files for folder in file.parents}
    missing = []
    for span in spans(PROSE[path]):
        if not re.fullmatch(
            r"(?:chelun|config|docs|tools|tests|deploy|bench|scenarios|frontend|requirements)/[\w./-]+", span
        ):
            continue
        if not {span.rstrip("/"), str(path.parent / span)} & known:
            missing.append(span)
    assert [name for name in missing if name not in MADE] == []


def test_security_names_every_column_that_lies_in_the_clear() -> None:
    section = SECURITY.partition("## 5.")[2].partition("## 6.")[0]
    named = spans(section)
    columns = {
        field.name
        for model in [
            *SUBJECT_ROOTS,
            *(table.model for table in SUBJECT_TABLES if table.model._meta.app_label == "people"),
        ]
        for field in model._meta.concrete_fields
    }
    assert columns - named == set()
    facts = {fact for name, shelf in SHELVES.items() for fact in FACTS[name] if fact not in shelf.secret}
    assert facts - named == set()
    sealed = {fact for shelf in SHELVES.values() for fact in shelf.secret}
    assert sealed - named == set()


def test_security_lists_every_declared_table() -> None:
    assert {label for label in SUBJECT_TABLES.names() if f"`{label}`" not in SECURITY} == set()


def test_security_names_everybody_who_seals_under_the_ring() -> None:
    callers = [
        str(path)
        for path in tracked("chelun/**/*.py")
        if not {"tests", "crypto"} & set(path.parts)
        and re.search(r"(?<![\w.])seal\(|SealedWriter\(", (ROOT / path).read_text("utf-8"))
    ]
    own = {
        "chelun/platform/jobs/rotation.py",
        "chelun/platform/sheets/uploads.py",
        "chelun/platform/accounts/services/demo.py",
    }
    assert {caller for caller in callers if f"`{caller}`" not in SECURITY} == own


def test_security_says_what_a_rotation_seals_anew() -> None:
    table = SECURITY.partition("封在数据密钥下的")[2].partition("\n\n")[0]
    assert table.count("| 重新加封 |") == len(RESEALED)


def test_code_in_the_how_to_is_code() -> None:
    code = re.findall(r"^```python\n(.*?)^```", HOW_TO, re.MULTILINE | re.DOTALL)
    assert len(code) >= 15
    for block in code:
        ast.parse(block)


def test_what_the_how_to_imports_is_there() -> None:
    code = re.findall(r"^```python\n(.*?)^```", HOW_TO, re.MULTILINE | re.DOTALL)
    asked = [
        (str(node.module), alias.name)
        for block in code
        for node in ast.walk(ast.parse(block))
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
        if "route" not in f"{node.module}{alias.name}".lower()
    ]
    assert len(asked) > 30
    assert [each for each in asked if not hasattr(importlib.import_module(each[0]), each[1])] == []


def test_changes_begin_with_what_is_not_released() -> None:
    heads = re.findall(r"^## (.+)$", PROSE[Path("CHANGELOG.md")], re.MULTILINE)
    assert heads[0] == "Unreleased"


def test_two_readmes_show_the_same() -> None:
    english, chinese = PROSE[Path("README.md")], PROSE[Path("README.zh-CN.md")]
    shown = [sorted(re.findall(r"docs/pictures/(\w+)\.(?:en|zh)", text)) for text in (english, chinese)]
    assert shown[0] == shown[1]
    assert len(re.findall(r"^## ", english, re.MULTILINE)) == len(re.findall(r"^## ", chinese, re.MULTILINE))
