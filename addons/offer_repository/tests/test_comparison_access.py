import io
import json

from lxml import html as parser

from odoo import http
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import ALL_DOCUMENTS
from .common_comparison import ComparisonCommon

SECRET = 123456.0


class ComparisonAccessCommon(ComparisonCommon):
    """Kraków's salesperson against what Warszawa offers."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.press = cls._make_product("Secret press SP-9", "SP9", 99000.0)
        lines = [(cls.press, 1, SECRET), (cls.lathe, 1, 77777.0)]
        order = cls._make_order(cls.anna, lines=lines, client_order_ref="SECRET-REF")
        order.order_line[0].discount = 12.34
        cls._send(order)
        cls.offer = cls._offer_of(order)
        cls.secret = cls.offer.current_revision_id
        cls.own = cls._make_sent_offer(cls.ewa).current_revision_id
        cls.other = cls._make_sent_offer(cls.ewa).current_revision_id
        cls._allow_export(cls.ewa, cls.piotr, cls.anna, cls.manager)
        cls.env.flush_all()
        cls.env.invalidate_all()

    def setUp(self):
        super().setUp()
        self.env.invalidate_all()

    def assertNothing(self, answer):
        text = answer if isinstance(answer, str) else json.dumps(answer, default=str)
        secrets = (
            self.offer.name,
            "123456",
            "123,456",
            "108,221",
            "108221",
            "77777",
            "77,777",
            "12.34",
            "Secret press",
            "SP9",
            "SECRET-REF",
        )
        for secret in secrets:
            self.assertNotIn(secret, text)


@tagged("post_install", "-at_install")
class TestComparisonAccess(ComparisonAccessCommon):
    def test_foreign_version_is_compared_by_no_way(self):
        for user in (self.ewa, self.piotr):
            comparison = self._as(user)["offer.comparison"]
            mixed = (self.own | self.secret).ids
            request = {"revision_ids": mixed, "view": {}}
            calls = (
                lambda c=comparison, ids=mixed: c.read_comparison(ids),
                lambda c=comparison: c.find_candidates(self.secret.ids),
                lambda c=comparison, r=request: c._write_pdf(r, io.BytesIO()),
                lambda c=comparison, r=request: c._write_xlsx(r, io.BytesIO()),
                lambda c=comparison: (
                    c.env["offer.offer"].browse(self.offer.id).action_compare()
                ),
                lambda c=comparison, ids=mixed: (
                    c.env["offer.revision"].browse(ids).action_compare()
                ),
            )
            for number, call in enumerate(calls):
                self.env.invalidate_all()
                with (
                    self.subTest(user=user.login, number=number),
                    self.assertRaises(AccessError) as caught,
                ):
                    call()
                self.assertNothing(str(caught.exception))

    def test_candidates_name_nothing_foreign(self):
        found = self._as(self.ewa)["offer.comparison"].find_candidates(self.own.ids)

        self.assertIn(self.other.id, [one["id"] for one in found])
        self.assertNothing(found)
        self.assertNotIn("Warszawa", str(found))

    def test_own_comparison_leaves_no_foreign_values_in_the_cache(self):
        env = self._as(self.ewa)
        env["offer.comparison"].read_comparison((self.own | self.other).ids)

        with self.assertRaises(AccessError):
            env["offer.offer"].browse(self.offer.id).read(["name"])

    def test_salesperson_without_export_right_gets_no_file_but_paper(self):
        user = self._make_seller("plain.test", self.krakow)
        own = self._make_sent_offer(user) | self._make_sent_offer(user)
        revisions = own.current_revision_id
        request = {"revision_ids": revisions.ids, "view": {}}
        comparison = self._as(user)["offer.comparison"]

        self.assertFalse(comparison.read_comparison(revisions.ids)["can_export"])
        with self.assertRaises(AccessError):
            comparison._write_xlsx(request, io.BytesIO())
        with self.assertRaises(AccessError):
            self._export(user, kind="offers", ids=own.ids)
        comparison._write_pdf(request, io.BytesIO())

    def test_exports_hold_what_the_reader_may_read(self):
        for kind, values in (
            ("offers", {"domain": []}),
            ("offers", {"ids": (self.own.offer_id | self.offer).ids}),
            ("lines", {"domain": []}),
            ("lines", {"ids": (self.own | self.secret).ids}),
            ("lines", {"model": "offer.offer", "domain": []}),
            ("prices", {"domain": []}),
            ("dossier", {"ids": self.customer.ids}),
        ):
            with self.subTest(kind=kind, **values):
                self.env.invalidate_all()
                sheets = self._read_sheets(self._export(self.ewa, kind=kind, **values))
                self.assertIn(self.own.offer_id.name, str(sheets))
                self.assertNothing(str(sheets))
                self.assertNotIn("Warszawa", str(sheets))

    def test_export_of_foreign_records_alone_is_refused_without_a_word(self):
        for kind, values in (
            ("offers", {"ids": self.offer.ids}),
            ("lines", {"ids": self.secret.ids}),
            ("lines", {"domain": [["revision_id", "=", self.secret.id]]}),
            ("prices", {"domain": [["product_id", "=", self.press.id]]}),
            ("prices", {"domain": [["price", ">", 100000]]}),
        ):
            with (
                self.subTest(kind=kind, **values),
                self.assertRaises(UserError) as caught,
            ):
                self._export(self.ewa, kind=kind, **values)
            self.assertNothing(str(caught.exception))

    def test_price_history_is_read_by_the_rules_of_offers(self):
        for user, sees in (
            (self.ewa, self.krakow),
            (self.piotr, self.env["res.company"]),
            (
                self._make_seller("all.test", self.warszawa, ALL_DOCUMENTS),
                self.warszawa,
            ),
            (self.anna, self.warszawa),
            (self.manager, self.warszawa | self.krakow),
        ):
            with self.subTest(user=user.login):
                self.env.invalidate_all()
                rows = self._as(user)["offer.price.report"].search(
                    [("commercial_partner_id", "=", self.customer.id)]
                )
                self.assertEqual(rows.sudo().company_id, sees)

    def test_price_history_tells_nothing_by_groups_or_sums(self):
        report = self._as(self.ewa)["offer.price.report"]
        for group in ("company_id", "product_id", "offer_id", "user_id", "state"):
            rows = report.formatted_read_group(
                [], [group], ["price:avg", "price_unit:max", "__count"]
            )
            self.assertNothing(rows)
            self.assertNotIn("Warszawa", str(rows))

    def test_managers_look_at_other_branches_is_written_down(self):
        log = self.env["contact.disclosure"]
        before = log.search([])
        self._compare(self.manager, self.secret | self.own)
        self._export(self.manager, kind="offers", ids=self.offer.ids)
        self._as(self.manager)["offer.price.hint"].last_offered(
            {"partner_id": self.customer.id, "product_id": self.press.id}
        )

        rows = log.search([]) - before

        told = rows.filtered(lambda row: row.owner_company_id == self.warszawa)
        self.assertEqual(
            sorted(told.mapped("kind")),
            ["offer_comparison", "offer_export", "price_card"],
        )
        self.assertEqual(set(rows.mapped("level")), {"content"})
        self.assertEqual(rows.user_id, self.manager)

    def test_own_branch_is_no_disclosure(self):
        before = self.env["contact.disclosure"].search_count([])

        self._compare(self.ewa, self.own | self.other)
        self._export(self.ewa, kind="offers", domain=[])

        self.assertEqual(self.env["contact.disclosure"].search_count([]), before)

    def test_people_who_do_not_sell_get_nothing(self):
        user = self._make_seller("nobody.test", self.krakow, groups="base.group_user")
        self._allow_export(user)
        env = self._as(user)
        with self.assertRaises(AccessError):
            env["offer.comparison"].read_comparison((self.own | self.other).ids)
        with self.assertRaises(AccessError):
            self._export(user, kind="offers", domain=[])
        with self.assertRaises(AccessError):
            env["offer.price.hint"].last_offered({})
        self.assertFalse(env["offer.price.report"].has_access("read"))


@tagged("post_install", "-at_install")
class TestComparisonHttp(HttpCase, ComparisonAccessCommon):
    def _post(self, path, request):
        # the session's token, as the web client sends it
        token = http.Request.csrf_token(self)
        data = {"request_json": json.dumps(request), "csrf_token": token}
        return self.url_open(f"/offer_repository/{path}", data=data)

    def test_files_come_with_name_and_type(self):
        self.authenticate("ewa.test", "ewa.test")
        request = {"revision_ids": (self.own | self.other).ids, "view": {}}

        paper = self._post("comparison/pdf", request)
        sheet = self._post("comparison/xlsx", request)
        offers = self._post("export", {"kind": "offers", "domain": []})

        self.assertEqual(paper.content[:5], b"%PDF-")
        self.assertIn("comparison.pdf", paper.headers["Content-Disposition"])
        self.assertIn("spreadsheetml", sheet.headers["Content-Type"])
        self.assertIn("offers.xlsx", offers.headers["Content-Disposition"])
        self.assertEqual(offers.headers["Cache-Control"], "no-store")
        self.assertIn(self.own.offer_id.name, str(self._read_sheets(offers.content)))

    @mute_logger("odoo.http")
    def test_refusals_say_nothing_of_other_branches(self):
        self.authenticate("ewa.test", "ewa.test")
        for path, request in (
            ("comparison/pdf", {"revision_ids": (self.own | self.secret).ids}),
            ("comparison/xlsx", {"revision_ids": (self.own | self.secret).ids}),
            ("comparison/xlsx", {"revision_ids": "x"}),
            ("comparison/pdf", None),
            ("export", {"kind": "offers", "ids": self.offer.ids}),
            ("export", {"kind": "nonsense", "ids": []}),
            ("export", {"kind": "offers", "domain": [["x"]]}),
            ("export", {"kind": "offers"}),
            ("export", "no object"),
        ):
            with self.subTest(path=path, request=request):
                response = self._post(path, request)
                self.assertEqual(response.status_code, 500)
                answer = json.loads(_text(response.text))
                self.assertTrue(answer["data"]["message"])
                self.assertNothing(response.text)

    @mute_logger("odoo.http")
    def test_broken_request_is_answered_with_a_message(self):
        self.authenticate("ewa.test", "ewa.test")
        data = {"request_json": "{", "csrf_token": http.Request.csrf_token(self)}

        response = self.url_open("/offer_repository/export", data=data)

        self.assertIn("cannot be read", response.text)

    @mute_logger("odoo.http")
    def test_other_sites_cannot_ask(self):
        self.authenticate("ewa.test", "ewa.test")

        response = self.url_open(
            "/offer_repository/export",
            data={"request_json": json.dumps({"kind": "offers", "domain": []})},
        )

        self.assertEqual(response.status_code, 400)

    def test_strangers_are_asked_to_sign_in(self):
        response = self.url_open(
            "/offer_repository/export",
            data={"request_json": "{}"},
            allow_redirects=False,
        )

        self.assertNotEqual(response.status_code, 200)


def _text(html):
    """Return the JSON inside of an error page."""
    document = parser.fromstring(html)
    return document.xpath("//p")[0].text_content()
