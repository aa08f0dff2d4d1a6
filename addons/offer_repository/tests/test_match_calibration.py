from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common_match import MatchCommon

ADMIN = "offer_repository.offer_repository_group_admin"


class CalibrationCommon(MatchCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.admin = cls._make_seller("admin.test", cls.root, groups=ADMIN)

    def _make_pair(self, points, judgement="pending", verdict="probable", rows=()):
        """Return a pair of new customers with the points it should have."""
        left, right = self._make_customer("A"), self._make_customer("B")
        return self.matches.create(
            {
                "left_partner_id": left.id,
                "right_partner_id": right.id,
                "anchor_company_id": self.root.id,
                "points": points,
                "verdict": verdict,
                "judgement": judgement,
                "evidence": [
                    {"code": code, "points": value, "left": "", "right": ""}
                    for code, value in rows
                ],
            }
        )


@tagged("post_install", "-at_install")
class TestMatchCalibration(CalibrationCommon):
    def _record_of(self, code, user=None):
        rows = self._as(user or self.admin)["offer.partner.match.calibration"].search(
            []
        )
        return rows.filtered(lambda row: row.code == code)

    def test_evidence_is_right_where_people_agree(self):
        for judgement in ("same", "same", "same", "different", "same_group"):
            self._make_pair(3, judgement, rows=[("phone_equal", 3.0)])
        self._make_pair(3, "pending", rows=[("phone_equal", 3.0)])
        row = self._record_of("phone_equal")

        self.assertEqual(
            (row.decisions, row.same_count, row.different_count), (5, 3, 2)
        )
        self.assertAlmostEqual(row.right_share, 0.6)
        self.assertAlmostEqual(row.points, 3.0)
        self.assertEqual(
            row.name, self.env["offer.check"]._evidence_labels(["phone_equal"])[0]
        )

    def test_evidence_against_is_right_where_people_say_no(self):
        for judgement in ("different", "different", "same"):
            self._make_pair(-3, judgement, rows=[("vat_differs", -8.0)])

        self.assertAlmostEqual(self._record_of("vat_differs").right_share, 2 / 3)

    def test_other_trees_and_staff_are_kept_out(self):
        self._make_pair(3, "same", rows=[("phone_equal", 3.0)])
        stranger = self._make_company("Somebody Else")
        boss = self._make_seller("boss.test", stranger, groups=ADMIN)

        self.assertTrue(self._record_of("phone_equal"))
        self.assertFalse(self._record_of("phone_equal", boss))
        with self.assertRaises(AccessError):
            self._record_of("phone_equal", self.manager)
