"""docs/benchmarks.md: ratios first, each beside its goal."""

import platform
import statistics
from datetime import datetime, timezone

from . import chat, growth, logins
from .engines import CASES
from .machine import cores, commit, processor
from .rounds import ROUNDS
from .server import CLIENTS, EXPENSES_PER_USER

# What the rate must be of pgbench's, and the slowest of a hundred answers at most, in milliseconds.
GOALS = {"page": (0.45, 5), "list": (0.65, 10), "create": (0.40, 5), "record": (0.20, 5)}
MEMORY_GOAL_MB, SOCKET_GOAL_KIB, START_GOAL_MS, FAN_OUT_GOAL_MS = 40, 16, 300, 50
LOGIN_GOAL, LIST_BESIDE_LOGINS_GOAL_MS, DEEP_PAGE_GOAL = 0.80, 50, 2


def ms(microseconds):
    return f"{microseconds / 1000:.1f} ms"


def mib(kib):
    return f"{kib / 1024:.1f} MiB"


def rate(found):
    return f"{found['per_second'] if isinstance(found, dict) else found:,.0f}"


def judged(reached):
    return "reached" if reached else "**missed**"


def table(heads, rows):
    return [f"| {' | '.join(cells)} |" for cells in (heads, ["---"] * len(heads), *rows)] + [""]


def ratios(postgres, sqlite):
    rows = []
    for case, what in CASES.items():
        reference = "pgbench create-alone" if case == "create" else f"pgbench {case}"
        ratio, goal = postgres[case]["per_second"] / postgres[reference], GOALS[case][0]
        own = postgres[case]["per_second"] / postgres[f"pgbench {case}"]
        few = postgres[case]["per_second"] / postgres[f"pgbench {case}, fewer"]
        raw = sqlite[case]["per_second"] / sqlite[f"raw {case}"]
        rows.append([what, f"{ratio:.2f}", f"{goal:.2f}", judged(ratio >= goal), f"{own:.2f}", f"{few:.2f}", f"{raw:.2f}"])
    return table(
        ["", "PostgreSQL: Ease / pgbench", "goal", "", "same statements", "pgbench with fewer connections",
         "SQLite: Ease / raw"], rows,
    )


def others(postgres, sqlite):
    """Everything else that has a goal."""
    talk, rows = postgres["chat"], []

    def row(what, value, goal, reached):
        rows.append([what, value, goal, judged(reached)])

    for name, found in (("PostgreSQL", postgres), ("SQLite", sqlite)):
        for case, what in CASES.items():
            limit = GOALS[case][1]
            p99 = found[case]["p99_us"]
            row(f"{what}, {name}: p99 with {CLIENTS} clients", ms(p99), f"{limit} ms", p99 <= limit * 1000)
        row(f"most memory under that load, {name}", mib(found["peak_kib"]), f"{MEMORY_GOAL_MB} MB",
            found["peak_kib"] * 1024 <= MEMORY_GOAL_MB * 1_000_000)
        grown = found["growth"]
        kept = grown["list"]["per_second"] / grown["alone"]["per_second"]
        row(f"list of 100, {name}: rate after a neighbour got {growth.RECORDS:,} records, beside before", f"{kept:.2f}",
            "1", kept >= 0.9)
        deep = grown["first"]["per_second"] / grown["last"]["per_second"]
        row(f"page {grown['pages']:,} of a list beside page 1, {name}: cost", f"{deep:.2f}", f"{DEEP_PAGE_GOAL}",
            deep <= DEEP_PAGE_GOAL)
    start = statistics.median(sqlite["starts"]) * 1000
    row(f"from start to first answer, median of {len(sqlite['starts'])}, SQLite", f"{start:.1f} ms",
        f"{START_GOAL_MS} ms", start <= START_GOAL_MS)
    row(f"memory of an idle socket, of {talk['idle']:,}", f"{talk['kib_per_socket']:.1f} KiB",
        f"{SOCKET_GOAL_KIB} KiB", talk["kib_per_socket"] <= SOCKET_GOAL_KIB)
    row(f"a word to {chat.FAN_OUT:,} sockets: p99", ms(talk["fan_out"]["p99_us"]), f"{FAN_OUT_GOAL_MS} ms",
        talk["fan_out"]["p99_us"] <= FAN_OUT_GOAL_MS * 1000)
    beside = sqlite["logins"]
    share = beside["logins"]["per_second"] / beside["raw"]["per_second"]
    row(f"logins beside raw bcrypt of cost {logins.COST} on all cores", f"{share:.2f}", f"{LOGIN_GOAL:.2f}",
        share >= LOGIN_GOAL)
    row("list of 100 beside those logins: p99", ms(beside["lists"]["p99_us"]), f"{LIST_BESIDE_LOGINS_GOAL_MS} ms",
        beside["lists"]["p99_us"] <= LIST_BESIDE_LOGINS_GOAL_MS * 1000)
    return table(["", "measured", "goal", ""], rows)


def rates(postgres, sqlite):
    few = 2 * cores()

    def answers(found):
        return [rate(found), ms(found["p50_us"]), ms(found["p99_us"]), ms(found["max_us"])]

    rows = [
        [f"{what}, {name}", *answers(found[case]), *beside(found, case)]
        for name, found, beside in (
            ("PostgreSQL", postgres, lambda found, case: [
                rate(found[f"pgbench {case}"]), ms(found[f"pgbench {case}, timed"]["p99_us"]), rate(found[f"pgbench {case}, fewer"])
            ]),
            ("SQLite", sqlite, lambda found, case: [rate(found[f"raw {case}"]), "", ""]),
        )
        for case, what in CASES.items()
    ]
    heads = ["", "per second", "p50", "p99", "slowest", "the database alone", "its p99", f"with {few} connections"]
    talk, beside = postgres["chat"], sqlite["logins"]
    return table(heads, rows) + table(["", "per second", "p50", "p99", "slowest"], [
        [f"a word and its echo, {CLIENTS} sockets in as many chats, PostgreSQL", *answers(talk["echo"])],
        [f"logins, {logins.LOGINS_AT_ONCE} at once, SQLite", *answers(beside["logins"])],
        [f"raw bcrypt, {cores()} threads", *answers(beside["raw"])],
        ["the list alone, pgbench", rate(postgres["pgbench list-alone"]), "", "", ""],
        ["the insert alone, without a transaction around it, pgbench", rate(postgres["pgbench create-alone"]), "", "", ""],
    ])


def page(sqlite, postgres, seconds, load_before):
    return "\n".join([
        "# Benchmarks", "",
        "<!-- Made by `scripts/bench --write`. -->", "",
        "Everything here comes out of one run of `make bench`. What the list of 100 spends its time on, and what was done",
        "about it, is in [profile.md](profile.md).", "",
        "## Ratios", "",
        "Answers of Ease per second, divided by how often `pgbench -M prepared` gets through the statements of such a",
        f"request per second, in the same run on the same server, with {CLIENTS} connections each; for recording an",
        "expense, through the bare insert. The next columns compare with all the statements that Ease sends, and with",
        f"`pgbench` on as few connections as Ease opens ({2 * cores()}). On SQLite the other side is one connection of",
        "Python's `sqlite3`, which sends the same statements in a loop.", "",
        *ratios(postgres, sqlite),
        "## Goals", "",
        *others(postgres, sqlite),
        f"Idle, the process has {mib(sqlite['idle_kib'])} on SQLite and {mib(postgres['idle_kib'])} on PostgreSQL after the",
        f"users were made. The slowest of the starts took {sqlite['starts'][-1] * 1000:.1f} ms.", "",
        f"## Answers, {CLIENTS} clients", "",
        *rates(postgres, sqlite),
        "## What this was", "",
        f"- {datetime.now(timezone.utc):%Y-%m-%d}, commit {commit()}.",
        f"- {ROUNDS} times {seconds} s for each case, by turns; the medians of them.",
        f"- {cores()} cores ({processor()}), {platform.system()}, load average {load_before:.1f} before it began.",
        "- Load generator, server, database and pgbench shared the machine, over the loopback interface.",
        f"- PostgreSQL {postgres['version']} with fsync {postgres['fsync']}; SQLite with `synchronous=FULL`.",
        f"- {CLIENTS} users with {EXPENSES_PER_USER} expenses each, and what recording adds; one connection for each",
        "  user, kept alive, one request after the other; the log at its default level, into a file; budgets off.",
        f"- Beside the logins, {logins.READERS} clients read the list, each {logins.PAUSE_MS} ms after its last answer.", "",
        "Not measured: more data than fits into memory, a network between the parts, TLS, several nodes, and anything for",
        "longer than a few seconds.", "",
    ])
