import io
import json

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common_comparison import ComparisonCommon
from .common_conflict import ConflictCommon


@tagged("post_install", "-at_install")
class TestLearningReport(ConflictCommon, ComparisonCommon):
    """Conflicts and losses in money, and who may see them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other_root = cls._make_company("Other Holding")
        cls.foreign = cls._make_seller(
            "foreign.manager",
            cls.other_root,
            groups="offer_repository.offer_repository_group_manager",
            name="Foreign Manager",
        )
        cls._allow_export(cls.manager, cls.ewa, cls.foreign)

    def _report(self, user, model="offer.conflict.report"):
        self.env.flush_all()
        self.env.invalidate_all()
        return self._as(user)[model].search([])

    def _figures(self, user, months=6):
        self.env.flush_all()
        self.env.invalidate_all()
        return self._as(user)["offer.dashboard"].read_figures(months)

    def _tile(self, user, code):
        (tile,) = [one for one in self._figures(user)["tiles"] if one["code"] == code]
        return tile

    # ------------------------------------------------------------------
    # Conflicts
    # ------------------------------------------------------------------

    def test_conflict_is_one_row_with_its_money(self):
        self._collide(100000.0, 90000.0)

        row = self._report(self.manager)

        self.assertEqual(len(row), 1)
        self.assertEqual(
            row.left_company_id | row.right_company_id, self.warszawa | self.krakow
        )
        self.assertEqual((row.lowest_amount, row.highest_amount), (90000.0, 100000.0))
        self.assertEqual(row.spread_amount, 10000.0)
        self.assertEqual(row.caught, "after")
        self.assertEqual(row.given_away, 0.0)

    def test_given_away_is_what_the_accepted_offer_was_below_the_dearest(self):
        self._collide(100000.0, 90000.0)
        self.second.order_id.action_confirm()

        row = self._report(self.manager)

        self.assertEqual((row.sold_amount, row.given_away), (90000.0, 10000.0))

    def test_nothing_is_given_away_when_the_dearest_was_accepted(self):
        self._collide(100000.0, 90000.0)
        self.first.order_id.action_confirm()

        self.assertEqual(self._report(self.manager).given_away, 0.0)

    def test_three_branches_share_the_money_among_their_pairs(self):
        case = self._collide(100000.0, 90000.0)
        self._make_sent_offer(self.marta, lines=[(self.lathe, 1, 80000.0)])

        rows = self._report(self.manager)

        self.assertEqual(len(rows), 3)
        self.assertAlmostEqual(sum(rows.mapped("spread_amount")), case.spread_amount)

    def test_money_is_in_the_readers_currency_by_the_days_rate(self):
        self._collide(100000.0, 90000.0)
        dollar = self.env.ref("base.USD")
        dollar.active = True
        today = fields.Date.context_today(self.env.user)
        for company in (False, self.root.id):
            self.env["res.currency.rate"].search(
                [("currency_id", "=", dollar.id), ("company_id", "=", company)]
            ).unlink()
        self.env["res.currency.rate"].create(
            [
                {
                    "currency_id": dollar.id,
                    "name": today,
                    "rate": 2.0,
                    "company_id": self.root.id,
                },
                {
                    "currency_id": self.currency.id,
                    "name": today,
                    "rate": 1.0,
                    "company_id": self.root.id,
                },
            ]
        )
        self.env.cr.execute(
            "UPDATE res_company SET currency_id = %s WHERE id = %s",
            (dollar.id, self.root.id),
        )

        row = self._report(self.manager)

        self.assertEqual(row.currency_id, dollar)
        self.assertEqual(row.spread_amount, 20000.0)

    # ------------------------------------------------------------------
    # Who may see it
    # ------------------------------------------------------------------

    def test_staff_get_nothing_of_the_conflict_report(self):
        self._collide()
        report = self._as(self.ewa)["offer.conflict.report"]

        for ask in (
            lambda: report.search([]),
            lambda: report._read_group([], ["left_company_id"], ["spread_amount:sum"]),
            lambda: report.formatted_read_group([], ["date:month"], ["__count"]),
            lambda: report.search_read([], ["spread_amount"]),
            lambda: report.browse(1).export_data(["spread_amount"]),
            lambda: self._export(self.ewa, kind="conflicts", domain=[]),
            lambda: self._as(self.ewa)["offer.dashboard"].read_figures(6),
        ):
            with self.assertRaises(AccessError):
                ask()

    def test_managers_of_another_tree_see_nothing(self):
        self._collide()
        self.first.order_id._action_cancel()

        self.assertFalse(self._report(self.foreign))
        self.assertFalse(self._report(self.foreign, "offer.loss.report"))
        figures = self._figures(self.foreign)
        self.assertTrue(figures["is_empty"])
        self.assertNotIn("Meridian", json.dumps(figures))
        with self.assertRaises(UserError):
            self._export(self.foreign, kind="conflicts", domain=[])

    def test_losses_follow_the_rights_of_the_offers(self):
        offer = self._make_sent_offer(self.anna)
        offer.order_id._action_cancel()

        self.assertEqual(
            self._report(self.anna, "offer.loss.report").offer_id.id, offer.id
        )
        for user in (self.piotr, self.ewa):
            self.assertFalse(self._report(user, "offer.loss.report"))
        self.assertTrue(self._report(self.manager, "offer.loss.report"))

    def test_price_among_branches_is_for_managers(self):
        self._collide(100000.0, 90000.0)
        self.first.order_id._action_cancel()
        losses = self._as(self.anna)["offer.loss.report"]

        with self.assertRaises(AccessError):
            losses._read_group([], ["price_position"], ["__count"])
        with self.assertRaises(AccessError):
            losses.search([("price_position", "=", "highest")])
        with self.assertRaises(AccessError):
            losses.search([]).read(["price_position"])
        row = self._report(self.manager, "offer.loss.report")
        self.assertEqual(row.price_position, "highest")

    # ------------------------------------------------------------------
    # Losses
    # ------------------------------------------------------------------

    def test_loss_is_a_row_a_line_with_reason_and_gap(self):
        lines = [(self.lathe, 1, 80000.0), (self.mill, 1, 40000.0)]
        offer = self._make_sent_offer(self.anna, lines=lines)
        offer.order_id._action_cancel()
        reason = self.env["crm.lost.reason"].create({"name": "Price"})
        offer._note_loss(reason, competitor_name="Rival", competitor_price=100000.0)

        rows = self._report(self.anna, "offer.loss.report")

        self.assertEqual(sorted(rows.mapped("lost_amount")), [40000.0, 80000.0])
        self.assertEqual(rows.lost_reason_id, reason)
        self.assertEqual(rows[0].competitor_gap, 20.0)
        self.assertEqual(rows[0].response_level, "unknown")

    # ------------------------------------------------------------------
    # Dashboard and files
    # ------------------------------------------------------------------

    def test_dashboard_shows_the_figures_and_where_they_come_from(self):
        self._collide(100000.0, 90000.0)
        self.second.order_id.action_confirm()
        self.first.order_id._action_cancel()

        figures = self._figures(self.manager)

        self.assertFalse(figures["is_empty"])
        self.assertIn("10,000", self._tile(self.manager, "given_away")["value"])
        self.assertIn("1 of 2", self._tile(self.manager, "lost")["note"])
        names = [row["name"] for row in figures["heat"]["rows"]]
        self.assertEqual(names, sorted([self.krakow.name, self.warszawa.name]))
        for tile in figures["tiles"]:
            action = tile["action"]
            self._as(self.manager)[action["res_model"]].search(action["domain"])
        json.dumps(figures)

    def test_dashboard_knows_its_periods_only(self):
        for wrong in (0, "6", True, None, 1000):
            with self.assertRaisesRegex(ValidationError, "3, 6 or 12"):
                self._figures(self.manager, wrong)

    def test_sheet_and_paper_hold_the_report(self):
        self._collide(100000.0, 90000.0)
        self.first.order_id._action_cancel()

        sheets = self._read_sheets(
            self._export(self.manager, kind="conflicts", domain=[])
        )
        losses = self._read_sheets(self._export(self.manager, kind="losses", domain=[]))

        pairs, rows = sheets.values()
        self.assertTrue(any(10000.0 in row for row in rows))
        self.assertTrue(any(10000.0 in row and 1 in row for row in pairs))
        (rows,) = losses.values()
        self.assertTrue(any(100000.0 in row for row in rows))
        stream = io.BytesIO()
        request = {"kind": "conflicts", "domain": []}
        self._as(self.manager)["offer.export"]._write_pdf(request, stream)
        text = " ".join(self._pdf_text(stream.getvalue()).split())
        self.assertIn("10,000.00", text)
        self.assertIn("Branch by Branch", text)
        self.assertIn("Total EUR", text)
        self.assertNotIn(" 0.00", text)
