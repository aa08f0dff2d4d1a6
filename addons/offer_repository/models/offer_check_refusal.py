from odoo.exceptions import UserError


class OfferCheckRefusal(UserError):
    """Saving or sending is stopped by the policy of the customer check.

    Callers over the external interface find in ``context`` what the web client shows:
    ``code`` (``offer_check_reason``, ``offer_check_approval`` or
    ``offer_check_block``), ``event``, ``token`` (names the stop to
    ``offer.check.override``), ``cards`` and ``customers`` as in
    ``offer.check.check_customer``.
    """

    def __init__(self, message, context):
        super().__init__(message)
        self.context = context
