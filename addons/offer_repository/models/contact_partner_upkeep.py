from odoo import api, models


class ContactPartnerUpkeep(models.AbstractModel):
    """Profiles and keys of customers follow them, too."""

    _inherit = "contact.partner.upkeep"

    @api.model
    def _flush(self):
        self.env["res.partner"].flush_model(["commercial_partner_id"])
        self.env["res.partner.bank"].flush_model(
            ["partner_id", "active", "sanitized_acc_number"]
        )
        self.env["offer.partner.profile"].flush_model()
        return super()._flush()

    @api.model
    def _calls(self, noted):
        """Add what profiles and keys need.

        Topics are ``created`` (by this transaction: nothing else is stored of them),
        ``touched`` (something that profiles are made of changed; of contacts, their
        commercial entities are noted as well) and ``to_read`` (something else hangs on
        these, or they are gone).
        """
        yield from super()._calls(noted)
        ids = (
            noted.get(topic, {}).keys() for topic in ("created", "touched", "to_read")
        )
        yield from self.env["offer.partner.profile"]._calls(*ids)
