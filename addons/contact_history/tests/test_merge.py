from odoo.tests import tagged

from .common import ContactHistoryCase


@tagged("post_install", "-at_install")
class TestMerge(ContactHistoryCase):
    def _merge(self, winner, *losers):
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        partners = winner.union(*losers)
        wizard._merge(partners.ids, winner, extra_checks=False)
        self.env.invalidate_all()

    def test_history_of_a_merged_customer_goes_to_the_one_that_remains(self):
        double = self.env["res.partner"].create({"name": "MILL", "is_company": True})
        own = self._log(partner_id=self.customer.id)
        moved = self._log(partner_id=double.id, minutes_ago=1)

        self._merge(self.customer, double)

        self.assertEqual(moved.partner_id, self.customer)
        self.assertEqual(moved.commercial_partner_id, self.customer)
        self.assertEqual(
            [entry["key"] for entry in self._entries()],
            [f"interaction:{own.id}", f"interaction:{moved.id}"],
        )

    def test_company_of_the_contact_is_worked_out_again(self):
        other = self.env["res.partner"].create({"name": "Other", "is_company": True})
        double = self.env["res.partner"].create(
            {"name": "Mary M.", "parent_id": other.id}
        )
        moved = self._log(partner_id=double.id)
        self.assertEqual(moved.commercial_partner_id, other)

        self._merge(self.contact, double)

        self.assertEqual(moved.partner_id, self.contact)
        self.assertEqual(moved.commercial_partner_id, self.customer)

    def test_people_of_a_merged_company_bring_their_history(self):
        double = self.env["res.partner"].create({"name": "MILL", "is_company": True})
        person = self.env["res.partner"].create({"name": "Max", "parent_id": double.id})
        moved = self._log(partner_id=person.id)

        self._merge(self.customer, double)

        self.assertEqual(moved.partner_id, person)
        self.assertEqual(moved.commercial_partner_id, self.customer)

    def test_contacts_about_a_merged_customer_point_to_the_one_that_remains(self):
        double = self.env["res.partner"].create({"name": "MILL"})
        about = self._log(res_model="res.partner", res_id=double.id)
        other = self._log(res_model="res.users", res_id=double.id)

        self._merge(self.customer, double)

        self.assertEqual(about.res_id, self.customer.id)
        self.assertEqual(other.res_id, double.id)

    def test_candidates_and_disclosures_survive_a_merge(self):
        double = self.env["res.partner"].create({"name": "MILL"})
        unsure = self._log(certainty="maybe", candidate_ids=double.ids)
        logged = self.env["contact.disclosure"]._log(
            [
                {
                    "owner_company_id": self.south.id,
                    "partner_id": double.id,
                    "kind": "interaction",
                    "level": "content",
                    "res_model": "contact.interaction",
                    "res_id": unsure.id,
                }
            ]
        )

        self._merge(self.customer, double)

        self.assertEqual(unsure.candidate_ids, self.customer)
        self.assertEqual(logged.partner_id, self.customer)

    def test_customers_who_waited_apart_wait_as_one_after_the_merge(self):
        first = self.env["res.partner"].create({"name": "Twin"})
        second = self.env["res.partner"].create({"name": "Twin"})
        for minutes, partner in ((50, first), (40, second)):
            self._log(minutes_ago=minutes, partner_id=partner.id, direction="incoming")

        self.env["base.partner.merge.automatic.wizard"]._merge(
            (first | second).ids, first
        )
        self.patch(type(self.env["ir.cron"]), "_commit_progress", lambda *a, **k: 9)
        self.env["contact.response.pairing"]._cron_pair()
        turn = self.env["contact.response"].search(
            [("commercial_partner_id", "=", first.id)]
        )

        self.assertEqual(len(turn), 1)
        self.assertEqual(turn.question_count, 2)
