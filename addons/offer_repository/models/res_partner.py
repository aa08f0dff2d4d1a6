from odoo import api, models, tools

from .res_partner_check import ANSWER_FIELDS

# Who belongs to whom.
_HIERARCHY = frozenset({"parent_id", "is_company"})
# What of a partner is in the words that his offers are found by.
_SEARCH_FIELDS = frozenset({"name", "parent_id", "is_company"})


class ResPartner(models.Model):
    _inherit = "res.partner"

    @api.model_create_multi
    def create(self, vals_list):
        answers = [self._offer_take_answers(vals) for vals in vals_list]
        known = self._offer_known_before_create(vals_list)
        partners = super().create(vals_list)
        self.env["contact.partner.upkeep"]._note("created", partners.ids)
        partners._offer_enforce(known, answers)
        partners._offer_after_create(answers)
        return partners

    def write(self, vals):
        # One override for all that follows customers: each costs every write.
        if self._offer_written_fields().isdisjoint(vals):
            return super().write(vals)
        vals = dict(vals)
        answers = [self._offer_take_answers(vals)] * len(self)
        is_key = not self._offer_key_fields().isdisjoint(vals)
        known = self._offer_known_before_write() if is_key else None
        left = self._offer_touched() if _HIERARCHY & vals.keys() else set()
        result = super().write(vals)
        self._offer_touch(left)
        self._offer_after_write(vals)
        self._offer_enforce(known, answers)
        self._offer_judge(answers)
        return result

    @api.model
    @tools.ormcache(cache="stable")
    def _offer_written_fields(self):
        """Return the fields that anything of ours follows."""
        return self._offer_key_fields() | ANSWER_FIELDS

    def _offer_after_write(self, vals):
        if not _SEARCH_FIELDS.isdisjoint(vals):
            self.env["offer.search.queue"]._touch_customers(self.ids)
        self._offer_on_home_country_change(vals)

    def unlink(self):
        touched = self._offer_touched()
        result = super().unlink()
        # Afterwards: whoever looks customers up on the way would see them still.
        upkeep = self.env["contact.partner.upkeep"]
        upkeep._note("touched", touched)
        upkeep._note("to_read", self.ids)
        return result

    def _offer_touch(self, more_ids=()):
        """Have the profiles of these partners and their companies brought in step.

        :param more_ids: of others, such as companies that were left
        """
        self.env["contact.partner.upkeep"]._note(
            "touched", self._offer_touched().union(more_ids)
        )

    def _offer_touched(self):
        """Return the ids of these partners and their companies."""
        # sudo: the company a contact leaves may be out of the writer's sight.
        return {*self.ids, *self.sudo().commercial_partner_id.ids}

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

    def _offer_on_home_country_change(self, vals):
        """Read the numbers of customers without country anew when a branch moves."""
        # sudo: who may edit the contact of a company need not see that company.
        if "country_id" in vals and self.sudo().ref_company_ids:
            self.env.registry.clear_cache()  # of _offer_company_countries
            self.env["offer.job"].sudo()._schedule("rebuild")

    def _contact_history_partners(self):
        """Add the customers that are certainly this one, with their contacts."""
        partners_sudo = super()._contact_history_partners()
        same_sudo = self.env["offer.identity"]._certain_partners(
            self.sudo().commercial_partner_id, self.env.companies._offer_tree()
        )
        return partners_sudo | same_sudo.search(
            [("commercial_partner_id", "in", same_sudo.ids)]
        )
