from odoo import fields, models


class OfferArchiveFinding(models.Model):
    """Something in an archive that is not as it was written, and where."""

    _name = "offer.archive.finding"
    _description = "Archive Finding"
    _order = "check_id desc, id"
    _rec_name = "code"

    check_id = fields.Many2one(
        "offer.archive.check",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )
    company_id = fields.Many2one(related="check_id.company_id", store=True)
    chain = fields.Selection(
        [("revision", "Revisions"), ("event", "Events")],
        required=True,
        readonly=True,
    )
    sequence = fields.Integer(
        string="Position", readonly=True, help="Place of the row in its chain."
    )
    code = fields.Selection(
        [
            ("row_missing", "The row is missing"),
            ("row_unplaced", "The row never got a place in the chain"),
            ("row_moved", "The row was put in another place"),
            ("sequence_repeated", "The position occurs twice"),
            ("link_broken", "The row does not follow the one before it"),
            ("payload_altered", "The content was altered"),
            ("payload_unreadable", "The content cannot be read"),
            ("hash_wrong", "The hash does not fit the content"),
            ("column_altered", "A value shown in lists was altered"),
            ("line_altered", "A line was altered"),
            ("line_missing", "A line is missing"),
            ("line_added", "A line was added"),
            ("document_altered", "A document was altered"),
            ("document_missing", "A document is missing"),
            ("document_added", "A document was added"),
            ("personal_altered", "Personal data was altered"),
            ("personal_missing", "Personal data is missing"),
            ("personal_unknown", "Personal data was added"),
            ("personal_unreadable", "Personal data cannot be read"),
        ],
        string="What",
        required=True,
        readonly=True,
    )
    detail = fields.Char(string="Where in the Row", readonly=True)
    offer_name = fields.Char(string="Offer", readonly=True)
