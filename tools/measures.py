"""Writes docs/measures.md from the indicators that the rooms declare: `python -m tools.measures`."""

import os
from collections.abc import Iterator
from pathlib import Path

import django

from chelun.core.measures import indicators
from tools.messages import CATALOGUE, present

PATH = Path("docs/measures.md")
INTRODUCTION = """# 指标 · Indicators

本页由 `python -m tools.measures` 从各模块的 `measures.py` 生成，测试会核对；系统里的“指标说明”页是同一份内容。
Every number of the cockpit is declared by the room that owns the rows, with its definition, which region of the thing decides
where it counts, its formula and its unit. It is computed by a job after each import and once a day, carries the time of that
computing, and opens to the rows behind it. A province counts distinct persons, firms and vehicles, not the sum of its counties.
"""


def english(text: object) -> str:
    """The English of a text, from whichever app's catalogue has it."""
    for catalogue in sorted(Path("chelun").rglob(str(CATALOGUE))):
        message = present(catalogue.parents[3]).get(str(text))
        if message and message.string:
            return str(message.string)
    return ""


def lines() -> Iterator[str]:
    """The page, line by line."""
    declared = indicators()
    yield INTRODUCTION
    yield "| 指标 | indicator | 代码 | 单位 | 占比的整体 | 分项 |"
    yield "|---|---|---|---|---|---|"
    for each in declared.values():
        whole = declared[each.share_of].label if each.share_of else ""
        parts = "、".join(str(label) for label in each.parts.values())
        yield f"| {each.label} | {english(each.label)} | `{each.name}` | {each.unit} {english(each.unit)} | {whole} | {parts} |"
    for each in declared.values():
        yield f"\n## {each.label} · {english(each.label)}\n"
        for head, text in (
            ("定义", each.definition),
            ("地区", each.region),
            ("算法", each.formula),
            ("查法", each.query),
        ):
            if not text:
                continue
            yield f"- {head}：{text}。{english(text)}."


def page() -> str:
    """The whole page."""
    return "\n".join(lines()) + "\n"


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
    django.setup()
    PATH.write_text(page(), encoding="utf-8")
