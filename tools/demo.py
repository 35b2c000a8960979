"""`make demo`: the example places on 127.0.0.1:$PORT, with a worker beside the web server. Nothing of it is for real data.

`python -m tools.demo COMMAND …` runs any `chelun` command on the demo's data, for instance `scenario check ziyang`.
Data, keys and files lie in var/demo (the database where DATABASE_URL says, if it does). A database that holds anything
else is refused. What the places are and who may log in is the `scenario` command's matter, not ours.
"""

import contextlib
import hashlib
import http.client
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import FrameType

import django
from django.apps import apps
from django.core.management import CommandError, call_command, execute_from_command_line
from django.db import DatabaseError, connection

from chelun.core.crypto.keys import new_ring

ROOT = Path(__file__).resolve().parents[1]
DEMO = ROOT / "var" / "demo"
MARKER = "chelun_demo"
PLACES = ("ziyang", "meigu", "zhaoyuan", "yuhang")
TELL_SECONDS = 15.0


def say(text: str) -> None:
    """A line for whoever started the demo, at once."""
    print(text, flush=True)


def environment() -> dict[str, str]:
    """The demo's own settings; keys are made once and readable by the owner only."""
    DEMO.mkdir(parents=True, exist_ok=True)
    path = DEMO / "keys.json"
    if not path.exists():
        made = {"ring": new_ring("demo"), "secret": secrets.token_urlsafe(48)}
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            json.dump(made, file)
    kept = json.loads(path.read_text("utf-8"))
    return {
        "DJANGO_SETTINGS_MODULE": "config.settings.dev",
        "CHELUN_DEMO": "1",
        "CHELUN_VAR": str(DEMO),
        "DATABASE_URL": os.environ.get("DATABASE_URL") or f"sqlite:///{DEMO}/chelun.sqlite3",
        "CHELUN_KEYS": kept["ring"],
        "CHELUN_SECRET_KEY": kept["secret"],
    }


def claim_database(keys: str) -> str:
    """Mark an empty database as the demo's. Returns '' or, for any other database, why it is refused."""
    fingerprint = hashlib.sha256(keys.encode()).hexdigest()
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        if not tables:
            cursor.execute(f"CREATE TABLE {MARKER} (keys varchar(64))")
            cursor.execute(f"INSERT INTO {MARKER} VALUES (%s)", [fingerprint])
            return ""
        if MARKER not in tables:
            return "数据库里已有别的数据，演示不会动它。请换一个空库，或去掉 DATABASE_URL。/ The database is not empty."
        cursor.execute(f"SELECT keys FROM {MARKER}")
        row = cursor.fetchone()
    if row is None or row[0] != fingerprint:
        return (
            f"演示库的密钥与 {DEMO}/keys.json 不符。请删去演示库和 {DEMO} 后重来。/ The demo's keys are gone."
        )
    return ""


def is_claimed() -> bool:
    """Whether the database is a demo's at all."""
    with connection.cursor() as cursor:
        return MARKER in connection.introspection.table_names(cursor)


def prepare() -> None:
    """Bring tables, regions, assets and the example places in; what is there already is left as it is."""
    call_command("migrate", verbosity=0, interactive=False)
    if not apps.get_model("regions", "Region")._default_manager.exists():
        say("载入区划代码 / regions")
        call_command("regions", "load")
    call_command("collectstatic", verbosity=0, interactive=False)
    for name in PLACES:
        say(f"\n载入 {name} / place")
        call_command("scenario", "load", name, once=True)
        check_place(name)
    call_command("compute")


def check_place(name: str) -> None:
    """Count a place. A number that differs is told, and the demo goes on: whoever looks may want to see why."""
    try:
        call_command("scenario", "check", name)
    except CommandError as error:
        say(f"{error}")


def port_is_free(port: int) -> bool:
    """Whether nobody listens on the port of 127.0.0.1."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def answers(port: int) -> bool:
    """Whether the log-in page is served."""
    try:
        door = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        door.request("GET", "/")
        return door.getresponse().status < 500
    except (OSError, http.client.HTTPException):
        return False


@contextlib.contextmanager
def running(port: int) -> Iterator[list["subprocess.Popen[bytes]"]]:
    """A worker and a web server; both are stopped at the end."""
    web = ["granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--workers", "2"]
    web += ["--blocking-threads", "1", "--workers-kill-timeout", "5", "--log-level", "warning"]
    web += ["config.wsgi:application"]
    worker = ["config.cli", "worker"]
    processes = [
        subprocess.Popen(
            [sys.executable, "-m", *command], cwd=ROOT, stdout=subprocess.DEVNULL, start_new_session=True
        )
        for command in (web, worker)
    ]
    try:
        yield processes
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(15)
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)


def answered(port: int, processes: Sequence["subprocess.Popen[bytes]"], told: threading.Event) -> bool:
    """Wait for the log-in page as long as both processes live and nobody stops it; now and then it is said for what."""
    since = said = time.monotonic()
    while not answers(port):
        if told.wait(0.2) or any(process.poll() is not None for process in processes):
            return False
        now = time.monotonic()
        if now - said >= TELL_SECONDS:
            said = now
            say(
                f"还在等登录页面打开（{now - since:.0f} 秒，机器忙时会慢些，Ctrl-C 停止）。/ Waiting for the log-in page."
            )
    return True


def serve(port: int, started: float) -> int:
    """Serve until Ctrl-C or until one of the processes ends by itself."""
    told = threading.Event()

    def stop(number: int, frame: FrameType | None) -> None:
        told.set()

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)
    with running(port) as processes:
        if not answered(port, processes, told):
            say("服务没有起来，请看上面的提示。/ The service did not start.")
            return 1
        say(f"\n演示已就绪 / ready: http://127.0.0.1:{port}/  ({time.monotonic() - started:.0f} s)")
        say(f"通行密钥只认主机名 / passkeys work by name alone: http://localhost:{port}/")
        call_command("scenario", "logins")
        say("\n新的验证码 / new codes: .venv/bin/python -m tools.demo scenario logins")
        say("全省（两万人，约几分钟）/ the province: .venv/bin/python -m tools.demo scenario load sichuan")
        say(f"各地的工作簿 / workbooks: {DEMO}/scenarios")
        say("Ctrl-C 停止 / stops.")
        while not told.wait(1.0):
            if any(process.poll() is not None for process in processes):
                say("有一个进程自己停了，演示结束。/ A process ended by itself.")
                return 1
    return 0


def main(arguments: Sequence[str] = ()) -> int:
    """Prepare and serve, or run a command; a sentence and 1 when the database or the port is somebody else's."""
    os.environ.update(environment())
    os.chdir(ROOT)
    if arguments:
        return command(arguments)
    started, port = time.monotonic(), int(os.environ.get("PORT") or 8000)
    if not port_is_free(port):
        say(f"端口 {port} 已被占用，请用 PORT=8001 make demo 换一个。/ The port is taken.")
        return 1
    django.setup()
    refusal = reached(lambda: claim_database(os.environ["CHELUN_KEYS"]))
    if refusal:
        say(refusal)
        return 1
    prepare()
    connection.close()
    return serve(port, started)


def command(arguments: Sequence[str]) -> int:
    """One `chelun` command on the demo's data."""
    django.setup()
    refusal = reached(lambda: "" if is_claimed() else "还没有演示数据，请先运行 make demo。/ No demo yet.")
    if refusal:
        say(refusal)
        return 1
    execute_from_command_line(["chelun", *arguments])
    return 0


def reached(question: Callable[[], str]) -> str:
    """The answer of the database, or a sentence when there is none."""
    try:
        return question()
    except DatabaseError as error:
        return f"连不上数据库（{type(error).__name__}），请检查 DATABASE_URL。/ No database."


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
