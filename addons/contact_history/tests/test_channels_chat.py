from odoo import Command
from odoo.tests import HttpCase, new_test_user, tagged

from .common import ContactHistoryCase


@tagged("post_install", "-at_install", "-standard", "contact_history_channels")
class TestChannelsChat(HttpCase, ContactHistoryCase):
    """Live chats over HTTP, as a visitor's browser has them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user_north.group_ids = [
            Command.link(cls.env.ref("im_livechat.im_livechat_group_user").id)
        ]
        cls.channel = cls.env["im_livechat.channel"].create(
            {"name": "Ask us", "user_ids": [Command.set(cls.user_north.ids)]}
        )
        cls.bot = cls.env["chatbot.script"].create({"title": "Robot"})
        cls.env["im_livechat.channel.rule"].create(
            {
                "channel_id": cls.channel.id,
                "chatbot_script_id": cls.bot.id,
                "regex_url": "/robot",
            }
        )
        cls.env["chatbot.script.step"].create(
            {
                "chatbot_script_id": cls.bot.id,
                "step_type": "text",
                "message": "Welcome, I am a robot",
            }
        )

    def setUp(self):
        super().setUp()

        def are_there(channels):
            # Nobody is online without a browser of their own.
            for channel in channels:
                channel.available_operator_ids = channel.user_ids

        self.patch(
            self.env.registry["im_livechat.channel"],
            "_compute_available_operator_ids",
            are_there,
        )

    def _open(self, **values):
        """Open a chat as the website does, and return it."""
        answer = self.make_jsonrpc_request(
            "/im_livechat/get_session",
            {"channel_id": self.channel.id, "persisted": True, **values},
        )
        return self.env["discuss.channel"].browse(answer["channel_id"])

    def _ask(self, chat, text):
        self.make_jsonrpc_request(
            "/mail/message/post",
            {
                "thread_model": "discuss.channel",
                "thread_id": chat.id,
                "post_data": {
                    "body": text,
                    "message_type": "comment",
                    "subtype_xmlid": "mail.mt_comment",
                },
            },
        )
        self.env.invalidate_all()

    def _answer(self, chat, text, user=None):
        chat.with_user(user or self.user_north).message_post(
            body=text, message_type="comment", subtype_xmlid="mail.mt_comment"
        )

    def _rows(self, chat):
        return self.env["contact.interaction"].search(
            [("res_model", "=", "discuss.channel"), ("res_id", "=", chat.id)],
            order="id",
        )

    def test_turns_of_a_chat_are_contacts(self):
        chat = self._open()
        self._ask(chat, "Hello")
        self._ask(chat, "is the oak door in stock?")
        self._answer(chat, "Yes, two of them")
        self._ask(chat, "Fine")
        rows = self._rows(chat)

        self.assertEqual(rows.mapped("direction"), ["incoming", "outgoing", "incoming"])
        self.assertEqual(set(rows.mapped("channel")), {"chat"})
        self.assertEqual(rows[0].preview, "Hello is the oak door in stock?")
        self.assertEqual(rows[1].preview, "Yes, two of them")
        self.assertEqual(rows.user_id, self.user_north)
        self.assertEqual(rows.company_id, self.north)
        self.assertFalse(rows.partner_id)

    def test_unknown_visitor_waits_for_an_answer_too(self):
        chat = self._open()
        self._ask(chat, "Is anybody there?")
        question = self._rows(chat)
        turn = self.env["contact.response"].search(
            [("interaction_id", "=", question.id)]
        )
        self.assertEqual(turn.state, "waiting")

        self._answer(chat, "Yes")

        self.assertEqual(turn.state, "answered")
        self.assertTrue(question.address_normalized.startswith("guest:"))

    def test_visitor_who_gives_an_address_is_known_from_the_beginning(self):
        chat = self._open()
        self._ask(chat, "Hello")
        self._answer(chat, "What is your address?")
        self._ask(chat, "Write to Mary@mill.example, please")

        self.assertEqual(self._rows(chat).partner_id, self.contact)
        self.assertEqual(len(self._rows(chat)), 3)

    def test_visitor_who_was_assigned_is_known_next_time(self):
        chat = self._open()
        self._ask(chat, "Hello")
        self._rows(chat).with_user(self.user_north)._assign(self.contact)

        again = self._open()
        self._ask(again, "It is me again")

        self.assertNotEqual(again, chat)
        self.assertEqual(self._rows(again).partner_id, self.contact)

    def test_customer_who_is_signed_in_is_known(self):
        portal = new_test_user(
            self.env, "visitor_contact_history", groups="base.group_portal"
        )
        portal.partner_id.parent_id = self.customer
        self.authenticate(portal.login, portal.login)

        chat = self._open()
        self._ask(chat, "Hello")

        self.assertEqual(self._rows(chat).partner_id, portal.partner_id)

    def test_robot_and_talk_among_colleagues_are_no_contacts(self):
        chat = self._open(chatbot_script_id=self.bot.id)
        self.assertIn("robot", "".join(chat.message_ids.mapped("body")))
        self.assertFalse(self._rows(chat))
        self._ask(chat, "Hello, robot")
        # Whoever talks to a robot does not wait for one of us.
        self.assertEqual(self._rows(chat).response_role, "neither")

        room = self.env["discuss.channel"].create({"name": "Coffee"})
        room.message_post(body="Tea?", message_type="comment")
        self.assertFalse(self._rows(room))

    def test_chats_from_before_are_found_once(self):
        chat = self._open()
        self._ask(chat, "Hello")
        self._answer(chat, "Good day")
        live = self._rows(chat).mapped("external_id")
        feed = self.env["contact.history.feed.chat"]
        records = feed._records_sudo().search(feed._domain_past())
        self.assertIn(chat, records)
        self.assertFalse(feed._take(records))

        self._rows(chat).unlink()
        feed._take(records)
        feed._take(records)

        self.assertEqual(self._rows(chat).mapped("external_id"), live)
