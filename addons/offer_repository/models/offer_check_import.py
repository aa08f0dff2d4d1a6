from odoo import api, models

# Looking up takes a few milliseconds a row; what is beyond is left to the nightly scan.
_MAX_ROWS = 500


class OfferCheck(models.AbstractModel):
    """What an import is told of customers known already that nothing stops."""

    _inherit = "offer.check"

    @api.model
    def _refusal_endings(self):
        """Return what to do about a row of a file: nobody is asked anything there."""
        endings = super()._refusal_endings()
        if not self.env.context.get("import_file"):
            return endings
        field = self.env["res.partner"]._fields["offer_check_reason"]
        column = field._description_string(self.env)
        return {
            **endings,
            "reason": self.env._(
                "Give a reason in the column “%(column)s”, or leave the row out.",
                column=column,
            ),
            "approval": self.env._(
                "Leave the row out and enter the customer by hand: the form asks your "
                "manager."
            ),
        }

    @api.model
    def _import_notices(self, partner_ids, has_rows):
        """Return warnings for the rows whose customers are known already.

        :param partner_ids: ids of the imported customers, in the file's order
        :param has_rows: every record is one row of the file, so that it can be named
        :return: list of dicts as :meth:`~odoo.models.BaseModel.load` makes them
        """
        if not self.env.user.has_group("offer_repository.offer_repository_group_user"):
            return []
        # sudo: compared, not shown
        partners_sudo = self.env["res.partner"].sudo().browse(partner_ids[:_MAX_ROWS])
        found = self._stored_matches(partners_sudo.commercial_partner_id)
        notices = []
        for index, partner_sudo in enumerate(partners_sudo):
            if self._is_limit_reached():
                break
            entity_sudo = partner_sudo.commercial_partner_id
            text = self._import_notice(entity_sudo, found[entity_sudo.id])
            if text:
                row = {"record": index, "rows": {"from": index, "to": index}}
                place = row if has_rows else {}
                notices.append({"type": "warning", "message": text, **place})
        self.env.flush_all()
        self.env.invalidate_all()
        return notices

    @api.model
    def _import_notice(self, entity_sudo, matches):
        """Return the sentence about one customer, empty when he is new."""
        company_sudo = self.env.company.sudo()
        if self._policy_level("customer", matches, company_sudo) == "silent":
            return ""
        told, rows = self._cards(matches, self.env["offer.offer"].sudo())
        self._log_past_rollback(rows)
        names = [card.get("name") or card["branch"] for card in told["customers"]]
        if not names:
            return ""
        return self.env._(
            "“%(subject)s” seems to be known already (%(where)s).",
            subject=entity_sudo.name,
            where=", ".join(dict.fromkeys(names)),
        )
