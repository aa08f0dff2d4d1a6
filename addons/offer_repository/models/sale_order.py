from contextlib import contextmanager

from psycopg2.errors import UniqueViolation

from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError
from odoo.tools import mute_logger

# What an archived offer takes over from its quotation at once, without a new revision.
_FOLLOWED_FIELDS = frozenset({"user_id", "team_id", "opportunity_id", "name"})
# Brought to the archive by a mail or a file: the customer has it, whatever we say now.
HAS_LEFT = frozenset({"mailed", "uploaded"})
_HELD_BACK = "offer_repository.held_back"


class SaleOrder(models.Model):
    """Every way a quotation leaves the house ends in ``_offer_archive``."""

    _inherit = "sale.order"

    # Restricted, because others who read quotations (accountants) may not read offers
    offer_ids = fields.One2many(
        "offer.offer",
        "order_id",
        string="Offers",
        copy=False,
        groups="offer_repository.offer_repository_group_user",
    )

    # ------------------------------------------------------------------
    # State changes
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        orders = super().create(vals_list)
        # Imports and integrations create sent orders. Drafts have no offers yet.
        orders.filtered(lambda order: order.state != "draft")._offer_on_state()
        return orders

    def write(self, vals):
        before = {order.id: order.state for order in self} if "state" in vals else {}
        result = super().write(vals)
        changed = self.filtered(
            lambda order: before.get(order.id, order.state) != order.state
        )
        changed._offer_on_state()
        if _FOLLOWED_FIELDS & vals.keys():
            self._offer_follow()
        return result

    def _offer_on_state(self):
        """Archive or close the offers of quotations that have just changed state."""
        held_back = self.env.cr.cache.get(_HELD_BACK, {})
        for order in self:
            if order.id in held_back:
                held_back[order.id] = True
            elif order.state == "sent":
                order._offer_archive("sent")
            elif order.state == "sale":
                order._offer_archive("confirmed")
        cancelled = self.filtered(lambda order: order.state == "cancel")
        cancelled._offer_heads()._set_state(
            "cancelled", only_from=("sent", "won", "expired", "superseded")
        )
        # the customer still holds it, so the offer stays what it is
        for offer_sudo in self.filtered(
            lambda order: order.state == "draft"
        )._offer_heads():
            offer_sudo._log_event("reset")

    def _offer_follow(self):
        for offer_sudo in self._offer_heads():
            offer_sudo.write(offer_sudo.order_id._offer_link_values())

    def _offer_heads(self):
        """Return the archive's heads of the quotations.

        Sudo: nobody may write heads, and whoever could change a quotation has passed
        its own access check already.
        """
        if not self:
            return self.env["offer.offer"].sudo()
        return self.env["offer.offer"].sudo().search([("order_id", "in", self.ids)])

    # ------------------------------------------------------------------
    # Messages
    # ------------------------------------------------------------------

    def message_post(self, **kwargs):
        with self._offer_hold_back() as state_changed:
            message = super().message_post(**kwargs)
        # Files made by the server come as contents, uploads as attachments: so the
        # order signed on the portal differs from what a customer sends in a chat.
        is_ours = bool(kwargs.get("attachments")) or not self._offer_is_outside(message)
        for order in self:
            changed = state_changed.get(order.id)
            if is_ours and order._offer_is_out(message, changed):
                order._offer_archive_message(message)
            elif changed:
                order._offer_on_state()
        return message

    def _offer_is_outside(self, message):
        """Tell whether somebody outside the company wrote the message."""
        author_sudo = message.sudo().author_id
        return bool(author_sudo) and author_sudo.partner_share

    def _message_mail_after_hook(self, mails):
        result = super()._message_mail_after_hook(mails)
        self._offer_archive_mails(mails, "mass_sent")
        return result

    def _offer_archive_mails(self, mails, reason):
        """Archive what mails carry that are in no chatter yet."""
        for mail in mails.filtered(lambda mail: mail.model == self._name):
            order = self.browse(mail.res_id)
            if order in self and order._offer_is_sending(mail.attachment_ids):
                order._offer_archive(
                    reason, documents=mail.attachment_ids, message=mail
                )

    @contextmanager
    def _offer_hold_back(self):
        """Keep state changes in the block from being archived on their own.

        Posting marks the quotation as sent before the message and its documents
        exist: both belong into one revision, made afterwards. Kept on the cursor, not
        in the context, where a caller could set it to send past the archive.

        :return: dict of order id to True when its state changed meanwhile
        """
        held_back = self.env.cr.cache.setdefault(_HELD_BACK, {})
        mine = {order.id: False for order in self if order.id not in held_back}
        held_back.update(mine)
        changed = {}
        try:
            yield changed
            changed.update({order_id: held_back.get(order_id) for order_id in mine})
        finally:
            for order_id in mine:
                held_back.pop(order_id, None)

    def _offer_is_out(self, message, state_changed):
        """Tell whether a message of ours brought the customer an offer."""
        return self._offer_reaches_customer(message) and (
            state_changed or self._offer_is_sending(message.sudo().attachment_ids)
        )

    def _offer_archive_message(self, message):
        # sudo: whoever posted may read the message and its files
        message_sudo = message.sudo()
        self._offer_archive(
            self._offer_message_reason(message_sudo),
            documents=message_sudo.attachment_ids,
            message=message_sudo,
        )

    def _offer_reaches_customer(self, message):
        """Tell whether the message goes out: neither received, nor a note or log.

        Notifications count: Odoo sends its confirmation mails as such. So do notes
        that name somebody outside: Odoo mails them to whoever is named.
        """
        received = message.message_type in ("email", "out_of_office")
        subtype_sudo = message.sudo().subtype_id
        internal = message.is_internal or not subtype_sudo or subtype_sudo.internal
        named_sudo = message.sudo().partner_ids
        return not received and (
            not internal or any(named_sudo.mapped("partner_share"))
        )

    def _offer_is_sending(self, documents):
        """Tell whether these attachments make a message an offer.

        On a quotation that is out any file counts: the customer got it with the offer.
        On drafts and orders only a PDF does, so that a photo in a chat is no offer.
        """
        self.ensure_one()
        if self.state == "cancel":
            return False
        if self.state == "sent":
            return bool(documents)
        return any(file.mimetype == "application/pdf" for file in documents)

    def _offer_message_reason(self, message):
        by_customer = self._offer_is_outside(message)
        if self.signature and (self.state == "sale" or by_customer):
            return "signed"
        return "confirmed" if self.state == "sale" else "sent"

    # ------------------------------------------------------------------
    # Archive
    # ------------------------------------------------------------------

    def _offer_archive(
        self, reason, documents=None, when=None, message=None, people=None
    ):
        """Record in the archive that this quotation left the house.

        Makes the offer's head when there is none, and a revision when content or
        documents are news; sending the same again only moves the date. The access
        check is the caller's: whoever could send or confirm the quotation.

        :param reason: a key of ``offer.revision.reason``
        :param documents: ``ir.attachment`` recordset, or list of
            ``evidence.DocumentFile``; the bytes are copied
        :param when: naive UTC datetime, for backfill and demo; by default the date of
            the message, now without one
        :param message: the ``mail.message`` or ``mail.mail`` that carried it
        :param dict people: of a mail that Odoo did not send, its subject and recipients
        :return: ``offer.offer`` in sudo
        """
        self.ensure_one()
        when = when or (message and message[:1].date) or fields.Datetime.now()
        order_sudo = self.sudo().with_company(self.sudo().company_id)
        snapshot = order_sudo._offer_snapshot(message)
        told = (people or {}).items()
        snapshot["people"] |= {field: value for field, value in told if value}
        offer_sudo = order_sudo._offer_head(when, reason)
        event = {
            "reason": reason,
            "date": when,
            "files": self._offer_files(documents) + self._offer_signature_files(reason),
        }
        offer_sudo._archive(snapshot, event)
        if order_sudo.state == "sale" and reason in ("confirmed", "signed"):
            offer_sudo._accept(when)
        return offer_sudo

    def _offer_head(self, when, reason):
        """Return the quotation's offer, up to date, made now if it had none."""
        values = self._offer_head_values()
        offer = self._offer_heads()
        if not offer:
            dates = {"date_first_sent": when, "date_last_sent": when}
            return self._offer_make_head({**values, **dates})
        if reason == "portal":
            values.pop("state")  # whoever looks at a lost offer does not revive it
        elif reason != "confirmed":
            values["date_last_sent"] = when
        if values.get("state") == "sent":
            values |= {"close_reason": False, "lost_reason_id": False}
            values["accepted_revision_id"] = False
        offer.write(values)
        return offer

    def _offer_make_head(self, values):
        """Return a new head; of two who send the same at once the later tries again.

        Odoo runs a request anew after a ConcurrencyError, and then sees the head of
        the other one.
        """
        try:
            with mute_logger("odoo.sql_db"):
                return self.env["offer.offer"].sudo().create(values)
        except UniqueViolation as error:
            raise ConcurrencyError(f"sale.order {self.id} is being sent") from error

    def _offer_head_values(self):
        return {
            **self._offer_link_values(),
            "order_id": self.id,
            "partner_id": self.partner_id.id,
            "company_id": self.company_id.id,
            "state": "won" if self.state == "sale" else "sent",
            "date_valid_until": self.validity_date,
            "currency_id": self.currency_id.id,
            "amount_untaxed": self.amount_untaxed,
            "amount_total": self.amount_total,
        }

    def _offer_link_values(self):
        return {
            "name": self.name,
            "user_id": self.user_id.id,
            "team_id": self.team_id.id,
            "opportunity_id": self.opportunity_id.id,
        }
