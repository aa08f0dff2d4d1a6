"""Time creating and writing partners, with our addons and without, in turns.

Runs in Odoo's shell. ``LOOKUP_OVERHEAD`` is the number of single partners. Batches, as
imports make them, are of 300; their times are per batch.
"""

import os

from common.inside import compare, report, sides

COUNT = int(os.environ["LOOKUP_OVERHEAD"])
BATCHES = max(2, COUNT // 25)
BATCH = 300


def values(side, number):
    return {
        "name": f"Zakład Mechaniczny Nr {number} sp. z o.o.",
        "is_company": True,
        "street": f"ul. Odlewnicza {number}",
        "city": "Warszawa",
        "zip": "03-231",
        "country_id": side.env.ref("base.pl").id,
        "email": f"biuro{number}@zaklad{number}.example",
        "phone": f"+48 22 555 {number % 100:02} {number % 97:02}",
    }


def one(side, number):
    create = side.env["res.partner"].create
    partner = side.timed("create", create, values(side, number))
    side.timed("write", partner.write, {"phone": f"+48 22 444 {number:04}"})
    side.timed("write_unrelated", partner.write, {"comment": f"N {number}"})


def batch(side, number):
    start = 10_000 + 1000 * number
    rows = [values(side, start + n) for n in range(BATCH)]
    partners = side.timed("create_300", side.env["res.partner"].create, rows)
    side.timed("write_300", partners.write, {"city": f"Kraków {start}"})


def main(env):
    both = sides(env)
    for number in range(COUNT // 5):
        one(both[0], 5000 + number)
    for side in both:
        side.spent.clear()
    for number in range(COUNT):
        for side in both:
            one(side, number)
    for number in range(BATCHES):
        for side in both:
            batch(side, number)
    report(compare(*both))


main(env)  # noqa: F821  Odoo's shell brings it
