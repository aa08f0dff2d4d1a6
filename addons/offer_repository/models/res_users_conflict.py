from odoo import fields, models


class ResUsers(models.Model):
    _inherit = "res.users"

    offer_conflict_notify = fields.Boolean(
        string="Tell me about conflicts",
        default=True,
        help="An activity when there is a conflict to decide, when one of mine is "
        "found that no notice showed, is decided, or a claim runs out. "
        "Without it, they are in the lists only.",
    )

    @property
    def SELF_READABLE_FIELDS(self):
        return [*super().SELF_READABLE_FIELDS, "offer_conflict_notify"]

    @property
    def SELF_WRITEABLE_FIELDS(self):
        return [*super().SELF_WRITEABLE_FIELDS, "offer_conflict_notify"]
