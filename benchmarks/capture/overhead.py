"""Time posting messages on a customer, with our addon and without; in Odoo's shell.

``CAPTURE_OVERHEAD`` is how many of each: a mail to the customer (``outgoing``), an
answer of the customer as the mail gateway posts it (``incoming``), and a note among
colleagues (``note``), which must cost nothing. In turns in one process, see
``common.inside``. ``record_later`` is what the job does with one. Mails stay in the
queue: sending is the same on both sides.
"""

import os

from common.inside import compare, profiled, report, sides

COUNT = int(os.environ["CAPTURE_OVERHEAD"])
GROUPS = ("base.group_user", "base.group_partner_manager")
BODY = "<p>Dear Sir or Madam,</p><p>please find our answer to your question.</p>"


def prepare(side):
    side.customers = iter(
        side.env["res.partner"].create(
            [
                {"name": f"Customer {n}", "email": f"mail@customer{n}.example"}
                for n in range(3 * COUNT + 10)
            ]
        )
    )
    side.colleague = side.env["res.users"].create(
        {
            "name": "Benchmark",
            "login": "benchmark",
            "email": "benchmark@branch.example",
            "group_ids": [(4, side.env.ref(group).id) for group in GROUPS],
        }
    )


def post(side, **values):
    customer = side.customer.with_user(side.colleague)
    return customer.with_context(mail_notify_force_send=False).message_post(**values)


def incoming(side):
    return side.customer.message_post(
        body=BODY,
        subject="Your offer",
        message_type="email",
        subtype_xmlid="mail.mt_comment",
        author_id=side.customer.id,
        email_from=side.customer.email,
    )


def outgoing(side):
    return post(
        side,
        body=BODY,
        subject="Our answer",
        message_type="comment",
        subtype_xmlid="mail.mt_comment",
        partner_ids=side.customer.ids,
    )


def note(side):
    return post(side, body=BODY, subtype_xmlid="mail.mt_note")


def one(side):
    # One customer each: all this is one moment, and a long talk costs more to pair.
    side.customer = next(side.customers)
    for name, action in WAYS.items():
        side.timed(name, posted, side, action)


def posted(side, action):
    """Post, and do all that a commit does: waking the job is part of the price."""
    action(side)
    side.env.cr.flush()
    side.env.cr.postcommit.run()


WAYS = {"incoming": incoming, "outgoing": outgoing, "note": note}


def record(side):
    """Time the second half, in batches as the job does it."""
    queue = side.env["contact.history.queue"]
    count, spent = 0, 0.0
    while rows := queue._take_next(20):
        count += len(rows)
        _result, (_clock, processor) = side.meter.timed(worked, side, rows)
        spent += processor
    return {"messages": count, "processor_ms_each": spent / count}


def worked(side, rows):
    rows._work()
    side.env.cr.flush()


def main(env):
    pair = sides(env)
    for side in pair:
        prepare(side)
        for _ in range(max(2, COUNT // 5)):
            one(side)
        side.spent.clear()
    record(pair[0])
    for _ in range(COUNT):
        for side in pair:
            one(side)
    later = record(pair[0])
    kept = dict(pair[0].spent)
    pair[0].spent = {}
    profiled(lambda: [one(pair[0]) for _ in range(COUNT)])
    pair[0].spent = kept
    report({**compare(*pair), "record_later": later})


main(env)
