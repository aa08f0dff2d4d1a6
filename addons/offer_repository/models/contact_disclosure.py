from odoo import fields, models


class ContactDisclosure(models.Model):
    _inherit = "contact.disclosure"

    kind = fields.Selection(
        selection_add=[
            ("offer_card", "Offer"),
            ("customer_card", "Customer"),
            ("price_card", "Last price"),
            ("offer_comparison", "Comparison of offers"),
            ("offer_export", "Export of offers"),
            ("offer_view", "Offer in Full"),
            ("offer_list", "List of offers"),
        ],
        ondelete={
            "offer_card": "cascade",
            "customer_card": "cascade",
            "price_card": "cascade",
            "offer_comparison": "cascade",
            "offer_export": "cascade",
            "offer_view": "cascade",
            "offer_list": "cascade",
        },
    )
