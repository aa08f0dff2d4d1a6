from odoo import api, models

# What of an offer is in the words it is found by.
_OFFER_FIELDS = frozenset(
    {"name", "partner_id", "current_revision_id", "date_last_sent"}
)


class OfferOffer(models.Model):
    _inherit = "offer.offer"

    @api.model_create_multi
    def create(self, vals_list):
        # The archive has its own events: nobody follows, nothing is noted in a thread.
        silent = self.with_context(
            mail_create_nolog=True, mail_create_nosubscribe=True, tracking_disable=True
        )
        offers = super(OfferOffer, silent).create(vals_list).with_env(self.env)
        self.env["offer.search.queue"]._touch(offers.ids)
        return offers

    def write(self, vals):
        result = super().write(vals)
        if _OFFER_FIELDS & vals.keys():
            self.env["offer.search.queue"]._touch(self.ids)
        return result


class OfferRevision(models.Model):
    _inherit = "offer.revision"

    def _forget_fields(self, names):
        """Forget them in the search, too."""
        result = super()._forget_fields(names)
        self.env["offer.search.queue"]._touch(self.offer_id.ids)
        return result

    def _purge_documents(self):
        """What they said is not to be found any more."""
        result = super()._purge_documents()
        self.env["offer.search.queue"]._touch(self.offer_id.ids)
        return result


class OfferIdentityMember(models.Model):
    """Who is the same customer is found by the names of all."""

    _inherit = "offer.identity.member"

    @api.model_create_multi
    def create(self, vals_list):
        members = super().create(vals_list)
        members._touch_search()
        return members

    def write(self, vals):
        # before and after: both identities lose or win a name
        self._touch_search()
        result = super().write(vals)
        self._touch_search()
        return result

    def unlink(self):
        self._touch_search()
        return super().unlink()

    def _touch_search(self):
        partners = self.identity_id.member_ids.partner_id | self.partner_id
        self.env["offer.search.queue"]._touch_customers(partners.ids)
