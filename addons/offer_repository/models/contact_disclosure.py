from odoo import fields, models


class ContactDisclosure(models.Model):
    _inherit = "contact.disclosure"

    kind = fields.Selection(
        selection_add=[
            ("offer_card", "Offer"),
            ("customer_card", "Customer"),
            ("offer_view", "Offer in Full"),
        ],
        ondelete={
            "offer_card": "cascade",
            "customer_card": "cascade",
            "offer_view": "cascade",
        },
    )
