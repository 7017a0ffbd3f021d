"""The statements that Ease sends, given to the databases by others: to PostgreSQL by pgbench, to SQLite by Python."""

import os
import re
import sqlite3
import subprocess
import sys
import tempfile
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from .machine import ROOT, cores, program, run

STATEMENTS = ROOT / "bench" / "statements"
# What is the same in all transactions, sent as parameters as Ease does.
PARAMETERS = {
    "session": "d84252f6-cd80-4c9e-ab3c-5bf7ad33fafe", "side": "expense",
    "first_date": "0001-01-01", "last_date": "2030-01-01", "first_time": "00:00:00", "last_time": "23:59:59.999999",
    "title": "Rye bread", "description": "Two loaves from the market", "amount": "12.50",
    "date": "2026-01-31", "time": "10:11:12", "after": "0", "is_within": "true", "limit": "21", "chunk": "1001",
}
# As SQLite keeps them.
SQLITE_PARAMETERS = {
    **PARAMETERS, "first_time": "00:00:00.000000", "amount": 1250, "time": "10:11:12.000000", "after": 0, "is_within": 1, "limit": 21, "chunk": 1001,
}


def split(text):
    """The statements of a text, without comments."""
    lines = (line for line in text.splitlines() if not line.startswith(("--", "\\")))
    return [statement.strip() for statement in " ".join(lines).split(";") if statement.strip()]


def shapes_of(text):
    """The statements of a text, with a question mark for every value, whatever type pgbench must be told."""
    values = re.compile(r"(\$\d+|(?<!:):\w+|gen_random_uuid\(\))(::\w+)?")
    return {values.sub("?", statement) for statement in split(text)}


def compare_with_ease(url, load, case):
    """Looks over the server's shoulder while it answers: what it sends must be what pgbench is given."""
    psql = program("psql")
    began = run(psql, "--quiet", "-At", url, "--command", "SELECT now()").strip()
    look = f"SELECT query || ';' FROM pg_stat_activity WHERE application_name = 'ease' AND query_start > '{began}'"
    sent = set()
    with ThreadPoolExecutor(1) as pool:
        warming = pool.submit(load.send, case, 1)
        while not warming.done():
            sent |= shapes_of(run(psql, "--quiet", "-At", url, "--command", look))
        warming.result()
    path = STATEMENTS / f"{case}.sql"
    unknown = sent - shapes_of(path.read_text())
    if unknown or not sent:
        sys.exit(f"bench: Ease sends other statements than {path} has: {sorted(unknown)}")


def pgbench(url, statements, connections, seconds, variables, *options):
    """Transactions per second of a file of statements."""
    words = [
        program("pgbench"), "--no-vacuum", "--protocol=prepared", f"--client={connections}",
        f"--jobs={min(connections, cores())}", f"--time={seconds}", f"--file={STATEMENTS / statements}.sql",
        *(f"--define={name}={value}" for name, value in {**PARAMETERS, **variables}.items()), *options, url,
    ]
    done = subprocess.run(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    found = re.search(r"^tps = ([\d.]+) \(without", done.stdout, re.MULTILINE)
    failed = re.search(r"^number of failed transactions: (\d+)", done.stdout, re.MULTILINE)
    if done.returncode or not found or (failed and int(failed.group(1))):
        sys.exit(f"bench: pgbench did not do all of {statements}: {done.stdout}{done.stderr}")
    return float(found.group(1))


def pgbench_timed(url, statements, connections, seconds, variables):
    """How long the transactions take, which pgbench tells in a file: apart from the rate, as writing it takes time too."""
    with tempfile.TemporaryDirectory(prefix="ease-bench-") as home:
        rate = pgbench(url, statements, connections, seconds, variables, "--log", f"--log-prefix={home}/log")
        lines = (line for path in Path(home).iterdir() for line in path.read_text().splitlines())
        times = sorted(int(line.split()[2]) for line in lines)
    at = {name: times[int(len(times) * share)] for name, share in (("p50_us", 0.5), ("p99_us", 0.99))}
    return {"per_second": rate, **at, "max_us": times[-1]}


def sqlite(path, statements, seconds, variables):
    """Transactions per second of a file of statements on one connection of Python's own, beside the server."""
    connection = sqlite3.connect(path, isolation_level=None, timeout=30)
    for pragma in ("foreign_keys = ON", "synchronous = FULL", "busy_timeout = 5000"):
        connection.execute(f"PRAGMA {pragma}")
    text = (STATEMENTS / f"{statements}.sql").read_text()
    text = re.sub(r"BEGIN ISOLATION LEVEL SERIALIZABLE READ WRITE", "BEGIN IMMEDIATE", text)
    text = text.replace("gen_random_uuid()", ":made_id").replace("::uuid", "")
    values = {**SQLITE_PARAMETERS, **variables, "owner": variables["record_owner"]}
    done, began = 0, time.monotonic()
    while (elapsed := time.monotonic() - began) < seconds:
        values["made_id"] = str(uuid.UUID(bytes=os.urandom(16), version=4))
        for statement in split(text):
            connection.execute(statement, values).fetchall()
        done += 1
    connection.close()
    return done / elapsed
