from odoo import fields, models

# All that the page needs of a customer: reading the rest costs more than the page.
PAGE_FIELDS = (
    "commercial_partner_id",
    "company_id",
    "complete_name",
    "email_normalized",
    "parent_id",
    "partner_share",
    "phone_sanitized",
    "user_id",
)


class ResPartner(models.Model):
    _inherit = "res.partner"

    contact_interaction_count = fields.Integer(
        string="Interactions",
        compute="_compute_contact_interaction_count",
        groups="contact_history.contact_history_group_user",
    )

    def _compute_contact_interaction_count(self):
        """Count what the list behind the button shows: the reader's own rights."""
        groups = self.env["contact.interaction"]._read_group(
            [("commercial_partner_id", "in", self.commercial_partner_id.ids)],
            ["commercial_partner_id"],
            ["__count"],
        )
        counts = {partner.id: count for partner, count in groups}
        for partner in self:
            partner.contact_interaction_count = counts.get(
                partner.commercial_partner_id.id, 0
            )

    def action_view_contact_interactions(self):
        """Open the log of the customer as a list, for sorting and exporting."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "contact_history.contact_interaction_action"
        )
        commercial = self.commercial_partner_id
        return {
            **action,
            "domain": [("commercial_partner_id", "=", commercial.id)],
            "context": {"default_partner_id": self.id},
        }

    def _contact_history_partners(self):
        """Return the partners whose contacts belong on the page of this one.

        The commercial entity and all its contacts. Override to add partners that
        are the same customer: call ``super()`` and return the union. Visibility
        is decided later, for each contact; do not filter by rights here.

        :return: res.partner, in superuser mode.
        """
        self.ensure_one()
        # sudo: contacts of other branches belong to the page too, redacted.
        partners_sudo = self.sudo().with_context(active_test=False)
        commercial_sudo = partners_sudo.commercial_partner_id
        return partners_sudo.search_fetch(
            [("commercial_partner_id", "in", commercial_sudo.ids)],
            PAGE_FIELDS,
        )

    def _contact_history_check(self):
        """Refuse whoever may not read the customer, or contacts.

        :raise AccessError: see above.
        """
        self.ensure_one()
        # sudo: only into the cache, so that the check reads a few fields and not the
        # hundred that a customer has.
        self.sudo().fetch(PAGE_FIELDS)
        self.check_access("read")
        self.env["contact.interaction"].check_access("read")

    def contact_history_page(self, cursor=None, limit=None, filters=None, start=None):
        """Return one page of the contact history of this customer.

        :param str cursor: ``next_cursor`` or ``previous_cursor`` of another page.
        :param int limit: number of entries, 1 to 200; default 40.
        :param dict filters: see ``timeline.Filters.from_values``.
        :param str start: show what happened before this moment (UTC), to jump to a day.
        :return: dict of ``entries``, ``problems`` (texts, one for each source that
            could not be read), ``next_cursor`` (older), ``previous_cursor`` (newer),
            ``planned`` and ``pinned`` (entries, on the first page only), ``partner``
            and ``counts``.
        :raise AccessError: when the reader may not read the partner, or contacts.
        :raise ValidationError: for a cursor, limit or filter that is not valid.
        """
        self._contact_history_check()
        waiting = self.env["contact.history.queue"]._catch_up()
        page, failed = self.env["contact.history.timeline"]._read_page(
            self._contact_history_partners(), cursor, limit, filters, start
        )
        return {
            "entries": [entry.as_dict() for entry in page.entries],
            "planned": [entry.as_dict() for entry in page.planned],
            "pinned": [entry.as_dict() for entry in page.pinned],
            "problems": [
                *(source._failure_message() for source in failed),
                *self._contact_history_unrecorded(waiting),
            ],
            "next_cursor": page.next_cursor and page.next_cursor.encode(),
            "previous_cursor": page.previous_cursor and page.previous_cursor.encode(),
            "partner": {"id": self.id, "name": self.complete_name},
            "counts": {
                "entries": len(page.entries),
                "redacted": sum(entry.redacted for entry in page.entries),
            },
        }

    def _contact_history_unrecorded(self, waiting):
        """Return what to say of messages that have not been recorded yet."""
        if not waiting:
            return []
        return [self.env._("Contacts of the last minutes are still being recorded.")]

    def unlink(self):
        # Deleted customers are no recipients any more: what they got is recorded first.
        self.env["contact.history.queue"]._finish_of(self)
        return super().unlink()
