from odoo import api, fields, models


class OfferPartnerMatchLog(models.Model):
    """Who decided what about a pair of customers, and when; never changed.

    The customers are plain numbers: a merge of contacts must not rewrite what was
    decided about which record. There is no name in it, nothing to erase.
    """

    _name = "offer.partner.match.log"
    _description = "Decision on a Customer Match"
    _order = "id desc"

    match_id = fields.Many2one(
        "offer.partner.match", readonly=True, ondelete="set null", index=True
    )
    left_res_id = fields.Integer(string="Customer ID", required=True, readonly=True)
    right_res_id = fields.Integer(
        string="Other Customer ID", required=True, readonly=True
    )
    anchor_company_id = fields.Many2one(
        "res.company",
        string="Company Tree",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )
    event = fields.Selection(
        [("judged", "Decided"), ("undone", "Undone"), ("reopened", "Opened again")],
        required=True,
        readonly=True,
    )
    judgement = fields.Selection(
        selection="_selection_judgement", required=True, readonly=True
    )
    reason = fields.Char(readonly=True)
    user_id = fields.Many2one(
        "res.users",
        string="By",
        required=True,
        readonly=True,
        default=lambda self: self.env.user,
        ondelete="restrict",
    )
    date = fields.Datetime(default=fields.Datetime.now, required=True, readonly=True)
    score = fields.Float(string="Score Then", readonly=True, digits=(6, 4))
    scheme = fields.Char(string="Scheme Then", readonly=True)

    @api.model
    def _selection_judgement(self):
        field = self.env["offer.partner.match"]._fields["judgement"]
        return field._description_selection(self.env)

    @api.model
    def _append(self, matches_sudo, event, reason=""):
        """Write down what just happened to these pairs."""
        return self.sudo().create(
            [
                {
                    "match_id": match.id,
                    "left_res_id": match.left_partner_id.id,
                    "right_res_id": match.right_partner_id.id,
                    "anchor_company_id": match.anchor_company_id.id,
                    "event": event,
                    "judgement": match.judgement,
                    "reason": reason,
                    "score": match.score,
                    "scheme": match.scheme,
                }
                for match in matches_sudo
            ]
        )
