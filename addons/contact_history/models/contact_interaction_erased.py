from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ..response import NEITHER
from .contact_erasing import is_erasing

# What is empty after an erasure, and stays so.
CONTENT = frozenset(
    {
        "partner_id",
        "candidate_ids",
        "address",
        "subject",
        "note",
        "preview",
        "attachment_ids",
        "message_id",
        "res_model",
        "res_id",
    }
)


class ContactInteraction(models.Model):
    """Erased in place: that there was a contact stays, who and what does not.

    Time, channel, direction, duration, branch, our person and how long the customer
    waited are kept, for reports.
    """

    _inherit = "contact.interaction"

    erased_at = fields.Datetime(string="Erased on", readonly=True, copy=False)

    # contact.retention.run: the oldest of a channel that are not erased yet.
    _retention_page = models.Index(
        "(company_id, channel, occurred_at) WHERE erased_at IS NULL"
    )

    def write(self, vals):
        """Bring nothing back: people are told so, what records by itself is not."""
        if CONTENT.isdisjoint(vals) or is_erasing(self.env):
            return super().write(vals)
        # sudo: that a contact is erased is no secret to who may write it.
        erased = self.filtered(lambda interaction: interaction.sudo().erased_at)
        if not erased:
            return super().write(vals)
        self._check_not_erased()
        rest = {name: value for name, value in vals.items() if name not in CONTENT}
        return (self - erased).write(vals) and erased.write(rest)

    def _check_not_erased(self):
        if not self.env.su:
            raise UserError(
                self.env._(
                    "This contact was erased, and what was in it does not come back. "
                    "Log a new one instead."
                )
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_held(self):
        held = self.env["contact.hold"]._held_interactions(self)
        if held:
            raise UserError(
                self.env._(
                    "%(count)s of these contacts are on legal hold and cannot be "
                    "deleted. The hold is released under Privacy, Legal holds.",
                    count=len(held),
                )
            )

    # ------------------------------------------------------------------
    # Erasing
    # ------------------------------------------------------------------

    def _erase_in_place(self, with_company=False):
        """Empty the contacts for good. Who may, and what is held, was checked before.

        :param bool with_company: the company of the customer is blanked as well;
            otherwise people are, and their company stays.
        """
        rows_sudo = self.sudo().filtered(lambda row: not row.erased_at)
        if not rows_sudo:
            return
        rows_sudo._erase_belongings()
        turns_sudo = self.env["contact.response"].sudo()
        waiting_sudo = turns_sudo.search(
            [("interaction_id", "in", rows_sudo.ids), ("answered_at", "=", False)]
        )
        spans = waiting_sudo.interaction_id._clock_spans()
        rows_sudo.env.flush_all()
        rows_sudo._query_erase(with_company)
        rows_sudo._query_erase_turns()
        rows_sudo.env.invalidate_all(flush=False)
        # Nobody waits for an answer to what is not there any more.
        waiting_sudo.unlink()
        rows_sudo.browse()._pair_again(spans)

    def _erase_belongings(self):
        """Delete what hangs on them: recordings and files, corrections, calls."""
        self.attachment_ids.filtered(
            lambda file: file.res_model == self._name and file.res_id in self._ids
        ).unlink()
        self.correction_ids.unlink()
        self.env["contact.phone.call"].sudo().search(
            [("interaction_id", "in", self.ids)]
        ).unlink()

    def _query_erase(self, with_company):
        """Blank the rows.

        SQL, because the ORM would work out anew what depends on the content, above
        all who asked and who answered: what was measured stays. Where the document is
        the contact (a meeting, a chat), the link stays, or it would be taken again.
        """
        kept = SQL("NULL::integer")
        if not with_company:
            kept = SQL(
                "(SELECT id FROM res_partner firm"
                " WHERE firm.id = log.commercial_partner_id AND firm.is_company)"
            )
        self.env.cr.execute(
            SQL(
                """
                UPDATE contact_interaction AS log
                   SET partner_id = %(kept)s, commercial_partner_id = %(kept)s,
                       address = NULL, address_normalized = NULL, subject = NULL,
                       note = NULL, preview = NULL, message_id = NULL,
                       res_model = CASE WHEN origin = res_model THEN res_model END,
                       res_id = CASE WHEN origin = res_model THEN res_id END,
                       certainty = 'known',
                       is_pairing_due = FALSE, erased_at = %(now)s,
                       response_role = CASE WHEN EXISTS (
                            SELECT FROM contact_response AS turn
                             WHERE turn.interaction_id = log.id
                               AND turn.answered_at IS NULL
                       ) THEN %(neither)s ELSE response_role END
                 WHERE id = ANY(%(ids)s)
                """,
                kept=kept,
                now=fields.Datetime.now(),
                neither=NEITHER,
                ids=self.ids,
            )
        )
        for table in (
            self._fields["candidate_ids"].relation,
            self._fields["attachment_ids"].relation,
        ):
            self.env.cr.execute(
                SQL(
                    "DELETE FROM %s WHERE contact_interaction_id = ANY(%s)",
                    SQL.identifier(table),
                    self.ids,
                )
            )

    def _query_erase_turns(self):
        """Blank who waited; how long stays."""
        self.env.cr.execute(
            SQL(
                """
                UPDATE contact_response AS turn
                   SET partner_id = log.partner_id,
                       commercial_partner_id = log.commercial_partner_id,
                       address_normalized = NULL
                  FROM contact_interaction AS log
                 WHERE log.id = turn.interaction_id AND log.id = ANY(%s)
                """,
                self.ids,
            )
        )

    @api.model
    def _domain_kept(self):
        """Return which contacts may not go now: those on legal hold.

        Override for contacts that have to stay for another reason: call ``super()``
        and return either. Asked by erasure and by retention, in superuser mode.
        """
        return self.env["contact.hold"]._domain_held_interactions()

    @api.model
    def _domain_free(self):
        return Domain("erased_at", "=", False) & ~self._domain_kept()
