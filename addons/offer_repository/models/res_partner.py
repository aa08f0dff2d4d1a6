from odoo import api, models

from ..matching import Party


class ResPartner(models.Model):
    _inherit = "res.partner"

    @api.model_create_multi
    def create(self, vals_list):
        partners = super().create(vals_list)
        self.env["offer.partner.key"]._sync(partners)
        return partners

    def write(self, vals):
        if not self._offer_key_fields() & vals.keys():
            return super().write(vals)
        # sudo: the company a contact leaves may be out of the writer's sight.
        before_sudo = self.sudo().commercial_partner_id
        result = super().write(vals)
        self.env["offer.partner.key"]._sync(before_sudo | self.sudo())
        self._offer_on_home_country_change(vals)
        return result

    def unlink(self):
        left_sudo = self.sudo().commercial_partner_id - self.sudo()
        result = super().unlink()
        self.env["offer.partner.key"]._sync(left_sudo.exists())
        return result

    @api.model
    def _offer_key_fields(self):
        """Return the names of the fields that keys are made of or depend on.

        Override when an addon adds addresses: extend :meth:`_offer_party` as well.
        """
        return frozenset(
            {"vat", "country_id", "parent_id", "is_company", "active", "company_id"}
        ).union(self._offer_email_fields(), self._phone_get_number_fields())

    @api.model
    def _offer_email_fields(self):
        """Return the fields that hold the partner's own addresses."""
        return ["email"]

    def _offer_party(self, home_countries):
        """Return the partner as the matching sees it, without its contact persons.

        :param home_countries: codes of where a partner without country may be at home
        """
        self.ensure_one()
        entity = self.commercial_partner_id
        country = self.country_id or entity.country_id or self.company_id.country_id
        return Party(
            vats=(self.vat or "",) if self == entity else (),
            emails=tuple(self[name] or "" for name in self._offer_email_fields()),
            phones=tuple(self[name] or "" for name in self._phone_get_number_fields()),
            country=country.code or None,
            home_countries=() if country else tuple(home_countries),
        )

    def _offer_key_data(self):
        """Return what tells this customer from others, for the eye that compares.

        Spelling apart: another way to write the same number is no news. Decisions that
        two customers are different hold as long as none of this changes.

        :return: list of texts, one a field of :meth:`_offer_key_data_fields`
        """
        self.ensure_one()
        return [
            "".join(filter(str.isalnum, (self[name] or "").casefold()))
            for name in self._offer_key_data_fields()
        ]

    @api.model
    def _offer_key_data_fields(self):
        """Return the names of the fields behind :meth:`_offer_key_data`, in order."""
        return [
            "name",
            "vat",
            "company_registry",
            *self._offer_email_fields(),
            *self._phone_get_number_fields(),
        ]

    def _offer_family_root(self):
        """Return the top of the partner's hierarchy.

        A company entered below another one is a customer of its own, but never a
        duplicate of it.
        """
        partner = self
        while partner.parent_id:
            partner = partner.parent_id
        return partner

    def _offer_on_home_country_change(self, vals):
        """Read the numbers of customers without country anew when a branch moves."""
        # sudo: who may edit the contact of a company need not see that company.
        if "country_id" in vals and self.sudo().ref_company_ids:
            cron_sudo = self.env.ref(
                "offer_repository.ir_cron_offer_partner_key_rebuild"
            ).sudo()
            cron_sudo._trigger()

    def _contact_history_partners(self):
        """Add the customers that are certainly this one, with their contacts."""
        partners_sudo = super()._contact_history_partners()
        same_sudo = self.env["offer.identity"]._certain_partners(
            self.sudo().commercial_partner_id, self.env.companies._offer_tree()
        )
        return partners_sudo | same_sudo.search(
            [("commercial_partner_id", "in", same_sudo.ids)]
        )
