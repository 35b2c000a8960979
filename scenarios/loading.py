"""Loading an example place from a page, as a job: with progress, to be cancelled and to be gone on with. Only in the demo."""

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chelun.core.actors import Actor
from chelun.core.errors import NotFound, Refused
from chelun.platform.jobs.context import JobContext
from chelun.platform.jobs.models import Job
from chelun.platform.jobs.selectors import live_job
from chelun.platform.jobs.services import enqueue
from chelun.platform.regions.selectors import placed
from scenarios.accounts import clerk_of
from scenarios.check import check_imports
from scenarios.load import load_place
from scenarios.places import PLACES, Place

KIND = "scenarios.load"
KIND_LABEL = gettext_lazy("载入示例")
PERMISSION = "jobs.manage"


def ask_for_loading(*, actor: Actor, name: str) -> Job:
    """Have a place loaded; who asks again waits for the same job. Refused outside the demo, NotFound for a place that is none."""
    check_demo()
    place = PLACES.get(name)
    if place is None:
        raise NotFound
    title = _("载入示例：{place}").format(place=place.label)
    params = {"place": name}
    return enqueue(
        actor=actor, kind=KIND, title=title, params=params, region=placed(place.region), dedupe=name
    )


def run(context: JobContext) -> Mapping[str, Any]:
    """The job: workbook by workbook. What was brought in before stays as it is, so it may be cut off and begun again."""
    check_demo()
    place = PLACES[context.params["place"]]
    total, done = len(place.figures), 0
    context.progress(0, total, _("写出工作簿"))
    with tempfile.TemporaryDirectory(prefix="chelun-") as folder:
        for info, _import in load_place(actor=clerk_of(place), place=place, folder=Path(folder)):
            done += 1
            context.progress(done, total, info.path.name)
    return {"place": place.name, "files": done}


def loading_job(place: Place) -> Job | None:
    """The job that loads a place now."""
    return live_job(kind=KIND, dedupe=place.name)


def loaded_files(place: Place) -> int:
    """How many of a place's workbooks are in."""
    return sum(each.found is not None for each in check_imports(place))


def check_demo() -> None:
    """Raise unless this is the demo: no installation with real persons ever takes invented ones in."""
    if not settings.CHELUN_DEMO:
        raise Refused("scenarios.demo", _("这里不是演示环境，不能载入虚构的人员和账号。"))
