from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

PRIVACY = "contact_history.contact_history_group_privacy"


class ContactHold(models.Model):
    """Legal hold: what is needed in a dispute is neither erased nor deleted."""

    _name = "contact.hold"
    _description = "Legal hold"
    _order = "id desc"
    _rec_name = "reason"

    partner_id = fields.Many2one(
        "res.partner",
        string="Customer",
        ondelete="cascade",
        index="btree_not_null",
        help="All contacts of the customer, and of the people of the company.",
    )
    interaction_id = fields.Many2one(
        "contact.interaction",
        string="Contact",
        ondelete="cascade",
        index="btree_not_null",
    )
    company_id = fields.Many2one(
        "res.company",
        string="Branch",
        required=True,
        default=lambda self: self.env.company,
        ondelete="restrict",
    )
    reason = fields.Char(required=True, help="e.g. the reference of the lawsuit.")
    user_id = fields.Many2one(
        "res.users",
        string="Set by",
        required=True,
        readonly=True,
        default=lambda self: self.env.user,
        ondelete="restrict",
    )
    date_until = fields.Date(string="Until", help="Empty: until it is released.")
    released_at = fields.Datetime(string="Released on", readonly=True, copy=False)
    released_by_id = fields.Many2one(
        "res.users",
        string="Released by",
        readonly=True,
        copy=False,
        ondelete="restrict",
    )
    is_in_force = fields.Boolean(
        string="In force",
        compute="_compute_is_in_force",
        search="_search_is_in_force",
    )

    _about_check = models.Constraint(
        "CHECK((partner_id IS NULL) <> (interaction_id IS NULL))",
        "A legal hold is of one customer or of one contact.",
    )

    @api.depends("released_at", "date_until")
    def _compute_is_in_force(self):
        today = fields.Date.context_today(self)
        for hold in self:
            is_over = hold.date_until and hold.date_until < today
            hold.is_in_force = not hold.released_at and not is_over

    def _search_is_in_force(self, operator, value):
        if operator != "in":
            return NotImplemented
        domain = self._domain_in_force()
        return (
            Domain.TRUE if len(set(value)) > 1 else domain if True in value else ~domain
        )

    @api.model
    def _domain_in_force(self):
        today = fields.Date.context_today(self)
        return Domain("released_at", "=", False) & (
            Domain("date_until", "=", False) | Domain("date_until", ">=", today)
        )

    @api.model_create_multi
    def create(self, vals_list):
        holds = super().create(vals_list)
        if not self.env.su:
            holds.partner_id.check_access("read")
            holds.interaction_id.check_access("read")
            if holds.user_id != self.env.user:
                raise AccessError(
                    self.env._("A legal hold is set in your own name only.")
                )
        return holds

    def write(self, vals):
        if not self.env.su and not vals.keys() <= {"reason", "date_until"}:
            raise UserError(
                self.env._(
                    "Of a legal hold only reason and end can be changed. Release it, "
                    "and set another one."
                )
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(
            self.env._("Legal holds are kept as proof. Release it instead.")
        )

    def action_release(self):
        """Let erasure and retention apply again."""
        self.check_access("write")
        # sudo: people write neither of these; that they may write holds was checked.
        self.sudo().filtered("is_in_force").write(
            {"released_at": fields.Datetime.now(), "released_by_id": self.env.uid}
        )

    # ------------------------------------------------------------------
    # What is held
    # ------------------------------------------------------------------

    @api.model
    def _held_partners(self):
        """Return the customers on hold, in superuser mode, whichever branch set it."""
        # sudo: nothing of them is shown; every hold counts.
        return self.sudo().search(self._domain_in_force()).partner_id

    @api.model
    def _hold_of(self, partner):
        """Return the hold (sudo) that keeps a customer, or the person's company."""
        about = partner.sudo()._contact_same_person()[partner.id]
        return self.sudo().search(
            self._domain_in_force()
            & Domain("partner_id", "in", (about | about.commercial_partner_id).ids),
            limit=1,
        )

    @api.model
    def _domain_held_interactions(self):
        in_force = self._domain_in_force()
        held = self._held_partners()
        held = held.union(*held._contact_same_person().values())
        rows = self.sudo().search(in_force & Domain("interaction_id", "!=", False))
        return (
            Domain("partner_id", "in", held.ids)
            | Domain("commercial_partner_id", "in", held.ids)
            | Domain("id", "in", rows.interaction_id.ids)
        )

    @api.model
    def _held_interactions(self, interactions):
        """Return those of the contacts that are on hold."""
        return interactions.sudo().filtered_domain(self._domain_held_interactions())
