from odoo.fields import Command
from odoo.tools import SQL

from .common import OfferCommon

ADMIN = "offer_repository.offer_repository_group_admin"


class ArchiveCase(OfferCommon):
    """Says what is in the archive of a quotation."""

    def assertArchived(self, order, state, reasons):
        offer = self._offer_of(order)
        self.assertEqual(offer.state, state)
        self.assertEqual(offer.revision_ids.sorted("number").mapped("reason"), reasons)
        return offer


class ArchiveCheckCommon(OfferCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        lines = [
            Command.create({"display_type": "line_section", "name": "Machines"}),
            (cls.lathe, 2, 80000.0),
            (cls.mill, 1, 45000.5),
        ]
        cls.offers = [
            cls._make_sent_offer(cls.anna, lines=lines, validity_date="2031-01-31")
            for _index in range(3)
        ]
        for offer in cls.offers:
            offer.order_id._action_cancel()
        cls.env["offer.revision"]._seal_all()
        # an offer that no revision belongs to, for revisions to be moved to
        cls.env["offer.offer"].create(
            {
                "name": "SPARE",
                "company_id": cls.warszawa.id,
                "currency_id": cls.currency.id,
            }
        )
        cls.revision = cls.offers[1].current_revision_id
        cls.event = cls.offers[1].event_ids
        cls.admin = cls._make_seller(
            "admin.test", cls.warszawa, groups=f"{ADMIN},base.group_system"
        )

    def _verify(self):
        self.env.invalidate_all()
        return self.env["offer.revision"]._verify_company(self.warszawa)

    def _columns(self, table):
        self.env.cr.execute(
            SQL(
                "SELECT column_name, data_type FROM information_schema.columns "
                "WHERE table_name = %s AND column_name != 'id' ORDER BY 1",
                table,
            )
        )
        return self.env.cr.fetchall()

    def _other_value(self, record, column, data_type):
        """Return SQL for a value other than the one that ``column`` holds."""
        field = record._fields.get(column)
        name = SQL.identifier(column)
        if field is not None and field.type == "many2one":
            others = self.env[field.comodel_name].sudo().with_context(active_test=False)
            other = others.search(
                [("id", "!=", record[column].id)], order="id desc", limit=1
            )
            return SQL("%s", other.id)
        if data_type in ("integer", "numeric"):
            return SQL("COALESCE(%s, 0) + 100", name)
        if data_type == "boolean":
            return SQL("NOT COALESCE(%s, false)", name)
        if data_type == "date":
            return SQL("%s + 1", name)
        if data_type.startswith("timestamp"):
            return SQL("COALESCE(%s, now()) + interval '1 second'", name)
        return SQL("'~' || SUBSTR(COALESCE(%s, ''), 2)", name)

    def _alter(self, record, column, data_type):
        """Change one stored value the way only the database's administrator can."""
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                "UPDATE %s SET %s = %s WHERE id = %s",
                SQL.identifier(record._table),
                SQL.identifier(column),
                self._other_value(record, column, data_type),
                record.id,
            )
        )
