from odoo import fields, models


class ResUsers(models.Model):
    _inherit = "res.users"

    contact_phone_extension = fields.Char(
        string="Telephone extension",
        index="btree_not_null",
        help="As the telephone system calls it. Calls to it are this person's.",
    )

    @property
    def SELF_READABLE_FIELDS(self):
        return [*super().SELF_READABLE_FIELDS, "contact_phone_extension"]

    @property
    def SELF_WRITEABLE_FIELDS(self):
        return [*super().SELF_WRITEABLE_FIELDS, "contact_phone_extension"]
