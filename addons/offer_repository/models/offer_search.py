from collections import Counter

from odoo import api, models
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Domain
from odoo.tools import format_date, formatLang

from ..finding import Marker
from .offer_search_document import folded
from .offer_search_rows import CAP
from .offer_search_snippet import shown

USER = "offer_repository.offer_repository_group_user"
_MAX_PAGE = 50
_FACETS = ("company_id", "state", "year")


class OfferSearch(models.AbstractModel):
    """The page "Find offers": results with hits marked, and counts beside them."""

    _inherit = "offer.search"

    @api.model
    @api.readonly
    def find(self, text, facets=None, offset=0, limit=20):
        """Return the offers that the reader may read and that a question finds.

        :param str text: words, "quoted phrases", numbers, -words to leave out; without
            any, the newest offers
        :param dict facets: values to keep, by ``company_id``, ``state``, ``year``
        :return: dict of ``results``, ``facets`` with counts, ``total``, ``is_capped``
            (there are more, the newest are counted) and ``is_similar`` (nothing has the
            words as typed)
        :raise ValidationError: naming the value that is not what it should be
        """
        self._check_reader()
        chosen = self._checked_facets(facets)
        self._check_page(text, offset, limit)
        question = self._question(text)
        rows = self._candidates(question)
        is_capped = len(rows) > CAP
        kept = self._kept(rows, chosen)
        if is_capped and any(chosen.values()):
            # what the newest of all do not show may be among the newest of these
            kept = self._candidates(question, self._facet_domain(chosen))
        page = [row[0] for row in kept[offset : offset + limit]]
        marker = Marker(question.query, question.near, folded)
        return {
            "results": self._results(page, marker),
            "facets": self._facets(rows, chosen),
            "total": min(len(kept), CAP),
            "is_capped": len(kept) > CAP,
            "is_similar": bool(question.near and kept),
        }

    # ------------------------------------------------------------------
    # Checking
    # ------------------------------------------------------------------

    @api.model
    def _check_reader(self):
        if not self.env.user.has_group(USER):
            raise AccessError(
                self.env._("Only users of the offer repository can search offers.")
            )

    @api.model
    def _check_page(self, text, offset, limit):
        if not isinstance(text, str):
            raise ValidationError(self.env._("The search needs a text to look for."))
        is_page = type(offset) is int and type(limit) is int
        if not is_page or offset < 0 or not 0 < limit <= _MAX_PAGE:
            raise ValidationError(
                self.env._(
                    "The search returns up to %(limit)s offers at a time.",
                    limit=_MAX_PAGE,
                )
            )

    @api.model
    def _checked_facets(self, facets):
        chosen = dict(facets) if isinstance(facets, dict) else {}
        for name, values in chosen.items():
            if name not in _FACETS or not isinstance(values, list | tuple):
                raise ValidationError(
                    self.env._(
                        "The search can be narrowed by %(known)s, not by %(given)s.",
                        known=", ".join(_FACETS),
                        given=str(name)[:80],
                    )
                )
        return {
            name: {
                value for value in chosen.get(name, ()) if isinstance(value, int | str)
            }
            for name in _FACETS
        }

    # ------------------------------------------------------------------
    # Narrowing
    # ------------------------------------------------------------------

    @api.model
    def _kept(self, rows, chosen, but=""):
        """Return the rows that the chosen values keep, those of ``but`` left aside."""
        wanted = [
            (place, chosen[name])
            for place, name in enumerate(_FACETS, start=1)
            if chosen[name] and name != but
        ]
        return [row for row in rows if all(row[place] in got for place, got in wanted)]

    @api.model
    def _facet_domain(self, chosen):
        domain = Domain.TRUE
        for name in ("company_id", "state"):
            if chosen[name]:
                domain &= Domain(name, "in", list(chosen[name]))
        if chosen["year"]:
            domain &= Domain("date_last_sent.year_number", "in", list(chosen["year"]))
        return domain

    @api.model
    def _facets(self, rows, chosen):
        """Return what the offers can be narrowed by, each value with its count."""
        titles = (self.env._("Branch"), self.env._("State"), self.env._("Year"))
        facets = []
        for place, (name, title) in enumerate(
            zip(_FACETS, titles, strict=True), start=1
        ):
            counts = Counter(row[place] for row in self._kept(rows, chosen, but=name))
            for value in chosen[name]:
                counts.setdefault(value, 0)
            counts.pop(None, None)
            values = self._facet_values(name, counts, chosen[name])
            facets.append({"name": name, "title": title, "values": values})
        return facets

    @api.model
    def _facet_values(self, name, counts, chosen):
        """Return the values of a facet, the most frequent first, years the latest."""
        labels = self._facet_labels(name, counts)
        values = [
            {
                "value": value,
                "label": labels[value],
                "count": count,
                "is_chosen": value in chosen,
            }
            for value, count in counts.items()
            if value in labels
        ]
        order = "value" if name == "year" else "count"
        return sorted(values, key=lambda row: (-row[order], row["label"]))

    @api.model
    def _facet_labels(self, name, values):
        if name == "company_id":
            # sudo: of offers that the reader may read, the name of the branch
            companies_sudo = (
                self.env["res.company"]
                .sudo()
                .browse([value for value in values if isinstance(value, int)])
            )
            return {company.id: company.name for company in companies_sudo.exists()}
        if name == "state":
            states = self.env["offer.offer"]._fields["state"]
            return dict(states._description_selection(self.env))
        return {value: str(value) for value in values if isinstance(value, int)}

    # ------------------------------------------------------------------
    # Results
    # ------------------------------------------------------------------

    @api.model
    def _results(self, ids, marker):
        offers = self.env["offer.offer"].browse(ids)
        states = dict(offers._fields["state"]._description_selection(self.env))
        snippets = self._snippets(offers, marker)
        return [
            {**self._result(offer, marker, states), **snippets[offer.id]}
            for offer in offers
        ]

    @api.model
    def _result(self, offer, marker, states):
        customer = offer.sudo().partner_id.display_name or ""
        return {
            "id": offer.id,
            "name": shown(marker.mark(offer.name or "")),
            # sudo: the reader may read the offer, and it says whom it is for
            "customer": shown(marker.mark(customer)),
            "branch": offer.sudo().company_id.name,
            "salesperson": offer.sudo().user_id.name or "",
            "state": offer.state,
            "state_label": states[offer.state],
            "date": format_date(self.env, offer.date_last_sent),
            "amount": formatLang(
                self.env, offer.amount_total, currency_obj=offer.currency_id
            ),
            "is_foreign": offer._is_foreign(),
        }
