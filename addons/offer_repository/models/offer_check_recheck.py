from datetime import timedelta

from odoo import SUPERUSER_ID, api, fields, models

# Saved within this time of each other: the forms were open side by side, so that
# neither user could be warned while typing.
_SAME_MOMENT = timedelta(minutes=10)
_TRIGGERED = "offer_repository.check_recheck"


class OfferCheckRecheck(models.Model):
    """A new customer that is to be looked at once more after it was committed.

    Two users who save the same customer at once do not see each other's: only a
    transaction that starts after both does. Rows last until that was done.
    """

    _name = "offer.check.recheck"
    _description = "Second Look at a New Customer"
    _order = "id"
    # Short-lived, and on the way of everybody who saves a customer.
    _log_access = False

    partner_id = fields.Many2one(
        "res.partner",
        required=True,
        ondelete="cascade",
        index=True,
    )
    user_id = fields.Many2one("res.users", required=True, ondelete="cascade")

    @api.model
    def _add(self, partners):
        """Have new customers looked at when this transaction is over."""
        # sudo: the queue is nobody's to write
        entities_sudo = partners.sudo().commercial_partner_id & partners.sudo()
        if not entities_sudo:
            return
        self.sudo().create(
            [
                {"partner_id": entity.id, "user_id": self.env.uid}
                for entity in entities_sudo
            ]
        )
        precommit = self.env.cr.precommit
        if not precommit.data.get(_TRIGGERED):
            precommit.data[_TRIGGERED] = True
            precommit.add(self._cron()._trigger)

    @api.model
    def _cron(self):
        # Superuser: the user may be undone by a savepoint before the hook runs.
        cron = self.env.ref("offer_repository.ir_cron_offer_check_recheck")
        return cron.with_user(SUPERUSER_ID)

    @api.model
    def _cron_recheck(self, batch=200):
        """Tell everybody who saved the same new customer at the same moment."""
        told = set()
        while rows := self.search([], limit=batch):
            for row in rows:
                row._look(told)
            rows.unlink()
            remaining = self.search_count([])
            if not self.env["ir.cron"]._commit_progress(len(rows), remaining=remaining):
                return

    def _look(self, told):
        """Look for customers made at the same moment as this one.

        :param told: set of pairs of partner ids that were told already, extended
        """
        partner = self.partner_id
        company = partner.company_id or self.user_id.company_id
        matches = self.env["offer.check"]._find_stored(partner, company._offer_tree())
        others = partner.browse([match.partner_id for match in matches])
        for other in others:
            pair = (min(partner.id, other.id), max(partner.id, other.id))
            apart = abs(partner.create_date - other.create_date)
            if pair in told or apart > _SAME_MOMENT:
                continue
            if other.create_uid == self.user_id or not _is_person(other.create_uid):
                continue
            told.add(pair)
            self._tell(self.user_id, partner, other)
            self._tell(other.create_uid, other, partner)

    @api.model
    def _tell(self, user, own, other):
        """Tell one user, who may not read the other's customer, who made it as well."""
        words = self.with_context(lang=user.lang)
        colleague = other.create_uid
        message = words.env._(
            "“%(customer)s” was entered at the same moment by %(colleague)s, "
            "%(branch)s. Please agree who goes on.",
            customer=own.display_name,
            colleague=colleague.name,
            branch=(other.company_id or colleague.company_id).name,
        )
        user._bus_send(
            "simple_notification",
            {"type": "warning", "sticky": True, "message": message},
        )


def _is_person(user):
    """Tell whether one can agree with a user about anything: not with a job."""
    return user.id != SUPERUSER_ID and user.active and not user.share
