from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    offer_conflict_undo_days = fields.Integer(
        string="Undo Decisions Within (Days)",
        default=7,
        help="How long managers can take a decision on a conflict back. The setting of "
        "the topmost company counts.",
    )
    offer_conflict_due_days = fields.Integer(
        string="Decide Conflicts Within (Days)",
        default=3,
        help="Then the managers of the topmost company are told, whose setting counts. "
        "0: no due dates.",
    )
    offer_claim_days = fields.Integer(
        string="Claims Hold (Days)",
        default=30,
        help="From the start, and from each contact of the branch with the customer.",
    )
    offer_claim_warn_days = fields.Integer(
        string="Warn Before a Claim Ends (Days)", default=7
    )
    offer_claim_on_first_offer = fields.Boolean(
        string="First Offer Claims the Customer",
        help="The branch that is first to send an offer has the customer until the "
        "claim runs out.",
    )

    _offer_conflict_due_not_negative = models.Constraint(
        "CHECK(offer_conflict_due_days >= 0)",
        "Conflicts are decided within 0 days or more.",
    )
    _offer_claim_days_positive = models.Constraint(
        "CHECK(offer_claim_days > 0 AND offer_claim_warn_days >= 0)",
        "A claim holds for one day at least, and warns 0 days before or more.",
    )
    _offer_conflict_undo_not_negative = models.Constraint(
        "CHECK(offer_conflict_undo_days >= 0)",
        "Decisions can be taken back within 0 days or more.",
    )


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    offer_conflict_undo_days = fields.Integer(
        related="company_id.offer_conflict_undo_days",
        readonly=False,
    )
    offer_claim_days = fields.Integer(
        related="company_id.offer_claim_days",
        readonly=False,
    )
    offer_claim_warn_days = fields.Integer(
        related="company_id.offer_claim_warn_days",
        readonly=False,
    )
    offer_claim_on_first_offer = fields.Boolean(
        related="company_id.offer_claim_on_first_offer",
        readonly=False,
    )
    offer_conflict_due_days = fields.Integer(
        related="company_id.offer_conflict_due_days",
        readonly=False,
    )
