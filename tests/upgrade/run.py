"""`python -m tests.upgrade.run STATE`: an empty database is brought to an earlier state, filled, and brought up to today.

Prints as JSON what readers see then, the migrations that were due, and what the trail's check found. A process of its own, for
the tables of an earlier state and of today cannot both be in one.
"""

import base64
import json
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import django
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

FOLDER = Path(__file__).parent
PLACE = "610924"


def brought_to(state: dict[str, Any]) -> None:
    """The tables as they were, with their rows."""
    targets = sorted(state["migrations"].items())
    for app, name in targets:
        call_command("migrate", app, name, verbosity=0)
    tables = MigrationExecutor(connection).loader.project_state(targets).apps
    with transaction.atomic():
        for label, rows in state["rows"].items():
            model = tables.get_model(label)
            model._default_manager.bulk_create(model(**_values(model, row)) for row in rows)


def _values(model: Any, row: dict[str, Any]) -> dict[str, Any]:
    fields = {field.attname: field for field in model._meta.concrete_fields}
    return {name: _value(fields[name], value) for name, value in row.items()}


def _value(field: Any, value: Any) -> Any:
    if isinstance(value, dict) and set(value) == {"base64"}:
        return base64.b64decode(value["base64"])
    return field.to_python(value)


def main() -> None:
    """Down, up, and look."""
    state = json.loads((FOLDER / f"{sys.argv[1]}.json").read_text("utf-8"))
    django.setup()
    brought_to(state)
    due = MigrationExecutor(connection).migration_plan(
        MigrationExecutor(connection).loader.graph.leaf_nodes()
    )
    call_command("migrate", verbosity=0)
    call_command("regions", "load", province=["61"], verbosity=0)
    verdict = import_module("chelun.platform.audit.verifying").verify_chain()
    seen = import_module("chelun.people.tests.desk").snapshot(PLACE)
    here = import_module("chelun.platform.regions.words").values_for(PLACE)
    decided = {
        key: [each.value, each.overtaken] for key in here.decisions if (each := here.effective(key)).own
    }
    findings = [finding.text for finding in verdict.findings]
    sys.stdout.write(
        json.dumps(
            {"due": len(due), "findings": findings, "rows": verdict.rows, "seen": seen, "decided": decided}
        )
    )


if __name__ == "__main__":
    main()
