import json

from odoo import api, fields, models
from odoo.exceptions import ValidationError

# Pictures and the like are too big to wait for an answer.
_NOT_KEPT = ("binary", "image", "properties", "properties_definition")


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

    @api.model_create_multi
    def create(self, vals_list):
        answers = [_take_answers(self.env, vals) for vals in vals_list]
        check = self.env["offer.check"]
        is_watched = check._is_watched("customer")
        known = {}
        if is_watched:
            parents = self.browse(
                {vals["parent_id"] for vals in vals_list if vals.get("parent_id")}
            )
            # sudo: compared, not shown
            known = check._known_matches(parents.sudo().commercial_partner_id)
        partners = super().create(vals_list)
        if is_watched:
            partners._offer_enforce(known, answers)
        partners._offer_after_create(answers)
        return partners

    @api.model
    def load(self, fields, data):
        result = super().load(fields, data)
        if self.env.context.get("import_file") and result["ids"]:
            result["messages"] += self.env["offer.check"]._import_notices(
                result["ids"], has_rows=len(result["ids"]) == len(data)
            )
        return result

    def write(self, vals):
        vals = dict(vals)
        answers = [_take_answers(self.env, vals)] * len(self)
        check = self.env["offer.check"]
        is_watched = self._offer_key_fields() & vals.keys() and check._is_watched(
            "customer"
        )
        # sudo: compared, not shown
        known = (
            check._known_matches(self.sudo().commercial_partner_id)
            if is_watched
            else {}
        )
        result = super().write(vals)
        if is_watched:
            self._offer_enforce(known, answers)
        self._offer_judge(answers)
        return result

    def _offer_enforce(self, known, answers):
        """Let the policy decide about customers that have just been saved."""
        by_entity = {}
        for partner, (reason, _different, typed) in zip(self, answers, strict=True):
            by_entity[partner.sudo().commercial_partner_id.id] = (reason, typed)
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


def _take_answers(env, vals):
    """Take out of a form's values what is meant for the check.

    :return: reason, list of cards judged different, what was typed
    """
    reason = vals.pop("offer_check_reason", None) or ""
    different = vals.pop("offer_check_different", None) or "[]"
    typed = _typed_values(env, vals)
    try:
        items = json.loads(different)
    except (TypeError, ValueError):
        items = None
    if not isinstance(items, list):
        raise ValidationError(
            env._("“%(field)s” must be a JSON list.", field="offer_check_different")
        )
    return reason, items, typed


def _typed_values(env, vals):
    """Return what a form can be filled with again, of what it sent."""
    fields = env["res.partner"]._fields
    return {
        name: value
        for name, value in vals.items()
        if value
        and name in fields
        and fields[name].type not in _NOT_KEPT
        and _is_json(value)
    }


def _is_json(value):
    try:
        return bool(json.dumps(value))
    except (TypeError, ValueError):
        return False  # a date of a caller in Python, a record
