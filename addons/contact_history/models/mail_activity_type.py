from odoo import api, fields, models


class MailActivityType(models.Model):
    _inherit = "mail.activity.type"

    contact_history_channel = fields.Selection(
        selection="_selection_contact_history_channel",
        string="Contact with the customer",
        compute="_compute_contact_history_channel",
        store=True,
        readonly=False,
        help="A finished activity of this type is a contact of that kind in the "
        "contact history. Leave it empty for work within the house, and for e-mails: "
        "these are found by themselves.",
    )

    @api.model
    def _selection_contact_history_channel(self):
        log = self.env["contact.interaction"]
        return log._fields["channel"]._description_selection(self.env)

    @api.depends("category")
    def _compute_contact_history_channel(self):
        for activity_type in self:
            if activity_type.category == "phonecall":
                activity_type.contact_history_channel = "call"
            elif activity_type.category == "meeting":
                activity_type.contact_history_channel = "meeting"
            else:
                activity_type.contact_history_channel = (
                    activity_type.contact_history_channel or False
                )

    def _contact_history_is_contact(self):
        """Return whether a finished activity of this type is recorded.

        Meetings are found in the calendar, where there is one.
        """
        self.ensure_one()
        in_calendar = "calendar.event" in self.env and self.category == "meeting"
        return bool(self.contact_history_channel) and not in_calendar
