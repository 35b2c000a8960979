"""`python -m bench.prepare ROWS TARGETS`: fill the register that `bench.pages` opens, and write down what can be opened."""

import json
import sys
import time
from importlib import import_module
from pathlib import Path
from random import Random
from typing import Any

import django
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from chelun.core.runtime import settle

USERS = 20
PROVINCE = "510000"
OF_COUNTY = 6
CHANGED = 200


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
    filling = import_module("bench.fill")
    changed = []
    for crowd in filling.fill(rows):
        found["counties"].append(crowd.share.county.code)
        changed.append((crowd.share.county.code, filling.person_facts(crowd)[:CHANGED]))
        for worker in dice.sample(crowd.workers, min(OF_COUNTY, len(crowd.workers))):
            person = worker.person
            found["names"].append(person.name)
            found["pinyins"].append(names.pinyin_of(person.name))
            found["tails"].append(f"{person.name[0]} {person.phone[-4:]}")
            found["plates"] += [worker.plate] if worker.plate else []
    found["then"] = _minute_after()
    for county, persons in changed:
        filling.change(county, persons)
    filling.settle_statistics()
    return {**found, **_addresses(dice)}


def _minute_after() -> str:
    """The first whole minute in which everything is known, as addresses ask for it; later changes come after it."""
    begun = timezone.now()
    while timezone.now().minute == begun.minute:
        time.sleep(0.5)
    return timezone.localtime().strftime("%Y-%m-%dT%H:%M")


def _addresses(dice: Random) -> dict[str, Any]:
    persons, firms = _some(dice, "PersonCard", "person_id"), _some(dice, "EnterpriseCard", "enterprise_id")
    return {
        "persons": [reverse("people:person_detail", args=[key]) for key in persons],
        "pasts": [reverse("people:past", args=["person", key]) for key in persons],
        "firms": [reverse("people:enterprise_detail", args=[key]) for key in firms],
        "login": reverse("accounts:login"), "search": reverse("people:search"),
        "list": reverse("people:person_list"), "cockpit": reverse("cockpit:region", args=[PROVINCE]), "bare": "/bench/bare/",
    }  # fmt: skip


def _some(dice: Random, cards: str, subject: str) -> list[Any]:
    model = getattr(import_module("chelun.people.models"), cards)
    keys = list(model.objects.values_list(subject, flat=True)[:20_000])
    return dice.sample(keys, min(400, len(keys)))


def _settle_users(accounts: Any) -> None:
    for number in range(USERS):
        password = import_module("bench.visitors").PASSWORD
        user = accounts.User.objects.create_user(
            f"bench{number}", person_name=f"访客{number}", password=password
        )
        accounts.Grant.objects.create(user=user, role="clerk", node_key=PROVINCE)


if __name__ == "__main__":
    main()
