from collections import Counter, defaultdict

from odoo import api, fields, models
from odoo.tools import SQL

# Columns that only repeat what another one says.
_DERIVED_COLUMNS = {("res_partner", "commercial_partner_id")}
# Who points to a partner by model and number: (model, field with the model's name).
_NAMED_BY_TEXT = (
    ("mail.message", "model"),
    ("mail.activity", "res_model"),
    ("mail.followers", "res_model"),
    ("ir.attachment", "res_model"),
)


class OfferPartnerMerge(models.Model):
    """Which customer record went into which one, however the merge was started.

    Odoo keeps no trace of it. Numbers only, no names: there is nothing to erase.
    """

    _name = "offer.partner.merge"
    _description = "Merged Customer"
    _order = "id desc"
    _rec_name = "source_res_id"

    source_res_id = fields.Integer(
        string="ID That Went", required=True, readonly=True, index=True
    )
    target_res_id = fields.Integer(
        string="ID That Stayed", required=True, readonly=True
    )
    # Follows later merges: where the record is to be found today.
    partner_id = fields.Many2one(
        "res.partner",
        string="Customer Today",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
    )
    anchor_company_id = fields.Many2one(
        "res.company",
        string="Company Tree",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )
    moved = fields.Json(string="Moved Rows", readonly=True)
    moved_text = fields.Text(string="What Moved", compute="_compute_moved_text")
    user_id = fields.Many2one(
        "res.users",
        string="Merged By",
        required=True,
        readonly=True,
        default=lambda self: self.env.user,
        ondelete="restrict",
    )
    date = fields.Datetime(default=fields.Datetime.now, required=True, readonly=True)

    @api.depends("moved")
    @api.depends_context("lang")
    def _compute_moved_text(self):
        for merge in self:
            merge.moved_text = self._moved_sentences(merge.moved or {})

    # ------------------------------------------------------------------
    # Private API
    # ------------------------------------------------------------------

    @api.model
    def _record_merge(self, src_partners, dst_partner):
        """Write down a merge that is about to happen, one row a partner that goes."""
        company = dst_partner.company_id or self.env.company
        anchor = self.env["offer.identity"]._anchor(company._offer_tree())
        # sudo: whoever may merge need not be able to read this, nobody may write it.
        return self.sudo().create(
            [
                {
                    "source_res_id": partner.id,
                    "target_res_id": dst_partner.id,
                    "partner_id": dst_partner.id,
                    "anchor_company_id": anchor.id,
                    "moved": self._count_references(partner),
                }
                for partner in src_partners
            ]
        )

    @api.model
    def _moved_sentences(self, counts):
        """Return counts by model as lines of text, in the user's language."""
        names = {
            model.model: model.name
            for model in self.env["ir.model"]
            .sudo()
            .search([("model", "in", list(counts))])
        }
        lines = sorted(
            (-count, names.get(model, model)) for model, count in counts.items()
        )
        return "\n".join(
            self.env._("%(records)s: %(count)s", records=name, count=-count)
            for count, name in lines
        )

    @api.model
    def _count_references(self, partner):
        """Count what hangs on a partner and moves when he is merged, by model.

        Numbers only, across all branches: what the records say stays theirs.

        :return: dict of model name to number of records, none of them zero
        """
        self.env.flush_all()
        counts = Counter()
        for table, (model, columns) in self._referring_tables().items():
            counts[model] += self._query_references(table, columns, partner)
        for model, column in _NAMED_BY_TEXT:
            counts[model] += self._query_named(model, column, partner)
        return {model: count for model, count in counts.items() if count}

    @api.model
    def _referring_tables(self):
        """Return the tables with a key to partners: model and columns by table.

        Tables behind many2many fields count for the model that has the field; what is
        derived from partners by this addon is left out.
        """
        wizard = self.env["base.partner.merge.automatic.wizard"]
        columns = defaultdict(list)
        for table, column in wizard._get_fk_on("res_partner"):
            if (table, column) not in _DERIVED_COLUMNS:
                columns[table].append(column)
        models_by_table = self._models_by_table()
        return {
            table: (models_by_table[table], names)
            for table, names in columns.items()
            if table in models_by_table and table not in self._derived_tables()
        }

    @api.model
    def _models_by_table(self):
        tables = {}
        for name, model in self.env.registry.items():
            # The partner's own tags and the like are part of him.
            if model._abstract or model._transient or name == "res.partner":
                continue
            for field in model._fields.values():
                if field.type == "many2many" and field.store and field.relation:
                    tables.setdefault(field.relation, name)
        for name, model in self.env.registry.items():
            if not model._abstract and not model._transient and model._auto:
                tables[model._table] = name
        return tables

    @api.model
    def _derived_tables(self):
        """Return the tables whose rows are made anew after a merge, or judged anew."""
        names = (
            "offer.partner.key",
            "offer.partner.profile",
            "offer.partner.match",
            "offer.identity.member",
        )
        return {self.env[name]._table for name in names if name in self.env}

    @api.model
    def _query_references(self, table, columns, partner):
        """Count the rows of a table that refer to a partner by one of its columns.

        SQL because Odoo's merge moves by table as well, whatever models say.
        """
        condition = SQL(" OR ").join(
            SQL("%s = %s", SQL.identifier(column), partner.id) for column in columns
        )
        [(count,)] = self.env.execute_query(
            SQL("SELECT count(*) FROM %s WHERE %s", SQL.identifier(table), condition)
        )
        return count

    @api.model
    def _query_named(self, model, column, partner):
        [(count,)] = self.env.execute_query(
            SQL(
                "SELECT count(*) FROM %s WHERE %s = 'res.partner' AND res_id = %s",
                SQL.identifier(self.env[model]._table),
                SQL.identifier(column),
                partner.id,
            )
        )
        return count
