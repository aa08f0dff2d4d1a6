from freezegun import freeze_time

from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tests import tagged

from .common import NOW
from .common_response import ResponseCase

DAY = 24 * 60


class DashboardCase(ResponseCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        clock = freeze_time(NOW)
        clock.start()
        cls.addClassCleanup(clock.stop)
        cls.dashboard = cls.env["contact.dashboard"]

    def _figures(self, user=None, **choice):
        self.env.flush_all()
        return self.dashboard.with_user(user or self.user_north).read_figures(choice)

    def _tile(self, code, user=None, **choice):
        tiles = self._figures(user, **choice)["tiles"]
        return next(tile for tile in tiles if tile["code"] == code)

    def _section(self, code, user=None, **choice):
        sections = self._figures(user, **choice)["sections"]
        return next(section for section in sections if section["code"] == code)

    def _rows_behind(self, link, user=None):
        action = self._figures(user)["lists"][link["to"]]
        model = self.env[action["res_model"]].with_user(user or self.user_north)
        return model.search(link["domain"])


@tagged("post_install", "-at_install")
class TestContactDashboard(DashboardCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Working minutes to the answer: 1, 2, 3, 4 and 100; the last is late.
        for number, minutes in enumerate((1, 2, 3, 4, 100)):
            start = 290 - 5 * number if minutes < 100 else 110
            cls._ask(minutes_ago=start)
            cls._answer(minutes_ago=start - minutes, user_id=cls.user_north.id)
        cls._ask(minutes_ago=5, channel="call", state="missed")

    def test_times_are_those_of_the_turns(self):
        self.assertEqual(self._tile("median")["value"], "3 min")
        self.assertEqual(self._tile("percentile_90")["value"], "1.0 h")
        self.assertEqual(self._tile("within")["value"], "80 %")

    def test_figures_open_the_rows_behind_them(self):
        late = self._rows_behind(self._tile("within")["link"])
        missed = self._rows_behind(self._tile("missed")["link"])

        self.assertEqual(late.mapped("working_median"), [100])
        self.assertEqual(missed.mapped("state"), ["missed"])
        self.assertEqual(len(self._rows_behind(self._tile("median")["link"])), 5)

    def test_lights_of_who_waits_add_up(self):
        self._log(minutes_ago=40, partner_id=self._stranger("A").id)
        self._log(minutes_ago=70, partner_id=self._stranger("B").id)
        tile = self._tile("waiting")

        self.assertEqual(tile["value"], "3")
        self.assertEqual(
            [(part["code"], part["value"]) for part in tile["parts"]],
            [("red", "1"), ("yellow", "1"), ("green", "1")],
        )
        for part in tile["parts"]:
            self.assertEqual(
                self._rows_behind(part["link"]).mapped("light"), [part["code"]]
            )

    def _stranger(self, name):
        return self.env["res.partner"].create({"name": name})

    def test_every_link_of_the_page_finds_what_the_figure_says(self):
        figures = self._figures()
        heat = self._section("hours")
        cells = [
            cell for row in heat["rows"] for cell in row["cells"] if cell.get("link")
        ]
        tables = [one for one in figures["sections"] if one["kind"] == "table"]
        rows = [row for table in tables for row in table["rows"]]

        self.assertEqual(sum(int(cell["count"]) for cell in cells), 6)
        for cell in cells:
            self.assertEqual(
                len(self._rows_behind(cell["link"])), int(cell["count"]), cell
            )
        self.assertEqual(
            {table["code"] for table in tables} - {"team"},
            {"channel", "user"},
        )
        for row in rows:
            self.assertEqual(
                len(self._rows_behind(row["link"])), int(row["cells"][0]), row
            )

    def test_steps_of_pictures_open_their_own_rows(self):
        # The end of a day in Warsaw, which is the day before in UTC.
        self.user_north.tz = "Europe/Warsaw"
        late_evening = 13 * 60 + 30
        self._ask(minutes_ago=late_evening, channel="chat")
        chart = self._section("channels")
        chats = next(one for one in chart["series"] if one["code"] == "chat")

        self.assertEqual(chart["labels"], ["9 Mar", "10 Mar"])
        self.assertEqual(chats["values"], [1, 0])
        found = self._rows_behind(chart["links"][0])
        self.assertEqual(found.mapped("channel"), ["chat"])
        for section in self._figures()["sections"]:
            if section["kind"] == "chart":
                self.assertEqual(len(section["labels"]), len(section["links"]))
                for one in section["series"]:
                    self.assertEqual(len(one["values"]), len(section["labels"]))

    def test_long_times_are_drawn_in_hours(self):
        chart = self._section("times")
        self.assertEqual(chart["unit"], "minutes")

        patient = self._stranger("Patient")
        self._ask(minutes_ago=400, partner_id=patient.id)
        self._answer(minutes_ago=10, partner_id=patient.id)
        chart = self._section("times")
        slow = chart["series"][1]

        self.assertEqual(chart["unit"], "hours")
        self.assertLess(max(filter(None, slow["values"])), 24)
        self.assertIn(" h", slow["texts"][-1])

    def test_somebody_without_a_team_is_a_row_like_others(self):
        table = self.dashboard._time_table(
            Domain.TRUE,
            "team",
            "team",
            "By team",
            [("Counter", 2, 1, 2, 100), (False, 1, 1, 2, 100)],
            lambda _code, value: value or "No team",
        )

        self.assertEqual(
            [(row["id"], row["name"]) for row in table["rows"]],
            [("Counter", "Counter"), (0, "No team")],
        )

    def test_pictures_have_no_holes(self):
        self._ask(minutes_ago=4 * DAY, channel="chat")

        self.assertEqual(len(self._section("channels")["labels"]), 5)

    def test_period_before_is_what_it_is_compared_with(self):
        start = 8 * DAY
        for number in range(3):
            self._ask(minutes_ago=start - number)
            self._answer(minutes_ago=start - number)
        self._ask(minutes_ago=start + 60)
        self._answer(minutes_ago=start + 10)
        tile = self._tile("within", period="week")

        self.assertEqual(tile["before"], "100 %")
        self.assertEqual(tile["trend"], "worse")

    def test_channel_can_be_chosen(self):
        self.assertEqual(self._tile("contacts", channels=["call"])["value"], "1")
        self.assertEqual(self._tile("waiting", channels=["email"])["value"], "0")

    def test_mine_is_what_one_was_in_oneself(self):
        self.assertEqual(self._tile("contacts", mine=True)["value"], "5")
        colleague = self._tile("contacts", self.colleague_north, mine=True)
        self.assertEqual(colleague["value"], "0")

    def test_missed_calls_are_counted_and_called_back(self):
        self._answer(minutes_ago=1, channel="call", state="answered")
        tile = self._tile("missed")

        self.assertEqual(tile["value"], "1")
        self.assertIn("100 %", tile["note"])

    def test_branches_stand_beside_each_other_for_who_has_several(self):
        self.user_north.company_ids += self.south
        self._log(self.south, minutes_ago=50, direction="incoming")
        self._log(self.south, minutes_ago=40, direction="outgoing")
        self.env.flush_all()
        both = (self.north | self.south).ids
        dashboard = self.dashboard.with_user(self.user_north).with_context(
            allowed_company_ids=both
        )
        sections = dashboard.read_figures()["sections"]
        table = next(one for one in sections if one["code"] == "company")
        mix = next(one for one in sections if one["code"] == "mix")

        self.assertEqual([row["name"] for row in table["rows"]], ["North", "South"])
        self.assertIn("company", [group["code"] for group in mix["groups"]])

    def test_nothing_at_all_is_empty(self):
        self.assertFalse(self._figures()["is_empty"])
        self.assertTrue(self._figures(self.user_south)["is_empty"])

    def test_choice_that_no_client_sends_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "period"):
            self._figures(period="decade")

    def test_branch_that_is_switched_off_is_forgotten(self):
        figures = self._figures(company_ids=[self.south.id, self.north.id])

        self.assertEqual(figures["choice"]["company_ids"], [self.north.id])

    def test_figures_cost_a_fixed_number_of_queries(self):
        self._figures()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self._figures()
        few = self.env.cr.sql_log_count - before
        for number in range(30):
            self._ask(minutes_ago=400 + number, channel="chat")
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self._figures()

        self.assertLessEqual(self.env.cr.sql_log_count - before, few + 3)
        self.assertLessEqual(few, 60)
