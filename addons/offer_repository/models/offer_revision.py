import json

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..evidence import DocumentFile, is_same_material, parse_canonical, sha256_hex

# Whoever holds this object may add to the archive. It cannot be named from outside
# the process, so no context of a remote call opens the guards below.
ARCHIVE_KEY = object()
ARCHIVE_CONTEXT = "offer_repository_archive_key"


def is_archive(env):
    """Tell whether ``env`` belongs to the archive's own code.

    :param env: the :class:`odoo.api.Environment` of the guarded call
    """
    return env.context.get(ARCHIVE_CONTEXT) is ARCHIVE_KEY


class OfferRevision(models.Model):
    """An offer as it left the house, for good.

    Nothing here refers to a contact: merging or erasing one must not reach behind a
    revision. What the customer was called is in ``personal``, beside the chain; the
    payload only commits to it. Nobody writes or deletes a revision through the ORM,
    the superuser included; who does it in the database breaks the chain.
    """

    _name = "offer.revision"
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
    company_id = fields.Many2one(
        "res.company",
        string="Branch",
        required=True,
        readonly=True,
        ondelete="restrict",
    )
    number = fields.Integer(string="Revision", required=True, readonly=True)
    reason = fields.Selection(
        [
            ("sent", "Sent"),
            ("mass_sent", "Sent to many"),
            ("printed", "Printed"),
            ("portal", "Published on the portal"),
            ("signed", "Signed"),
            ("confirmed", "Confirmed"),
            ("backfill", "Out before installation"),
        ],
        required=True,
        readonly=True,
    )
    date = fields.Datetime(required=True, readonly=True, index=True)
    is_material = fields.Boolean(
        string="New Content",
        readonly=True,
        help="Prices, quantities, terms or validity differ from the revision before. "
        "Otherwise only the document did.",
    )

    payload = fields.Text(required=True, readonly=True)
    personal = fields.Text(required=True, readonly=True)
    payload_sha256 = fields.Char(string="Fingerprint", required=True, readonly=True)
    chain_seq = fields.Integer(
        string="Position in the Chain", required=True, readonly=True
    )
    previous_hash = fields.Char(required=True, readonly=True)
    hash = fields.Char(string="Chain Hash", required=True, readonly=True)

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
    # Guards
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        if not is_archive(self.env):
            raise UserError(self._immutable_message())
        return super().create(vals_list)

    def write(self, vals):
        """Refuse: a revision is evidence from the moment it is made."""
        raise UserError(self._immutable_message())

    @api.ondelete(at_uninstall=True)
    def _unlink_never(self):
        # at_uninstall: the uninstall flag is a context key that any caller can set;
        # removing the addon drops the table without asking the ORM.
        raise UserError(self._immutable_message())

    def _immutable_message(self):
        return self.env._(
            "Revisions of the offer archive are made when an offer leaves the house "
            "and can never be added by hand, changed or deleted. Send the quotation "
            "again to archive a new revision."
        )

    # ------------------------------------------------------------------
    # Reading the evidence
    # ------------------------------------------------------------------

    def _payload_value(self):
        self.ensure_one()
        return parse_canonical(self.payload)

    def _personal_values(self):
        """Return the clear personal data by field; erased ones are missing."""
        self.ensure_one()
        return json.loads(self.personal or "{}").get("values", {})

    def _is_same_content(self, content):
        return is_same_material(self._payload_value()["content"], content)

    def _holds_files(self, files):
        held = {entry["sha256"] for entry in self._payload_value()["documents"]}
        return held.issuperset(sha256_hex(file.data) for file in files)

    def _document_files(self):
        """Return the archived files in the order they were sent."""
        self.ensure_one()
        documents_sudo = self.sudo().document_ids.sorted("id")
        return [
            DocumentFile(document.name, document.mimetype, document.raw)
            for document in documents_sudo
        ]
