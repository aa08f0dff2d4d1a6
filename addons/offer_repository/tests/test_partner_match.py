from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common_conflict import ConflictCommon

NIP = "5260001246"


class MatchCommon(ConflictCommon):
    """Kraków keeps its own records of customers that the others know."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.poland = cls.env.ref("base.pl")
        cls.tree = cls.root._offer_tree()
        cls.matches = cls.env["offer.partner.match"]
        cls.customer.write(
            {"vat": NIP, "phone": "+48 22 123 45 67", "country_id": cls.poland.id}
        )

    @classmethod
    def _make_own(cls, name="LACZNIK", company=None, **values):
        company = company or cls.krakow
        place = {"email": False, "country_id": cls.poland.id, "company_id": company.id}
        return cls._make_customer(name, **{**place, **values})

    def _scan(self, *partners):
        """Look these customers up and keep what is found, as the nightly scan does."""
        keys = self.env["offer.partner.key"]
        for partner in partners:
            own = self.env["offer.partner.profile"]._of(partner)
            found = keys._find_matches(own, self.tree, partner.id)
            self.matches._record_matches(partner.id, found, self.tree)
        return self._pair(partners[0])

    def _pair(self, partner, other=None):
        domain = self.matches._pair_domain(partner.ids, self.tree)
        rows = self.matches.search(domain)
        ids = {(other or self.customer).id}
        return rows.filtered(lambda row: ids & row._partner_ids())

    def _identity_of(self, partner):
        return (
            self.env["offer.identity"]._members_of(partner.ids, self.tree).identity_id
        )

    def _warn_from(self, pair):
        """Let pairs as alike as this one count as probable in the tree."""
        scheme = self.tree._offer_scheme()
        self.root.write(
            {
                "offer_certain_percent": 100 * scheme.probability(scheme.certain),
                "offer_probable_percent": 90 * pair.score,
            }
        )
        self.matches._apply_thresholds(self.root)
        self.assertEqual(pair.verdict, "probable")

    def _found_for(self, partner):
        keys = self.env["offer.partner.key"]
        own = self.env["offer.partner.profile"]._of(partner)
        found = keys._find_matches(own, self.tree, partner.id)
        return {match.partner_id: match.verdict.value for match in found}


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
class TestMatchJudgement(MatchCommon):
    def test_different_is_remembered(self):
        own = self._make_own(vat=NIP)
        pair = self._scan(own)
        pair._judge("different", "Two plants")
        self._scan(own, self.customer)

        self.assertEqual((pair.judgement, pair.verdict), ("different", "certain"))
        self.assertFalse(self._found_for(own))
        self.assertFalse(self._found_for(self.customer))
        self.assertFalse(self._identity_of(own))

    def test_different_opens_again_when_key_data_change_only(self):
        own = self._make_own(vat=NIP)
        pair = self._scan(own)
        pair._judge("different", "Two plants")
        own.write({"comment": "x", "vat": "526-000-12-46", "street": "Prosta 1"})
        self._scan(own)
        self.assertEqual(pair.judgement, "different")

        own.email = "new@lacznik.example"
        self.assertEqual(self._found_for(own), {self.customer.id: "certain"})
        self._scan(own)

        self.assertEqual(pair.judgement, "pending")
        self.assertEqual(pair.log_ids.mapped("event"), ["reopened", "judged"])
        self.assertEqual(self._identity_of(own), self._identity_of(self.customer))

    def test_same_makes_certain_and_links(self):
        own = self._make_own()
        pair = self._scan(own)
        pair._judge("same")

        self.assertEqual(self._found_for(own), {self.customer.id: "certain"})
        self.assertEqual(
            self._identity_of(own).member_ids.partner_id, own | self.customer
        )
        self._scan(own)
        self.assertEqual((pair.judgement, pair.verdict), ("same", "probable"))

    def test_same_holds_when_nothing_is_alike_any_more(self):
        own = self._make_own()
        pair = self._scan(own)
        pair._judge("same")
        own.write({"phone": False, "name": "Something Else"})
        self._scan(own)

        self.assertEqual(self._found_for(own), {self.customer.id: "certain"})
        self.assertTrue(pair.exists())

    def test_undo_takes_the_link_back(self):
        own = self._make_own()
        pair = self._scan(own)
        pair._judge("same", "I know them")
        pair._judge("different", "I was wrong")
        pair.undo()
        self.assertEqual(
            (pair.judgement, pair.judgement_reason), ("same", "I know them")
        )
        pair.undo()

        self.assertEqual((pair.judgement, pair.judged_by_id.id), ("pending", False))
        self.assertFalse(self._identity_of(own))
        self.assertEqual(
            pair.log_ids.sorted("id").mapped("event"),
            ["judged", "judged", "undone", "undone"],
        )
        with self.assertRaises(UserError):
            pair.undo()

    def test_probable_is_never_passed_on(self):
        certain = self._make_own(vat=NIP)
        probable = self._make_own(
            "Other", company=self.gdansk, phone="22 123-45-67", email="x@y.example"
        )
        self._scan(certain, probable, self.customer)

        self.assertEqual(
            self._identity_of(certain).member_ids.partner_id, certain | self.customer
        )

    def test_different_cuts_what_others_would_bring_together(self):
        first = self._make_own(vat=NIP)
        second = self._make_own("LACZNIK 2", company=self.gdansk, vat=NIP)
        self._scan(first, second)
        self.assertEqual(len(self._identity_of(first).member_ids), 3)
        self._pair(first, second)._judge("different")

        self.assertNotEqual(self._identity_of(first), self._identity_of(second))
        sizes = sorted(
            len(self._identity_of(one).member_ids) for one in (first, second)
        )
        self.assertEqual(sizes, [0, 2])

    def test_unknown_judgement_is_refused(self):
        pair = self._scan(self._make_own(vat=NIP))
        for bad in ("pending", "maybe", None, 3):
            with self.subTest(bad=bad), self.assertRaises(ValidationError):
                pair.judge(bad)
        with self.assertRaises(ValidationError):
            pair.judge("same", {"no": "text"})


@tagged("post_install", "-at_install")
class TestMatchConflict(MatchCommon):
    def _collide_with(self, partner):
        self._make_sent_offer(self.anna)
        self._make_sent_offer(self.ewa, partner=partner)
        return self._conflicts()

    def test_same_opens_the_conflict_that_nobody_saw(self):
        own = self._make_own(phone="22 123-45-67", vat="1234563218")
        pair = self._scan(own)
        self.assertEqual(pair.verdict, "same_group")
        self.assertFalse(self._collide_with(own))
        pair._judge("same")
        self._run_cron()

        self.assertEqual(len(self._conflicts()), 1)

    def test_different_closes_the_case_and_undo_opens_it_again(self):
        own = self._make_own(vat=NIP)
        case = self._collide_with(own)
        pair = self._pair(own).with_env(self._as(self.manager))
        pair._judge("different", "Two plants")

        self.assertEqual((case.state, case.decision), ("decided", "none"))
        self.assertEqual(case.decision_reason, "Two plants")
        self.assertEqual(case.decided_by_id, self.manager)
        pair.undo()

        self.assertEqual((case.state, case.decision), ("open", False))
        self._run_cron()
        self.assertEqual(self._conflicts(), case)

    def test_different_leaves_the_rest_of_the_case(self):
        own = self._make_own(vat=NIP)
        case = self._collide_with(own)
        third = self._make_sent_offer(self.marta)
        self._pair(own)._judge("different")

        self.assertEqual(case.state, "open")
        self.assertIn(third, case.offer_ids)
        self.assertEqual(case.company_ids, self.warszawa | self.gdansk)

    def test_sending_links_certain_records_without_a_conflict(self):
        own = self._make_own(vat=NIP)
        self._make_sent_offer(self.ewa, partner=own)

        self.assertFalse(self._conflicts())
        self.assertEqual(self._identity_of(own), self._identity_of(self.customer))

    def test_one_case_for_customers_of_two_identities(self):
        """A = A', B = B', A probably B: linked no further, one conflict."""
        twin = self._make_own(vat=NIP)
        other = self._make_own("Lacznik", company=self.gdansk, email="b@b.example")
        other_twin = self._make_own("Other", company=self.warszawa, email="b@b.example")
        self._scan(twin, other)
        self._pair(other, other_twin)._judge("same")
        self._warn_from(self._pair(other))
        self._make_sent_offer(self.ewa, partner=twin)
        self._make_sent_offer(self.marta, partner=other)
        self._make_sent_offer(self.anna)

        case = self._conflicts()
        self.assertEqual(len(case), 1)
        self.assertEqual(len(case.offer_ids), 3)
        self.assertNotEqual(self._identity_of(twin), self._identity_of(other))


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
