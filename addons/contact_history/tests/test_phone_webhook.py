import importlib.util
import json
import sys
from pathlib import Path

from odoo.tests import HttpCase, tagged

from .test_contact_phone import PhoneCase

SIMULATOR = Path(__file__).parents[3] / "tools" / "pbx_simulator.py"


def _simulator():
    spec = importlib.util.spec_from_file_location("pbx_simulator", SIMULATOR)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@tagged("post_install", "-at_install")
class TestPhoneWebhook(HttpCase, PhoneCase):
    """Real requests, as telephone systems send them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        action = cls.endpoint.with_user(cls.manager_north).action_new_secret()
        address = cls.env[action["res_model"]].browse(action["res_id"]).address
        cls.secret = address.rpartition("/")[2]
        cls.path = f"/contact_history/phone/{cls.endpoint.id}"

    def _post(self, values, path=None, **options):
        return self.url_open(path or f"{self.path}/{self.secret}", values, **options)

    def _post_json(self, values, headers=None, path=None):
        return self._post(
            json.dumps(values),
            path,
            headers={"Content-Type": "application/json", **(headers or {})},
        )

    PLAIN = {"event": "ring", "call_id": "1", "direction": "incoming", "from": "1"}

    def test_both_shapes_are_taken(self):
        zammad = {
            "event": "newCall",
            "callId": "z1",
            "direction": "in",
            "from": "48221234567",
            "to": "101",
            "user[]": "Alice",
        }
        answers = [
            self._post(zammad),
            self._post_json({**zammad, "callId": "z2", "user": ["Alice"]}),
            self._post_json(self.PLAIN),
        ]

        self.assertEqual([answer.status_code for answer in answers], [200] * 3)
        self.assertEqual(self._calls().mapped("external_id"), ["z1", "z2", "1"])
        self.assertEqual(self._calls()[0].partner_id, self.contact)

    def test_secret_may_stand_in_the_header(self):
        answer = self._post_json(
            self.PLAIN, {"Authorization": f"Bearer {self.secret}"}, self.path
        )

        self.assertEqual(answer.status_code, 200)

    def test_without_the_secret_nothing_is_taken_or_told(self):
        other = self.endpoint.copy({"name": "Other"})
        paths = [
            self.path,
            f"{self.path}/wrong",
            f"/contact_history/phone/{other.id}/{self.secret}",
            f"/contact_history/phone/999999/{self.secret}",
        ]
        for path in paths:
            answer = self._post_json(self.PLAIN, path=path)
            with self.subTest(path=path.replace(self.secret, "…")):
                self.assertEqual(answer.status_code, 401)
                self.assertEqual(answer.json(), {"error": "unauthorized"})
        self.assertFalse(self._calls())

    def test_event_nobody_can_use_is_refused_with_the_reason(self):
        cases = [
            ({}, "missing", "call_id"),
            ({**self.PLAIN, "event": "dance"}, "unknown_value", "event"),
            ([], "no_object", "body"),
        ]
        for values, code, name in cases:
            answer = self._post_json(values)
            self.assertEqual(answer.status_code, 400)
            self.assertEqual(answer.json(), {"error": code, "field": name})
        answer = self._post("{", headers={"Content-Type": "application/json"})
        self.assertEqual(answer.json()["error"], "no_json")

    def test_day_of_calls_is_found_once_each(self):
        simulator = _simulator()
        known = ["+48221234567", "+48601234567"]
        day = simulator.plan_day(7, 60, known, "101")
        for _time in range(2):
            for message in day.messages:
                self.assertEqual(self._send(message).status_code, 200)
        found = {call.external_id: call for call in self._calls()}

        self.assertEqual(len(self._calls()), 60)
        for planned in day.calls:
            call = found[planned.call_id]
            self.assertEqual(call.direction, planned.direction)
            self.assertEqual(call.state, planned.state)
            self.assertEqual(call.address_normalized, planned.number)
            is_known = planned.number in known
            self.assertEqual(call.partner_id.ids, self.contact.ids * is_known)

    def _send(self, message):
        """Send what the simulator sends, with the cookie that Odoo's tests need."""
        send = self._post if message.is_form else self._post_json
        return send(message.values)
