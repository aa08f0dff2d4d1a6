from odoo.fields import Command
from odoo.tests import tagged
from odoo.tests.common import TransactionCase

from odoo.addons.base.tests.test_ir_cron import CronMixinCase

from ..matching import Key, Kind, Verdict

NIP = "5260001246"


@tagged("post_install", "-at_install")
class TestPartnerKey(TransactionCase, CronMixinCase):
    """Keys follow their partner on every way a partner can change."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.poland = cls.env.ref("base.pl")
        cls.company_partner = cls._make(
            "Zakład Łącznik",
            vat="526-000-12-46",
            email="Biuro@lacznik-keys.example",
            phone="22 123 45 67",
        )

    @classmethod
    def _make(cls, name, **values):
        return cls.env["res.partner"].create(
            {
                "name": name,
                "is_company": True,
                "country_id": cls.poland.id,
                **values,
            }
        )

    def _values(self, partner):
        rows = self.env["offer.partner.key"].search([("partner_id", "=", partner.id)])
        return sorted(f"{row.kind}:{row.value}" for row in rows)

    def test_new_customer_gets_its_keys_in_normal_form(self):
        self.assertEqual(
            self._values(self.company_partner),
            [
                "email:biuro@lacznik-keys.example",
                "phone:+48221234567",
                f"vat:PL{NIP}",
            ],
        )

    def test_batch_creation_costs_no_queries_per_partner(self):
        def count(number):
            vals_list = [
                {"name": f"P{number}-{index}", "email": f"p{number}.{index}@x.example"}
                for index in range(number)
            ]
            before = self.cr.sql_log_count
            self.env["res.partner"].create(vals_list)
            self.env.flush_all()
            return self.cr.sql_log_count - before

        count(1)  # warm
        self.assertLessEqual(count(50), count(5) + 5)

    def test_changed_values_replace_their_keys(self):
        self.company_partner.write({"phone": "601 602 603", "vat": False})

        self.assertEqual(
            self._values(self.company_partner),
            ["email:biuro@lacznik-keys.example", "phone:+48601602603"],
        )

    def test_unchanged_keys_keep_their_rows(self):
        rows = self.env["offer.partner.key"].search(
            [("partner_id", "=", self.company_partner.id)]
        )
        self.company_partner.phone = "+48 22 123-45-67"

        self.assertEqual(rows.exists(), rows)

    def test_addresses_of_contact_persons_count_for_their_company(self):
        person = self.env["res.partner"].create(
            {
                "name": "Jan",
                "parent_id": self.company_partner.id,
                "phone": "+48 601 602 603",
            }
        )
        self.assertIn("phone:+48601602603", self._values(self.company_partner))
        self.assertFalse(self._values(person))

        person.phone = "+48 604 604 605"
        self.assertIn("phone:+48604604605", self._values(self.company_partner))

        person.unlink()
        self.assertNotIn("phone:+48604604605", self._values(self.company_partner))

    def test_contact_takes_its_addresses_along_to_another_company(self):
        person = self.env["res.partner"].create(
            {
                "name": "Jan",
                "parent_id": self.company_partner.id,
                "email": "jan@lacznik-keys.example",
            }
        )
        other = self._make("Nowa firma")
        person.parent_id = other

        self.assertNotIn(
            "email:jan@lacznik-keys.example", self._values(self.company_partner)
        )
        self.assertIn("email:jan@lacznik-keys.example", self._values(other))

    def test_contact_who_left_speaks_for_the_company_no_more(self):
        person = self.env["res.partner"].create(
            {
                "name": "Jan",
                "parent_id": self.company_partner.id,
                "email": "jan@lacznik-keys.example",
            }
        )
        person.active = False

        self.assertNotIn(
            "email:jan@lacznik-keys.example", self._values(self.company_partner)
        )

    def test_archived_customer_is_still_found(self):
        # Archiving the record ends none of its offers.
        self.company_partner.active = False

        self.assertIn(f"vat:PL{NIP}", self._values(self.company_partner))

    def test_deleted_customer_leaves_no_keys(self):
        partner_id = self.company_partner.id
        self.company_partner.unlink()

        self.assertFalse(
            self.env["offer.partner.key"].search([("partner_id", "=", partner_id)])
        )

    def test_rebuild_makes_what_is_missing_and_removes_what_is_wrong(self):
        rows = self.env["offer.partner.key"].sudo()
        rows.search([("partner_id", "=", self.company_partner.id)]).unlink()
        wrong = rows.create(
            {"partner_id": self.company_partner.id, "kind": "vat", "value": "PL1"}
        )
        rows._rebuild_all(batch=3)

        self.assertIn(f"vat:PL{NIP}", self._values(self.company_partner))
        self.assertFalse(wrong.exists())

    def test_customer_without_country_is_read_as_being_at_home(self):
        self.env.company.country_id = self.poland
        partner = self.env["res.partner"].create(
            {"name": "Bez kraju", "vat": NIP, "phone": "601 602 603"}
        )

        self.assertEqual(self._values(partner), ["phone:+48601602603", f"vat:PL{NIP}"])

    def test_moving_branch_wakes_the_rebuild(self):
        cron = self.env.ref("offer_repository.ir_cron_offer_partner_key_rebuild")
        with self.capture_triggers(cron.id) as triggers:
            self.env.company.partner_id.country_id = self.env.ref("base.de")

        self.assertTrue(triggers.records)

    def test_labels_cover_every_code_of_evidence(self):
        from ..matching import CODES

        labels = self.env["offer.check"]._evidence_labels(sorted(CODES))

        self.assertEqual(len(set(labels)), len(CODES))


@tagged("post_install", "-at_install")
class TestPartnerMatches(TransactionCase):
    """Who is found, and who must not be."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.poland = cls.env.ref("base.pl")
        companies = cls.env["res.company"]
        cls.root = companies.create({"name": "Tree Root"})
        cls.branch = companies.create({"name": "Tree Branch", "parent_id": cls.root.id})
        cls.stranger = companies.create({"name": "Unrelated Company"})
        cls.tree = cls.branch._offer_tree()
        cls.keys = cls.env["offer.partner.key"]
        cls.vat_key = frozenset([Key(Kind.VAT, f"PL{NIP}")])

    def _make(self, name, **values):
        return self.env["res.partner"].create(
            {
                "name": name,
                "is_company": True,
                "country_id": self.poland.id,
                **values,
            }
        )

    def _found(self, own_keys, entity=None):
        matches = self.keys._find_matches(own_keys, self.tree, entity and entity.id)
        return {match.partner_id: match.verdict for match in matches}

    def test_shared_and_the_trees_own_customers_are_found(self):
        shared = self._make("Shared", vat=NIP)
        own = self._make("Own", vat="PL 526 000 12 46", company_id=self.branch.id)

        self.assertEqual(
            self._found(self.vat_key),
            {shared.id: Verdict.CERTAIN, own.id: Verdict.CERTAIN},
        )

    def test_customers_of_an_unrelated_company_never_surface(self):
        self._make("Foreign", vat=NIP, company_id=self.stranger.id)

        self.assertFalse(self._found(self.vat_key))

    def test_detection_group_brings_separate_companies_together(self):
        foreign = self._make("Foreign", vat=NIP, company_id=self.stranger.id)
        self.env["offer.detection.group"].create(
            {
                "name": "Holding",
                "company_ids": [Command.set((self.root | self.stranger).ids)],
            }
        )
        matches = self.keys._find_matches(self.vat_key, self.branch._offer_tree())

        self.assertEqual([match.partner_id for match in matches], foreign.ids)

    def test_parent_and_child_company_are_no_duplicates(self):
        parent = self._make("Group", phone="+48 22 123 45 67")
        child = self._make("Sub", phone="+48 22 123 45 67", parent_id=parent.id)
        own_keys = self.keys._keys_of(child.ids)[child.id]

        self.assertEqual(child.commercial_partner_id, child)
        self.assertFalse(self._found(own_keys, child))

    def test_number_of_an_accounting_office_is_no_match(self):
        phone = frozenset([Key(Kind.PHONE, "+48221234567")])
        offices = [
            self._make(f"Client {index}", phone="22 123 45 67") for index in range(4)
        ]
        verdicts = self._found(phone)

        self.assertEqual(set(verdicts), {office.id for office in offices})
        self.assertEqual(set(verdicts.values()), {Verdict.POSSIBLE})

    def test_customer_known_in_every_branch_stays_a_match(self):
        # Partners kept per company: one record a branch says nothing against the key.
        branches = [self.branch, self.root] + [
            self.env["res.company"].create(
                {"name": f"Tree Branch {index}", "parent_id": self.root.id}
            )
            for index in range(4)
        ]
        for branch in branches:
            self._make("Same", phone="22 123 45 67", company_id=branch.id)
        phone = frozenset([Key(Kind.PHONE, "+48221234567")])
        matches = self.keys._find_matches(phone, self.branch._offer_tree())

        self.assertEqual(len(matches), len(branches))
        self.assertEqual({match.verdict for match in matches}, {Verdict.PROBABLE})

    def test_key_of_thousands_is_not_looked_up(self):
        self.env["res.partner"].create(
            [
                {"name": f"P{index}", "email": "everybody@portal.example"}
                for index in range(201)
            ]
        )
        mail = frozenset([Key(Kind.EMAIL, "everybody@portal.example")])

        self.assertFalse(self._found(mail))

    def test_different_tax_numbers_outweigh_a_common_phone(self):
        self._make("Sister", vat="1234563218", phone="22 123 45 67")
        own_keys = self.vat_key | {Key(Kind.PHONE, "+48221234567")}

        self.assertEqual(set(self._found(own_keys).values()), {Verdict.POSSIBLE})

    def test_lookup_costs_the_same_for_many_keys(self):
        self._make("Shared", vat=NIP)
        many = self.vat_key | {
            Key(Kind.EMAIL, f"nobody{index}@nowhere.example") for index in range(20)
        }
        self._found(many)  # warm
        self.env.invalidate_all()
        with self.assertQueryCount(8):
            self._found(many)


@tagged("post_install", "-at_install")
class TestPartnerMerge(TransactionCase):
    """Odoo's own merge, which works in SQL, leaves keys and identities in order."""

    def setUp(self):
        super().setUp()
        self.wizard = self.env["base.partner.merge.automatic.wizard"]
        self.keys = self.env["offer.partner.key"]

    def _make(self, name, **values):
        return self.env["res.partner"].create({"name": name, **values})

    def _values(self, partner):
        rows = self.keys.search([("partner_id", "=", partner.id)])
        return sorted(row.value for row in rows)

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
        self.assertEqual(self._values(stays), ["same@merge.example"])

    def test_other_keys_come_along(self):
        stays = self._make("A", email="same@merge.example")
        goes = self._make("B", email="same@merge.example", phone="+48 601 602 603")
        self.wizard._merge((stays | goes).ids, stays)

        self.assertEqual(self._values(stays), ["+48601602603", "same@merge.example"])

    def test_contacts_of_the_merged_company_bring_their_keys(self):
        stays = self._make("A", is_company=True)
        goes = self._make("B", is_company=True)
        self._make("Jan", parent_id=goes.id, email="jan@merge.example")
        self.wizard._merge((stays | goes).ids, stays)

        self.assertEqual(self._values(stays), ["jan@merge.example"])

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
