from odoo import fields, models
from odoo.tools import consteq, plaintext2html

from .offer_satisfaction import SCORES

ACTIVITY = "offer_repository.mail_activity_type_satisfaction"
_MAX_FEEDBACK = 2000


class OfferSatisfaction(models.Model):
    """What the customer answers, and who has to know."""

    _inherit = "offer.satisfaction"

    def _is_token(self, token):
        """Tell whether this is the address that the customer was sent; in sudo."""
        is_out = self.state in ("asked", "answered")
        return bool(self) and is_out and consteq(self.token, token)

    def _answer(self, mark, feedback="", stop=False):
        """Keep the first answer; in sudo, after the token was compared.

        :param str mark: ``good``, ``middle`` or ``bad``; anything else is no answer
        :param str feedback: the customer's words
        :param stop: whether the customer wants to be asked no more
        """
        self.ensure_one()
        if stop:
            self.partner_id.offer_satisfaction_stop = True
        if self.state != "asked" or mark not in SCORES:
            return
        self.write(
            {
                "state": "answered",
                "date_answered": fields.Datetime.now(),
                "mark": mark,
                "feedback": (feedback or "").strip()[:_MAX_FEEDBACK] or False,
            }
        )
        if mark == "bad":
            self._raise_low_mark()

    def _raise_low_mark(self):
        """Give an activity to who has to care, on the offer."""
        user = self._responsible()
        if not user:
            return
        words = self.with_context(lang=user.lang)
        words.offer_id.activity_schedule(
            ACTIVITY,
            summary=words.env._(
                "%(customer)s is not satisfied",
                customer=words.partner_id.display_name or "",
            ),
            note=plaintext2html(
                words.feedback or words.env._("The customer wrote nothing about it.")
            ),
            user_id=user.id,
        )

    def _responsible(self):
        """Return who follows a low mark up, of those who may read the offer."""
        offer = self.offer_id
        for user in (
            offer.company_id.offer_satisfaction_user_id,
            offer.user_id,
            offer.company_id._offer_conflict_manager().sudo(),
        ):
            if user.active and not user.share and user._offer_may_read(offer):
                return user
        return self.env["res.users"]
