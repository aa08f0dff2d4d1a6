from collections import defaultdict

from odoo import models

from ..timeline import Attachment, Entry, is_above, redact, thread_of


class ContactHistorySourceInteraction(models.AbstractModel):
    """What is shown of a contact, as far as the reader may see it."""

    _inherit = "contact.history.source.interaction"

    def _entries_of(self, rows):
        """Return the entries of ``_query_rows``, what is not the reader's redacted."""
        # sudo: levels are no secret of their branch, whose people set them.
        foreign_ids = {row["company_id"] for row in rows if not row["is_own"]}
        levels = (
            self.env["res.company"].sudo().browse(foreign_ids)._contact_history_levels()
        )
        for row in rows:
            row["level"] = "content" if row["is_own"] else _level(levels, row)
        whole = [row for row in rows if row["level"] == "content"]
        files = self._readable_attachments(whole)
        documents = self._readable_documents(whole)
        disclosed = [
            self._prepare_disclosure(row)
            for row in rows
            if not row["is_own"] and is_above(row["level"], "metadata")
        ]
        self.env["contact.disclosure"]._log(disclosed)
        return [self._prepare_entry(row, files, documents) for row in rows]

    def _prepare_entry(self, row, files, documents):
        pointer = (row["res_model"], row["res_id"])
        if row["is_own"] and self._is_by_hand(row):
            pointer = ("contact.interaction", row["id"])
        elif pointer not in documents:
            pointer = (None, None)
        entry = Entry.from_values(
            self._source_code,
            {
                "id": row["id"],
                "occurred_at": row["occurred_at"],
                "channel": row["channel"],
                "direction": row["direction"],
                "state": row["state"],
                "label": self._label(row),
                "duration": row["duration"],
                "certainty": row["certainty"],
                "user_name": row["user_name"],
                "company_name": row["company_name"],
                "partner_name": row["customer_name"] or row["address"],
                "subject": row["subject"],
                "preview": row["preview"],
                "attachments": files.get(row["id"], ()),
                "res_model": pointer[0],
                "res_id": pointer[1],
                "thread": self._thread(row),
                "is_pinned": row["is_own"] and row["is_pinned"],
                "can_pin": row["is_own"],
            },
        )
        if row["is_own"]:
            return entry
        return redact(entry, row["level"], self._reason(row))

    def _label(self, row):
        """Return what marks the contact: that it is empty, or not for everybody."""
        if row["erased_at"]:
            return self.env._("Erased")
        return self.env._("Confidential") if row["is_confidential"] else None

    def _thread(self, row):
        is_document = row["res_id"] and row["res_model"] != "res.partner"
        document = (row["res_model"], row["res_id"]) if is_document else None
        return thread_of(row["channel"], row["subject"], document)

    def _reason(self, row):
        if row["company_id"] in self.env.user._get_company_ids():
            return self.env._(
                "This contact belongs to %(branch)s. Switch that branch on in the "
                "company menu to see all of it.",
                branch=row["company_name"],
            )
        return self.env._(
            "This contact belongs to %(branch)s, which shows only a part of its "
            "contacts to other branches. Ask there for more.",
            branch=row["company_name"],
        )

    def _prepare_disclosure(self, row):
        return {
            "owner_company_id": row["company_id"],
            "partner_id": row["partner_id"],
            "kind": "interaction",
            "level": row["level"],
            "res_model": "contact.interaction",
            "res_id": row["id"],
            "reason_code": "shown",
        }

    def _readable_attachments(self, rows):
        """Return {id: attachments}, only those the reader may open himself."""
        ids = [row["id"] for row in rows if row["has_files"]]
        if not ids:
            return {}
        # sudo: to learn the ids; what is shown is filtered by the reader below.
        found = {
            interaction_sudo.id: interaction_sudo.attachment_ids
            | interaction_sudo.message_id.attachment_ids
            for interaction_sudo in self.env["contact.interaction"].sudo().browse(ids)
        }
        every = self.env["ir.attachment"].union(*found.values())
        readable = every.with_env(self.env)._filtered_access("read")
        result = {
            record_id: tuple(
                Attachment(file.id, file.name, file.mimetype or "")
                for file in readable & files_sudo
            )
            for record_id, files_sudo in found.items()
        }
        # The cache is shared with the reader's environment.
        self.env["contact.interaction"].browse(ids).invalidate_recordset()
        (every - readable).invalidate_recordset()
        return result

    def _readable_documents(self, rows):
        """Return {(model, id)} of the documents that the reader may open."""
        by_model = defaultdict(set)
        for row in rows:
            if row["res_id"] and row["res_model"] in self.env:
                by_model[row["res_model"]].add(row["res_id"])
        readable = set()
        for name, ids in by_model.items():
            records = self.env[name].with_context(active_test=False)
            if records.has_access("read"):
                found = records.search([("id", "in", sorted(ids))], order="id")
                readable.update((name, record_id) for record_id in found._ids)
        return readable


def _level(levels, row):
    """Return how much is shown of a contact of another branch."""
    by_channel = levels[row["company_id"]]
    return by_channel.get(row["channel"], by_channel[None])
