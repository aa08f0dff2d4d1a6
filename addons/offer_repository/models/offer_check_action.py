import logging
from dataclasses import dataclass
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from .offer_check import CARD_KINDS

_logger = logging.getLogger(__name__)

_MAX_TEXT = 2000
# Keys of yesterday's cards still count: somebody may be shown one before midnight.
_KEY_DAYS = 2


@dataclass(frozen=True, slots=True)
class CardTarget:
    """What a card stands for, all in sudo.

    :ivar customer_sudo: ``res.partner``, the commercial entity
    :ivar company_sudo: the branch
    :ivar colleague_sudo: ``res.users`` of at most one
    :ivar order_sudo: ``sale.order`` of at most one
    """

    customer_sudo: models.BaseModel
    company_sudo: models.BaseModel
    colleague_sudo: models.BaseModel
    order_sudo: models.BaseModel


class OfferCheck(models.AbstractModel):
    """What a user can do about a card of another branch.

    A card is named by its key, which only who was shown it can give, and not for long:
    what it stands for is looked up in the log of what the user was shown.
    """

    _inherit = "offer.check"

    # ------------------------------------------------------------------
    # Public: buttons of the cards, the external interface
    # ------------------------------------------------------------------

    @api.model
    def ask_branch(self, key, message):
        """Send a question to the colleague whom a card names.

        :param str key: of the card
        :param str message: the user's words
        :return: the sentence that tells who was asked
        :raise UserError: when the card is out of date or nobody can be asked
        :raise ValidationError: without a message
        """
        self._check_user()
        target = self._target(key)
        message = self._check_text(message)
        asked_sudo = self._who_answers(target)
        record_sudo = target.order_sudo or target.customer_sudo
        for user_sudo in asked_sudo:
            words = record_sudo.with_context(lang=user_sudo.lang)
            words._offer_todo(
                user_sudo,
                words.env._(
                    "%(user)s, %(branch)s, asks about this customer",
                    user=self.env.user.name,
                    branch=self.env.company.name,
                ),
                message,
            )
        # What was read in sudo must not stay in the user's cache.
        names = ", ".join(asked_sudo.mapped("name"))
        self.env.flush_all()
        self.env.invalidate_all()
        return self.env._("Your question went to %(names)s.", names=names)

    @api.model
    def request_handover(self, key, reason, customer=""):
        """Ask the other branch to hand a customer over.

        :param str key: of the card
        :param str reason: the user's words
        :param str customer: what the user calls the customer
        :return: the sentence that tells who was asked
        :raise UserError: when the card is out of date, nobody can be asked, or the
            same request is open already
        :raise ValidationError: without a reason
        """
        self._check_user()
        target = self._target(key)
        reason = self._check_text(reason)
        asked_sudo = self._who_answers(target) | self._managers_of(target.company_sudo)
        request = self.env["offer.handover.request"]
        request._ask(target, asked_sudo, reason, self._clean_text(customer))
        names = ", ".join(asked_sudo.mapped("name"))
        self.env.flush_all()
        self.env.invalidate_all()
        return self.env._("Your request went to %(names)s.", names=names)

    @api.model
    def judge_different(self, partner_id, card, reason):
        """Say that a card is about another customer than the form.

        :param int partner_id: the form's saved customer
        :param dict card: with the ``key`` of a foreign card, or the ``partner_id`` of a
            readable one
        :param str reason: the user's words
        :raise UserError: when the card is out of date
        :raise ValidationError: without a reason, or naming a wrong value
        """
        partner = self._judged_partner(partner_id)
        self._judge_different(partner, {**self._check_card(card), "reason": reason})
        return True

    @api.model
    def take_back_different(self, partner_id, card):
        """Take back what the user has just said by :meth:`judge_different`.

        :raise UserError: when there is nothing to take back, or somebody else decided
        """
        partner = self._judged_partner(partner_id)
        other_sudo = self._card_customer(self._check_card(card))
        pair_sudo = self._pair_of(partner, other_sudo)
        if pair_sudo.judgement != "different":
            raise UserError(self.env._("There is nothing to take back any more."))
        # sudo: as in judge_different; whose judgement it is, undo checks.
        pair_sudo.undo()
        return True

    # ------------------------------------------------------------------
    # Private
    # ------------------------------------------------------------------

    @api.model
    def _judged_partner(self, partner_id):
        """Return the form's saved customer, a commercial entity the user may read."""
        self._check_user()
        if isinstance(partner_id, bool) or not isinstance(partner_id, int):
            raise ValidationError(self.env._("Save the customer first."))
        partner = self._readable("res.partner", partner_id).commercial_partner_id
        if not partner:
            raise UserError(self.env._("The customer is gone. Reload the page."))
        return partner

    @api.model
    def _pair_of(self, partner, other_sudo):
        """Return the pair of two customers in sudo, none when there is none."""
        pairs_sudo = self.env["offer.partner.match"].sudo()
        tree_sudo = self.env.company._offer_tree()
        return pairs_sudo.search(
            pairs_sudo._pair_domain(partner.ids, tree_sudo)
        ).filtered(lambda pair: pair._other_id(partner.id) == other_sudo.id)

    @api.model
    def _check_card(self, card):
        if not isinstance(card, dict):
            raise ValidationError(self.env._("A card has a key or a partner_id."))
        return card

    @api.model
    def _clean_text(self, text):
        is_text = isinstance(text, str)
        return text.replace("\0", "").strip()[:_MAX_TEXT] if is_text else ""

    @api.model
    def _check_text(self, text):
        if not isinstance(text, str) or not self._clean_text(text):
            raise ValidationError(self.env._("Please write a few words."))
        return self._clean_text(text)

    @api.model
    def _target(self, key):
        """Return what a card stands for that the user was shown lately.

        :raise UserError: when there is no such card
        """
        days = [fields.Date.today() - timedelta(days=back) for back in range(_KEY_DAYS)]
        # sudo: readers may not read the log, not even of themselves.
        rows_sudo = (
            self.env["contact.disclosure"]
            .sudo()
            .search(
                [
                    ("user_id", "=", self.env.uid),
                    ("kind", "in", CARD_KINDS),
                    ("date", ">=", min(days)),
                ]
            )
        )
        for row_sudo in rows_sudo:
            keys = [self._card_key(row_sudo.kind, row_sudo.res_id, day) for day in days]
            if key in keys:
                return self._target_of(row_sudo)
        raise UserError(
            self.env._("This card is out of date. Reload the page and try again.")
        )

    @api.model
    def _target_of(self, row_sudo):
        record_sudo = self.env[row_sudo.res_model].sudo().browse(row_sudo.res_id)
        if not record_sudo.exists():
            raise UserError(self.env._("The other branch has deleted it meanwhile."))
        orders_sudo = self.env["sale.order"].sudo()
        if row_sudo.kind == "customer_card":
            return CardTarget(
                record_sudo,
                record_sudo.company_id or row_sudo.owner_company_id,
                self._query_others(record_sudo.ids)[record_sudo.id].colleague_sudo,
                orders_sudo,
            )
        return CardTarget(
            record_sudo.commercial_partner_id,
            record_sudo.company_id,
            record_sudo.user_id.filtered("active"),
            record_sudo.order_id,
        )

    @api.model
    def _who_answers(self, target):
        """Return the colleague of a card, the branch's managers without one."""
        answers_sudo = target.colleague_sudo or self._managers_of(target.company_sudo)
        if not answers_sudo:
            raise UserError(
                self.env._(
                    "%(branch)s has nobody here who could be asked. Please call.",
                    branch=target.company_sudo.name,
                )
            )
        return answers_sudo

    @api.model
    def _judge_different(self, partner, item):
        """Judge that a customer is not the one of a card.

        :param partner: ``res.partner``, a commercial entity the user may read
        :param item: dict of ``key`` or ``partner_id``, and ``reason``
        """
        item = self._check_card(item)
        reason = self._check_text(item.get("reason"))
        other_sudo = self._card_customer(item)
        if other_sudo == partner.sudo():
            raise UserError(self.env._("Both are one customer record."))
        tree_sudo = self.env.company._offer_tree()
        pairs = self.env["offer.partner.match"]
        pairs._record_matches(
            partner.id, self._all_matches(partner, tree_sudo), tree_sudo
        )
        pair_sudo = self._pair_of(partner, other_sudo)
        if not pair_sudo:
            raise UserError(
                self.env._(
                    "What is stored of both customers has nothing in common, so "
                    "there is nothing to decide. Save what you typed and look again."
                )
            )
        # sudo: the pair's other customer may be one the user knows by a card only; that
        # he was shown it has just been checked.
        pair_sudo._judge("different", reason)

    @api.model
    def _judge_different_on_saving(self, partner, item):
        """Judge the same for a customer that has just been saved.

        He must not be lost because a card has gone out of date meanwhile, or somebody
        else has decided: the next look shows what is left of it.
        """
        try:
            self._judge_different(partner, item)
        except ValidationError:
            raise  # the caller's own mistake, who can mend it
        except UserError as error:
            _logger.info("Customer %s: not judged on saving: %s", partner.id, error)

    @api.model
    def _card_customer(self, item):
        if item.get("key"):
            return self._target(item["key"]).customer_sudo
        partner_id = item.get("partner_id")
        if isinstance(partner_id, bool) or not isinstance(partner_id, int):
            raise ValidationError(self.env._("A card has a key or a partner_id."))
        partner_sudo = self._readable("res.partner", partner_id).sudo()
        if not partner_sudo:
            raise UserError(self.env._("The customer is gone. Reload the page."))
        return partner_sudo.commercial_partner_id
