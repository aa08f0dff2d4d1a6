from odoo import api, fields, models
from odoo.tools import SQL


class OfferPartnerMatchCalibration(models.Model):
    """How often each kind of evidence was right, measured by people's decisions.

    Evidence for a match is right where people said "same", evidence against it where
    they said anything else.
    """

    _name = "offer.partner.match.calibration"
    _description = "Evidence in Practice"
    _auto = False
    _order = "decisions desc, code, id"
    _rec_name = "code"

    code = fields.Char(readonly=True)
    name = fields.Char(string="Evidence", compute="_compute_name")
    anchor_company_id = fields.Many2one(
        "res.company", string="Company Tree", readonly=True
    )
    points = fields.Float(
        string="Average Points", readonly=True, digits=(8, 1), aggregator="avg"
    )
    decisions = fields.Integer(readonly=True)
    same_count = fields.Integer(string="Same Customer", readonly=True)
    different_count = fields.Integer(string="Not the Same", readonly=True)
    right_share = fields.Float(
        string="Right", readonly=True, digits=(6, 4), aggregator="avg"
    )

    @property
    def _table_query(self):
        self.env["offer.partner.match"].flush_model()
        # A query, no view: nothing is left behind, and nothing to keep in step.
        return SQL(
            """
            SELECT row_number() OVER (ORDER BY pair.anchor_company_id, row.code) AS id,
                   row.code,
                   pair.anchor_company_id,
                   avg(row.points) AS points,
                   count(*) AS decisions,
                   count(*) FILTER (WHERE pair.judgement = 'same') AS same_count,
                   count(*) FILTER (WHERE pair.judgement != 'same') AS different_count,
                   avg(((pair.judgement = 'same') = (row.points >= 0))::int)
                       AS right_share
            FROM offer_partner_match pair
            CROSS JOIN LATERAL jsonb_to_recordset(pair.evidence)
                AS row (code varchar, points float)
            WHERE pair.judgement IN ('same', 'same_group', 'different')
            GROUP BY pair.anchor_company_id, row.code
            """
        )

    @api.depends("code")
    @api.depends_context("lang")
    def _compute_name(self):
        check = self.env["offer.check"]
        for row in self:
            row.name = " ".join(check._evidence_labels([row.code]))
