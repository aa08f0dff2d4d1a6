from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import format_date


class OfferPartnerMatchMerge(models.TransientModel):
    """Make one record of two customers, through Odoo's own merge."""

    _name = "offer.partner.match.merge"
    _description = "Merge Two Customers"

    match_id = fields.Many2one(
        "offer.partner.match", required=True, readonly=True, ondelete="cascade"
    )
    candidate_ids = fields.Many2many(
        "res.partner", compute="_compute_candidate_ids", string="Both Customers"
    )
    dst_partner_id = fields.Many2one(
        "res.partner",
        string="Record That Stays",
        required=True,
        domain="[('id', 'in', candidate_ids)]",
    )
    src_partner_id = fields.Many2one(
        "res.partner", string="Record That Goes", compute="_compute_src_partner_id"
    )
    # Two records to merge may well have one name.
    dst_about = fields.Char(string="About What Stays", compute="_compute_about")
    src_about = fields.Char(string="About What Goes", compute="_compute_about")
    preview = fields.Text(string="What Will Move", compute="_compute_preview")

    @api.depends("match_id")
    def _compute_candidate_ids(self):
        for merge in self:
            match = merge.match_id
            merge.candidate_ids = match.left_partner_id | match.right_partner_id

    @api.depends("dst_partner_id", "candidate_ids")
    def _compute_src_partner_id(self):
        for merge in self:
            others = merge.candidate_ids._origin - merge.dst_partner_id._origin
            merge.src_partner_id = others if len(others) == 1 else False

    @api.depends("dst_partner_id", "src_partner_id")
    def _compute_about(self):
        for merge in self:
            merge.dst_about = self._about(merge.dst_partner_id)
            merge.src_about = self._about(merge.src_partner_id)

    @api.model
    def _about(self, partner):
        """Return what tells a record from another one of its name."""
        if not partner:
            return ""
        since = self.env._(
            "since %(date)s", date=format_date(self.env, partner.create_date)
        )
        number = self.env._("ID %(number)s", number=partner.id)
        return ", ".join(filter(None, (number, partner.city, since)))

    @api.depends("src_partner_id")
    def _compute_preview(self):
        records = self.env["offer.partner.merge"]
        for merge in self:
            source = merge.src_partner_id
            counts = records._count_references(source) if source else {}
            merge.preview = records._moved_sentences(counts)

    def action_merge(self):
        """Merge, as Odoo's wizard does it; it logs which record went into which."""
        self.ensure_one()
        possible, reason = self.match_id._merge_check()
        if not possible:
            raise UserError(reason)
        if self.dst_partner_id not in self.candidate_ids:
            raise UserError(
                self.env._(
                    "Choose one of the two customers of %(pair)s to stay.",
                    pair=self.match_id.display_name,
                )
            )
        if self.match_id.judgement != "same":
            self.match_id._judge("same")
        # Not in sudo: Odoo decides by the user's own rights whether he may.
        wizard = self.env["base.partner.merge.automatic.wizard"].create(
            {
                "partner_ids": [Command.set(self.candidate_ids.ids)],
                "dst_partner_id": self.dst_partner_id.id,
            }
        )
        wizard.action_merge()
        return {"type": "ir.actions.act_window_close"}
