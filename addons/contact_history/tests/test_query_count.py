from odoo import Command
from odoo.tests import tagged
from odoo.tools import SQL

from .common import NOW, ContactHistoryCase


@tagged("post_install", "-at_install")
class TestQueryCount(ContactHistoryCase):
    """Budgets. Raise one only with a measured reason."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for number in range(60):
            company = (cls.north, cls.south)[number % 2]
            cls._log(
                company,
                minutes_ago=number,
                user_id=cls.user_north.id if company == cls.north else False,
                res_model="res.partner",
                res_id=cls.contact.id,
            )
        cls.env.flush_all()

    def _count_page(self, limit):
        partner = self.customer.with_user(self.user_north)
        partner.contact_history_page(limit=1)
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        page = partner.contact_history_page(limit=limit)
        self.assertEqual(len(page["entries"]), limit)
        return self.env.cr.sql_log_count - before

    def test_page_costs_a_fixed_number_of_queries(self):
        few, many = self._count_page(4), self._count_page(40)

        self.assertEqual(few, many)
        # Fifteen with contacts of both branches; three are looks of other addons.
        self.assertLessEqual(many, 18)

    def _fill(self, rows):
        """Put many contacts of other customers around those of ours."""
        crowd = self.env["res.partner"].create([{"name": f"C{n}"} for n in range(50)])
        self.env.flush_all()
        self.env.cr.execute(
            """
            INSERT INTO contact_interaction
                (partner_id, commercial_partner_id, company_id, channel, direction,
                 state, certainty, origin, occurred_at, recorded_at)
            SELECT %(first)s + n %% 50, %(first)s + n %% 50,
                   CASE n %% 2 WHEN 0 THEN %(north)s ELSE %(south)s END, 'call',
                   'incoming', 'done', 'known', 'test',
                   %(now)s - n * interval '1 minute', %(now)s
              FROM generate_series(1, %(rows)s) n
            """,
            {
                "first": crowd.ids[0],
                "north": self.north.id,
                "south": self.south.id,
                "now": NOW,
                "rows": rows,
            },
        )
        self.env.cr.execute("ANALYZE contact_interaction")

    def test_page_reads_from_the_index(self):
        self._fill(20_000)
        plans = []
        cursor = type(self.env.cr)
        execute = cursor.execute

        def explain(cr, query, params=None, log_exceptions=True):
            if isinstance(query, SQL) and "is_own" in query.code:
                execute(cr, SQL("EXPLAIN %s", query))
                plans.append("\n".join(row[0] for row in cr.fetchall()))
            return execute(cr, query, params, log_exceptions)

        self.patch(cursor, "execute", explain)
        self.customer.with_user(self.user_north).contact_history_page(limit=5)

        page, pinned = plans
        self.assertEqual(page.count("commercial_partner_page"), 2, page)
        self.assertIn("contact_interaction_pinned", pinned)
        self.assertNotIn("Seq Scan on contact_interaction", page + pinned)

    def test_messages_that_are_no_contact_cost_nothing(self):
        user = self.user_north
        record = self.customer.with_user(user)
        values = {
            "model": "res.partner",
            "res_id": record.id,
            "author_id": user.partner_id.id,
            "body": "x",
        }
        messages = record.env["mail.message"]
        is_candidate = messages._contact_history_is_candidate
        kinds = ("comment", "notification", "user_notification", "auto_comment")
        is_candidate({**values, "message_type": "comment"})
        with self.assertQueryCount(0):
            for message_type in kinds:
                self.assertFalse(is_candidate({**values, "message_type": message_type}))

    def test_inbox_notifications_cost_nothing(self):
        self.user_north.notification_type = "inbox"
        message = self.customer.message_post(body="x", message_type="comment")
        captured = []
        self.patch(
            type(self.env["contact.history.capture"]),
            "_capture_notifications",
            lambda *args: captured.append(args),
        )

        self.env["mail.notification"].create(
            {
                "mail_message_id": message.id,
                "res_partner_id": self.user_north.partner_id.id,
                "notification_type": "inbox",
            }
        )

        self.assertFalse(captured)

    def test_capturing_many_recipients_costs_no_more_searches(self):
        people = self.env["res.partner"].create(
            [{"name": f"P{n}", "email": f"p{n}@example.com"} for n in range(20)]
        )
        author = self.user_north.partner_id
        message = self.env["mail.message"].create(
            {
                "model": "res.partner",
                "res_id": self.customer.id,
                "author_id": author.id,
                "message_type": "comment",
                "partner_ids": [Command.set(people.ids)],
            }
        )
        capture = self.env["contact.history.capture"]
        contacts = [
            (people[:2], "few"),
            (people[2:], "many"),
        ]
        counts = {}
        for partners, name in contacts:
            notifications = self.env["mail.notification"].browse()
            for partner in partners:
                notifications += notifications.new(
                    {
                        "mail_message_id": message.id,
                        "res_partner_id": partner.id,
                        "notification_type": "email",
                    }
                )
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            self.assertEqual(
                len(capture._capture_notifications(notifications)), len(partners)
            )
            self.env.flush_all()
            counts[name] = self.env.cr.sql_log_count - before

        self.assertLessEqual(counts["many"], counts["few"] + 2)
