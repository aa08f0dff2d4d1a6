from odoo.tests import tagged

from .common_release import ReleaseCommon


@tagged("post_install", "-at_install")
class TestConflictReport(ReleaseCommon):
    """What the report counts: stops of the gate, and sides within a branch."""

    def _rows(self):
        self.env.flush_all()
        self.env.invalidate_all()
        return self._as(self.manager)["offer.conflict.report"].search([])

    def _tile(self, code):
        self.env.flush_all()
        self.env.invalidate_all()
        tiles = self._as(self.manager)["offer.dashboard"].read_figures(6)["tiles"]
        return next(tile for tile in tiles if tile["code"] == code)

    def test_gate_that_held_the_quotation_caught_it_before_sending(self):
        self._rule("approval")
        request = self._ask()
        self.assertEqual(self._tile("held")["value"], "1")
        self.assertIn("1 wait", self._tile("held")["note"])

        self._by(self.manager, request).action_release()
        self._by(self.ewa, request).action_send()

        row = self._rows()
        self.assertEqual((row.caught, row.override_count), ("before", 1))
        self.assertEqual(self._tile("held")["value"], "0")

    def test_what_nobody_held_was_found_after_sending(self):
        self._send(self.order)

        self.assertEqual(self._rows().caught, "after")

    def _team(self, user, name):
        team = self.env["crm.team"].create(
            {"name": name, "company_id": user.company_id.id}
        )
        team.member_ids = user
        return team

    def test_teams_of_one_branch_are_sides_of_the_report(self):
        self.root.offer_conflict_side = "team"
        north, south = self._team(self.anna, "North"), self._team(self.piotr, "South")
        rival = self._make_order(self.anna, partner=self._other(), team_id=north.id)
        own = self._make_order(self.piotr, partner=rival.partner_id, team_id=south.id)
        self._send(rival)
        self._send(own)

        row = self._rows()

        self.assertEqual(row.left_company_id, self.warszawa)
        self.assertEqual(row.right_company_id, self.warszawa)
        self.assertEqual({row.left_team_id, row.right_team_id}, {north, south})
        heat = self._as(self.manager)["offer.dashboard"].read_figures(6)["heat"]
        (line,) = heat["rows"]
        self.assertEqual(line["cells"][0]["count"], 1)
        self.assertIn("within the branch", line["cells"][0]["action"]["name"])

    def _other(self):
        return self._make_customer("Odlewnia Zachód", email="biuro@zachod.example")

    def test_salespeople_share_the_money_among_their_pairs(self):
        self.root.offer_conflict_side = "salesperson"
        customer = self._other()
        for user, price in ((self.anna, 100.0), (self.piotr, 90.0), (self.ewa, 80.0)):
            self._make_sent_offer(
                user, partner=customer, lines=[(self.lathe, 1, price)]
            )

        rows = self._rows()

        self.assertEqual(len(rows), 3)
        self.assertEqual(
            rows.left_user_id | rows.right_user_id, self.anna | self.piotr | self.ewa
        )
        self.assertAlmostEqual(sum(rows.mapped("spread_amount")), 20.0)
        # of two branches the same one always stands first: one cell of the heat map
        pairs = {(row.left_company_id.id, row.right_company_id.id) for row in rows}
        self.assertEqual(len(pairs), 2)

    def test_case_of_salespeople_is_not_lost_when_branches_compete_again(self):
        self.root.offer_conflict_side = "salesperson"
        customer = self._other()
        self._make_sent_offer(self.anna, partner=customer)
        self._make_sent_offer(self.piotr, partner=customer)
        self.root.offer_conflict_side = "branch"

        row = self._rows()

        self.assertEqual(row.left_company_id, row.right_company_id)
        self.assertEqual(row.spread_amount, self._conflicts().spread_amount)
