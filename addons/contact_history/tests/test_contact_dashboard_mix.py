from odoo.tests import tagged

from .test_contact_dashboard import DAY, DashboardCase


@tagged("post_install", "-at_install")
class TestContactDashboardMix(DashboardCase):
    def _fill(self, channel, now=0, before=0, partner=None, **values):
        for days, count in ((1, now), (40, before)):
            for number in range(count):
                self._ask(
                    minutes_ago=days * DAY + number,
                    channel=channel,
                    partner_id=(partner or self.contact).id,
                    state="answered" if channel == "call" else "done",
                    **values,
                )

    def _cells(self, group, row=0, **choice):
        mix = self._section("mix", **choice)
        rows = next(one for one in mix["groups"] if one["code"] == group)["rows"]
        return {
            cell["way"]: (cell["share"], cell["points"]) for cell in rows[row]["cells"]
        }

    def test_customers_move_from_phone_to_chat(self):
        self._fill("call", now=1, before=3)
        self._fill("chat", now=3, before=1)
        mix = self._section("mix")

        self.assertEqual(
            self._cells("all"), {"chat": ("75 %", "+50"), "call": ("25 %", "-50")}
        )
        self.assertIn("Call -50", mix["headline"])
        self.assertIn("Chat +50", mix["headline"])

    def test_visits_to_the_branch_and_at_home_are_two_ways(self):
        self._fill("visit", before=2)
        self._log(minutes_ago=DAY, channel="visit", direction="outgoing")

        self.assertEqual(
            self._cells("all"),
            {"visit_outgoing": ("100 %", "+100"), "visit_incoming": ("0 %", "-100")},
        )

    def test_mix_is_split_by_customer_tag(self):
        tag = self.env["res.partner.category"].create({"name": "Builders"})
        builder = self.env["res.partner"].create(
            {"name": "Builder", "category_id": tag.ids}
        )
        self._fill("call", now=3)
        self._fill("chat", now=1, partner=builder)
        mix = self._section("mix")
        (row,) = next(one for one in mix["groups"] if one["code"] == "tag")["rows"]
        chat = next(cell for cell in row["cells"] if cell["way"] == "chat")

        self.assertEqual(row["name"], "Builders")
        self.assertEqual(chat["share"], "100 %")
        found = self._rows_behind(chat["link"])
        self.assertEqual(found.partner_id, builder)

    def test_mix_is_split_by_season_where_a_year_is_shown(self):
        self._fill("call", now=2)
        self._ask(minutes_ago=150 * DAY, channel="chat")
        mix = self._section("mix", period="year")
        rows = next(one for one in mix["groups"] if one["code"] == "season")["rows"]

        self.assertEqual([row["name"] for row in rows], ["Spring", "Autumn"])
        codes = {one["code"] for one in self._section("mix")["groups"]}
        self.assertNotIn("season", codes)

    def test_row_of_a_season_opens_the_contacts_of_its_months(self):
        self._fill("call", now=2)
        self._ask(minutes_ago=150 * DAY, channel="chat")
        mix = self._section("mix", period="year")
        rows = next(one for one in mix["groups"] if one["code"] == "season")["rows"]

        self.assertEqual(
            [self._rows_behind(row["link"]).mapped("channel") for row in rows],
            [["call", "call"], ["chat"]],
        )

    def test_customers_who_changed_their_way_are_listed(self):
        mover = self.env["res.partner"].create({"name": "Mover"})
        self._fill("call", before=2, partner=mover)
        self._fill("chat", now=2, partner=mover)
        self._fill("email", now=2, before=2)
        (row,) = self._section("moves")["rows"]

        self.assertEqual((row["from"], row["to"], row["count"]), ("Call", "Chat", "1"))
        action = self.dashboard.with_user(self.user_north).read_movers(
            {}, row["source"], row["target"]
        )
        found = self.env["res.partner"].search(action["domain"])
        self.assertEqual(found, mover)

    def test_movers_of_other_branches_are_not_told(self):
        mover = self.env["res.partner"].create({"name": "Mover"})
        self._fill("call", before=2, partner=mover)
        self._fill("chat", now=2, partner=mover)
        self.env.flush_all()
        dashboard = self.dashboard.with_user(self.user_south)

        self.assertFalse(self._section("moves", self.user_south)["rows"])
        action = dashboard.read_movers({}, "call", "chat")
        self.assertEqual(action["domain"], [("id", "in", [])])
