from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date

from .offer_offer_external import ORIGINS

# What people fill in; everything else is the server's.
EDITABLE = frozenset(
    {
        "partner_id",
        "external_number",
        "date",
        "date_valid_until",
        "currency_id",
        "amount_untaxed",
        "amount_total",
        "terms",
        "user_id",
        "offer_id",
        "quotation_id",
        "line_ids",
    }
)
_KEPT_DAYS = 30


class OfferIntake(models.Model):
    """A document that came in and is not an offer of the archive yet.

    Uploaded, mailed or imported; with the values that were read from it, until a
    person confirms them or discards it. Rows are made by the server alone.
    """

    _name = "offer.intake"
    _inherit = ["mail.thread"]
    _description = "Document to Sort"
    _order = "create_date desc, id desc"

    name = fields.Char(required=True, readonly=True)
    state = fields.Selection(
        [("new", "To sort"), ("taken", "In the archive"), ("discarded", "Discarded")],
        required=True,
        readonly=True,
        default="new",
        index=True,
    )
    origin = fields.Selection(ORIGINS, string="Came As", required=True, readonly=True)
    company_id = fields.Many2one(
        "res.company",
        string="Branch",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )
    user_id = fields.Many2one(
        "res.users",
        string="Salesperson",
        ondelete="set null",
        index=True,
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        help="Nobody: everybody in the branch sees it and can take it.",
    )

    document_ids = fields.One2many(
        "ir.attachment",
        "res_id",
        string="Documents",
        domain=[("res_model", "=", "offer.intake")],
        readonly=True,
    )
    sha256 = fields.Char(string="Fingerprint", readonly=True, index=True)
    # Of each document by fingerprint: text and problem. For the archive and search.
    readings = fields.Json(readonly=True, copy=False)
    text = fields.Text(readonly=True, copy=False)
    problem = fields.Char(readonly=True, copy=False)
    problem_text = fields.Char(string="Remark", compute="_compute_problem_text")
    proposals = fields.Json(readonly=True, copy=False)
    twin_text = fields.Char(string="Seen Before", compute="_compute_twin_text")

    sender = fields.Char(string="Mail From", readonly=True)
    recipients = fields.Char(string="Mail To", readonly=True)
    message_identifier = fields.Char(readonly=True, index="btree_not_null")

    partner_id = fields.Many2one(
        "res.partner",
        string="Customer",
        ondelete="set null",
        index="btree_not_null",
    )
    external_number = fields.Char(string="Offer Number")
    date = fields.Date(string="Offer Date")
    date_valid_until = fields.Date(string="Valid Until")
    currency_id = fields.Many2one("res.currency", required=True, ondelete="restrict")
    amount_untaxed = fields.Monetary(
        string="Untaxed Amount",
        help="Branches compare prices without tax. Empty: the total is without tax.",
    )
    amount_total = fields.Monetary(string="Total")
    terms = fields.Text(string="Terms and Remarks")
    offer_id = fields.Many2one(
        "offer.offer",
        string="New Revision Of",
        ondelete="set null",
        index="btree_not_null",
        domain="[('origin', '!=', 'quotation'), ('company_id', '=', company_id)]",
        help="Empty: the document is an offer of its own.",
    )

    # serves the list of what is to sort
    _company_state_idx = models.Index("(company_id, state)")

    # ------------------------------------------------------------------
    # Compute
    # ------------------------------------------------------------------

    @api.depends("problem", "readings")
    def _compute_problem_text(self):
        reader = self.env["offer.document.reader"]
        for item in self:
            codes = [item.problem, *((item.readings or {}).get("notes") or [])]
            texts = map(reader._problem_text, dict.fromkeys(filter(None, codes)))
            item.problem_text = " ".join(texts) or False

    @api.depends("sha256", "state")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_twin_text(self):
        waiting = self.filtered(lambda item: item.state == "new" and item.sha256)
        archived, earlier = waiting._archived_twins(), waiting._earlier_twins()
        for item in self:
            key = (item.company_id.id, item.sha256)
            item.twin_text = False
            if item in waiting and key in archived:
                item.twin_text = item._archived_twin_text(archived[key])
            elif item in waiting and earlier.get(key, item)._origin != item._origin:
                item.twin_text = item._waiting_twin_text(earlier[key])

    def _archived_twins(self):
        """Return the offers (sudo) that hold the same bytes, by branch and bytes."""
        # sudo: that a colleague of the branch has it already is no secret in it
        texts_sudo = self.env["offer.document.text"].sudo()
        found_sudo = texts_sudo.search(
            [
                ("company_id", "in", self.company_id.ids),
                ("sha256", "in", self.mapped("sha256")),
            ]
        )
        return {
            (text.company_id.id, text.sha256): text.revision_id.offer_id
            for text in found_sudo
        }

    def _earlier_twins(self):
        """Return the first item (sudo) of the same bytes that waits, by the same."""
        found_sudo = self.sudo().search(
            [
                ("company_id", "in", self.company_id.ids),
                ("sha256", "in", self.mapped("sha256")),
                ("state", "=", "new"),
            ],
            order="id desc",
        )
        return {(item.company_id.id, item.sha256): item for item in found_sudo}

    def _waiting_twin_text(self, earlier_sudo):
        return self.env._(
            "The same file waits here already, since %(date)s.",
            date=format_date(self.env, earlier_sudo.create_date.date()),
        )

    def _archived_twin_text(self, offer_sudo):
        offer = offer_sudo.sudo(False)
        if offer.has_access("read"):
            return self.env._(
                "The same file is in the archive already, with offer %(offer)s.",
                offer=offer_sudo.name,
            )
        return self.env._(
            "A colleague of your branch has the same file in the archive already."
        )

    # ------------------------------------------------------------------
    # Guards
    # ------------------------------------------------------------------

    def write(self, vals):
        """Let people change what they confirm, while it is to sort."""
        if not self.env.su:
            self._check_write(vals)
        return super().write(vals)

    def _check_write(self, vals):
        others = sorted(vals.keys() - EDITABLE)
        if others:
            raise AccessError(
                self.env._(
                    "“%(field)s” of a document to sort is not changed by hand.",
                    field=self._fields[others[0]]._description_string(self.env)
                    if others[0] in self._fields
                    else others[0],
                )
            )
        closed = self.filtered(lambda item: item.state != "new")
        if closed:
            raise UserError(
                self.env._(
                    "“%(document)s” is sorted already. Correct the offer instead.",
                    document=closed[0].name,
                )
            )
        if "user_id" in vals:
            self._check_salesperson(vals["user_id"])
        # a link shows a name: only to what the user may read
        for link in ("partner_id", "offer_id", "quotation_id"):
            if vals.get(link):
                self.env[self._fields[link].comodel_name].browse(
                    vals[link]
                ).check_access("read")

    def _check_salesperson(self, user_id):
        """Refuse handing a document to somebody who does not work in its branch."""
        user_sudo = self.env["res.users"].sudo().browse(user_id or [])
        strangers = self.filtered(
            lambda item: user_sudo and item.company_id not in user_sudo.company_ids
        )
        if strangers:
            raise UserError(
                self.env._(
                    "%(user)s does not work in %(branch)s. Choose a colleague of the "
                    "branch, or nobody.",
                    user=user_sudo.name,
                    branch=strangers[0].company_id.name,
                )
            )

    @api.autovacuum
    def _gc_sorted(self):
        """Forget what was discarded some time ago, and what the archive has now."""
        before = fields.Datetime.subtract(fields.Datetime.now(), days=_KEPT_DAYS)
        self.sudo().search(
            [("state", "!=", "new"), ("write_date", "<", before)], limit=1000
        ).unlink()
