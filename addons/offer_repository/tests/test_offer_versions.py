from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import OfferCommon


@tagged("post_install", "-at_install")
class TestOfferVersions(OfferCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._make_order(
            cls.anna,
            lines=[(cls.lathe, 1, 80000.0), (cls.mill, 1, 45000.0)],
            validity_date="2031-01-31",
        )
        cls._send(cls.order)
        cls.order.write(
            {
                "order_line": [
                    Command.update(
                        cls.order.order_line[0].id, {"price_unit": 76000, "discount": 5}
                    ),
                    Command.delete(cls.order.order_line[1].id),
                    Command.create({"display_type": "line_note", "name": "Training"}),
                ],
                "validity_date": "2031-02-28",
            }
        )
        cls._send(cls.order)
        cls.offer = cls._offer_of(cls.order).with_env(cls._as(cls.anna))

    def _compare(self):
        first, second = self.offer.revision_ids.sorted("number")
        return self.offer.compare_revisions(first.id, second.id)

    def test_versions_tell_what_became_of_them(self):
        first, second = self.offer.read_versions()

        self.assertEqual((first["number"], second["number"]), (1, 2))
        self.assertEqual((first["is_current"], second["is_current"]), (False, True))
        self.assertFalse(first["news"])
        self.assertIn("Lines removed: 1", second["news"])
        self.assertIn("Total -42.2 %", second["news"])
        self.order.action_confirm()
        self.assertTrue(self.offer.read_versions()[1]["is_accepted"])

    def test_lines_terms_and_totals_are_compared_in_the_readers_format(self):
        difference = self._compare()

        kinds = [(line["kind"], line["label"]) for line in difference["lines"]]
        self.assertEqual(
            [kind for kind, _label in kinds], ["changed", "added", "removed"]
        )
        changes = {
            change["field"]: (change["before"], change["after"], change["percent"])
            for change in difference["lines"][0]["changes"]
        }
        self.assertEqual(changes["discount"], ("0 %", "5 %", ""))
        self.assertIn("76,000.00", changes["price_unit"][1])
        self.assertEqual(changes["price_unit"][2], "-5 %")
        self.assertEqual(
            [change["after"] for change in difference["terms"]], ["02/28/2031"]
        )
        self.assertEqual(difference["totals"][0]["field"], "untaxed")

    def test_new_document_of_the_same_content_is_said_to_be_that(self):
        sheet = self._make_attachment(self.anna, "drawing.pdf")
        self.order.message_post(
            body="Drawing",
            attachment_ids=sheet.ids,
            subtype_xmlid="mail.mt_comment",
            message_type="comment",
        )

        self.assertEqual(
            self.offer.read_versions()[-1]["news"], ["Only the document is new"]
        )

    def test_version_of_another_offer_is_refused(self):
        other = self._make_sent_offer(self.anna).current_revision_id
        mine = self.offer.current_revision_id

        with self.assertRaises(UserError):
            self.offer.compare_revisions(mine.id, other.id)

    def test_colleague_of_another_branch_compares_nothing(self):
        offer = self.offer.with_env(self._as(self.ewa))

        with self.assertRaises(AccessError):
            offer.read_versions()
        with self.assertRaises(AccessError):
            offer.compare_revisions(1, 2)
