from odoo import fields, models
from odoo.exceptions import UserError

OPEN_STATES = ("sent", "expired")
_CLOSED = ("won", "lost", "cancelled")


class OfferOffer(models.Model):
    """What becomes of offers made outside: people say so, with a reason."""

    _inherit = "offer.offer"

    def _external_close(self, outcome, reason, lost_reason=None):
        """Close external offers that are open, and log it under the chain.

        The access check is the caller's, see ``_external_check_change``.

        :param outcome: ``won``, ``lost`` or ``cancelled``
        :param reason: why, in a sentence; nothing personal
        :param lost_reason: ``crm.lost.reason``, for lost ones
        """
        for offer_sudo in self.sudo().filtered(
            lambda offer: offer.state in OPEN_STATES
        ):
            if outcome == "won":
                offer_sudo.write({"state": "won", "close_reason": reason or False})
                offer_sudo._accept(fields.Datetime.now())
            else:
                offer_sudo._set_state(
                    outcome,
                    only_from=OPEN_STATES,
                    detail=reason,
                    lost_reason_id=lost_reason.id if lost_reason else False,
                )

    def action_external_reopen(self):
        """Put closed external offers back to sent; the nightly job expires old ones."""
        self._external_check_change()
        still_open = self.filtered(lambda offer: offer.state not in _CLOSED)
        if still_open:
            raise UserError(
                self.env._(
                    "%(offer)s is not closed; there is nothing to reopen.",
                    offer=still_open[0].name,
                )
            )
        # sudo: heads are the archive's, and whoever may change them was checked
        self.sudo()._set_state(
            "sent",
            only_from=_CLOSED,
            lost_reason_id=False,
            accepted_revision_id=False,
        )
