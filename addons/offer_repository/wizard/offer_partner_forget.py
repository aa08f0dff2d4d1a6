from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

_MANAGER = "offer_repository.offer_repository_group_manager"


class OfferPartnerForget(models.TransientModel):
    """Shows what the archive holds of a person, and forgets what need not stay.

    The chain goes on verifying: it holds commitments, which say nothing any more once
    the clear values beside them are gone, and events that say who forgot what.
    """

    _name = "offer.partner.forget"
    _description = "Forget Personal Data in Archived Offers"

    partner_id = fields.Many2one(
        "res.partner", string="Person", required=True, readonly=True
    )
    is_contact = fields.Boolean(
        readonly=True, help="A contact of a company: the company itself stays."
    )
    with_documents = fields.Boolean(
        string="Delete the documents as well",
        help="The files hold the person's name and address, too. Their fingerprints "
        "stay under the chain.",
    )
    line_ids = fields.One2many("offer.partner.forget.line", "forget_id", readonly=True)
    going_count = fields.Integer(string="Can Be Forgotten", compute="_compute_counts")
    staying_count = fields.Integer(string="Must Stay", compute="_compute_counts")
    document_count = fields.Integer(
        string="Documents with It", compute="_compute_counts"
    )

    @api.depends("line_ids")
    def _compute_counts(self):
        for forget in self:
            going = forget.line_ids.filtered(lambda line: not line.reason)
            forget.going_count = len(going)
            forget.staying_count = len(forget.line_ids) - len(going)
            forget.document_count = sum(going.mapped("document_count"))

    # ------------------------------------------------------------------
    # Preview
    # ------------------------------------------------------------------

    @api.model
    def _preview(self, partner):
        """Return what could be forgotten of ``partner``, nothing changed yet."""
        is_contact = partner != partner.commercial_partner_id
        forget = self.create(
            {
                "partner_id": partner.id,
                "is_contact": is_contact,
                "with_documents": not is_contact,
            }
        )
        lines = [forget._line_values(row, names) for row, names in forget._rows()]
        lines += forget._beside_values()
        # sudo: lines are made by the preview alone, so that nobody adds to them
        self.env["offer.partner.forget.line"].sudo().create(lines)
        return forget

    def _rows(self):
        """Yield the rows of the archive that the manager may read, and their fields."""
        customers = self.partner_id.commercial_partner_id
        offers = self.env["offer.offer"].search(
            [("commercial_partner_id", "in", customers.ids)]
        )
        for model in ("offer.revision", "offer.event"):
            rows = self.env[model].search(
                [("offer_id", "in", offers.ids)], order="offer_id, date, id"
            )
            for row in rows:
                names = row._fields_of_person(self.partner_id)
                if names or self._documents(row):
                    yield row, names

    def _documents(self, row):
        """Return the files that hold the customer's name, of those that have some."""
        if row._name != "offer.revision" or self.is_contact:
            return self.env["ir.attachment"]
        return row.document_ids

    def _line_values(self, row, names):
        reason = row._reason_to_stay()
        is_revision = row._name == "offer.revision"
        return {
            "forget_id": self.id,
            "offer_id": row.offer_id.id,
            "revision_id": row.id if is_revision else False,
            "event_id": False if is_revision else row.id,
            "date": row.date,
            "names": ", ".join(sorted(names)),
            "document_count": len(row.document_ids) if is_revision else 0,
            "reason": reason,
            "date_until": row._stays_until() if reason == "term" else False,
            "hold_reason": row.offer_id.hold_reason if reason == "hold" else False,
        }

    # ------------------------------------------------------------------
    # Forgetting
    # ------------------------------------------------------------------

    def action_forget(self):
        """Delete for good what need not stay; note on the partner what was done."""
        self.ensure_one()
        self.check_access("write")
        self._check_manager()
        forgotten = self._forget_beside()
        for row, names in self._rows():
            if not row._reason_to_stay():
                self._forget(row, names)
                forgotten += 1
        if not forgotten:
            raise UserError(
                self.env._(
                    "Nothing of %(person)s can be forgotten now. The list tells for "
                    "each entry why it has to stay, and until when.",
                    person=self.partner_id.display_name,
                )
            )
        self._note(forgotten)
        return self._action_done(forgotten)

    def _beside_values(self):
        """Return further lines of the preview: what is the person's elsewhere.

        Override together with :meth:`_forget_beside`.
        """
        return []

    def _forget_beside(self):
        """Forget what is the person's outside the archive; return how much it was."""
        return 0

    def _check_manager(self):
        if not self.env.user.has_group(_MANAGER):
            raise AccessError(
                self.env._("Only managers of the offer repository forget people.")
            )

    def _forget(self, row, names):
        row_sudo = row.sudo()  # nobody may write evidence; the manager may read the row
        if row._name == "offer.revision" and self.with_documents:
            row_sudo._purge_documents()
        row_sudo._forget_fields(names)

    def _note(self, forgotten):
        """Write on the partner what was done, and when to look again."""
        staying = self.line_ids.filtered("reason")
        partner_sudo = self.partner_id.sudo()  # a log line; the manager may read it
        partner_sudo._message_log(
            body=self.env._(
                "Personal data in archived offers forgotten: %(gone)s entries. "
                "%(left)s entries have to stay for now.",
                gone=forgotten,
                left=len(staying),
            ),
            author_id=self.env.user.partner_id.id,
        )
        until = staying.filtered("date_until").mapped("date_until")
        if until:
            partner_sudo.activity_schedule(
                "mail.mail_activity_data_todo",
                date_deadline=max(until),
                user_id=self.env.user.id,
                summary=self.env._("Forget the rest in archived offers"),
            )

    def _action_done(self, forgotten):
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._(
                    "Personal data of %(person)s forgotten in %(count)s entries of "
                    "the archive.",
                    person=self.partner_id.display_name,
                    count=forgotten,
                ),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }


class OfferPartnerForgetLine(models.TransientModel):
    """One row of the archive that holds data of the person."""

    _name = "offer.partner.forget.line"
    _description = "Archived Entry with Personal Data"
    _order = "reason, date, id"

    forget_id = fields.Many2one(
        "offer.partner.forget", required=True, ondelete="cascade", index=True
    )
    offer_id = fields.Many2one("offer.offer")
    revision_id = fields.Many2one("offer.revision")
    event_id = fields.Many2one("offer.event")
    company_id = fields.Many2one(related="offer_id.company_id")
    date = fields.Datetime()
    names = fields.Char()
    what = fields.Char(compute="_compute_what")
    document_count = fields.Integer(string="Documents")
    reason = fields.Selection(
        [
            ("hold", "Legal hold"),
            ("open", "The offer is still open"),
            ("term", "Has to be kept"),
        ],
        string="Stays Because",
    )
    date_until = fields.Date(string="Until")
    hold_reason = fields.Char()

    @api.depends("names")
    def _compute_what(self):
        labels = self._labels()
        for line in self:
            parts = {
                name.partition(".")[0]
                for name in filter(None, (line.names or "").split(", "))
            }
            line.what = ", ".join(labels[part] for part in labels if part in parts)

    def _labels(self):
        return {
            "customer": self.env._("customer"),
            "contact": self.env._("contact"),
            "invoice": self.env._("invoicing address"),
            "shipping": self.env._("shipping address"),
            "signature": self.env._("signature"),
            "message": self.env._("subject and recipients"),
        }
