import json

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common_conflict import ConflictCommon
from .common_margin import MARGIN, MarginCommon


@tagged("post_install", "-at_install")
class TestConflictMargin(ConflictCommon, MarginCommon):
    """What offers cost ourselves: kept when they leave, shown to few."""

    def _compare(self, user=None):
        user = user or self.manager
        self.env.flush_all()
        self.env.invalidate_all()
        return self._conflicts().with_env(self._as(user)).compare_data()

    def _lines(self, offer):
        return offer.current_revision_id.line_ids

    def test_cost_is_that_of_the_branch_on_the_day_it_was_sent(self):
        self._collide(100000.0, 90000.0)
        self.lathe.with_company(self.warszawa).standard_price = 1.0
        self.env.flush_all()
        self.env.invalidate_all()

        self.assertEqual(self._lines(self.first).cost_unit, 70000.0)
        self.assertEqual(self._lines(self.second).cost_unit, 60000.0)

    def test_cost_follows_the_unit_of_the_line(self):
        offer = self._send_by_dozen()

        self.assertEqual(self._lines(offer).cost_unit, 12 * 70000.0)

    def test_what_is_taken_over_has_no_cost(self):
        order = self._make_order(self.anna)
        order.sudo()._offer_archive("backfilled", when=fields.Datetime.now())

        self.assertEqual(self._lines(self._offer_of(order)).cost_unit, 0.0)

    def test_evidence_knows_nothing_of_the_cost(self):
        self._collide()

        self.assertNotIn("cost", self.first.current_revision_id.payload)
        self.assertFalse(
            self.env["offer.revision"].sudo()._verify_company(self.warszawa)
        )
        self.lathe.with_company(self.warszawa).standard_price = 1.0
        self._send(self.first.order_id.with_env(self._as(self.anna)))
        self.assertFalse(
            self.first.revision_ids.filtered(lambda r: r.number > 1 and r.is_material)
        )

    def test_manager_sees_margins_line_by_line_and_in_total(self):
        self._collide(100000.0, 90000.0)

        data = self._compare()

        (row,) = data["rows"]
        percents = [round(cell["margin_percent"], 1) for cell in row["cells"]]
        self.assertEqual(percents, [30.0, 33.3])
        self.assertEqual([side["margin"] for side in data["sides"]], [30000.0, 30000.0])

    def test_no_total_where_one_cost_is_unknown(self):
        lines = [(self.lathe, 1, 90000.0), (self.mill, 1, 40000.0)]
        self._make_sent_offer(self.anna)
        self._make_sent_offer(self.ewa, lines=lines)

        side = self._compare()["sides"][1]

        self.assertNotIn("margin", side)

    def test_without_the_group_not_even_managers_see_them(self):
        self._collide(100000.0, 90000.0)
        self.env.ref(MARGIN).implied_by_ids = [(5,)]
        self.assertFalse(self.manager.has_group(MARGIN))

        self.assertNotIn("margin", json.dumps(self._compare()))
        report = self._as(self.manager)["offer.conflict.report"]
        with self.assertRaises(AccessError):
            report.search([]).read(["sold_margin"])
        dashboard = self._as(self.manager)["offer.dashboard"].read_figures(6)
        self.assertNotIn("margin", json.dumps(dashboard["tiles"]))

    def test_staff_get_no_cost_by_any_way(self):
        self._collide(100000.0, 90000.0)
        self.env.flush_all()
        self.env.invalidate_all()
        lines = self._as(self.anna)["offer.revision.line"]
        mine = lines.search([])
        self.assertTrue(mine)

        for ask in (
            lambda: mine.read(["cost_unit"]),
            lambda: mine.export_data(["cost_unit"]),
            lambda: lines.search([("cost_unit", ">", 69999)]),
            lambda: lines.search([], order="cost_unit"),
            lambda: lines._read_group([], ["product_id"], ["cost_unit:sum"]),
            lambda: mine.web_read({"cost_unit": {}}),
            lambda: self._as(self.anna)["offer.offer"].search(
                [("current_line_ids.cost_unit", ">", 1)]
            ),
        ):
            with self.assertRaises(AccessError):
                ask()
        self.assertNotIn("cost_unit", lines.fields_get())
        self.assertNotIn("cost_unit", mine.read()[0])

    def test_the_group_alone_opens_no_other_branch(self):
        self._collide(100000.0, 90000.0)
        self.anna.group_ids += self.env.ref(MARGIN)
        self.env.flush_all()
        self.env.invalidate_all()

        costs = (
            self._as(self.anna)["offer.revision.line"].search([]).read(["cost_unit"])
        )

        self.assertEqual([row["cost_unit"] for row in costs], [70000.0])
        with self.assertRaises(AccessError):
            self._compare(self.anna)

    def test_files_and_papers_hold_no_cost(self):
        self._collide(100000.0, 90001.0)
        revisions = (self.first | self.second).current_revision_id
        request = {"kind": "lines", "ids": revisions.ids}

        sheets = self._read_sheets(self._export(self.manager, **request))

        self.assertNotIn("70000", str(sheets))
        self.assertNotIn("60000", str(sheets))

    def test_report_tells_how_much_of_the_margin_was_given_away(self):
        self._collide(100000.0, 90000.0)
        self.second.order_id.action_confirm()
        self.env.flush_all()
        self.env.invalidate_all()

        row = self._as(self.manager)["offer.conflict.report"].search([])

        # 40 000 would have been earned, 30 000 were
        self.assertEqual((row.given_away, row.sold_margin), (10000.0, 30000.0))
        self.assertEqual(row.given_away_percent, 25.0)
        tiles = self._as(self.manager)["offer.dashboard"].read_figures(6)["tiles"]
        (note,) = [one["note"] for one in tiles if one["code"] == "given_away"]
        self.assertIn("25.0 % of the margin", note)
