from odoo import api, models, tools

from ..telephone import numbers_in


class ResPartner(models.Model):
    _inherit = "res.partner"

    @api.model_create_multi
    def create(self, vals_list):
        partners = super().create(vals_list)
        names = ("email", *self._contact_history_phone_fields())
        reachable = partners.filtered(
            lambda partner: any(partner[name] for name in names)
        )
        if reachable:
            reachable._contact_history_became_known(
                *self.env["contact.phone.number"]._prepare(reachable, is_new=True)
            )
        return partners

    def write(self, vals):
        result = super().write(vals)
        numbers, statements = set(), []
        if not {"country_id", *self._contact_history_phone_fields()}.isdisjoint(vals):
            numbers, statements = self.env["contact.phone.number"]._prepare(self)
        if numbers or statements or "email" in vals:
            self._contact_history_became_known(numbers, statements, "email" in vals)
        return result

    @api.model
    def _contact_history_phone_fields(self):
        """Return the fields that hold telephone numbers. Override to add one."""
        return ["phone"]

    def _contact_history_numbers(self):
        """Return the numbers of the partner, of whatever stands in its fields."""
        self.ensure_one()
        region = self._contact_history_region(
            self.country_id.id or self.env.company.country_id.id
        )
        return [
            number
            for name in self._contact_history_phone_fields()
            for number in numbers_in(self[name] or None, region)
        ]

    @api.model
    @tools.ormcache("country_id", cache="stable")
    def _contact_history_region(self, country_id):
        """Return the code of a country; kept, every partner that is saved asks."""
        return self.env["res.country"].sudo().browse(country_id).code

    def _contact_history_became_known(self, numbers, statements=(), by_email=True):
        """Let earlier contacts of these addresses find their customer.

        :param numbers: set of telephone numbers that are new
        :param statements: what writes them down, for the trip that has to be made
        :param by_email: whether the e-mail address may be new as well
        """
        addresses = set(numbers)
        if by_email:
            addresses |= set(filter(None, self.mapped("email_normalized")))
        self.env["contact.interaction"]._attach(addresses, statements)
