"""Make an archive with offers of every kind, and say what it holds."""

import io
import json

from reportlab.pdfgen.canvas import Canvas

from odoo import fields
from odoo.fields import Command

from odoo.addons.offer_repository.evidence import DocumentFile

USER = "sales_team.group_sale_salesman"


def pdf(text):
    stream = io.BytesIO()
    canvas = Canvas(stream, invariant=1)
    canvas.drawString(72, 720, text)
    canvas.save()
    return stream.getvalue()


def quotation(number):
    lines = [
        {"product_id": machine.id, "product_uom_qty": 2, "price_unit": 1000 + number},
        {"display_type": "line_note", "name": f"Note {number}"},
    ]
    order = (
        env["sale.order"]
        .with_user(seller)
        .create(
            {
                "partner_id": customer.id,
                "validity_date": fields.Date.add(fields.Date.today(), days=30),
                "order_line": [Command.create(line) for line in lines],
            }
        )
    )
    document = DocumentFile("Offer.pdf", "application/pdf", pdf(f"Offer {number}"))
    order._offer_archive("sent", documents=[document])
    return order


def external(number):
    items = env["offer.intake"].with_user(seller)
    data = pdf(f"Razem brutto: {number} 000,00 EUR")
    item_sudo, _refusal = items._upload(f"{number}.pdf", data, branch)
    item = item_sudo.with_user(seller)
    item.write({"partner_id": customer.id, "external_number": f"OF/{number}"})
    item.action_take()
    return item.sudo().offer_id


branch = env["res.company"].create({"name": "Branch to restore"})
seller = env["res.users"].create(
    {
        "name": "Seller to restore",
        "login": "restore.seller",
        "company_id": branch.id,
        "company_ids": [Command.set(branch.ids)],
        "group_ids": [Command.link(env.ref(USER).id)],
    }
)
customer = env["res.partner"].create({"name": "Łącznik sp. z o.o.", "is_company": True})
machine = env["product.product"].create({"name": "Machine", "default_code": "M-1"})
orders = [quotation(number) for number in range(4)]
orders[0].action_confirm()
orders[1]._action_cancel()
offers = [external(number) for number in (7, 8)]
offers[0]._external_close("lost", "Too late")
# personal data that is gone must not look like tampering after a restore either
orders[1]._offer_heads().current_revision_id._forget_people()
env["offer.revision"]._seal_all()
env.cr.commit()
env.invalidate_all()

revisions = env["offer.revision"].search([("company_id", "=", branch.id)])
events = env["offer.event"].search([("company_id", "=", branch.id)])
findings = env["offer.revision"]._verify_company(branch)
said = {
    "rows": len(revisions) + len(events),
    "documents": len(revisions.document_ids),
    "heads": [one.sorted("chain_seq")[-1:].hash for one in (revisions, events)],
    "findings": [repr(one) for one in findings],
}
print(f"\nRESTORE {json.dumps(said)}")
