"""The worker process: a loop that takes back, schedules, claims and runs, until it is told to stop."""

import logging
import signal
import threading
from collections.abc import Callable
from types import FrameType

from django.db import DatabaseError, InterfaceError, close_old_connections, connection

from chelun.platform.jobs import execution, schedule
from chelun.platform.jobs.processes import own_name
from chelun.platform.jobs.rules import HEARTBEAT_EVERY

logger = logging.getLogger("chelun.jobs")
ROUNDS_SECONDS = 15.0
TROUBLE_SECONDS = 5.0


class Worker:
    """One process, one job at a time. Stops between steps when told (SIGTERM, SIGINT)."""

    def __init__(self, interval: float = 1.0) -> None:
        self.name = str(own_name())
        self.interval = interval
        self._stop = threading.Event()
        self._idle_since_round = ROUNDS_SECONDS

    def listen_to_signals(self) -> None:
        """Stop gracefully on SIGTERM and SIGINT: the running job ends at its next step and is queued again."""
        signal.signal(signal.SIGTERM, self._on_signal)
        signal.signal(signal.SIGINT, self._on_signal)

    def stop(self) -> None:
        """Ask the loop, and the job that runs, to end."""
        self._stop.set()

    def run(self) -> None:
        """Work until told to stop. A database that does not answer, or is full, is waited for."""
        heart = threading.Thread(target=self._beat_until_stopped, name="heartbeat", daemon=True)
        heart.start()
        while not self._stop.is_set():
            self._survive(self.step)
        self._stop.set()
        heart.join(timeout=HEARTBEAT_EVERY.total_seconds())

    def step(self) -> None:
        """One turn: rounds when due, then one job, or a short wait when there is none."""
        close_old_connections()
        self._rounds_if_due()
        job = execution.claim(self.name)
        if job is None:
            self._idle_since_round += self.interval
            self._stop.wait(self.interval)
            return
        self._idle_since_round = ROUNDS_SECONDS
        logger.info("job %s (%s) starts", job.pk, job.kind)
        execution.run_claimed(job, self._stop.is_set)

    def burst(self) -> int:
        """Take back, run everything that waits, and return how many jobs were run."""
        execution.sweep(self.name)
        return execution.run_waiting()

    def _rounds_if_due(self) -> None:
        if self._idle_since_round >= ROUNDS_SECONDS:
            self._idle_since_round = 0.0
            execution.sweep(self.name)
            schedule.enqueue_due()

    def _survive(self, act: Callable[[], None]) -> None:
        try:
            act()
        except (DatabaseError, InterfaceError, OSError) as error:
            logger.error("database trouble, trying again soon: %s", type(error).__name__)
            connection.close()
            self._idle_since_round = ROUNDS_SECONDS
            self._stop.wait(TROUBLE_SECONDS)

    def _beat_until_stopped(self) -> None:
        while not self._stop.wait(HEARTBEAT_EVERY.total_seconds()):
            try:
                execution.beat(self.name)
            except (DatabaseError, InterfaceError):
                logger.warning("a heartbeat could not be written")
                connection.close()
        connection.close()

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        self._stop.set()
