"""Time creating and sending a quotation of 20 lines; runs in Odoo's shell.

``ARCHIVE_OVERHEAD`` is the number of quotations, with our addons and without in turns.
The same PDF is attached on both sides, so that nothing but the addons' own work
differs. With ``BENCH_PROFILE`` a profile of ours is written there.
"""

import os

from common.inside import compare, profiled, report, sides

COUNT = int(os.environ["ARCHIVE_OVERHEAD"])
PDF = b"%PDF-1.4\n" + os.urandom(40_000)
LINES = 20


def prepare(side):
    """Make a customer and products; without wkhtmltopdf Odoo alone could not render."""
    env = side.env
    side.customer = env["res.partner"].create(
        {"name": "Benchmark", "email": "benchmark@customer.example"}
    )
    side.products = env["product.product"].create(
        [{"name": f"Product {number}", "list_price": 100} for number in range(LINES)]
    )
    env.ref("sale.email_template_edi_sale").report_template_ids = False


def create(side):
    lines = [
        {
            "product_id": product.id,
            "product_uom_qty": number + 1,
            "price_unit": 100 + number,
        }
        for number, product in enumerate(side.products)
    ]
    return side.env["sale.order"].create(
        {
            "partner_id": side.customer.id,
            "order_line": [(0, 0, line) for line in lines],
        }
    )


def send(side, order):
    sheet = side.env["ir.attachment"].create(
        {"name": "Quotation.pdf", "raw": PDF, "res_model": "mail.compose.message"}
    )
    composer = side.env["mail.compose.message"].with_context(
        **order.action_quotation_send()["context"]
    )
    composer = composer.create({"attachment_ids": [(6, 0, sheet.ids)]})
    composer._action_send_mail()


def both(side):
    order = side.timed("create", create, side)
    side.timed("send", send, side, order)
    parts = (side.spent["create"][-1], side.spent["send"][-1])
    total = tuple(map(sum, zip(*parts, strict=True)))
    side.spent.setdefault("both", []).append(total)


def main(env):
    pair = sides(env)
    for side in pair:
        prepare(side)
        for _ in range(max(2, COUNT // 5)):
            both(side)
        side.spent.clear()
    for _ in range(COUNT):
        for side in pair:
            both(side)
    times = [dict(side.spent) for side in pair]
    profiled(lambda: [both(pair[0]) for _ in range(COUNT)])
    for side, spent in zip(pair, times, strict=True):
        side.spent = {what: kept[:COUNT] for what, kept in spent.items()}
    report(compare(*pair))


main(env)  # noqa: F821  Odoo's shell brings it
