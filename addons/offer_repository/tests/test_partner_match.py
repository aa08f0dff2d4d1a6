from freezegun import freeze_time

from odoo.tests import tagged

from .common_match import NIP, MatchCommon


@tagged("post_install", "-at_install")
class TestPartnerMatch(MatchCommon):
    def test_pair_is_kept_once_whoever_is_looked_up(self):
        own = self._make_own(vat="526-000-12-46")
        pair = self._scan(own, self.customer)

        self.assertEqual(len(pair), 1)
        self.assertEqual(pair.left_partner_id, self.customer)
        self.assertEqual(pair.right_partner_id, own)
        self.assertEqual(pair.right_company_id, self.krakow)
        self.assertEqual((pair.verdict, pair.judgement), ("certain", "pending"))
        self.assertIn("vat_equal", [row["code"] for row in pair.evidence])
        self.assertIn("Same tax number", pair.evidence_text)

    def test_values_stay_on_their_sides(self):
        own = self._make_own(phone="22 123-45-67", vat="1234563218")
        pair = self._scan(own)
        [clash] = [row for row in pair.evidence if row["code"] == "vat_differs"]
        before = dict(clash)
        self._scan(self.customer)
        [after] = [row for row in pair.evidence if row["code"] == "vat_differs"]

        self.assertIn(NIP, before["left"])
        self.assertIn("1234563218", before["right"])
        self.assertEqual(after, before)

    def test_pair_that_is_not_found_any_more_goes(self):
        own = self._make_own()
        pair = self._scan(own)
        self.assertEqual(pair.verdict, "probable")
        own.name = "Somebody Else Altogether"
        self._scan(own)

        self.assertFalse(pair.exists())

    def test_rescan_writes_nothing(self):
        own = self._make_own(vat=NIP)
        with freeze_time("2026-01-01"):
            pair = self._scan(own)
        pair.flush_recordset()
        written = pair.write_date
        self._scan(own, self.customer)
        self.env.flush_all()
        pair.invalidate_recordset()

        self.assertEqual(pair.write_date, written)

    def test_certain_match_links_before_any_conflict(self):
        own = self._make_own(vat=NIP)
        self._scan(own)

        self.assertEqual(
            self._identity_of(own).member_ids.partner_id, own | self.customer
        )
        partners = own.with_env(self._as(self.ewa))._contact_history_partners()
        self.assertIn(self.customer, partners)

    def test_probable_match_links_nobody(self):
        own = self._make_own()
        self._scan(own)

        self.assertFalse(self._identity_of(own))

    def test_our_own_companies_and_colleagues_are_nobodys_customers(self):
        self.krakow.partner_id.write({"vat": NIP, "country_id": self.poland.id})
        self.ewa.partner_id.phone = "+48 22 123 45 67"
        self._scan(self.customer, self.krakow.partner_id, self.ewa.partner_id)

        pairs = self.matches.search(
            self.matches._pair_domain(self.customer.ids, self.tree)
        )
        self.assertFalse(pairs)

    def test_customer_that_was_deleted_takes_his_pairs_along(self):
        own = self._make_own(vat=NIP)
        pair = self._scan(own)
        pair._judge("same")
        log = pair.log_ids
        own.unlink()

        self.assertFalse(pair.exists())
        self.assertEqual(log.exists().right_res_id, own.id)


@tagged("post_install", "-at_install")
class TestMatchMerge(MatchCommon):
    """Odoo's own merge works in SQL, behind a unique index and a check of ours."""

    def _merge(self, stays, goes):
        wizard = self.env["base.partner.merge.automatic.wizard"]
        wizard._merge((stays | goes).ids, stays)

    def test_pair_of_merged_customers_goes_and_its_log_stays(self):
        own = self._make_own(vat=NIP)
        pair = self._scan(own)
        pair._judge("same")
        log = pair.log_ids
        self._merge(self.customer, own)

        self.assertFalse(pair.exists())
        self.assertEqual(log.right_res_id, own.id)

    def test_pairs_with_a_third_customer_become_one(self):
        first = self._make_own(vat=NIP)
        second = self._make_own("LACZNIK 2", company=self.gdansk, vat=NIP)
        self._scan(first, second)
        self._pair(second)._judge("different", "Two plants")
        self._merge(self.customer, first)

        pairs = self.matches.search(self.matches._pair_domain(second.ids, self.tree))
        self.assertEqual(len(pairs), 1)
        self.assertEqual(pairs.judgement, "different")
        self.assertEqual(pairs.left_partner_id, self.customer)

    def test_decision_beats_no_decision_whoever_stays(self):
        first = self._make_own(vat=NIP)
        second = self._make_own("LACZNIK 2", company=self.gdansk, vat=NIP)
        self._scan(first, second)
        self._pair(first, second)._judge("same")
        self._merge(self.customer, first)

        pairs = self.matches.search(self.matches._pair_domain(second.ids, self.tree))
        self.assertEqual((len(pairs), pairs.judgement), (1, "same"))

    def test_sides_and_values_turn_when_the_order_does(self):
        """The younger of three stays, so that the pair's left becomes its right."""
        own = self._make_own(phone="22 123-45-67", vat="1234563218")
        late = self._make_own("Late", company=self.gdansk)
        pair = self._scan(own)
        self._merge(late, self.customer)

        self.assertEqual((pair.left_partner_id, pair.right_partner_id), (own, late))
        [clash] = [row for row in pair.evidence if row["code"] == "vat_differs"]
        self.assertIn("1234563218", clash["left"])
        self.assertIn(NIP, clash["right"])
