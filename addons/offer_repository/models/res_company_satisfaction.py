from odoo import fields, models


class ResCompany(models.Model):
    """Whether a branch asks its customers how satisfied they were, off at first."""

    _inherit = "res.company"

    offer_satisfaction_ask = fields.Selection(
        [
            ("no", "Never"),
            ("won", "After an order"),
            ("lost", "After a loss"),
            ("both", "After an order or a loss"),
        ],
        string="Ask How Satisfied Customers Were",
        default="no",
        required=True,
        help="Customers get one mail an offer, in their language, unless they do not "
        "want to be asked. Offers that were closed before this was switched on are not "
        "asked about.",
    )
    offer_satisfaction_days = fields.Integer(
        string="Ask After (Days)",
        default=3,
        help="From the order or the loss.",
    )
    offer_satisfaction_user_id = fields.Many2one(
        "res.users",
        string="Follows Up Low Marks",
        ondelete="set null",
        domain="[('share', '=', False)]",
        help="Gets an activity when a customer was not satisfied. Without: the "
        "salesperson of the offer.",
    )

    _offer_satisfaction_days_range = models.Constraint(
        "CHECK(offer_satisfaction_days BETWEEN 0 AND 90)",
        "Customers are asked 0 to 90 days later.",
    )


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    offer_satisfaction_ask = fields.Selection(
        related="company_id.offer_satisfaction_ask",
        readonly=False,
        required=True,
    )
    offer_satisfaction_days = fields.Integer(
        related="company_id.offer_satisfaction_days",
        readonly=False,
    )
    offer_satisfaction_user_id = fields.Many2one(
        related="company_id.offer_satisfaction_user_id",
        readonly=False,
    )


class ResPartner(models.Model):
    _inherit = "res.partner"

    offer_satisfaction_stop = fields.Boolean(
        string="Not to Be Asked for Satisfaction",
        help="Set by the customer himself with the link in the mail, or by hand.",
    )
