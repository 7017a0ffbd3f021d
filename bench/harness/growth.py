"""What other people's records and deep lists cost: a neighbour gets a million."""

import http.client
import json
import re
import sqlite3

from .machine import program, run, tell
from .rounds import rounds_of

RECORDS = 1_000_000
PAGE = 100
COLUMNS = "(id, side, owner, title, description, amount, creation_date, creation_time, category, subcategory)"


def fill_postgres(url, owner, variables):
    made = (
        f"INSERT INTO entries {COLUMNS} SELECT gen_random_uuid(), 'expense', {owner}, 'Rye bread', 'Two loaves', 12.50, "
        f"DATE '2026-01-31', TIME '10:11:12', '{variables['category']}', '{variables['subcategory']}' "
        f"FROM generate_series(1, {RECORDS})"
    )
    for statement in (made, "VACUUM ANALYZE"):
        run(program("psql"), "--quiet", url, "--command", statement)


def fill_sqlite(path, owner, variables):
    random = "lower(hex(randomblob({})))"
    digits = "||'-'||".join(random.format(count) for count in (4, 2, 2, 2, 6))
    connection = sqlite3.connect(path, timeout=60)
    with connection:
        connection.execute(
            f"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {RECORDS}) "
            f"INSERT INTO entries {COLUMNS} SELECT {digits}, 'expense', ?, 'Rye bread', 'Two loaves', 1250, "
            "'2026-01-31', '10:11:12.000000', ?, ? FROM n",
            (owner, variables["category"], variables["subcategory"]),
        )
    connection.execute("ANALYZE")
    connection.close()


def last_page(server, token):
    """Walks the whole list as a client does, from link to link; gives the address of its last page and the count."""
    connection = http.client.HTTPConnection(server.address, timeout=60)
    path, pages, rows = f"/api/management/expense/?limit={PAGE}", 0, 0
    while True:
        connection.request("GET", path, headers={"Authorization": f"Token {token}"})
        answer = connection.getresponse()
        rows += len(json.loads(answer.read()))
        pages += 1
        following = re.match(r'<([^>]+)>; rel="next"', answer.getheader("Link") or "")
        if not following:
            assert rows == RECORDS, f"{rows} rows in {pages} pages"
            return path, pages
        path = following.group(1)


def measure(server, load, fill, seconds):
    """A neighbour's million must cost others nothing, and its last page no more than its first."""
    alone = load.send("list", seconds)
    neighbour = server.make_user("-with-a-million")
    tell(f"making {RECORDS:,} records")
    fill(neighbour["id"])
    tell("walking through them")
    path, pages = last_page(server, neighbour["token"])
    load.write("first", [neighbour["token"]] * 4, "GET", f"/api/management/expense/?limit={PAGE}")
    load.write("last", [neighbour["token"]] * 4, "GET", path)
    found = rounds_of({case: lambda case=case: load.send(case, seconds) for case in ("list", "first", "last")})
    return {"alone": alone, "pages": pages, **found}
