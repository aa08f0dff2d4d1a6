from odoo import api, models

# Imports and first readings touch thousands of customers whom nobody looks at.
ANNOUNCED_AT_ONCE = 20
# Whatever of these changes, a page that shows the contact is not up to date.
SHOWN_FIELDS = frozenset(
    {
        "attachment_ids",
        "channel",
        "company_id",
        "direction",
        "duration",
        "is_confidential",
        "is_pinned",
        "note",
        "occurred_at",
        "partner_id",
        "preview",
        "state",
        "subject",
        "user_id",
    }
)


class ContactInteraction(models.Model):
    """A history that somebody looks at learns that it is not up to date any more.

    Nothing else: the message says neither which contact nor which customer, and the
    reader's page asks the server, which decides what he may see. Even that something
    happened is only told to whom the branch tells it, see ``ir.websocket``.
    """

    _inherit = "contact.interaction"

    @api.model_create_multi
    def create(self, vals_list):
        interactions = super().create(vals_list)
        interactions._announce(interactions._listeners())
        return interactions

    def write(self, vals):
        is_shown = not SHOWN_FIELDS.isdisjoint(vals)
        before = self._listeners() if is_shown else set()
        result = super().write(vals)
        if is_shown:
            self._announce(before | self._listeners())
        return result

    def unlink(self):
        before = self._listeners()
        result = super().unlink()
        self._announce(before)
        return result

    def _listeners(self):
        """Return the channels of who may know that there are these contacts.

        :return: set of (model, record id, subchannel); of a confidential contact only
            our own person hears.
        """
        listeners = set()
        # sudo: whom to tell, whoever touched the contact.
        for interaction_sudo in self.sudo():
            customer_id = interaction_sudo.commercial_partner_id.id
            if not customer_id:
                continue
            name = f"contact_history_{customer_id}"
            if not interaction_sudo.is_confidential:
                branch_id = interaction_sudo.company_id.id
                listeners.add(("res.company", branch_id, name))
            elif interaction_sudo.user_id:
                listeners.add(("res.users", interaction_sudo.user_id.id, name))
        return listeners

    @api.model
    def _announce(self, listeners):
        if len(listeners) > ANNOUNCED_AT_ONCE:
            return
        bus = self.env["bus.bus"]
        for model, record_id, name in sorted(listeners):
            channel = (self.env[model].browse(record_id), name)
            bus._sendone(channel, "contact_history.changed", {})
