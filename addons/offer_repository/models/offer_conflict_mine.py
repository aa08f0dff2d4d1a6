from odoo import api, fields, models
from odoo.tools import SQL


class OfferConflictMine(models.Model):
    """One's own offers that stand in a conflict: what staff may know of a case.

    A row is an offer that the reader may read, with its newest case. Of the other
    sides: which branches. No price, no offer, no severity (it would tell of prices).
    """

    _name = "offer.conflict.mine"
    _inherit = ["offer.reading.mixin"]
    _description = "My Conflict"
    _auto = False
    _order = "state desc, date_due, id desc"
    _rec_name = "offer_id"

    offer_id = fields.Many2one("offer.offer", readonly=True)
    partner_id = fields.Many2one("res.partner", string="Customer", readonly=True)
    company_id = fields.Many2one("res.company", string="Branch", readonly=True)
    user_id = fields.Many2one("res.users", string="Salesperson", readonly=True)
    conflict_id = fields.Many2one(
        "offer.conflict",
        readonly=True,
        groups="offer_repository.offer_repository_group_manager",
    )
    date_detected = fields.Datetime(string="Detected", readonly=True)
    date_due = fields.Date(string="Decision Expected", readonly=True)
    state = fields.Selection(
        [("open", "Waits for a decision"), ("decided", "Decided")],
        readonly=True,
        group_expand=True,
    )
    decision = fields.Selection(selection="_selection_decision", readonly=True)
    decision_reason = fields.Text(string="Reason", readonly=True)
    other_branches = fields.Char(compute="_compute_others", compute_sudo=True)
    in_charge = fields.Char(compute="_compute_others", compute_sudo=True)

    @property
    def _table_query(self):
        # One row an offer, so that its id is the row's.
        return SQL(
            """
            SELECT DISTINCT ON (offer.id)
                   offer.id, offer.id AS offer_id, offer.partner_id, offer.company_id,
                   offer.user_id, conflict.id AS conflict_id, conflict.date_detected,
                   conflict.date_due, conflict.state, conflict.decision,
                   conflict.decision_reason
              FROM offer_conflict_offer_rel rel
              JOIN offer_conflict conflict ON conflict.id = rel.offer_conflict_id
              JOIN offer_offer offer ON offer.id = rel.offer_offer_id
          ORDER BY offer.id, conflict.state = 'open' DESC, conflict.id DESC
            """
        )

    @api.model
    def _selection_decision(self):
        field = self.env["offer.conflict"]._fields["decision"]
        return field._description_selection(self.env)

    @api.depends("conflict_id", "company_id")
    @api.depends_context("lang")
    def _compute_others(self):
        # teams and salespeople of one branch may be sides, too
        within = self.env._("Within the own branch")
        for row in self:
            others = row.conflict_id.company_ids - row.company_id
            row.other_branches = ", ".join(others.mapped("name")) or within
            row.in_charge = row.conflict_id.decision_side_id.name or ""

    def action_open(self):
        """Open one's own offer."""
        self.ensure_one()
        self.check_access("read")
        return self.offer_id._get_records_action()

    # ------------------------------------------------------------------
    # Disclosure: naming other branches is a card
    # ------------------------------------------------------------------

    def read(self, fields=None, load="_classic_read"):
        rows = super().read(fields, load)
        if fields is None or {"other_branches", "in_charge"} & set(fields):
            self._log_disclosure()
        return rows

    read._readonly = False  # as the ways of the mixin, which end in it

    def export_data(self, fields_to_export):
        data = super().export_data(fields_to_export)
        self._log_disclosure()
        return data

    def _log_disclosure(self):
        self.env["contact.disclosure"]._log(self._disclosures())

    def _disclosures(self):
        """Return the log rows that telling of these conflicts needs."""
        rows = []
        for row_sudo in self.sudo():
            others = row_sudo.conflict_id.company_ids - row_sudo.company_id
            rows += [
                {
                    "owner_company_id": other.id,
                    "partner_id": row_sudo.offer_id.commercial_partner_id.id,
                    "kind": "conflict_card",
                    "level": "metadata",
                    "res_model": "offer.conflict",
                    "res_id": row_sudo.conflict_id.id,
                    "reason_code": "conflict",
                }
                for other in others
            ]
        return rows


class ContactDisclosure(models.Model):
    _inherit = "contact.disclosure"

    kind = fields.Selection(
        selection_add=[("conflict_card", "Conflict")],
        ondelete={"conflict_card": "cascade"},
    )
