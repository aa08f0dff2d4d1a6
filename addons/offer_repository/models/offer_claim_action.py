from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from .offer_check import MANAGER
from .offer_check_action import CardTarget


class OfferClaim(models.Model):
    """What people do with claims, and what those of other branches see of them."""

    _inherit = "offer.claim"

    # ------------------------------------------------------------------
    # Public: buttons, banner, external interface
    # ------------------------------------------------------------------

    def action_end(self):
        """Let the customer go before the time."""
        self._check_manager()
        # sudo: ending is the one way to write a claim; checked just now
        self.sudo()._end("ended", self.env._("Ended by %s.", self.env.user.name))

    def action_extend(self):
        """Let the claim hold for another term from today."""
        self._check_manager()
        today = fields.Date.context_today(self)
        for claim_sudo in self.sudo().filtered(lambda claim: claim.state == "live"):
            end = today + timedelta(days=claim_sudo.days)
            claim_sudo.date_end = max(claim_sudo.date_end, end)

    @api.model
    def claims_of(self, partner_id):
        """Return who has claimed a customer, for the banner of forms.

        :param int partner_id: a customer that the user may read
        :return: list of dicts of ``key``, ``branch``, ``until``, ``is_own``; with
            ``claim_id``, ``salesperson`` and ``goods`` for claims the user may read
        :raise AccessError: for a customer the user may not read
        """
        check = self.env["offer.check"]
        check._check_user()
        self._check_number(partner_id)
        partner = self.env["res.partner"].browse(partner_id).exists()
        partner.check_access("read")
        claims_sudo = self._claims_around(partner.commercial_partner_id)
        foreign_sudo = claims_sudo - claims_sudo._readable_ones()
        if foreign_sudo and check._is_limit_reached():
            claims_sudo -= foreign_sudo
            foreign_sudo -= foreign_sudo
        self.env["contact.disclosure"]._log(
            [claim._disclosure(partner.commercial_partner_id) for claim in foreign_sudo]
        )
        return [claim._banner(claim not in foreign_sudo) for claim in claims_sudo]

    @api.model
    def request_takeover(self, key, partner_id, reason):
        """Ask the branch that holds a claim to leave the customer.

        :param str key: of the banner that the user was shown
        :param int partner_id: the user's record of the customer
        :param str reason: the user's words
        :return: the sentence that tells who was asked
        """
        check = self.env["offer.check"]
        check._check_user()
        self._check_number(partner_id)
        claim_sudo = self._shown(key)
        partner = check._readable("res.partner", partner_id).commercial_partner_id
        if not partner or claim_sudo not in self._claims_around(partner):
            raise UserError(
                self.env._("The claim has changed meanwhile. Reload the page.")
            )
        target = CardTarget(
            partner.sudo(),
            claim_sudo.company_id,
            claim_sudo.user_id.filtered("active"),
            self.env["sale.order"].sudo(),
        )
        asked_sudo = check._who_answers(target) | check._managers_of(
            claim_sudo.company_id
        )
        request_sudo = self.env["offer.handover.request"]._ask(
            target, asked_sudo, check._check_text(reason), partner.display_name
        )
        request_sudo.claim_id = claim_sudo
        names = ", ".join(asked_sudo.mapped("name"))
        self.env.flush_all()
        self.env.invalidate_all()
        return self.env._("Your request went to %(names)s.", names=names)

    # ------------------------------------------------------------------
    # Private
    # ------------------------------------------------------------------

    def _check_manager(self):
        self.check_access("read")
        if not self.env.user.has_group(MANAGER):
            raise AccessError(self.env._("Managers end and extend claims."))

    @api.model
    def _check_number(self, partner_id):
        if isinstance(partner_id, bool) or not isinstance(partner_id, int):
            raise ValidationError(self.env._("A customer is named by a number."))

    @api.model
    def _claims_around(self, entity):
        """Return the live claims (sudo) on who is certainly this customer."""
        tree_sudo = self.env.company._offer_tree()
        members_sudo = self.env["offer.identity.member"].sudo()
        own_sudo = members_sudo.search(
            [
                ("partner_id", "=", entity.id),
                ("anchor_company_id", "in", tree_sudo.ids),
                ("verdict", "=", "certain"),
            ]
        )
        today = fields.Date.context_today(self)
        claims_sudo = own_sudo.identity_id._claims_on(self.env["product.category"])
        return claims_sudo.filtered(lambda claim: claim.date_end >= today)

    def _readable_ones(self):
        mine = self.sudo(False)._filtered_access("read")
        return mine.sudo()

    def _banner(self, is_readable):
        """Return a claim for the banner: of other branches who and until when."""
        key = self.env["offer.check"]._card_key("claim_card", self.id)
        card = {
            "key": key,
            "branch": self.company_id.name,
            "until": fields.Date.to_string(self.date_end),
            "is_own": self.company_id in self.env.companies,
        }
        if is_readable:
            card |= {
                "claim_id": self.id,
                "salesperson": self.user_id.name or "",
                "goods": self.category_id.display_name or "",
            }
        return card

    def _disclosure(self, entity):
        return {
            "owner_company_id": self.company_id.id,
            "partner_id": entity.id,
            "kind": "claim_card",
            "level": "metadata",
            "res_model": self._name,
            "res_id": self.id,
            "reason_code": "claim",
        }

    @api.model
    def _shown(self, key):
        """Return the claim (sudo) of a banner that the user was shown lately."""
        days = [fields.Date.today() - timedelta(days=back) for back in range(2)]
        # sudo: readers may not read the log, not even of themselves
        rows_sudo = (
            self.env["contact.disclosure"]
            .sudo()
            .search(
                [
                    ("user_id", "=", self.env.uid),
                    ("kind", "=", "claim_card"),
                    ("date", ">=", min(days)),
                ]
            )
        )
        check = self.env["offer.check"]
        for claim_id in set(rows_sudo.mapped("res_id")):
            if key in [check._card_key("claim_card", claim_id, day) for day in days]:
                return self.sudo().browse(claim_id).exists()
        raise UserError(
            self.env._("This card is out of date. Reload the page and try again.")
        )


class OfferHandoverRequest(models.Model):
    _inherit = "offer.handover.request"

    claim_id = fields.Many2one(
        "offer.claim",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
        groups="base.group_system",
    )

    def _hand_over(self):
        """Hand the claim over with the customer."""
        result = super()._hand_over()
        claim = self.claim_id
        if claim.state == "live":
            claim._end("handed", self.env._("Handed to %s.", self.company_id.name))
            claim._grant(
                claim.identity_id,
                self.company_id,
                "takeover",
                claim.days,
                user_id=self.user_id.id,
                category_id=claim.category_id.id,
            )
        return result


class ContactDisclosure(models.Model):
    _inherit = "contact.disclosure"

    kind = fields.Selection(
        selection_add=[("claim_card", "Claim")], ondelete={"claim_card": "cascade"}
    )
