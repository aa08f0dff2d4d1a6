import base64

from odoo import fields
from odoo.fields import Command
from odoo.tests import tagged

from .common import OfferCommon


@tagged("post_install", "-at_install")
class TestArchiveSnapshot(OfferCommon):
    """The archive knows every fact of an offer as it was when it left."""

    def _content(self, offer):
        return offer.current_revision_id._payload_value()["content"]

    def test_sections_notes_and_options_are_kept_in_their_order(self):
        lines = [
            Command.create({"display_type": "line_section", "name": "Machines"}),
            (self.lathe, 2, 80000.0),
            Command.create({"display_type": "line_note", "name": "With training"}),
            Command.create(
                {"display_type": "line_section", "name": "Options", "is_optional": True}
            ),
            Command.create({"product_id": self.mill.id, "product_uom_qty": 0}),
        ]
        offer = self._make_sent_offer(self.anna, lines=lines)

        kept = self._content(offer)["lines"]

        self.assertEqual(
            [line["display_type"] for line in kept],
            ["line_section", None, "line_note", "line_section", None],
        )
        self.assertEqual(
            [line["is_optional"] for line in kept], [False, False, False, True, True]
        )
        self.assertEqual(kept[2]["name"], "With training")
        self.assertEqual(kept[4]["quantity"], "0")

    def test_parts_of_a_combo_say_what_they_are_part_of(self):
        combo = self.env["product.combo"].create(
            {
                "name": "Machine",
                "combo_item_ids": [Command.create({"product_id": self.lathe.id})],
            }
        )
        bundle = self._make_product(
            "Workshop", "WS", 90000, type="combo", combo_ids=[Command.link(combo.id)]
        )
        order = self._make_order(self.anna, lines=[(bundle, 1, 0)])
        order.order_line = [
            Command.create(
                {
                    "product_id": self.lathe.id,
                    "combo_item_id": combo.combo_item_ids.id,
                    "linked_line_id": order.order_line.id,
                }
            )
        ]

        self._send(order)

        kept = self._content(self._offer_of(order))["lines"]
        self.assertEqual([line["part_of"] for line in kept], [None, 1])

    def test_currency_and_rate_are_those_of_the_day(self):
        dollar = self.env.ref("base.USD")
        dollar.active = True
        self.env["res.currency.rate"].create(
            {
                "currency_id": dollar.id,
                "rate": 1.25,
                "name": self._days_ago(1),
                "company_id": self.root.id,
            }
        )
        pricelist = self.env["product.pricelist"].create(
            {"name": "Dollar", "currency_id": dollar.id, "company_id": False}
        )
        order = self._make_order(self.anna, pricelist_id=pricelist.id)
        order.currency_id = dollar

        self._send(order)

        content = self._content(self._offer_of(order))
        self.assertEqual(content["currency"], "USD")
        self.assertEqual(content["currency_rate"], "1.25")
        self.assertEqual(content["pricelist"], "Dollar")

    def test_branch_team_salesperson_customer_and_contact_are_as_they_were(self):
        contact = self.env["res.partner"].create(
            {
                "name": "Jan Kowalski",
                "parent_id": self.customer.id,
                "email": "jan@lacznik.example",
                "function": "Buyer",
            }
        )
        site = self.env["res.partner"].create(
            {
                "name": "Plant",
                "type": "delivery",
                "parent_id": self.customer.id,
                "street": "ul. Fabryczna 9",
            }
        )
        team = self.env["crm.team"].create({"name": "Direct", "company_id": False})
        order = self._make_order(
            self.anna, partner=contact, team_id=team.id, partner_shipping_id=site.id
        )
        self._send(order)
        revision = self._offer_of(order).current_revision_id
        (self.customer | contact).write({"name": "Renamed"})
        team.name = "Renamed"
        site.street = "Elsewhere"
        self.warszawa.name = "Renamed branch"
        self.anna.name = "Renamed seller"

        payload, people = revision._payload_value(), revision._personal_values()

        self.assertEqual(payload["chain"]["company"]["name"], "Meridian Warszawa")
        self.assertEqual(payload["content"]["team"], "Direct")
        self.assertEqual(
            people["customer.name"], "Zakład Mechaniczny ŁĄCZNIK sp. z o.o."
        )
        self.assertEqual(people["contact.name"], "Jan Kowalski")
        self.assertEqual(people["contact.email"], "jan@lacznik.example")
        self.assertEqual(people["salesperson.name"], "Anna Test")
        self.assertIn("Fabryczna 9", people["shipping.address"])

    def test_terms_of_delivery_are_kept_and_make_another_offer(self):
        order = self._make_order(self.anna, commitment_date="2031-03-01 08:00:00")
        self._send(order)
        order.commitment_date = "2031-04-01 08:00:00"
        self._send(order)
        offer = self._offer_of(order)
        first, second = offer.revision_ids.sorted("number")

        changes = offer.compare_revisions(first.id, second.id)["terms"]

        self.assertTrue(second.is_material)
        self.assertEqual([change["field"] for change in changes], ["delivery_date"])
        self.assertIn("3/1/31", changes[0]["before"])

    def test_signature_is_kept_as_the_customer_drew_it(self):
        drawn = self._png(80, 30)
        order = self._make_order(self.anna, require_signature=True)
        self._send(order)
        order.sudo().write(
            {
                "signed_by": "Jan Łącznik",
                "signed_on": fields.Datetime.to_datetime("2026-11-27 10:00:00"),
                "signature": base64.b64encode(drawn),
            }
        )

        order._offer_archive("signed")

        revision = self._offer_of(order).current_revision_id
        self.assertEqual(revision.document_ids.mapped("raw"), [drawn])
        people = revision._personal_values()
        self.assertEqual(people["signature.name"], "Jan Łącznik")
        self.assertEqual(people["signature.date"], "2026-11-27 10:00:00")

    def test_content_that_an_older_format_did_not_tell_is_no_news(self):
        offer = self._make_sent_offer(self.anna)
        content = self._content(offer)
        older = {name: content[name] for name in content if name != "incoterm"}

        self.assertTrue(offer.current_revision_id._is_same_content(older))

    def test_reset_to_draft_and_sent_again_goes_on_with_the_same_offer(self):
        offer = self._make_sent_offer(self.anna)
        order = offer.order_id.with_env(self._as(self.anna))

        order._action_cancel()
        order.action_draft()
        self.assertEqual(offer.state, "cancelled")
        order.order_line.price_unit = 79000
        self._send(order)

        self.assertEqual(offer.state, "sent")
        self.assertEqual(offer.revision_ids.sorted("number").mapped("number"), [1, 2])
        self.assertEqual(
            offer.event_ids.sorted("id").mapped("code"), ["cancelled", "reset"]
        )

    def _taxed(self, percent):
        poland = self.env.ref("base.pl")
        group = self.env["account.tax.group"].create(
            {
                "name": f"VAT {percent}",
                "company_id": self.warszawa.id,
                "country_id": poland.id,
            }
        )
        return self.env["account.tax"].create(
            {
                "name": f"{percent} %",
                "amount": percent,
                "company_id": self.warszawa.id,
                "country_id": poland.id,
                "tax_group_id": group.id,
            }
        )

    def _rounded(self, groups):
        return [
            (
                group["group_name"],
                round(group["base_amount_currency"], 2),
                round(group["tax_amount_currency"], 2),
            )
            for group in groups
        ]

    def test_tax_groups_are_those_that_odoo_shows_below_the_quotation(self):
        one, other = self._taxed(23), self._taxed(8)
        lines = [(self.lathe, 3, 33.33), (self.mill, 7, 19.99)]
        order = self._make_order(self.anna, lines=lines)
        none = one.browse()
        for taxes, is_alike in (
            ((one, one), True),
            ((one, other), False),
            ((one | other, one), False),
            ((one, none), False),
            ((none, none), False),
        ):
            order.order_line[0].tax_ids, order.order_line[1].tax_ids = taxes
            shown = [
                group
                for subtotal in order.tax_totals["subtotals"]
                for group in subtotal["tax_groups"]
            ]

            kept = order._offer_tax_groups()

            self.assertEqual(self._rounded(kept), self._rounded(shown))
            self.assertEqual(order._offer_is_taxed_alike(taxes[0] | taxes[1]), is_alike)
