from odoo import models


class OfferConflict(models.Model):
    """The contact histories of the case's customers, by the reader's rights."""

    _inherit = "offer.conflict"

    def history_data(self):
        """Return whose contact histories belong to the case.

        Records that are certainly one customer share one history and come once. The
        histories themselves are read like everywhere, with their own rights.

        :return: dict of ``customers``, a list of dicts of ``id`` and ``name``, and
            ``switch_on``, names of the reader's branches that hold more of them
        :raise AccessError: when the reader may not read the case
        """
        self.ensure_one()
        self.check_access("read")
        if not self.env["contact.interaction"].has_access("read"):
            return {"customers": [], "switch_on": ""}
        # sudo: ids of the case's customers; what is told of them is the reader's
        ids = self.sudo()._ordered_offers().commercial_partner_id.ids
        customers = self.env["res.partner"].browse(ids)
        readable = customers._filtered_access("read")
        reader = self._with_all_branches().env
        off = (customers - readable).with_env(reader)._filtered_access("read")
        return {
            "customers": [
                {"id": one.id, "name": one.display_name}
                for one in self._apart_histories(readable)
            ],
            "switch_on": ", ".join(off.company_id.mapped("name")),
        }

    def _apart_histories(self, customers):
        """Return one customer for each history that tells something of its own."""
        found = {}
        for customer in customers:
            circle = customer._contact_history_partners().commercial_partner_id
            found.setdefault(frozenset(circle.ids), customer)
        return customers.browse([customer.id for customer in found.values()])
