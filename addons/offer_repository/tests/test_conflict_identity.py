from odoo.fields import Command
from odoo.tests import tagged

from .common_conflict import ConflictCommon

NIP = "5260001246"


@tagged("post_install", "-at_install")
class TestConflictIdentity(ConflictCommon):
    """Who the customer is, when branches keep their own records."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.poland = cls.env.ref("base.pl")
        cls.own_words = {
            "email": False,
            "company_id": cls.krakow.id,
            "country_id": cls.poland.id,
        }
        cls.customer.write(
            {"vat": NIP, "phone": "+48 22 123 45 67", "country_id": cls.poland.id}
        )

    def _collide_with(self, partner):
        self._make_sent_offer(self.anna)
        self._make_sent_offer(self.ewa, partner=partner)
        return self._conflicts()

    def _verdicts(self, case):
        return {
            member.partner_id: (member.verdict, member.evidence_codes)
            for member in case.identity_id.member_ids
        }

    def test_same_tax_number_is_certain(self):
        own = self._make_customer("LACZNIK", **self.own_words, vat="526-000-12-46")
        case = self._collide_with(own)

        verdicts = self._verdicts(case)
        self.assertEqual(set(verdicts), {own, self.customer})
        for verdict, codes in verdicts.values():
            self.assertEqual((verdict, codes.split()[0]), ("certain", "vat_equal"))
        evidence = case.identity_id.member_ids[0].evidence
        self.assertEqual(evidence.split(", ")[0], "Same tax number")

    def test_same_name_is_probable_and_less_severe(self):
        own = self._make_customer("LACZNIK", **self.own_words)
        case = self._collide_with(own)

        self.assertEqual(self._verdicts(case)[self.customer][0], "probable")
        self.assertIn("probably", case.severity_reason)

    def test_merely_possible_customer_is_no_conflict(self):
        own = self._make_customer(
            "SISTER", **self.own_words, phone="22 123-45-67", vat="1234563218"
        )

        self.assertFalse(self._collide_with(own))

    def test_history_covers_certain_records_only(self):
        certain = self._make_customer("LACZNIK", **self.own_words, vat=NIP)
        probable = self._make_customer(
            "LACZNIK", **{**self.own_words, "company_id": self.gdansk.id}
        )
        self._collide_with(certain)
        self._make_sent_offer(self.marta, partner=probable)
        partners = certain.with_env(self._as(self.ewa))._contact_history_partners()

        self.assertIn(self.customer, partners)
        self.assertNotIn(probable, partners)
        self.assertNotIn(
            self.customer,
            probable.with_env(self._as(self.marta))._contact_history_partners(),
        )

    def test_history_stays_inside_the_tree(self):
        certain = self._make_customer("LACZNIK", **self.own_words, vat=NIP)
        self._collide_with(certain)
        stranger = self._make_company("Somebody Else")
        user = self._make_seller("stranger.test", stranger)
        partners = self.customer.with_env(self._as(user))._contact_history_partners()

        self.assertNotIn(certain, partners)

    def test_history_shows_companies_of_a_detection_group(self):
        other = self._make_company("Separate Company")
        companies = self.env["res.company"].with_env(self._as(self.ewa))
        self.assertNotIn(other, companies._contact_history_companies())
        self.env["offer.detection.group"].create(
            {"name": "Holding", "company_ids": [Command.set((other | self.root).ids)]}
        )

        self.assertIn(other, companies._contact_history_companies())

    def test_identities_that_meet_become_one_with_one_open_case(self):
        left = self._collide_with(
            self._make_customer("LACZNIK", **self.own_words, vat=NIP)
        )
        other = self._make_customer(
            "Bednarz", email="b@meet.example", phone="+48 601 602 603"
        )
        another = self._make_customer(
            "Bednarz", **{**self.own_words, "email": "b@meet.example"}
        )
        self._make_sent_offer(self.anna, partner=other)
        self._make_sent_offer(self.ewa, partner=another)
        right = self._conflicts() - left
        self.assertEqual(len(right), 1)
        offers = left.offer_ids | right.offer_ids
        (other | another).write({"name": "LACZNIK"})
        other.write({"vat": NIP, "country_id": self.poland.id})
        self._make_sent_offer(self.marta, partner=other)

        case = self._conflicts()
        self.assertEqual(case, left)
        self.assertEqual(len(case.identity_id.member_ids), 4)
        self.assertTrue(case.offer_ids >= offers)
