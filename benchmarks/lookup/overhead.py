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


def timed(action):
    start = time.perf_counter()
    action()
    env.cr.flush()  # as a commit would
    return 1000 * (time.perf_counter() - start)


COUNTRY = env.ref("base.pl").id
Partner = env["res.partner"]
creates, writes, unrelated = [], [], []
for number in range(COUNT):
    made = []
    creates.append(timed(lambda: made.append(Partner.create(values(number)))))
    writes.append(timed(lambda: made[0].write({"phone": f"+48 22 444 {number:04}"})))
    unrelated.append(timed(lambda: made[0].write({"comment": f"Note {number}"})))
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
