from odoo import fields, models

STATES = [
    ("planned", "Planned"),
    ("refused", "Not wanted by the customer"),
    ("hold", "Legal hold"),
    ("in_touch", "In touch already"),
    ("open", "Another follow-up is open"),
    ("nobody", "Nobody is responsible"),
    ("later", "Later: enough for today"),
]
# What is decided once for all; the others are looked at again the next day.
FINAL_STATES = ("planned", "refused", "in_touch", "open")


class ContactFollowup(models.Model):
    """Log: what a rule did about an occasion, once."""

    _name = "contact.followup"
    _description = "Follow-up"
    _order = "id desc"
    _rec_name = "partner_id"

    rule_id = fields.Many2one(
        "contact.followup.rule",
        required=True,
        readonly=True,
        ondelete="cascade",
    )
    occasion_key = fields.Char(required=True, readonly=True)
    partner_id = fields.Many2one(
        "res.partner",
        string="Customer",
        readonly=True,
        ondelete="cascade",
        index="btree_not_null",
    )
    commercial_partner_id = fields.Many2one(
        related="partner_id.commercial_partner_id",
        store=True,
        index="btree_not_null",
    )
    company_id = fields.Many2one(
        "res.company",
        string="Branch",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )
    user_id = fields.Many2one(
        "res.users",
        string="Our person",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
    )
    occurred_at = fields.Datetime(string="Occasion", required=True, readonly=True)
    date = fields.Date(
        string="Planned on",
        required=True,
        readonly=True,
        default=fields.Date.context_today,
    )
    state = fields.Selection(STATES, required=True, readonly=True)
    channel = fields.Char(readonly=True)
    activity_id = fields.Many2one(
        "mail.activity",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
    )
    date_done = fields.Date(
        string="Done on",
        related="activity_id.date_done",
        related_sudo=True,
    )

    # Never twice, whoever runs at the same time. Without a partner on purpose: when
    # contacts are merged, such an index would stop the merge.
    _occasion_uniq = models.UniqueIndex(
        "(rule_id, occasion_key)",
        "This occasion has been followed up already.",
    )
    # How many somebody got today.
    _user_day = models.Index("(user_id, date) WHERE state = 'planned'")
