from datetime import timedelta

from odoo import api, fields, models


class OfferReleaseRequest(models.Model):
    """How the gate makes requests, and whom it tells."""

    _inherit = "offer.release.request"

    @api.model
    def _hold(self, stop_sudo, draft=None):
        """Write down that a quotation is held, with what was to be sent.

        :param stop_sudo: ``offer.check.override``
        :param draft: dict, see ``mail.compose.message._offer_draft``
        :return: ``offer.release.request`` in sudo
        """
        # sudo: nobody may write requests
        request_sudo = (
            self.sudo()
            .with_context(mail_create_nosubscribe=True, mail_create_nolog=True)
            .create(
                {
                    "override_id": stop_sudo.id,
                    "order_id": stop_sudo.order_id.id,
                    "order_name": stop_sudo.order_id.name,
                    "customer_name": stop_sudo.subject,
                    "user_id": stop_sudo.user_id.id,
                    "company_id": stop_sudo.company_id.id,
                    "level": stop_sudo.level,
                }
            )
        )
        request_sudo._keep_draft(draft or stop_sudo.draft)
        stop_sudo.draft = False
        return request_sudo

    @api.model
    def _ask(self, stop_sudo, managers_sudo):
        """Make the request for a stop and tell those who decide."""
        request_sudo = stop_sudo.release_ids[:1] or self._hold(stop_sudo)
        hours = stop_sudo.company_id.offer_release_hours
        request_sudo.write(
            {
                "state": "asked",
                "reason": stop_sudo.reason,
                "date_due": fields.Datetime.now() + timedelta(hours=hours),
            }
        )
        request_sudo._tell_managers(managers_sudo)
        return request_sudo

    def _tell_managers(self, managers_sudo):
        self.ensure_one()
        for manager_sudo in managers_sudo:
            words = self.with_context(lang=manager_sudo.lang)
            words._offer_todo(
                manager_sudo,
                words.env._(
                    "Release %(quotation)s for %(customer)s?",
                    quotation=self.order_name,
                    customer=self.customer_name,
                ),
                self.reason,
                date_deadline=fields.Date.to_date(self.date_due),
            )
        self.told_user_ids |= managers_sudo

    def _on_passed(self):
        """Note that the quotation went past the gate."""
        self.filtered(lambda request: request.state in ("held", "released")).write(
            {"state": "sent"}
        )
        self.activity_unlink(["mail.mail_activity_data_todo"])

    def _report_held(self):
        """Tell who wanted to send which quotations are held, and why."""
        for request in self:
            words = request.with_context(lang=request.user_id.lang)
            words._offer_todo(
                request.user_id,
                words.env._(
                    "%(quotation)s for %(customer)s was not sent",
                    quotation=request.order_name,
                    customer=request.customer_name,
                ),
                words.status,
            )
        for user, requests in self.grouped("user_id").items():
            words = requests.with_context(lang=user.lang)
            user._bus_send(
                "simple_notification",
                {
                    "type": "warning",
                    "sticky": True,
                    "title": words.env._("Not sent: %(count)s", count=len(requests)),
                    "message": "\n".join(
                        f"{request.order_name} ({request.customer_name}): "
                        f"{request.status}"
                        for request in words
                    ),
                },
            )
