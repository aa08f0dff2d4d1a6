from odoo import api, fields, models
from odoo.exceptions import UserError

from ..conflicts import Severity


class OfferCheckOverride(models.Model):
    """A stop of the send gate: asks for release, which holds for what was read."""

    _inherit = "offer.check.override"

    # Nothing of this for who was stopped: it tells of foreign prices.
    severity = fields.Selection(
        [(level.value, level.value.capitalize()) for level in Severity],
        readonly=True,
        groups="offer_repository.offer_repository_group_manager",
    )
    facts = fields.Json(readonly=True, groups="base.group_system")
    fingerprint = fields.Char(readonly=True, copy=False, groups="base.group_system")
    draft = fields.Json(readonly=True, copy=False, groups="base.group_system")
    release_ids = fields.One2many(
        "offer.release.request", "override_id", groups="base.group_system"
    )

    @api.model
    def _stop_values(self, stop, level, subject):
        return {**super()._stop_values(stop, level, subject), **stop.conflict}

    def _permits(self, stop, level, now):
        if stop.event == "conflict":
            if self.fingerprint != stop.conflict["fingerprint"]:
                return False  # released was another content
            if self.state == "done" and level == "approval" and self.level == "reason":
                return False
        return super()._permits(stop, level, now)

    def _finish(self, stop):
        result = super()._finish(stop)
        if stop.event == "conflict":
            self.release_ids._on_passed()
        return result

    def _ask_managers(self, managers_sudo):
        if self.event != "conflict":
            return super()._ask_managers(managers_sudo)
        return self.env["offer.release.request"]._ask(self, managers_sudo)

    def _decide(self, state):
        conflicts = self.filtered(lambda row: row.event == "conflict")
        if conflicts:
            raise UserError(
                self.env._(
                    "%(customer)s: open the request for release to decide about it.",
                    customer=conflicts[0].subject,
                )
            )
        return super()._decide(state)
