from datetime import datetime

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Date
from odoo.tools import float_round, format_date, format_datetime, formatLang

from ..evidence import diff_contents

_MONEY = frozenset({"price_unit", "subtotal", "untaxed", "tax", "total"})


class OfferOffer(models.Model):
    """The versions of an offer, and what changed between two, as plain data."""

    _inherit = "offer.offer"

    def read_versions(self):
        """Return the versions the reader may see, oldest first, each with its news.

        :return: list of dicts; ``news`` are short texts on what changed since the
            version before
        """
        self.ensure_one()
        self.check_access("read")
        revisions = self.env["offer.revision"].search(
            [("offer_id", "=", self.id)], order="number"
        )
        versions, previous = [], None
        for revision in revisions:
            versions.append(self._version(revision, previous))
            previous = revision
        return versions

    def compare_revisions(self, older_id, newer_id):
        """Return what changed between two versions of this offer, ready to be shown.

        :param older_id: id of an ``offer.revision`` of this offer
        :param newer_id: the same
        :return: dict of ``terms``, ``totals`` and ``lines``
        """
        self.ensure_one()
        self.check_access("read")
        revisions = self.env["offer.revision"].search(
            [("offer_id", "=", self.id), ("id", "in", [older_id, newer_id])]
        )
        found = {revision.id: revision for revision in revisions}
        if not {older_id, newer_id} <= found.keys():
            raise UserError(
                self.env._(
                    "One of these revisions does not belong to offer %(offer)s. "
                    "Reload the page and choose again.",
                    offer=self.name,
                )
            )
        older, newer = found[older_id], found[newer_id]
        diff = self._diff(older, newer)
        currencies = older.currency_id, newer.currency_id
        return {
            "terms": self._shown_changes(diff.terms, currencies),
            "totals": self._shown_changes(diff.totals, currencies),
            "lines": [
                {
                    "kind": line.kind,
                    "label": line.label,
                    "changes": self._shown_changes(line.changes, currencies),
                }
                for line in diff.lines
            ],
        }

    # ------------------------------------------------------------------
    # One version
    # ------------------------------------------------------------------

    def _version(self, revision, previous):
        selection = revision._fields["reason"]._description_selection(self.env)
        total = formatLang(
            self.env, revision.amount_total, currency_obj=revision.currency_id
        )
        return {
            "id": revision.id,
            "number": revision.number,
            "date": fields.Datetime.to_string(revision.date),
            "reason": dict(selection)[revision.reason],
            "user": revision.user_name or "",
            "total": total,
            "is_current": revision == self.current_revision_id,
            "is_accepted": revision == self.accepted_revision_id,
            "is_material": revision.is_material,
            "files": revision.document_count,
            "news": self._news(previous, revision) if previous else [],
        }

    def _diff(self, older, newer):
        return diff_contents(
            older._payload_value()["content"], newer._payload_value()["content"]
        )

    def _news(self, older, newer):
        diff = self._diff(older, newer)
        kinds = [line.kind for line in diff.lines]
        added, removed = kinds.count("added"), kinds.count("removed")
        changed, terms = kinds.count("changed"), len(diff.terms)
        texts = [
            added and self.env._("Lines added: %(count)s", count=added),
            removed and self.env._("Lines removed: %(count)s", count=removed),
            changed and self.env._("Lines changed: %(count)s", count=changed),
            terms and self.env._("Terms changed: %(count)s", count=terms),
        ]
        texts += [
            self.env._("Total %(percent)s", percent=self._shown_percent(change.percent))
            for change in diff.totals
            if change.field == "total" and change.percent is not None
        ]
        if diff.is_equal:
            texts.append(self.env._("Only the document is new"))
        return [text for text in texts if text]

    # ------------------------------------------------------------------
    # Showing
    # ------------------------------------------------------------------

    def _change_labels(self):
        return {
            "name": self.env._("Description"),
            "quantity": self.env._("Quantity"),
            "uom_name": self.env._("Unit"),
            "price_unit": self.env._("Unit price"),
            "discount": self.env._("Discount"),
            "tax_names": self.env._("Taxes"),
            "is_optional": self.env._("Optional"),
            "subtotal": self.env._("Amount"),
            "currency": self.env._("Currency"),
            "validity": self.env._("Valid until"),
            "payment_term": self.env._("Payment terms"),
            "pricelist": self.env._("Pricelist"),
            "delivery_date": self.env._("Delivery date"),
            "incoterm": self.env._("Incoterm"),
            "client_reference": self.env._("Customer reference"),
            "team": self.env._("Sales team"),
            "terms": self.env._("Terms and conditions"),
            "untaxed": self.env._("Untaxed amount"),
            "tax": self.env._("Taxes"),
            "total": self.env._("Total"),
        }

    def _shown_changes(self, changes, currencies):
        labels = self._change_labels()
        return [
            {
                "field": change.field,
                "label": labels[change.field],
                "before": self._shown(change.field, change.before, currencies[0]),
                "after": self._shown(change.field, change.after, currencies[1]),
                "percent": self._shown_percent(change.percent),
                "is_less": change.percent is not None and change.percent < 0,
            }
            for change in changes
        ]

    def _shown(self, field, value, currency):
        if field == "is_optional":
            return self.env._("Yes") if value else self.env._("No")
        if not value:
            return "–"
        if field in _MONEY:
            return formatLang(self.env, float(value), currency_obj=currency)
        if field == "quantity":
            return formatLang(self.env, float(value), dp="Product Unit")
        if field == "discount":
            return self._shown_number(value) + " %"
        if field == "delivery_date":
            moment = datetime.fromisoformat(value).replace(tzinfo=None)
            return format_datetime(self.env, moment, dt_format="short")
        if field == "validity":
            return format_date(self.env, Date.to_date(value))
        return value

    def _shown_percent(self, percent):
        if percent is None:
            return ""
        sign = "+" if percent > 0 else ""
        return f"{sign}{self._shown_number(percent)} %"

    def _shown_number(self, value):
        rounded = float_round(float(value), precision_digits=1)
        return formatLang(self.env, rounded, digits=0 if rounded.is_integer() else 1)
