"""People at work while an import runs: acts as a browser makes them, each a whole request. Importable once Django is set up.

What is measured is the time to the answer, and how much of it was spent in the database: on SQLite to begin a write,
which is the wait for whoever writes; on PostgreSQL in all statements, among which are the waits for locks.
"""

import json
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import count, cycle
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from chelun.engines.ids import make_id_number
from chelun.people.models import PersonCard
from chelun.people.services.door import register_person
from chelun.platform.accounts.models import Grant, User
from chelun.platform.sheets.choices import WORKING_STATES, ImportState
from chelun.platform.sheets.models import SheetImport

PASSWORD = "Renmen-zai-gongzuo-2026"
HERE, THERE = "jingban", "linxian"
"""The log-in names of a clerk of the county whose roster comes in, and of one of another county."""
SOURCE = "窗口台账"
ROWS = 40
SETTLED_SECONDS = 60
WRITES = ("BEGIN ", "INSERT", "UPDATE", "DELETE")


@dataclass(frozen=True, slots=True)
class Taken:
    """How long one act took: when it began (epoch seconds), the seconds to the answer, those of waiting, its status."""

    act: str
    at: float
    seconds: float
    waited: float
    status: int


def settle_crowd(here: str, there: str) -> User:
    """The two clerks, and somebody on file whose page is opened; returns the clerk of the first county."""
    for name, place in ((HERE, here), (THERE, there)):
        user = User.objects.create_user(name, person_name=name, password=PASSWORD)
        Grant.objects.create(user=user, role="clerk", node_key=place)
    clerk = User.objects.get(username=HERE)
    register_person(actor=clerk, region=here, raw={"name": "先来者", "phone": "19900000000"})
    return clerk


class Crowd:
    """A few people who act in turn. `serial` keeps what they bring apart from what other processes bring."""

    def __init__(self, serial: int) -> None:
        self._numbers = count(serial * 1_000_000)
        self._waited = 0.0
        self._here, self._there = self._browser(HERE), self._browser(THERE)
        first = PersonCard.objects.get(name="先来者").person_id
        self._file = reverse("people:person_detail", args=[first])
        self.acts: dict[str, Callable[[], int]] = {
            "login": self.login, "entry": self.entry, "view": self.view, "poll": self.poll,
            "cockpit": self.cockpit, "upload": self.upload,
        }  # fmt: skip

    def take(self, act: str) -> Taken:
        """One act, measured."""
        at, started, self._waited = time.time(), time.perf_counter(), 0.0
        with connection.execute_wrapper(self._watch):
            status = self.acts[act]()
        return Taken(act, at, time.perf_counter() - started, self._waited, status)

    def _watch(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        """Add up what statements take that may have to wait."""
        begins = connection.vendor == "postgresql" or (not connection.in_atomic_block and sql[:6] in WRITES)
        started = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            self._waited += (time.perf_counter() - started) * begins

    def login(self) -> int:
        """Name and password."""
        return self._logged_in(_client(), HERE)

    def entry(self) -> int:
        """A person by the form, in the county whose roster comes in."""
        return self._here.post(reverse("people:person_new"), self._person()).status_code

    def view(self) -> int:
        """The list of persons, and a file, whose opening is written down."""
        listed = self._here.get(reverse("people:person_list")).status_code
        opened = self._here.get(self._file).status_code
        return max(listed, opened)

    def poll(self) -> int:
        """The progress of the import that is at work."""
        mine = SheetImport.objects.filter(state__in=WORKING_STATES, county=self._region(HERE))
        found = mine.order_by("-created_at").first()
        if found is None:
            return 200
        here = reverse("sheets:import_detail", args=[found.pk])
        return self._here.get(here, headers={"HX-Request": "true"}).status_code

    def cockpit(self) -> int:
        """The numbers of the county."""
        return self._here.get(reverse("cockpit:own_region"), follow=True).status_code

    def upload(self) -> int:
        """A short roster of another county, brought in at once."""
        heads = "姓名,身份证号,联系电话,工种,所属企业\n"
        rows = "".join(",".join(self._person().values()) + "\n" for _ in range(ROWS))
        file = SimpleUploadedFile(f"花名册{next(self._numbers)}.csv", (heads + rows).encode())
        form = {
            "file": file,
            "source": SOURCE,
            "region": self._region(THERE),
            "as_of": localdate().isoformat(),
        }
        sent = self._there.post(reverse("sheets:import_new"), form)
        if sent.status_code != 302:
            return sent.status_code
        import_id = sent["Location"].rstrip("/").rpartition("/")[2]
        self._settled(import_id)
        published = self._there.post(reverse("sheets:import_publish", args=[import_id])).status_code
        return published if self._settled(import_id) == ImportState.PUBLISHED else 500

    def _settled(self, import_id: str) -> str:
        """An import's state when no step is at work: the worker may have taken a step up before this process could."""
        states = SheetImport.objects.filter(pk=import_id).values_list("state", flat=True)
        until = time.monotonic() + SETTLED_SECONDS
        while (state := states.get()) in WORKING_STATES and time.monotonic() < until:
            time.sleep(0.02)
        return state

    def _person(self) -> dict[str, str]:
        number = next(self._numbers)
        days, sequence = divmod(number, 1000)
        birth = localdate().replace(year=1960, month=1, day=1)
        born = birth.fromordinal(birth.toordinal() + days % 14_000)
        return {
            "name": "赵" + "甲乙丙丁戊己庚辛壬癸"[number % 10], "id_number": make_id_number("610999", born, sequence),
            "phone": f"199{number % 10**8:08d}", "kinds": "货车", "enterprise": f"示例{number % 7}货运有限公司",
        }  # fmt: skip

    def _region(self, name: str) -> str:
        return str(Grant.objects.values_list("node_key", flat=True).get(user__username=name))

    def _browser(self, name: str) -> Client:
        browser = _client()
        assert self._logged_in(browser, name) == 302
        return browser

    def _logged_in(self, browser: Client, name: str) -> int:
        form = {"username": name, "password": PASSWORD}
        return browser.post(reverse("accounts:login"), form).status_code


def _client() -> Client:
    return Client(SERVER_NAME="localhost")


def act_until_ended(path: Path, serial: int, acts: Sequence[str], pause: float) -> None:
    """Act in turn, with a pause between two acts, and append a line for each."""
    crowd = Crowd(serial)
    with path.open("a", encoding="utf-8", buffering=1) as file:
        for act in cycle(acts):
            file.write(json.dumps(asdict(crowd.take(act))) + "\n")
            time.sleep(pause)


def read_taken(paths: Sequence[Path]) -> Iterator[Taken]:
    """All that was written by the processes so far."""
    for path in paths:
        for line in path.read_text("utf-8").splitlines() if path.exists() else ():
            if line.endswith("}"):
                yield Taken(**json.loads(line))
