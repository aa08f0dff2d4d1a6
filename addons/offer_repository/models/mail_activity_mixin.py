from odoo import models
from odoo.tools import plaintext2html


# No docstring: Odoo would store it with every model that inherits, for good.
class MailActivityMixin(models.AbstractModel):
    _inherit = "mail.activity.mixin"

    def _offer_todo(self, user, summary, text="", **values):
        """Give a user something to do about this record.

        :param text: plain, as typed; names and reasons may have any sign in them
        :param values: others of the activity, such as ``date_deadline``
        :return: ``mail.activity``
        """
        return self.activity_schedule(
            "mail.mail_activity_data_todo",
            summary=summary,
            note=plaintext2html(text) if text else False,
            user_id=user.id,
            **values,
        )
