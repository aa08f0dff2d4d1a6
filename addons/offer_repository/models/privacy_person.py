from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ..matching import Verdict


class ResCompany(models.Model):
    _inherit = "res.company"

    offer_accounting_years = fields.Integer(
        string="Invoices Are Kept (Years)",
        default=10,
        help="So long the law asks for the customer's name on orders and invoices. A "
        "person's record in the address book is not erased before.",
    )


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    offer_accounting_years = fields.Integer(
        related="company_id.offer_accounting_years",
        readonly=False,
    )


class PrivacySectionPerson(models.AbstractModel):
    """Business with a person that the law, or the contract, has us remember."""

    _inherit = "contact.privacy.section.person"

    def _obstacles(self, subject):
        obstacles = super()._obstacles(subject)
        offers = self.env["offer.offer"].search(
            [("commercial_partner_id", "in", subject.partners.ids)]
        )
        mine = offers if not subject.is_contact else offers.browse()
        if any(offer.is_live for offer in mine):
            obstacles.append({"reason": "open"})
        until = max(self._kept_until(subject), default=None)
        if until and until >= fields.Date.context_today(self):
            obstacles.append({"reason": "law", "until": until})
        return obstacles

    @api.model
    def _kept_until(self, subject):
        """Return until when each branch has to know whom it sold to."""
        # sudo: this runs in superuser mode; documents of every branch keep the name.
        days = []
        for model, day, domain in (
            ("account.move", "invoice_date", Domain("state", "=", "posted")),
            ("sale.order", "date_order", Domain("state", "=", "sale")),
        ):
            groups = self.env[model]._read_group(
                domain & Domain("partner_id", "in", subject.partners.ids),
                ["company_id"],
                [f"{day}:max"],
            )
            days += [
                fields.Date.to_date(last)
                + relativedelta(years=company.offer_accounting_years)
                for company, last in groups
                if last and company.offer_accounting_years
            ]
        return days


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _contact_same_person(self):
        """Add the customers that are certainly this one, in whichever branch."""
        same = super()._contact_same_person()
        entities = self.filtered(lambda one: one == one.commercial_partner_id)
        # sudo: identities are for managers to read; what comes of it is decided by
        # whoever asked.
        members_sudo = self.env["offer.identity.member"].sudo()
        certain = ("verdict", "=", Verdict.CERTAIN.value)
        found_sudo = members_sudo.search(
            [
                ("partner_id", "in", entities.ids),
                ("anchor_company_id", "in", self.env.companies._offer_tree().ids),
                certain,
            ]
        )
        for member_sudo in found_sudo:
            others_sudo = member_sudo.identity_id.member_ids.filtered_domain([certain])
            same[member_sudo.partner_id.id] |= others_sudo.partner_id
        return same

    def _contact_history_blank(self):
        """Also where the name was written down beside the record."""
        old = self.name
        result = super()._contact_history_blank()
        identities = (
            self.env["offer.identity.member"]
            .search([("partner_id", "=", self.id)])
            .identity_id
        )
        identities.filtered(lambda one: one.name == old).write({"name": self.name})
        for model, name, about in (
            ("offer.claim", "customer_name", ("identity_id", "in", identities.ids)),
            (
                "offer.release.request",
                "customer_name",
                ("order_id.partner_id", "=", self.id),
            ),
        ):
            rows = self.env[model].search([about, (name, "=", old)])
            rows.with_context(tracking_disable=True).write({name: self.name})
        return result

    @api.model
    def _contact_history_own_prefixes(self):
        return (*super()._contact_history_own_prefixes(), "offer.")
