from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common_match import MatchCommon


@tagged("post_install", "-at_install")
class TestConflictHistory(MatchCommon):
    """Both contact histories of a case, as the manager and the seller read them."""

    def _collide_apart(self, **values):
        """Let two branches offer to records of their own; return the case."""
        self.own = self._make_own(**values)
        self.first = self._make_sent_offer(self.anna)
        self.second = self._make_sent_offer(self.ewa, partner=self.own)
        return self._conflicts()

    def _data(self, case, *companies):
        self.env.invalidate_all()
        ids = [company.id for company in companies]
        reader = self.env(user=self.manager, context={"allowed_company_ids": ids})
        return case.with_env(reader).history_data()

    def _names(self, data):
        return [customer["name"] for customer in data["customers"]]

    def _all(self):
        return self.manager.company_ids

    def test_customer_of_both_branches_has_one_history(self):
        data = self._data(self._collide(), *self._all())

        self.assertEqual(self._names(data), [self.customer.display_name])

    def test_certainly_the_same_customer_has_one_history(self):
        case = self._collide_apart(vat="5260001246")

        self.assertEqual(len(self._data(case, *self._all())["customers"]), 1)

    def test_probably_the_same_customer_has_both(self):
        case = self._collide_apart(
            name="Zakład Mechaniczny Łącznik", street="Prosta 1", city="Kraków"
        )
        verdict = self._pair(self.own).verdict
        self.assertEqual(verdict, "probable")

        data = self._data(case, *self._all())

        self.assertEqual(
            self._names(data), [self.customer.display_name, self.own.display_name]
        )

    def test_branches_that_are_off_are_named(self):
        case = self._collide_apart(vat="5260001246")

        data = self._data(case, self.warszawa)

        self.assertEqual(self._names(data), [self.customer.display_name])
        self.assertEqual(data["switch_on"], "Meridian Kraków")

    def test_branch_of_others_is_not_even_named(self):
        case = self._collide_apart(vat="5260001246")
        self.manager.company_ids -= self.krakow

        data = self._data(case, self.warszawa)

        self.assertEqual(data["switch_on"], "")
        self.assertNotIn(self.own.id, [one["id"] for one in data["customers"]])

    def test_history_of_the_case_holds_contacts_of_both_branches(self):
        self._contacts()
        [customer] = self._data(self._collide(), *self._all())["customers"]
        env = self.env(
            user=self.manager, context={"allowed_company_ids": self._all().ids}
        )
        page = env["res.partner"].browse(customer["id"]).contact_history_page()

        self.assertIn("Asked in Warszawa", str(page))
        self.assertIn("Asked in Kraków", str(page))

    def test_staff_read_their_own_and_not_the_other_branchs(self):
        self._contacts()
        case = self._collide()
        with self.assertRaises(AccessError):
            case.with_env(self._as(self.ewa)).history_data()

        page = self.customer.with_env(self._as(self.ewa)).contact_history_page()

        self.assertIn("Asked in Kraków", str(page))
        self.assertNotIn("Asked in Warszawa", str(page))

    def _contacts(self):
        self.env["contact.interaction"].create(
            [
                {
                    "partner_id": self.customer.id,
                    "company_id": user.company_id.id,
                    "user_id": user.id,
                    "channel": "call",
                    "direction": "incoming",
                    "subject": f"Asked in {place}",
                    "occurred_at": f"2026-01-0{day} 10:00:00",
                }
                for day, (user, place) in enumerate(
                    [(self.anna, "Warszawa"), (self.ewa, "Kraków")], 1
                )
            ]
        )
