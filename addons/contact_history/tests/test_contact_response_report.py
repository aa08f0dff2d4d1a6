from odoo.tests import tagged

from .common_response import ResponseCase


@tagged("post_install", "-at_install")
class TestContactResponseReport(ResponseCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Working minutes to the answer: 1, 2, 3, 4 and 100.
        for number, minutes in enumerate((1, 2, 3, 4, 100)):
            start = 290 - 5 * number if minutes < 100 else 110
            cls._ask(minutes_ago=start)
            cls._answer(minutes_ago=start - minutes, user_id=cls.user_north.id)
        cls._ask(minutes_ago=1)
        cls.env.flush_all()
        cls.report = cls.env["contact.response.report"].with_user(cls.user_north)

    def _read(self, groupby, *measures, domain=()):
        return self.report.formatted_read_group(list(domain), groupby, list(measures))

    def test_median_and_percentile_are_those_of_the_times(self):
        (group,) = self._read(
            [],
            "working_median:median",
            "working_percentile_90:percentile_90",
            "wall_median:median",
            "within_percent:avg",
            "__count",
        )

        self.assertEqual(group["working_median:median"], 3)
        self.assertAlmostEqual(group["working_percentile_90:percentile_90"], 61.6)
        self.assertEqual(group["wall_median:median"], 3)
        self.assertEqual(group["within_percent:avg"], 80)
        self.assertEqual(group["__count"], 6)

    def test_every_way_to_group_counts_each_turn_once(self):
        for groupby in (
            "company_id",
            "team",
            "user_id",
            "channel",
            "started_hour",
            "started_at:week",
            "state",
        ):
            groups = self._read([groupby], "__count", "working_median:median")
            with self.subTest(groupby=groupby):
                self.assertEqual(sum(group["__count"] for group in groups), 6)

    def test_group_without_answers_has_no_times(self):
        (group,) = self._read(
            [], "working_median:median", domain=[("state", "=", "waiting")]
        )

        self.assertFalse(group["working_median:median"])

    def test_pivot_asks_for_what_its_fields_say(self):
        measures = [
            f"{name}:{field['aggregator']}"
            for name, field in self.report.fields_get(
                attributes=["aggregator", "type"]
            ).items()
            if field.get("aggregator") and name != "id"
        ]
        self.assertIn("working_median:median", measures)
        self.assertIn("working_percentile_90:percentile_90", measures)

        groups = self.report.formatted_read_grouping_sets(
            [], [[], ["channel"], ["channel", "started_at:month"]], measures
        )

        self.assertEqual(len(groups), 3)

    def test_times_of_other_branches_are_not_reckoned_in(self):
        self._log(self.south, minutes_ago=50)
        self._log(self.south, minutes_ago=10, direction="outgoing")
        self.env.flush_all()

        self.assertEqual(self._read([], "__count")[0]["__count"], 6)
        self.assertEqual(self.report.with_user(self.user_south).search_count([]), 1)
