import logging
import re

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import email_normalize, email_normalize_all, html2plaintext
from odoo.tools.mail import unfold_references

_logger = logging.getLogger(__name__)

_MAX_FILES = 10
_MAX_TEXT = 20_000
_SURE = 0.8
_NUMBER = re.compile(r"[^\W_][\w/.-]*\d[\w/.-]*")
_UNFIT = re.compile(r"[^\w .-]")
_FAILED = re.compile(r"\b(?:dmarc|spf|dkim)=(?:fail|softfail)\b", re.IGNORECASE)
# A signature's logo is no document.
_INLINE = ("image/", ".png", ".jpg", ".jpeg", ".gif")


class OfferIntake(models.Model):
    """Mails to a branch's offer mailbox.

    Our own people put it into BCC, or forward. What strangers write is to sort: nothing
    of theirs goes into the archive by itself.
    """

    _inherit = "offer.intake"

    @api.model
    def message_new(self, msg_dict, custom_values=None):
        values = dict(custom_values or {})
        mailbox_sudo = self.env["offer.mailbox"].sudo().browse(values.get("mailbox_id"))
        mailbox_sudo = mailbox_sudo.exists()
        company = mailbox_sudo.company_id or self.env["res.company"].sudo().browse(
            values.get("company_id") or self.env.company.id
        )
        raw = values.get("raw_mail") or b""
        item_sudo = self._receive_mail(msg_dict, raw, company)
        if mailbox_sudo.is_automatic and item_sudo._is_certain(msg_dict):
            item_sudo._take_by_itself()
        # kept as documents of the item; once is enough
        msg_dict["attachments"] = []
        return item_sudo

    @api.model
    def _detect_loop_sender_domain(self, email_from_normalized):
        """Strangers get so many mails in, and no more; our own people send offers."""
        return [("sender", "ilike", email_from_normalized), ("user_id", "=", False)]

    # ------------------------------------------------------------------
    # Receiving
    # ------------------------------------------------------------------

    @api.model
    def _receive_mail(self, msg_dict, raw, company):
        """Make an item to sort of a mail and the files it carries."""
        subject = (msg_dict.get("subject") or "").strip() or self.env._("No subject")
        user = self._staff_behind(msg_dict, raw, company)
        files = self._files_of_mail(msg_dict)
        files.append((_UNFIT.sub("_", subject)[:80] + ".eml", raw))
        body = html2plaintext(msg_dict.get("body") or "")
        item_sudo = self._receive(
            files,
            company,
            "mail",
            said=f"{subject}\n{body}",
            name=subject[:200],
            user_id=user.id,
            sender=msg_dict.get("email_from"),
            recipients=msg_dict.get("to_filtered") or msg_dict.get("to"),
            message_identifier=msg_dict.get("message_id"),
        )
        item_sudo._find_quotation(msg_dict, subject, body, files)
        offer = item_sudo._offer_of_thread(msg_dict, subject)
        partner = item_sudo._partner_of_recipients(msg_dict) or offer.partner_id
        links = {"partner_id": partner.id, "offer_id": offer.id}
        item_sudo.write({name: link for name, link in links.items() if link})
        return item_sudo

    @api.model
    def _files_of_mail(self, msg_dict):
        files = []
        for attachment in msg_dict.get("attachments") or []:
            name, content, info = (*attachment, {})[:3]
            is_logo = (info or {}).get("cid") and name.lower().endswith(_INLINE)
            if not is_logo:
                files.append((name, self._bytes_of(content, info)))
        return [(name, data) for name, data in files if data][:_MAX_FILES]

    @api.model
    def _bytes_of(self, content, info):
        if isinstance(content, str):
            return content.encode((info or {}).get("encoding") or "utf-8", "replace")
        return content if isinstance(content, bytes) else content.as_bytes()

    @api.model
    def _staff_behind(self, msg_dict, raw, company):
        """Return our salesperson who sent the mail, nobody if that is in doubt.

        Whoever can write a sender's address can write any. Where the mail server has
        checked it and says that it is false, the mail is a stranger's.
        """
        users = self.env["res.users"].sudo()
        address = email_normalize(msg_dict.get("email_from") or "")
        if not address or self._is_forged(raw):
            return users
        group = self.env.ref("offer_repository.offer_repository_group_user")
        return users.search(
            [
                ("partner_id.email_normalized", "=", address),
                ("share", "=", False),
                ("company_ids", "in", company.ids),
                ("all_group_ids", "in", group.ids),
            ],
            limit=1,
        )

    @api.model
    def _is_forged(self, raw):
        head = raw[:100_000].replace(b"\r\n", b"\n").partition(b"\n\n")[0]
        lines = re.sub(rb"\n[ \t]+", b" ", head).decode("ascii", "replace")
        checks = [
            line
            for line in lines.splitlines()
            if line.lower().startswith(
                ("authentication-results:", "received-spf: fail")
            )
        ]
        return any(
            _FAILED.search(line) or line.lower().startswith("received-spf")
            for line in checks
        )

    # ------------------------------------------------------------------
    # Whom it is for, and what it belongs to
    # ------------------------------------------------------------------

    def _partner_of_recipients(self, msg_dict):
        """Return the one customer among the recipients, nobody if there are several."""
        self.ensure_one()
        told = f"{msg_dict.get('to') or ''},{msg_dict.get('cc') or ''}"
        addresses = email_normalize_all(told)
        partners = self.env["res.partner"]
        if not addresses:
            return partners
        found = partners.sudo().search(
            [("email_normalized", "in", addresses), ("partner_share", "=", True)]
        )
        usable = self._usable_partners(found.sudo(False) if self.env.su else found)
        if len(usable.sudo().commercial_partner_id) != 1:
            return partners
        return usable[:1] if len(usable) == 1 else usable.sudo().commercial_partner_id

    def _offer_of_thread(self, msg_dict, subject):
        """Return the external offer that a mail goes on with.

        By the mails it answers, otherwise by a number in the subject.
        """
        self.ensure_one()
        references = unfold_references(
            msg_dict.get("references") or msg_dict.get("in_reply_to") or ""
        )[-32:]
        earlier_sudo = self.sudo().search(
            [
                ("message_identifier", "in", references),
                ("company_id", "=", self.company_id.id),
                ("offer_id", "!=", False),
            ],
            limit=1,
        )
        if references and earlier_sudo:
            return earlier_sudo.offer_id
        numbers = self._numbers_in(subject)[:10]
        domain = Domain.OR(
            [Domain("external_number", "=", number) for number in numbers]
            + [Domain("name", "=", number) for number in numbers]
        )
        return (
            self.env["offer.offer"]
            .sudo()
            .search(
                domain
                & Domain("company_id", "=", self.company_id.id)
                & Domain("origin", "!=", "quotation"),
                limit=1,
            )
        )

    @api.model
    def _numbers_in(self, text):
        """Return what may be an offer's number in a text, each once."""
        found = (match.rstrip(".-/") for match in _NUMBER.findall(text[:_MAX_TEXT]))
        return list(dict.fromkeys(found))

    # ------------------------------------------------------------------
    # Without anybody's confirmation
    # ------------------------------------------------------------------

    def _take_by_itself(self):
        """Archive a mail of our own people whose customer and amount are certain.

        With the rights of whoever sent it: what that person may not do stays to sort.
        """
        self.ensure_one()
        item = self.with_user(self.user_id).with_context(
            allowed_company_ids=self.company_id.ids
        )
        try:
            with self.env.cr.savepoint():
                if item.lines_state == "differ":
                    item.action_drop_lines()  # the totals are what is certain
                item._take()
        except UserError as error:
            _logger.info("Mail %s stays to sort: %s", self.id, error)
            self.invalidate_recordset()

    def _is_certain(self, msg_dict):
        """Tell whether nothing is left for a person to decide.

        The customer must be the one who got the mail, or who has the offer already: a
        name that was read from a document is a proposal. So is a quotation, where the
        mail may be about several.
        """
        if self.quotation_id:
            return self._is_certain_quotation(msg_dict)
        if any(one["field"] == "quotation" for one in self.proposals or []):
            return False
        sure = {
            proposal["field"]
            for proposal in self.proposals or []
            if proposal["confidence"] >= _SURE
        }
        has_document = len(self.document_ids) > 1  # beside the mail itself
        has_customer = self._partner_of_recipients(msg_dict) or self.offer_id
        return bool(
            self.user_id
            and has_customer
            and has_document
            and not self.problem
            and "amount_total" in sure
        )
