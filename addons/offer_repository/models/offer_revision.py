from odoo import api, fields, models
from odoo.fields import Domain

from ..evidence import is_same_material, parse_canonical, sha256_hex


class OfferRevision(models.Model):
    """An offer as it left the house, for good.

    Nothing here refers to a contact: merging or erasing one must not reach behind a
    revision. What the customer was called is in ``personal``, beside the chain; the
    payload only commits to it.
    """

    _name = "offer.revision"
    _inherit = ["offer.chain.mixin"]
    _log_access = False
    _description = "Offer Revision"
    _order = "date desc, id desc"
    _rec_names_search = ["offer_id"]

    offer_id = fields.Many2one(
        "offer.offer",
        required=True,
        readonly=True,
        ondelete="restrict",
        index=True,
    )
    number = fields.Integer(string="Revision", required=True, readonly=True)
    reason = fields.Selection(
        [
            ("sent", "Sent"),
            ("mass_sent", "Sent to many"),
            ("printed", "Printed"),
            ("portal", "Published on the portal"),
            ("link", "Link given out"),
            ("signed", "Signed"),
            ("confirmed", "Confirmed"),
            ("backfilled", "Taken over"),
            ("uploaded", "Taken from a file"),
            ("mailed", "Taken from an e-mail"),
            ("imported", "Taken from a list"),
            ("corrected", "Corrected"),
        ],
        required=True,
        readonly=True,
    )
    is_material = fields.Boolean(
        string="New Content",
        readonly=True,
        help="Prices, quantities, terms or validity differ from the revision before. "
        "Otherwise only the document did.",
    )

    # Only of offers that were made outside Odoo
    origin = fields.Selection(
        [("upload", "File"), ("mail", "E-mail"), ("import", "List")],
        string="Made From",
        readonly=True,
    )
    external_number = fields.Char(readonly=True)
    date_recorded = fields.Datetime(
        string="In the Archive Since",
        readonly=True,
        help="When the archive got it. That it left the house before is what the "
        "person says who took it in.",
    )

    customer_name = fields.Char(
        string="Customer",
        compute="_compute_people",
        search="_search_customer",
    )
    contact_name = fields.Char(string="Contact", compute="_compute_people")
    salesperson_name = fields.Char(string="Salesperson", compute="_compute_people")
    user_name = fields.Char(string="Sent By", compute="_compute_people")

    line_ids = fields.One2many("offer.revision.line", "revision_id", readonly=True)
    document_ids = fields.One2many(
        "ir.attachment",
        "res_id",
        string="Documents",
        domain=[("res_model", "=", "offer.revision")],
        readonly=True,
    )
    document_count = fields.Integer(
        string="Number of Documents", compute="_compute_document_count"
    )

    currency_id = fields.Many2one(
        "res.currency",
        required=True,
        readonly=True,
        ondelete="restrict",
    )
    amount_untaxed = fields.Monetary(string="Untaxed Amount", readonly=True)
    amount_tax = fields.Monetary(string="Taxes", readonly=True)
    amount_total = fields.Monetary(string="Total", readonly=True)
    validity = fields.Date(string="Valid Until", readonly=True)

    _chain_uniq = models.UniqueIndex(
        "(company_id, chain_seq)",
        "Two revisions cannot take the same place in the chain.",
    )
    _number_uniq = models.UniqueIndex(
        "(offer_id, number)",
        "Two revisions of an offer cannot have the same number.",
    )

    # ------------------------------------------------------------------
    # Compute and search
    # ------------------------------------------------------------------

    @api.depends("offer_id.name", "number")
    def _compute_display_name(self):
        for revision in self:
            revision.display_name = self.env._(
                "%(offer)s, revision %(number)s",
                offer=revision.offer_id.name,
                number=revision.number,
            )

    @api.depends("personal")
    def _compute_people(self):
        for revision in self:
            people = revision._personal_values()
            revision.customer_name = people.get("customer.name")
            revision.contact_name = people.get("contact.name")
            revision.salesperson_name = people.get("salesperson.name")
            revision.user_name = people.get("sender.name")

    def _search_customer(self, operator, value):
        # The snapshot is not searchable by design; the head knows who it is today.
        return Domain("offer_id.partner_id", operator, value)

    @api.depends("document_ids")
    def _compute_document_count(self):
        for revision in self:
            revision.document_count = len(revision.document_ids)

    # ------------------------------------------------------------------
    # Reading the evidence
    # ------------------------------------------------------------------

    def _payload_value(self):
        self.ensure_one()
        return parse_canonical(self.payload)

    def _is_same_content(self, content):
        return is_same_material(self._payload_value()["content"], content)

    def _holds_files(self, files):
        held = {entry["sha256"] for entry in self._payload_value()["documents"]}
        return held.issuperset(sha256_hex(file.data) for file in files)
