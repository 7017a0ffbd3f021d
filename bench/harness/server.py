"""A running Ease, and the people who use it."""

import json
import os
import re
import subprocess
import sys
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from .machine import run

CLIENTS = 32
EXPENSES_PER_USER = 100
PASSWORD = "correct horse battery"
ROOT_USER = "root@example.org"
NO_PROXY = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class Server:
    """A running Ease."""

    def __init__(self, binary, home, database_url):
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("EASE_", "TEST_"))},
            "DATABASE_URL": database_url,
            "SECRET_KEY": "a key that is only good for measuring",
            "EASE_LISTEN": "127.0.0.1:0",
            "EASE_MIGRATE": "true",
            "EASE_RATE_LIMIT": "off",
            "EASE_SOCKETS_PER_USER": "20000",
        }
        self.binary = binary
        # The log goes where a service's log goes: into a file, one line for each request.
        self.log = open(Path(home) / "log", "a")
        began = time.monotonic()
        self.process = subprocess.Popen(
            [binary, "serve"], env=self.environment, cwd=home, stdout=subprocess.PIPE, stderr=self.log, text=True
        )
        for line in self.process.stdout:
            found = re.match(r"Ease listens on http://(\S+)", line)
            if found:
                self.address = found.group(1)
                break
        else:
            sys.exit(f"bench: the server ended at once: {Path(self.log.name).read_text()}")
        # Ready means that the database was asked too.
        NO_PROXY.open(f"http://{self.address}/readyz", timeout=10).read()
        self.start_seconds = time.monotonic() - began

    def memory_kib(self, what):
        """What the kernel says of the process: VmRSS is what it has now, VmHWM the most that it ever had."""
        found = re.search(rf"^{what}:\s+(\d+) kB", Path(f"/proc/{self.process.pid}/status").read_text(), re.MULTILINE)
        return int(found.group(1))

    def settled_memory_kib(self):
        """What it has once it has calmed down: the figure is taken when it has not changed for a second."""
        sizes = []
        while len(sizes) < 5 or len(set(sizes[-5:])) > 1:
            sizes.append(self.memory_kib("VmRSS"))
            time.sleep(0.25)
            if len(sizes) > 60:
                break
        return sizes[-1]

    def call(self, path, body=None, token=None):
        request = urllib.request.Request(
            f"http://{self.address}{path}", data=None if body is None else json.dumps(body).encode(),
            headers={"Content-Type": "application/json", **({"Authorization": f"Token {token}"} if token else {})},
        )
        return json.load(NO_PROXY.open(request, timeout=60))

    def login(self, email):
        return self.call("/api/users/login/", {"username": email, "password": PASSWORD})

    def make_superuser(self):
        environment = {**self.environment, "EASE_SUPERUSER_PASSWORD": PASSWORD}
        run(self.binary, "createsuperuser", "--email", ROOT_USER, env=environment)
        return self.login(ROOT_USER)["token"]

    def make_user(self, number):
        email = f"user{number}@example.org"
        self.call("/api/users/register/", {"first_name": "U", "last_name": "U", "email": email, "password": PASSWORD})
        return {**self.login(email), "email": email}

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(60)
        self.log.close()


class Load:
    """The load generator with its requests: one connection and one user for each file."""

    def __init__(self, binaries, home, server):
        self.binary, self.home, self.server = binaries["bench"], Path(home), server
        self.files = {}

    def write(self, case, tokens, method, path, bodies=None):
        """Requests of one case; path and body may be the same for all users, or each user's own."""
        each = lambda values, number: values[number] if isinstance(values, list) else values or ""
        self.files[case] = []
        for number, token in enumerate(tokens):
            body = each(bodies, number)
            file = self.home / f"{case}-{number}"
            authorization = f"Authorization: Token {token}\r\n" if token else ""
            file.write_bytes(
                f"{method} {each(path, number)} HTTP/1.1\r\nHost: 127.0.0.1\r\n{authorization}"
                f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n{body}".encode()
            )
            self.files[case].append(str(file))

    def write_handshakes(self, case, tokens, chats):
        self.files[case] = []
        for number, (token, chat) in enumerate(zip(tokens, chats)):
            file = self.home / f"{case}-{number}"
            file.write_bytes(
                f"GET /ws/support/chat/{chat}/ HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Token {token}\r\n"
                "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n".encode()
            )
            self.files[case].append(str(file))

    def send(self, case, seconds, count=10_000_000, pause_ms=0, clients=None):
        words = ["http", self.server.address, seconds, count, pause_ms, *self.files[case][:clients]]
        return self.report(words)

    def report(self, words):
        """Runs the load generator, and gives what it saw; anything that was not answered well ends the measuring."""
        done = subprocess.run([self.binary, *map(str, words)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        report = json.loads(done.stdout) if done.returncode == 0 else {}
        if not report or report["refusals"] or report["failures"]:
            log = Path(self.server.log.name).read_text()[-2000:]
            sys.exit(f"bench: not everything was answered well: {words[0]} {report} {done.stderr}\n{log}")
        report["per_second"] = report["answers"] * 1_000_000 / report["elapsed_us"]
        return report


def fill(binaries, home, server):
    """Makes readers with a hundred expenses each, writers, and the requests that they send: what writers record makes no
    reader's list longer. Gives the load, the values of the statements by case, and the readers' tokens."""
    root = server.make_superuser()
    category = server.call(
        "/api/management/category/",
        {"name": "Food", "description": "x", "type": "expense", "hexColor": "#33aa55"}, root,
    )["id"]
    subcategory = server.call(
        "/api/management/subcategory/",
        {"name": "Bread", "description": "x", "hexColor": "#33aa55", "category": category}, root,
    )["id"]
    with ThreadPoolExecutor(4) as pool:
        readers = list(pool.map(server.make_user, range(CLIENTS)))
        writers = list(pool.map(server.make_user, range(CLIENTS, 2 * CLIENTS)))
    tokens = [user["token"] for user in readers]
    load = Load(binaries, home, server)
    expense = json.dumps({
        "title": "Rye bread", "description": "Two loaves from the market", "amount": 12.5,
        "creation_date": "2026-01-31", "creation_time": "10:11:12", "category": category, "subcategory": subcategory,
    })
    path = "/api/management/expense/"
    load.write("fill", tokens, "POST", path, expense)
    load.send("fill", 60, EXPENSES_PER_USER)
    load.write("create", [user["token"] for user in writers], "POST", path, expense)
    firsts = [server.call(f"{path}?limit=1", token=token)[0]["id"] for token in tokens]
    listed = server.call(path, token=tokens[0])
    assert len(listed) == EXPENSES_PER_USER, f"{len(listed)} expenses"
    load.write("list", tokens, "GET", path)
    load.write("page", tokens, "GET", f"{path}?limit=20")
    load.write("record", tokens, "GET", [f"{path}{first}/" for first in firsts])
    logins = [json.dumps({"username": user["email"], "password": PASSWORD}) for user in readers]
    load.write("login", [None] * len(logins), "POST", "/api/users/login/", logins)

    def values_of(users):
        ids = sorted(user["id"] for user in users)
        return {
            "category": category, "subcategory": subcategory, "first": ids[0], "last": ids[-1],
            "record_owner": users[0]["id"], "record": firsts[0],
        }

    reading, writing = values_of(readers), values_of(writers)
    return load, {"page": reading, "list": reading, "record": reading, "create": writing}, tokens
