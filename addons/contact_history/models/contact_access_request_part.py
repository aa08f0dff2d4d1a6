from odoo import fields, models


class ContactAccessRequestPart(models.Model):
    """Rows that were collected already."""

    _name = "contact.access.request.part"
    _description = "Part of an access request"
    _order = "id"

    request_id = fields.Many2one(
        "contact.access.request",
        required=True,
        ondelete="cascade",
        index=True,
    )
    section_code = fields.Char(required=True)
    rows = fields.Text(required=True)
