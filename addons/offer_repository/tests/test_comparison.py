import io

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .common_comparison import ComparisonCommon


@tagged("post_install", "-at_install")
class TestComparison(ComparisonCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.first = cls._revision(cls.anna, [(cls.lathe, 1, 80000.0)])
        cls.second = cls._revision(
            cls.anna, [(cls.lathe, 1, 76000.0), (cls.mill, 2, 45000.0)]
        )

    @classmethod
    def _revision(cls, user, lines, **values):
        return cls._make_sent_offer(user, lines=lines, **values).current_revision_id

    def test_same_product_stands_side_by_side_with_the_difference(self):
        answer = self._compare(self.anna, self.first | self.second)

        rows = self._rows(answer)
        (first, _no), (second, difference) = rows["[CX400] Lathe CX-400"]
        self.assertIn("80,000.00", first)
        self.assertIn("76,000.00", second)
        self.assertEqual(difference, "−5\u00a0%")
        self.assertEqual(rows["[FM2] Milling machine FM-2"][0], ("", ""))

    def test_columns_follow_the_order_asked_for(self):
        answer = self._compare(self.anna, self.second | self.first)

        self.assertEqual(
            [column["key"] for column in answer["columns"]],
            [str(self.second.id), str(self.first.id)],
        )
        self.assertEqual(
            answer["columns"][0]["notes"][:2], ["Meridian Warszawa", "Anna Test"]
        )

    def test_totals_and_terms_are_compared(self):
        late = self._revision(
            self.anna,
            [(self.lathe, 1, 80000.0)],
            validity_date="2031-01-31",
            commitment_date="2031-02-15 10:00:00",
        )
        answer = self._compare(self.anna, self.first | late)

        totals = self._rows(answer, "totals")
        self.assertEqual(
            totals["Total, tax excluded"][0][0], totals["Total, tax excluded"][1][0]
        )
        terms = self._rows(answer, "terms")
        self.assertEqual(terms["Valid until"][1][0], "01/31/2031")
        self.assertEqual(terms["Delivery date"][1][0], "02/15/2031")

    def test_prices_compare_across_units_of_measure(self):
        dozen = self.env.ref("uom.product_uom_dozen")
        line = {
            "product_id": self.lathe.id,
            "product_uom_qty": 1,
            "price_unit": 1080000.0,
        }
        by_dozen = self._revision(
            self.anna, [Command.create({**line, "product_uom_id": dozen.id})]
        )
        answer = self._compare(self.anna, self.first | by_dozen)

        (_first, (price, difference)) = self._rows(answer)["[CX400] Lathe CX-400"]
        self.assertIn("90,000.00", price)
        self.assertEqual(difference, "+12.5\u00a0%")

    def test_units_are_compared_as_they_were(self):
        pack = self.env["uom.uom"].create(
            {
                "name": "Pack of ten",
                "relative_factor": 10,
                "relative_uom_id": self.env.ref("uom.product_uom_unit").id,
            }
        )
        line = {
            "product_id": self.lathe.id,
            "product_uom_qty": 1,
            "price_unit": 800000.0,
        }
        by_pack = self._revision(
            self.anna, [Command.create({**line, "product_uom_id": pack.id})]
        )
        pack.relative_factor = 20

        answer = self._compare(self.anna, self.first | by_pack)

        self.assertIn("80,000.00", self._rows(answer)["[CX400] Lathe CX-400"][1][0])

    def test_prices_compare_across_currencies_at_the_rate_of_the_offer(self):
        dollar = self.env.ref("base.USD")
        dollar.active = True
        rates = self.env["res.currency.rate"]
        rates.search([("currency_id", "in", (dollar | self.currency).ids)]).unlink()
        today = fields.Date.today()
        own = {"company_id": self.root.id, "name": today}
        rate = rates.create({**own, "currency_id": dollar.id, "rate": 2.0})
        pricelist = self.env["product.pricelist"].create(
            {"name": "Dollars", "currency_id": dollar.id, "company_id": False}
        )
        foreign = self._revision(
            self.anna, [(self.lathe, 1, 168000.0)], pricelist_id=pricelist.id
        )
        self.assertEqual(foreign.currency_id, dollar)
        rate.rate = 4.0  # what happens later changes nothing

        answer = self._compare(self.anna, self.first | foreign, self.currency)

        price, difference = self._rows(answer)["[CX400] Lathe CX-400"][1]
        self.assertIn("84,000.00", price)
        self.assertEqual(difference, "+5\u00a0%")
        shown = [one["name"] for one in answer["currencies"]]
        self.assertEqual(set(shown), {"EUR", "USD"})
        in_dollars = self._compare(self.anna, self.first | foreign, dollar)
        self.assertEqual(in_dollars["currency"], dollar.id)
        self.assertIn(
            "168,000.00", self._rows(in_dollars)["[CX400] Lathe CX-400"][1][0]
        )

    def test_sections_are_kept_and_options_marked(self):
        product = {"product_id": self.mill.id, "product_uom_qty": 1, "price_unit": 10.0}
        lines = [
            Command.create(
                {"display_type": "line_section", "name": "Machines", "sequence": 1}
            ),
            Command.create({**product, "sequence": 2}),
            Command.create(
                {
                    "display_type": "line_section",
                    "name": "Extras",
                    "is_optional": True,
                    "sequence": 3,
                }
            ),
            Command.create({**product, "product_id": self.lathe.id, "sequence": 4}),
        ]
        with_sections = self._revision(self.anna, lines)

        answer = self._compare(
            self.anna, with_sections | self._revision(self.anna, lines)
        )

        groups = {group["title"]: group["rows"] for group in answer["groups"]}
        self.assertEqual(list(groups)[:2], ["Machines", "Extras"])
        self.assertIn("Optional", groups["Extras"][0]["note"])
        self.assertNotIn("Optional", groups["Machines"][0]["note"])

    def test_equal_cells_are_told(self):
        other = self._revision(self.anna, [(self.lathe, 1, 80000.0)])
        answer = self._compare(self.anna, self.first | other)

        (row,) = answer["groups"][0]["rows"]
        self.assertEqual([cell["same"] for cell in row["cells"]], [0, 0])

    def test_versions_from_before_units_were_archived_compare_as_well(self):
        order = self._make_order(self.anna, lines=[(self.lathe, 1, 70000.0)])
        snapshot = order._offer_snapshot()
        names = ("uom_factor", "uom_reference_id", "uom_reference", "template_id")
        for line in snapshot["content"]["lines"]:
            for name in (*names, "category_id", "category"):
                del line[name]
        del snapshot["content"]["company_currency"]
        comparison = self.env["offer.comparison"]
        (item,) = comparison._items(_as_stored(snapshot["content"]), 1.0)

        self.assertEqual(item.template, str(self.lathe.product_tmpl_id.id))
        self.assertEqual((item.factor, item.price), (1.0, 70000.0))
        self.assertTrue(item.reference)

    def test_numbers_are_checked(self):
        comparison = self._as(self.anna)["offer.comparison"]
        for ids in ([self.first.id], [], [self.first.id] * 3):
            with self.subTest(ids=ids), self.assertRaises(UserError):
                comparison.read_comparison(ids)
        for ids in (None, "12", [True, 2], [1.5, 2], [-1, 2], [2**40, 2], ["1", "2"]):
            with self.subTest(ids=ids), self.assertRaises(ValidationError):
                comparison.read_comparison(ids)
        many = self.env["offer.revision"].union(
            *(self._revision(self.anna, [(self.lathe, 1, 1.0)]) for _number in range(5))
        )
        with self.assertRaises(UserError):
            comparison.read_comparison((self.first | self.second | many).ids)

    def test_unknown_version_is_refused_like_a_foreign_one(self):
        comparison = self._as(self.anna)["offer.comparison"]
        foreign = self._revision(self.ewa, [(self.lathe, 1, 1.0)])
        texts = set()
        for stranger in (foreign.id, 2**31 - 1):
            with self.assertRaises(AccessError) as caught:
                comparison.read_comparison([self.first.id, stranger])
            texts.add(str(caught.exception))
        self.assertEqual(len(texts), 1)

    def test_other_versions_and_the_customers_offers_are_proposed(self):
        order = self.first.offer_id.order_id.with_env(self._as(self.anna))
        order.order_line.price_unit = 79000.0
        self._send(order)
        foreign = self._revision(self.ewa, [(self.lathe, 1, 1.0)])

        found = self._as(self.anna)["offer.comparison"].find_candidates(self.first.ids)

        ids = [candidate["id"] for candidate in found]
        self.assertIn(self.first.offer_id.current_revision_id.id, ids)
        self.assertIn(self.second.id, ids)
        self.assertNotIn(self.first.id, ids)
        self.assertNotIn(foreign.id, ids)

    def test_offer_opens_with_its_versions_and_list_with_what_was_marked(self):
        order = self.first.offer_id.order_id.with_env(self._as(self.anna))
        offer = self.first.offer_id.with_env(self._as(self.anna))
        alone = offer.action_compare()
        self.assertEqual(len(alone["params"]["revision_ids"]), 2)
        order.order_line.price_unit = 79000.0
        self._send(order)

        own = offer.action_compare()
        both = (offer | self.second.offer_id.with_env(offer.env)).action_compare()

        self.assertEqual(
            own["params"]["revision_ids"], offer.revision_ids.sorted("number").ids
        )
        self.assertEqual(
            both["params"]["revision_ids"],
            [offer.current_revision_id.id, self.second.id],
        )

    def test_single_version_without_company_says_what_to_do(self):
        customer = self._make_customer("Only Once sp. z o.o.")
        alone = self._make_sent_offer(self.anna, partner=customer)

        with self.assertRaises(UserError):
            alone.with_env(self._as(self.anna)).action_compare()

    def test_sheet_is_what_is_on_the_screen(self):
        self._allow_export(self.anna)
        keys = [str(self.first.id), str(self.second.id)]
        data = self._xlsx(
            self.anna,
            self.first | self.second,
            order=keys[::-1],
            base=keys[0],
            hides_equal=True,
        )
        self.assertEqual(
            data,
            self._xlsx(
                self.anna,
                self.first | self.second,
                order=keys[::-1],
                base=keys[0],
                hides_equal=True,
            ),
        )
        (rows,) = self._read_sheets(data).values()
        head = next(row for row in rows if row[0] == "Comparison")
        self.assertIn(self.second.offer_id.name, head[1])
        self.assertIn("Base of the comparison", head[4])
        lathe = next(row for row in rows if row[0] and row[0].startswith("[CX400]"))
        self.assertEqual((lathe[1], lathe[4]), (76000, 80000))
        self.assertAlmostEqual(lathe[3], -0.05)
        self.assertFalse([row for row in rows if row[0] == "Customer"])

    def test_paper_is_what_is_on_the_screen_with_letterhead_and_pages(self):
        stream = io.BytesIO()
        request = {"revision_ids": (self.first | self.second).ids, "view": {}}
        comparison = self._as(self.anna)["offer.comparison"]
        comparison._write_pdf(request, stream)

        text = self._pdf_text(stream.getvalue())
        for part in (
            "Meridian Warszawa",
            "Lathe CX-400",
            "−5",
            "Page 1 of",
            "Customer",
        ):
            self.assertIn(part, text)
        again = io.BytesIO()
        comparison._write_pdf(request, again)
        self.assertEqual(again.getvalue(), stream.getvalue())
        hidden = io.BytesIO()
        comparison._write_pdf(
            {**request, "view": {"hidden": [str(self.second.id)]}}, hidden
        )
        self.assertNotIn(self.second.offer_id.name, self._pdf_text(hidden.getvalue()))

    def test_odd_wishes_of_a_client_are_passed_over(self):
        comparison = self.env["offer.comparison"]
        for view in (None, "x", {"order": 5, "base": {}, "hidden": [1, None]}, []):
            self.assertIsNotNone(comparison._parse_view(view))


def _as_stored(content):
    """Return content as it is read back from a payload."""
    return {
        **content,
        "lines": [
            {
                name: str(value) if name in _DECIMALS else value
                for name, value in line.items()
            }
            for line in content["lines"]
        ],
    }


_DECIMALS = frozenset({"quantity", "price_unit", "discount", "subtotal"})
