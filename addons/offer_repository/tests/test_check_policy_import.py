import json

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .test_check_customer import HIDDEN_NAME
from .test_check_policy import PolicyCommon


@tagged("post_install", "-at_install")
class TestCheckImport(PolicyCommon):
    def _load(self, *rows, fields=("name", "email")):
        return self._as(self.ewa)["res.partner"].load(list(fields), list(rows))

    def test_row_that_is_stopped_is_named(self):
        self._rule("reason")
        result = self._load(
            ["Fine", "fine@row.example"],
            ["Hidden Krakow", "buying@hidden.example"],
        )

        self.assertFalse(result["ids"])
        [message] = [m for m in result["messages"] if m.get("record") == 1]
        self.assertEqual(message["type"], "error")
        self.assertIn("Hidden Krakow", message["message"])
        self.assertIn("Meridian Gdańsk", message["message"])
        self.assertNotIn(HIDDEN_NAME, message["message"])

    def test_row_that_nothing_stops_gets_a_warning(self):
        partner = self._as(self.ewa)["res.partner"].with_context(import_file=True)
        result = partner.load(
            ["name", "email"],
            [
                ["Fine", "fine@row.example"],
                ["Hidden Krakow", "buying@hidden.example"],
            ],
        )

        self.assertTrue(result["ids"])
        [message] = result["messages"]
        self.assertEqual((message["type"], message["record"]), ("warning", 1))
        self.assertIn("Meridian Gdańsk", message["message"])
        self.assertNotIn(HIDDEN_NAME, message["message"])

    def test_reason_in_the_file_lets_the_row_pass(self):
        self._rule("reason")
        result = self._load(
            ["Hidden Krakow", "buying@hidden.example", "Agreed with Marta"],
            fields=("name", "email", "offer_check_reason"),
        )

        self.assertTrue(result["ids"], result["messages"])
        self.assertEqual(self._rows().reason, "Agreed with Marta")


@tagged("post_install", "-at_install")
class TestCheckApi(PolicyCommon, HttpCase):
    @mute_logger("odoo.http")
    def test_external_caller_gets_code_and_cards(self):
        self._rule("reason")
        self.authenticate(self.ewa.login, self.ewa.login)
        values = {"name": "Hidden Krakow", "email": "buying@hidden.example"}
        response = self.url_open(
            "/web/dataset/call_kw",
            data=json.dumps(
                {
                    "params": {
                        "model": "res.partner",
                        "method": "create",
                        "args": [[values]],
                        "kwargs": {},
                    }
                }
            ),
            headers={"Content-Type": "application/json"},
        )

        context = response.json()["error"]["data"]["context"]
        self.assertEqual(context["code"], "offer_check_reason")
        self.assertEqual(context["customers"][0]["branch"], "Meridian Gdańsk")
        self.assertEqual(self._rows().token, context["token"])
