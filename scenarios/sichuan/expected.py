"""What S4 states about 四川省, and what each workbook must come to. The sums are written by hand, apart from the generator.

With more than two hundred workbooks the figures of each come from the plan (arithmetic, no dice); the tests hold the
plan's sums against `TOTALS`.
"""

from collections.abc import Mapping

from scenarios.common.model import Figures, Stated
from scenarios.meigu.expected import FIGURES as MEIGU
from scenarios.sichuan.counties import CITY_NAMES, ledger_name
from scenarios.sichuan.plan import Plan

TOTALS = Figures(rows=38_686, created=37_881, joined=554, unresolved=2, refused=249)
"""created: 1,195 firms, 15,936 vehicles and 19,545 persons of the counties, 391 persons of the cities' lists, 681 of the province's
list, and the 133 of 美姑县."""
WORDING = "形成省市县三级全面覆盖、上下贯通的工作体系"


def stated(plan: Plan) -> tuple[Stated, ...]:
    """The numbers of a plan: all cities, all counties, and everybody once, however many lists have him."""
    counties = len(plan.shares) + int(plan.whole)
    return (
        Stated("cities", "S4", WORDING, "有人员在册的市（州）", len(plan.by_city)),
        Stated("counties", "S4", WORDING, "有人员在册的县（市、区）", counties),
        Stated(
            "persons", "S4", WORDING, f"全省在册人员，在县、市、省几处登记的只算一人（演示规模 {plan.scale}）", plan.persons,
            rows="person",
        ),
    )  # fmt: skip


def figures(plan: Plan) -> Mapping[str, Figures]:
    """What each workbook of a plan must come to."""
    found = {ledger_name(share.county): share.figures() for share in plan.shares}
    for code, count in plan.by_city.items():
        found[f"{CITY_NAMES[code]}网约车司机.csv"] = Figures(rows=count, created=count)
    if plan.by_province:
        found["四川省网络货运平台司机.csv"] = Figures(rows=plan.by_province, created=plan.by_province)
    return {**found, **(MEIGU if plan.whole else {})}
