import json

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .offer_check_query import TYPED_NAMES

# Of a form, for the check; never stored.
ANSWER_FIELDS = frozenset({"offer_check_reason", "offer_check_different"})


class ResPartner(models.Model):
    """Saving a customer asks the policy of the check, and looks again afterwards."""

    _inherit = "res.partner"

    offer_check_reason = fields.Char(
        string="Reason for a Known Customer",
        store=False,
        help="Why the customer is saved although the check knows him already. For "
        "imports and the external interface; never stored on the customer.",
    )
    # What the form's user said of cards before there was a record to say it of.
    offer_check_different = fields.Char(
        string="Cards Judged Different",
        store=False,
        groups="offer_repository.offer_repository_group_user",
    )

    @api.model
    def load(self, fields, data):
        result = super().load(fields, data)
        if self.env.context.get("import_file") and result["ids"]:
            result["messages"] += self.env["offer.check"]._import_notices(
                result["ids"], has_rows=len(result["ids"]) == len(data)
            )
        return result

    def _offer_known_before_create(self, vals_list):
        """Return who new customers may be already; ``None`` when nobody wants to know.

        :return: see ``offer.check._known_matches``
        """
        check = self.env["offer.check"]
        if not check._is_watched("customer"):
            return None
        parents = self.browse(
            {vals["parent_id"] for vals in vals_list if vals.get("parent_id")}
        )
        # sudo: compared, not shown
        return check._known_matches(parents.sudo().commercial_partner_id)

    def _offer_known_before_write(self):
        """Return the same of customers that are about to be changed."""
        check = self.env["offer.check"]
        if not check._is_watched("customer"):
            return None
        # sudo: compared, not shown
        return check._known_matches(self.sudo().commercial_partner_id)

    def _offer_enforce(self, known, answers):
        """Let the policy decide about customers that have just been saved.

        :param known: of :meth:`_offer_known_before_write`
        :param answers: list of :meth:`_offer_take_answers`
        """
        if known is None:
            return
        by_entity = {}
        for partner, (reason, _different, typed) in zip(self, answers, strict=True):
            by_entity[partner.sudo().commercial_partner_id.id] = (reason, typed)
        self.env["offer.check"]._enforce_customers(
            self.sudo().commercial_partner_id, known, by_entity
        )

    def _offer_after_create(self, answers):
        check = self.env["offer.check"]
        if self.env.su or not self.env.user.has_group(
            "offer_repository.offer_repository_group_user"
        ):
            return
        for partner, (_reason, different, _typed) in zip(self, answers, strict=True):
            for item in different:
                check._judge_different(partner.commercial_partner_id, item)
        self.env["offer.check.recheck"]._add(self)

    @api.model
    def _offer_take_answers(self, vals):
        """Take out of a form's values what is meant for the check.

        :return: reason, list of cards judged different, what was typed
        """
        reason = vals.pop("offer_check_reason", None) or ""
        different = vals.pop("offer_check_different", None)
        typed = {name: vals[name] for name in TYPED_NAMES if vals.get(name)}
        try:
            items = json.loads(different) if different else []
        except (TypeError, ValueError):
            items = None
        if not isinstance(items, list):
            raise ValidationError(
                self.env._(
                    "“%(field)s” must be a JSON list.", field="offer_check_different"
                )
            )
        return reason, items, typed
