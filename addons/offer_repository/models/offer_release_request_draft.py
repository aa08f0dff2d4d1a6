from contextlib import contextmanager

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import clean_context

from .offer_check_refusal import OfferCheckRefusal

_COMPOSER = "mail.compose.message"


class OfferReleaseRequest(models.Model):
    """What was written when the quotation was held, to be sent after the release."""

    _inherit = "offer.release.request"

    has_draft = fields.Boolean(readonly=True)
    draft_subject = fields.Char(string="Subject", readonly=True)
    draft_body = fields.Html(string="Message", readonly=True, sanitize_style=True)
    draft_partner_ids = fields.Many2many(
        "res.partner",
        "offer_release_request_draft_partner_rel",
        string="Recipients",
        readonly=True,
    )
    draft_attachment_ids = fields.Many2many(
        "ir.attachment",
        "offer_release_request_draft_attachment_rel",
        string="Attachments",
        readonly=True,
        bypass_search_access=True,
    )
    draft_options = fields.Json(readonly=True, groups="base.group_system")
    may_send = fields.Boolean(compute="_compute_may_send")

    @api.depends("state", "level", "reason", "has_draft", "user_id")
    @api.depends_context("uid")
    def _compute_may_send(self):
        for request in self:
            has_reason = request.level == "reason" and bool(request.reason)
            is_open = request.state in ("released", "sent") or (
                request.state == "held" and has_reason
            )
            is_own = request.user_id == self.env.user
            request.may_send = bool(request.has_draft and is_own and is_open)

    def _keep_draft(self, draft):
        """Take over what was written, with its files."""
        if not draft:
            return
        attachments = self.env["ir.attachment"].browse(draft["attachment_ids"])
        # Only the writer's own files that hang nowhere else yet may be moved here.
        loose = attachments.exists().filtered(
            lambda file: not file.res_id and file.create_uid == self.user_id
        )
        loose.write({"res_model": self._name, "res_id": self.id})
        partners = self.env["res.partner"].browse(draft["partner_ids"]).exists()
        self.write(
            {
                "has_draft": True,
                "draft_subject": draft["subject"],
                "draft_body": draft["body"],
                "draft_partner_ids": [fields.Command.set(partners.ids)],
                "draft_attachment_ids": [fields.Command.set(attachments.exists().ids)],
                "draft_options": draft["options"],
            }
        )

    def _draft(self):
        """Return the draft as a dict, as it was handed in."""
        return {
            "subject": self.draft_subject,
            "body": str(self.draft_body or ""),
            "partner_ids": self.draft_partner_ids.ids,
            "attachment_ids": self.draft_attachment_ids.ids,
            "options": self.draft_options or {},
        }

    def action_send(self):
        """Send what was written when the quotation was held."""
        self.ensure_one()
        self._check_own("released", "held", "sent")
        if not self.has_draft:
            raise UserError(
                self.env._(
                    "Nothing was written when %(quotation)s was held. Send it from the "
                    "quotation: it is released.",
                    quotation=self.order_name,
                )
            )
        # sudo: the files go back to where the composer had them
        request_sudo = self.sudo()
        files_sudo = request_sudo.draft_attachment_ids
        files_sudo.filtered(lambda file: file.res_model == self._name).write(
            {"res_model": _COMPOSER, "res_id": 0}
        )
        draft, options = request_sudo._draft(), request_sudo.draft_options or {}
        context = clean_context(options.get("context") or {})
        order = self.order_id.with_context(**context)
        with order._offer_keeping(lambda: draft):
            order.message_post(
                attachment_ids=files_sudo.ids,
                body=self.draft_body,
                partner_ids=self.draft_partner_ids.ids,
                subject=self.draft_subject,
                subtype_xmlid="mail.mt_comment",
                **self._draft_parameters(options),
            )
        request_sudo._on_passed()
        request_sudo._drop_draft()
        return True

    def _drop_draft(self):
        """Forget what was written: it is in the chatter of the quotation now."""
        self.write(
            {
                "has_draft": False,
                "draft_subject": False,
                "draft_body": False,
                "draft_partner_ids": [fields.Command.clear()],
                "draft_attachment_ids": [fields.Command.clear()],
                "draft_options": False,
            }
        )

    def _draft_parameters(self, options):
        """Return how the mail is to be made, only what a scheduled message may say."""
        allowed = self.env[
            "mail.scheduled.message"
        ]._notification_parameters_whitelist()
        parameters = options.get("parameters") or {}
        return {name: value for name, value in parameters.items() if name in allowed}


class SaleOrder(models.Model):
    _inherit = "sale.order"

    @contextmanager
    def _offer_keeping(self, make_draft):
        """Keep what was written when the gate stops the block.

        :param make_draft: function returning the draft
        """
        try:
            yield
        except OfferCheckRefusal as refusal:
            if refusal.context.get("event") == "conflict":
                draft = make_draft()
                self.env["offer.check"]._add_draft(refusal.context["token"], draft)
            raise
