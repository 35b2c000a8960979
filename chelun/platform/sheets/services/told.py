"""What was said of rows while they were checked, gathered by sentence: how often, and in which rows first. No cell's value."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from chelun.platform.sheets.registers import Problem

ROWS_NAMED = 12
"""So many rows are named for each sentence; the list of refused rows and the refusal workbook hold all."""
SENTENCES = 100

Gathered = dict[str, dict[str, Any]]


class Told:
    """Collects the problems and warnings of one chunk."""

    def __init__(self) -> None:
        self._found: dict[str, Gathered] = {"problems": {}, "warnings": {}}

    def add(self, kind: str, problems: Iterable[Problem], key: int, number: int) -> None:
        """Add what was said of one row of one table."""
        for problem in problems:
            fault = problem.fault
            name = json.dumps([problem.field, fault.code, sorted(fault.params.items())], ensure_ascii=False)
            entry = self._found[kind].setdefault(
                name,
                {
                    "field": problem.field, "code": fault.code, "template": fault.template,
                    "advice": fault.advice, "params": dict(fault.params), "count": 0, "rows": [],
                },
            )  # fmt: skip
            _count(entry, 1, [[key, number]])

    def after(self, before: Mapping[str, Gathered]) -> dict[str, Gathered]:
        """All together with what earlier chunks said; sentences beyond the limit are only in the workbook."""
        return {kind: _joined(before.get(kind, {}), found) for kind, found in self._found.items()}


def _joined(before: Gathered, found: Gathered) -> Gathered:
    joined = {name: dict(entry) for name, entry in before.items()}
    for name, entry in found.items():
        if name in joined:
            _count(joined[name], entry["count"], entry["rows"])
        elif len(joined) < SENTENCES:
            joined[name] = entry
    return joined


def _count(entry: dict[str, Any], times: int, rows: list[list[int]]) -> None:
    entry["count"] += times
    entry["rows"] = (entry["rows"] + rows)[:ROWS_NAMED]
