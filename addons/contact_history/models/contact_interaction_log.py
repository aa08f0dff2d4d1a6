from odoo import api, fields, models
from odoo.tools import format_datetime

from ..timeline import is_above
from .contact_interaction import MANUAL

# What a correction of leaves a trace.
CORRECTED = (
    "partner_id",
    "channel",
    "direction",
    "state",
    "outcome",
    "occurred_at",
    "duration",
    "user_id",
    "company_id",
    "subject",
    "note",
    "is_confidential",
)

# What people see of it.
_READ_AS = {"duration": "duration_minutes"}


class ContactInteraction(models.Model):
    """Contacts logged by hand: outcome, follow-up, and corrections with a trace."""

    _inherit = "contact.interaction"

    outcome = fields.Selection(
        [
            ("settled", "Settled"),
            ("follow_up", "To be followed up"),
            ("not_reached", "Not reached"),
            ("no_interest", "No interest"),
        ],
    )
    # Asked for in the form only; what comes of them is an activity.
    follow_up_date = fields.Date(string="Follow up on", store=False)
    follow_up_summary = fields.Char(string="What to do", store=False)
    correction_ids = fields.One2many(
        "contact.interaction.correction",
        "interaction_id",
        readonly=True,
    )

    @api.model_create_multi
    def create(self, vals_list):
        plans = [
            (vals.get("follow_up_date"), vals.get("follow_up_summary"))
            for vals in vals_list
        ]
        interactions = super().create(vals_list)
        if not self.env.su:
            # Or the log would tell the name of a customer that one may not see.
            interactions.partner_id.check_access("read")
        for interaction, (date, summary) in zip(interactions, plans, strict=True):
            if date:
                interaction._follow_up(date, summary)
        return interactions

    def write(self, vals):
        before = self._correctable_values(vals)
        result = super().write(vals)
        self._trace(before)
        return result

    def _follow_up(self, date, summary):
        """Plan the next step with the customer, for our person."""
        self.ensure_one()
        customer = self.partner_id
        customer.check_access("read")
        # sudo: planning with a customer needs no right to change the address book.
        customer.sudo().activity_schedule(
            "mail.mail_activity_data_todo",
            fields.Date.to_date(date),
            summary=summary or (self._is_subject_shown() and self.subject) or False,
            user_id=(self.user_id or self.env.user).id,
        )

    def _is_subject_shown(self):
        """Tell whether everybody who sees the customer may read the subject.

        The activity hangs on the customer, whom people of other branches see.
        """
        self.ensure_one()
        # sudo: the level of the branch, which is no secret of it.
        company_sudo = self.company_id.sudo()
        levels = company_sudo._contact_history_levels()[company_sudo.id]
        level = levels.get(self.channel, levels[None])
        is_alone = not company_sudo.root_id.child_ids
        return not self.is_confidential and (is_alone or is_above(level, "metadata"))

    def _correctable_values(self, vals):
        """Return {interaction: {field: text}} of what this write may change."""
        # Minutes are written as seconds, which comes by here once more.
        names = [name for name in CORRECTED if name in vals]
        return {
            interaction: {name: interaction._as_text(name) for name in names}
            for interaction in self
            if names and interaction.origin == MANUAL
        }

    def _trace(self, before):
        """Keep what the contact said before, for all who may read it."""
        rows = [
            {
                "interaction_id": interaction.id,
                "field_name": _READ_AS.get(name, name),
                "old_value": old,
                "new_value": interaction._as_text(name),
            }
            for interaction, values in before.items()
            for name, old in values.items()
            if old != interaction._as_text(name)
        ]
        # sudo: nobody writes the trace by hand; who corrected is create_uid.
        self.env["contact.interaction.correction"].sudo().create(rows)

    def _as_text(self, name):
        """Return the value of a field as people read it."""
        self.ensure_one()
        if name == "duration":
            # While minutes are written, their own field holds the new ones already.
            return str(round(self.duration / 60) or "")
        field, value = self._fields[name], self[name]
        if field.type == "many2one":
            # sudo: the name only, as Odoo shows it for any link.
            return value.sudo().display_name or ""
        if field.type == "selection":
            return dict(field._description_selection(self.env)).get(value, "")
        if field.type == "datetime":
            return format_datetime(self.env, value)
        if field.type == "boolean":
            return self.env._("Yes") if value else self.env._("No")
        return str(value or "")
