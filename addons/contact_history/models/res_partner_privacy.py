from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from .contact_privacy_section_person_erasing import EMPTIED

PRIVACY = "contact_history.contact_history_group_privacy"


class ResPartner(models.Model):
    _inherit = "res.partner"

    contact_erased_at = fields.Datetime(
        string="Erased on",
        readonly=True,
        copy=False,
        groups=PRIVACY,
    )
    is_on_contact_hold = fields.Boolean(
        string="On legal hold",
        compute="_compute_is_on_contact_hold",
        groups=PRIVACY,
    )

    def _compute_is_on_contact_hold(self):
        held = self.env["contact.hold"]._held_partners()
        for partner in self:
            circle = partner._origin.sudo() | partner.sudo().commercial_partner_id
            partner.is_on_contact_hold = bool(circle & held)

    # ------------------------------------------------------------------
    # Buttons
    # ------------------------------------------------------------------

    def action_contact_access_request(self):
        """Collect everything we hold of the person, to be handed out."""
        self.ensure_one()
        request = self.env["contact.access.request"]._ask(self)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Answer to an access request"),
            "res_model": request._name,
            "res_id": request.id,
            "views": [(False, "form")],
            "target": "new",
        }

    def action_contact_erasure(self):
        """Show what would be erased of the person, and what has to stay."""
        self.ensure_one()
        erasure = self.env["contact.erasure"]._preview(self)
        return erasure._open(self.env._("Erase personal data"))

    def action_contact_hold(self):
        """Stop erasure and retention of the customer's contacts."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Set a legal hold"),
            "res_model": "contact.hold",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_partner_id": self.id},
        }

    def action_contact_disclosures(self):
        """Show who looked at this customer."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "contact_history.contact_disclosure_action"
        )
        return {**action, "domain": [("partner_id", "child_of", self.ids)]}

    # ------------------------------------------------------------------
    # Erasing
    # ------------------------------------------------------------------

    def _contact_history_blank(self):
        """Empty the record in place and put it away. In superuser mode.

        Documents that refer to it go on doing so, and find nobody.
        """
        self.ensure_one()
        quiet = self.with_context(tracking_disable=True, mail_notrack=True)
        quiet.user_ids._contact_history_close()
        quiet.bank_ids.unlink()
        self.env["ir.attachment"].search(
            [("res_model", "=", self._name), ("res_id", "=", self.id)]
        ).unlink()
        quiet.write(
            {
                **{name: False for name in EMPTIED if name in self._fields},
                "name": self.env._("Erased contact %(number)s", number=self.id),
                "active": False,
                "contact_erased_at": fields.Datetime.now(),
            }
        )

    def _contact_history_referred(self):
        """Return which other models refer to these partners, as lines of text.

        What is theirs is not ours to erase; whoever erases has to know of it.
        """
        counts = {}
        for table, column in self._query_references():
            model = self._contact_history_models().get(table)
            if model:
                count = self._query_count(table, column)
                if count:
                    name = self.env["ir.model"]._get(model).name
                    counts[name] = counts.get(name, 0) + count
        return "\n".join(f"{name}: {count}" for name, count in sorted(counts.items()))

    @api.model
    def _contact_history_models(self):
        """Return {table: model} of other addons that refer to partners.

        Ours are told of in the preview; the parts of a record and who follows it are
        no data of their own.
        """
        prefixes = self._contact_history_own_prefixes()
        return {
            model._table: name
            for name, model in self.env.registry.items()
            if model._auto
            and not model._transient
            and not name.startswith(prefixes)
            and name not in ("res.partner", "res.users", "mail.followers")
        }

    @api.model
    def _contact_history_own_prefixes(self):
        """Return how the names of models begin that have a section of their own."""
        return ("contact.", "mail.", "res.partner.", "discuss.")

    def _query_references(self):
        """Return (table, column) of the foreign keys to partners.

        SQL on the catalogue: Odoo's merge of contacts finds them in the same way.
        """
        return self.env.execute_query(
            SQL(
                """
                SELECT cl1.relname, att1.attname
                  FROM pg_constraint con
                  JOIN pg_class cl1 ON con.conrelid = cl1.oid
                  JOIN pg_class cl2 ON con.confrelid = cl2.oid
                  JOIN pg_attribute att1
                    ON att1.attrelid = cl1.oid AND att1.attnum = con.conkey[1]
                 WHERE con.contype = 'f' AND array_length(con.conkey, 1) = 1
                   AND cl2.relname = 'res_partner'
                 ORDER BY 1, 2
                """
            )
        )

    def _query_count(self, table, column):
        ((count,),) = self.env.execute_query(
            SQL(
                "SELECT count(*) FROM %s WHERE %s = ANY(%s)",
                SQL.identifier(table),
                SQL.identifier(column),
                self.ids,
            )
        )
        return count

    def unlink(self):
        self._contact_history_looked_up()._contact_history_erase_with_record()
        return super().unlink()

    def _contact_history_looked_up(self):
        """Return those that are being deleted by Odoo's Privacy Lookup, if it is there.

        It deletes a record as anybody does; but who was just looked up there is to be
        forgotten, and not only removed from the address book.
        """
        if "privacy.lookup.wizard.line" not in self.env:
            return self.browse()
        # sudo: whether it was looked up; who did, and what was found, is not read.
        lines_sudo = self.env["privacy.lookup.wizard.line"].sudo()
        found_sudo = lines_sudo.search(
            [
                ("res_model", "=", self._name),
                ("res_id", "in", self.ids),
                ("is_unlinked", "=", False),
            ]
        )
        return self & self.browse(found_sudo.mapped("res_id"))

    def _contact_history_erase_with_record(self):
        """Erase the contacts of partners that are about to be deleted for privacy."""
        if not self:
            return
        log_sudo = self.env["contact.interaction"].sudo()
        log_sudo.search(
            [("partner_id", "in", self.ids), ("erased_at", "=", False)]
        )._erase_in_place(with_company=True)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_on_hold(self):
        held = self.sudo() & self.env["contact.hold"]._held_partners()
        if held:
            raise UserError(
                self.env._(
                    "%(customer)s is on legal hold and cannot be deleted. The hold is "
                    "released under Privacy, Legal holds.",
                    customer=held[0].with_env(self.env).display_name,
                )
            )


class ResUsers(models.Model):
    _inherit = "res.users"

    def _contact_history_close(self):
        """Close the portal log-ins of a person who was erased."""
        for user in self.sudo().filtered("share"):
            user.with_context(active_test=False).write(
                {"login": f"erased-{user.id}", "password": "", "active": False}
            )
