from collections.abc import Callable
from typing import NamedTuple

from odoo import api, models
from odoo.exceptions import MissingError
from odoo.tools import SQL, split_every

_NOTED = "contact_history.partner_upkeep"
# What one trip asks for, and of how many partners each.
_AT_ONCE = 4
PARTNERS_AT_ONCE = 500


class Call(NamedTuple):
    """A question to the database that goes together with others.

    :ivar sql: an expression, ``None`` where nothing is to be asked
    :ivar then: what is called with its value, an empty tuple without one
    """

    sql: SQL | None
    then: Callable


class ContactPartnerUpkeep(models.AbstractModel):
    """What has to follow customers, once a transaction and in one trip.

    Every partner that is saved comes through here. Whatever follows customers notes
    which ones were touched; before the transaction ends, all of it is written at once,
    by functions that live in the database: planning their statements each time, and
    going there for each of them, took several times as long as carrying them out
    (decision 0028). Whoever reads what follows calls :meth:`_catch_up` first.
    """

    _name = "contact.partner.upkeep"
    _description = "Upkeep of what follows customers"

    @api.model
    def _note(self, topic, partner_ids, value=None):
        """Have something looked at for these partners before the transaction ends.

        :param topic: see :meth:`_calls`
        :param value: what is to be remembered of them
        """
        precommit = self.env.cr.precommit
        noted = precommit.data.get(_NOTED)
        if noted is None:
            noted = precommit.data[_NOTED] = {}
            # sudo: who saves a customer may not read him afterwards.
            precommit.add(self.sudo()._work)
        noted.setdefault(topic, {}).update(dict.fromkeys(partner_ids, value))

    @api.model
    def _forget(self, topics, partner_ids):
        """Pass over partners that were deleted."""
        noted = self.env.cr.precommit.data.get(_NOTED, {})
        for topic in noted.keys() & set(topics):
            for partner_id in partner_ids:
                noted[topic].pop(partner_id, None)

    @api.model
    def _catch_up(self):
        """Bring all in step with what this transaction changed so far."""
        if self.env.cr.precommit.data.get(_NOTED):
            self._flush()
            # sudo: see _note.
            self.sudo()._work()

    @api.model
    def _flush(self):
        """Write what the functions in the database read; a commit has done so."""
        self.env["contact.phone.number"].flush_model()
        self.env["contact.interaction"].flush_model(
            ["address_normalized", "partner_id", "certainty", "occurred_at"]
        )

    @api.model
    def _work(self):
        noted = self.env.cr.precommit.data.pop(_NOTED, None)
        if not noted:
            return
        try:
            calls = list(self._calls(noted))
        except MissingError:
            calls = list(self._calls(self._without_gone(noted)))
        if calls:
            self._carry_out(calls)

    @api.model
    def _without_gone(self, noted):
        """Leave out who was taken back by a savepoint or deleted in SQL."""
        partners = self.env["res.partner"].browse(set().union(*noted.values()))
        alive = set(partners.exists().ids)
        return {
            topic: {one: value for one, value in values.items() if one in alive}
            for topic, values in noted.items()
        }

    @api.model
    def _carry_out(self, calls):
        for batch in split_every(_AT_ONCE, calls, list):
            asked = [call.sql for call in batch if call.sql]
            values = iter(())
            if asked:
                self.env.cr.execute(SQL("SELECT %s", SQL(", ").join(asked)))
                values = iter(self.env.cr.fetchone())
            for call in batch:
                call.then(next(values) if call.sql else ())

    @api.model
    def _calls(self, noted):
        """Yield what is to be asked of the database and done with the answers.

        Override to let more follow customers. Nothing may be written here: it may be
        called again without the partners that turned out to be gone.

        Calls are for up to ``PARTNERS_AT_ONCE`` partners each.

        :param noted: dict of topic to dict of partner id to what was remembered;
            ``numbers`` (telephone numbers may have changed; remembered is the id of the
            company in whose country local numbers are at home) and ``emails`` (so may
            the e-mail address)
        """
        partners = self.env["res.partner"]
        numbers = {
            partner_id: partners.browse(partner_id)._contact_history_e164(company_id)
            for partner_id, company_id in noted.get("numbers", {}).items()
        }
        addresses = set().union(*numbers.values())
        for partner in partners.browse(noted.get("emails", ())):
            if partner.email_normalized:
                addresses.add(partner.email_normalized)
        for lines in split_every(PARTNERS_AT_ONCE, numbers.items(), list):
            yield self.env["contact.phone.number"]._call_follow(lines)
        if addresses:
            yield self.env["contact.interaction"]._call_attach(addresses)
