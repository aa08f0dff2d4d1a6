import io

from PIL import Image
from pypdf import PdfReader

from odoo import fields
from odoo.fields import Command
from odoo.tests import TransactionCase, freeze_time, new_test_user

SALESMAN = "sales_team.group_sale_salesman"
ALL_DOCUMENTS = "sales_team.group_sale_salesman_all_leads"
TREE_MANAGER = "offer_repository.offer_repository_group_manager"


class OfferCommon(TransactionCase):
    """A root company with three branches, their salespeople and a manager of all.

    Salespeople see their own documents only, the weakest right of a seller. Factories
    take only what the test cares about and work as the user of the given environment.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.currency = cls.env.ref("base.EUR")
        cls.currency.active = True
        cls.root = cls._make_company("Meridian Test")
        cls.warszawa = cls._make_company("Meridian Warszawa", cls.root)
        cls.krakow = cls._make_company("Meridian Kraków", cls.root)
        cls.gdansk = cls._make_company("Meridian Gdańsk", cls.root)
        cls.anna = cls._make_seller("anna.test", cls.warszawa, name="Anna Test")
        cls.piotr = cls._make_seller("piotr.test", cls.warszawa, name="Piotr Test")
        cls.ewa = cls._make_seller("ewa.test", cls.krakow, name="Ewa Test")
        cls.marta = cls._make_seller("marta.test", cls.gdansk, name="Marta Test")
        cls.manager = cls._make_seller(
            "helena.test",
            cls.root | cls.warszawa | cls.krakow | cls.gdansk,
            name="Helena Test",
            groups=TREE_MANAGER,
        )
        cls.lathe = cls._make_product("Lathe CX-400", "CX400", 80000.0)
        cls.mill = cls._make_product("Milling machine FM-2", "FM2", 45000.0)
        cls.customer = cls._make_customer("Zakład Mechaniczny ŁĄCZNIK sp. z o.o.")

    # ------------------------------------------------------------------
    # Masters
    # ------------------------------------------------------------------

    @classmethod
    def _make_company(cls, name, parent=None, **values):
        return cls.env["res.company"].create(
            {
                "name": name,
                "parent_id": parent.id if parent else False,
                "currency_id": cls.currency.id,
                **values,
            }
        )

    @classmethod
    def _make_seller(cls, login, companies, groups=SALESMAN, **values):
        return new_test_user(
            cls.env,
            login,
            groups=groups,
            company_id=companies[0].id,
            company_ids=[Command.set(companies.ids)],
            **{"email": f"{login}@meridian.example", "tz": "Europe/Warsaw", **values},
        )

    @classmethod
    def _make_product(cls, name, code, price, **values):
        return cls.env["product.product"].create(
            {
                "name": name,
                "default_code": code,
                "list_price": price,
                "type": "consu",
                "taxes_id": [Command.clear()],
                **values,
            }
        )

    @classmethod
    def _make_customer(cls, name, **values):
        return cls.env["res.partner"].create(
            {
                "name": name,
                "is_company": True,
                "email": "zakupy@lacznik.example",
                "lang": "en_US",
                **values,
            }
        )

    # ------------------------------------------------------------------
    # Offers
    # ------------------------------------------------------------------

    @classmethod
    def _as(cls, user, company=None):
        """Return an environment of ``user`` with one branch switched on."""
        company = company or user.company_id
        return cls.env(
            user=user, context={**cls.env.context, "allowed_company_ids": company.ids}
        )

    @classmethod
    def _make_order(cls, user, lines=None, partner=None, company=None, **values):
        """Return a draft quotation of ``user``, one lathe unless ``lines`` are given.

        :param lines: list of (product, quantity, unit price) or ``Command`` triples
        """
        lines = [(cls.lathe, 1, 80000.0)] if lines is None else lines
        return (
            cls._as(user, company)["sale.order"]
            .create(
                {
                    "partner_id": (partner or cls.customer).id,
                    "user_id": user.id,
                    "currency_id": cls.currency.id,
                    "order_line": [cls._line_command(line) for line in lines],
                    **values,
                }
            )
            .with_env(cls._as(user, company))
        )

    @classmethod
    def _line_command(cls, line):
        if len(line) == 3 and isinstance(line[2], dict):
            return line
        product, quantity, price = line
        return Command.create(
            {
                "product_id": product.id,
                "product_uom_qty": quantity,
                "price_unit": price,
            }
        )

    @classmethod
    def _send(cls, order, **compose_values):
        """Send ``order`` through the composer, as its button does.

        :return: the posted ``mail.message``
        """
        action = order.action_quotation_send()
        composer = (
            order.env["mail.compose.message"]
            .with_context(**action["context"])
            .create(compose_values)
        )
        composer._action_send_mail()
        order.env["offer.revision"]._seal_all()  # as the end of the request does
        return order.message_ids[:1]

    @classmethod
    def _make_sent_offer(cls, user, **kwargs):
        """Return the ``offer.offer`` (sudo) of a new quotation sent by ``user``."""
        order = cls._make_order(user, **kwargs)
        cls._send(order)
        return cls._offer_of(order)

    @classmethod
    def _make_offer_past_retention(cls):
        """Return an offer of Warszawa that was kept for longer than its ten years."""
        cls.warszawa.offer_retention_years = 10
        with freeze_time("2010-01-15 10:00:00"):
            return cls._make_sent_offer(cls.anna, validity_date="2010-02-15")

    @classmethod
    def _make_admin(cls):
        """Return a user of Warszawa who administers the addon."""
        return cls._make_seller(
            "admin.test",
            cls.warszawa,
            groups="offer_repository.offer_repository_group_admin",
        )

    @classmethod
    def _offer_of(cls, order):
        return cls.env["offer.offer"].sudo().search([("order_id", "=", order.id)])

    @classmethod
    def _make_attachment(
        cls, user, name="sheet.pdf", data=b"%PDF-1.4 sheet", **context
    ):
        """Return a file of ``user`` as the composer holds it before sending."""
        return (
            cls._as(user)["ir.attachment"]
            .with_context(**context)
            .create(
                {
                    "name": name,
                    "raw": data,
                    "res_model": "mail.compose.message",
                    "res_id": 0,
                }
            )
            .with_env(cls._as(user))
        )

    @staticmethod
    def _png(width, height):
        stream = io.BytesIO()
        Image.new("RGB", (width, height), "navy").save(stream, "PNG")
        return stream.getvalue()

    @staticmethod
    def _pdf_text(pdf):
        pages = PdfReader(io.BytesIO(pdf)).pages
        return "\n".join(page.extract_text() for page in pages)

    @classmethod
    def _days_ago(cls, days):
        return fields.Date.subtract(fields.Date.context_today(cls.env.user), days=days)

    def _run_cron(self):
        cron = self.env.ref("offer_repository.ir_cron_offer_conflict_detect")
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
