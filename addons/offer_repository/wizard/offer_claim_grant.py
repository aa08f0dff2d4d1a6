from odoo import fields, models
from odoo.exceptions import ValidationError


class OfferClaimGrant(models.TransientModel):
    """A manager claims a customer for a branch by hand."""

    _name = "offer.claim.grant"
    _description = "Claim a Customer"

    partner_id = fields.Many2one(
        "res.partner", string="Customer", required=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        "res.company",
        string="Branch",
        required=True,
        default=lambda self: self.env.company,
        ondelete="cascade",
    )
    user_id = fields.Many2one(
        "res.users",
        string="Salesperson",
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        ondelete="set null",
    )
    category_id = fields.Many2one(
        "product.category",
        string="Goods",
        ondelete="set null",
        help="Only goods of this category and below. Empty: all goods.",
    )
    days = fields.Integer(
        string="Term (Days)",
        required=True,
        default=lambda self: self.env.company.offer_claim_days,
    )
    reason = fields.Char(required=True)

    def action_grant(self):
        """Claim the customer and open the claim."""
        self.ensure_one()
        self.partner_id.check_access("read")
        tree_sudo = self.env.company._offer_tree()
        if self.company_id.sudo() not in tree_sudo:
            raise ValidationError(
                self.env._(
                    "%(branch)s is no branch of your company tree.",
                    branch=self.company_id.sudo().name,
                )
            )
        if self.days < 1:
            raise ValidationError(
                self.env._(
                    "A claim is for one day at least, not for %(days)s.", days=self.days
                )
            )
        # sudo: claims are granted this way alone, and by managers of the tree
        identity_sudo = self.env["offer.identity"]._identity_of(
            self.partner_id.sudo(), tree_sudo
        )
        claim_sudo = self.env["offer.claim"]._grant(
            identity_sudo,
            self.company_id.sudo(),
            "manual",
            self.days,
            user_id=self.user_id.id,
            category_id=self.category_id.id,
            reason=self.reason.strip(),
        )
        return claim_sudo.sudo(False)._get_records_action()
