from odoo import models
from odoo.fields import Domain
from odoo.tools import html2plaintext

from ..timeline import shorten

# What Odoo writes by itself; people's own words are contacts, or notes.
SYSTEM_TYPES = ("notification", "auto_comment")


class ContactHistorySourceSystem(models.AbstractModel):
    """What no person did: changes of the customer's data, notes of robots.

    Out by default, for whoever reads a history looks for people. Automatic messages
    of the log are switched on and off with it.
    """

    _name = "contact.history.source.system"
    _inherit = "contact.history.source"
    _description = "Changes"

    _source_code = "system"
    _source_sequence = 90
    _source_kind = "system"

    def _read_entries(self, partners, before, limit, filters):
        if not filters.system or filters.is_active:
            return []
        # All messages of these documents may be read: Odoo, which drops the others
        # only after LIMIT, drops none.
        readable = partners.with_env(self.env)._filtered_access("read")
        messages = self.env["mail.message"]
        # Odoo's search of messages flushes what it checks, not what it is sorted by.
        messages.flush_model(["date"])
        messages = messages.search(
            Domain("model", "=", "res.partner")
            & Domain("res_id", "in", readable.ids)
            & Domain("message_type", "in", SYSTEM_TYPES)
            & self._domain_before(before, "date"),
            order=self._order_behind(before, "date"),
            limit=limit,
        )
        return [self._prepare_entry(message) for message in messages]

    def _prepare_entry(self, message):
        return {
            "id": message.id,
            "kind": "system",
            "occurred_at": message.date,
            "user_name": message.author_id.name,
            "partner_name": message.record_name,
            "subject": message.subject or message.subtype_id.description,
            "preview": shorten(self._changes(message) or html2plaintext(message.body)),
        }

    def _changes(self, message):
        """Return what was changed, of the fields that the reader may see."""
        # sudo: Odoo keeps the rows from everybody; fields are checked one by one.
        values_sudo = message.sudo().tracking_value_ids
        shown_sudo = values_sudo._filter_has_field_access(self.env)
        return "; ".join(
            self.env._(
                "%(field)s: %(old)s → %(new)s",
                field=change["fieldInfo"]["changedField"],
                old=change["oldValue"] or "–",
                new=change["newValue"] or "–",
            )
            for change in shown_sudo._tracking_value_format()
        )
