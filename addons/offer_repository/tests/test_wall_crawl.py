import re
from collections import defaultdict

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import ALL_DOCUMENTS
from .common_conflict import ConflictCommon

_SECRET = re.compile("qzxtajn|7654321|7,654,321", re.IGNORECASE)
_ROWS = 2000  # of one model: more than the demo data of Odoo
_PUBLIC = ("ir.module.module",)  # descriptions of apps, slow to render


@tagged("post_install", "-at_install")
class TestWallCrawl(ConflictCommon):
    """Read everything that Odoo lets a salesperson of Kraków read: no word of Warszawa.

    Other tests ask known doors one by one. This one walks through every model of the
    database, ours and Odoo's, so that a door nobody thought of is found.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.secret = cls._make_customer(
            "Qzxtajnfirma sp. z o.o.",
            company_id=cls.warszawa.id,
            email="office@qzxtajnfirma.example",
            vat="PL7654321078",
        )
        cls.shared = cls._make_customer("Shared customer", email="a@shared.example")
        anna = cls._as(cls.anna)
        cls.lead = anna["crm.lead"].create(
            {"name": "Qzxtajnlead", "partner_id": cls.secret.id, "type": "opportunity"}
        )
        cls.lead.message_subscribe(cls.secret.ids)
        cls.order = cls._make_order(
            cls.anna,
            lines=[(cls.lathe, 1, 7654321.0)],
            partner=cls.secret,
            client_order_ref="Qzxtajnreference",
            note="Qzxtajnterms",
            opportunity_id=cls.lead.id,
        )
        cls.order.message_subscribe(cls.secret.ids)
        cls._send(cls.order, subject="Qzxtajnsubject", body="Qzxtajnbody")
        cls._make_sent_offer(
            cls.anna,
            lines=[(cls.lathe, 1, 7654321.0)],
            partner=cls.shared,
            client_order_ref="Qzxtajnshared",
        )
        cls._make_sent_offer(cls.ewa, partner=cls.shared)
        cls.order.activity_schedule(
            "mail.mail_activity_data_todo", summary="Qzxtajntodo", user_id=cls.anna.id
        )
        cls.env["contact.interaction"].create(
            {
                "partner_id": cls.secret.id,
                "company_id": cls.warszawa.id,
                "user_id": cls.anna.id,
                "channel": "call",
                "origin": "test",
                "subject": "Qzxtajncall",
                "preview": "Qzxtajnpreview",
                "occurred_at": cls._days_ago(1),
            }
        )
        cls.env["contact.history.queue"]._cron_record()
        cls.env.flush_all()

    def _crawl(self, user):
        """Return {place: words} of the secrets that ``user`` can read anywhere."""
        found = defaultdict(set)
        env = self._as(user)
        models = 0
        for name in sorted(env.registry):
            model = env[name].with_context(active_test=False)
            if model._abstract or name in _PUBLIC or not model.has_access("read"):
                continue
            self.env.invalidate_all()
            try:
                records = model.search([], limit=_ROWS, order="id desc")
            except AccessError:
                continue
            models += bool(records)
            for place, answer in self._answers(records):
                words = _SECRET.findall(str(answer))
                if words:
                    found[f"{name} {place}"].update(words)
        return models, dict(found)

    def _answers(self, records):
        if not records:
            return
        for name, field in records._fields.items():
            if field.type == "binary" or not records._has_field_access(field, "read"):
                continue
            try:
                yield name, [row[name] for row in records.read([name])]
                if field.relational:
                    names = {name: {"fields": {"display_name": {}}}}
                    yield f"{name} names", records[:500].web_read(names)
            except AccessError as refusal:
                yield f"{name} refusal", refusal
        yield "name_search", records.name_search("", limit=_ROWS)

    @mute_logger("odoo.models", "odoo.addons.base.models.ir_rule", "odoo.http")
    def test_no_model_of_the_database_tells_another_branch(self):
        all_documents = self._make_seller(
            "tomasz.test", self.krakow, groups=ALL_DOCUMENTS
        )
        stranger = self._make_seller("stranger.test", self._make_company("Stranger"))
        for user in (self.ewa, all_documents, stranger):
            with self.subTest(user=user.login):
                models, found = self._crawl(user)

                self.assertGreater(models, 50)
                self.assertFalse(found)

    @mute_logger("odoo.models", "odoo.addons.base.models.ir_rule", "odoo.http")
    def test_the_crawl_finds_what_the_own_branch_may_read(self):
        _models, found = self._crawl(self.anna)

        for place in (
            "res.partner name",
            "sale.order client_order_ref",
            "crm.lead name",
            "offer.offer partner_id",
            "offer.revision.line price_unit",
            "contact.interaction subject",
            "mail.notification res_partner_id",
            "mail.followers partner_id",
            "mail.activity summary",
        ):
            with self.subTest(place=place):
                self.assertIn(place, found)

    def test_followers_of_own_documents_stay_visible(self):
        own = self._make_order(self.ewa, partner=self.shared)
        own.message_subscribe(self.shared.ids)
        self.env.invalidate_all()

        self.assertIn(self.shared, own.message_partner_ids)
        followers = own.env["mail.followers"]
        of_sales = [
            ("res_model", "=", "sale.order"),
            ("partner_id", "=", self.shared.id),
        ]
        self.assertEqual(followers.search(of_sales).mapped("res_id"), own.ids)
        self.assertTrue(own.message_follower_ids.mapped("is_on_readable_document"))

    def test_a_follower_of_a_foreign_document_is_refused_when_read_by_number(self):
        foreign = self.order.sudo().message_follower_ids.filtered(
            lambda follower: follower.partner_id == self.secret
        )
        self.assertTrue(foreign)
        self.env.invalidate_all()

        with self.assertRaises(AccessError) as refusal:
            foreign.with_env(self._as(self.ewa)).read(["partner_id"])
        self.assertNotIn("Qzxtajn", str(refusal.exception))
