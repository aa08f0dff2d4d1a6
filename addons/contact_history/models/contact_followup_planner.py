from collections import Counter
from datetime import timedelta
from typing import NamedTuple

from psycopg2 import IntegrityError

from odoo import api, fields, models
from odoo.fields import Domain

from .contact_followup import FINAL_STATES
from .contact_followup_rule import Occasion


class Plan(NamedTuple):
    """What is to be done about an occasion.

    :param str state: see ``contact.followup``; "planned" makes an activity
    :param user: res.users, who gets it; empty where nobody does
    :param habits: dict of ``preferred`` and ``hours``, see ``contact_history_header``
    """

    rule: models.Model
    occasion: Occasion
    state: str
    user: models.Model
    habits: dict


class ContactFollowupPlanner(models.AbstractModel):
    """Decides about occasions: who turns to whom, how, and whether at all."""

    _name = "contact.followup.planner"
    _description = "Contact history: planner of follow-ups"

    # ------------------------------------------------------------------
    # Deciding
    # ------------------------------------------------------------------

    @api.model
    def _make_plans(self, rule, companies, limit):
        """Return a ``Plan`` for each occasion that is due, without doing anything."""
        # sudo: see Occasion; nothing comes out but plans for who may see them
        rule_sudo = rule.sudo()
        occasions = rule_sudo._find_occasions(companies.sudo(), limit)
        if not occasions:
            return []
        partners = rule_sudo.env["res.partner"].union(
            *(one.partner for one in occasions)
        )
        in_touch = self._in_touch(rule_sudo, partners)
        busy = self._with_open_followup(partners)
        held = self._held(partners)
        given = self._given_today()
        plans = []
        for occasion in occasions:
            user = self._responsible(rule_sudo, occasion)
            customer = occasion.partner.commercial_partner_id
            habits = self._habits(occasion)
            state = "planned"
            if not self._is_welcome(occasion, habits):
                state = "refused"
            elif customer in held:
                state = "hold"
            elif customer in in_touch:
                state = "in_touch"
            elif customer in busy:
                state = "open"
            elif not user:
                state = "nobody"
            elif given[user.id] >= occasion.company.contact_followup_limit:
                state = "later"
            else:
                given[user.id] += 1
                busy |= customer
            plans.append(Plan(rule_sudo, occasion, state, user, habits))
        return plans

    @api.model
    def _in_touch(self, rule_sudo, partners):
        """Return the customers who were spoken with lately, on any channel."""
        customers = partners.commercial_partner_id
        if not rule_sudo.quiet_days:
            return customers.browse()
        since = fields.Datetime.now() - timedelta(days=rule_sudo.quiet_days)
        groups = rule_sudo.env["contact.interaction"]._read_group(
            [
                ("commercial_partner_id", "in", customers.ids),
                ("occurred_at", ">=", since),
                ("is_automatic", "=", False),
                ("state", "not in", ("missed", "failed")),
            ],
            ["commercial_partner_id"],
        )
        return customers.browse(partner.id for (partner,) in groups)

    @api.model
    def _with_open_followup(self, partners):
        """Return the customers whom somebody is to turn to already."""
        followups_sudo = self.env["contact.followup"].sudo()
        groups = followups_sudo._read_group(
            Domain("commercial_partner_id", "in", partners.commercial_partner_id.ids)
            & Domain("activity_id.active", "=", True),
            ["commercial_partner_id"],
        )
        return partners.browse(partner.id for (partner,) in groups)

    @api.model
    def _held(self, partners):
        """Return the customers with a legal hold: these are for the lawyers."""
        customers = partners.commercial_partner_id
        if "contact.hold" not in self.env:
            return customers.browse()
        holds_sudo = self.env["contact.hold"].sudo()
        found = holds_sudo.search(
            [
                ("partner_id.commercial_partner_id", "in", customers.ids),
                ("is_in_force", "=", True),
            ]
        )
        return found.partner_id.commercial_partner_id

    @api.model
    def _given_today(self):
        """Return how many activities each person got today already."""
        followups_sudo = self.env["contact.followup"].sudo()
        groups = followups_sudo._read_group(
            [("date", "=", fields.Date.today()), ("state", "=", "planned")],
            ["user_id"],
            ["__count"],
        )
        return Counter({user.id: count for user, count in groups})

    @api.model
    def _is_welcome(self, occasion, habits):
        """Return whether the customer may be turned to, on the channel he likes."""
        partner = occasion.partner.with_company(occasion.company)
        channel = (habits["preferred"] or {}).get("channel")
        return partner._may_contact("any") and (
            not channel or partner._may_contact(channel)
        )

    @api.model
    def _habits(self, occasion):
        """Return channel and hours the customer likes, by contacts of the branch."""
        partner = occasion.partner.with_context(
            tz=occasion.company.resource_calendar_id.tz or "UTC"
        )
        ours = Domain(
            "commercial_partner_id", "=", partner.commercial_partner_id.id
        ) & Domain("company_id", "=", occasion.company.id)
        return partner._contact_history_habits(ours)

    # ------------------------------------------------------------------
    # Who
    # ------------------------------------------------------------------

    @api.model
    def _responsible(self, rule, occasion):
        """Return who turns to the customer: salesperson, team leader, fallback.

        Only who can: active, of the branch, and allowed to read the customer.
        """
        partner = occasion.partner
        salespeople = [
            occasion.user,
            partner.user_id,
            partner.commercial_partner_id.user_id,
        ]
        leaders = [self._team_leader(user) for user in salespeople]
        for user in (*salespeople, *leaders, rule.fallback_user_id):
            if user and self._can_turn_to(user, occasion):
                return user
        return rule.env["res.users"]

    @api.model
    def _team_leader(self, user):
        # Sales teams are another app's; without it nobody leads.
        if "sale_team_id" not in user._fields:
            return user.browse()
        return user.sale_team_id.user_id

    @api.model
    def _can_turn_to(self, user, occasion):
        return (
            user.active
            and not user.share
            and occasion.company in user.company_ids
            and occasion.partner.with_user(user).sudo(False).has_access("read")
        )

    # ------------------------------------------------------------------
    # Doing
    # ------------------------------------------------------------------

    @api.model
    def _carry_out(self, plans):
        """Write down what is decided, and create the activities.

        :return: the new contact.followup records, in superuser mode
        """
        done_sudo = self.env["contact.followup"].sudo()
        for plan in plans:
            if plan.state in FINAL_STATES:
                done_sudo |= self._carry_out_one(plan)
        return done_sudo

    @api.model
    def _carry_out_one(self, plan):
        """Write one row; where another job was faster, nothing happens."""
        # sudo: people only read the log
        followups_sudo = self.env["contact.followup"].sudo()
        self.env.flush_all()
        try:
            with self.env.cr.savepoint(flush=False):
                followup_sudo = followups_sudo.create(self._prepare_followup(plan))
                followup_sudo.flush_recordset()
        except IntegrityError:
            self.env.invalidate_all(flush=False)
            return followups_sudo
        if plan.state == "planned":
            followup_sudo.activity_id = self._schedule(plan)
        return followup_sudo

    @api.model
    def _prepare_followup(self, plan):
        occasion = plan.occasion
        return {
            "rule_id": plan.rule.id,
            "occasion_key": occasion.key,
            "partner_id": occasion.partner.id,
            "company_id": occasion.company.id,
            "user_id": plan.user.id,
            "occurred_at": occasion.at,
            "date": fields.Date.today(),
            "state": plan.state,
            "channel": (plan.habits["preferred"] or {}).get("channel"),
        }
