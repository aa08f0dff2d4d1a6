from odoo import models
from odoo.fields import Domain
from odoo.tools import SQL

from ..timeline import is_above
from .contact_interaction import MANUAL

# What lies on top of a page; whoever pins more than that pins nothing.
PINNED_LIMIT = 20


class ContactHistorySourceInteraction(models.AbstractModel):
    """The stored log: which rows of it a page has. How they are shown: ``…_entry``.

    The one source that reads beyond the reader's rights. Contacts of own branches
    are searched with the reader's rights and shown in full. Contacts of other
    branches of the tree are read in superuser mode and redacted, down to the level of
    the branch they belong to.
    """

    _name = "contact.history.source.interaction"
    _inherit = "contact.history.source"
    _description = "Contacts"

    _source_code = "interaction"
    _source_sequence = 10

    def _read_entries(self, partners, before, limit, filters):
        selects = [
            select
            for partner in partners.commercial_partner_id
            for select in self._select_parts(partner, before, limit, filters)
        ]
        return self._entries_of(self._query_rows(selects, before, limit))

    def _read_pinned(self, partners):
        """Return what people of the reader's branches have put on top."""
        domain = self._domain_customer(partners) & Domain("is_pinned", "=", True)
        query = self.env["contact.interaction"]._search(
            domain, order="occurred_at desc, id desc", limit=PINNED_LIMIT
        )
        if query.is_empty():
            return []
        selects = [self._select(query, is_own=True)]
        return self._entries_of(self._query_rows(selects, None, PINNED_LIMIT))

    # ------------------------------------------------------------------
    # Which rows
    # ------------------------------------------------------------------

    def _domain_customer(self, partners):
        return Domain("commercial_partner_id", "in", partners.commercial_partner_id.ids)

    def _select_parts(self, partner, before, limit, filters):
        """Return the queries of one commercial partner: own branches, and others.

        Each is read from the index ``_commercial_partner_page`` up to its own limit:
        cost depends on the size of the page, not on the length of the history.
        Conditions and record rules are put in by the ORM.
        """
        # sudo: only for companies of the tree, rows are redacted before use.
        own = self.env["contact.interaction"]
        base = Domain("commercial_partner_id", "=", partner.id) & self._domain_before(
            before, "occurred_at"
        )
        parts = []
        for model, domain, is_own in (
            (own, self._domain_own(filters, partner), True),
            (own.sudo(), self._domain_foreign(filters), False),
        ):
            query = model._search(
                base & domain,
                order=self._order_behind(before, "occurred_at"),
                limit=limit,
            )
            if not query.is_empty():
                parts.append(self._select(query, is_own))
        return parts

    def _select(self, query, is_own):
        table = self.env["contact.interaction"]._table
        return query.select(
            SQL.identifier(table, "id"),
            SQL.identifier(table, "occurred_at"),
            SQL("%s AS is_own", is_own),
        )

    def _query_rows(self, selects, before, limit):
        """Return the rows of a page as dicts, with the names that belong to them.

        SQL, because a page of 40 took Odoo's records nine queries and three times as
        long: each of them loads whole customers, users and branches to show a name.
        ``selects`` decide which rows; names are shown as Odoo shows them for any link.
        """
        if not selects:
            return []
        self.env["contact.interaction"].flush_model()
        self.env["res.partner"].flush_model(["name"])
        self.env["res.company"].flush_model(["name"])
        way = SQL("ASC") if before and before.newer else SQL("DESC")
        self.env.cr.execute(
            SQL(
                """
                SELECT log.id, page.is_own, log.occurred_at, log.channel, log.direction,
                       log.state, log.duration, log.certainty, log.subject, log.preview,
                       log.address, log.is_confidential, log.is_pinned, log.origin,
                       log.erased_at,
                       log.res_model, log.res_id, log.partner_id, log.company_id,
                       person.name AS user_name, company.name AS company_name,
                       customer.name AS customer_name,
                       EXISTS (SELECT FROM contact_interaction_ir_attachment_rel file
                                WHERE file.contact_interaction_id = log.id)
                       OR EXISTS (SELECT FROM message_attachment_rel file
                                   WHERE file.message_id = log.message_id) AS has_files
                  FROM (SELECT id, is_own, occurred_at FROM (%(parts)s) part
                         ORDER BY occurred_at %(way)s, id %(way)s LIMIT %(limit)s) page
                  JOIN contact_interaction log ON log.id = page.id
                  LEFT JOIN res_users login ON login.id = log.user_id
                  LEFT JOIN res_partner person ON person.id = login.partner_id
                  LEFT JOIN res_company company ON company.id = log.company_id
                  LEFT JOIN res_partner customer ON customer.id = log.partner_id
                 ORDER BY page.occurred_at %(way)s, page.id %(way)s
                """,
                parts=SQL(" UNION ALL ").join(SQL("(%s)", part) for part in selects),
                way=way,
                limit=limit,
            )
        )
        return self.env.cr.dictfetchall()

    def _domain_own(self, filters, partner):
        domain = Domain("company_id", "in", self.env.companies.ids)
        if filters.unanswered:
            domain &= self.env["contact.response"]._domain_unanswered(partner)
        if not filters.system:
            domain &= Domain("is_automatic", "=", False)
        return domain & self._domain_wanted(filters)

    def _domain_foreign(self, filters):
        """Return what the reader may know of, of the other branches.

        What a branch does not show must not be learned by filtering either: who
        looks for words needs its content, who chooses a channel or a person needs
        the metadata. Who waits is nobody else's, nor what a robot sent.
        """
        if filters.unanswered:
            return Domain.FALSE
        own_ids = self.env.companies._ids
        companies_sudo = self.env["res.company"]._contact_history_companies()
        foreign_sudo = companies_sudo.filtered(
            lambda company: company.id not in own_ids
        )
        return (
            self._domain_shown(foreign_sudo, _needed_level(filters))
            & Domain("is_confidential", "=", False)
            & Domain("is_automatic", "=", False)
            & self._domain_wanted(filters)
        )

    def _domain_shown(self, companies_sudo, needed):
        """Return the condition for contacts that are shown up to that level."""
        always, domains = [], []
        for company_id, levels in companies_sudo._contact_history_levels().items():
            shown = {
                channel: not is_above(needed, level)
                for channel, level in levels.items()
            }
            if all(shown.values()):
                always.append(company_id)
                continue
            is_usual = shown.pop(None)
            others = [channel for channel, is_in in shown.items() if is_in != is_usual]
            if is_usual or others:
                operator = "not in" if is_usual else "in"
                domains.append(
                    Domain("company_id", "=", company_id)
                    & Domain("channel", operator, others)
                )
        return Domain.OR([Domain("company_id", "in", always), *domains])

    def _domain_wanted(self, filters):
        wanted = Domain.TRUE
        for name, values in (
            ("channel", filters.channels),
            ("direction", filters.directions),
            ("company_id", filters.branches),
            ("user_id", filters.people),
        ):
            if values:
                wanted &= Domain(name, "in", sorted(values))
        if filters.attachments:
            # sudo: whether there are files; which, is decided by the reader's rights.
            wanted &= Domain("attachment_ids", "any!", Domain.TRUE) | Domain(
                "message_id", "any!", Domain("attachment_ids", "any!", Domain.TRUE)
            )
        if filters.text:
            wanted &= Domain.OR(
                Domain(name, "ilike", filters.text)
                for name in ("subject", "preview", "note", "address")
            )
        return wanted

    def _is_by_hand(self, row):
        """Return whether the contact itself is the only document there is of it."""
        return row["origin"] == MANUAL and not row["res_id"]


def _needed_level(filters):
    if filters.text or filters.attachments:
        return "content"
    if filters.channels or filters.directions or filters.people:
        return "metadata"
    return "existence"
