from odoo.tests import tagged

from ..telephone import numbers_in
from .common import ContactHistoryCase


@tagged("post_install", "-at_install")
class TestPartnerUpkeep(ContactHistoryCase):
    """What follows partners is written once, before the transaction ends."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.poland = cls.env.ref("base.pl")
        cls.upkeep = cls.env["contact.partner.upkeep"]
        cls.upkeep._catch_up()

    def _make(self, **values):
        return self.env["res.partner"].create(
            {"name": "Mill", "country_id": self.poland.id, **values}
        )

    def _rows(self, partner):
        self.upkeep._catch_up()
        return self.env["contact.phone.number"].search(
            [("partner_id", "=", partner.id)], order="number"
        )

    def test_number_that_stays_keeps_its_row_and_what_was_learned_stays(self):
        partner = self._make(phone="+48 22 555 01 01, +48 602 111 222")
        kept = self._rows(partner)[0]
        self.env["contact.phone.number"]._learn(partner, "+48603111222")

        partner.phone = "22 555 01 01"

        self.assertEqual(
            self._rows(partner).mapped("number"), ["+48225550101", "+48603111222"]
        )
        self.assertEqual(self._rows(partner)[0], kept)

    def test_numbers_are_those_that_are_read_when_the_telephone_rings(self):
        texts = (
            "+48 22 555 01 01",
            "22 555 01 01",
            "0048 22 555 01 01",
            "+48 22 555 01 01 w. 12",
            "+48 22 555 01 01, +48 602 111 222",
            "+48 22 555",
            "+30 210 555 0101",
            "+48225550101",
            "call me",
        )
        for text in texts:
            partner = self._make(phone=text)
            wanted = {number.e164 for number in numbers_in(text, "PL")}

            self.assertEqual(set(self._rows(partner).mapped("number")), wanted, text)

    def test_local_number_is_at_home_where_the_users_company_is(self):
        self.north.country_id = self.env.ref("base.gr")
        partners = self.env["res.partner"].with_company(self.north)
        partner = partners.create({"name": "Mill", "phone": "210 555 0101"})

        self.assertEqual(self._rows(partner).number, "+302105550101")

    def test_saving_many_times_is_one_trip(self):
        partner = self._make(phone="+48 22 555 01 01")
        self.cr.flush()
        partner.write({"phone": "+48 22 555 01 02"})
        partner.write({"phone": "+48 22 555 01 03", "email": "mill@x.example"})
        self.env.flush_all()
        before = self.cr.sql_log_count

        self.upkeep._work()

        self.assertEqual(self.cr.sql_log_count - before, 1)
        self.assertEqual(self._rows(partner).number, "+48225550103")

    def test_partner_deleted_in_the_same_transaction_is_passed_over(self):
        kept = self._make(phone="+48 22 555 01 01")
        self._make(phone="+48 22 555 01 02").unlink()

        self.assertTrue(self._rows(kept))

    def test_partner_that_a_savepoint_took_back_is_passed_over(self):
        for is_forgotten in (False, True):
            kept = self._make(phone="+48 22 555 01 01")
            self.env.flush_all()
            savepoint = self.cr.savepoint(flush=False)
            gone = self._make(phone="+48 22 555 01 02")
            self.cr.execute('ROLLBACK TO SAVEPOINT "%s"' % savepoint.name)
            if is_forgotten:
                self.env.invalidate_all(flush=False)

            self.assertTrue(self._rows(kept))
            self.assertFalse(self._rows(gone))

    def test_more_partners_than_fit_one_trip_are_all_followed(self):
        partners = self.env["res.partner"].create(
            [{"name": f"Mill {n}", "phone": f"+48 22 55{n:05}"} for n in range(1203)]
        )
        self.upkeep._catch_up()

        self.assertEqual(
            self.env["contact.phone.number"].search_count(
                [("partner_id", "in", partners.ids)]
            ),
            len(partners),
        )

    def test_page_that_is_read_in_the_same_transaction_has_the_earlier_contacts(self):
        mail = self._log(partner_id=False, address="New <new@mill.example>")
        partner = self._make(email="new@mill.example")

        partner.with_user(self.user_north).contact_history_page()

        self.assertEqual(mail.partner_id, partner)
