"""Where the instructions of one request go, counted by valgrind's callgrind: the same figure on a quiet machine and a busy one."""

import re
import shutil
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

from .machine import run, tell
from .server import Server

WARM_UP, COUNTED = 50, 200
# Names of functions, and what the instructions in them are for; the first that fits counts.
PARTS = (
    ("libpq: the protocol of PostgreSQL", r"^(PQ|pq|pg_|getAnotherTuple|getRowDescriptions)"),
    ("SQLite", r"sqlite3|^(vdbe|btree|balance|pcache|wal|moveTo)"),
    ("Diesel and the rows", r"diesel|persistence::|chrono::.*from_sql"),
    ("JSON", r"serde|api::wire|api::entries"),
    ("tokens: signatures and base64", r"jsonwebtoken|sha2|hmac|base64|digest_blocks"),
    ("routes: regular expressions", r"regex"),
    ("log lines, spans and numbers", r"tracing|prometheus|opentelemetry"),
    ("HTTP and the runtime", r"actix|tokio|httparse|http::|h1::|mio::|futures|bytes::"),
    ("memory: allocation and copying", r"malloc|free$|realloc|calloc|_int_|unlink_chunk|memmove|memcpy|memset|mi_|alloc::"),
    ("the rest of Ease", r"api::|auth::|ledger::|kernel::|store::|users::|throttle::|ease::"),
)
# Frames that stood on the stack all the time: callgrind counts what they called as theirs.
STANDING = r"__rust_begin_short_backtrace|thread_start|call_once\{\{vtable|Runtime::block_on|^\(below main\)|^main$|lang_start"


class Profiled(Server):
    """A running Ease whose instructions are counted."""

    def __init__(self, binary, home, url):
        self.home = Path(home)
        wrapper = self.home / "profiled"
        wrapper.write_text(
            f"#!/bin/sh\nexec valgrind --quiet --tool=callgrind --callgrind-out-file='{home}/out.%p' '{binary}' \"$@\"\n"
        )
        wrapper.chmod(0o700)
        super().__init__(str(wrapper), home, url)

    def control(self, option):
        run("callgrind_control", option, str(self.process.pid), stderr=subprocess.DEVNULL)


def count(binaries, home, url, load, case):
    """Instructions of one request by function, most first."""
    for name in ("valgrind", "callgrind_control", "callgrind_annotate"):
        if not shutil.which(name):
            sys.exit(f"bench: {name} is missing (Debian: apt-get install valgrind)")
    with Profiled(binaries["ease"], home, url) as server:
        load.server = server
        load.send(case, 120, WARM_UP, clients=1)
        server.control("--zero")
        tell(f"counting the instructions of {COUNTED} requests")
        load.send(case, 120, COUNTED, clients=1)
        server.control("--dump")
        dumps = list(Path(home).glob("out.*.1"))
        assert len(dumps) == 1, dumps
        # It warns of its own ignorance of some lines, by the hundred.
        text = run("callgrind_annotate", "--threshold=100", str(dumps[0]), stderr=subprocess.DEVNULL)
    functions = defaultdict(int)
    for line in text.splitlines():
        found = re.match(r"\s*([\d,]+) (?:\(\s*[\d.]+%\))?\s+\S*?:(.+?)(?: \[\S*\])?$", line)
        if found and not re.search(STANDING, found.group(2)):
            functions[re.sub(r"'\d+$", "", found.group(2))] += int(found.group(1).replace(",", ""))
    return {name: total / COUNTED for name, total in functions.items()}


def part_of(name):
    return next((part for part, pattern in PARTS if re.search(pattern, name)), "other")


def report(case, functions):
    """A table by part, and the functions that take most."""
    parts, total = defaultdict(float), sum(functions.values())
    for name, instructions in functions.items():
        parts[part_of(name)] += instructions
    lines = [f"{case}: {total:,.0f} instructions for one request", ""]
    lines += ["| part | instructions | share |", "| --- | --- | --- |"]
    for part, instructions in sorted(parts.items(), key=lambda item: -item[1]):
        lines.append(f"| {part} | {instructions:,.0f} | {instructions / total:.0%} |")
    lines += ["", "| function | instructions |", "| --- | --- |"]
    for name, instructions in sorted(functions.items(), key=lambda item: -item[1])[:15]:
        lines.append(f"| `{name[:100]}` | {instructions:,.0f} |")
    return "\n".join(lines)
