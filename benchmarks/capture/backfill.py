"""Time the reading of earlier mails; runs in Odoo's shell.

``BACKFILL_MAILS`` mails are put into the database as they would have been before the
addon, half sent and half received, of 1,000 customers; then the job reads them.
"""

import json
import os
import time

MAILS = int(os.environ["BACKFILL_MAILS"])
CUSTOMERS = 1000

partners = env["res.partner"].create(
    [
        {"name": f"Backfill {number}", "email": f"b{number}@customer.example"}
        for number in range(CUSTOMERS)
    ]
)
author = env.ref("base.user_admin").partner_id
env.flush_all()
BODY = "<p>Good day, is the oak door in stock?</p>" + "<p>Kind regards</p>" * 5
env.cr.execute(
    """
    INSERT INTO mail_message (message_type, model, res_id, author_id, email_from,
                              subject, body, date, is_internal, create_date)
    SELECT 'email', 'res.partner', partner, CASE n %% 2 WHEN 0 THEN %(us)s ELSE partner
           END, 'somebody@customer.example', 'Oak door', %(body)s,
           now() - n * interval '1 hour' - interval '30 days', FALSE, now()
      FROM (SELECT n, (%(ids)s)[1 + (n / 2) %% %(customers)s] AS partner
              FROM generate_series(1, %(mails)s) n) AS line
    RETURNING id, author_id, res_id
    """,
    {
        "us": author.id,
        "body": BODY,
        "ids": partners.ids,
        "customers": CUSTOMERS,
        "mails": MAILS,
    },
)
sent = [(row[0], row[2]) for row in env.cr.fetchall() if row[1] == author.id]
env.cr.execute(
    """
    INSERT INTO mail_notification (mail_message_id, res_partner_id, notification_type,
                                   notification_status, author_id)
    SELECT message, partner, 'email', 'sent', %s
      FROM unnest(%s, %s) AS line (message, partner)
    """,
    [author.id, [row[0] for row in sent], [row[1] for row in sent]],
)
env.invalidate_all()
jobs = env["contact.history.backfill"]
jobs.search([]).unlink()
jobs._start()
start, spent = time.perf_counter(), time.process_time()
looked = 0
while job := jobs._next_job():
    if job.feed not in ("delivery", "message"):
        job.state = "done"
        continue
    looked += job._read_batch(500)
    env.flush_all()
    env.invalidate_all()
seconds, spent = time.perf_counter() - start, time.process_time() - spent
found = sum(jobs.search([]).mapped("recorded_count"))
start = time.perf_counter()
log = env["contact.interaction"]
pairing = env["contact.response.pairing"]
paired = 0
while due := log.search([("is_pairing_due", "=", True)], order="id", limit=500):
    pairing._pair(due._clock_spans(), due, is_changed=True)
    due.write({"is_pairing_due": False})
    env.flush_all()
    env.invalidate_all()
    paired += len(due)
report = {
    "mails": MAILS,
    "looked_at": looked,
    "contacts": found,
    "read_per_second": round(looked / seconds),
    # What to compare on a machine that does other work, too; without PostgreSQL's.
    "read_per_second_of_odoo": round(looked / spent),
    "paired_per_second": round(paired / (time.perf_counter() - start)),
}
env.cr.rollback()
print("RESULT " + json.dumps(report))
