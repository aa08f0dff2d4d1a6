from odoo import models
from odoo.fields import Domain

from ..timeline import shorten

MODEL = "mailing.trace"
REACHED = ("pending", "sent", "open", "reply")


class ContactHistoryFeedMailing(models.AbstractModel):
    """Mass mailings that left no message behind.

    E-mails of mass mailings are captured when they are made; of those from before
    the addon only the trace is left. Text messages of mass mailings never have a
    message at all.
    """

    _name = "contact.history.feed.mailing"
    _inherit = "contact.history.feed"
    _description = "Contact history: mass mailings"

    _feed_code = "mailing"
    _feed_sequence = 25
    _feed_model = MODEL

    def _feed_name(self):
        return self.env._("Mass mailings")

    def _domain_past(self):
        # What was sent later was captured as a mail: one contact is not found twice.
        before = Domain("sent_datetime", "<", self._installed_at())
        return self._domain_reached() & (before | Domain("trace_type", "=", "sms"))

    def _domain_changed(self, since):
        return (
            self._domain_reached()
            & Domain("trace_type", "=", "sms")
            & Domain("write_date", ">=", since)
        )

    def _domain_reached(self):
        return (
            Domain("trace_status", "in", REACHED)
            & Domain("is_test_trace", "=", False)
            & Domain("mail_mail_id", "=", False)
        )

    def _installed_at(self):
        return self.env["contact.history.backfill"]._installed_at()

    def _take(self, records):
        # sudo: see contact.history.feed.
        log_sudo = self.env["contact.interaction"].sudo()
        customers = self._customers(records)
        prepared = {
            str(trace.id): self._prepare_interaction(trace, customers[trace.id])
            for trace in records
            if customers.get(trace.id)
        }
        stored = log_sudo.search(
            [("origin", "=", MODEL), ("external_id", "in", list(prepared))]
        )
        for external_id in stored.mapped("external_id"):
            del prepared[external_id]
        return log_sudo.create(list(prepared.values()))

    def _prepare_interaction(self, trace, partner):
        mailing = trace.mass_mailing_id
        user = mailing.user_id.filtered(lambda one: one.active and not one.share)
        is_sms = trace.trace_type == "sms"
        return {
            "origin": MODEL,
            "external_id": str(trace.id),
            "res_model": trace.model,
            "res_id": trace.res_id,
            "partner_id": partner.id,
            "address": self._address(trace),
            "channel": "sms" if is_sms else "email",
            "direction": "outgoing",
            "state": "done",
            "occurred_at": trace.sent_datetime or trace.write_date,
            "user_id": user.id,
            "company_id": (user.company_id or self.env.company).id,
            "subject": mailing.subject,
            "preview": shorten(mailing["body_plaintext"]) if is_sms else False,
        }

    def _customers(self, traces):
        """Return {trace id: partner}, of those that are customers of ours.

        The customer of the document that was written to, else whoever has the address.
        """
        by_address = self._by_address(traces)
        found = {}
        for name, sent in traces.grouped("model").items():
            if name not in self.env:
                continue
            # sudo: only for who was written to.
            documents_sudo = (
                self.env[name].sudo().browse(sent.mapped("res_id")).exists()
            )
            partners = documents_sudo._mail_get_partners()
            for trace in sent:
                customers = partners.get(trace.res_id, self.env["res.partner"])
                customers = customers.filtered("partner_share")
                if not customers:
                    found[trace.id] = by_address.get(self._address(trace))
                elif not self._has_message(trace):
                    found[trace.id] = customers[:1]
        return found

    def _has_message(self, trace):
        """Return whether the document has a message of it, which was captured."""
        return trace.trace_type == "sms" and trace.mass_mailing_id.keep_archives

    def _address(self, trace):
        return trace["sms_number"] if trace.trace_type == "sms" else trace.email

    def _by_address(self, traces):
        addresses = {self._address(trace) for trace in traces} - {False}
        emails = {address for address in addresses if "@" in address}
        partners = self.env["contact.history.capture"]._find_partners_by_email(emails)
        numbers = self.env["contact.phone.number"]._find_customers(
            addresses - emails, self.env.company
        )
        known = {
            number: self.env["res.partner"].browse(values["partner_id"])
            for number, values in numbers.items()
            if values["partner_id"]
        }
        return known | {email: found[:1] for email, found in partners.items()}
