from odoo import models
from odoo.exceptions import UserError


class OfferOffer(models.Model):
    _inherit = "offer.offer"

    def action_compare(self):
        """Show the chosen offers side by side; one alone with its own versions.

        :raise UserError: when there is nothing to compare with, or too much
        """
        self.check_access("read")
        comparison = self.env["offer.comparison"]
        if len(self) == 1:
            revisions = comparison._proposal(self)
        else:
            revisions = self.current_revision_id
        if len(self) == 1 and len(revisions) < 2:
            raise UserError(
                self.env._(
                    "%(offer)s has one revision, and you may read no other offer to "
                    "this customer. Mark two offers in the list to compare them.",
                    offer=self.name,
                )
            )
        return comparison._open(comparison._readable(revisions.ids))


class OfferRevision(models.Model):
    _inherit = "offer.revision"

    def action_compare(self):
        """Show the chosen versions side by side."""
        comparison = self.env["offer.comparison"]
        return comparison._open(comparison._readable(self.ids))


class OfferConflict(models.Model):
    _inherit = "offer.conflict"

    def action_compare_offers(self):
        """Show the offers of the case side by side, who was first on the left."""
        self.ensure_one()
        self.check_access("read")
        comparison = self.env["offer.comparison"]
        # sudo: only to put them in order; each is read with the reader's rights
        ids = self.sudo()._ordered_offers().current_revision_id.ids
        return comparison._open(comparison._readable(ids[:6]))
