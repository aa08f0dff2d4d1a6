from odoo import models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..evidence import DocumentFile, sha256_hex

_REASONS = {"upload": "uploaded", "mail": "mailed", "import": "imported"}


class OfferIntake(models.Model):
    """From the to-sort list into the archive, or out of the way."""

    _inherit = "offer.intake"

    # ------------------------------------------------------------------
    # Taking into the archive
    # ------------------------------------------------------------------

    def action_take(self):
        """Take the document into the archive, and go to the next one to sort."""
        self.ensure_one()
        self._check_may_sort()
        offer_sudo, revision_sudo = self._take()
        if not revision_sudo:
            message = self.env._(
                "%(offer)s holds exactly this already; nothing was added.",
                offer=offer_sudo.name,
            )
        else:
            message = self.env._(
                "%(document)s is in the archive as %(revision)s.",
                document=self.name,
                revision=revision_sudo.display_name,
            )
        return self._next_action(message, offer_id=offer_sudo.id)

    def _take(self):
        """Make an offer, or a revision of one, of what a person confirmed.

        :return: the ``offer.offer`` and the new ``offer.revision`` in sudo; the latter
            empty when the archive holds exactly this already
        """
        self.ensure_one()
        self._check_policy()
        if self.quotation_id:
            return self._take_to_quotation()
        self._check_ready()
        offers = self.env["offer.offer"]
        values = self._offer_values()
        offers._external_check_values(values)
        event = self._offer_event()
        offer_sudo = self._target_offer(values)
        if offer_sudo:
            revision_sudo = offer_sudo._external_revise(values, event)
        else:
            offer_sudo = offers._external_take(values, event)
            revision_sudo = offer_sudo.current_revision_id
        self._close("taken", offer_sudo)
        return offer_sudo, revision_sudo

    def _check_may_sort(self):
        """Refuse whoever may not work in the branch; lock what two may sort at once.

        :raise UserError: somebody else was faster
        """
        self.check_access("write")
        self._lock()
        for item in self:
            if item.state != "new":
                raise UserError(
                    self.env._(
                        "“%(document)s” was sorted by somebody else meanwhile. Go on "
                        "with the next one.",
                        document=item.name,
                    )
                )

    def _lock(self):
        # whoever comes second waits, and is told of the conflict by PostgreSQL
        self.env.cr.execute(
            SQL(
                "SELECT id FROM offer_intake WHERE id = ANY(%s) ORDER BY id FOR UPDATE",
                list(self._ids),
            )
        )

    def _check_ready(self):
        """Refuse what lacks a value, naming all that are missing.

        :raise UserError: values are missing
        """
        names = {
            "partner_id": self.partner_id,
            "date": self.date,
            "amount_total": self.amount_total > 0,
        }
        missing = [
            self._fields[name]._description_string(self.env)
            for name, value in names.items()
            if not value
        ]
        if missing:
            raise UserError(
                self.env._(
                    "“%(document)s” cannot go into the archive yet. Fill in: "
                    "%(fields)s.",
                    document=self.name,
                    fields=", ".join(missing),
                )
            )
        self.partner_id.check_access("read")

    def _check_policy(self):
        """Refuse what the branch does not take in.

        :raise UserError: the policy refuses the document
        """
        refuses = self.company_id.sudo().offer_unreadable_policy == "refuse"
        if self.problem and refuses:
            raise UserError(
                self.env._(
                    "The policy of %(branch)s refuses “%(document)s”: %(problem)s",
                    document=self.name,
                    branch=self.company_id.sudo().name,
                    problem=self.env["offer.document.reader"]._problem_text(
                        self.problem
                    ),
                )
            )

    def _offer_values(self):
        user = self.user_id or self.env.user
        return {
            "company": self.company_id,
            "partner": self.partner_id,
            "user": user,
            "number": " ".join((self.external_number or "").split()),
            "date": self.date,
            "validity": self.date_valid_until,
            "currency": self.currency_id,
            "untaxed": self._untaxed(),
            "total": self.amount_total,
            "terms": (self.terms or "").strip(),
            "lines": [line._columns() for line in self.line_ids],
            "people": {
                "message.subject": self.origin == "mail" and self.name,
                "message.recipients": self.recipients,
            },
        }

    def _offer_event(self):
        known = (self.readings or {}).get("texts", {})
        files = self._files()
        return {
            "reason": _REASONS[self.origin],
            "origin": self.origin,
            "files": files,
            "texts": {digest: tuple(reading) for digest, reading in known.items()},
        }

    def _files(self):
        """Return the documents as the archive takes them.

        :raise UserError: a document is not what was read and shown
        """
        known = (self.readings or {}).get("texts", {})
        files = []
        # sudo: who may sort the item may have its documents; they follow it
        for document in self.sudo().document_ids.sorted("id"):
            data = document.raw or b""
            if sha256_hex(data) not in known:
                raise UserError(
                    self.env._(
                        "“%(document)s” was changed after it had come in. Discard it, "
                        "and add the file again.",
                        document=document.name,
                    )
                )
            files.append(DocumentFile(document.name, document.mimetype, data))
        return files

    def _target_offer(self, values):
        """Return the offer (sudo) that a new revision is for, empty for a new one.

        :raise UserError: the number is taken by an offer that is not the user's
        """
        offer = self.offer_id
        if not offer:
            found_sudo = self.env["offer.offer"]._external_find(
                self.company_id, values["number"]
            )
            offer = found_sudo.sudo(self.env.su)
            if offer and not offer.has_access("read"):
                raise UserError(
                    self.env._(
                        "An offer of a colleague in %(branch)s has the number "
                        "%(number)s already. Give another number, or ask who has it.",
                        branch=self.company_id.sudo().name,
                        number=values["number"],
                    )
                )
        if offer:
            offer._external_check_change()
        return offer.sudo()

    def _close(self, state, offer_sudo=None):
        """Put the items out of the list; documents of taken ones are in the archive."""
        # sudo: the state is the server's, and access was checked
        item_sudo = self.sudo()
        if state == "taken":
            item_sudo.document_ids.unlink()
            item_sudo.line_ids.unlink()
            item_sudo.write({"text": False, "readings": False, "proposals": False})
        item_sudo.write(
            {"state": state, **({"offer_id": offer_sudo.id} if offer_sudo else {})}
        )

    # ------------------------------------------------------------------
    # Discarding
    # ------------------------------------------------------------------

    def action_discard(self):
        """Put the documents out of the list; for weeks they can be brought back."""
        self._check_may_sort()
        self._close("discarded")
        if len(self) == 1:
            message = self.env._("“%(document)s” is discarded.", document=self.name)
        else:
            message = self.env._("%(count)s documents are discarded.", count=len(self))
        return self._next_action(message, undo_ids=self.ids)

    def action_bring_back(self):
        """Put discarded documents back into the list."""
        self.check_access("write")
        self._lock()
        discarded = self.filtered(lambda item: item.state == "discarded")
        # sudo: the state is the server's, and access was checked
        discarded.sudo().write({"state": "new"})
        return True

    def _next_action(self, message, **params):
        """Say what was done, and open the next document to sort."""
        following = self.search(
            [("state", "=", "new"), ("id", "<", min(self.ids))],
            limit=1,
            order="id desc",
        ) or self.search([("state", "=", "new")], limit=1, order="id desc")
        return {
            "type": "ir.actions.client",
            "tag": "offer_repository_sorted",
            "params": {"message": message, "next_id": following.id, **params},
        }

    # ------------------------------------------------------------------
    # Opening
    # ------------------------------------------------------------------

    def action_open_offer(self):
        """Open the offer that was made of the document."""
        self.ensure_one()
        self.check_access("read")
        return self.offer_id._get_records_action()
