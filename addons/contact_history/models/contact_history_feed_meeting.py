from odoo import fields, models
from odoo.fields import Command, Domain
from odoo.tools import html2plaintext

from ..timeline import shorten

MODEL = "calendar.event"
# Who the customer is may have been put right by hand.
SETTLED = ("partner_id", "certainty", "candidate_ids")


class ContactHistoryFeedMeeting(models.AbstractModel):
    """Meetings of the calendar, once they are over.

    Read again and again instead of captured when they are written: a meeting becomes
    a contact by taking place. One that is moved moves in the history, too; one that
    is cancelled or deleted after its time stays there as cancelled; one that lies
    ahead again is no contact yet.
    """

    _name = "contact.history.feed.meeting"
    _inherit = "contact.history.feed"
    _description = "Contact history: meetings"

    _feed_code = "meeting"
    _feed_sequence = 40
    _feed_model = MODEL

    def _feed_name(self):
        return self.env._("Meetings of the calendar")

    def _domain_past(self):
        return Domain("stop", "<=", fields.Datetime.now()) & Domain("active", "=", True)

    def _domain_changed(self, since):
        ended = Domain("stop", ">=", since) & Domain(
            "stop", "<=", fields.Datetime.now()
        )
        return ended | Domain("write_date", ">=", since)

    def _take(self, records):
        now = fields.Datetime.now()
        over = records.filtered(lambda event: event.active and event.stop <= now)
        wanted = self._prepare_interactions(over)
        # sudo: see contact.history.feed.
        log_sudo = self.env["contact.interaction"].sudo()
        # What was erased has no link any more, and stays as it is.
        on_event = Domain("res_model", "=", MODEL) & Domain("res_id", "in", records.ids)
        stored_sudo = log_sudo.search(
            Domain("origin", "=", MODEL)
            & (on_event | Domain("external_id", "in", list(wanted)))
        )
        by_event = {event.id: event for event in records}
        for row_sudo in stored_sudo:
            values = wanted.pop(row_sudo.external_id, None)
            event = by_event.get(row_sudo.res_id)
            if event:
                self._follow_row(row_sudo, values, event)
        return log_sudo.create(list(wanted.values()))

    def _follow_row(self, row_sudo, values, event):
        """Bring one contact up to date with its meeting."""
        if values is None:
            if event.active and event.start > fields.Datetime.now():
                if not self.env["contact.hold"]._held_interactions(row_sudo):
                    row_sudo.unlink()
                return
            values = {"state": "cancelled"}
        changes = {
            name: value
            for name, value in values.items()
            if name not in SETTLED and self._stored(row_sudo, name) != value
        }
        if changes:
            row_sudo.write(changes)

    def _stored(self, row_sudo, name):
        value = row_sudo[name]
        return value.id if row_sudo._fields[name].type == "many2one" else value

    def _prepare_interactions(self, events):
        """Return {external id: values}, one for each meeting and customer."""
        documents = self._documents(events)
        prepared = {}
        for event in events:
            document = documents.get((event.res_model, event.res_id))
            partners, is_known = self._customers(event, document)
            for partner in partners:
                key = f"{event.id}-{partner.commercial_partner_id.id}"
                prepared.setdefault(
                    key,
                    {
                        **self._prepare_interaction(event, document),
                        "external_id": key,
                        "partner_id": partner.id,
                        "address": partner.email or partner.phone,
                        "certainty": "known" if is_known else "maybe",
                        "candidate_ids": [Command.set([] if is_known else partner.ids)],
                    },
                )
        return prepared

    def _prepare_interaction(self, event, document):
        seconds = (event.stop - event.start).total_seconds()
        user = self._our_person(event)
        company = document and document._mail_get_companies()[document.id]
        return {
            "origin": MODEL,
            "res_model": MODEL,
            "res_id": event.id,
            "channel": "meeting",
            "direction": "outgoing",
            "state": "done",
            "occurred_at": event.start.replace(microsecond=0),
            "duration": 0 if event.allday else int(seconds),
            "user_id": user.id,
            "company_id": (company or user.company_id or self.env.company).id,
            "subject": event.name,
            "preview": shorten(html2plaintext(event.description or "")),
            "is_confidential": event.effective_privacy == "private",
        }

    def _our_person(self, event):
        users = event.user_id | event.attendee_ids.partner_id.user_ids
        return users.filtered(lambda user: user.active and not user.share)[:1]

    def _customers(self, event, document):
        """Return whom we met, and whether that is certain.

        The people invited who have not declined. Where none of them is a customer,
        probably the one of the document that the meeting was planned on.
        """
        came = event.attendee_ids.filtered(lambda one: one.state != "declined")
        invited = came.partner_id.filtered("partner_share")
        if invited or not document:
            return invited, True
        customers = document._mail_get_partners()[document.id]
        return customers.filtered("partner_share")[:1], False

    def _documents(self, events):
        """Return {(model, id): document} of the meetings planned on one."""
        found = {}
        for name, planned in events.filtered("res_id").grouped("res_model").items():
            if name in self.env:
                # sudo: only for whose meeting it was.
                documents_sudo = (
                    self.env[name].sudo().browse(set(planned.mapped("res_id")))
                )
                found |= {(name, one.id): one for one in documents_sudo.exists()}
        return found
