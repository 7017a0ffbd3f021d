"""Everything that is measured on one engine."""

import os
import re
import tempfile

from . import chat, growth, logins, statements
from .machine import allow_many_files, cores, program, run, tell
from .rounds import rounds_of
from .server import CLIENTS, Server, fill

CASES = {
    "page": "page of 20 expenses", "list": "list of 100 expenses", "create": "recording an expense",
    "record": "one expense by its identifier",
}
# What is compared with a statement of its own beside the statements of the whole request.
ALONE = ("list", "create")
STARTS = 9


def measure_sqlite(binaries, seconds):
    with tempfile.TemporaryDirectory(prefix="ease-bench-") as home:
        path = f"{home}/ease.db"
        url = f"sqlite://{path}"
        tell("SQLite: people, and a hundred expenses for each")
        with Server(binaries["ease"], home, url) as server:
            load, values, tokens = fill(binaries, home, server)
        tell("SQLite: starts")
        starts = []
        for _ in range(STARTS):
            with Server(binaries["ease"], home, url) as server:
                starts.append(server.start_seconds)
        found = {"starts": sorted(starts)}
        with Server(binaries["ease"], home, url) as server:
            load.server = server
            found["idle_kib"] = server.settled_memory_kib()
            for case, what in CASES.items():
                tell(f"SQLite: {what}")
                found.update(rounds_of({
                    case: lambda: load.send(case, seconds),
                    f"raw {case}": lambda: statements.sqlite(path, case, seconds, values[case]),
                }))
            found["peak_kib"] = server.memory_kib("VmHWM")
            found["growth"] = growth.measure(
                server, load, lambda owner: growth.fill_sqlite(path, owner, values["create"]), seconds
            )
            found["logins"] = logins.measure(load, seconds)
    return found


def measure_postgres(binaries, seconds):
    administrative = os.environ["TEST_DATABASE_URL"]
    name = f"ease_bench_{os.getpid()}"
    url = re.sub(r"^(\w+://[^/?]+)/?[^?]*", rf"\1/{name}", administrative)
    psql = program("psql")
    run(psql, "--quiet", administrative, "--command", f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'")
    try:
        with tempfile.TemporaryDirectory(prefix="ease-bench-") as home:
            found = measure_on_postgres(binaries, home, url, seconds)
        found["version"], found["fsync"] = (
            run(psql, "--quiet", "-At", url, "--command", f"SHOW {setting}").strip()
            for setting in ("server_version", "fsync")
        )
    finally:
        run(psql, "--quiet", administrative, "--command", f"DROP DATABASE {name} WITH (FORCE)")
    return found


def measure_on_postgres(binaries, home, url, seconds):
    files, found = allow_many_files(), {}
    tell("PostgreSQL: people, and a hundred expenses for each")
    with Server(binaries["ease"], home, url) as server:
        load, values, tokens = fill(binaries, home, server)
        run(program("psql"), "--quiet", url, "--command", "VACUUM ANALYZE")
        found["idle_kib"] = server.settled_memory_kib()
        for case, what in CASES.items():
            tell(f"PostgreSQL: {what}")
            statements.compare_with_ease(url, load, case)
            measures = {
                case: lambda: load.send(case, seconds),
                f"pgbench {case}": lambda: statements.pgbench(url, case, CLIENTS, seconds, values[case]),
                f"pgbench {case}, timed": lambda: statements.pgbench_timed(url, case, CLIENTS, seconds, values[case]),
                f"pgbench {case}, fewer": lambda: statements.pgbench(url, case, 2 * cores(), seconds, values[case]),
            }
            if case in ALONE:
                measures[f"pgbench {case}-alone"] = (
                    lambda: statements.pgbench(url, f"{case}-alone", CLIENTS, seconds, values[case])
                )
            found.update(rounds_of(measures))
        found["peak_kib"] = server.memory_kib("VmHWM")
        found["growth"] = growth.measure(
            server, load, lambda owner: growth.fill_postgres(url, owner, values["create"]), seconds
        )
    # Sockets are weighed on a server that has not done anything else.
    with Server(binaries["ease"], home, url) as server:
        load.server = server
        found["chat"] = chat.measure(server, load, tokens, seconds, files)
    return found
