import zlib
from typing import NamedTuple

from odoo import api, models
from odoo.fields import Domain

from .offer_check import MANAGER

_CONTEXT = "offer_repository_shown"
_MAX_QUESTION = 200


class _Scope(NamedTuple):
    """What of a request is noted already; a client cannot make one.

    :ivar companies: ids of the branches whose rows are noted
    :ivar question: what a list was asked for, ``None`` where one record is opened
    """

    companies: frozenset = frozenset()
    question: str | None = None


class OfferDisclosedMixin(models.AbstractModel):
    """Notes which other branches' rows leave the server, by whatever way they do.

    One record that is opened is a row of the log. Lists, exports and group-bys are one
    row a branch: how many, and what was asked for. Only managers of a tree can read
    other branches' rows, so nobody else pays for it; they do with one query for the
    branches where these are not read anyway, and one for the log.
    """

    _name = "offer.disclosed.mixin"
    _description = "Read by Managers of Other Branches"

    # ------------------------------------------------------------------
    # Ways out of the server
    # ------------------------------------------------------------------

    def read(self, fields=None, load="_classic_read"):
        values = super().read(fields, load)
        self._disclose(self._scope())
        return values

    def web_read(self, specification):
        scope = self._scope()
        noted = scope.companies | self._disclose(scope)
        inner = self.with_context(**{_CONTEXT: _Scope(noted)})
        return super(OfferDisclosedMixin, inner).web_read(specification)

    @api.model
    def web_search_read(self, domain, *args, **kwargs):
        listing = self._listing(domain)
        return super(OfferDisclosedMixin, listing).web_search_read(
            domain, *args, **kwargs
        )

    @api.model
    def search_read(self, domain=None, *args, **kwargs):
        values = super().search_read(domain, *args, **kwargs)
        rows = self.browse([row["id"] for row in values])
        rows._disclose(_Scope(question=_question(domain)))
        return values

    def _export_rows(self, fields, *, _is_toplevel_call=True):
        # exports of whatever links to these rows come through here as well
        self._disclose(_Scope(question=_question([("id", "in", self.ids)])))
        return super()._export_rows(fields, _is_toplevel_call=_is_toplevel_call)

    @api.model
    @api.deprecated("Since 19.0, as in Odoo: use formatted_read_group")
    def read_group(self, domain, *args, **kwargs):
        self._disclose_groups(domain)
        return super().read_group(domain, *args, **kwargs)

    @api.model
    def web_read_group(self, domain, *args, **kwargs):
        listing = self._listing(domain)
        self._disclose_groups(domain)
        return super(OfferDisclosedMixin, listing).web_read_group(
            domain, *args, **kwargs
        )

    @api.model
    def formatted_read_group(self, domain, *args, **kwargs):
        self._disclose_groups(domain)
        return super().formatted_read_group(domain, *args, **kwargs)

    @api.model
    def formatted_read_grouping_sets(self, domain, *args, **kwargs):
        self._disclose_groups(domain)
        return super().formatted_read_grouping_sets(domain, *args, **kwargs)

    # They may write the log, so Odoo must not run them on a replica.
    for _way in (
        read,
        web_read,
        web_search_read,
        search_read,
        web_read_group,
        formatted_read_group,
        formatted_read_grouping_sets,
    ):
        _way._readonly = False
    del _way

    # ------------------------------------------------------------------
    # The log
    # ------------------------------------------------------------------

    def _scope(self):
        scope = self.env.context.get(_CONTEXT)
        return scope if isinstance(scope, _Scope) else _Scope()

    @api.model
    def _listing(self, domain):
        scope = _Scope(self._scope().companies, _question(domain))
        return self.with_context(**{_CONTEXT: scope})

    def _is_disclosing(self):
        return not self.env.su and self.env.user.has_group(MANAGER)

    @api.model
    def _own_companies(self):
        """Return the branches that the reader works for now.

        Those switched on; where nothing is, outside of the client, the one that the
        user belongs to.
        """
        if self.env.context.get("allowed_company_ids"):
            return self.env.companies
        return self.env.user.company_id

    def _disclose(self, scope):
        """Note that these records are shown, those of branches not noted yet.

        :return: the ids of the branches that are noted
        """
        if not all(self._ids):
            # a form that is not saved shows rows under ids of its own
            return self._origin._disclose(scope)
        if not self or not self._is_disclosing():
            return frozenset()
        own = {*self._own_companies().ids, *scope.companies}
        # sudo: only which branch a row is of, to note that it is shown
        foreign = {
            company: rows
            for company, rows in self.sudo().grouped("company_id").items()
            if company.id not in own
        }
        if foreign and len(self) == 1 and scope.question is None:
            self._log_opened()
        else:
            question = scope.question or _question([("id", "in", self.ids)])
            counts = {company: len(rows) for company, rows in foreign.items()}
            self._log_listed(counts, question)
        return frozenset(company.id for company in foreign)

    def _log_opened(self, document=""):
        """Note that one record is opened; a list of one, where that says nothing.

        :param str document: see ``offer.offer``
        """
        # sudo: as in _disclose
        self._log_listed(
            {self.sudo().company_id: 1}, _question([("id", "in", self.ids)])
        )

    @api.model
    def _disclose_groups(self, domain):
        """Note that sums over these records are shown."""
        scope = self._scope()
        if not self._is_disclosing() or scope.question is not None:
            return
        foreign = Domain("company_id", "not in", self._own_companies().ids)
        counts = self._read_group(
            Domain(domain or []) & foreign, ["company_id"], ["__count"]
        )
        self._log_listed(dict(counts), _question(domain))

    @api.model
    def _log_listed(self, counts, question):
        """Write one row a branch.

        :param counts: number of rows by ``res.company``
        """
        self.env["contact.disclosure"]._log(
            [
                {
                    "owner_company_id": company.id,
                    "kind": "offer_list",
                    "level": "content",
                    "res_model": self._name,
                    # no single document: the same question again is no news
                    "res_id": zlib.crc32(f"{company.id}{question}".encode()) >> 1,
                    "reason_code": "listed",
                    "reason_values": {"count": count, "question": question},
                }
                for company, count in counts.items()
            ]
        )


def _question(domain):
    """Return a domain as a short text."""
    return str(list(Domain(domain or [])))[:_MAX_QUESTION]


class OfferOffer(models.Model):
    _name = "offer.offer"
    _inherit = ["offer.offer", "offer.disclosed.mixin"]


class OfferRevision(models.Model):
    _name = "offer.revision"
    _inherit = ["offer.revision", "offer.disclosed.mixin"]


class OfferRevisionLine(models.Model):
    _name = "offer.revision.line"
    _inherit = ["offer.revision.line", "offer.disclosed.mixin"]


class OfferEvent(models.Model):
    _name = "offer.event"
    _inherit = ["offer.event", "offer.disclosed.mixin"]


class OfferDocumentText(models.Model):
    _name = "offer.document.text"
    _inherit = ["offer.document.text", "offer.disclosed.mixin"]


class OfferPriceReport(models.Model):
    _name = "offer.price.report"
    _inherit = ["offer.price.report", "offer.disclosed.mixin"]


class OfferLossReport(models.Model):
    _name = "offer.loss.report"
    _inherit = ["offer.loss.report", "offer.disclosed.mixin"]
