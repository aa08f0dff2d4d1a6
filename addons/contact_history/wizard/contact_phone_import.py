import base64

from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.base.models.res_partner import _tz_get

from ..telephone import parse_cdr

BATCH = 500
ERRORS_SHOWN = 20


class ContactPhoneImport(models.TransientModel):
    """Import call records of Asterisk, as often as one likes."""

    _name = "contact.phone.import"
    _description = "Import of call records"

    endpoint_id = fields.Many2one(
        "contact.phone.endpoint",
        string="Telephone system",
        required=True,
        ondelete="cascade",
    )
    file = fields.Binary("Master.csv", required=True, attachment=False)
    file_name = fields.Char()
    zone = fields.Selection(
        _tz_get,
        string="Time zone",
        required=True,
        default=lambda self: self.env.user.tz or "UTC",
        help="The time zone that the telephone system writes in.",
    )
    result = fields.Text(readonly=True)

    def action_import(self):
        """Read the file, record its calls, and tell what was not usable."""
        self.ensure_one()
        self.endpoint_id.check_access("write")
        parsed = parse_cdr(self._text(), self.zone)
        calls = [line.call for line in parsed.lines]
        for start in range(0, len(calls), BATCH):
            self.endpoint_id._record(calls[start : start + BATCH])
        self.result = self._report(parsed)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Import call records"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
        }

    def _text(self):
        content = base64.b64decode(self.file)
        try:
            return content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise UserError(
                self.env._(
                    "The file %(name)s is no text in UTF-8 (byte %(place)s). Take the "
                    "Master.csv as the telephone system wrote it.",
                    name=self.file_name or "Master.csv",
                    place=error.start,
                )
            ) from error

    def _report(self, parsed):
        """Return what happened, in the words of the user."""
        reasons = {
            "too_few_columns": self.env._("too few columns"),
            "bad_time": self.env._("the time cannot be read"),
            "bad_duration": self.env._("the duration cannot be read"),
            "unknown_disposition": self.env._("the outcome is unknown"),
        }
        lines = [
            self.env._(
                "%(calls)s calls read, %(internal)s within the house left out, "
                "%(errors)s lines not usable.",
                calls=len(parsed.lines),
                internal=parsed.internal,
                errors=len(parsed.errors),
            )
        ]
        lines += [
            self.env._(
                "Line %(line)s: %(reason)s.",
                line=error.line,
                reason=reasons[error.code],
            )
            for error in parsed.errors[:ERRORS_SHOWN]
        ]
        return "\n".join(lines)
