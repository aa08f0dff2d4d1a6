from odoo import api, fields, models
from odoo.tools import formatLang


class OfferConflict(models.Model):
    """New facts after a decision open the case again, and the chatter says which."""

    _inherit = "offer.conflict"

    # What the offers came to when it was decided: by offer id, amount and currency.
    decided_amounts = fields.Json(readonly=True, groups="base.group_system")

    def _decide(self, *args, **kwargs):
        result = super()._decide(*args, **kwargs)
        # sudo: managers may not write the case; deciding it was checked above.
        case_sudo = self.sudo()
        case_sudo.decided_amounts = {
            str(offer.id): (offer.amount_untaxed, offer.currency_id.id)
            for offer in case_sudo.offer_ids
        }
        return result

    @api.model
    def _decided_news(self, offer, matches, tree):
        """Return what has happened to decided cases since.

        :return: list of (case, sentence for its chatter)
        """
        news = []
        for case in offer.conflict_ids.filtered(lambda case: case._is_reopenable()):
            percent = case._price_change(offer)
            if abs(percent) > tree._offer_conflict_reopen_percent():
                news.append((case, case._in_house()._price_text(offer, percent)))
        if not offer.conflict_ids:
            news += self._newcomer_news(offer, matches, tree)
        return news

    def _is_reopenable(self):
        """Tell whether new facts count: not when the customers were told apart."""
        self.ensure_one()
        return self.state == "decided" and not self.closing_match_id

    def _in_house(self):
        """Return the case in the language of those who read its chatter.

        A cron finds the news, or a salesperson of one of the sides: their language is
        not the managers'.
        """
        self.ensure_one()
        anchor = self.identity_id.anchor_company_id
        lang = anchor._offer_conflict_manager().lang or anchor.partner_id.lang
        installed = {code for code, _name in self.env["res.lang"].get_installed()}
        return self.with_context(lang=lang) if lang in installed else self

    # ------------------------------------------------------------------
    # Prices
    # ------------------------------------------------------------------

    def _price_change(self, offer):
        """Return by how many per cent an offer changed since the decision.

        An offer that moves towards the others after "align the prices" does what was
        decided: no news.
        """
        before, currency_id = (self.decided_amounts or {}).get(str(offer.id), (0, 0))
        after = offer.amount_untaxed
        if not before or currency_id != offer.currency_id.id:
            return 0.0
        if self.decision == "align" and not self._has_wider_spread():
            return 0.0
        return 100.0 * (after - before) / before

    def _has_wider_spread(self):
        values = self._assessment_values(self.identity_id, self.offer_ids)
        return bool(values) and values["spread_percent"] > self.spread_percent

    def _price_text(self, offer, percent):
        return self.env._(
            "Opened again: %(offer)s changed by %(percent)s %% since the decision.",
            offer=offer.name,
            percent=formatLang(self.env, percent, digits=1),
        )

    # ------------------------------------------------------------------
    # Newcomers
    # ------------------------------------------------------------------

    @api.model
    def _newcomer_news(self, offer, matches, tree):
        """Return the latest decided case that a further side has joined."""
        side = offer._conflict_side()
        cases = (
            self._live_rivals(offer, matches, tree)
            .conflict_ids.filtered(lambda case: case._is_reopenable())
            .filtered(lambda case: side not in case._sides())
            .sorted("decided_at")
        )
        if not cases:
            return []
        case = cases[-1]
        text = case._in_house().env._(
            "Opened again: %(branch)s has a live offer for the customer, too.",
            branch=offer.company_id.name,
        )
        return [(case, text)]

    def _sides(self):
        return {offer._conflict_side() for offer in self.offer_ids}

    # ------------------------------------------------------------------
    # Opening
    # ------------------------------------------------------------------

    def _reopen(self, text):
        """Open a decided case again, unless the customer has an open one by now.

        :param text: why, for the chatter
        """
        self.ensure_one()
        if self._open_case(self.identity_id, self.offer_ids):
            return
        self.write(self._undone_values())
        self._message_log(body=text)
        self._tell_managers()
