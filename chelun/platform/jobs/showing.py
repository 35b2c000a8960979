"""Jobs as the values that pages show: rows of a table, lines of facts, words and tones of states."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from django.urls import resolve, reverse
from django.utils.translation import gettext as _

from chelun.core.actors import Actor
from chelun.core.health import SYSTEM, WORK, HealthCheck, Reading
from chelun.core.pages import rule_of
from chelun.core.ui import Address, Cell, Column, Fact, Row, Table, minute, number
from chelun.core.ui.tables import CellLike
from chelun.platform.accounts.selectors.names import person_names
from chelun.platform.jobs.choices import State
from chelun.platform.jobs.kinds import DAILY, DAILY_KIND, JOB_KINDS
from chelun.platform.jobs.models import Job
from chelun.platform.regions.selectors import name_of

TONES = {
    State.QUEUED: "idle",
    State.RUNNING: "info",
    State.DONE: "ok",
    State.FAILED: "bad",
    State.CANCELLED: "warn",
}


def kind_label(job: Job) -> str:
    """What kind of work it is, in words; the kind's name when this version does not know it."""
    kind = JOB_KINDS.get(job.kind)
    return str(kind.label) if kind else job.kind


def title_of(job: Job) -> str:
    """What the job is called: daily work in the reader's language, other work as whoever asked for it read it."""
    work = DAILY.get(job.params.get("name", "")) if job.kind == DAILY_KIND else None
    return str(work.label) if work else job.title


def place_label(job: Job) -> str:
    """The name of the place that the job concerns; '' when it concerns none."""
    code = job.township or job.county or job.city or job.province
    return name_of(code) if code else ""


def counted(job: Job) -> str:
    """«1,200 / 5,000», «1,200» when the total is not known, '' when nothing was counted."""
    if job.total:
        return f"{number(job.done)} / {number(job.total)}"
    return number(job.done) if job.done else ""


def result_url(job: Job, reader: Actor) -> str:
    """The page that shows what a finished job made; '' when there is none, or none that the reader may open."""
    kind = JOB_KINDS.get(job.kind)
    url = kind.url(job) if kind and kind.url and job.state == State.DONE else ""
    rule = rule_of(resolve(urlsplit(url).path).func) if url else None
    return url if rule and (not rule.permission or reader.has(rule.permission)) else ""


def job_table(jobs: Sequence[Job], address: Address) -> Table:
    """The list of jobs."""
    columns = [
        Column("title", _("任务"), wide=True, fixed=True),
        Column("state", _("状态")),
        Column("counted", _("进度"), numeric=True),
        Column("place", _("地区")),
        Column("owner", _("提交人")),
        Column("created", _("提交时间"), code=True),
        Column("finished", _("结束时间"), extra=True),
    ]
    who = person_names(job.owner_name for job in jobs)
    return Table(_("后台任务"), columns, [_row(job, who[job.owner_name]) for job in jobs], address)


def health_tables(readings: Sequence[tuple[HealthCheck, Reading]]) -> list[tuple[str, Table]]:
    """What was looked at, by group, with what to do where it is not well."""
    words = {"ok": _("正常"), "warn": _("留意"), "bad": _("要处理")}
    groups = {SYSTEM: _("系统"), WORK: _("工作")}
    columns = [
        Column("check", _("项目")),
        Column("state", _("状态")),
        Column("reading", _("现状")),
        Column("act", _("怎么办"), wide=True),
    ]
    tables = []
    for group, heading in groups.items():
        rows = [
            Row([str(check.label), Cell(words[found.tone], tone=found.tone), found.text,
                 "" if found.tone == "ok" else str(check.act)], key=check.name)
            for check, found in readings
            if check.group == group
        ]  # fmt: skip
        tables.append((heading, Table(heading, columns, rows)))
    return tables


def job_facts(job: Job) -> list[Fact]:
    """What is known of one job."""
    return [
        Fact(_("种类"), kind_label(job)),
        Fact(_("地区"), place_label(job)),
        Fact(_("提交人"), person_names([job.owner_name])[job.owner_name]),
        Fact(_("提交时间"), minute(job.created_at)),
        Fact(_("开始时间"), minute(job.started_at)),
        Fact(_("结束时间"), minute(job.finished_at)),
        Fact(_("任务编号"), str(job.pk)),
    ]


def _row(job: Job, owner: str) -> Row:
    cells: list[CellLike] = [
        Cell(title_of(job), reverse("jobs:job_detail", args=[job.pk]), note=kind_label(job)),
        Cell(job.get_state_display(), tone=TONES[State(job.state)], note=job.error or job.message),
        counted(job),
        place_label(job),
        owner,
        minute(job.created_at),
        minute(job.finished_at),
    ]
    return Row(cells, key=str(job.pk))
