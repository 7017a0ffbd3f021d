"""Sockets of the support chat: what they weigh, how far a word travels, how fast it comes back."""

import json
import subprocess

from .machine import tell

IDLE = 10_000
FAN_OUT = 1000
MESSAGES = 50
# Files besides the sockets: the database, the log, connections to the database.
FILES_BESIDES = 200


def measure(server, load, tokens, seconds, files):
    opened = [server.call("/api/chats/get-or-create/", {}, token)["chat_id"] for token in tokens]
    load.write_handshakes("chat", tokens, opened)
    idle = min(IDLE, files - FILES_BESIDES)
    tell(f"opening {idle:,} sockets")
    before = server.settled_memory_kib()
    words = [load.binary, "sockets", server.address, str(idle), *load.files["chat"]]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert json.loads(holder.stdout.readline())["open"] == idle
        after = server.settled_memory_kib()
        holder.communicate("")
    assert holder.returncode == 0
    tell(f"one word to {FAN_OUT:,} sockets, and the echo of many")
    fan_out = load.report(["fan-out", server.address, FAN_OUT, MESSAGES, load.files["chat"][0]])
    echo = load.report(["echo", server.address, seconds * 2, *load.files["chat"]])
    return {"idle": idle, "kib_per_socket": (after - before) / idle, "fan_out": fan_out, "echo": echo}
