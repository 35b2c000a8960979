"""How long what is held of somebody is kept: the term of each declared table, as a setting of the place with a declared default.

A row has its own clock, follows another row, follows its subject's file, is cleared by daily work of its room, or is kept for good.
A place may only choose terms that are not shorter than the law asks for.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import Case, CharField, F, Q, When
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from chelun.platform.regions.place_settings import GROUPS, SETTINGS, Setting

Text = str | Promise
TERMS: Mapping[str, Text] = {
    "d30": _("30 天"), "m6": _("6 个月"), "y1": _("1 年"), "y2": _("2 年"), "y3": _("3 年"), "y5": _("5 年"),
    "y10": _("10 年"), "y30": _("30 年"),
}  # fmt: skip
"""Terms from the shortest to the longest."""
ORDER = tuple(TERMS)
GROUP = "retention"
GROUPS[GROUP] = (
    _("保存期限"),
    _(
        "过了期限的内容由每日工作找出来；两位个人信息保护专员开启之后才自动删除，开启之后缩短期限，要重新批准。"
    ),
)
ROWS, FILE, FOLLOWS, DAILY, NEVER = "rows", "file", "follows", "daily", "never"
FINEST = Case(
    When(~Q(county=""), then=F("county")), When(~Q(city=""), then=F("city")), default=F("province"),
    output_field=CharField(),
)  # fmt: skip
"""The finest place of a row that has level columns and no column of its own for it."""


@dataclass(frozen=True, slots=True)
class Term:
    """The term of one declared table; `kind` says whose clock counts.

    ROWS: its own, from the time in `clock` on, for the rows that are `over` (a request that was answered); `default` is a code
    of TERMS and `least` the shortest that the law allows. FILE: that of its subject's file. FOLLOWS: it goes with rows of
    the table `of`. DAILY: `told` says which daily work clears it. NEVER: `told` says why.
    """

    kind: str
    clock: str = ""
    default: str = ""
    least: str = "d30"
    of: str = ""
    told: Text = ""
    over: Q = field(default_factory=Q)


def own_clock(clock: str, default: str, *, least: str = "d30", over: Q | None = None) -> Term:
    """Rows that are kept for so long from a day of their own."""
    return Term(ROWS, clock=clock, default=default, least=least, over=over or Q())


def with_file() -> Term:
    """Rows that are kept as long as their subject's file in the place."""
    return Term(FILE)


def following(label: str) -> Term:
    """Rows that go with those of another declared table."""
    return Term(FOLLOWS, of=label)


def cleared_daily(told: Text) -> Term:
    """What is no more than the residue of work, cleared by its room without anybody's decision."""
    return Term(DAILY, told=told)


def kept_for_good(told: Text) -> Term:
    """What no day ends; why, in words."""
    return Term(NEVER, told=told)


def row_key(label: str) -> str:
    """The setting that holds the term of a table's rows."""
    return f"keep.{label}"


def file_key(kind: str) -> str:
    """The setting that holds the term of files of a kind of subject, from the day on which a source last named it."""
    return f"keep.{kind}"


def declare_rows(label: str, name: Text, term: Term) -> None:
    """The setting of a table whose rows have their own clock."""
    _declare(row_key(label), name, _("从办结、结束之日起算。"), term.default, term.least)


def declare_file(kind: str, name: Text, default: str, least: str = "y1") -> None:
    """The setting of the files of a kind of subject."""
    _declare(
        file_key(kind),
        name,
        _("从最后一次有来源提到起算，以数据日期和登记日期中较晚的为准。"),
        default,
        least,
    )


def _declare(key: str, name: Text, text: Text, default: str, least: str) -> None:
    choices = {code: TERMS[code] for code in ORDER[ORDER.index(least) :]}
    label = format_lazy("{} · {}", name, _("保存期限"))
    SETTINGS.add(key, Setting(key, "choice", label, text, default, GROUP, choices))


def longer(one: str, other: str) -> str:
    """The longer of two terms."""
    return max(one, other, key=ORDER.index)
