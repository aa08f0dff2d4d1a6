import json
from dataclasses import asdict
from datetime import datetime, timedelta

from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError
from odoo.tools import SQL

from ..telephone import PhoneEvent

# Events of a call come within hours. Its contact stays for good.
KEPT_DAYS = 30


class ContactPhoneCall(models.Model):
    """The events of one call, until no more can come.

    They are kept in one row on purpose: two events of a call at the same time
    change the same row, so PostgreSQL lets one of them try again, and none is lost.
    """

    _name = "contact.phone.call"
    _description = "Call"
    _order = "id desc"
    _rec_name = "call_id"

    endpoint_id = fields.Many2one(
        "contact.phone.endpoint",
        required=True,
        readonly=True,
        ondelete="cascade",
    )
    call_id = fields.Char("Identifier", required=True, readonly=True)
    events = fields.Json(readonly=True)
    interaction_id = fields.Many2one(
        "contact.interaction",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
    )

    _call_uniq = models.UniqueIndex(
        "(endpoint_id, call_id)",
        "This call is known already.",
    )

    @api.model
    def _add(self, endpoint, event):
        """Keep one event.

        :return: the call, and whether the event was new.
        :raise ConcurrencyError: when another event of the call comes just now; Odoo
            then tries the whole request again.
        """
        told = self._to_json(event)
        call = self.search(
            [("endpoint_id", "=", endpoint.id), ("call_id", "=", event.call_id)]
        )
        if not call:
            return self._create_first(endpoint, event, told), True
        # Sent again, an event comes at another moment: that alone is nothing new.
        known = [{**other, "at": None} for other in call.events]
        if {**told, "at": None} in known:
            return call, False
        call.events = [*call.events, told]
        return call, True

    def _create_first(self, endpoint, event, told):
        """Keep the first event of a call.

        Two first events at the same moment are common. The ORM would log each clash
        on the index ``_call_uniq`` as an error, so the row is put in by SQL.
        """
        now = fields.Datetime.now()
        rows = self.env.execute_query(
            SQL(
                """
                INSERT INTO contact_phone_call
                       (endpoint_id, call_id, events, create_uid, write_uid,
                        create_date, write_date)
                VALUES (%s, %s, %s, %s, %s, %s, %s)
                    ON CONFLICT DO NOTHING
                RETURNING id
                """,
                endpoint.id,
                event.call_id,
                json.dumps([told]),
                self.env.uid,
                self.env.uid,
                now,
                now,
            )
        )
        if not rows:
            raise ConcurrencyError(f"call of endpoint {endpoint.id}")
        return self.browse(rows[0][0])

    def _to_json(self, event):
        return {**asdict(event), "at": event.at.isoformat()}

    def _events(self):
        self.ensure_one()
        return [
            PhoneEvent(**{**values, "at": datetime.fromisoformat(values["at"])})
            for values in self.events
        ]

    @api.autovacuum
    def _gc_calls(self):
        limit = fields.Datetime.now() - timedelta(days=KEPT_DAYS)
        self.search([("write_date", "<", limit)], limit=10_000).unlink()
