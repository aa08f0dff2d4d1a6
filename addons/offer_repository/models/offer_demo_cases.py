from datetime import time, timedelta

from odoo import fields, models
from odoo.tools import float_round

from .offer_conflict_effects import Terms

# What a machine costs a branch, of its list price: each buys at its own terms.
_COST = {"warszawa": 0.74, "krakow": 0.78, "gdansk": 0.71}


class OfferDemo(models.AbstractModel):
    """What became of conflicts: costs, effects, claims, a quotation held, marks."""

    _inherit = "offer.demo"

    def _put_odoo_samples_aside(self):
        result = super()._put_odoo_samples_aside()
        self._set_costs()
        return result

    def _set_costs(self):
        data = self.env["ir.model.data"].search(
            [
                ("module", "=", "offer_repository"),
                ("model", "=", "product.product"),
                ("name", "=like", "product_product_%_demo"),
            ]
        )
        products = self.env["product.product"].browse(data.mapped("res_id")).exists()
        for branch, share in _COST.items():
            for product in products.with_company(self._ref(f"company_{branch}")):
                product.standard_price = float_round(
                    product.list_price * share, precision_rounding=10
                )

    def _plan_activities(self):
        result = super()._plan_activities()
        self._tell_claims()
        self._tell_stops()
        self._tell_held()
        self._tell_satisfaction()
        return result

    # ------------------------------------------------------------------
    # Decisions with effects
    # ------------------------------------------------------------------

    def _decide_case(self, conflict, row, side):
        """Decide, and carry it out where the story says so."""
        if not row["carry"]:
            return super()._decide_case(conflict, row, side)
        target = float(row["carry"]) if row["decision"] == "align" else 0.0
        return conflict._decide(
            row["decision"], row["reason"], side, Terms(target=target)
        )

    # ------------------------------------------------------------------
    # Claims
    # ------------------------------------------------------------------

    def _tell_claims(self):
        today = fields.Date.today()
        for row in self._demo_rows("claims"):
            user = self._ref(f"user_{row['user']}")
            partner = self._ref(f"res_partner_{row['customer']}")
            tree = user.company_id._offer_tree()
            identity = self.env["offer.identity"]._identity_of(partner, tree)
            claim = self.env["offer.claim"]._grant(
                identity,
                user.company_id,
                row["origin"],
                30,
                user_id=user.id,
                reason=row["reason"],
            )
            start = today - timedelta(days=int(row["start"]))
            end = today + timedelta(days=int(row["end"]))
            claim.write({"date_start": start, "date_end": end})
            claim._review()

    # ------------------------------------------------------------------
    # The send gate
    # ------------------------------------------------------------------

    def _tell_stops(self):
        """Note that the customer check made two salespeople think before sending."""
        for row in self._demo_rows("stops"):
            order = self._quotation({"offer": row["offer"]})
            rivals = order.offer_ids.conflict_ids.offer_ids - order.offer_ids
            self.env["offer.check.override"].create(
                {
                    "date": self._moment(row["days"], time(8, 50)),
                    "user_id": order.user_id.id,
                    "company_id": order.company_id.id,
                    "event": "quotation",
                    "level": "reason",
                    "state": "done",
                    "subject": order.partner_id.display_name,
                    "reason": row["reason"],
                    "verdict": "certain",
                    "evidence_codes": "vat_equal",
                    "order_id": order.id,
                    "res_ids": rivals.ids,
                }
            )

    def _tell_held(self):
        """Let Gdańsk hold what collides, and one quotation wait for its release."""
        self.env["offer.check.policy"].create(
            {
                "company_id": self._ref("company_gdansk").id,
                "event": "conflict",
                "severity": "medium",
                "level": "approval",
            }
        )
        order = self._quotation({"offer": "g29"})
        body = (
            "<p>Hello,</p><p>please find our offer for the press attached. We can "
            "deliver before the end of the quarter.</p>"
        )
        request_sudo = order._offer_hold(
            lambda: {
                "subject": f"Offer {order.name}",
                "body": body,
                "partner_ids": order.partner_id.ids,
                "attachment_ids": [],
                "options": {},
            }
        )
        stop_sudo = request_sudo.override_id
        stop_sudo.reason = (
            "They asked us for the press as well; our service looks after the plant."
        )
        stop_sudo.state = "asked"
        managers_sudo = self.env["offer.check"]._managers_of(order.company_id)
        stop_sudo._ask_managers(managers_sudo)

    # ------------------------------------------------------------------
    # Satisfaction
    # ------------------------------------------------------------------

    def _tell_satisfaction(self):
        rows = self.env["offer.satisfaction"]
        for row in self._demo_rows("satisfaction"):
            offer = self._ref(f"sale_order_{row['offer']}").offer_ids
            when = self._moment(row["days"], time(9, 40))
            rows |= rows.create(
                {
                    "offer_id": offer.id,
                    "partner_id": offer.partner_id.id,
                    "outcome": offer.state,
                    "state": "answered",
                    "date_due": when.date() - timedelta(days=1),
                    "date_asked": when - timedelta(days=1),
                    "date_answered": when,
                    "mark": row["mark"],
                    "feedback": row["feedback"] or False,
                }
            )
        last = rows.filtered(lambda row: row.mark == "bad").sorted("date_answered")
        last[-1:]._raise_low_mark()
