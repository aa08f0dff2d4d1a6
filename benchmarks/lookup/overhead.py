"""Time creating and writing partners; runs in Odoo's shell, with or without us.

``LOOKUP_OVERHEAD`` is the number of single partners. Batches, as imports make them,
are of 300; their times are per batch. Besides the time, the processor time of Odoo and
of its PostgreSQL process together: that is what to compare on a busy machine.
"""

import json
import os
import statistics
import time

COUNT = int(os.environ["LOOKUP_OVERHEAD"])
BATCH = 300


def values(number):
    return {
        "name": f"Zakład Mechaniczny Nr {number} sp. z o.o.",
        "is_company": True,
        "street": f"ul. Odlewnicza {number}",
        "city": "Warszawa",
        "zip": "03-231",
        "country_id": COUNTRY,
        "email": f"biuro{number}@zaklad{number}.example",
        "phone": f"+48 22 555 {number % 100:02} {number % 97:02}",
    }


def processor():
    """Return the processor seconds that Odoo and its database process have used."""
    with open(f"/proc/{BACKEND}/schedstat") as file:
        return time.process_time() + int(file.read().split()[0]) / 1e9


def timed(action, values):
    start, used = time.perf_counter(), processor()
    result = action(values)
    env.cr.flush()  # as a commit would
    spent = 1000 * (time.perf_counter() - start)
    return result, (spent, 1000 * (processor() - used))


def medians(times):
    """Return wall and processor milliseconds, without the first fifth."""
    kept = times[len(times) // 5 or 1 :]
    return [statistics.median(column) for column in zip(*kept, strict=True)]


env.cr.execute("SELECT pg_backend_pid()")
[(BACKEND,)] = env.cr.fetchall()
COUNTRY = env.ref("base.pl").id
Partner = env["res.partner"]
seen = {"create": [], "write": [], "write_unrelated": []}
for number in range(COUNT):
    partner, spent = timed(Partner.create, values(number))
    seen["create"].append(spent)
    seen["write"].append(timed(partner.write, {"phone": f"+48 22 444 {number:04}"})[1])
    seen["write_unrelated"].append(timed(partner.write, {"comment": f"N {number}"})[1])
seen |= {"create_300": [], "write_300": []}
for number in range(6):
    start = 10_000 + 1000 * number
    partners, spent = timed(Partner.create, [values(start + n) for n in range(BATCH)])
    seen["create_300"].append(spent)
    seen["write_300"].append(timed(partners.write, {"city": f"Kraków {start}"})[1])
env.cr.rollback()
found = {what: medians(times) for what, times in seen.items()}
print("RESULT " + json.dumps(found))
