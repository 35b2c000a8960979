"""The papers of the trade: who holds which, how its number is read, how long it holds, how it stands on a day, what to do next.

What is said of terms and materials comes from texts that were not checked against today's law, unless `verified` says so.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from chelun.engines.faults import N_, Fault
from chelun.engines.ids import (
    Absent,
    Certificate,
    read_driving_number,
    read_paper_number,
    read_qualification,
    read_transport_number,
)
from chelun.people.choices import PaperKind, PaperState, PaperStatus, Presence

PERSON, ENTERPRISE, VEHICLE = "person", "enterprise", "vehicle"
NO_END = date.max
"""The last day of a paper that has none, or of which none is known."""
DAY, FOR_EVER, UNKNOWN = "day", "ever", "unknown"
Read = Callable[[str, str | None], Certificate | Absent | Fault]
"""(cell, the holder's ID number where it is known) → the number, why there is none, or what is wrong."""


@dataclass(frozen=True, slots=True)
class Term:
    """For how many years a paper holds, from which day on this was the rule, and where that is said."""

    years: int
    since: date
    source: str
    verified: bool = False


@dataclass(frozen=True, slots=True)
class Renewal:
    """What to do when a paper runs out: the act, its materials, where, and how many days before at the latest (0: not known)."""

    act: str
    office: str
    materials: tuple[str, ...] = ()
    days_before: int = 0
    verified: bool = False


@dataclass(frozen=True, slots=True)
class Paper:
    """A kind of paper. `several`: somebody may hold more than one, told apart by their numbers. `light`: not needed up to 4.5 t."""

    holder: str
    read: Read
    renewal: Renewal
    light: bool = False
    several: bool = False
    endless: bool = False
    terms: tuple[Term, ...] = field(default=())


def _qualification(cell: str, id_number: str | None) -> Certificate | Absent | Fault:
    return read_qualification(cell, id_number=id_number)


def _driving(cell: str, id_number: str | None) -> Certificate | Absent | Fault:
    return read_driving_number(cell, id_number=id_number)


def _transport(cell: str, id_number: str | None) -> Certificate | Absent | Fault:
    return read_transport_number(cell)


def _free(cell: str, id_number: str | None) -> Certificate | Absent | Fault:
    return read_paper_number(cell)


_COUNTY = N_("县级交通运输主管部门（政务服务大厅的交通窗口）")
_CITY = N_("负责出租汽车管理的交通运输主管部门（政务服务大厅的交通窗口）")
_FORM, _AGENT = N_("申请表"), N_("代办的，委托书")
_LICENCE, _REGISTRATION = N_("行驶证"), N_("机动车登记证书")
_TEST = N_("检测报告（含技术等级）")
_BUSINESS = N_("营业执照或身份证")

PAPERS: Mapping[str, Paper] = {
    PaperKind.QUALIFICATION: Paper(
        PERSON,
        _qualification,
        Renewal(
            N_("换证"), N_("发证的交通运输主管部门"),
            (_FORM, N_("原从业资格证"), N_("驾驶证"), N_("身份证"), N_("不在户籍地办的，居住证明")), 30,
        ),
        light=True,
        terms=(Term(6, date(2007, 3, 1), N_("道路运输从业人员管理规定（旧文本）")),),
    ),
    PaperKind.DRIVING: Paper(
        PERSON, _driving, Renewal(N_("期满换证"), N_("公安机关交通管理部门")),
    ),
    PaperKind.RIDE_DRIVER: Paper(
        PERSON,
        _free, Renewal(N_("换证"), _CITY),
    ),
    PaperKind.TAXI_DRIVER: Paper(
        PERSON,
        _free, Renewal(N_("换证"), _CITY),
    ),
    PaperKind.SKILL: Paper(
        PERSON, _free,
        Renewal(N_("报名参加更高等级的评价"), N_("发证的评价机构")), several=True, endless=True,
    ),
    PaperKind.OPERATION: Paper(
        ENTERPRISE,
        _transport, Renewal(N_("换发"), _COUNTY, (_FORM, N_("营业执照"), N_("原经营许可证"), _AGENT)), light=True,
    ),
    PaperKind.RIDE_PLATFORM: Paper(
        ENTERPRISE, _free, Renewal(N_("延续许可"), _CITY),
    ),
    PaperKind.EXPRESS: Paper(
        ENTERPRISE, _free, Renewal(N_("延续许可"), N_("邮政管理部门")),
    ),
    PaperKind.TRANSPORT: Paper(
        VEHICLE, _transport,
        Renewal(N_("换发（与年审一同办理）"), _COUNTY, (_FORM, _LICENCE, _REGISTRATION, N_("原道路运输证"), _BUSINESS, _TEST, _AGENT)),
        light=True,
    ),
    PaperKind.RIDE_VEHICLE: Paper(
        VEHICLE, _free,
        Renewal(
            N_("换发"), _CITY,
            (
                _FORM, N_("驾驶员证"), _LICENCE, _REGISTRATION, N_("保险单"), N_("性能检测报告"),
                N_("卫星定位和应急报警装置证明"), N_("与平台的协议"), N_("车辆照片"),
            ),
        ),
    ),
}  # fmt: skip
"""In the order in which they are offered: a person's, a firm's, a vehicle's."""


def kinds_of(holder: str) -> list[str]:
    """The kinds that a person, a firm or a vehicle may hold."""
    return [kind for kind, paper in PAPERS.items() if paper.holder == holder]


def end_of(kind: str, valid_to: str | None) -> tuple[date, str]:
    """(the last day, whether it is a day, for ever or not known)."""
    if valid_to:
        last = date.fromisoformat(valid_to)
        return last, FOR_EVER if last == NO_END else DAY
    return NO_END, FOR_EVER if PAPERS[kind].endless else UNKNOWN


def reckoned_end(kind: str, valid_from: date | None) -> tuple[date, Term] | None:
    """The last day that the rule for the kind gives, with the rule, where the paper itself is not known to say one."""
    rules = [term for term in PAPERS[kind].terms if valid_from and term.since <= valid_from]
    if not (rules and valid_from):
        return None
    term = max(rules, key=lambda each: each.since)
    year = valid_from.year + term.years
    try:
        same_day = valid_from.replace(year=year)
    except ValueError:
        same_day = date(year, 3, 1)
    return same_day - timedelta(days=1), term


def state_of(presence: str, status: str, term: str, valid_to: date, *, today: date, days: int) -> PaperState:
    """How a paper stands; `days` is how long before its end the place wants to be reminded. The last day itself still holds."""
    if presence != Presence.HELD:
        return PaperState.ABSENT
    if status != PaperStatus.IN_FORCE:
        return PaperState.STOPPED
    if term == UNKNOWN:
        return PaperState.UNDATED
    if valid_to < today:
        return PaperState.EXPIRED
    near = term == DAY and (valid_to - today).days <= days
    return PaperState.EXPIRING if near else PaperState.VALID
