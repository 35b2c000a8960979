"""The product as it is served, with a stop-watch around it: `granian … bench.served:application`.

Each answer says how long the server was at it, how much of that was its own computing, and how many statements it took.
`/bench/bare/` is the bare page: one query through the ORM, a line of HTML, none of our middleware.
"""

import time
from collections.abc import Callable, Iterable
from typing import Any

from django.apps import apps
from django.db import connection

from config.wsgi import application as product

Start = Callable[..., Any]
BARE = "/bench/bare/"


def application(environ: dict[str, Any], start_response: Start) -> Iterable[bytes]:
    """One request, measured."""
    if environ["PATH_INFO"] == BARE:
        return _bare(start_response)
    kept: dict[str, Any] = {"queries": 0}

    def keep(
        status: str, headers: list[tuple[str, str]], exc_info: Any = None, /
    ) -> Callable[[bytes], object]:
        kept.update(status=status, headers=headers)
        return len

    def count(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        kept["queries"] += not sql.startswith(("SAVEPOINT", "RELEASE", "BEGIN"))
        return execute(sql, params, many, context)

    begun, computing = time.perf_counter(), time.thread_time()
    with connection.execute_wrapper(count):
        answer = product(environ, keep)
        body = b"".join(answer)
        getattr(answer, "close", lambda: None)()
    told = [
        ("X-Took", f"{(time.perf_counter() - begun) * 1000:.1f}"),
        ("X-Computed", f"{(time.thread_time() - computing) * 1000:.1f}"),
        ("X-Queries", str(kept["queries"])),
    ]
    start_response(kept["status"], [*kept["headers"], *told])
    return [body]


def _bare(start_response: Start) -> Iterable[bytes]:
    name = (
        apps.get_model("people", "PersonCard")
        ._default_manager.order_by("id")
        .values_list("name", flat=True)
        .first()
    )
    start_response("200 OK", [("Content-Type", "text/html; charset=utf-8")])
    return [f"<!doctype html><title>bare</title><p>{len(name or '')}".encode()]
