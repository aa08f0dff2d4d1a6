from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import format_date

from .offer_conflict_detection import SILENT
from .offer_job_stages import UNANNOUNCED


class OfferConflict(models.Model):
    """Until when a case is to be decided, and who came first to the customer."""

    _inherit = "offer.conflict"

    date_due = fields.Date(
        string="Decide Until",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="Then the managers of the topmost company are told. Cases that were there "
        "when the addon was installed have no such date.",
    )
    date_escalated = fields.Date(string="Escalated", readonly=True, copy=False)
    is_overdue = fields.Boolean(compute="_compute_is_overdue")
    who_was_first = fields.Text(compute="_compute_who_was_first")

    @api.depends("state", "date_due")
    def _compute_is_overdue(self):
        today = fields.Date.context_today(self)
        for case in self:
            case.is_overdue = bool(
                case.state == "open" and case.date_due and case.date_due < today
            )

    # With the reader's rights: contacts and leads that he may not read do not count.
    @api.depends("offer_ids")
    @api.depends_context("lang", "uid", "allowed_company_ids")
    def _compute_who_was_first(self):
        for case in self:
            # sudo: names and dates of offers are the case's own
            offers_sudo = case.sudo()._ordered_offers()
            sides = offers_sudo.grouped("company_id")
            case.who_was_first = "\n".join(
                case._with_all_branches()._first_sentence(side_sudo, offers_sudo)
                for side_sudo, offers_sudo in sides.items()
            )

    def _first_sentence(self, side_sudo, offers_sudo):
        partner_ids = offers_sudo.commercial_partner_id.ids
        nothing = self.env._("none that you may read")
        return self.env._(
            "%(branch)s: first inquiry %(inquiry)s, first contact %(contact)s, first "
            "offer %(offer)s",
            branch=side_sudo.name,
            inquiry=self._first_inquiry(side_sudo, partner_ids) or nothing,
            contact=self._first_contact(side_sudo, partner_ids) or nothing,
            offer=format_date(self.env, offers_sudo[0].date_first_sent),
        )

    def _first_inquiry(self, side_sudo, partner_ids):
        lead = self._first_lead(side_sudo, partner_ids)
        return lead and format_date(self.env, lead.create_date)

    def _first_lead(self, side_sudo, partner_ids):
        return self.env["crm.lead"].search(
            [
                ("partner_id.commercial_partner_id", "in", partner_ids),
                ("company_id", "=", side_sudo.id),
            ],
            order="create_date, id",
            limit=1,
        )

    def _first_contact(self, side_sudo, partner_ids):
        contact = self._first_interaction(side_sudo, partner_ids)
        return contact and format_date(self.env, contact.occurred_at)

    def _first_interaction(self, side_sudo, partner_ids):
        return self.env["contact.interaction"].search(
            [
                ("commercial_partner_id", "in", partner_ids),
                ("company_id", "=", side_sudo.id),
            ],
            order="occurred_at, id",
            limit=1,
        )

    # ------------------------------------------------------------------
    # Due dates
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        cases = super().create(vals_list)
        if not self.env.context.get(UNANNOUNCED):
            cases._set_due_date()
        return cases

    def _set_due_date(self):
        for case in self:
            days = case.identity_id.anchor_company_id.offer_conflict_due_days
            if days:
                case.date_due = case.date_detected.date() + timedelta(days=days)

    @api.model
    def _cron_escalate(self):
        """Tell the managers on top of cases that nobody has decided in time; once."""
        today = fields.Date.context_today(self)
        overdue = self.search(
            [
                ("state", "=", "open"),
                ("date_due", "<", today),
                ("date_escalated", "=", False),
            ],
            limit=500,
        )
        for case in overdue.with_context(**SILENT):
            case.date_escalated = today
            case._escalate()

    def _escalate(self):
        check = self.env["offer.check"]
        told = self.activity_ids.user_id
        for manager in check._managers_of(self.identity_id.anchor_company_id):
            if not manager.offer_conflict_notify or not self._is_manager(manager):
                continue
            if manager in told:
                # has it on the list already; now it is late
                self.activity_ids.filtered(
                    lambda activity, manager=manager: activity.user_id == manager
                ).date_deadline = self.date_due
                continue
            words = self.with_context(lang=manager.lang)
            words._offer_todo(
                manager,
                words.env._("An offer conflict waits for a decision"),
                words.env._(
                    "%(case)s was to be decided by %(date)s.",
                    case=words.display_name,
                    date=format_date(words.env, self.date_due),
                ),
                date_deadline=self.date_due,
            )

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_open_customers(self):
        """List the customer's records, where their contact histories are."""
        self.ensure_one()
        self.check_access("read")
        partners = self.sudo().offer_ids.commercial_partner_id.sudo(False)
        return partners._filtered_access("read")._get_records_action(
            name=self.env._("Customers of %(case)s", case=self.name)
        )
