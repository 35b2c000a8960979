"""A county with a driver, a notice and an assessment, and a family for tests."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from chelun.core.actors import Actor, SystemActor
from chelun.families.models import Relative
from chelun.families.rules import CONTACT, SERVICES, birthday
from chelun.families.services.facts import Agreed
from chelun.families.services.registering import register_relative
from chelun.people.models import PersonCard
from chelun.people.services.door import bring as bring_one
from chelun.people.tests.desk import ZIYANG, number
from chelun.platform.privacy.models import Notice
from chelun.platform.privacy.services.consents import publish_notice
from chelun.platform.privacy.tests.factories import assessed

SYSTEM = SystemActor("test")
GUARDIAN = {"name": "甄监护", "relation": "mother", "proof": "book"}


def notice(region: str = ZIYANG) -> Notice:
    """The notice in force; published when there is none yet."""
    present = Notice.objects.filter(region=region).order_by("number").last()
    return present or publish_notice(
        actor=SYSTEM, region=region, text="告知" * 30, valid_from=timezone.localdate()
    )


def driver(name: str = "甄司机", sequence: int = 31, region: str = ZIYANG) -> UUID:
    """Somebody on file."""
    raw = {"name": name, "id_number": number(sequence), "kinds": "货车"}
    bring_one("person", actor=SYSTEM, region=region, raw=raw)
    return PersonCard.objects.get(name=name).person_id


def aged(years: int, less: int = 0) -> date:
    """The birth of somebody who is so old today, or that many days short of it."""
    day = timezone.localdate()
    return birthday(day, -years) + timedelta(days=less)


def agreed(*purposes: str, **more: Any) -> Agreed:
    """A consent as the counter takes it."""
    return Agreed(str(notice().pk), "signed", purposes or (SERVICES,), **more)


def spouse(person: UUID, *purposes: str, actor: Actor = SYSTEM, name: str = "卡嫂甲") -> Relative:
    """An adult relative who agreed to be reached and to take part, unless said otherwise."""
    wanted = purposes or (SERVICES, CONTACT)
    raw = {"name": name, "phone": "19900001234" if CONTACT in wanted else ""}
    return register_relative(
        actor=actor, person=person, relation="spouse", raw=raw, minor=False,
        agreed=agreed(*wanted),
    )  # fmt: skip


def child(person: UUID, birth: date, *, actor: Actor = SYSTEM, name: str = "卡娃乙", **more: Any) -> Relative:
    """A minor, with a guardian below fourteen and asked himself above."""
    assessed(ZIYANG)
    told = more or {"guardian": GUARDIAN, "knows": True}
    return register_relative(
        actor=actor, person=person, relation="child", raw={"name": name, "birth": birth.isoformat()}, minor=True,
        agreed=agreed(**told),
    )  # fmt: skip
