from odoo.tests import HttpCase, tagged

from .common_finding import FindingCommon

NAME = {"name": {}}
MODELS = (
    "offer.offer",
    "offer.revision",
    "offer.revision.line",
    "offer.event",
    "offer.price.report",
    "offer.loss.report",
)


@tagged("post_install", "-at_install")
class TestDisclosedLists(FindingCommon, HttpCase):
    """Whatever way other branches' offers leave the server, the log has it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager.group_ids += cls.env.ref("base.group_allow_export")
        cls.own = cls._make_sent_offer(cls.anna)
        cls.others = [cls._make_sent_offer(cls.ewa) for _index in range(3)]
        for offer in (cls.own, cls.others[0]):
            offer.order_id._action_cancel()
            offer._log_event("lost", "Price")
        cls.env["offer.revision"]._seal_all()
        cls.env.flush_all()
        # Warszawa only: the others are foreign to her
        cls.offers = cls._as(cls.manager, cls.warszawa)["offer.offer"]

    def _log(self, user=None, kind="offer_list"):
        return self.env["contact.disclosure"].search(
            [("user_id", "=", (user or self.manager).id), ("kind", "=", kind)]
        )

    def _domain(self):
        return [("id", "in", [self.own.id, *(one.id for one in self.others)])]

    def _ways(self, model):
        """Return each way out, with a domain of its own."""
        everything = [("id", "!=", 0)]
        records = model.search(everything)
        self.assertGreater(len(records), 1)
        return {
            "read": lambda: records.read(["display_name"]),
            "web_read": lambda: records.web_read({"display_name": {}}),
            "web_search_read": lambda: model.web_search_read(
                everything, {"display_name": {}}
            ),
            "search_read": lambda: model.search_read(everything, ["display_name"]),
            "export_data": lambda: records.export_data(["display_name"]),
            "web_read_group": lambda: model.web_read_group(
                everything, ["company_id"], ["__count"]
            ),
            "formatted_read_group": lambda: model.formatted_read_group(
                everything, ["company_id"], ["__count"]
            ),
            "formatted_read_grouping_sets": lambda: model.formatted_read_grouping_sets(
                everything, [["company_id"], []], ["__count"]
            ),
        }

    def test_every_way_out_of_every_model_is_logged(self):
        for name in MODELS:
            model = self._as(self.manager, self.warszawa)[name]
            for way, call in self._ways(model).items():
                with self.subTest(model=name, way=way):
                    with self.env.cr.savepoint() as savepoint:
                        before = self._log()
                        call()
                        row = self._log() - before
                        self.assertEqual(len(row), 1)
                        self.assertEqual(row.owner_company_id, self.krakow)
                        self.assertEqual((row.level, row.res_model), ("content", name))
                        savepoint.rollback()
                    self.env.invalidate_all()

    def test_export_of_something_else_that_reaches_them_is_logged(self):
        offers = self.offers.browse(self.others[0].id)

        offers.export_data(["revision_ids/amount_total"])

        self.assertEqual(
            set(self._log().mapped("res_model")), {"offer.offer", "offer.revision"}
        )

    def test_a_list_is_one_row_a_branch_with_count_and_question(self):
        self._make_sent_offer(self.marta)
        domain = [("state", "in", ["sent", "cancelled"])]

        self.offers.web_search_read(domain, {**NAME, "amount_total": {}})

        rows = self._log()
        self.assertEqual(rows.owner_company_id, self.krakow | self.gdansk)
        krakow = rows.filtered(lambda row: row.owner_company_id == self.krakow)
        self.assertIn("3 listed", krakow.reason)
        self.assertIn("cancelled", krakow.reason)

    def test_the_same_list_again_is_no_news_and_another_one_is(self):
        self.offers.web_search_read(self._domain(), NAME)
        self.offers.web_search_read(self._domain(), NAME)
        self.assertEqual(len(self._log()), 1)

        self.offers.web_search_read([("id", "=", self.others[1].id)], NAME)
        self.assertEqual(len(self._log()), 2)
        self.assertFalse(self._log(kind="offer_view"))

    def test_reading_one_is_opening_it(self):
        self.offers.browse(self.others[0].id).read(["amount_total"])

        row = self._log(kind="offer_view")
        self.assertEqual(row.res_id, self.others[0].id)
        self.assertFalse(self._log())

    def test_what_stands_in_an_opened_offer_is_noted_with_it(self):
        self.offers.browse(self.others[0].id).web_read(
            {
                **NAME,
                "revision_ids": {
                    "fields": {"line_ids": {"fields": {"price_unit": {}}}}
                },
            }
        )

        self.assertEqual(len(self._log(kind="offer_view")), 1)
        self.assertFalse(self._log())

    def test_own_offers_and_sellers_leave_no_row(self):
        self.offers.web_search_read([("company_id", "=", self.warszawa.id)], NAME)
        self._as(self.ewa)["offer.offer"].web_search_read([], NAME)
        both = self._as(self.manager).user.with_context(
            allowed_company_ids=(self.warszawa | self.krakow).ids
        )
        both.env["offer.offer"].web_search_read([], NAME)

        self.assertFalse(self._log() | self._log(self.ewa))

    def test_a_server_reading_for_itself_leaves_no_row(self):
        self.offers.sudo().web_search_read([], NAME)
        self.assertFalse(self._log())

    def test_none_of_the_ways_runs_on_a_replica(self):
        for name in MODELS:
            for way in self._ways(self._as(self.manager, self.warszawa)[name]):
                method = getattr(type(self.env[name]), way)
                self.assertFalse(getattr(method, "_readonly", False), (name, way))

    def test_over_the_network(self):
        self.authenticate(self.manager.login, self.manager.login)
        context = {"allowed_company_ids": self.warszawa.ids}
        for method, arguments in (
            ("search_read", [self._domain(), ["amount_total"]]),
            ("export_data", [[one.id for one in self.others], ["amount_total"]]),
        ):
            self.make_jsonrpc_request(
                f"/web/dataset/call_kw/offer.offer/{method}",
                {
                    "model": "offer.offer",
                    "method": method,
                    "args": arguments,
                    "kwargs": {"context": context},
                },
            )

        self.assertEqual(len(self._log()), 2)

    def test_cost_of_the_log(self):
        specification = {**NAME, "amount_total": {}, "company_id": {}}

        def queries(user, domain):
            offers = self._as(user)["offer.offer"].with_context(
                allowed_company_ids=self.krakow.ids
                if user == self.ewa
                else self.warszawa.ids
            )
            offers.web_search_read([("id", "=", 0)], specification)
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            offers.web_search_read(domain, specification)
            return self.env.cr.sql_log_count - before

        seller = queries(self.ewa, self._domain())
        own = queries(self.manager, [("id", "=", self.own.id)])
        foreign = queries(self.manager, self._domain())

        self.assertLessEqual(own, seller)
        self.assertLessEqual(foreign, own + 2)
