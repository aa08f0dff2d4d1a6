from odoo import api, fields, models


class ContactResponseTarget(models.Model):
    """How soon a channel has to be answered, in one branch or in all of them."""

    _name = "contact.response.target"
    _description = "Response target"
    _order = "company_id, channel"
    _rec_name = "channel"

    channel = fields.Selection(
        selection="_selection_channel",
        required=True,
    )
    company_id = fields.Many2one(
        "res.company",
        string="Branch",
        ondelete="cascade",
        index="btree_not_null",
        default=lambda self: self.env.company,
        help="Empty: for all branches that have no target of their own.",
    )
    amount = fields.Integer(string="Within", required=True, default=1)
    unit = fields.Selection(
        [("minute", "Minutes"), ("hour", "Hours"), ("day", "Days")],
        required=True,
        default="hour",
    )
    clock = fields.Selection(
        [("working", "Working time"), ("wall", "Round the clock")],
        required=True,
        default="working",
        help="Working time stands still at night, at weekends and on holidays. "
        "A day of working time is a working day.",
    )

    _company_channel_uniq = models.UniqueIndex(
        "(channel, COALESCE(company_id, 0))",
        "There is a target for this channel and branch already.",
    )
    _amount_check = models.Constraint(
        "CHECK(amount > 0)",
        "A target is at least one minute, hour or day.",
    )

    @api.model
    def _selection_channel(self):
        log = self.env["contact.interaction"]
        return log._fields["channel"]._description_selection(self.env)

    @api.model_create_multi
    def create(self, vals_list):
        targets = super().create(vals_list)
        targets._measure_waiting()
        return targets

    def write(self, vals):
        result = super().write(vals)
        self._measure_waiting()
        return result

    def unlink(self):
        channels = set(self.mapped("channel"))
        result = super().unlink()
        self._measure_channels(channels)
        return result

    def _measure_waiting(self):
        self._measure_channels(set(self.mapped("channel")))

    @api.model
    def _measure_channels(self, channels):
        """Let a new target hold for who waits now. What is answered stays as it was."""
        # sudo: measures are kept for every branch, nothing is shown.
        turns_sudo = self.env["contact.response"].sudo()
        turns_sudo.search(
            [("answered_at", "=", False), ("channel", "in", list(channels))]
        )._measure_again()
