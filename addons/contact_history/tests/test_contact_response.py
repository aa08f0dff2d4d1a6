from random import Random

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..response import Contact, pair
from .common import NOW
from .common_response import ResponseCase


@tagged("post_install", "-at_install")
class TestContactResponse(ResponseCase):
    def test_customer_waits_until_an_answer_on_any_channel(self):
        question = self._ask(minutes_ago=90, user_id=self.user_north.id)
        turn = self._turns()
        self.assertEqual(turn.state, "waiting")
        self.assertEqual(turn.interaction_id, question)

        answer = self._log(
            minutes_ago=30,
            channel="call",
            state="answered",
            direction="outgoing",
            user_id=self.colleague_north.id,
        )

        self.assertEqual(self._turns(), turn)
        self.assertEqual(turn.state, "answered")
        self.assertEqual(turn.answer_id, answer)
        self.assertEqual(turn.wall_seconds, 3600)
        self.assertEqual(turn.asked_user_id, self.user_north)
        self.assertEqual(turn.user_id, self.colleague_north)
        self.assertEqual(turn.handover_count, 1)

    def test_working_time_stands_still_over_night(self):
        # 15:30 on Monday to 8:30 on Tuesday in Warsaw.
        self._ask(occurred_at="2026-03-09 14:30:00")
        self._answer(occurred_at="2026-03-10 07:30:00")
        turn = self._turns()

        self.assertEqual(turn.wall_seconds, 17 * 3600)
        self.assertEqual(turn.working_seconds, 3600)
        self.assertTrue(turn.is_within)
        self.assertEqual(turn.started_hour, "15")

    def test_holiday_of_the_branch_is_no_working_time(self):
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Holiday",
                "calendar_id": self.north.resource_calendar_id.id,
                "company_id": self.north.id,
                "date_from": "2026-03-09 23:00:00",
                "date_to": "2026-03-10 22:59:59",
            }
        )
        self._ask(occurred_at="2026-03-09 14:30:00")

        # 8:30 on Wednesday: half an hour of Monday, and half of Wednesday's first.
        due = self._turns().due_at.isoformat(" ")
        self.assertEqual(due, "2026-03-11 07:30:00")

    def test_several_questions_in_a_row_are_one_turn(self):
        first = self._ask(minutes_ago=50)
        self._ask(minutes_ago=40, channel="chat")
        self._ask(minutes_ago=30)
        turn = self._turns()

        self.assertEqual(turn.interaction_id, first)
        self.assertEqual(turn.question_count, 3)

    def test_every_turn_is_measured(self):
        for minutes in (100, 80, 60):
            self._ask(minutes_ago=minutes)
            self._answer(minutes_ago=minutes - 5)

        self.assertEqual(self._turns().mapped("wall_seconds"), [300, 300, 300])

    def test_thanks_and_robots_start_no_clock_and_robots_stop_none(self):
        self._ask(minutes_ago=50, preview="Thank you very much, Mary Mill")
        self._ask(minutes_ago=40, is_automatic=True)
        self.assertFalse(self._turns())

        self._ask(minutes_ago=30)
        self._answer(minutes_ago=20, is_automatic=True)

        self.assertEqual(self._turns().state, "waiting")

    def test_missed_call_waits_and_a_call_back_in_vain_does_not_help(self):
        self._ask(minutes_ago=50, channel="call", state="missed")
        self._answer(minutes_ago=40, channel="call", state="missed")
        turn = self._turns()
        self.assertEqual(turn.state, "waiting")
        self.assertEqual(turn.target_seconds, 1800)

        self._answer(minutes_ago=25, channel="call", state="answered")

        self.assertEqual(turn.wall_seconds, 1500)
        self.assertTrue(turn.is_within)

    def test_answer_of_another_branch_does_not_stop_this_clock(self):
        self._ask(minutes_ago=50)

        self._log(self.south, minutes_ago=40, direction="outgoing")

        self.assertEqual(self._turns().state, "waiting")

    def test_unknown_sender_waits_too(self):
        self._ask(minutes_ago=50, partner_id=False, address="new@mill.example")
        turn = self.turns.search([("address_normalized", "=", "new@mill.example")])
        self.assertEqual(turn.state, "waiting")

        self._answer(minutes_ago=20, partner_id=False, address="new@mill.example")

        self.assertEqual(turn.wall_seconds, 1800)

    def test_who_withholds_the_number_cannot_wait(self):
        question = self._ask(partner_id=False, channel="call", state="missed")

        self.assertFalse(self.turns.search([("interaction_id", "=", question.id)]))

    def test_contact_that_becomes_known_moves_its_turn(self):
        question = self._ask(minutes_ago=50, partner_id=False, address="a@b.example")
        self._answer(minutes_ago=10)
        self.assertFalse(self._turns())

        question.partner_id = self.contact

        self.assertEqual(self._turns().wall_seconds, 2400)

    def test_contact_recorded_late_sets_the_clocks_right(self):
        self._ask(minutes_ago=50)
        self._answer(minutes_ago=10)
        self._ask(minutes_ago=5)

        self._answer(minutes_ago=30)

        self.assertEqual(self._turns().mapped("answered_at"), [self._ago(30), False])

    def test_corrected_time_and_deleted_answer_set_the_clocks_right(self):
        question = self._ask(minutes_ago=50)
        answer = self._answer(minutes_ago=10)

        question.occurred_at = self._ago(20)
        self.assertEqual(self._turns().wall_seconds, 600)

        answer.unlink()
        self.assertEqual(self._turns().state, "waiting")

        question.unlink()
        self.assertFalse(self._turns())

    def test_needs_no_answer_by_hand_stops_the_clock_of_all_questions(self):
        self._ask(minutes_ago=50)
        self._ask(minutes_ago=40)

        self._turns().with_user(self.colleague_north).action_needs_no_answer()

        self.assertFalse(self._turns())
        questions = self.env["contact.interaction"].search(
            [("commercial_partner_id", "=", self.customer.id)]
        )
        self.assertEqual(questions.no_answer_user_id, self.colleague_north)

        questions.with_user(self.user_north).action_needs_answer()
        self.assertEqual(self._turns().question_count, 2)

    @freeze_time(NOW)
    def test_traffic_lights(self):
        question = self._ask(minutes_ago=20)
        turn = self._turns()
        self.assertEqual(turn.light, "green")

        for minutes, light in ((31, "yellow"), (61, "red")):
            question.occurred_at = self._ago(minutes)
            self.assertEqual(turn.light, light)

    def test_history_written_in_any_order_is_paired_like_one_written_in_order(self):
        for seed in range(6):
            random = Random(seed)
            customer = self.env["res.partner"].create({"name": f"Customer {seed}"})
            rows = self.env["contact.interaction"]
            for minutes in random.sample(range(200), 14):
                rows += self._log(
                    minutes_ago=minutes // 3,
                    partner_id=customer.id,
                    direction=random.choice(["incoming", "outgoing"]),
                )
            rows[3].occurred_at = self._ago(random.randrange(70))
            rows[5].needs_no_answer = True
            rows[7].unlink()
            expected = pair(
                Contact(row.id, row.occurred_at, row.channel, row.response_role)
                for row in rows.exists()
            )
            stored = self.turns.search(
                [("commercial_partner_id", "=", customer.id)], order="started_at, id"
            )
            with self.subTest(seed=seed):
                self.assertEqual(
                    [
                        (turn.interaction_id.id, turn.answer_id.id or None)
                        for turn in stored
                    ],
                    [(turn.contact_ids[0], turn.answer_id) for turn in expected],
                )

    def test_people_read_their_branch_and_write_nothing(self):
        self._ask()
        turn = self._turns()
        own = self.turns.with_user(self.user_north)
        self.assertEqual(own.search([("id", "=", turn.id)]), turn)
        self.assertFalse(
            self.turns.with_user(self.user_south).search([("id", "=", turn.id)])
        )
        for call in (
            lambda: turn.with_user(self.user_north).write({"question_count": 9}),
            turn.with_user(self.user_north).unlink,
            turn.with_user(self.user_south).action_needs_no_answer,
            turn.with_user(self.user_south).action_open_question,
        ):
            with (
                mute_logger(
                    "odoo.addons.base.models.ir_model",
                    "odoo.addons.base.models.ir_rule",
                ),
                self.assertRaises(AccessError),
            ):
                call()

    def test_turn_of_a_confidential_contact_is_for_its_person_only(self):
        self._ask(is_confidential=True, user_id=self.user_north.id)
        for user, count in (
            (self.user_north, 1),
            (self.colleague_north, 0),
            (self.manager_north, 1),
        ):
            for model in ("contact.response", "contact.response.report"):
                self.env.flush_all()
                found = self.env[model].with_user(user).search_count([])
                self.assertEqual(found, count, f"{model} {user.login}")

    def test_buttons_open_the_question_and_the_customer(self):
        question = self._ask()
        turn = self._turns().with_user(self.user_north)

        self.assertEqual(turn.action_open_question()["res_id"], question.id)
        self.assertEqual(turn.action_open_partner()["res_id"], self.contact.id)

    def test_recording_contacts_of_many_customers_costs_a_fixed_number_of_queries(self):
        people = self.env["res.partner"].create([{"name": f"P{n}"} for n in range(42)])
        values = [
            {
                "partner_id": person.id,
                "company_id": self.north.id,
                "direction": "incoming",
                "channel": "email",
                "origin": "test",
                "occurred_at": NOW,
            }
            for person in people
        ]
        log = self.env["contact.interaction"]
        counts = []
        for part in (values[:2], values[2:]):
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            log.create(part)
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)

        self.assertLessEqual(counts[1], counts[0] + 2)
        self.assertLessEqual(counts[0], 40)
