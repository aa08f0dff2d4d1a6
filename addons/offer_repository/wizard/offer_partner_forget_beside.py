from odoo import fields, models
from odoo.tools import html2plaintext


class OfferPartnerForget(models.TransientModel):
    """What lies beside the archive: messages that never went out, and answers.

    No evidence is in them, so none has a reason to stay.
    """

    _inherit = "offer.partner.forget"

    def _beside(self):
        """Return what is the person's, by the code of what it is.

        :return: dict of ``draft`` (``offer.release.request``), ``stop``
            (``offer.check.override``), ``prepared`` (``offer.conflict.draft``) and
            ``answer`` (``offer.satisfaction``)
        """
        return {
            "draft": self._held_drafts(),
            "stop": self._stopped_drafts(),
            "prepared": self._prepared_messages(),
            "answer": self._answers(),
        }

    def _people(self):
        """Return the partners whose messages go: with a company its contacts."""
        partners = self.env["res.partner"].with_context(active_test=False)
        return partners.search([("id", "child_of", self.partner_id.ids)])

    def _held_drafts(self):
        """Return the requests whose message is to the person, or names the person."""
        held = self.env["offer.release.request"].search([("has_draft", "=", True)])
        return held.filtered(
            lambda request: self._is_theirs(
                # sudo: recipients of a request that the manager may read
                request.sudo().draft_partner_ids,
                f"{request.draft_subject} {html2plaintext(request.draft_body or '')}",
            )
        )

    def _stopped_drafts(self):
        """Return the stops that nobody made a request of, with what was written."""
        tree = self.env.user.offer_tree_company_ids
        # sudo: drafts of stops are for nobody to read; those of the manager's tree
        stops_sudo = self.env["offer.check.override"].sudo()
        stops_sudo = stops_sudo.search(
            [("event", "=", "conflict"), ("company_id", "in", tree.ids)]
        )
        partners_sudo = self.env["res.partner"].sudo()
        return stops_sudo.filtered(
            lambda stop: (
                stop.draft
                and self._is_theirs(
                    partners_sudo.browse(stop.draft["partner_ids"]),
                    f"{stop.draft['subject']} {html2plaintext(stop.draft['body'])}",
                )
            )
        )

    def _is_theirs(self, recipients, text):
        people = self._people()
        return bool(recipients & people) or self.partner_id._offer_is_named_in(text)

    def _prepared_messages(self):
        return self.env["offer.conflict.draft"].search(
            [("partner_id", "in", self._people().ids)]
        )

    def _answers(self):
        return self.env["offer.satisfaction"].search(
            [("partner_id", "in", self._people().ids)]
        )

    # ------------------------------------------------------------------
    # Preview and forgetting
    # ------------------------------------------------------------------

    def _beside_values(self):
        """Return the lines of the preview for what lies beside the archive."""
        return [
            {
                "forget_id": self.id,
                "names": code,
                "date": record.create_date,
                "beside_name": self._beside_name(record),
                "offer_id": record.offer_id.id if code == "answer" else False,
            }
            for code, records in self._beside().items()
            for record in records
        ]

    def _beside_name(self, record):
        record_sudo = record.sudo()  # a name, of what the manager may read
        if record._name == "offer.release.request":
            return record_sudo.order_name
        order = record_sudo.order_id if "order_id" in record else record_sudo.offer_id
        return order.name or record_sudo.display_name

    def _forget_beside(self):
        forgotten = super()._forget_beside()
        for code, records in self._beside().items():
            # sudo: nobody may write them; the manager may read them
            getattr(self, f"_forget_{code}")(records.sudo())
            forgotten += len(records)
        return forgotten

    def _forget_draft(self, requests_sudo):
        """Drop what was written, and the files that hang on nothing else."""
        for request_sudo in requests_sudo:
            files_sudo = request_sudo.draft_attachment_ids.filtered(
                lambda file, request=request_sudo: (
                    file.res_model == request._name and file.res_id == request.id
                )
            )
            request_sudo._drop_draft()
            files_sudo.unlink()

    def _forget_stop(self, stops_sudo):
        stops_sudo.draft = False

    def _forget_prepared(self, drafts_sudo):
        drafts_sudo.unlink()

    def _forget_answer(self, rows_sudo):
        """Keep the mark, which is nobody's data without the words and the name."""
        waiting = rows_sudo.filtered(lambda row: row.state in ("waiting", "asked"))
        waiting.write({"state": "skipped", "skip_reason": "stop"})
        rows_sudo.write({"feedback": False, "partner_id": False})


class OfferPartnerForgetLine(models.TransientModel):
    _inherit = "offer.partner.forget.line"

    beside_name = fields.Char(string="Beside the Archive")

    def _labels(self):
        return {
            **super()._labels(),
            "draft": self.env._("message that was held"),
            "stop": self.env._("message that was stopped"),
            "prepared": self.env._("message prepared for the customer"),
            "answer": self.env._("answer about satisfaction"),
        }
