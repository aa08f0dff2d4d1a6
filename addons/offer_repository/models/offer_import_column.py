from odoo import fields, models


class OfferImportColumn(models.Model):
    """One column of a list, and which value of an offer it holds."""

    _name = "offer.import.column"
    _description = "Column of an Imported List"
    _order = "position"
    _rec_name = "heading"

    import_id = fields.Many2one(
        "offer.import", required=True, ondelete="cascade", index=True
    )
    position = fields.Integer(readonly=True)
    heading = fields.Char(readonly=True)
    sample = fields.Char(string="First Value", readonly=True)
    field = fields.Selection(
        [
            ("number", "Offer number"),
            ("customer", "Customer"),
            ("vat", "Tax number"),
            ("email", "E-mail"),
            ("date", "Offer date"),
            ("validity", "Valid until"),
            ("amount_total", "Total"),
            ("amount_untaxed", "Untaxed amount"),
            ("currency", "Currency"),
            ("salesperson", "Salesperson"),
            ("state", "State"),
            ("reason", "Reason"),
            ("description", "Terms and remarks"),
            ("documents", "Files in the ZIP"),
        ],
        string="Is",
        help="Empty: the column is not taken over.",
    )
