from datetime import timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import NOW, ContactHistoryCase
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
