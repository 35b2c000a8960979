"""The English is complete: every text has it, the gaps agree, no Chinese is left in it, and each word means one thing."""

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from django.apps import apps
from django.template.loader import render_to_string
from django.utils.translation import gettext, override

from chelun.core.measures import indicators
from chelun.core.ui import Count, Table
from chelun.engines.ids.faults import ALL_FAULTS as NUMBER_FAULTS
from chelun.engines.matching import sentences as matching
from chelun.engines.names.faults import ALL_FAULTS as NAME_FAULTS
from chelun.engines.tables.columns.faults import FAULTS
from chelun.engines.tables.columns.messages import FORBIDDEN, RECOGNISED
from chelun.engines.tables.reading.sentences import NOTICES, REFUSALS
from chelun.people.choices import FirmStatus, PlateColour, Sex, WorkKind
from chelun.platform.accounts.roles import PERMISSIONS, ROLES
from chelun.platform.audit.wording import NOUNS, VERBS
from chelun.platform.jobs.choices import State
from chelun.platform.jobs.kinds import DAILY, JOB_KINDS
from chelun.platform.privacy.subjects import SUBJECT_TABLES
from chelun.platform.regions.choices import LEVEL_NAMES
from chelun.platform.regions.place_settings import SETTINGS
from chelun.platform.sheets.choices import ImportState
from chelun.platform.sheets.registers import REGISTERS
from tests.house import ROOT, tracked
from tests.texts import CHINESE, EXAMPLES
from tools.messages import CATALOGUE, collected, missing, present, renewed

APPS = sorted(path.relative_to(ROOT).parents[3] for path in ROOT.glob(f"chelun/**/{CATALOGUE}"))
GAPS = re.compile(r"\{\w*\}|%\(\w+\)s|&[PN]\b")
COUNTED = re.compile(
    r"(?:\{\w+\}|%\(\w+\)s) (?:[a-z]+ )?(?:rows|lines|persons|people|firms|pairs|vehicles|files|relatives|accounts|cells|columns|"
    r"characters could|anchors|findings|things|days|hours|minutes|times)\b"
)
"""A count before the English for several."""
NEVER_ONE = {
    "%(count)s 条": "beyond the cap of a count",
    "%(name)s在本单位还有别的账号：%(others)s。小单位可以一人持几个账号，但三员职责仍要分开使用；这一点已记入审计。": "a name",
    "{table}：现有 {here} 行，恢复后 {there} 行": "a line for whoever runs a drill",
    "恢复演练不一致：{rows} 行，用时 {seconds} 秒，审计链 {findings} 处问题。": "a line for whoever runs a drill",
    "恢复演练成功：{rows} 行，用时 {seconds} 秒，审计链完整。": "a whole database",
    "数据库里有 {count} 个演示账号，它们的密码是公开的": "an example place brings several",
    "第 {rows} 等 {count} 行": "more than can be listed",
    "“{sheet}”第 {row} 行连着重复了 {count} 次。请删掉多余的行，再上传。": "far too many",
    "名单有 {rows} 行，这份版式最多放 {limit} 行。请缩小条件，分几次导出。": "more than a form holds",
    "表太长，只写出前 {rows} 行。": "as many as a sheet holds",
}
BOUNDS = {"days", "most", "minutes", "failures", "hours", "limit", "fewest"}
"""Gaps for what is set or built in, never one."""
QUOTED: dict[str, str] = {
    "、": "what a clerk puts between two values of a cell",
    **EXAMPLES,
    "至": "what a clerk writes in a cell",
    "长期": "what a clerk writes in a cell",
    "是": "what a clerk writes in a cell",
    "否": "what a clerk writes in a cell",
    **dict.fromkeys(("男", "女"), "what a clerk writes for a sex"),
    **dict.fromkeys(
        ("货车", "网约车", "出租车", "公交", "客运", "快递", "外卖", "养护", "客货邮"),
        "what a clerk writes for a kind of work",
    ),
    **dict.fromkeys(
        ("蓝", "黄", "黑", "白", "绿", "农黄", "农绿", "黄绿", "渐变绿", "其他"), "what a clerk writes for a plate's colour"
    ),
}  # fmt: skip
"""Chinese that English sentences quote, because it has to be written so."""


def _texts(message: Message) -> list[str]:
    strings = message.string
    return [strings] if isinstance(strings, str) else list(strings or ())


def _messages(app: Path) -> Iterator[Message]:
    return (message for message in present(app) if message.id)


def test_nothing_lacks_its_english() -> None:
    assert missing() == []


def test_catalogues_are_in_step_with_the_code() -> None:
    """`python -m tools.messages collect` would change nothing."""
    assert [str(path) for path, content in renewed() if path.read_bytes() != content] == []
    assert sorted(collected()) == APPS


@pytest.mark.parametrize("app", APPS, ids=str)
def test_no_english_is_a_guess(app: Path) -> None:
    catalog = present(app)
    assert [message.id for message in catalog if message.id and message.fuzzy] == []
    assert list(catalog.obsolete) == []


@pytest.mark.parametrize("app", APPS, ids=str)
def test_gaps_are_the_same_in_both_languages(app: Path) -> None:
    for message in _messages(app):
        wanted = set(GAPS.findall(message.id if isinstance(message.id, str) else message.id[1]))
        for text in _texts(message):
            assert set(GAPS.findall(text)) == wanted, message.id


@pytest.mark.parametrize("app", APPS, ids=str)
def test_english_holds_no_chinese(app: Path) -> None:
    run = re.compile(f"(?:{CHINESE.pattern})+")
    found = {word for message in _messages(app) for text in _texts(message) for word in run.findall(text)}
    assert found <= set(QUOTED)


def test_no_quotation_is_allowed_in_vain() -> None:
    run = re.compile(f"(?:{CHINESE.pattern})+")
    english = " ".join(text for app in APPS for message in _messages(app) for text in _texts(message))
    assert set(run.findall(english)) == set(QUOTED)


def test_a_text_has_one_english_in_all_rooms() -> None:
    """Django reads all catalogues as one, so two different ones would take turns."""
    found: dict[object, set[str]] = defaultdict(set)
    for app in APPS:
        for message in _messages(app):
            found[message.context, str(message.id)].add(str(message.string))
    assert {key: texts for key, texts in found.items() if len(texts) > 1} == {}


def _declared() -> Iterator[tuple[str, object]]:
    """What registries, enumerations and catalogues of faults hold for a reader, with where it comes from."""
    for register in REGISTERS:
        yield from (
            ("register", text) for text in (register.label, *(spec.label for spec in register.fields))
        )
        yield from ((register.name, spec.hint) for spec in register.fields if spec.hint)
    for choices in (FirmStatus, ImportState, PlateColour, Sex, State, WorkKind):
        yield from ((choices.__name__, label) for label in choices.labels)
    for kind in (*NUMBER_FAULTS, *NAME_FAULTS, *FAULTS.values()):
        yield from ((kind.code, text) for text in (kind.template, kind.advice))
    for sentences in (
        REFUSALS,
        NOTICES,
        matching.REFUSALS,
        RECOGNISED,
        FORBIDDEN,
        NOUNS,
        VERBS,
        LEVEL_NAMES,
        PERMISSIONS,
    ):
        yield from ((str(key), text) for key, text in sentences.items())
    yield from (("role", role.label) for role in ROLES.values())
    ours = [kind for kind in JOB_KINDS if not kind.name.startswith("test.")]
    yield from (("work", work.label) for work in (*ours, *DAILY))
    yield from (("setting", setting.label) for setting in SETTINGS)
    for each in indicators().values():
        told = (each.label, each.definition, each.region, each.formula, each.unit)
        yield from ((each.name, text) for text in told)
    for table in SUBJECT_TABLES:
        yield from ((str(table.model), text) for text in (table.purpose, table.ground, table.retention))


def test_everything_declared_has_english() -> None:
    with override("en"):
        said = [(where, gettext(str(text)), str(text)) for where, text in _declared()]
    found = [
        (where, text)
        for where, english, text in said
        if not english.strip() or CHINESE.search(_plain(english))
    ]
    assert found == []
    assert len(said) > 300


def _plain(english: str) -> str:
    for word in sorted(QUOTED, key=len, reverse=True):
        english = english.replace(word, "")
    return english


def test_tables_are_called_as_the_glossary_calls_them() -> None:
    (glossary,) = tracked("docs/glossary.md")
    rows = re.findall(
        r"^\| (\S+) \| ([\w -]+) \| (\w+\.\w+) \|", (ROOT / glossary).read_text("utf-8"), re.MULTILINE
    )
    assert len(rows) > 30
    with override("en"):
        names = {
            label: (english, str(apps.get_model(label)._meta.verbose_name)) for _, english, label in rows
        }
    assert {label: pair for label, pair in names.items() if pair[0] not in pair[1].casefold()} == {}


def test_one_is_not_spoken_of_as_several() -> None:
    """«1 rows»: a text that counts has an English for one, unless it never counts one."""
    found = set()
    for app in APPS:
        for message in _messages(app):
            gap = COUNTED.search(" ".join(_texts(message))) if isinstance(message.id, str) else None
            if gap and re.sub(r"\W|s$", "", gap[0].split()[0]) not in BOUNDS:
                found.add(str(message.id))
    assert found - NEVER_ONE.keys() == set()


@pytest.mark.parametrize(("count", "said"), [(1, "1 row"), (2, "2 rows"), (1_200, "1,200 rows")])
def test_list_of_one_has_one_row(count: int, said: str) -> None:
    with override("en"):
        bar = render_to_string("core/ui/table.html", {"table": Table("", [], []), "count": Count(count)})
    assert f'<p class="c-list-count">{said}</p>' in bar
