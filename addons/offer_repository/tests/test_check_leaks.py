from odoo.tests import tagged

from .test_check import NOTHING
from .test_check_customer import HIDDEN_NAME
from .test_check_policy import PolicyCommon


@tagged("post_install", "-at_install")
class TestCheckTestImport(PolicyCommon):
    """A test import undoes all it writes, but not what it tells."""

    def setUp(self):
        super().setUp()
        # As customers who were there before: what is written in the savepoint of a
        # test import goes with it.
        self.env["offer.partner.profile"]._catch_up()

    def _test_import(self, *rows):
        self.env.flush_all()
        lines = ["name,email", *(",".join(row) for row in rows)]
        wizard = self._as(self.ewa)["base_import.import"].create(
            {
                "res_model": "res.partner",
                "file": "\n".join(lines).encode(),
                "file_type": "text/csv",
                "file_name": "customers.csv",
            }
        )
        options = {"quoting": '"', "separator": ",", "has_headers": True}
        names = ["name", "email"]
        return wizard.execute_import(names, names, options, dryrun=True)

    def _disclosed(self):
        return self.env["contact.disclosure"].search(
            [("user_id", "=", self.ewa.id), ("kind", "=", "customer_card")]
        )

    def test_what_a_test_import_tells_is_written_down(self):
        result = self._test_import(["Hidden Krakow", "buying@hidden.example"])

        [message] = result["messages"]
        self.assertIn("Meridian Gdańsk", message["message"])
        self.assertNotIn(HIDDEN_NAME, message["message"])
        with self.enter_registry_test_mode():
            self.env.cr.postcommit.run()
        self.assertEqual(self._disclosed().partner_id, self.hidden)

    def test_test_imports_count_for_the_limit(self):
        self.krakow.offer_lookup_limit = 1
        self._test_import(["Hidden Krakow", "buying@hidden.example"])
        with self.enter_registry_test_mode():
            self.env.cr.postcommit.run()
        again = self._test_import(["Hidden Krakow", "buying@hidden.example"])

        self.assertFalse(again["messages"])
        answer = self._check(self.ewa, email="buying@hidden.example")
        self.assertEqual({**answer, "message": False}, {**NOTHING, "limited": True})
