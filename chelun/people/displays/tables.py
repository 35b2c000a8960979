"""Cards as rows of the three lists, and of the waiting queue."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from chelun.core.ui import Address, Cell, Column, Row, Table, day, listed
from chelun.people.addresses import address_of, veil
from chelun.people.displays.words import (
    KindNames,
    colour_name,
    fact_masked,
    fact_text,
    kind_name,
    missing_names,
    place_name,
)
from chelun.people.models import EnterpriseCard, PersonCard, VehicleCard
from chelun.people.services.intake.ledger import open_facts
from chelun.platform.regions.selectors import name_of

Keys = Mapping[UUID, bytes]


def person_table(
    cards: Sequence[PersonCard], keys: Keys, kinds: KindNames, address: Address, *, one_place: bool = False
) -> Table:
    """Persons; ID number and telephone masked. Where all are of one county, its name shows only when chosen."""
    columns = [
        Column("name", _("姓名"), fixed=True),
        Column("kind", _("工种")),
        Column("firm", _("企业或平台"), wide=True),
        Column("plate", _("车牌"), code=True),
        Column("id_number", _("身份证号"), code=True),
        Column("phone", _("手机号"), code=True),
        Column("place", _("所属地区"), extra=one_place),
        Column("as_of", _("数据日期"), code=True),
        Column("missing", _("缺项")),
        Column("sex", _("性别"), extra=True),
        Column("birth", _("出生年"), numeric=True, extra=True),
        Column("household", _("户籍地区"), extra=True),
        Column("township", _("乡镇"), extra=True),
        Column("sources", _("来源数"), numeric=True, extra=True),
    ]
    return Table(_("人员名单"), columns, [_person_row(card, keys, kinds) for card in cards], address)


def _person_row(card: PersonCard, keys: Keys, kinds: KindNames) -> Row:
    secret = open_facts(keys.get(card.person_id), bytes(card.sealed))
    url = address_of("people:person_detail", card.person_id)
    note = "" if card.has_id else _("无身份证号")
    missing = missing_names("person", card.missing)
    more = [kind for kind in card.more_kinds.split(",") if kind]
    return Row([
        Cell(card.name, url, note=note),
        listed(kind_name(kind, kinds) for kind in (card.kind, *more) if kind),
        _firm_cell(card.enterprise_id, card.enterprise_name, card.platform),
        card.plate,
        fact_masked("id_number", secret.get("id_number")),
        fact_masked("phones", (secret.get("phones") or [])[:1]),
        place_name(card.home),
        day(card.as_of),
        Cell(missing, tone="warn") if missing else Cell(_("齐全"), tone="ok"),
        fact_text("sex", card.sex, kinds),
        str(card.birth_year or ""),
        name_of(card.household) if card.household else "",
        name_of(card.township) if card.township else "",
        str(card.sources),
    ])  # fmt: skip


def _firm_cell(firm: UUID | None, name: str, platform: str) -> Cell | str:
    if firm and name:
        note = "" if platform == name else platform
        return Cell(name, address_of("people:enterprise_detail", firm), note=note)
    return name or platform


def enterprise_table(
    cards: Sequence[EnterpriseCard],
    staff: Mapping[UUID, int],
    kinds: KindNames,
    address: Address,
    *,
    one_place: bool = False,
) -> Table:
    """Firms, with the number of their staff on file beside what they stated."""
    columns = [
        Column("name", _("企业名称"), wide=True, fixed=True),
        Column("uscc", _("统一社会信用代码"), code=True),
        Column("kind", _("行业类别")),
        Column("status", _("经营状况"), code=True),
        Column("staff", _("在册职工"), numeric=True),
        Column("stated", _("填报职工数"), numeric=True),
        Column("vehicles", _("填报车辆数"), numeric=True),
        Column("place", _("所属地区"), extra=one_place),
        Column("as_of", _("数据日期"), code=True),
        Column("missing", _("缺项")),
        Column("legal", _("法定代表人"), extra=True),
        Column("address", _("地址"), extra=True),
        Column("sources", _("来源数"), numeric=True, extra=True),
    ]
    rows = [_enterprise_row(card, staff.get(card.enterprise_id, 0), kinds) for card in cards]
    return Table(_("企业名单"), columns, rows, address)


def _enterprise_row(card: EnterpriseCard, staff: int, kinds: KindNames) -> Row:
    people = f"{reverse('people:person_list')}?enterprise={veil(card.enterprise_id)}"
    note = _("没有台账") if card.mentioned_only else ""
    missing = missing_names("enterprise", card.missing)
    return Row([
        Cell(card.name, address_of("people:enterprise_detail", card.enterprise_id), note=note),
        card.uscc,
        kind_name(card.kind, kinds) if card.kind else "",
        fact_text("status", card.status, kinds),
        Cell(str(staff), people) if staff else "0",
        "" if card.staff_stated is None else str(card.staff_stated),
        "" if card.vehicles_stated is None else str(card.vehicles_stated),
        place_name(card.home),
        day(card.as_of),
        Cell(missing, tone="warn") if missing else Cell(_("齐全"), tone="ok"),
        card.legal_representative,
        card.address,
        str(card.sources),
    ])  # fmt: skip


def vehicle_table(
    cards: Sequence[VehicleCard], kinds: KindNames, address: Address, *, one_place: bool = False
) -> Table:
    """Vehicles."""
    columns = [
        Column("plate", _("车牌号"), fixed=True),
        Column("colour", _("车牌颜色")),
        Column("kind", _("用途")),
        Column("type", _("车辆类型")),
        Column("energy", _("能源类型")),
        Column("gross_mass", _("总质量（吨）"), numeric=True),
        Column("tonnage", _("核定载质量（吨）"), numeric=True, extra=True),
        Column("trailer", _("挂车车牌"), code=True, extra=True),
        Column("firm", _("所属企业"), wide=True),
        Column("place", _("所属地区"), extra=one_place),
        Column("as_of", _("数据日期"), code=True),
        Column("missing", _("缺项")),
        Column("sources", _("来源数"), numeric=True, extra=True),
    ]
    return Table(_("车辆名单"), columns, [_vehicle_row(card, kinds) for card in cards], address)


def _mass(tonnes: Decimal | None) -> str:
    return f"{tonnes.normalize():f}" if tonnes else ""


def _vehicle_row(card: VehicleCard, kinds: KindNames) -> Row:
    notes = [_("没有台账")] if card.mentioned_only else []
    note = listed([*notes, *([_("挂车")] if card.trailer else [])])
    missing = missing_names("vehicle", card.missing)
    return Row([
        Cell(card.plate, address_of("people:vehicle_detail", card.vehicle_id), note=note),
        colour_name(card.colour) if card.colour else "",
        kind_name(card.kind, kinds) if card.kind else "",
        card.vehicle_type,
        fact_text("energy", card.energy, kinds),
        _mass(card.gross_mass),
        _mass(card.tonnage),
        card.trailer_plate,
        _firm_cell(card.enterprise_id, card.enterprise_name, ""),
        place_name(card.home),
        day(card.as_of),
        Cell(missing, tone="warn") if missing else Cell(_("齐全"), tone="ok"),
        str(card.sources),
    ])  # fmt: skip
