from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common_match import NIP, MatchCommon


@tagged("post_install", "-at_install")
class TestMatchAccess(MatchCommon):
    def _as_pair(self, user, pair):
        pair = pair.with_env(self._as(user))
        pair.invalidate_recordset()
        return pair

    def test_staff_see_pairs_of_which_they_may_read_both(self):
        shared = self._make_own(vat=NIP, company=self.krakow)
        foreign = self._make_own("LACZNIK W", company=self.warszawa, vat=NIP)
        self._scan(shared, foreign)
        seen = self._as(self.ewa)["offer.partner.match"].search([])

        self.assertIn(self._pair(shared).id, seen.ids)
        self.assertNotIn(self._pair(foreign).id, seen.ids)
        self.assertNotIn(self._pair(shared, foreign).id, seen.ids)
        with self.assertRaises(AccessError):
            self._as_pair(self.ewa, self._pair(foreign)).judge("same")
        with self.assertRaises(AccessError):
            self._as_pair(self.ewa, self._pair(foreign)).read(["evidence"])

    def test_staff_decide_about_their_own_and_write_nothing_else(self):
        pair = self._as_pair(self.ewa, self._scan(self._make_own(vat=NIP)))
        pair.judge("same")

        self.assertEqual(pair.sudo().judged_by_id, self.ewa)
        with self.assertRaises(AccessError):
            pair.write({"judgement": "different"})
        with self.assertRaises(AccessError):
            pair.unlink()
        with self.assertRaises(AccessError):
            pair.env["offer.partner.match.log"].search([])

    def test_only_a_manager_overrules_somebody_else(self):
        pair = self._scan(self._make_own(vat=NIP))
        self._as_pair(self.manager, pair).judge("different")
        with self.assertRaises(UserError):
            self._as_pair(self.ewa, pair).judge("same")
        with self.assertRaises(UserError):
            self._as_pair(self.ewa, pair).undo()
        self._as_pair(self.manager, pair).undo()

        self.assertEqual(pair.judgement, "pending")

    def test_refusal_does_not_name_who_is_known_by_a_card_only(self):
        foreign = self._make_own("SECRET NAME", company=self.warszawa, vat=NIP)
        self._scan(foreign)
        pair = self._pair(foreign)
        self._as_pair(self.manager, pair).judge("same")
        with self.assertRaises(UserError) as refusal:
            self._as_pair(self.ewa, pair).sudo()._judge("different")

        self.assertNotIn("SECRET", str(refusal.exception))

    def test_manager_of_another_tree_sees_nothing(self):
        pair = self._scan(self._make_own(vat=NIP))
        boss = self._make_seller(
            "boss.test",
            self._make_company("Somebody Else"),
            groups="offer_repository.offer_repository_group_manager",
        )

        self.assertFalse(self._as(boss)["offer.partner.match"].search([]) & pair)

    def test_nobody_changes_the_log(self):
        pair = self._scan(self._make_own(vat=NIP))
        pair._judge("same")
        log = pair.log_ids.with_env(self._as(self.manager))

        self.assertEqual(log.judgement, "same")
        with self.assertRaises(AccessError):
            log.write({"reason": "x"})
        with self.assertRaises(AccessError):
            log.unlink()
