from collections import defaultdict
from dataclasses import replace

from odoo import models
from odoo.fields import Domain
from odoo.tools import SQL

from ..timeline import LEVELS, Attachment, Entry, is_above, redact
from .contact_interaction import MANUAL


class ContactHistorySourceInteraction(models.AbstractModel):
    """The stored log. The one source that reads beyond the reader's rights.

    Contacts of own branches are searched with the reader's rights and shown in
    full. Contacts of other branches of the tree are read in superuser mode and
    redacted here, down to the level of the branch they belong to.
    """

    _name = "contact.history.source.interaction"
    _inherit = "contact.history.source"
    _description = "Contacts"

    _source_code = "interaction"
    _source_sequence = 10

    def _read_entries(self, partners, before, limit, filters):
        page = self._query_page(partners, before, limit, filters)
        own_ids = [record_id for record_id, is_own in page if is_own]
        foreign_ids = [record_id for record_id, is_own in page if not is_own]
        entries = self._read_own(own_ids) | self._read_foreign(foreign_ids)
        return [entries[record_id] for record_id, _is_own in page]

    # ------------------------------------------------------------------
    # Which rows
    # ------------------------------------------------------------------

    def _query_page(self, partners, before, limit, filters):
        """Return [(id, is own branch)] of the newest rows behind ``before``.

        One part for each commercial partner, own branches and others, each read
        from the index ``_commercial_partner_page`` up to its own limit: cost
        depends on the size of the page, not on the length of the history.
        Conditions and record rules are put in by the ORM.
        """
        parts = [
            part
            for partner in partners.commercial_partner_id
            for part in self._select_parts(partner, before, limit, filters)
        ]
        if not parts:
            return []
        return self.env.execute_query(
            SQL(
                "SELECT id, is_own FROM (%s) page"
                " ORDER BY occurred_at DESC, id DESC LIMIT %s",
                SQL(" UNION ALL ").join(SQL("(%s)", part) for part in parts),
                limit,
            )
        )

    def _select_parts(self, partner, before, limit, filters):
        # sudo: only for companies of the tree, rows are redacted before use.
        own = self.env["contact.interaction"]
        base = Domain("commercial_partner_id", "=", partner.id) & self._domain_before(
            before, "occurred_at"
        )
        for model, domain, is_own in (
            (own, self._domain_own(filters, partner), True),
            (own.sudo(), self._domain_foreign(filters), False),
        ):
            query = model._search(
                base & domain, order="occurred_at desc, id desc", limit=limit
            )
            if not query.is_empty():
                yield query.select(
                    SQL.identifier(own._table, "id"),
                    SQL.identifier(own._table, "occurred_at"),
                    SQL("%s AS is_own", is_own),
                )

    def _domain_own(self, filters, partner):
        domain = Domain("company_id", "in", self.env.companies.ids)
        if filters.unanswered:
            domain &= self.env["contact.response"]._domain_unanswered(partner)
        return domain & self._domain_wanted(filters)

    def _domain_foreign(self, filters):
        """Return what the reader may know of, of the other branches.

        A branch that shows no more than existence is left out as soon as the
        reader filters: what matches would tell the channel. So is one that does not
        show the content when words are looked for, and who waits is nobody else's.
        """
        if filters.unanswered:
            return Domain.FALSE
        companies_sudo = self.env["res.company"]._contact_history_companies()
        foreign_sudo = companies_sudo.filtered(
            lambda company: company.id not in self.env.companies._ids
        )
        if filters.is_active:
            foreign_sudo = foreign_sudo.filtered(
                lambda company: (
                    company.contact_history_level
                    in (("content",) if filters.text else LEVELS[1:])
                )
            )
        return (
            Domain("company_id", "in", foreign_sudo.ids)
            & Domain("is_confidential", "=", False)
            & self._domain_wanted(filters)
        )

    def _domain_wanted(self, filters):
        wanted = Domain.TRUE
        if filters.channels:
            wanted &= Domain("channel", "in", sorted(filters.channels))
        if filters.directions:
            wanted &= Domain("direction", "in", sorted(filters.directions))
        if filters.text:
            wanted &= Domain.OR(
                Domain(name, "ilike", filters.text)
                for name in ("subject", "preview", "note", "address")
            )
        return wanted

    # ------------------------------------------------------------------
    # What is shown of them
    # ------------------------------------------------------------------

    def _read_own(self, ids):
        interactions = self.env["contact.interaction"].browse(ids)
        entries = self._prepare_entries(interactions)
        # What was logged by hand has no other document than itself.
        for interaction in interactions:
            if interaction.origin == MANUAL and not interaction.res_id:
                entries[interaction.id] = replace(
                    entries[interaction.id],
                    res_model=interaction._name,
                    res_id=interaction.id,
                )
        return entries

    def _read_foreign(self, ids):
        # sudo: the ids come from _domain_foreign, and all of it is redacted.
        interactions_sudo = self.env["contact.interaction"].sudo().browse(ids)
        entries = self._prepare_entries(interactions_sudo)
        disclosed = []
        for interaction_sudo in interactions_sudo:
            company_sudo = interaction_sudo.company_id
            level = company_sudo.contact_history_level
            entries[interaction_sudo.id] = redact(
                entries[interaction_sudo.id], level, self._reason(company_sudo)
            )
            if is_above(level, "metadata"):
                disclosed.append(self._prepare_disclosure(interaction_sudo))
        self.env["contact.disclosure"]._log(disclosed)
        # The cache is shared with the reader's environment.
        interactions_sudo.invalidate_recordset()
        return entries

    def _reason(self, company_sudo):
        if company_sudo in self.env.user.company_ids:
            return self.env._(
                "This contact belongs to %(branch)s. Switch that branch on in the "
                "company menu to see all of it.",
                branch=company_sudo.name,
            )
        return self.env._(
            "This contact belongs to %(branch)s, which shows only a part of its "
            "contacts to other branches. Ask there for more.",
            branch=company_sudo.name,
        )

    def _prepare_disclosure(self, interaction_sudo):
        return {
            "owner_company_id": interaction_sudo.company_id.id,
            "partner_id": interaction_sudo.partner_id.id,
            "kind": "interaction",
            "level": interaction_sudo.company_id.contact_history_level,
            "res_model": interaction_sudo._name,
            "res_id": interaction_sudo.id,
            "reason": self.env._("Shown in the contact history of the customer."),
        }

    def _prepare_entries(self, interactions):
        """Return {id: Entry} of ``interactions``, unredacted, in a few queries."""
        files = self._readable_attachments(interactions)
        documents = self._readable_documents(interactions)
        return {
            interaction.id: Entry.from_values(
                self._source_code,
                {
                    **self._prepare_entry(interaction),
                    "attachments": files.get(interaction.id, ()),
                    **documents.get(interaction.id, {}),
                },
            )
            for interaction in interactions
        }

    def _prepare_entry(self, interaction):
        # sudo: names of people and branches, as Odoo shows them for any link.
        interaction_sudo = interaction.sudo()
        return {
            "id": interaction.id,
            "occurred_at": interaction.occurred_at,
            "channel": interaction.channel,
            "direction": interaction.direction,
            "state": interaction.state,
            "label": interaction.is_confidential and self.env._("Confidential"),
            "duration": interaction.duration,
            "certainty": interaction.certainty,
            "user_name": interaction_sudo.user_id.name,
            "company_name": interaction_sudo.company_id.name,
            "partner_name": interaction_sudo.partner_id.name or interaction.address,
            "subject": interaction.subject,
            "preview": interaction.preview,
        }

    def _readable_attachments(self, interactions):
        """Return {id: attachments}, only those the reader may open himself."""
        # sudo: to learn the ids; what is shown is filtered by the reader below.
        found = {
            interaction_sudo.id: interaction_sudo.attachment_ids
            | interaction_sudo.message_id.attachment_ids
            for interaction_sudo in interactions.sudo()
        }
        every = self.env["ir.attachment"].union(*found.values())
        readable = every.with_env(self.env)._filtered_access("read")
        return {
            record_id: tuple(
                Attachment(file.id, file.name, file.mimetype or "")
                for file in readable & files_sudo
            )
            for record_id, files_sudo in found.items()
            if files_sudo
        }

    def _readable_documents(self, interactions):
        """Return {id: pointer}: the document, if the reader may open it."""
        by_model = defaultdict(set)
        for interaction in interactions.filtered("res_id"):
            if interaction.res_model in self.env:
                by_model[interaction.res_model].add(interaction.res_id)
        readable = {
            (name, record_id)
            for name, ids in by_model.items()
            for record_id in self.env[name]
            .browse(ids)
            .exists()
            ._filtered_access("read")
            .ids
        }
        return {
            interaction.id: {
                "res_model": interaction.res_model,
                "res_id": interaction.res_id,
            }
            for interaction in interactions
            if (interaction.res_model, interaction.res_id) in readable
        }
