from datetime import timedelta

from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import formatLang

_DAYS = 365


class ResPartner(models.Model):
    """How satisfied a customer is."""

    _inherit = "res.partner"

    def _contact_history_facts(self, partners):
        """Add the customer's satisfaction to what the timeline's header says."""
        facts = super()._contact_history_facts(partners)
        customers = partners.commercial_partner_id
        [(count, average)] = self.env["contact.feedback"]._read_group(
            Domain("commercial_partner_id", "in", customers.ids)
            & Domain(
                "answered_at", ">=", fields.Datetime.now() - timedelta(days=_DAYS)
            ),
            [],
            ["__count", "mark:avg"],
        )
        if count:
            facts.append(
                {
                    "code": "satisfaction",
                    "label": self.env._("Satisfaction"),
                    "value": self.env._(
                        "%(average)s of 5",
                        average=formatLang(self.env, average, digits=1),
                    ),
                    "hint": self.env._(
                        "Answers in the last year: %(count)s", count=count
                    ),
                }
            )
        return facts
