import json

from odoo import api, fields, models
from odoo.exceptions import ValidationError

# Pictures and the like are too big to wait for an answer.
_NOT_KEPT = ("binary", "image", "properties", "properties_definition")
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
            kept = self._offer_kept_values(typed)
            by_entity[partner.sudo().commercial_partner_id.id] = (reason, kept)
        self.env["offer.check"]._enforce_customers(
            self.sudo().commercial_partner_id, known, by_entity
        )

    def _offer_after_create(self, answers):
        if self.env.su or not self.env.user.has_group(
            "offer_repository.offer_repository_group_user"
        ):
            return
        self._offer_judge(answers)
        self.env["offer.check.recheck"]._add(self)

    def _offer_judge(self, answers):
        """Keep what the user said of cards while these customers were typed."""
        check = self.env["offer.check"]
        for partner, (_reason, different, _typed) in zip(self, answers, strict=True):
            for item in different if check._is_user() else ():
                check._judge_different_on_saving(partner.commercial_partner_id, item)

    @api.model
    def _offer_take_answers(self, vals):
        """Take out of a form's values what is meant for the check.

        :return: reason, list of cards judged different, the other values
        """
        reason = vals.pop("offer_check_reason", None) or ""
        different = vals.pop("offer_check_different", None)
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
        return reason, items, dict(vals)

    @api.model
    def _offer_kept_values(self, vals):
        """Return what a form can be filled with again, of what it sent."""
        return {
            name: value
            for name, value in vals.items()
            if value
            and name in self._fields
            and self._fields[name].type not in _NOT_KEPT
            and _is_json(value)
        }


def _is_json(value):
    try:
        return bool(json.dumps(value))
    except (TypeError, ValueError):
        return False  # a date of a caller in Python, a record
