"""Invented vehicles: plates after GA 36 with their colours.

A plate is kept here in its bare form, province, letter and number without a dot; how a clerk writes it is in ``ugly``.
"""

from dataclasses import dataclass
from random import Random


@dataclass(frozen=True, slots=True)
class Vehicle:
    """One vehicle: bare plate, colour word, kind of work, model and owner."""

    plate: str
    colour: str
    kind: str
    model: str
    owner: str


MODELS = {
    "货车": ("重型仓栅式货车", "中型厢式货车", "轻型厢式货车", "重型自卸货车"),
    "网约车": ("小型轿车",),
    "出租车": ("小型轿车",),
    "公交": ("大型普通客车", "中型普通客车"),
    "客运": ("中型普通客车", "大型卧铺客车"),
    "快递": ("轻型封闭货车",),
    "养护": ("中型特殊结构货车", "轻型自卸货车"),
    "客货邮": ("小型普通客车",),
}


def petrol_plate(dice: Random, prefix: str) -> str:
    """A plate of five places after ``prefix`` (as 陕G); the second place is a letter now and then."""
    tail = [dice.choice("0123456789") for _ in range(5)]
    tail[dice.randrange(2)] = dice.choice("ABCEHKMNPQRTUWXY")
    return prefix + "".join(tail)


def electric_plate(dice: Random, prefix: str, *, large: bool) -> str:
    """A new-energy plate of six places: a letter first on small vehicles, last on large ones."""
    digits = "".join(dice.choices("0123456789", k=5))
    return f"{prefix}{digits}D" if large else f"{prefix}D{digits}"


def invent_vehicle(dice: Random, prefix: str, kind: str, owner: str) -> Vehicle:
    """A vehicle whose plate and colour suit its kind of work."""
    model = dice.choice(MODELS[kind])
    large = kind in {"公交", "客运"} or model.startswith(("重型", "中型"))
    if kind in {"网约车", "出租车", "公交"} and dice.random() < 0.5:
        colour = "黄绿双拼" if large else "渐变绿"
        return Vehicle(electric_plate(dice, prefix, large=large), colour, kind, model, owner)
    return Vehicle(petrol_plate(dice, prefix), "黄色" if large else "蓝色", kind, model, owner)


def invent_fleet(dice: Random, prefix: str, wanted: list[tuple[str, str]]) -> list[Vehicle]:
    """One vehicle for each wanted (kind, owner), with distinct plates."""
    seen: set[str] = set()
    fleet: list[Vehicle] = []
    for kind, owner in wanted:
        vehicle = invent_vehicle(dice, prefix, kind, owner)
        while vehicle.plate in seen:
            vehicle = invent_vehicle(dice, prefix, kind, owner)
        seen.add(vehicle.plate)
        fleet.append(vehicle)
    return fleet
