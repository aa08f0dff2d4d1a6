import json
import re
from datetime import timedelta
from pathlib import Path

from odoo import fields
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from .common import ContactHistoryCase

GUIDE = Path(__file__).parents[3] / "docs" / "contact_history_api.md"
PATH = "/json/2/contact.interaction/record_contacts"


class IntakeCase(ContactHistoryCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.recorder = new_test_user(
            cls.env,
            login="messenger_contact_history",
            groups="base.group_user,contact_history.contact_history_group_recorder",
            company_id=cls.north.id,
            company_ids=[(6, 0, cls.north.ids)],
        )

    def _item(self, **values):
        return {
            "origin": "messenger",
            "external_id": "m-1",
            "channel": "social",
            "direction": "incoming",
            "occurred_at": "2026-03-10T13:00:00+01:00",
            "address": "mary@mill.example",
            **values,
        }


@tagged("post_install", "-at_install")
class TestIntake(IntakeCase):
    def _record(self, *items, user=None):
        log = self.env["contact.interaction"].with_user(user or self.recorder)
        return log.record_contacts(list(items))

    def test_contact_is_recorded_for_whoever_has_the_address(self):
        (result,) = self._record(
            self._item(
                subject="Hello", text="Is it in stock?", user=self.user_north.login
            )
        )
        row = self.env["contact.interaction"].browse(result["id"])

        self.assertEqual(result["status"], "created")
        self.assertEqual(row.partner_id, self.contact)
        self.assertEqual(row.company_id, self.north)
        self.assertEqual(row.user_id, self.user_north)
        self.assertEqual(row.preview, "Is it in stock?")
        self.assertEqual(row.occurred_at.isoformat(" "), "2026-03-10 12:00:00")
        turn = self.env["contact.response"].search([("interaction_id", "=", row.id)])
        self.assertEqual(turn.state, "waiting")

    def test_same_contact_again_changes_nothing(self):
        first = self._record(self._item())[0]
        again, twin = self._record(self._item(subject="Other"), self._item())

        self.assertEqual([again["status"], twin["status"]], ["known", "known"])
        self.assertEqual(again["id"], first["id"])
        row = self.env["contact.interaction"].browse(first["id"])
        self.assertFalse(row.subject)

    def test_same_contact_twice_in_a_batch_is_recorded_once(self):
        first, twin = self._record(self._item(), self._item())

        self.assertEqual([first["status"], twin["status"]], ["created", "known"])
        self.assertEqual(first["id"], twin["id"])

    def test_wrong_item_stops_no_other(self):
        future = fields.Datetime.now() + timedelta(days=1)
        lone = self.env["res.partner"].create({"name": "Gone"})
        lone.unlink()
        results = self._record(
            self._item(channel="smoke"),
            self._item(external_id="m-2"),
            self._item(external_id="m-3", occurred_at=f"{future.isoformat()}+00:00"),
            self._item(external_id="m-4", company_id=self.south.id),
            self._item(external_id="m-5", user="nobody"),
            self._item(external_id="m-6", partner_id=lone.id),
            "nonsense",
        )

        self.assertEqual(
            [result["error"] and tuple(result["error"].values()) for result in results],
            [
                ("bad_value", "channel"),
                None,
                ("in_future", "occurred_at"),
                ("unknown", "company_id"),
                ("unknown", "user"),
                ("unknown", "partner_id"),
                ("no_object", "item"),
            ],
        )
        self.assertEqual(results[1]["status"], "created")

    def test_sender_may_be_named_by_telephone_or_by_id_or_be_unknown(self):
        self.contact.phone = "+48 601 234 567"
        results = self._record(
            self._item(external_id="1", address="0048 601-234-567"),
            self._item(external_id="2", address=None, partner_id=self.customer.id),
            self._item(external_id="3", address="@mill_on_some_network"),
        )
        rows = self.env["contact.interaction"].browse(row["id"] for row in results)

        self.assertEqual(rows[0].partner_id, self.contact)
        self.assertEqual(rows[1].partner_id, self.customer)
        self.assertFalse(rows[2].partner_id)

    def test_partner_of_another_branch_cannot_be_named(self):
        self.customer.company_id = self.south

        (result,) = self._record(self._item(partner_id=self.customer.id))

        self.assertEqual(result["error"], {"code": "unknown", "field": "partner_id"})

    @mute_logger("odoo.addons.base.models.ir_model")
    def test_recorder_reads_nothing_and_nobody_else_records(self):
        (result,) = self._record(self._item())
        row = self.env["contact.interaction"].browse(result["id"])

        self.assertFalse(row.with_user(self.recorder).has_access("read"))
        for user in (self.user_north, self.manager_north):
            with self.assertRaises(AccessError):
                self._record(self._item(), user=user)

    def test_too_much_is_refused_as_a_whole(self):
        log = self.env["contact.interaction"].with_user(self.recorder)
        for contacts in ([self._item()] * 1001, {"origin": "x"}, None):
            with self.assertRaises(ValidationError):
                log.record_contacts(contacts)

    def test_batch_costs_a_fixed_number_of_queries(self):
        counts = []
        for part in (range(2), range(2, 40)):
            items = [
                self._item(external_id=f"q{n}", partner_id=self.contact.id)
                for n in part
            ]
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            self._record(*items)
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)

        self.assertLessEqual(counts[1], counts[0] + 2)


@tagged("post_install", "-at_install")
class TestIntakeHttp(HttpCase, IntakeCase):
    """Over Odoo's own API, with a key, as other systems do it."""

    def _key(self, user):
        expires = fields.Datetime.now() + timedelta(days=1)
        keys = self.env["res.users.apikeys"].with_user(user)
        return keys._generate("rpc", "messenger", expires)

    def _post(self, body, key):
        return self.url_open(
            PATH,
            body,
            headers={
                "Content-Type": "application/json",
                "Authorization": f"bearer {key}",
            },
        )

    def test_examples_of_the_guide_do_what_it_says(self):
        guide = GUIDE.read_text()
        pairs = re.findall(
            r"```json request\n(.*?)```.*?```json answer\n(.*?)```", guide, re.DOTALL
        )
        self.assertGreaterEqual(len(pairs), 2)
        key = self._key(self.recorder)
        for request, expected in pairs:
            answer = self._post(request, key)
            self.assertEqual(answer.status_code, 200)
            told = answer.json()
            for result in told:
                # Which number a row gets is the database's business.
                result["id"] = result["id"] and 4711
            self.assertEqual(told, json.loads(expected))

    @mute_logger("odoo.http")
    def test_without_key_or_right_nothing_is_recorded(self):
        body = json.dumps({"contacts": [self._item()]})
        self.assertEqual(self._post(body, "wrong").status_code, 401)
        self.assertEqual(self._post(body, self._key(self.user_north)).status_code, 403)

        recorded = self.env["contact.interaction"].search_count(
            [("origin", "=", "messenger")]
        )
        self.assertEqual(recorded, 0)
