"""Vehicles by plate and colour: what they run on, what they weigh, which trailer they pull; by both doors."""

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from chelun.people.choices import Energy
from chelun.people.models import Vehicle, VehicleCard
from chelun.people.rules.rows import energy_of
from chelun.people.selectors import Filters, vehicle_list
from chelun.people.services.door import RowRefused, register_vehicle
from chelun.people.tests.desk import CLERK, ZIYANG, bring, outcome, scope_of, sheet
from chelun.platform.accounts.tests.factories import logged_in, user_with
from chelun.platform.regions.testing import ensure_regions

HEADS = ("车牌号", "车牌颜色", "燃料种类", "总质量（千克）", "核定载质量", "挂车车牌号")
TRACTOR = ("陕G12345", "黄", "柴油", "18000", "", "陕G1234挂")
LIGHT = ("陕G54321", "蓝", "插电式混合动力", "4495", "1.49", "")
TRAILER = ("陕G1234挂", "黄", "", "40", "32.5吨", "")


@pytest.fixture
def _regions(db: None) -> None:
    ensure_regions()


@pytest.mark.parametrize(
    ("text", "energy"),
    [
        ("汽油", "petrol"), ("0#柴油", "diesel"), ("纯电动", "electric"), ("电", "electric"), ("插电式混合动力", "plug_in"),
        ("增程式电动", "plug_in"), ("油电混合", "hybrid"), ("混合动力（汽油/电）", "hybrid"), ("LNG", "gas"), ("氢燃料电池", "hydrogen"),
        ("甲醇", "methanol"), ("其他", "other"), ("diesel", "diesel"), ("gas", "gas"),
    ],
)  # fmt: skip
def test_energy_is_read_as_clerks_write_it(text: str, energy: str) -> None:
    assert energy_of(text) == energy


@pytest.mark.parametrize("text", ["汽油/柴油", "柴油、天然气", "国六", "豆油"])
def test_energy_is_never_guessed(text: str) -> None:
    assert energy_of(text) not in Energy.values


@pytest.mark.usefixtures("_regions")
def test_ledger_brings_energy_mass_and_trailer() -> None:
    rows = [TRACTOR, LIGHT, TRAILER]
    assert outcome(bring(sheet(rows, HEADS), source="车辆台账"), "vehicle") == {"created": 3}
    assert outcome(bring(sheet(rows[::-1], HEADS), source="车辆台账"), "vehicle") == {"unchanged": 3}
    cards = {card.plate: card for card in VehicleCard.objects.all()}
    tractor, light, trailer = (cards[row[0]] for row in (TRACTOR, LIGHT, TRAILER))
    assert (tractor.energy, tractor.gross_mass, tractor.trailer_plate) == ("diesel", Decimal(18), "陕G1234挂")
    assert (light.energy, light.gross_mass, light.tonnage) == ("plug_in", Decimal("4.5"), Decimal("1.49"))
    assert (trailer.trailer, trailer.gross_mass, trailer.tonnage) == (True, Decimal(40), Decimal("32.5"))
    assert not tractor.trailer


@pytest.mark.usefixtures("_regions")
def test_same_plate_of_another_colour_is_another_vehicle() -> None:
    for colour, energy in (("黄", "柴油"), ("蓝", "汽油")):
        register_vehicle(
            actor=CLERK, region=ZIYANG, raw={"plate": "陕G12345", "plate_colour": colour, "energy": energy}
        )
    assert Vehicle.objects.count() == 2
    assert {(card.colour, card.energy) for card in VehicleCard.objects.all()} == {
        ("2", "diesel"),
        ("1", "petrol"),
    }


@pytest.mark.usefixtures("_regions")
@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ({"gross_mass": "很重"}, ("gross_mass", "cell.mass")),
        ({"gross_mass": "900000"}, ("gross_mass", "cell.mass")),
        ({"tonnage": "0"}, ("tonnage", "cell.mass")),
        ({"trailer_plate": "陕G54321"}, ("trailer_plate", "cell.no_trailer")),
        ({"energy": "豆油"}, ("energy", "vehicle.energy_unknown")),
    ],
)
def test_what_no_vehicle_has_is_refused(raw: dict[str, str], code: tuple[str, str]) -> None:
    with pytest.raises(RowRefused) as refusal:
        register_vehicle(actor=CLERK, region=ZIYANG, raw={"plate": "陕G12345", **raw})
    assert [(problem.field, problem.fault.code) for problem in refusal.value.problems] == [code]


@pytest.mark.usefixtures("_regions")
def test_list_and_file_show_and_narrow(client: Client) -> None:
    bring(sheet([TRACTOR, LIGHT, TRAILER], HEADS), source="车辆台账")

    def plates(**query: str) -> list[str]:
        return [card.plate for card in vehicle_list(scope_of(ZIYANG), Filters.of(query))]

    assert plates(energy="diesel") == ["陕G12345"]
    assert plates(mass="light") == ["陕G54321"]
    assert len(plates(mass="heavy")) == 2
    assert plates(trailer="yes") == ["陕G1234挂"]
    reader = logged_in(client, user_with("clerk", ZIYANG))
    page = reader.get(reverse("people:vehicle_list"), {"energy": "diesel"}).content.decode()
    assert "柴油" in page
    tractor = VehicleCard.objects.get(plate="陕G12345")
    assert (
        "陕G1234挂"
        in reader.get(reverse("people:vehicle_detail", args=[tractor.vehicle_id])).content.decode()
    )
