"""No Chinese reaches a reader past the catalogues: what is not marked for translation is a word that is read, not shown."""

from pathlib import Path

import pytest

from tests.house import tracked
from tests.texts import CHINESE, unmarked_in_python, unmarked_in_template
from tools.messages import sources

UNMARKED = {
    "chelun/engines/ids/": "characters of which numbers and plates are made, and words that clerks write beside them",
    "chelun/engines/names/": "surnames, readings, and words that clerks write in place of a name",
    "chelun/people/rules/cells.py": "words that clerks write for a kind of work, a sex, no firm",
    "chelun/people/rules/paper_words.py": "words that clerks write for papers, for why there is none, for how they stand",
    "chelun/people/rules/rows.py": "words that clerks write for the state of a firm, units behind a number",
    "chelun/people/sheets.py": "heads that clerks use, examples for a cell",
    "chelun/people/selectors/owned.py": "what stands between two bounds that somebody types",
    "chelun/people/selectors/search.py": "what somebody may type into the search",
    "chelun/platform/regions/naming.py": "endings of the names of regions",
    "chelun/platform/regions/pinyin.py": "readings of the names of regions",
    "chelun/platform/regions/reading.py": "words in what somebody may type for a region",
    "chelun/platform/regions/source.py": "words of the published tables of regions",
    "chelun/engines/tables/columns/": "words by which columns and cells are recognised",
    "chelun/platform/sheets/layouts/labels.py": "words by which a form asks for something",
    "chelun/platform/sheets/layouts/shape.py": "what the reading calls a column without a head",
    "chelun/engines/tables/reading/": "words by which heads, notes and totals are recognised",
    "chelun/platform/sheets/services/judging.py": "what stands between two cells that make one field",
    "chelun/platform/sheets/writing/texts.py": "signs with which a formula begins",
    "chelun/platform/sheets/writing/refusals.py": "words of heads whose column must be wide",
    "chelun/platform/accounts/rules.py": "words of bad passwords and names of browsers",
    "chelun/core/samples.py": "invented names of the style guide",
    "/apps.py": "the name of a Django app, which no page shows",
    "config/settings/base.py": "the name of a language in that language",
    "scenarios/": "invented persons, firms and places, and quotations from documents",
}
"""Where Chinese may stand unmarked (how a path begins, or ends), and what it is there."""
# A catalogue of faults, and the command of the scenarios, speak to readers; they stay outside of what is excepted above.
SPEAKING = ("chelun/engines/ids/faults.py", "chelun/engines/names/faults.py", "scenarios/management/")
PYTHON = [path for path in sources() if path.suffix == ".py"]
TEMPLATES = tracked("chelun/**/templates/**")
STATIC = tracked("chelun/**/static/**/*.js", "chelun/**/static/**/*.css", "chelun/**/static/**/*.svg")


def _excepted(path: Path) -> str:
    """The entry above that covers a file; '' for none."""
    if str(path).startswith(SPEAKING):
        return ""
    name = str(path)
    return next((entry for entry in UNMARKED if name.startswith(entry) or name.endswith(entry)), "")


def _named(path: Path) -> str:
    return str(path)


@pytest.mark.parametrize("path", [path for path in PYTHON if not _excepted(path)], ids=_named)
def test_texts_in_python_are_marked(path: Path) -> None:
    assert unmarked_in_python(path) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=_named)
def test_texts_in_templates_are_marked(path: Path) -> None:
    assert unmarked_in_template(path) == []


@pytest.mark.parametrize("path", STATIC, ids=_named)
def test_scripts_and_styles_hold_no_text(path: Path) -> None:
    """What a script says comes from the page, where it is translated."""
    assert CHINESE.findall(path.read_text("utf-8")) == []


def test_every_exception_is_needed() -> None:
    needed = {_excepted(path) for path in PYTHON if _excepted(path) and unmarked_in_python(path)}
    assert needed == set(UNMARKED)


def test_the_finder_finds(tmp_path: Path) -> None:
    python = tmp_path / "said.py"
    python.write_text('"""说明"""\nSAID = _("已标")\nBAD = "未标"\nWORSE = _(f"{SAID}也未标")\n', "utf-8")
    assert [found.rpartition(":")[2].strip() for found in unmarked_in_python(python)] == ["未标", "也未标"]
    template = tmp_path / "page.html"
    template.write_text(
        '{% translate "已标" %}\n{# 说明 #}<p lang="zh-Hans">中文</p>\n<p>未标</p>、\n', "utf-8"
    )
    assert unmarked_in_template(template) == [f"{template}:3"]
