"""Time sending quotations with and without the send gate; runs in Odoo's shell.

``GATE_ROUNDS`` is the number of quotations each way. The ways take turns, so that other
work on the machine meets all of them: without a rule and with one, to a customer
of one's own and to one with a rival offer, where a reason lets the quotation go.
"""

import json
import os
import statistics
import time

ROUNDS = int(os.environ["GATE_ROUNDS"])
PDF = b"%PDF-1.4\n" + os.urandom(40_000)
WARM = max(1, ROUNDS // 5)

root = env["res.company"].create({"name": "Gate root"})
branches = env["res.company"].create(
    [{"name": f"Gate {number}", "parent_id": root.id} for number in (1, 2)]
)
group = env.ref("sales_team.group_sale_salesman")
users = env["res.users"].create(
    [
        {
            "name": f"Gate {number}",
            "login": f"gate{number}",
            "email": f"gate{number}@branch.example",
            "company_id": branch.id,
            "company_ids": [(6, 0, branch.ids)],
            "group_ids": [(4, group.id)],
        }
        for number, branch in enumerate(branches)
    ]
)
products = env["product.product"].create(
    [{"name": f"Gate product {number}", "list_price": 100} for number in range(20)]
)
env.ref("sale.email_template_edi_sale").report_template_ids = False


def as_user(number):
    context = {"allowed_company_ids": branches[number].ids}
    return env(user=users[number], context=context)


def customer(name):
    mail = f"{name}@customer.example"
    return env["res.partner"].create({"name": f"Gate {name}", "email": mail})


def order(number, partner, price=100):
    lines = [
        {"product_id": one.id, "product_uom_qty": 1, "price_unit": price + place}
        for place, one in enumerate(products)
    ]
    return as_user(number)["sale.order"].create(
        {"partner_id": partner.id, "order_line": [(0, 0, line) for line in lines]}
    )


def send(quotation):
    own = quotation.env
    sheet = own["ir.attachment"].create(
        {"name": "Quotation.pdf", "raw": PDF, "res_model": "mail.compose.message"}
    )
    composer = own["mail.compose.message"].with_context(
        **quotation.action_quotation_send()["context"]
    )
    composer = composer.create({"attachment_ids": [(6, 0, sheet.ids)]})
    composer._action_send_mail()
    env.flush_all()


def timed(quotation):
    env.flush_all()
    env.invalidate_all()
    start = time.perf_counter()
    send(quotation)
    return 1000 * (time.perf_counter() - start)


def rule(is_on):
    env["offer.check.policy"].search([]).unlink()
    if is_on:
        env["offer.check.policy"].create(
            {"company_id": root.id, "event": "conflict", "level": "reason"}
        )


def once(way, number):
    partner = customer(f"{way}{number}")
    rule(False)
    if "rival" in way:
        send(order(0, partner, 80))
    quotation = order(1, partner)
    rule(way.startswith("gate"))
    if way == "gate_rival":
        quotation.offer_check_reason = "Both were asked"
    return timed(quotation)


WAYS = ("plain_alone", "gate_alone", "plain_rival", "gate_rival")
times = {way: [] for way in WAYS}
for number in range(ROUNDS + WARM):
    for way in WAYS:
        spent = once(way, number)
        if number >= WARM:
            times[way].append(spent)
env.cr.rollback()
middle = {way: statistics.median(spent) for way, spent in times.items()}
ratios = {
    kind: middle[f"gate_{kind}"] / middle[f"plain_{kind}"]
    for kind in ("alone", "rival")
}
print("RESULT " + json.dumps({"ms": middle, "ratio": ratios, "rounds": ROUNDS}))
