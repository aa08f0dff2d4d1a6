from odoo import api, models


class OfferCheck(models.AbstractModel):
    """What a user is told who is stopped, and what to do about it."""

    _inherit = "offer.check"

    @api.model
    def _refusal_endings(self):
        """Return the sentence about what to do now, by level."""
        return {
            "reason": self.env._("Give a reason to go on all the same."),
            "approval": self.env._("Ask your manager to approve it."),
            "block": self.env._("The rules of your branch do not allow to go on."),
        }

    @api.model
    def _refusal_text(self, stop, level, told):
        names = [card.get("name") or card["branch"] for card in told["customers"]]
        names += [card["branch"] for card in told["cards"]]
        values = {
            "subject": stop.subject,
            "where": ", ".join(dict.fromkeys(names)) or self.env._("another branch"),
            "ending": self._refusal_endings()[level],
        }
        if stop.event == "customer" and stop.is_certain:
            return self.env._(
                "“%(subject)s” is known already (%(where)s). %(ending)s", **values
            )
        if stop.event == "customer":
            return self.env._(
                "“%(subject)s” seems to be known already (%(where)s). %(ending)s",
                **values,
            )
        return self.env._(
            "Another branch has a live offer out to “%(subject)s” (%(where)s). "
            "%(ending)s",
            **values,
        )
