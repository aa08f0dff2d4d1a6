from odoo import api, models, tools

from ..telephone import numbers_in


class ResPartner(models.Model):
    _inherit = "res.partner"

    @api.model_create_multi
    def create(self, vals_list):
        partners = super().create(vals_list)
        upkeep = self.env["contact.partner.upkeep"]
        upkeep._note("numbers", partners.ids, self.env.company.id)
        upkeep._note("emails", partners.ids)
        return partners

    def write(self, vals):
        result = super().write(vals)
        upkeep = self.env["contact.partner.upkeep"]
        if not self._contact_history_number_sources().isdisjoint(vals):
            upkeep._note("numbers", self.ids, self.env.company.id)
        if "email" in vals:
            upkeep._note("emails", self.ids)
        return result

    def unlink(self):
        result = super().unlink()
        self.env["contact.partner.upkeep"]._forget(("numbers", "emails"), self.ids)
        return result

    @api.model
    def _contact_history_phone_fields(self):
        """Return the fields that hold telephone numbers. Override to add one."""
        return ["phone"]

    @api.model
    @tools.ormcache(cache="stable")
    def _contact_history_number_sources(self):
        """Return the fields that decide about the numbers of a partner."""
        return frozenset({"country_id", *self._contact_history_phone_fields()})

    def _contact_history_numbers(self, company=None):
        """Return the numbers of the partner, of whatever stands in its fields.

        :param company: in whose country local numbers are at home; the user's own
        """
        self.ensure_one()
        region = self._contact_history_region(
            self.country_id.id or (company or self.env.company).country_id.id
        )
        return [
            number
            for name in self._contact_history_phone_fields()
            for number in numbers_in(self[name] or None, region)
        ]

    def _contact_history_e164(self, company_id):
        """Return the numbers of the partner, as they are compared, each once.

        Where all there is is one number written out, Odoo has read it already.
        """
        texts = filter(
            None, (self[name] for name in self._contact_history_phone_fields())
        )
        written = [text.replace(" ", "") for text in texts]
        if not written or written == [self.phone_sanitized]:
            return written
        company = self.env["res.company"].browse(company_id)
        numbers = self._contact_history_numbers(company)
        return [*dict.fromkeys(number.e164 for number in numbers)]

    @api.model
    @tools.ormcache("country_id", cache="stable")
    def _contact_history_region(self, country_id):
        """Return the code of a country; kept, every partner that is saved asks."""
        return self.env["res.country"].sudo().browse(country_id).code
