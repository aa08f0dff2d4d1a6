from odoo import models

from .offer_conflict_detection import IS_SENDING

_SILENT = "silent"


class OfferConflict(models.Model):
    """Who is told that there is a case, each in the own language, unless unwanted."""

    _inherit = "offer.conflict"

    def _tell(self):
        """Tell the managers, and who was shown no notice of it while writing an offer.

        Of two who send in the same second neither saw the other's offer.
        """
        self._tell_managers()
        if not self.env.context.get(IS_SENDING):
            for user, offers in self.offer_ids.grouped("user_id").items():
                self._tell_seller(user, offers[:1])

    def _tell_managers(self):
        """Give an activity to the conflict manager of every side that has one."""
        self.ensure_one()
        for manager in self._told_managers():
            words = self.with_context(lang=manager.lang)
            words._offer_todo(
                manager,
                words.env._("Decide an offer conflict"),
                words.env._(
                    # no full stop: names of companies end in one
                    "Live offers of %(sides)s for %(customer)s",
                    sides=words.side_names,
                    customer=words.customer_name,
                ),
            )

    def _told_managers(self):
        """Return the conflict managers of all sides who want to be told."""
        managers = self.env["res.users"]
        for company in self.company_ids:
            managers |= company._offer_conflict_manager()
        return managers.filtered("offer_conflict_notify").filtered(self._is_manager)

    def _is_manager(self, user):
        """Tell whether the user may read the case: an activity without is a riddle."""
        return user.active and user._offer_may_read(self)

    def _tell_seller(self, user, offer):
        """Give an activity to a salesperson, on what he may read of the own offer.

        It says what "My Conflicts" does: which other branch, and is logged like it.
        """
        record = self._readable_of(user, offer)
        if not record or self._is_hushed(offer.company_id):
            return
        words = self.with_context(lang=user.lang)
        record.with_context(lang=user.lang)._offer_todo(
            user,
            words.env._(
                "Offer conflict: %(customer)s", customer=offer.partner_id.display_name
            ),
            words._words_for_seller(offer),
        )
        rows = self.env["offer.conflict.mine"].browse(offer.id)._disclosures()
        reader = self.env["contact.disclosure"].with_user(user)
        reader.with_context(allowed_company_ids=offer.company_id.ids)._log(rows)

    def _words_for_seller(self, offer):
        """Say whose the other offer is: a branch by name, nobody within the own one."""
        others = self.company_ids - offer.company_id
        if others:
            return self.env._(
                "There is a live offer of another branch, too: %(branches)s. A manager "
                "decides; see My Conflicts.",
                branches=", ".join(others.mapped("name")),
            )
        if offer.company_id._offer_conflict_side() == "team":
            return self.env._(
                "There is a live offer of another sales team of your branch, too. A "
                "manager decides; see My Conflicts."
            )
        return self.env._(
            "There is a live offer of a colleague of your branch, too. A manager "
            "decides; see My Conflicts."
        )

    def _readable_of(self, user, offer):
        """Return what an activity can hang on for a user who wants to be told."""
        if not user.active or not user.offer_conflict_notify:
            return None
        for record in filter(None, (offer.order_id, offer.commercial_partner_id)):
            if user._offer_may_read(record):
                return record
        return None

    def _is_hushed(self, company):
        """Tell whether a branch's rules say nothing of such conflicts to its people."""
        policy = self.env["offer.check.policy"]
        return policy._conflict_level(company, self._severity(self.severity)) == _SILENT
