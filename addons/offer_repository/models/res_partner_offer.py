from odoo import api, fields, models
from odoo.exceptions import UserError


class ResPartner(models.Model):
    _inherit = "res.partner"

    offer_count = fields.Integer(
        string="Offers",
        compute="_compute_offer_count",
        groups="offer_repository.offer_repository_group_user",
    )

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_offer_count(self):
        """Count the archived offers that the reader may see, contacts' included."""
        groups = self.env["offer.offer"]._read_group(
            [("commercial_partner_id", "in", self.commercial_partner_id.ids)],
            ["commercial_partner_id"],
            ["__count"],
        )
        counts = {customer.id: count for customer, count in groups}
        for partner in self:
            partner.offer_count = counts.get(partner.commercial_partner_id.id, 0)

    def _offer_snapshot_people(self):
        """Return what a revision keeps of a customer, and of the contact, by field."""
        self.ensure_one()
        customer = self.commercial_partner_id
        people = {
            "customer.name": customer.name,
            "customer.address": customer._display_address(without_company=True),
            "customer.vat": customer.vat,
            "customer.email": customer.email,
            "customer.phone": customer.phone,
        }
        if self != customer:
            people |= {
                "contact.name": self.name or self.display_name,
                "contact.email": self.email,
                "contact.phone": self.phone,
                "contact.address": self._display_address(without_company=True),
            }
        return people

    def action_open_offers(self):
        """List the archived offers of the customer."""
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "offer_repository.offer_offer_action_partner"
        )
        customers = self.commercial_partner_id
        return {**action, "domain": [("commercial_partner_id", "in", customers.ids)]}

    # ------------------------------------------------------------------
    # Erasure
    # ------------------------------------------------------------------

    @api.ondelete(at_uninstall=False)
    def _unlink_except_archived(self):
        """Let a contact go whose offers hold nothing of it any more.

        Odoo's own refusal would name a table; this one tells the way out.
        """
        # sudo: offers of other branches keep a contact, too
        offers_sudo = self.env["offer.offer"].sudo()
        mine_sudo = offers_sudo.search([("partner_id", "in", self.ids)])
        kept_sudo = mine_sudo.filtered(lambda offer: offer._holds_people())
        if kept_sudo:
            raise UserError(
                self.env._(
                    "%(person)s has offers in the archive, which are evidence and "
                    "stay. Have its personal data erased first (page Privacy, “Erase "
                    "personal data”); then the contact can be deleted. To hide the "
                    "contact, archive it.",
                    person=kept_sudo[0].partner_id.display_name,
                )
            )
        mine_sudo.write({"partner_id": False})
