import csv
from datetime import datetime, time, timedelta
from typing import NamedTuple
from zlib import crc32

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL, file_open

STORY = "offer_repository/demo/story/%s.csv"
# The past is written quietly: no tracking of today, nobody is told, nothing is queued.
QUIET = {
    "mail_activity_quick_update": True,
    "mail_auto_subscribe_no_notify": True,
    "mail_create_nosubscribe": True,
    "mail_notify_force_send": False,
    "tracking_disable": True,
}
SUNSET = time(14, 30)

TERMS = (
    "Prices without VAT. Delivery to your site within 8 to 12 weeks of the order. "
    "Warranty 24 months, with service contract 36 months."
)


class Event(NamedTuple):
    """Something that happened to an offer, played again in the order it happened."""

    when: datetime
    action: str
    row: dict


class OfferDemo(models.AbstractModel):
    """Writes the story of the demo database: half a year of offers and contacts.

    The people, customers and products are declared in ``demo/*.xml``; what happened
    between them is told in ``demo/story/*.csv``, in days before today, so that it
    looks alive on the day it is installed. Offers are sent, confirmed and lost through
    the same code as in daily work: archive, detection and contact history see them as
    if they had been there.
    """

    _name = "offer.demo"
    _description = "Demo Story of the Offer Repository"

    @api.model
    def _load(self):
        """Play the story once; called by ``demo/offer_demo.xml`` alone.

        :raises UserError: the demo records are not there, as in every real database
        """
        self._check_demo_records()
        if self._ref("sale_order_w01"):
            return
        story = self.with_context(**QUIET)
        story._stay_offline()
        story._put_odoo_samples_aside()
        offers = story._demo_rows("offers")
        story._create_opportunities(offers, story._create_orders(offers))
        for event in sorted(story._events(offers), key=lambda event: event.when):
            getattr(story, f"_play_{event.action}")(event.row, event.when)
        story._create_external(story._demo_rows("external"))
        story._expire_offers()
        story._create_interactions()
        story._plan_activities()

    @api.model
    def _check_demo_records(self):
        if not self._ref("company_root"):
            raise UserError(
                self.env._(
                    "The demo story can only be loaded together with the demo data, "
                    "and this database has none. Install the addon in a new database "
                    "with demo data switched on."
                )
            )

    # ------------------------------------------------------------------
    # Reading the story
    # ------------------------------------------------------------------

    @api.model
    def _demo_rows(self, name):
        """Return the rows of one file of the story as dicts of strings."""
        with file_open(STORY % name) as story:
            return list(csv.DictReader(story))

    @api.model
    def _losses_of(self, key):
        """Return what the story knows of why an offer was lost."""
        return [row for row in self._demo_rows("losses") if row["offer"] == key]

    @api.model
    def _ref(self, name):
        """Return the demo record called ``name``, None when it does not exist."""
        xml_id = f"offer_repository.{name.replace('.', '_')}_demo"
        return self.env.ref(xml_id, raise_if_not_found=False)

    @api.model
    def _moment(self, days, clock):
        """Return the moment ``days`` before today, moved off a weekend to Friday."""
        day = fields.Date.today() - timedelta(days=int(days))
        day -= timedelta(days=max(0, day.weekday() - 4))
        return datetime.combine(day, clock)

    @api.model
    def _morning(self, key):
        """Return a time between 08:00 and 12:30 that is always the same for ``key``."""
        minutes = crc32(key.encode()) % 270
        return time(8 + minutes // 60, minutes % 60)

    def _events(self, offers):
        """Yield what happens to the offers and to the conflicts between them."""
        for row in offers:
            morning = self._morning(row["offer"])
            if row["outcome"] != "draft":
                yield Event(self._moment(row["sent"], morning), "send", row)
            if row["revised"]:
                days = row["revised"].split(":")[0]
                yield Event(self._moment(days, morning), "revise", row)
            if row["closed"]:
                yield Event(self._moment(row["closed"], SUNSET), row["outcome"], row)
        for row in self._demo_rows("conflicts"):
            yield Event(self._moment(row["decided"], time(6, 30)), "decide", row)

    # ------------------------------------------------------------------
    # Quotations and opportunities
    # ------------------------------------------------------------------

    def _create_orders(self, offers):
        """Create the quotations as drafts, oldest first, and return them by key."""
        orders = {}
        for row in sorted(offers, key=lambda row: -int(row["sent"])):
            user = self._ref(f"user_{row['user']}")
            # The salesperson's own quotation, though nobody's rights are needed here.
            SaleOrder = self.env["sale.order"].with_user(user).sudo()
            data = {
                "xml_id": f"offer_repository.sale_order_{row['offer']}_demo",
                "values": self._prepare_order(row, user),
                "noupdate": True,
            }
            orders[row["offer"]] = order = SaleOrder._load_records([data])
            self._query_backdate(order, order.date_order - timedelta(hours=1))
        return orders

    def _prepare_order(self, row, user):
        date = self._moment(row["sent"], self._morning(row["offer"]))
        return {
            "company_id": user.company_id.id,
            "partner_id": self._ref(f"res_partner_{row['customer']}").id,
            "user_id": user.id,
            "date_order": date,
            "validity_date": date.date() + timedelta(days=int(row["valid"])),
            "payment_term_id": self.env.ref("account.account_payment_term_30days").id,
            "note": TERMS,
            "order_line": [
                fields.Command.create(self._prepare_line(line))
                for line in row["lines"].split(" | ")
            ],
        }

    def _prepare_line(self, line):
        """Return the values of ``product:quantity[:price]``."""
        product, quantity, *price = line.split(":")
        values = {
            "product_id": self._ref(f"product_product_{product}").id,
            "product_uom_qty": float(quantity),
        }
        return values | {"price_unit": float(price[0])} if price else values

    def _create_opportunities(self, offers, orders):
        users = {row["offer"]: row["user"] for row in offers}
        customers = {row["offer"]: row["customer"] for row in offers}
        for row in self._demo_rows("opportunities"):
            order = orders.get(row["offer"], self.env["sale.order"])
            user = self._ref(f"user_{row['user'] or users[row['offer']]}")
            customer = row["customer"] or customers[row["offer"]]
            lead = self.env["crm.lead"].create(
                {
                    "name": row["name"],
                    "type": "opportunity",
                    "partner_id": self._ref(f"res_partner_{customer}").id,
                    "company_id": user.company_id.id,
                    "user_id": user.id,
                    "team_id": user.sale_team_id.id,
                    "stage_id": self._stage(row["stage"]).id,
                    "expected_revenue": row["revenue"] or order.amount_untaxed,
                    "lost_reason_id": self._lost_reason(row["lost_reason"]).id,
                }
            )
            order.opportunity_id = lead
            self._query_backdate(lead, self._moment(row["days"], time(8)))

    def _stage(self, name):
        number = {"new": 1, "qualified": 2, "proposition": 3}[name]
        return self.env.ref(f"crm.stage_lead{number}")

    def _lost_reason(self, name):
        reasons = {"expensive": 1, "skills": 2, "stock": 3}
        if name not in reasons:
            return self.env["crm.lost.reason"]
        return self.env.ref(f"crm.lost_reason_{reasons[name]}")

    # ------------------------------------------------------------------
    # After the last event
    # ------------------------------------------------------------------

    def _expire_offers(self):
        # What the daily job does; itself it would commit half of the installation.
        offers_sudo = self.env["offer.offer"].sudo()
        today = fields.Date.today()
        offers_sudo.search([("date_valid_until", "<", today)])._set_state(
            "expired", only_from=("sent",)
        )

    def _create_interactions(self):
        self.env["contact.interaction"].create(
            [
                self._prepare_interaction(number, row)
                for number, row in enumerate(self._demo_rows("interactions"), start=1)
            ]
        )

    def _prepare_interaction(self, number, row):
        when = self._moment(row["days"], time.fromisoformat(row["time"]))
        # Some called whom nobody knows yet.
        partner = self.env["res.partner"]
        if row["customer"]:
            partner = self._ref(f"res_partner_{row['customer']}")
        user = self._ref(f"user_{row['user']}")
        address = {"call": "phone", "sms": "phone", "email": "email"}
        return {
            "partner_id": partner.id,
            "user_id": user.id,
            "company_id": user.company_id.id,
            "address": row["address"]
            or (row["channel"] in address and partner[address[row["channel"]]]),
            "channel": row["channel"],
            "direction": row["direction"],
            "state": row["state"],
            "occurred_at": when,
            "recorded_at": when,
            "duration": int(row["minutes"] or 0) * 60,
            "subject": row["subject"],
            "note": row["note"] or False,
            "origin": "demo",
            "external_id": f"demo-{number:03}",
            "is_pinned": bool(row["pinned"]),
        }

    def _plan_activities(self):
        for row in self._demo_rows("activities"):
            order = self._ref(f"sale_order_{row['offer']}")
            order.activity_schedule(
                f"mail.mail_activity_data_{row['type']}",
                date_deadline=fields.Date.today() + timedelta(days=int(row["days"])),
                summary=row["summary"],
                user_id=order.user_id.id,
            )
        self._ref("res_partner_lacznik_krakow").activity_schedule(
            "mail.mail_activity_data_call",
            date_deadline=fields.Date.today() + timedelta(days=1),
            summary="Ask whether the offer has arrived",
            user_id=self._ref("user_ewa.krakow").id,
        )

    # ------------------------------------------------------------------
    # Time
    # ------------------------------------------------------------------

    def _query_backdate(self, records, when, columns=("create_date",)):
        """Let ``records`` look as old as they are in the story.

        Raw SQL because the ORM does not let anybody write when a record was created.
        """
        records.flush_recordset()
        assignments = SQL(", ").join(
            SQL("%s = %s", SQL.identifier(column), when) for column in columns
        )
        self.env.cr.execute(
            SQL(
                "UPDATE %s SET %s WHERE id IN %s",
                SQL.identifier(records._table),
                assignments,
                records._ids,
            )
        )
        records.invalidate_recordset(columns)
