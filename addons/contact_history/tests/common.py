from datetime import timedelta

from odoo import Command, fields
from odoo.tests import TransactionCase, new_test_user

NOW = fields.Datetime.to_datetime("2026-03-10 12:00:00")


class ContactHistoryCase(TransactionCase):
    """Two branches of one tree, a stranger company, and the weakest users."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        companies = cls.env["res.company"]
        cls.root = companies.create({"name": "Meridian"})
        cls.north = companies.create({"name": "North", "parent_id": cls.root.id})
        cls.south = companies.create({"name": "South", "parent_id": cls.root.id})
        cls.stranger = companies.create({"name": "Stranger"})
        cls.user_north = cls._new_user("north", cls.north)
        cls.colleague_north = cls._new_user("north2", cls.north)
        cls.user_south = cls._new_user("south", cls.south)
        cls.manager_north = cls._new_user("manager", cls.north, role="manager")
        cls.customer = cls.env["res.partner"].create(
            {"name": "Mill GmbH", "is_company": True, "email": "office@mill.example"}
        )
        cls.contact = cls.env["res.partner"].create(
            {
                "name": "Mary Mill",
                "parent_id": cls.customer.id,
                "email": "mary@mill.example",
            }
        )

    @classmethod
    def _new_user(cls, login, company, role="user"):
        return new_test_user(
            cls.env,
            login=f"{login}_contact_history",
            name=login.capitalize(),
            groups=f"base.group_user,contact_history.contact_history_group_{role}",
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
        )

    @classmethod
    def _log(cls, company=None, minutes_ago=0, **values):
        """Record a contact the way an import or a message would."""
        return cls.env["contact.interaction"].create(
            {
                "partner_id": cls.contact.id,
                "company_id": (company or cls.north).id,
                "user_id": False,
                "channel": "email",
                "origin": "test",
                "occurred_at": NOW - timedelta(minutes=minutes_ago),
                **values,
            }
        )

    @classmethod
    def _seen(cls, **values):
        """Return a row of the log: a contact of the other branch was read."""
        return {
            "owner_company_id": cls.south.id,
            "partner_id": cls.contact.id,
            "kind": "interaction",
            "level": "content",
            "res_model": "contact.interaction",
            "res_id": 5,
            **values,
        }

    @classmethod
    def _secret(cls, **values):
        """Record a contact of the other branch in which everything is a secret."""
        return cls._log(
            cls.south,
            **{
                "user_id": cls.user_south.id,
                "subject": "SECRET subject",
                "preview": "SECRET preview",
                "address": "secret@mill.example",
                "duration": 777,
                **values,
            },
        )

    def _page(self, user=None, partner=None, **kwargs):
        partner = partner or self.customer
        return partner.with_user(user or self.user_north).contact_history_page(**kwargs)

    def _entries(self, user=None, partner=None, **kwargs):
        return self._page(user, partner, **kwargs)["entries"]
