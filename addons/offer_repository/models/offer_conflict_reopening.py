from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import formatLang


class OfferConflict(models.Model):
    """New facts after a decision open the case again, and the chatter says which."""

    _inherit = "offer.conflict"

    # What the offers came to when it was decided: by offer id, amount and currency.
    decided_amounts = fields.Json(readonly=True, groups="base.group_system")
    has_earlier_effects = fields.Boolean(compute="_compute_has_earlier_effects")

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
    def _decided_news(self, offer, rivals, tree):
        """Return what has happened to decided cases since.

        :param rivals: the live offers of other sides to the customer
        :return: list of (case, sentence for its chatter)
        """
        news = []
        for case in offer.conflict_ids.filtered(lambda case: case._is_reopenable()):
            percent = case._price_change(offer)
            if abs(percent) > tree._offer_conflict_reopen_percent():
                news.append((case, case._in_house()._price_text(offer, percent)))
        if not offer.conflict_ids:
            news += self._newcomer_news(offer, rivals)
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
    def _newcomer_news(self, offer, rivals):
        """Return the latest decided case that a further side has joined."""
        side = offer._conflict_side()
        cases = (
            rivals.conflict_ids.filtered(lambda case: case._is_reopenable())
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
        standing = self._standing_effects()
        standing.is_earlier = True
        self.write(self._undone_values())
        self._message_log(body="\n".join([text, *self._standing_text(standing)]))
        self._tell_managers()

    # ------------------------------------------------------------------
    # What the decision did, which stays until somebody takes it back
    # ------------------------------------------------------------------

    def _standing_effects(self):
        return self.effect_ids.filtered(lambda effect: effect.state == "done")

    def _standing_text(self, effects):
        """Return the lines that tell what a decision did that holds no more."""
        if not effects:
            return []
        words = self._in_house()
        return [
            words.env._("What the decision did still stands; you can take it back:"),
            *effects.with_env(words.env).mapped("name"),
        ]

    @api.depends("state", "effect_ids.state", "effect_ids.is_earlier")
    def _compute_has_earlier_effects(self):
        for case in self:
            case.has_earlier_effects = case.state == "open" and any(
                effect.is_earlier and effect.state == "done"
                for effect in case.effect_ids
            )

    def action_undo_effects(self):
        """Take back what an earlier decision did, now that the case is open again."""
        self.ensure_one()
        self.check_access("read")
        if not self.has_earlier_effects:
            raise UserError(
                self.env._(
                    "%(case)s: nothing of an earlier decision stands that could be "
                    "taken back.",
                    case=self.name,
                )
            )
        # sudo: managers may not write the case; taking back is one way to, as deciding
        case = self.sudo()
        effects = case.effect_ids.filtered(
            lambda effect: effect.is_earlier and effect.state == "done"
        )
        effects.with_context(mail_activity_quick_update=True)._undo_all()
        case._message_log(body="\n".join(case._undone_effects_text(effects)))

    def _undone_effects_text(self, effects):
        undone = effects.filtered(lambda effect: effect.state == "undone")
        kept = effects - undone
        lines = [self.env._("Taken back of the earlier decision:")] if undone else []
        lines += undone.mapped("name")
        lines += [self.env._("Could not be taken back:")] if kept else []
        return lines + kept.mapped("name")
