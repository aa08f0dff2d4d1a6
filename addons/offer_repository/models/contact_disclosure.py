from odoo import fields, models


class ContactDisclosure(models.Model):
    _inherit = "contact.disclosure"

    kind = fields.Selection(
        selection_add=[("offer_card", "Offer")],
        ondelete={"offer_card": "cascade"},
    )
