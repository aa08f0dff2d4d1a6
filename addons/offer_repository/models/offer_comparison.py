from odoo import api, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain

from ..comparing import View, classes, difference

FEWEST, MOST = 2, 6
# PostgreSQL's integer: anything above names no record and would only raise there.
_MAX_ID = 2**31 - 1
# How many offers and versions are proposed to be added.
_CANDIDATES = 40


class OfferComparison(models.AbstractModel):
    """Two to six archived versions side by side, of one offer or of several.

    Everything is compared as it left the house: by revision, from the payload. Readers
    get what their record rules give them; a manager's look at another branch's offer
    is a disclosure.
    """

    _name = "offer.comparison"
    _description = "Comparison of Offers"

    # ------------------------------------------------------------------
    # For the client
    # ------------------------------------------------------------------

    @api.model
    def read_comparison(self, revision_ids, currency_id=False):
        """Return all that the screen can show of these versions.

        :param revision_ids: 2 to 6 ids of ``offer.revision``
        :param currency_id: id of the ``res.currency`` to compare in; the offers' own
            by default if they share one, the reader's company's otherwise
        :return: dict of ``columns``, ``groups`` of rows of cells, ``currency`` and
            ``currencies`` to choose from, ``can_export``
        :raise AccessError: when the reader may not read one of them
        :raise UserError: for too few or too many
        """
        revisions = self._readable(revision_ids)
        currency = self._currency(revisions, currency_id)
        # sudo: what the versions link to may belong to branches that are not switched
        # on; the access check was made above.
        revisions_sudo = revisions.sudo()
        table = self._make_table(revisions_sudo, currency)
        answer = {
            "columns": [
                self._column_answer(column, revision)
                for column, revision in zip(table.columns, revisions_sudo, strict=True)
            ],
            "groups": [self._group_answer(group, table) for group in table.groups],
            "currency": currency.id,
            "currencies": [
                {"id": one.id, "name": one.name}
                for one in self._currencies(revisions_sudo)
            ],
            "can_export": self._can_export(),
        }
        self._disclose(revisions_sudo)
        # What was read here in sudo must not be found in the cache by code that runs
        # later in this transaction with the reader's own rights.
        self.env.invalidate_all()
        return answer

    @api.model
    def find_candidates(self, revision_ids):
        """Return what could be compared as well: other versions, the customer's offers.

        :param revision_ids: ids of ``offer.revision``, one at least
        :return: list of dicts of ``id`` (of the revision), ``title`` and ``note``
        """
        chosen = self._readable(revision_ids, fewest=1)
        offers = chosen.offer_id
        customers = self._same_customers(offers)
        others = self.env["offer.offer"].search(
            [
                ("commercial_partner_id", "in", customers),
                ("id", "not in", offers.ids),
                ("current_revision_id", "!=", False),
            ],
            limit=_CANDIDATES,
        )
        found = offers.revision_ids._filtered_access("read").sorted("date", True)
        found = found[:_CANDIDATES] | others.current_revision_id
        found_sudo = (found - chosen)._filtered_access("read").sudo()
        candidates = [
            {
                "id": revision.id,
                "title": self._revision_title(revision),
                "note": " · ".join(self._revision_notes(revision)),
            }
            for revision in found_sudo
        ]
        self.env.invalidate_all()
        return candidates

    # ------------------------------------------------------------------
    # Who may compare what
    # ------------------------------------------------------------------

    @api.model
    def _readable(self, revision_ids, fewest=FEWEST):
        """Return the revisions, in the given order, if the reader may read them all.

        What does not exist and what may not be read are refused alike.
        """
        ids = self._parse_ids(revision_ids)
        if not fewest <= len(ids) <= MOST:
            raise UserError(
                self.env._(
                    "Choose %(fewest)s to %(most)s offers or revisions to compare, "
                    "not %(count)s.",
                    fewest=fewest,
                    most=MOST,
                    count=len(ids),
                )
            )
        revisions = self.env["offer.revision"].browse(ids)
        if revisions.exists()._filtered_access("read") != revisions:
            raise AccessError(
                self.env._(
                    "One of these offers is not there, or you may not read it. Go back "
                    "to the list and choose again."
                )
            )
        return revisions

    @api.model
    def _parse_ids(self, ids):
        is_list = isinstance(ids, list | tuple) and len(ids) <= 1000
        if not is_list or not all(
            isinstance(one, int) and not isinstance(one, bool) and 0 < one <= _MAX_ID
            for one in ids
        ):
            raise ValidationError(
                self.env._("A comparison needs the numbers of the revisions as a list.")
            )
        return list(dict.fromkeys(ids))

    @api.model
    def _same_customers(self, offers):
        """Return the ids of the customers of offers, and of who they are as well."""
        entities_sudo = offers.sudo().commercial_partner_id
        tree_sudo = offers.sudo().company_id._offer_tree()
        same_sudo = self.env["offer.identity"]._certain_partners(
            entities_sudo, tree_sudo
        )
        return (entities_sudo | same_sudo).ids

    @api.model
    def _can_export(self):
        return self.env.user.has_group("base.group_allow_export")

    @api.model
    def _disclose(self, revisions_sudo):
        """Note that a manager saw versions of branches that are not his own."""
        foreign_sudo = revisions_sudo.filtered(
            lambda revision: revision.company_id not in self.env.companies
        )
        self.env["contact.disclosure"]._log(
            [
                {
                    "owner_company_id": revision.company_id.id,
                    "partner_id": revision.offer_id.commercial_partner_id.id,
                    "kind": "offer_comparison",
                    "level": "content",
                    "res_model": "offer.revision",
                    "res_id": revision.id,
                    "reason_code": "compared",
                }
                for revision in foreign_sudo
            ]
        )

    # ------------------------------------------------------------------
    # As plain data
    # ------------------------------------------------------------------

    @api.model
    def _column_answer(self, column, revision_sudo):
        return {
            "key": column.key,
            "title": column.title,
            "notes": list(column.notes),
            "offer_id": revision_sudo.offer_id.id,
            "revision_id": revision_sudo.id,
        }

    @api.model
    def _group_answer(self, group, table):
        return {
            "key": group.key,
            "title": group.title,
            "rows": [self._row_answer(row, table.columns) for row in group.rows],
        }

    @api.model
    def _row_answer(self, row, columns):
        keys = [column.key for column in columns]
        return {
            "key": row.key,
            "label": row.label,
            "note": row.note,
            "is_strong": row.is_strong,
            "cells": [
                {
                    "exists": cell.exists,
                    "text": cell.text,
                    "notes": list(cell.notes),
                    "same": same,
                    "against": self._differences(cell, row.cells, keys),
                }
                for cell, same in zip(row.cells, classes(row.cells), strict=True)
            ],
        }

    @api.model
    def _differences(self, cell, cells, keys):
        """Return how a cell differs from each of its row, by the key of the column."""
        answers = {}
        for key, base in zip(keys, cells, strict=True):
            percent = difference(cell, base)
            if percent is not None and base is not cell:
                answers[key] = self._difference_answer(percent)
        return answers

    @api.model
    def _difference_answer(self, percent):
        shown = self._shown_percent(percent)
        sign = (percent > 0) - (percent < 0) if shown else 0
        return {"text": shown, "sign": sign}

    @api.model
    def _parse_view(self, options):
        """Return what the reader made of the screen as :class:`~..comparing.View`."""
        options = options if isinstance(options, dict) else {}

        def texts(name):
            values = options.get(name)
            values = values if isinstance(values, list | tuple) else ()
            return tuple(str(value)[:20] for value in values[:MOST])

        return View(
            order=texts("order"),
            base=str(options.get("base") or "")[:20],
            hides_equal=bool(options.get("hides_equal")),
            hidden=frozenset(texts("hidden")),
        )

    # ------------------------------------------------------------------
    # Opening the screen
    # ------------------------------------------------------------------

    @api.model
    def _open(self, revisions):
        """Return the action that shows these versions side by side."""
        action = self.env["ir.actions.client"]._for_xml_id(
            "offer_repository.offer_comparison_action"
        )
        return {**action, "params": {"revision_ids": revisions.ids[:MOST]}}

    @api.model
    def _proposal(self, offer):
        """Return what an offer is compared with at first: its versions, else others'.

        :return: ``offer.revision``, the offer's newest one last
        """
        versions = offer.revision_ids._filtered_access("read").sorted("number")
        if len(versions) > 1:
            return versions[-MOST:]
        domain = Domain("commercial_partner_id", "in", self._same_customers(offer))
        domain &= Domain("id", "!=", offer.id)
        others = self.env["offer.offer"].search(domain, limit=1)
        return others.current_revision_id | versions
