"""Time creating and sending a quotation of 20 lines; runs in Odoo's shell.

``ARCHIVE_OVERHEAD`` is the number of quotations. Besides the time by the clock, which
other work on the machine spoils, the processor time of this process and of its
database connections is reported, where Linux tells it. The same PDF is attached with
our addons and without, so that nothing but the addons' own work differs.
"""

import json
import os
import statistics
import time
from pathlib import Path

COUNT = int(os.environ["ARCHIVE_OVERHEAD"])
PDF = b"%PDF-1.4\n" + os.urandom(40_000)


def timed(action):
    start = time.perf_counter()
    result = action()
    env.flush_all()
    return 1000 * (time.perf_counter() - start), result


def processor_ms():
    """Return what this process and its database connections have used so far."""
    env.cr.execute(
        "SELECT pid FROM pg_stat_activity WHERE datname = current_database()"
    )
    ticks = 0
    for (pid,) in env.cr.fetchall():
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        ticks += int(fields[11]) + int(fields[12])
    return 1000 * (time.process_time() + ticks / os.sysconf("SC_CLK_TCK"))


def create():
    return env["sale.order"].create(
        {
            "partner_id": customer.id,
            "order_line": [
                (
                    0,
                    0,
                    {
                        "product_id": product.id,
                        "product_uom_qty": number + 1,
                        "price_unit": 100 + number,
                    },
                )
                for number, product in enumerate(products)
            ],
        }
    )


def send(order):
    sheet = env["ir.attachment"].create(
        {"name": "Quotation.pdf", "raw": PDF, "res_model": "mail.compose.message"}
    )
    composer = env["mail.compose.message"].with_context(
        **order.action_quotation_send()["context"]
    )
    composer = composer.create({"attachment_ids": [(6, 0, sheet.ids)]})
    composer._action_send_mail()


customer = env["res.partner"].create(
    {"name": "Benchmark", "email": "benchmark@customer.example"}
)
products = env["product.product"].create(
    [{"name": f"Product {number}", "list_price": 100} for number in range(20)]
)
# without wkhtmltopdf Odoo alone could not render; the document is attached instead
env.ref("sale.email_template_edi_sale").report_template_ids = False
creates, sends = [], []
warm = COUNT // 5
for number in range(COUNT):
    if number == warm:
        used = processor_ms()
    spent, order = timed(create)
    creates.append(spent)
    sends.append(timed(lambda order=order: send(order))[0])
used = (processor_ms() - used) / (COUNT - warm)
env.cr.rollback()
both = [one + other for one, other in zip(creates, sends, strict=True)]
print(
    "RESULT "
    + json.dumps(
        {
            name: statistics.median(times[warm:])
            for name, times in (("create", creates), ("send", sends), ("both", both))
        }
        | {"processor": used}
    )
)
