from datetime import UTC

from odoo import api, fields, models

from ..evidence import build_event_payload

# What of a snapshot's personal data tells who did it and who got it
_PEOPLE_OF_EVENT = ("message.", "sender.")


class OfferEvent(models.Model):
    """What became of an offer after it had left the house, for good.

    A chain of its own beside the one of the revisions: sending the same again, losing,
    cancelling or accepting makes no new version of an offer, but is evidence too.
    """

    _name = "offer.event"
    _inherit = ["offer.chain.mixin"]
    _log_access = False
    _description = "Offer Event"
    _order = "date desc, id desc"
    _rec_name = "code"

    offer_id = fields.Many2one(
        "offer.offer",
        readonly=True,
        ondelete="restrict",
        index=True,
    )
    revision_id = fields.Many2one(
        "offer.revision",
        readonly=True,
        ondelete="restrict",
        index="btree_not_null",
    )
    code = fields.Selection(
        [
            ("sent_again", "Sent again"),
            ("accepted", "Accepted"),
            ("cancelled", "Cancelled"),
            ("lost", "Lost"),
            ("explained", "Loss explained"),
            ("expired", "Expired"),
            ("superseded", "Replaced"),
            ("reset", "Taken back to draft"),
            ("reopened", "Reopened"),
            ("corrected", "Corrected"),
            ("forgotten", "Personal data forgotten"),
            ("purged", "Documents purged"),
            ("hold", "Put on legal hold"),
            ("released", "Released from legal hold"),
        ],
        string="What Happened",
        required=True,
        readonly=True,
    )
    detail = fields.Char(readonly=True)
    user_name = fields.Char(string="By", compute="_compute_user_name")

    _chain_uniq = models.UniqueIndex(
        "(company_id, chain_seq)",
        "Two events cannot take the same place in the chain.",
    )

    @api.depends("personal")
    def _compute_user_name(self):
        for event in self:
            event.user_name = event._personal_values().get("sender.name")

    @api.model
    def _append(self, offer, code, detail="", about=None, **who_and_when):
        """Add what happened to ``offer`` at the end of its company's chain.

        :param offer: ``offer.offer`` of length one
        :param code: a key of ``code``
        :param detail: text, nothing personal
        :param about: the row of evidence it was done to, if it was one
        :param who_and_when: ``people``, dict of personal data, by default the user at
            work; ``when``, naive UTC datetime, by default now
        :return: the new event
        """
        when = who_and_when.get("when") or fields.Datetime.now()
        revision = offer.current_revision_id
        facts = {
            "code": code,
            "date": when.replace(tzinfo=UTC),
            "detail": detail or None,
            "offer": {"id": offer.id, "number": offer.name},
            "revision": {
                "id": revision.id,
                "number": revision.number,
                "sha256": revision.payload_sha256,
            }
            if revision
            else None,
        }
        if about:
            if not about.chain_seq:
                self._seal_all()  # it was appended in this very transaction
            facts["about"] = {
                "chain": about._name.removeprefix("offer."),
                "sequence": about.chain_seq,
            }
        return self._append_row(
            offer.company_id,
            self._event_people(who_and_when.get("people")),
            lambda chain, commitments: build_event_payload(chain, facts, commitments),
            {
                "offer_id": offer.id,
                "revision_id": revision.id,
                "code": code,
                "detail": detail or False,
                "date": when,
            },
        ).with_env(self.env)

    def _event_people(self, people):
        if people is None:
            people = {"sender.name": self.env.user.name}
        return {
            field: value
            for field, value in people.items()
            if value and field.startswith(_PEOPLE_OF_EVENT)
        }
