from odoo import api, fields, models

from ..evidence import material_sha256
from .sale_order import HAS_LEFT


class SaleOrder(models.Model):
    """The send gate on a quotation, and where its release stands."""

    _inherit = "sale.order"

    offer_release_ids = fields.One2many(
        "offer.release.request",
        "order_id",
        string="Releases",
        copy=False,
        groups="offer_repository.offer_repository_group_user",
    )
    offer_release_count = fields.Integer(
        compute="_compute_offer_release",
        groups="offer_repository.offer_repository_group_user",
    )
    offer_release_state = fields.Selection(
        selection=lambda self: self._offer_release_states(),
        string="Release",
        compute="_compute_offer_release",
        groups="offer_repository.offer_repository_group_user",
    )
    offer_release_status = fields.Char(
        compute="_compute_offer_release",
        groups="offer_repository.offer_repository_group_user",
    )

    @api.model
    def _offer_release_states(self):
        request = self.env["offer.release.request"]
        return request._fields["state"]._description_selection(self.env)

    @api.depends("offer_release_ids.state")
    @api.depends_context("uid", "lang")
    def _compute_offer_release(self):
        for order in self:
            requests = order.offer_release_ids.sorted("id")
            last = requests[-1:]
            order.offer_release_count = len(requests)
            order.offer_release_state = last.state
            order.offer_release_status = last._status_text() if last else False

    def action_open_offer_releases(self):
        """Open the requests for release of the quotation."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "offer_repository.offer_release_request_action"
        )
        requests = self.offer_release_ids
        action.update(domain=[("id", "in", requests.ids)], context={})
        if len(requests) == 1:
            action.update(res_id=requests.id, views=[(False, "form")])
        return action

    def action_offer_send_released(self):
        """Send what was written when the quotation was held, once it is released."""
        self.ensure_one()
        self.check_access("read")
        request = self.offer_release_ids.sorted("id")[-1:]
        if not request.has_draft:
            return self.action_quotation_send()
        return request.action_send()

    # ------------------------------------------------------------------
    # Gate
    # ------------------------------------------------------------------

    def _offer_archive(
        self, reason, documents=None, when=None, message=None, people=None
    ):
        # What left before the archive was there, and what customers look at, has left.
        is_gone = reason in ("backfilled", "portal", *HAS_LEFT)
        if not is_gone and when is None:
            self.env["offer.check"]._enforce_release(self)
        return super()._offer_archive(reason, documents, when, message, people)

    def _offer_note_reason(self, reason):
        result = super()._offer_note_reason(reason)
        check = self.env["offer.check"]
        if check._is_gate_watched(self):
            check._note_stop_reason(check._conflict_stop(self, reason))
        return result

    def _offer_fingerprint(self):
        """Return what the quotation says, as a text that any other terms change.

        Wording does not count: lines, prices, taxes, validity and terms do.
        """
        order_sudo = self.sudo().with_company(self.sudo().company_id)
        content = order_sudo._offer_snapshot()["content"]
        customer = order_sudo.partner_id.commercial_partner_id.id
        return f"{customer}:{material_sha256(content)}"

    def _offer_hold(self, make_draft):
        """Hold the quotation where the gate stops the user, without an error.

        :param make_draft: function returning what was to be sent
        :return: the ``offer.release.request`` in sudo, empty when it may go
        """
        self.ensure_one()
        check = self.env["offer.check"]
        held = check._held(self)
        requests = self.env["offer.release.request"]
        if not held:
            return requests.sudo()
        stop, level = held
        override = self.env["offer.check.override"]
        subject = check._policy_subject(stop.event, stop.matches, stop.offers_sudo)
        values = override._stop_values(stop, level, subject)
        stop_sudo = override._create_stop(values)
        return requests._hold(stop_sudo, make_draft())
