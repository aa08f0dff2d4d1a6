"""Ask the same questions of our search and of Odoo's own; runs in Odoo's shell.

``SEARCH_MEASURE`` is JSON: ``questions`` a kind, ``seed``. Odoo's own is what the list
of offers did before: ``ilike`` over number, customer, text and code of the lines, with
the reader's rules, the first 80 and how many there are, up to 10,000 as in the client.
"""

import json
import os
import random
import statistics
import time

from odoo.fields import Domain

# how far the list of the client counts
COUNT = 10_000
ARGUMENTS = json.loads(os.environ["SEARCH_MEASURE"])
rng = random.Random(ARGUMENTS["seed"])
KINDS = ("lathe", "press brake", "welding robot", "gearbox", "hydraulic", "silent")


def sample(query, count):
    env.cr.execute(query, [count])
    return [row[0] for row in env.cr.fetchall()]


def swapped(word):
    place = len(word) // 2
    return word[: place - 1] + word[place] + word[place - 1] + word[place + 1 :]


def questions(count):
    """Return (kind, question); those with a slip are asked of ours only."""
    customers = sample(
        "SELECT p.name FROM offer_offer o JOIN res_partner p ON p.id = o.partner_id "
        "WHERE o.id %% 97 = 3 ORDER BY hashint4(o.id) LIMIT %s",
        count * 4,
    )
    numbers = sample(
        "SELECT name FROM offer_offer WHERE id %% 89 = 5 "
        "ORDER BY hashint4(id) LIMIT %s",
        count,
    )
    codes = sample(
        "SELECT product_code FROM offer_revision_line WHERE id %% 83 = 7 "
        "ORDER BY hashint4(id) LIMIT %s",
        count,
    )
    words = [
        w for name in customers for w in name.split() if len(w) > 5 and w.isalpha()
    ]
    yield from (("customer", name) for name in customers[:count])
    yield from (("word of a customer", word) for word in words[:count])
    yield from (("beginning of a name", word[:5]) for word in words[count : 2 * count])
    yield from (("number", number) for number in numbers)
    yield from (("code", code) for code in codes)
    yield from (("common word", rng.choice(KINDS)) for _ in range(count))
    yield from (("word and code", f"{rng.choice(KINDS)} {code}") for code in codes)
    yield from (("nothing has it", f"zzq{number}") for number in range(count))
    yield from (
        ("slip", swapped(word))
        for word in words[2 * count : 3 * count]
        if len(word) > 6
    )


def ours(reader, text):
    return reader["offer.search"].find(text)["total"]


def listed(reader, text):
    offers = reader["offer.offer"]
    domain = [("search_text", "ilike", text)]
    return len(offers.search(domain, limit=80)) and offers.search_count(domain, COUNT)


def odoos(reader, text):
    offers = reader["offer.offer"]
    domain = Domain.OR(
        Domain(field, "ilike", text)
        for field in (
            "name",
            "partner_id",
            "revision_ids.line_ids.name",
            "revision_ids.line_ids.product_code",
        )
    )
    return len(offers.search(domain, limit=80)) and offers.search_count(domain, COUNT)


def timed(ask, reader, text):
    reader.invalidate_all()
    start = time.perf_counter()
    count = ask(reader, text)
    return 1000 * (time.perf_counter() - start), count


def cuts(times):
    marks = statistics.quantiles(times, n=100, method="inclusive")
    return {"p50": marks[49], "p95": marks[94], "max": max(times), "n": len(times)}


def measure(login, asked):
    user = env["res.users"].search([("login", "=", login)])
    reader = env(
        user=user,
        context={"allowed_company_ids": user.company_ids.ids, "lang": "en_US"},
    )
    for _kind, text in asked[::7]:
        ours(reader, text)
    times, kinds = {"ours": [], "list": [], "odoo": []}, {}
    for kind, text in asked:
        took, count = timed(ours, reader, text)
        times["ours"].append(took)
        times["list"].append(timed(listed, reader, text)[0])
        row = kinds.setdefault(kind, {"ours": [], "odoo": [], "found": []})
        row["ours"].append(took)
        row["found"].append(count)
        if kind != "slip":
            took = timed(odoos, reader, text)[0]
            times["odoo"].append(took)
            row["odoo"].append(took)
    report = {name: cuts(values) for name, values in times.items()}
    report["ratio"] = {
        cut: report["odoo"][cut] / report["ours"][cut] for cut in ("p50", "p95")
    }
    report["kinds"] = {
        kind: {
            name: round(statistics.median(values), 1)
            for name, values in row.items()
            if values
        }
        for kind, row in kinds.items()
    }
    return report


def reading(count=2000):
    """Return how many offers a second the job reads."""
    ids = env["offer.offer"].search([], limit=count, order="id desc").ids
    start = time.perf_counter()
    for first in range(0, count, 200):
        env["offer.search.document"]._index(ids[first : first + 200])
        env["offer.offer"].browse(ids[first : first + 200])._query_found_facts()
        env.flush_all()
        env.invalidate_all()
    return len(ids) / (time.perf_counter() - start)


asked = list(questions(ARGUMENTS["questions"]))
result = {login: measure(f"bench.{login}", asked) for login in ("seller", "manager")}
result["offers_read_per_second"] = reading()
print("RESULT " + json.dumps(result))
