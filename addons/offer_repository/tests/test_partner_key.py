from datetime import timedelta

from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import SQL

from ..matching import Verdict
from .common_partner import NIP, OTHER_NIP, PartnerCommon

ADDRESS = {"street": "ul. Odlewnicza 7", "city": "Warszawa", "zip": "03-231"}


@tagged("post_install", "-at_install")
class TestPartnerMatches(PartnerCommon):
    """Who is found, and who must not be."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        companies = cls.env["res.company"]
        cls.root = companies.create({"name": "Tree Root"})
        cls.branch = companies.create({"name": "Tree Branch", "parent_id": cls.root.id})
        cls.stranger = companies.create({"name": "Unrelated Company"})
        cls.tree = cls.branch._offer_tree()

    def _matches(self, entity=None, **typed):
        customer = self.profiles._of(entity) if entity else self._typed(**typed)
        return self.keys._find_matches(customer, self.tree, entity and entity.id)

    def _found(self, entity=None, **typed):
        matches = self._matches(entity, **typed)
        return {match.partner_id: match.verdict for match in matches}

    def test_shared_and_the_trees_own_customers_are_found(self):
        shared = self._make("Shared", vat=NIP)
        own = self._make("Own", vat="PL 526 000 12 46", company_id=self.branch.id)

        self.assertEqual(set(self._found(vats=(NIP,))), {shared.id, own.id})

    def test_name_and_city_alone_find_the_customer(self):
        firm = self._make("Zakład Mechaniczny ŁĄCZNIK sp. z o.o.", **ADDRESS)
        found = self._found(name="Lacznik zaklad mechaniczny", city="warszawa")

        self.assertIn(firm.id, found)

    def test_customer_is_found_with_a_slip_in_the_name(self):
        firm = self._make("Zakład Mechaniczny ŁĄCZNIK sp. z o.o.", **ADDRESS)
        [match] = self._matches(
            name="Zaklad Mechaniczny Łacznki", city="Warszawa", street="Odlewnicza 7"
        )

        self.assertEqual(match.partner_id, firm.id)
        self.assertTrue(match.is_likely)

    def test_surest_comes_first_with_score_and_reasons(self):
        firm = self._make("Zakład Łącznik", vat=NIP, **ADDRESS)
        self._make("Łącznik Handel", city="Warszawa", email="biuro@handel.example")
        matches = self._matches(name="Zakład Łącznik", vats=(NIP,), city="Warszawa")

        self.assertEqual(matches[0].partner_id, firm.id)
        scores = [match.score for match in matches]
        self.assertEqual(scores, sorted(scores, reverse=True))
        self.assertIn("vat_equal", {item.code for item in matches[0].evidence})

    def test_customers_of_an_unrelated_company_never_surface(self):
        self._make("Foreign", vat=NIP, company_id=self.stranger.id)

        self.assertFalse(self._found(vats=(NIP,)))

    def test_crowd_of_an_unrelated_company_hides_nobody(self):
        self._make("Ours", email="office@portal.example", vat=NIP)
        self.env["res.partner"].create(
            [
                {
                    "name": "Ours",
                    "email": "office@portal.example",
                    "company_id": self.stranger.id,
                }
                for _index in range(250)
            ]
        )
        self.assertTrue(self._found(emails=("office@portal.example",), name="Ours"))

    def test_detection_group_brings_separate_companies_together(self):
        foreign = self._make("Foreign", vat=NIP, company_id=self.stranger.id)
        self.env["offer.detection.group"].create(
            {
                "name": "Holding",
                "company_ids": [Command.set((self.root | self.stranger).ids)],
            }
        )
        self.tree = self.branch._offer_tree()

        self.assertEqual(list(self._found(vats=(NIP,))), foreign.ids)

    def test_parent_and_child_company_are_no_duplicates(self):
        parent = self._make("Group", phone="+48 22 123 45 67", vat=NIP)
        child = self._make("Group", phone="+48 22 123 45 67", parent_id=parent.id)

        self.assertEqual(child.commercial_partner_id, child)
        self.assertFalse(self._found(child))
        self.assertFalse(self._found(parent))

    def test_sisters_are_no_duplicates(self):
        parent = self._make("Group")
        sisters = [
            self._make("Sister", parent_id=parent.id, vat=NIP, **ADDRESS)
            for _index in range(2)
        ]

        self.assertFalse(self._found(sisters[0]))

    def test_number_of_an_accounting_office_is_no_match(self):
        names = ("Wikliniarz", "Młyn", "Kotłownia", "Szwalnia", "Bednarz", "Kuźnia")
        for name in names:
            self._make(name, phone="22 123 45 67")
        verdicts = self._found(name="Garbarnia", phones=("22 123 45 67",)).values()

        self.assertFalse({Verdict.CERTAIN, Verdict.PROBABLE} & set(verdicts))

    def test_customer_known_in_every_branch_stays_a_match(self):
        # Partners kept per company: one record a branch says nothing against the key.
        branches = [self.branch, self.root] + [
            self.env["res.company"].create(
                {"name": f"Tree Branch {index}", "parent_id": self.root.id}
            )
            for index in range(4)
        ]
        same = [
            self._make("Same", email="a@same.example", company_id=branch.id, **ADDRESS)
            for branch in branches
        ]
        self.tree = self.branch._offer_tree()
        found = self._found(same[0])

        self.assertEqual(set(found), {partner.id for partner in same[1:]})
        self.assertLessEqual(set(found.values()), {Verdict.PROBABLE, Verdict.CERTAIN})

    def test_key_of_thousands_is_not_looked_up(self):
        self.env["res.partner"].create(
            [
                {"name": f"P{index}", "email": "everybody@portal.example"}
                for index in range(201)
            ]
        )

        self.assertFalse(self._found(emails=("everybody@portal.example",)))

    def test_different_tax_numbers_outweigh_all_that_is_alike(self):
        sister = self._make("Młyn", vat=OTHER_NIP, phone="22 123 45 67", **ADDRESS)
        found = self._found(
            name="Młyn", vats=(NIP,), phones=("22 123 45 67",), **ADDRESS
        )

        self.assertEqual(found, {sister.id: Verdict.SAME_GROUP})

    def test_looking_finds_the_same_from_both_sides(self):
        left = self._make("Zakład Łącznik", phone="22 123 45 67", **ADDRESS)
        right = self._make("Lacznik sp. z o.o.", phone="221234567", city="Warszawa")
        [there], [back] = self._matches(left), self._matches(right)

        self.assertEqual((there.partner_id, back.partner_id), (right.id, left.id))
        self.assertEqual((there.score, there.verdict), (back.score, back.verdict))

    def test_what_this_transaction_wrote_is_found_at_once(self):
        firm = self._make("Młyn")
        firm.vat = NIP

        self.assertEqual(list(self._found(vats=(NIP,))), firm.ids)

    def test_lookup_costs_the_same_for_many_keys(self):
        self._make("Shared", vat=NIP)
        many = {"emails": tuple(f"nobody{index}@nowhere.example" for index in range(9))}
        self._found(vats=(NIP,), **many)  # warm
        self.env.invalidate_all()
        with self.assertQueryCount(3):
            self._found(vats=(NIP,), **many)


@tagged("post_install", "-at_install")
class TestPartnerMerge(PartnerCommon):
    """Odoo's own merge, which works in SQL, leaves keys and identities in order."""

    def setUp(self):
        super().setUp()
        self.wizard = self.env["base.partner.merge.automatic.wizard"]

    def _emails(self, partner):
        rows = self._rows(partner).filtered(lambda row: row.kind == "email")
        return rows.mapped("value")

    def _identity(self, *partners):
        return self.env["offer.identity"].create(
            {
                "name": partners[0].name,
                "anchor_company_id": self.env.company.id,
                "member_ids": [
                    Command.create({"partner_id": partner.id, "verdict": "certain"})
                    for partner in partners
                ],
            }
        )

    def test_same_key_on_both_sides_stays_once(self):
        stays = self._make("A", email="same@merge.example")
        goes = self._make("B", email="same@merge.example")
        self.wizard._merge((stays | goes).ids, stays)

        self.assertFalse(goes.exists())
        self.assertEqual(self._emails(stays), ["same@merge.example"])
        self._assert_in_step(stays)

    def test_other_keys_come_along(self):
        stays = self._make("A", email="same@merge.example")
        goes = self._make("B", email="same@merge.example", phone="+48 601 602 603")
        self.wizard._merge((stays | goes).ids, stays)

        self.assertIn("phone", self._rows(stays).mapped("kind"))
        self._assert_in_step(stays)

    def test_contacts_of_the_merged_company_bring_their_keys(self):
        stays = self._make("A", is_company=True)
        goes = self._make("B", is_company=True)
        self._make(
            "Jan", parent_id=goes.id, email="jan@merge.example", is_company=False
        )
        self.wizard._merge((stays | goes).ids, stays)

        self.assertEqual(self._emails(stays), ["jan@merge.example"])
        self._assert_in_step(stays)

    def test_members_of_one_identity_become_one_member(self):
        stays, goes = self._make("A"), self._make("B")
        identity = self._identity(stays, goes)
        self.wizard._merge((stays | goes).ids, stays)

        self.assertEqual(identity.member_ids.partner_id, stays)
        self.assertEqual(len(identity.member_ids), 1)

    def test_place_moves_to_the_partner_that_stays(self):
        stays, goes, third = self._make("A"), self._make("B"), self._make("C")
        identity = self._identity(goes, third)
        self.wizard._merge((stays | goes).ids, stays)

        self.assertEqual(identity.member_ids.partner_id, stays | third)

    def test_two_identities_become_one(self):
        stays, goes = self._make("A"), self._make("B")
        third, fourth = self._make("C"), self._make("D")
        kept, gone = self._identity(stays, third), self._identity(goes, fourth)
        self.wizard._merge((stays | goes).ids, stays)

        self.assertFalse(gone.exists())
        self.assertEqual(kept.member_ids.partner_id, stays | third | fourth)

    def test_merge_in_sql_alone_is_put_right_by_the_nightly_scan(self):
        stays = self._make("A", email="a@merge.example")
        goes = self._make("B", email="b@merge.example")
        self.env["res.partner.bank"].create(
            {"partner_id": goes.id, "acc_number": "PL61109010140000071219812874"}
        )
        self.profiles._catch_up()
        self.env.flush_all()
        gone_id = goes.id
        self.env.cr.execute(
            SQL(
                "UPDATE res_partner_bank SET partner_id = %s WHERE partner_id = %s",
                stays.id,
                goes.id,
            )
        )
        self.env.cr.execute(SQL("DELETE FROM res_partner WHERE id = %s", goes.id))
        self.env.cr.execute(
            SQL(
                "UPDATE res_partner SET write_date = %s WHERE id = %s",
                self.env.cr.now() + timedelta(minutes=1),
                stays.id,
            )
        )
        self.env.invalidate_all()
        found = self.keys._find_matches(
            self._typed(emails=("b@merge.example",)), self.env.company._offer_tree()
        )
        self.assertNotIn(gone_id, [match.partner_id for match in found])
        self.env["offer.job"]._schedule("scan")._run_at_once()

        self._assert_in_step(stays)
        self.assertIn("bank", self._rows(stays).mapped("kind"))
        self.assertFalse(self.keys.search([("partner_id", "=", gone_id)]))
