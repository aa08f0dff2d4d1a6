from datetime import timedelta

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import ContactHistoryCase


@tagged("post_install", "-at_install")
class TestContactDashboardAccess(HttpCase, ContactHistoryCase):
    """By RPC, as somebody curious would ask."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.now = cls.env["contact.interaction"]._fields["occurred_at"].now()
        for company in (cls.north, cls.south):
            for user in (cls.user_north, cls.user_south):
                cls._log(
                    company,
                    occurred_at=cls.now - timedelta(hours=1),
                    user_id=user.id if user.company_id == company else False,
                    direction="incoming",
                )
        cls._log(
            occurred_at=cls.now - timedelta(hours=2),
            user_id=cls.colleague_north.id,
            is_confidential=True,
            direction="outgoing",
        )
        cls.env.flush_all()

    def _ask_server(self, user, choice, **context):
        self.authenticate(user.login, user.login)
        return self.make_jsonrpc_request(
            "/web/dataset/call_kw/contact.dashboard/read_figures",
            {
                "model": "contact.dashboard",
                "method": "read_figures",
                "args": [choice],
                "kwargs": {"context": context},
            },
        )

    def _contacts(self, figures):
        tile = next(one for one in figures["tiles"] if one["code"] == "contacts")
        return int(tile["value"])

    def test_figures_are_those_of_ones_own_branch(self):
        asked = self._ask_server(self.user_north, {"company_ids": [self.south.id]})

        self.assertEqual(self._contacts(asked), 2)
        self.assertNotIn("South", str(asked))
        self.assertEqual(len(asked["options"]["companies"]), 1)

    def test_confidential_contacts_of_others_are_not_counted(self):
        self.assertEqual(self._contacts(self._ask_server(self.user_north, {})), 2)
        self.assertEqual(self._contacts(self._ask_server(self.manager_north, {})), 3)

    @mute_logger("odoo.http")
    def test_foreign_branch_cannot_be_switched_on(self):
        with self.assertRaisesRegex(Exception, "(?i)access|unauthorized|companies"):
            self._ask_server(self.user_north, {}, allowed_company_ids=[self.south.id])

    def test_colleagues_times_are_for_managers(self):
        self._log(
            occurred_at=self.now - timedelta(days=2),
            user_id=self.colleague_north.id,
            partner_id=self.customer.id,
        )
        self._log(
            occurred_at=self.now - timedelta(days=1, hours=23),
            user_id=self.colleague_north.id,
            direction="outgoing",
            partner_id=self.customer.id,
        )
        self.env.flush_all()
        own = self._people(self._ask_server(self.user_north, {}))
        every = self._people(self._ask_server(self.manager_north, {}))

        self.assertNotIn(self.colleague_north.name, own)
        self.assertIn(self.colleague_north.name, every)

    def _people(self, figures):
        return [
            row["name"]
            for section in figures["sections"]
            if section["code"] == "user"
            for row in section["rows"]
        ]

    def test_who_has_no_access_gets_no_figures(self):
        self.user_north.group_ids = self.env.ref("base.group_user")

        with self.assertRaises(AccessError):
            self.env["contact.dashboard"].with_user(self.user_north).read_figures({})
        with self.assertRaises(AccessError):
            self.env["contact.dashboard"].with_user(self.user_north).read_movers(
                {}, "call", "chat"
            )
