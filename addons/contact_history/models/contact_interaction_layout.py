from zoneinfo import ZoneInfo

from odoo import api, fields, models

from odoo.addons.base.models.res_partner import _tz_get

from ..intake import TARGETS, Layout, guess_columns


class ContactInteractionLayout(models.Model):
    """How the files of one origin are read: remembered for the next one."""

    _name = "contact.interaction.layout"
    _description = "Layout of contact files"
    _order = "name"

    name = fields.Char(
        string="Where from",
        required=True,
        help="Name of the system that wrote the file. A contact is known by this name "
        "and its identifier, so a file may be imported as often as one likes.",
    )
    company_id = fields.Many2one(
        "res.company",
        string="Branch",
        required=True,
        default=lambda self: self.env.company,
        ondelete="cascade",
        index=True,
    )
    zone = fields.Selection(
        _tz_get,
        string="Time zone",
        required=True,
        default=lambda self: self.env.user.tz or "UTC",
        help="The time zone that the file is written in.",
    )
    channel = fields.Selection(
        selection="_selection_channel",
        string="Channel if none is given",
    )
    direction = fields.Selection(
        selection="_selection_direction",
        string="Direction if none is given",
    )
    column_ids = fields.One2many("contact.interaction.layout.column", "layout_id")

    _name_uniq = models.UniqueIndex(
        "(company_id, name)",
        "This branch has a layout of that name already.",
    )

    @api.model
    def _selection_channel(self):
        log = self.env["contact.interaction"]
        return log._fields["channel"]._description_selection(self.env)

    @api.model
    def _selection_direction(self):
        log = self.env["contact.interaction"]
        return log._fields["direction"]._description_selection(self.env)

    def _suggest(self, header):
        """Return what the columns hold: as remembered, else by their titles.

        :param list header: titles of the columns.
        :return: list of targets, False for a column that is left out.
        """
        remembered = {column.header: column.target for column in self.column_ids}
        guessed = guess_columns(header)
        return [
            remembered.get(title, guess)
            for title, guess in zip(header, guessed, strict=True)
        ]

    def _remember(self, targets):
        """Keep what the columns of this origin hold.

        :param dict targets: {title: target or False}
        """
        self.ensure_one()
        known = {column.header: column for column in self.column_ids}
        for header, target in targets.items():
            if header in known:
                known[header].target = target
            else:
                self.column_ids.create(
                    {"layout_id": self.id, "header": header, "target": target}
                )

    def _to_pure(self, targets):
        """Return the layout as ``intake`` takes it."""
        self.ensure_one()
        defaults = {"channel": self.channel, "direction": self.direction}
        defaults = {name: value for name, value in defaults.items() if value}
        return Layout(
            origin=self.name,
            columns=tuple(target or None for target in targets),
            zone=ZoneInfo(self.zone),
            defaults={**defaults, "company_id": self.company_id.id},
        )


class ContactInteractionLayoutColumn(models.Model):
    _name = "contact.interaction.layout.column"
    _description = "Column of contact files"

    layout_id = fields.Many2one(
        "contact.interaction.layout",
        required=True,
        ondelete="cascade",
        index=True,
    )
    header = fields.Char(string="Column", required=True)
    target = fields.Selection(selection="_selection_target", string="Holds")

    @api.model
    def _selection_target(self):
        """Return what a column may hold, in the words of the user."""
        names = {
            "external_id": self.env._("Identifier"),
            "occurred_at": self.env._("Day and time"),
            "date": self.env._("Day"),
            "time": self.env._("Time of day"),
            "channel": self.env._("Channel"),
            "direction": self.env._("Direction"),
            "state": self.env._("Result"),
            "address": self.env._("E-mail address or telephone number"),
            "partner_id": self.env._("Customer (database number)"),
            "user": self.env._("Our person (login)"),
            "company_id": self.env._("Branch (database number)"),
            "subject": self.env._("Subject"),
            "text": self.env._("Text"),
            "duration": self.env._("Duration"),
            "is_automatic": self.env._("Sent by a robot"),
            "needs_no_answer": self.env._("Needs no answer"),
            "is_confidential": self.env._("Confidential"),
        }
        return [(target, names[target]) for target in TARGETS]
