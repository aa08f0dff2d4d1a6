from odoo.tests import tagged

from .common_conflict import ConflictCommon


@tagged("post_install", "-at_install")
class TestConflictTellingSellers(ConflictCommon):
    """Who sent without a notice is told by the second look, and nothing more."""

    def _collide_unseen(self):
        """Have both send while another transaction holds the lock: nobody sees."""
        with self.registry.cursor() as other:
            anchor = self.env["offer.identity"]._anchor(self.krakow._offer_tree())
            other.execute("SELECT pg_advisory_xact_lock(%s, %s)", (0x0FFE4C, anchor.id))
            self.assertFalse(self._collide(123456.0, 98765.0))
        self._run_cron()
        return self._conflicts()

    def _todo(self, offer):
        return offer.order_id.activity_ids

    def test_both_sellers_are_told_once(self):
        self._collide_unseen()
        self._run_cron()

        for offer, other in ((self.first, self.krakow), (self.second, self.warszawa)):
            todo = self._todo(offer)
            self.assertEqual(todo.user_id, offer.user_id)
            self.assertIn(other.name, todo.note)

    def test_names_may_have_any_sign_in_them(self):
        self.krakow.name = "Kraków <Nord> & Co"
        self._collide_unseen()

        self.assertIn("Kraków &lt;Nord&gt; &amp; Co", self._todo(self.first).note)

    def test_nothing_of_the_other_offer_is_told(self):
        self._collide_unseen()

        [text] = self._todo(self.second).with_env(self._as(self.ewa)).mapped("note")

        for secret in ("123", "Anna", self.first.name):
            self.assertNotIn(secret, text)

    def test_who_saw_the_notice_is_not_told_again(self):
        self._collide()

        self.assertFalse(self._todo(self.first) | self._todo(self.second))

    def test_off_switch_holds_for_sellers_and_managers(self):
        for user in (self.ewa, self.manager):
            user.with_user(user).offer_conflict_notify = False
        case = self._collide_unseen()

        self.assertFalse(case.activity_ids)
        self.assertFalse(self._todo(self.second))
        self.assertTrue(self._todo(self.first))

    def test_branch_that_says_nothing_says_nothing(self):
        self.env["offer.check.policy"].create(
            {"company_id": self.krakow.id, "event": "conflict", "level": "silent"}
        )
        self._collide_unseen()

        self.assertFalse(self._todo(self.second))
        self.assertTrue(self._todo(self.first))

    def test_each_in_the_own_language(self):
        self.env["res.lang"]._activate_lang("pl_PL")
        self.ewa.lang = "pl_PL"
        self._collide_unseen()

        self.assertIn("Konflikt ofert", self._todo(self.second).summary)
        self.assertIn("Offer conflict", self._todo(self.first).summary)

    def test_what_is_told_is_logged_as_a_card(self):
        self._collide_unseen()

        rows = self.env["contact.disclosure"].search(
            [("user_id", "=", self.ewa.id), ("kind", "=", "conflict_card")]
        )
        self.assertEqual(rows.owner_company_id, self.warszawa)
        self.assertEqual(rows.company_id, self.krakow)


@tagged("post_install", "-at_install")
class TestConflictTellingWithin(ConflictCommon):
    """Teams or salespeople of one branch collide: each is told, of nobody by name."""

    def _collide_within(self, side, **second):
        """Let Anna, then Piotr of the same branch send, both without a notice."""
        self.root.offer_conflict_side = side
        lines = [(self.lathe, 1, 123456.0)]
        with self.registry.cursor() as other:
            anchor = self.env["offer.identity"]._anchor(self.warszawa._offer_tree())
            other.execute("SELECT pg_advisory_xact_lock(%s, %s)", (0x0FFE4C, anchor.id))
            self.first = self._make_sent_offer(self.anna, lines=lines)
            self.second = self._make_sent_offer(self.piotr, **second)
        self._run_cron()
        return self._conflicts()

    def _told(self, offer):
        """Return what the offer's salesperson reads of it."""
        user = offer.user_id
        todo = offer.order_id.with_env(self._as(user)).activity_ids
        self.assertEqual(todo.user_id, user)
        return todo.note

    def _assert_tells_nobody(self, text, other):
        for secret in ("123", other.user_id.name, other.name):
            self.assertNotIn(secret, text)

    def test_salespeople_of_one_branch(self):
        self.assertEqual(len(self._collide_within("salesperson")), 1)

        for offer, other in ((self.first, self.second), (self.second, self.first)):
            text = self._told(offer)
            self.assertIn("a colleague of your branch", text)
            self._assert_tells_nobody(text, other)

    def test_teams_of_one_branch(self):
        north, south = self.env["crm.team"].create([{"name": "N7"}, {"name": "S7"}])
        self.anna.sale_team_id, self.piotr.sale_team_id = north, south
        self.assertEqual(len(self._collide_within("team", team_id=south.id)), 1)

        text = self._told(self.second)
        self.assertIn("another sales team of your branch", text)
        self.assertNotIn("N7", text)
        self._assert_tells_nobody(text, self.first)

    def test_my_conflicts_say_that_it_is_within_the_branch(self):
        self._collide_within("salesperson")

        mine = self._as(self.piotr)["offer.conflict.mine"]
        [row] = mine.search([("offer_id", "=", self.second.id)])
        self.assertEqual(row.other_branches, "Within the own branch")

    def test_nothing_of_another_branch_is_logged(self):
        self._collide_within("salesperson")

        rows = self.env["contact.disclosure"].search([("kind", "=", "conflict_card")])
        self.assertFalse(rows.filtered(lambda row: row.user_id == self.piotr))
