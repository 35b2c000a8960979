"""Whoever follows docs/how-to/add-a-register.md, as a program: every block goes where the page says, and so does what its sentences ask for."""

import re
from dataclasses import dataclass
from pathlib import Path

BLOCK = re.compile(r"^```\w*\n(.*?)^```", re.MULTILINE | re.DOTALL)
WORLD, QUERIES = "tests/rights/world.py", "tests/rights/test_queries.py"
NEW = "new"


@dataclass(frozen=True, slots=True)
class Step:
    """A block of the page: the file as the page names it, before which line of it the block goes ('': at its end; NEW: a file of
    its own), and the imports that it needs there."""

    file: str
    before: str = ""
    imports: tuple[str, ...] = ()
    instead: str = ""
    """The line that the last line of the block takes the place of."""


@dataclass(frozen=True, slots=True)
class Word:
    """What a sentence asks for: the text, which stands on the page, before or after which text of which file."""

    file: str
    text: str
    at: str
    after: bool = True


MODELS = "from chelun.people.models import "
SHELF = "from chelun.people.services.intake.shelf import ROUTES"
STEPS = (
    Step("models/route.py", NEW),
    Step("rules/rows.py"),
    Step("rules/cards.py"),
    Step("services/intake/shelf.py", "SHELVES = {", (MODELS + "Route, RouteCard, RoutePast, RouteSource",), "SHELVES = {"),
    Step("services/intake/routes.py", NEW),
    Step("services/meeting.py", "MEETINGS: Mapping", (MODELS + "Route",)),
    Step("sheets.py", "def _register("),
    Step("sheets.py", 'REGISTERS.add(\n    "person",', (
        "from chelun.people.rules.rows import check_route", SHELF,
        "from chelun.people.services.intake.routes import RoutePublisher",
    )),
    Step("subjects.py", "for _past, _path in", (MODELS + "Route, RouteCard, RoutePast, RouteSource",)),
    Step("displays/words.py", "FACTS = {"),
    Step("selectors/lists.py", "", (MODELS + "RouteCard", "from chelun.people.selectors.search import prefix")),
    Step("selectors/files.py", "", (MODELS + "RouteCard", SHELF)),
    Step("displays/tables.py", "", (MODELS + "RouteCard",)),
    Step("displays/lists.py", "LISTINGS: dict", (
        "from chelun.people.displays.tables import route_table", "from chelun.people.selectors import route_list",
        "from chelun.people.selectors.lists import ROUTE_ORDER",
    )),
    Step("displays/lists_then.py", "TABLES: Mapping", ("from chelun.people.displays.tables import route_table",)),
    Step("forms_filters.py"),
    Step("views/lists.py", "FORMS: dict", ("from chelun.people.forms_filters import RouteFilter",)),
    Step("views/files.py", "", ("from chelun.people.selectors import route_file",)),
    Step("views/entry.py"),
    Step("urls.py", '    path("vehicles/", '),
    Step("templates/people/route_list.html", NEW),
    Step("templates/people/route_detail.html", NEW),
    Step("menu.py"),
    Step("measures.py", "", (MODELS + "RouteCard",)),
    Step("tests/test_routes.py", NEW),
    Step(WORLD, '    world.arguments |= {\n        "merge"'),
    Step(WORLD, '        "enterprise": card.enterprise_id,'),
    Step(QUERIES, "        _papers(clerk, n)"),
)  # fmt: skip
WORDS = (
    Word("rules/cards.py", '"route": ("name",)', "CALLED_BY = {\n    "),
    Word("rules/ranks.py", '"route": {}', "GROUPS: Mapping[str, Mapping[str, frozenset[str]]] = {\n    "),
    Word("services/intake/shelf.py", "RouteCard", "(PersonCard, Engagement, VehicleCard, "),
    Word("archives.py", "ROUTES.register: 55", "ORDER = {"),
    Word("archives.py", "ROUTES", "for _shelf in ("),
    Word("services/meeting.py", '"route": meet_routes,', "MEETINGS: Mapping[str, Meeting] = {\n    "),
    Word("subjects.py", "Route", "for _root in ("),
    Word("subjects.py", '(RoutePast, "route")', "for _past, _path in ("),
    Word("displays/words.py", '"route": ROUTE_FACTS', "FACTS = {\n    "),
    Word("displays/words.py", '"route": ("enterprise",)', "WANTED = {\n    "),
    Word("displays/words.py", '"route": gettext_lazy("条")', "UNITS = {\n    "),
    Word("chelun/platform/audit/wording.py", '"route": pgettext_lazy("audit", "线路"),', "NOUNS = {\n    "),
    Word("selectors/facets.py", '"route": (_FIRM, _FRESH),', "FACETS: dict[str, tuple[Facet, ...]] = {\n    "),
    Word("crossings.py", '"route": _("线路"),', "_LABELS: Mapping[str, Text] = {\n    "),
    Word("selectors/lists_then.py", '"route": Then(ROUTE_ORDER, route_asked),', "THEN: Mapping[str, Then] = {\n    "),
    Word("displays/lists.py", '"route": Listing(route_list, ROUTE_ORDER, _routes),', "LISTINGS: dict[str, Listing] = {\n    "),
    Word("displays/lists_then.py", '"route": _routes,', "Address, datetime], Table]] = {\n    "),
    Word("views/lists.py", '"route": RouteFilter,', "FORMS: dict[str, type[ListFilter]] = {\n    "),
    Word(
        "views/entry.py", '"route": (_("登记一条线路"), _("线路"), _("线路编号和线路名称必填。")),', "headings = {\n        ",
    ),
)  # fmt: skip
"""What stands in backticks in sentences."""
MENTIONED = (
    ("models/__init__.py", "from chelun.people.models.route import Route, RouteCard, RoutePast, RouteSource"),
    ("archives.py", SHELF),
    ("selectors/__init__.py", "from chelun.people.selectors.files import route_file"),
    ("selectors/__init__.py", "from chelun.people.selectors.lists import route_list"),
    ("selectors/lists_then.py", "from chelun.people.selectors.lists import ROUTE_ORDER, route_asked"),
)
"""Imports that sentences ask for, or that go without saying."""
SHOWN = re.compile(r"^__all__ = \[\n", re.MULTILINE)


def follow(page: str, tree: Path) -> list[str]:
    """Do in a copy of the tree what the page says; what could not be done, in sentences."""
    blocks = list(BLOCK.finditer(page))
    if len(blocks) != len(STEPS):
        return [f"the page has {len(blocks)} blocks, the walk {len(STEPS)} steps"]
    faults, end = [], 0
    for block, step in zip(blocks, STEPS, strict=True):
        said, end = page[end : block.start()], block.end()
        if said.strip() and _spoken(step.file) not in said:
            faults.append(f"{step.file} is not named before its block")
        faults += _take(tree, step, block[1])
    plain = BLOCK.sub("", page)
    for word in WORDS:
        faults += (
            [] if f"`{word.text}`" in plain or word.text in plain else [f"{word.text} is not on the page"]
        )
        faults += _insert(tree / _path(word.file), word)
    for file, line in MENTIONED:
        _import(tree / _path(file), (line,))
        if file.endswith("__init__.py"):
            _show(tree / _path(file), line)
    return faults


def _spoken(file: str) -> str:
    return file.removeprefix("chelun/people/")


def _path(file: str) -> str:
    return file if file.startswith(("chelun/", "tests/rights/")) else f"chelun/people/{file}"


def _take(tree: Path, step: Step, code: str) -> list[str]:
    path = tree / _path(step.file)
    if step.before == NEW:
        path.write_text(code, "utf-8")
        return []
    text = path.read_text("utf-8")
    if text.count(step.before) < 1:
        return [f"{step.file} has no line “{step.before}”"]
    if step.instead:
        line = next(each for each in text.splitlines() if each.startswith(step.instead))
        text = text.replace(line, code.rstrip(), 1)
    elif step.before:
        text = text.replace(
            step.before, f"{code.rstrip()}\n{'' if step.before[0] == ' ' else chr(10)}{step.before}", 1
        )
    else:
        text += f"\n\n{code}"
    path.write_text(text, "utf-8")
    _import(path, step.imports)
    return []


def _insert(path: Path, word: Word) -> list[str]:
    text = path.read_text("utf-8")
    if text.count(word.at) != 1:
        return [f"{path.name} has “{word.at}” {text.count(word.at)} times"]
    comma = "" if word.text.endswith(",") else ","
    path.write_text(text.replace(word.at, f"{word.at}{word.text}{comma} "), "utf-8")
    return []


def _show(path: Path, line: str) -> None:
    """Into `__all__` what was imported."""
    names = "".join(f'    "{name}",\n' for name in line.partition(" import ")[2].split(", "))
    path.write_text(SHOWN.sub(lambda found: found[0] + names, path.read_text("utf-8"), count=1), "utf-8")


def _import(path: Path, lines: tuple[str, ...]) -> None:
    text = path.read_text("utf-8")
    for line in lines:
        text = re.sub(r"^(?=from |import )", f"{line}\n", text, count=1, flags=re.MULTILINE)
    path.write_text(text, "utf-8")
