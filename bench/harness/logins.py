"""Logins beside what the machine can hash at all, while somebody reads a list at a steady pace."""

from concurrent.futures import ThreadPoolExecutor

from .machine import tell

COST = 12
# Four readers, each of whom waits this long after each answer.
READERS, PAUSE_MS = 4, 50
LOGINS_AT_ONCE = 8


def measure(load, seconds):
    seconds *= 3
    tell("logins, beside what the machine can hash")
    raw = load.report(["bcrypt", COST, seconds])
    with ThreadPoolExecutor(2) as pool:
        logins = pool.submit(load.send, "login", seconds, clients=LOGINS_AT_ONCE)
        lists = pool.submit(load.send, "list", seconds, pause_ms=PAUSE_MS, clients=READERS)
        return {"raw": raw, "logins": logins.result(), "lists": lists.result()}
