import json
from datetime import timedelta
from xmlrpc.client import Fault

from odoo import fields
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

    def test_row_is_told_the_way_out(self):
        rule = self._rule("reason")
        for level, words in (
            ("reason", "Reason for a Known Customer"),
            ("approval", "enter the customer by hand"),
        ):
            rule.level = level
            partners = self._as(self.ewa)["res.partner"]
            result = partners.with_context(import_file=True).load(
                ["name", "email"], [["Hidden Krakow", "buying@hidden.example"]]
            )
            with self.subTest(level=level):
                self.assertIn(words, result["messages"][0]["message"])

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
    """What callers over the external interfaces are told, by a seller's own rights."""

    VALUES = {"name": "Hidden Krakow", "email": "buying@hidden.example"}

    def setUp(self):
        super().setUp()
        self._rule("reason")

    def _post(self, path, body, **headers):
        return self.url_open(
            path,
            data=json.dumps(body),
            headers={"Content-Type": "application/json", **headers},
        )

    def _key(self):
        expires = fields.Datetime.now() + timedelta(days=1)
        keys = self.env["res.users.apikeys"].with_user(self.ewa)
        return keys._generate("rpc", "Shop", expires)

    def _assert_told(self, context):
        self.assertEqual(context["code"], "offer_check_reason")
        [card] = context["customers"]
        self.assertEqual(card["branch"], "Meridian Gdańsk")
        self.assertNotIn(HIDDEN_NAME, json.dumps(context))
        self.assertEqual(self._rows().token, context["token"])

    @mute_logger("odoo.http")
    def test_web_client_gets_code_and_cards(self):
        self.authenticate(self.ewa.login, self.ewa.login)
        params = {"model": "res.partner", "method": "create", "kwargs": {}}
        params["args"] = [[self.VALUES]]
        response = self._post("/web/dataset/call_kw", {"params": params})

        self._assert_told(response.json()["error"]["data"]["context"])

    @mute_logger("odoo.http")
    def test_json2_gets_code_and_cards_and_passes_with_the_reason(self):
        bearer = {"Authorization": f"bearer {self._key()}"}
        path = "/json/2/res.partner/create"
        response = self._post(path, {"vals_list": [self.VALUES]}, **bearer)
        self.assertEqual(response.status_code, 422)
        self._assert_told(response.json()["context"])

        values = {**self.VALUES, "offer_check_reason": "Ordered in the shop"}
        response = self._post(path, {"vals_list": [values]}, **bearer)
        self.assertEqual(response.status_code, 200)
        partner = self.env["res.partner"].browse(response.json())
        self.assertEqual(partner.email, "buying@hidden.example")
        reasons = self._rows().filtered(lambda row: row.state == "done")
        self.assertEqual(reasons.reason, "Ordered in the shop")

    @mute_logger("odoo.http", "odoo.addons.rpc.controllers.xmlrpc")
    def test_xmlrpc_is_told_in_words_with_the_way_out(self):
        with self.assertRaises(Fault) as caught:
            self.xmlrpc_object.execute_kw(
                self.env.cr.dbname,
                self.ewa.id,
                self._key(),
                "res.partner",
                "create",
                [self.VALUES],
            )

        told = caught.exception.faultString
        for words in ("Hidden Krakow", "Meridian Gdańsk", "Give a reason"):
            with self.subTest(words=words):
                self.assertIn(words, told)
        self.assertNotIn(HIDDEN_NAME, told)

    def test_nothing_to_stop_is_told_by_asking(self):
        bearer = {"Authorization": f"bearer {self._key()}"}
        path = "/json/2/offer.check/check_customer"
        typed = {"model": "res.partner", **self.VALUES}
        response = self._post(path, {"values": typed}, **bearer)

        answer = response.json()
        self.assertEqual(answer["policy"]["level"], "reason")
        self.assertEqual(answer["customers"][0]["branch"], "Meridian Gdańsk")
