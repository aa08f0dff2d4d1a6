from odoo import api, models
from odoo.fields import Command, Domain
from odoo.tools import html2plaintext
from odoo.tools.mail import email_normalize, email_re

from ..timeline import shorten

MODEL = "discuss.channel"


class ContactHistoryChat(models.AbstractModel):
    """Live chats: what one side says until the other one speaks is one contact.

    Visitors are partners when they are signed in; all others are told apart by the
    guest that their browser is, until they give an e-mail address.
    """

    _name = "contact.history.chat"
    _description = "Contact history: live chats"

    @api.model
    def _is_available(self):
        """Return whether there are live chats in this database."""
        return "livechat_operator_id" in self.env[MODEL]._fields

    @api.model
    def _capture(self, messages):
        """Record what was said in live chats just now.

        :return: the new contact.interaction records, in superuser mode.
        """
        messages_sudo = self.env["contact.history.capture"]._safe(messages)
        channels_sudo = messages_sudo.env[MODEL].browse(
            set(messages_sudo.mapped("res_id"))
        )
        chats_sudo = channels_sudo.filtered(
            lambda channel: channel.channel_type == "livechat"
        )
        by_id = {chat_sudo.id: chat_sudo for chat_sudo in chats_sudo}
        new_sudo = messages_sudo.env["contact.interaction"]
        for message_sudo in messages_sudo.sorted("id"):
            chat_sudo = by_id.get(message_sudo.res_id)
            direction = chat_sudo and self._direction(chat_sudo, message_sudo)
            if direction:
                new_sudo |= self._add(chat_sudo, message_sudo, direction)
        return new_sudo

    def _direction(self, chat_sudo, message_sudo):
        """Return who speaks, None for a robot and for a colleague who only tries."""
        author = message_sudo.author_id
        if message_sudo.author_guest_id:
            return "incoming"
        if not author or author in chat_sudo.livechat_bot_partner_ids:
            return None
        if author.partner_share:
            return "incoming"
        is_visitor = author in chat_sudo.livechat_customer_partner_ids
        return None if is_visitor or not self._user(author) else "outgoing"

    def _user(self, partner):
        return partner.user_ids.filtered(lambda user: user.active and not user.share)[
            :1
        ]

    def _add(self, chat_sudo, message_sudo, direction):
        """Add to what that side is saying, or begin its turn."""
        rows_sudo = self._rows(chat_sudo)
        said = html2plaintext(message_sudo.body or "").strip()
        user = self._user(
            message_sudo.author_id
            if direction == "outgoing"
            else chat_sudo.livechat_operator_id
        )
        last_sudo = rows_sudo[:1]
        if last_sudo.direction == direction and last_sudo.user_id == user:
            last_sudo.preview = shorten(f"{last_sudo.preview or ''} {said}".strip())
            new_sudo = rows_sudo.browse()
        else:
            new_sudo = rows_sudo.create(
                {
                    **self._prepare_turn(chat_sudo, message_sudo, rows_sudo),
                    "direction": direction,
                    "user_id": user.id,
                    "company_id": (user.company_id or self.env.company).id,
                    "preview": shorten(said),
                }
            )
        if direction == "incoming":
            self._introduce(rows_sudo | new_sudo, said)
        return new_sudo

    def _rows(self, chat_sudo):
        # sudo: visitors and robots have no rights on the log.
        return (
            self.env["contact.interaction"]
            .sudo()
            .search(
                [("res_model", "=", MODEL), ("res_id", "=", chat_sudo.id)],
                order="id desc",
            )
        )

    def _prepare_turn(self, chat_sudo, message_sudo, rows_sudo):
        return {
            "origin": MODEL,
            "external_id": f"{chat_sudo.id}-{message_sudo.id}",
            "res_model": MODEL,
            "res_id": chat_sudo.id,
            "message_id": message_sudo.id,
            "channel": "chat",
            "state": "done",
            "occurred_at": message_sudo.date,
            "subject": chat_sudo.livechat_channel_id.name,
            # Who talks to a robot does not wait for one of us.
            "needs_no_answer": chat_sudo.livechat_operator_id
            in chat_sudo.livechat_bot_partner_ids,
            **self._visitor(chat_sudo, rows_sudo),
        }

    def _visitor(self, chat_sudo, rows_sudo):
        """Return values of whom we talk to, as the turns before already know."""
        known_sudo = rows_sudo[:1]
        if known_sudo:
            return {
                "partner_id": known_sudo.partner_id.id,
                "address": known_sudo.address,
                "certainty": known_sudo.certainty,
                "candidate_ids": [Command.set(known_sudo.candidate_ids.ids)],
            }
        partner = chat_sudo.livechat_customer_partner_ids.filtered("partner_share")[:1]
        if partner:
            return {"partner_id": partner.id, "address": partner.email}
        guest = chat_sudo.livechat_customer_guest_ids[:1]
        if not guest:
            return {"partner_id": False}
        address = f"{guest.name} (guest:{guest.id})"
        return {"address": address, **self._customer(address)}

    def _customer(self, address):
        log = self.env["contact.interaction"].sudo()
        draft = log.new({"address": address, "company_id": self.env.company.id})
        found = log._customer_of(draft.address_normalized, self.env.company)
        return found or {"partner_id": False}

    def _introduce(self, rows_sudo, said):
        """Take the e-mail address that an unknown visitor gives, for the whole chat."""
        unknown_sudo = rows_sudo.filtered(
            lambda row: not row.partner_id and "@" not in (row.address or "")
        )
        found = unknown_sudo and email_re.search(said)
        address = found and email_normalize(found.group())
        if address:
            unknown_sudo.write({"address": address, **self._customer(address)})


class ContactHistoryFeedChat(models.AbstractModel):
    """Live chats from before the addon."""

    _name = "contact.history.feed.chat"
    _inherit = "contact.history.feed"
    _description = "Contact history: earlier live chats"

    _feed_code = "chat"
    _feed_sequence = 50
    _feed_model = MODEL

    def _is_available(self):
        return self.env["contact.history.chat"]._is_available()

    def _feed_name(self):
        return self.env._("Live chats")

    def _domain_past(self):
        return Domain("channel_type", "=", "livechat")

    def _take(self, records):
        """Replay chats; of those that were captured when they happened, nothing."""
        # sudo: see contact.history.feed.
        log_sudo = self.env["contact.interaction"].sudo()
        messages_sudo = (
            self.env["mail.message"]
            .sudo()
            .search(
                [
                    ("model", "=", MODEL),
                    ("res_id", "in", records.ids),
                    ("message_type", "=", "comment"),
                ],
                order="id",
            )
        )
        # By their identifiers: what was erased has no link any more.
        chat_of = {
            f"{message_sudo.res_id}-{message_sudo.id}": message_sudo.res_id
            for message_sudo in messages_sudo
        }
        known = log_sudo.search(
            [("origin", "=", MODEL), ("external_id", "in", list(chat_of))]
        )
        captured = {chat_of[external_id] for external_id in known.mapped("external_id")}
        messages_sudo = messages_sudo.filtered(
            lambda message: message.res_id not in captured
        )
        return self.env["contact.history.chat"]._capture(messages_sudo)
