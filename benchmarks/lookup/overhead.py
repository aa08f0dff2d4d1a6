"""Time creating and writing single partners; runs in Odoo's shell, with or without us.

``LOOKUP_OVERHEAD`` is the number of partners.
"""

import json
import os
import statistics
import time

COUNT = int(os.environ["LOOKUP_OVERHEAD"])


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


def timed(action, values):
    start = time.perf_counter()
    result = action(values)
    env.cr.flush()  # as a commit would
    return result, 1000 * (time.perf_counter() - start)


COUNTRY = env.ref("base.pl").id
Partner = env["res.partner"]
creates, writes, unrelated = [], [], []
for number in range(COUNT):
    partner, spent = timed(Partner.create, values(number))
    creates.append(spent)
    writes.append(timed(partner.write, {"phone": f"+48 22 444 {number:04}"})[1])
    unrelated.append(timed(partner.write, {"comment": f"Note {number}"})[1])
env.cr.rollback()
warm = COUNT // 5
print(
    "RESULT "
    + json.dumps(
        {
            name: statistics.median(times[warm:])
            for name, times in (
                ("create", creates),
                ("write", writes),
                ("write_unrelated", unrelated),
            )
        }
    )
)
