from odoo import fields, models


class ContactPhoneEndpointSecret(models.TransientModel):
    """Show the address with its secret, once."""

    _name = "contact.phone.endpoint.secret"
    _description = "Address of a telephone system"

    endpoint_id = fields.Many2one(
        "contact.phone.endpoint",
        required=True,
        readonly=True,
        ondelete="cascade",
    )
    address = fields.Char(readonly=True)
