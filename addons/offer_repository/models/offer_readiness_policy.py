from odoo import api, fields, models, tools


class OfferReadinessPolicy(models.Model):
    """How a branch takes one point of "Ready to send?": off, optional or required."""

    _name = "offer.readiness.policy"
    _inherit = ["contact.history.cached.mixin"]
    _description = "Ready to Send: Policy"
    _rec_name = "point"
    _order = "company_id, point, id"

    company_id = fields.Many2one(
        "res.company",
        string="Branch",
        ondelete="cascade",
        index="btree_not_null",
        help="Empty: every branch without a line of its own.",
    )
    point = fields.Selection(
        selection=lambda self: self._selection_point(),
        required=True,
    )
    level = fields.Selection(
        [
            ("off", "Not checked"),
            ("optional", "Shown"),
            ("required", "Asked before sending"),
        ],
        default="required",
        required=True,
    )

    _company_point_uniq = models.UniqueIndex(
        "(COALESCE(company_id, 0), point)",
        "A branch takes every point in one way: change the line that is there.",
    )

    @api.model
    def _selection_point(self):
        """Return the points; extend with ``sale.order._offer_readiness_points``."""
        labels = {
            "person": self.env._("Addressed to a person"),
            "language": self.env._("In the customer's language"),
            "channel": self.env._("On the channel the customer likes"),
            "inquiry": self.env._("Answers the inquiry"),
            "response": self.env._("Within the target time"),
            "prices": self.env._("In line with the last offers"),
            "validity": self.env._("Validity"),
            "terms": self.env._("Terms"),
            "duplicate": self.env._("Customer known once"),
        }
        return list(labels.items())

    @api.model
    def _levels(self, company):
        """Return the level of each point for a branch, its own lines first."""
        levels = {code: "optional" for code, _label in self._selection_point()}
        return levels | dict(self._lines(company.id))

    @api.model
    @tools.ormcache("company_id")
    def _lines(self, company_id):
        """Return (point, level) of the lines that count in a branch, its own last.

        Cached, because every quotation that is opened or sent asks.
        """
        # sudo: salespeople may not read the policy, what it asks for is shown to them
        lines_sudo = self.sudo().search([("company_id", "in", (company_id, False))])
        return tuple(
            (line.point, line.level)
            for line in lines_sudo.sorted(lambda line: bool(line.company_id))
        )
