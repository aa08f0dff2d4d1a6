from odoo.tests import tagged

from odoo.addons.base.tests.test_ir_cron import CronMixinCase

from ..matching import Profile
from .common_partner import NIP, OTHER_NIP, PartnerCommon


@tagged("post_install", "-at_install")
class TestPartnerProfile(PartnerCommon, CronMixinCase):
    """Profiles and keys follow their partner on every way a partner can change."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.firm = cls._make(
            "Zakład Łącznik sp. z o.o.",
            vat="526-000-12-46",
            email="Biuro@lacznik-keys.example",
            phone="22 123 45 67",
            street="ul. Odlewnicza 7",
            city="Warszawa",
            zip="03-231",
        )

    def _person(self, **values):
        return self.env["res.partner"].create(
            {"name": "Jan", "parent_id": self.firm.id, **values}
        )

    def test_new_customer_gets_its_keys_in_normal_form(self):
        self._assert_in_step(self.firm)
        self.assertLessEqual(
            {"email:biuro@lacznik-keys.example", f"vat:PL{NIP}"},
            self._values(self.firm),
        )
        self.assertEqual(self._profile(self.firm).state, "changed")

    def test_every_field_that_identifies_is_followed(self):
        changes = {
            "name": "Łącznik Plus S.A.",
            "vat": OTHER_NIP,
            "company_registry": "0000123456",
            "email": "nowy@inny.example",
            "phone": "601 602 603",
            "website": "https://nowa-strona.example",
            "street": "ul. Inna 13",
            "city": "Kraków",
            "zip": "30-001",
            "country_id": self.env.ref("base.de").id,
            "is_company": False,
        }
        for name, value in changes.items():
            with self.subTest(field=name):
                before = self._profile(self.firm).dump
                self.firm[name] = value
                self.assertNotEqual(self._profile(self.firm).dump, before)
                self._assert_in_step(self.firm)

    def test_batch_creation_costs_no_queries_per_partner(self):
        def count(number):
            vals_list = [
                {"name": f"P{number}-{index}", "email": f"p{number}.{index}@x.example"}
                for index in range(number)
            ]
            before = self.cr.sql_log_count
            self.env["res.partner"].create(vals_list)
            self.cr.flush()
            return self.cr.sql_log_count - before

        count(1)  # warm
        self.assertLessEqual(count(50), count(5) + 5)

    def test_customer_without_contacts_is_written_without_reading_him(self):
        self.cr.flush()
        self.firm.write({"city": "Kraków", "phone": "22 123 45 69"})
        self.env.flush_all()
        before = self.cr.sql_log_count
        self.env["contact.partner.upkeep"]._work()

        self.assertEqual(self.cr.sql_log_count - before, 1)
        self._assert_in_step(self.firm)

    def test_new_customer_is_written_without_reading_it_again(self):
        self._make("Warm")
        self.env.cr.flush()
        values = {
            "name": "Nowa",
            "email": "nowa@x.example",
            "phone": "22 123 45 68",
            "country_id": self.poland.id,
        }
        partner = self.env["res.partner"].create(values)
        self.env.flush_all()
        before = self.cr.sql_log_count
        self.cr.flush()

        self.assertEqual(self.cr.sql_log_count - before, 1)
        self._assert_in_step(partner)

    def test_new_company_comes_with_its_contacts_and_accounts(self):
        company = self.env["res.partner"].create(
            {
                "name": "Nowa spółka",
                "is_company": True,
                "country_id": self.env.ref("base.pl").id,
                "child_ids": [
                    (0, 0, {"name": "Anna Nowak", "email": "anna@nowa.example"}),
                    (0, 0, {"name": "Odszedł", "active": False}),
                ],
                "bank_ids": [(0, 0, {"acc_number": "PL61109010140000071219812874"})],
            }
        )

        self._assert_in_step(company)
        self.assertIn("email:anna@nowa.example", self._values(company))
        profile = Profile.load(self._profile(company).dump)
        self.assertEqual(len(profile.bank_accounts), 1)

    def test_what_was_there_before_is_read_when_the_customer_is_written(self):
        self._person(email="jan@lacznik-keys.example")
        self.env["res.partner.bank"].create(
            {"partner_id": self.firm.id, "acc_number": "PL61109010140000071219812874"}
        )
        bank = self._make("Bank only")
        self.env["res.partner.bank"].create(
            {"partner_id": bank.id, "acc_number": "PL27114020040000300201355387"}
        )
        self.cr.flush()
        self.env.invalidate_all()

        (self.firm | bank).write({"city": "Kraków"})

        self._assert_in_step(self.firm)
        self.assertIn("email:jan@lacznik-keys.example", self._values(self.firm))
        self._assert_in_step(bank)
        self.assertTrue(Profile.load(self._profile(bank).dump).bank_accounts)

    def test_customer_deleted_in_the_same_transaction_leaves_nothing(self):
        partner = self.env["res.partner"].create({"name": "Pomyłka"})
        partner.unlink()
        self.cr.flush()

        self.assertFalse(self._rows(partner))

    def test_customer_that_a_savepoint_took_back_is_passed_over(self):
        savepoint = self.cr.savepoint(flush=False)
        gone = self.env["res.partner"].create({"name": "Cofnięty"})
        self.cr.execute('ROLLBACK TO SAVEPOINT "%s"' % savepoint.name)
        self.profiles._catch_up()

        self.assertFalse(self._profile(gone))

    def test_unchanged_keys_keep_their_rows(self):
        rows = self._rows(self.firm)
        self.firm.phone = "+48 22 123-45-67"

        self.assertEqual(self._rows(self.firm), rows)

    def test_unchanged_profile_is_not_compared_again(self):
        self._profile(self.firm).state = "compared"
        self.firm.write({"phone": "+48 22 123-45-67", "name": self.firm.name})

        self.assertEqual(self._profile(self.firm).state, "compared")

    def test_addresses_of_contact_persons_count_for_their_company(self):
        person = self._person(email="jan@lacznik-keys.example")
        self.assertIn("email:jan@lacznik-keys.example", self._values(self.firm))
        self.assertFalse(self._rows(person))

        person.email = "jan.nowy@lacznik-keys.example"
        self.assertIn("email:jan.nowy@lacznik-keys.example", self._values(self.firm))

        person.unlink()
        self.assertNotIn("email:jan.nowy@lacznik-keys.example", self._values(self.firm))
        self._assert_in_step(self.firm)

    def test_contact_persons_are_known_by_name(self):
        before = self._profile(self.firm).dump
        self._person(name="Małgorzata Wiśniewska")

        self.assertNotEqual(self._profile(self.firm).dump, before)

    def test_contact_takes_its_addresses_along_to_another_company(self):
        person = self._person(email="jan@lacznik-keys.example")
        other = self._make("Nowa firma")
        person.parent_id = other

        self.assertNotIn("email:jan@lacznik-keys.example", self._values(self.firm))
        self.assertIn("email:jan@lacznik-keys.example", self._values(other))

    def test_contact_that_becomes_a_company_gets_a_profile_of_its_own(self):
        person = self._person(email="jan@lacznik-keys.example")
        person.is_company = True

        self._assert_in_step(person)
        self.assertNotIn("email:jan@lacznik-keys.example", self._values(self.firm))

    def test_company_that_becomes_a_contact_loses_its_profile(self):
        other = self._make("Oddział", email="oddzial@lacznik-keys.example")
        self._assert_in_step(other)
        other.write({"is_company": False, "parent_id": self.firm.id})

        self.assertFalse(self._rows(other))
        self.assertFalse(self._profile(other))
        self._assert_in_step(self.firm)

    def test_contact_who_left_speaks_for_the_company_no_more(self):
        person = self._person(email="jan@lacznik-keys.example")
        person.active = False

        self.assertNotIn("email:jan@lacznik-keys.example", self._values(self.firm))

    def test_archived_customer_is_still_found(self):
        # Archiving the record ends none of its offers.
        self.firm.active = False

        self.assertIn(f"vat:PL{NIP}", self._values(self.firm))

    def test_bank_accounts_are_followed(self):
        account = self.env["res.partner.bank"].create(
            {"partner_id": self.firm.id, "acc_number": "PL61109010140000071219812874"}
        )
        self._assert_in_step(self.firm)
        kinds = {row.kind for row in self._rows(self.firm)}
        self.assertIn("bank", kinds)

        account.unlink()
        self.assertNotIn("bank", {row.kind for row in self._rows(self.firm)})

    def test_moving_to_another_branch_moves_the_keys(self):
        self._assert_in_step(self.firm)
        self.firm.company_id = self.env.company

        self._assert_in_step(self.firm)

    def test_keys_of_a_deleted_company_belong_to_all(self):
        company = self.env["res.company"].create({"name": "Short-lived"})
        self.firm.company_id = company
        self._assert_in_step(self.firm)
        self.keys._query_forget_companies(company.ids)

        self.assertEqual(set(self._rows(self.firm).mapped("company_id")), {0})

    def test_deleted_customer_leaves_nothing(self):
        other = self._make("Krótko", email="krotko@x.example")
        partner_id = other.id
        self._assert_in_step(other)
        other.unlink()
        self.profiles._catch_up()

        self.assertFalse(self.keys.search([("partner_id", "=", partner_id)]))
        self.assertFalse(self.profiles.search([("partner_id", "=", partner_id)]))

    def test_customer_made_and_deleted_in_one_transaction_leaves_nothing(self):
        self._make("Krótko", email="krotko@x.example").unlink()
        self.profiles._catch_up()

        self.assertFalse(self.keys.search([("value", "=", "krotko@x.example")]))

    def test_import_is_followed(self):
        fields = ["name", "email", "is_company"]
        rows = [[f"Import {n}", f"import{n}@x.example", "1"] for n in range(3)]
        result = self.env["res.partner"].load(fields, rows)

        for partner in self.env["res.partner"].browse(result["ids"]):
            self._assert_in_step(partner)

    def test_what_is_rolled_back_is_not_stored(self):
        self._assert_in_step(self.firm)
        with self.assertRaises(ZeroDivisionError), self.cr.savepoint():
            self.firm.email = "nigdy@x.example"
            raise ZeroDivisionError
        self._assert_in_step(self.firm)
        self.assertNotIn("email:nigdy@x.example", self._values(self.firm))

    def test_customer_without_country_is_read_as_being_at_home(self):
        self.env.company.country_id = self.poland
        partner = self.env["res.partner"].create(
            {"name": "Bez kraju", "vat": NIP, "phone": "601 602 603"}
        )

        self.assertIn(f"vat:PL{NIP}", self._values(partner))

    def test_moving_branch_has_everything_made_anew(self):
        cron = self.env.ref("offer_repository.ir_cron_offer_job_run")
        with self.capture_triggers(cron.id) as triggers:
            self.env.company.partner_id.country_id = self.env.ref("base.de")

        self.assertTrue(triggers.records)
        waiting = self.env["offer.job"].search([("state", "=", "waiting")])
        self.assertIn("rebuild", waiting.mapped("kind"))

    def test_profile_of_an_older_release_is_made_on_the_spot(self):
        fresh = self._profile(self.firm).dump
        self._profile(self.firm).write({"dump": "[0]", "version": -1})
        self.profiles.flush_model()

        self.assertEqual(self.profiles._of(self.firm).dump(), fresh)
        self.profiles.init()
        self.env.invalidate_all()
        self.assertEqual(self._profile(self.firm).state, "stale")

    def test_stale_profile_and_wrong_keys_are_put_right(self):
        self._rows(self.firm)[:2].unlink()
        self.keys.create({"partner_id": self.firm.id, "kind": "vat", "value": "PL1"})
        self._profile(self.firm).state = "stale"
        self.keys.flush_model()
        self.profiles.flush_model()
        self.profiles._sync(self.firm)

        self._assert_in_step(self.firm)
