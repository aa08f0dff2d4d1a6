import io
import json

from odoo.tests import tagged

from .common_margin import MARGIN, MarginCommon


@tagged("post_install", "-at_install")
class TestComparisonMargin(MarginCommon):
    """Two lathes for 100 000 and 90 000 that cost 70 000 and 60 000."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        first = cls._make_sent_offer(cls.anna, lines=[(cls.lathe, 1, 100000.0)])
        second = cls._make_sent_offer(cls.ewa, lines=[(cls.lathe, 2, 90000.0)])
        cls.revisions = (first | second).current_revision_id
        cls.own = cls.revisions[0] | cls._make_sent_offer(cls.anna).current_revision_id

    def _everything(self, user, revisions):
        """Return what the screen, the sheet and the paper say, as one text."""
        self.env.flush_all()
        self.env.invalidate_all()
        paper = io.BytesIO()
        request = {"revision_ids": revisions.ids}
        self._as(user)["offer.comparison"]._write_pdf(request, paper)
        return {
            "screen": json.dumps(self._compare(user, revisions)),
            "sheet": str(self._read_sheets(self._xlsx(user, revisions))),
            "paper": self._pdf_text(paper.getvalue()),
        }

    def test_manager_sees_margins_of_lines_and_in_total(self):
        answer = self._compare(self.manager, self.revisions)

        (line,) = answer["groups"][0]["rows"]
        self.assertIn("margin 30 %", line["cells"][0]["notes"])
        self.assertIn("margin 33.3 %", line["cells"][1]["notes"])
        totals = self._rows(answer, "totals")["Margin"]
        self.assertIn("30,000.00", totals[0][0])
        self.assertIn("60,000.00", totals[1][0])
        self.assertEqual(totals[1][1], "+100\u00a0%")

    def test_sheet_and_paper_say_the_same(self):
        said = self._everything(self.manager, self.revisions)

        for where in ("sheet", "paper"):
            self.assertIn("margin 33.3 %", said[where], where)
            self.assertIn("Margin", said[where], where)
            self.assertNotIn("70000", said[where], where)

    def test_without_the_group_not_even_managers_see_them(self):
        self.env.ref(MARGIN).implied_by_ids = [(5,)]
        self.assertFalse(self.manager.has_group(MARGIN))

        said = self._everything(self.manager, self.revisions)

        for where, text in said.items():
            self.assertNotIn("argin", text, where)

    def test_staff_see_none_of_their_own_offers_either(self):
        for where, text in self._everything(self.anna, self.own).items():
            self.assertNotIn("argin", text, where)

    def test_the_group_alone_is_enough_for_own_offers(self):
        self.anna.group_ids += self.env.ref(MARGIN)

        self.assertIn("margin 30 %", self._everything(self.anna, self.own)["screen"])

    def test_margins_follow_the_unit_of_the_line(self):
        by_dozen = self._send_by_dozen().current_revision_id

        answer = self._compare(self.manager, self.revisions[0] | by_dozen)

        self.assertIn(
            "margin 30 %", answer["groups"][0]["rows"][0]["cells"][1]["notes"]
        )
        self.assertIn("360,000.00", self._rows(answer, "totals")["Margin"][1][0])

    def test_no_total_where_one_cost_is_unknown(self):
        lines = [(self.lathe, 1, 90000.0), (self.mill, 1, 40000.0)]
        mixed = self._make_sent_offer(self.anna, lines=lines).current_revision_id

        answer = self._compare(self.manager, self.revisions[0] | mixed)

        first, second = self._rows(answer, "totals")["Margin"]
        self.assertTrue(first[0])
        self.assertFalse(second[0])
