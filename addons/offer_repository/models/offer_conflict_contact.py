from odoo import api, fields, models
from odoo.fields import Domain


class OfferConflict(models.Model):
    """How the customer likes to be reached, and who was first, for the picture."""

    _inherit = "offer.conflict"

    preferred_contact = fields.Text(
        compute="_compute_preferred_contact",
        help="From the contacts of the last year that you may read.",
    )

    # With the reader's rights: contacts that he may not read do not count.
    @api.depends("offer_ids")
    @api.depends_context("lang", "tz", "uid", "allowed_company_ids")
    def _compute_preferred_contact(self):
        for case in self:
            case.preferred_contact = case._preferred_contact_text()

    def _preferred_contact_text(self):
        # sudo: the ids of the case's customers; what is read of them is not
        ids = self.sudo().offer_ids.commercial_partner_id.ids
        readers = self._with_all_branches().env
        partners = readers["res.partner"].browse(ids)._filtered_access("read")
        ours = Domain("commercial_partner_id", "in", partners.ids)
        habits = partners and partners[:1]._contact_history_welcome(ours)
        preferred = habits and habits["preferred"]
        if not preferred:
            return self.env._("Nothing is known that you may read.")
        log = self.env["contact.interaction"]
        channels = dict(log._fields["channel"]._description_selection(self.env))
        values = {
            "channel": channels[preferred["channel"]],
            "count": preferred["count"],
            "total": preferred["total"],
        }
        hours = habits["hours"]
        if not hours or hours["sureness"] == "low":
            return self.env._("%(channel)s (%(count)s of %(total)s contacts)", **values)
        return self.env._(
            "%(channel)s (%(count)s of %(total)s contacts), mostly from %(start)s to "
            "%(end)s o'clock",
            start=hours["start"],
            end=hours["end"],
            **values,
        )

    def _with_all_branches(self):
        """Return the case as its reader sees it with all of the own branches on.

        A case is about several branches: which of them are switched on for lists must
        not decide what the reader learns of it. Nobody reads more than by rights.
        """
        return self.with_context(allowed_company_ids=self.env.user.company_ids.ids)

    # ------------------------------------------------------------------
    # Who was first
    # ------------------------------------------------------------------

    def first_data(self):
        """Return for each side when it was first asked, in touch, and made an offer.

        :return: list of dicts of ``key``, ``branch`` and ``events``, a list of dicts of
            ``code`` (``inquiry``, ``contact``, ``offer``), ``label`` and ``date``
            (ISO), earliest first; what the reader may not read is not in it
        :raise AccessError: when the reader may not read the case
        """
        self.ensure_one()
        self.check_access("read")
        # sudo: names and dates of offers are the case's own
        sides_sudo = self.sudo()._ordered_offers().grouped("company_id")
        reader = self._with_all_branches()
        return [
            {
                "key": side_sudo.id,
                "branch": side_sudo.name,
                "events": reader._first_events(side_sudo, offers_sudo),
            }
            for side_sudo, offers_sudo in sides_sudo.items()
        ]

    def _first_events(self, side_sudo, offers_sudo):
        partner_ids = offers_sudo.commercial_partner_id.ids
        moments = {
            "inquiry": self._first_lead(side_sudo, partner_ids).create_date,
            "contact": self._first_interaction(side_sudo, partner_ids).occurred_at,
            "offer": offers_sudo[0].date_first_sent,
        }
        labels = {
            "inquiry": self.env._("First inquiry"),
            "contact": self.env._("First contact"),
            "offer": self.env._("First offer"),
        }
        events = [
            {
                "code": code,
                "label": labels[code],
                "date": fields.Date.to_string(
                    fields.Datetime.context_timestamp(self, moment)
                ),
            }
            for code, moment in moments.items()
            if moment
        ]
        return sorted(events, key=lambda event: event["date"])
