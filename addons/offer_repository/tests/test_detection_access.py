import json
from contextlib import contextmanager

from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from .common import OfferCommon

# Values that exist nowhere but in Warszawa's offer: whatever Kraków's salesperson can
# get hold of must not contain one of them.
PRICE = 87654.25
SECRETS = ("87654", "87,654", "Secret lathe", "secret-sheet", "Anna's own words")
NIP = "5260001246"
DETECTION_MODELS = (
    "offer.conflict",
    "offer.identity",
    "offer.identity.member",
    "offer.job",
    "offer.partner.key",
    "offer.partner.profile",
    "offer.conflict.resolve",
    "offer.conflict.resolve.side",
)


class LeakCommon(OfferCommon):
    """Warszawa sent an offer full of secrets, Kraków sent a rival one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Tests with transactions of their own leave some behind.
        cls.old_news = cls.env["bus.bus"].search([])
        cls.poland = cls.env.ref("base.pl")
        cls.root.offer_conflict_manager_id = cls.manager
        cls.customer.write({"vat": NIP, "country_id": cls.poland.id})
        cls.secret = cls._make_product("Secret lathe", "SECRET", PRICE)
        cls.order = cls._make_order(
            cls.anna, lines=[(cls.secret, 1, PRICE), (cls.lathe, 1, 1000.0)]
        )
        cls.order.note = "Anna's own words"
        cls._send(cls.order)
        cls.offer = cls._offer_of(cls.order)
        cls.own = cls._make_customer(
            "LACZNIK",
            email=False,
            vat="526-000-12-46",
            company_id=cls.krakow.id,
            country_id=cls.poland.id,
        )
        cls.own_order = cls._make_order(cls.ewa, partner=cls.own)
        cls._send(cls.own_order)
        cls.conflict = cls._offer_of(cls.own_order).conflict_ids
        cls.env.flush_all()
        cls.env.invalidate_all()

    def assertNoSecret(self, value, where=""):
        text = json.dumps(value, default=str, ensure_ascii=False)
        # The names of the offer and the case are not for staff either.
        for secret in (*SECRETS, self.conflict.name):
            self.assertNotIn(secret, text, where)

    @contextmanager
    def refused(self):
        """Expect an error, and nothing confidential in its text."""
        with self.assertRaises(UserError) as caught:  # AccessError is one
            yield
        self.assertNoSecret(str(caught.exception), "error text")


@tagged("post_install", "-at_install")
class TestDetectionLeaks(LeakCommon):
    """What the Kraków salesperson (own documents only) can reach by the ORM's API."""

    def setUp(self):
        super().setUp()
        self.assertTrue(self.conflict, "there must be something to leak")
        self.user_env = self._as(self.ewa)
        self.user_env.invalidate_all()

    def test_models_of_the_detection_are_closed(self):
        for name in DETECTION_MODELS:
            model = self.user_env[name]
            calls = {
                "read": lambda model=model: model.browse(1).read(["display_name"]),
                "search": lambda model=model: model.search([]),
                "search_count": lambda model=model: model.search_count([]),
                "search_read": lambda model=model: model.search_read([]),
                "web_search_read": lambda model=model: model.web_search_read([], {}),
                "_read_group": lambda model=model: model._read_group(
                    [], [], ["__count"]
                ),
                "formatted_read_group": lambda model=model: model.formatted_read_group(
                    [], [], ["__count"]
                ),
                "name_search": lambda model=model: model.name_search("O"),
                "export": lambda model=model: model.browse(1).export_data(["id"]),
                "create": lambda model=model: model.create({}),
                "write": lambda model=model: model.browse(1).write({}),
                "unlink": lambda model=model: model.browse(1).unlink(),
            }
            for call, run in calls.items():
                with self.subTest(model=name, call=call), self.refused():
                    run()

    def test_actions_of_a_case_are_closed(self):
        case = self.conflict.with_env(self.user_env)
        for name in ("action_resolve", "action_open_offers", "compare_data"):
            with self.subTest(name=name), self.refused():
                getattr(case, name)()
        with self.refused():
            case.message_post(body="Hello")

    def test_archive_shows_nothing_of_the_other_branch(self):
        offers = self.user_env["offer.offer"]

        self.assertNotIn(self.offer.id, offers.search([]).ids)
        self.assertNoSecret(offers.search_read([]))
        with self.refused():
            self.offer.with_env(self.user_env).read(["amount_untaxed"])
        with self.refused():
            offers.browse(self.offer.id).export_data(["name", "amount_total"])
        with self.refused():
            self.offer.current_revision_id.with_env(self.user_env).read(["payload"])

    def test_own_offer_does_not_lead_to_the_rival(self):
        own = self._offer_of(self.own_order).with_env(self.user_env)
        for name in ("conflict_ids", "conflict_check_pending"):
            with self.subTest(name=name), self.refused():
                own.read([name])
            with self.subTest(name=name), self.refused():
                own.search([(name, "!=", False)])
        self.assertNotIn("conflict_ids", own.fields_get())
        self.assertNoSecret(own.read())
        spec = {"name": {}, "partner_id": {"fields": {"display_name": {}}}}
        self.assertNoSecret(own.web_read(spec))

    def test_search_cannot_be_used_as_an_oracle(self):
        """Conditions on what one may not read must not tell by their number of hits."""
        own = self._offer_of(self.own_order)
        domains = (
            [("conflict_ids.spread_amount", ">", 0)],
            [("conflict_ids.offer_ids.amount_total", ">", 0)],
            [("conflict_ids.identity_id.member_ids.partner_id.vat", "like", "526")],
        )
        for domain in domains:
            with self.subTest(domain=domain), self.refused():
                self.user_env["offer.offer"].search_count(domain)
        for domain in (
            [("commercial_partner_id.sale_order_ids.amount_total", ">", 0)],
            [("partner_id.sale_order_ids.order_line.price_unit", "=", PRICE)],
        ):
            found = self.user_env["offer.offer"].search(domain)
            self.assertLessEqual(set(found.ids), set(own.ids))

    def test_quotations_and_partner_show_nothing(self):
        self.assertNotIn(self.order.id, self.user_env["sale.order"].search([]).ids)
        partner = self.customer.with_env(self.user_env)
        self.assertNoSecret(partner.read(["sale_order_ids", "sale_order_count"]))
        self.assertNotIn(self.order.id, partner.sale_order_ids.ids)
        self.assertNoSecret(partner.name_search("LACZNIK"))

    def test_check_tells_the_card_and_no_more(self):
        check = self.user_env["offer.check"]
        for values in (
            {"model": "sale.order", "partner_id": self.customer.id},
            {"model": "sale.order", "partner_id": self.own.id},
            {"model": "res.partner", "vat": NIP, "country_id": self.poland.id},
        ):
            answer = check.check_customer(values)
            self.assertEqual(len(answer["cards"]), 1)
            self.assertNoSecret(answer)
            self.assertNotIn(self.offer.name, json.dumps(answer))
            self.assertNotIn(self.customer.name, json.dumps(answer))
            for value in self._leaves(answer):
                # No id either, but of customers that the user may read and use: one
                # could ask elsewhere with it.
                self.assertNotIsInstance(value, (float, Domain))
                if isinstance(value, int) and not isinstance(value, bool):
                    partner = self.user_env["res.partner"].browse(value)
                    self.assertTrue(partner.has_access("read"))

    def _leaves(self, value):
        if isinstance(value, dict):
            value = list(value.values())
        if isinstance(value, list):
            return [leaf for item in value for leaf in self._leaves(item)]
        return [value]

    def test_messages_activities_and_followers_tell_nothing(self):
        messages = self.user_env["mail.message"].search(
            [("model", "in", ["offer.conflict", "offer.offer"])]
        )
        self.assertFalse(messages)
        everything = self.user_env["mail.message"].search([])
        self.assertNoSecret(everything.mapped("body"))
        self.assertNoSecret(everything.mapped("subject"))
        activities = self.user_env["mail.activity"].search([])
        self.assertNotIn("offer.conflict", activities.mapped("res_model"))
        followers = self.env["mail.followers"].search(
            [("res_model", "=", "offer.conflict")]
        )
        self.assertFalse(followers.partner_id & (self.ewa | self.anna).partner_id)

    def test_attachments_are_closed(self):
        attachments = self.env["ir.attachment"].search(
            [("res_model", "=", "offer.revision")]
        )
        foreign = attachments.filtered(
            lambda file: file.res_id in self.offer.revision_ids.ids
        )
        self.assertTrue(foreign)
        found = self.user_env["ir.attachment"].search(
            [("res_model", "=", "offer.revision")]
        )
        self.assertFalse(found & foreign)
        with self.refused():
            foreign.with_env(self.user_env).read(["datas"])

    def test_disclosure_log_is_closed_to_staff(self):
        with self.refused():
            self.user_env["contact.disclosure"].search_read([])

    def test_history_of_the_identity_is_redacted(self):
        for partner in (self.own, self.customer):
            page = partner.with_env(self.user_env).contact_history_page()
            foreign = [
                entry
                for entry in page["entries"]
                if entry["company_name"] == self.warszawa.name
            ]
            self.assertTrue(foreign, "the contact itself is to be seen")
            for entry in foreign:
                self.assertTrue(entry["redacted"])
                self.assertNotIn(self.offer.name, json.dumps(entry))
            self.assertNoSecret(page)


@tagged("post_install", "-at_install")
class TestDetectionLeaksOverHttp(LeakCommon, HttpCase):
    """The same user, with the calls the web client makes."""

    def setUp(self):
        super().setUp()
        self.authenticate(self.ewa.login, self.ewa.login)

    @mute_logger("odoo.http")  # refusals are what is tested
    def _rpc(self, model, method, *args, **kwargs):
        response = self.url_open(
            f"/web/dataset/call_kw/{model}/{method}",
            data=json.dumps(
                {
                    "params": {
                        "model": model,
                        "method": method,
                        "args": args,
                        "kwargs": kwargs,
                    }
                }
            ),
            headers={"Content-Type": "application/json"},
        )
        return response.json()

    def test_quotation_form_by_onchange_and_nested_specification(self):
        spec = {
            "partner_id": {"fields": {"display_name": {}, "vat": {}}},
            "order_line": {"fields": {"price_unit": {}, "product_id": {}}},
            "amount_total": {},
            "offer_ids": {"fields": {"amount_total": {}, "name": {}}},
            "offer_revision_count": {},
            "duplicated_order_ids": {"fields": {"display_name": {}}},
        }
        answer = self._rpc(
            "sale.order",
            "onchange",
            [],
            {"partner_id": self.customer.id},
            ["partner_id"],
            spec,
        )
        self.assertIn("result", answer)
        self.assertNoSecret(answer)

        answer = self._rpc("sale.order", "web_search_read", [], spec)
        self.assertIn("result", answer)
        self.assertNoSecret(answer)

    def test_nested_specification_does_not_open_the_case(self):
        spec = {"conflict_ids": {"fields": {"spread_amount": {}, "name": {}}}}
        answer = self._rpc("offer.offer", "web_search_read", [], spec)

        self.assertIn("error", answer)
        self.assertNoSecret(answer)

    def test_check_over_the_wire(self):
        values = {"model": "sale.order", "partner_id": self.customer.id}
        answer = self._rpc("offer.check", "check_customer", values)

        self.assertEqual(len(answer["result"]["cards"]), 1)
        self.assertNoSecret(answer)

    def test_private_parts_of_the_check_cannot_be_called(self):
        calls = (
            ("offer.check", "_find_offers"),
            ("offer.partner.key", "_find_matches"),
            ("offer.conflict", "_decide"),
            ("offer.conflict", "_comparison"),
            ("offer.identity", "_certain_partners"),
            ("res.partner", "_contact_history_partners"),
        )
        for model, method in calls:
            with self.subTest(method=method):
                answer = self._rpc(model, method, [1])
                self.assertIn("error", answer)
                self.assertNoSecret(answer)

    def test_bad_input_gets_a_message_not_a_traceback(self):
        values = {"model": "sale.order", "partner_id": "x"}
        answer = self._rpc("offer.check", "check_customer", values)

        self.assertEqual(
            answer["error"]["data"]["name"], "odoo.exceptions.ValidationError"
        )

    def test_nothing_is_pushed_to_the_browser(self):
        messages = self.env["bus.bus"].search([]) - self.old_news
        channels = messages.mapped("channel")
        for message in messages:
            if "offer.conflict" in (message.message or ""):
                self.assertIn(str(self.manager.partner_id.id), message.channel)
        self.assertNoSecret(
            [
                message.message
                for message in messages
                if f'"res.partner",{self.ewa.partner_id.id}]' in message.channel
            ],
            channels,
        )


@tagged("post_install", "-at_install")
class TestDetectionRights(LeakCommon):
    """Who may, may."""

    def test_manager_reads_case_and_identity_with_one_branch_switched_on(self):
        env = self._as(self.manager, self.krakow)
        case = self.conflict.with_env(env)
        case.invalidate_recordset()

        self.assertTrue(case.search_count([("id", "=", case.id)]))
        self.assertIn("Meridian Warszawa", case.side_names)
        self.assertIn("Meridian Kraków", case.side_names)
        self.assertTrue(case.identity_id.read())
        self.assertTrue(case.compare_data()["rows"])
        self.assertTrue(case.web_read({"offer_ids": {"fields": {"name": {}}}}))

    def test_manager_of_another_tree_reads_nothing(self):
        stranger = self._make_company("Somebody Else")
        boss = self._make_seller(
            "boss.test",
            stranger,
            groups="offer_repository.offer_repository_group_manager",
        )
        env = self._as(boss)

        self.assertFalse(env["offer.conflict"].search([]) & self.conflict)
        self.assertFalse(env["offer.identity"].search([]) & self.conflict.identity_id)
        with self.assertRaises(AccessError):
            self.conflict.with_env(env).read(["spread_amount"])

    def test_manager_may_discuss_but_not_rewrite_the_case(self):
        case = self.conflict.with_env(self._as(self.manager))
        case.message_post(body="Who was first?")
        for run in (
            lambda: case.write({"severity": "low"}),
            lambda: case.unlink(),
            lambda: case.copy(),
        ):
            with self.assertRaises(UserError):
                run()

    def test_dialog_of_somebody_else_is_out_of_reach(self):
        second = new_test_user(
            self.env,
            "second.boss",
            groups="offer_repository.offer_repository_group_manager",
            company_id=self.root.id,
        )
        dialog = self.conflict.with_env(self._as(self.manager))._prepare_resolve()
        with self.assertRaises(AccessError):
            dialog.with_env(self._as(second)).action_resolve()
