from dateutil.relativedelta import relativedelta

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import email_normalize

# Parts of the personal data that are the customer's side. Salespeople and senders are
# the company's own staff, who answer for what they sent.
_CUSTOMER_SIDE = (
    "customer.",
    "contact.",
    "invoice.",
    "shipping.",
    "signature.",
    "message.",
)
# What is the person's alone once it is known that the person was the contact
_OF_CONTACT = ("contact.", "signature.")


class OfferChainMixin(models.AbstractModel):
    """What a row of the archive holds of one person, and whether it has to stay."""

    _inherit = "offer.chain.mixin"

    def _fields_of_person(self, partner):
        """Return which of the row's personal data is somebody's.

        Everything of the customer's side when ``partner`` is the customer of record;
        of a contact below a company only what names that contact.

        :param partner: ``res.partner`` of length one
        """
        values = self._personal_values()
        mine = {name for name in values if name.startswith(_CUSTOMER_SIDE)}
        if partner == partner.commercial_partner_id:
            return mine
        named = {name for name in mine if partner._offer_is_named_in(values[name])}
        if any(name.startswith("contact.") for name in named):
            named |= {name for name in mine if name.startswith(_OF_CONTACT)}
        return named

    def _reason_to_stay(self):
        """Return why the row may not be emptied yet, False when it may.

        :return: ``hold``, ``open``, ``term`` or False
        """
        self.ensure_one()
        offer = self.offer_id
        limit = self.company_id._offer_retention_limit()
        if offer.is_on_hold or offer._is_customer_on_hold():
            return "hold"
        if offer.is_live:
            return "open"
        if limit and max(self.date, offer.date_last_sent or self.date) >= limit:
            return "term"
        return False

    def _stays_until(self):
        """Return the day on which the retention policy lets go of the row."""
        self.ensure_one()
        last = max(self.date, self.offer_id.date_last_sent or self.date)
        years = self.company_id.sudo().offer_retention_years
        return (last + relativedelta(years=years)).date()


class OfferOffer(models.Model):
    _inherit = "offer.offer"

    def _is_customer_on_hold(self):
        """Tell whether the customer is on legal hold in the contact history."""
        self.ensure_one()
        customer = self.commercial_partner_id
        holds = self.env["contact.hold"]
        return bool(customer) and bool(
            holds._hold_of(customer) or holds._hold_of(self.partner_id)
        )

    def _holds_people(self):
        """Tell whether the archive still holds data of the offer's customer."""
        self.ensure_one()
        if self.is_live or self.is_on_hold:
            return True
        return any(
            row._fields_of_person(self.commercial_partner_id)
            for row in (*self.revision_ids, *self.event_ids)
        )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_archived(self):
        raise UserError(
            self.env._(
                "Offer %(offer)s is evidence and cannot be deleted. What it holds of a "
                "person can be erased: open the contact, page Privacy, “Erase personal "
                "data”.",
                offer=self[:1].name,
            )
        )


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _offer_is_named_in(self, text):
        """Tell whether a text of the archive holds the partner's name or address."""
        self.ensure_one()
        text = text.casefold()
        name = (self.name or "").casefold()
        email = email_normalize(self.email or "")
        return bool((name and name in text) or (email and email in text))
