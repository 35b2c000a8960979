"""`python -m bench.prepare ROWS TARGETS`: fill the register that `bench.pages` opens, and write down what can be opened."""

import json
import sys
from importlib import import_module
from pathlib import Path
from random import Random
from typing import Any

import django
from django.core.management import call_command
from django.urls import reverse

from chelun.core.runtime import settle

USERS = 20
PROVINCE = "510000"
OF_COUNTY = 6


def main() -> None:
    """Set Django up, fill, count, write."""
    rows, out = int(sys.argv[1]), Path(sys.argv[2])
    django.setup()
    call_command("migrate", verbosity=0)
    call_command("regions", "load", province=["51"], verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    settle()
    targets = _filled(rows)
    call_command("compute")
    _settle_users(import_module("chelun.platform.accounts.models"))
    partial = out.with_suffix(".partial")
    partial.write_text(json.dumps(targets, ensure_ascii=False), "utf-8")
    partial.rename(out)


def _filled(rows: int) -> dict[str, Any]:
    """Fill, and keep a few of each county to be looked for."""
    names = import_module("chelun.engines.names")
    dice = Random(rows)
    found: dict[str, Any] = {kind: [] for kind in ("names", "pinyins", "tails", "plates", "counties")}
    for crowd in import_module("bench.fill").fill(rows):
        found["counties"].append(crowd.share.county.code)
        for worker in dice.sample(crowd.workers, min(OF_COUNTY, len(crowd.workers))):
            person = worker.person
            found["names"].append(person.name)
            found["pinyins"].append(names.pinyin_of(person.name))
            found["tails"].append(f"{person.name[0]} {person.phone[-4:]}")
            found["plates"] += [worker.plate] if worker.plate else []
    return {**found, **_addresses(dice)}


def _addresses(dice: Random) -> dict[str, Any]:
    models = import_module("chelun.people.models")
    files: dict[str, list[str]] = {}
    for kind, model, subject in (
        ("persons", models.PersonCard, "person_id"),
        ("firms", models.EnterpriseCard, "enterprise_id"),
    ):
        keys = list(model.objects.values_list(subject, flat=True)[:20_000])
        chosen = dice.sample(keys, min(400, len(keys)))
        files[kind] = [
            reverse(f"people:{kind.replace('firms', 'enterprise').removesuffix('s')}_detail", args=[key])
            for key in chosen
        ]
    return {
        **files, "login": reverse("accounts:login"), "search": reverse("people:search"),
        "list": reverse("people:person_list"), "cockpit": reverse("cockpit:region", args=[PROVINCE]), "bare": "/bench/bare/",
    }  # fmt: skip


def _settle_users(accounts: Any) -> None:
    for number in range(USERS):
        password = import_module("bench.visitors").PASSWORD
        user = accounts.User.objects.create_user(
            f"bench{number}", person_name=f"访客{number}", password=password
        )
        accounts.Grant.objects.create(user=user, role="clerk", node_key=PROVINCE)


if __name__ == "__main__":
    main()
