from odoo.tests import tagged

from ..matching import CODES
from ..models.partner_match import FOUND_BY
from .test_check_policy import PolicyCommon

EMAIL = "buying@hidden.example"
VAT = "PL1234563218"


@tagged("post_install", "-at_install")
class TestCheckPolicyEvidence(PolicyCommon):
    """Rules about what a customer was found by, obeyed by the weakest seller."""

    def test_rule_holds_for_its_evidence_only(self):
        self._rule("block", found_by="tax")
        by_mail = self._create()

        self.assertTrue(by_mail.exists())
        error = self._stopped(lambda: self._create(vat=VAT))
        self.assertEqual(error.context["code"], "offer_check_block")

    def test_what_saving_asks_for_is_told_before(self):
        self._rule("approval", found_by="tax")
        self._rule("reason", found_by="email")

        for typed, level in (
            ({"email": EMAIL}, "reason"),
            ({"email": EMAIL, "vat": VAT}, "approval"),
        ):
            with self.subTest(typed=typed):
                self.assertEqual(
                    self._check(self.ewa, **typed)["policy"]["level"], level
                )

    def test_silence_hides_who_was_found_by_this_alone(self):
        self._rule("silent", found_by="email")

        self.assertFalse(self._check(self.ewa, email=EMAIL)["customers"])
        found = self._check(self.ewa, email=EMAIL, vat=VAT)["customers"]
        self.assertEqual([card["branch"] for card in found], ["Meridian Gdańsk"])

    def test_others_are_told_of_all_the_same(self):
        self._rule("silent", found_by="email")
        by_phone = self._make_customer(
            "Papiernia", email=False, phone="+48 71 700 10 20"
        )
        found = self._check(self.ewa, email=EMAIL, phone="71 700 10 20")["customers"]

        self.assertEqual([card.get("partner_id") for card in found], [by_phone.id])

    def test_same_record_has_rules_of_its_own(self):
        self._rule("block", "quotation", found_by="tax")
        order = self._make_order(self.ewa)
        order._offer_enforce_check()
        self._rule("block", "quotation", found_by="record")

        self._stopped(order._offer_enforce_check)

    def test_branch_and_evidence_make_a_rule(self):
        self._rule("block", found_by="email")
        self._rule("inform", company=self.krakow)

        self.assertTrue(self._create())
        self._stopped(lambda: self._create(self.piotr))

    def test_every_kind_can_be_chosen_and_is_one_of_the_comparison(self):
        field = self.env["offer.check.policy"]._fields["found_by"]
        known = {key for key, _label in field.selection}

        self.assertEqual(known, {"any", "name", *FOUND_BY.values()})
        self.assertLessEqual(set(FOUND_BY) - {"same_record"}, set(CODES))
