from datetime import datetime

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain

from ..spreadsheet import Money, Sheet, Workbook, write_workbook

# Records read at once: memory stays the same however many there are.
BATCH = 500
_MAX_ABOUT = 300
# What a file without any data says it was made at: never the clock.
_NEVER = datetime(2000, 1, 1)  # noqa: DTZ001  Odoo's moments have no zone


class OfferExport(models.AbstractModel):
    """Lists as XLSX files, streamed, by the rights of whoever asks.

    What is in a file is found with the reader's record rules. Names of linked records
    are read in sudo afterwards, as Odoo's own lists show them.
    """

    _name = "offer.export"
    _description = "Export of Offers"

    @api.model
    def _kinds(self):
        """Return what can be exported: name of the file and method by kind.

        Extend it to export more. The method gets the request and returns the sheets
        and the moment of the newest data.
        """
        return {
            "offers": ("offers", self._offer_sheets),
            "lines": ("offer-lines", self._line_sheets),
            "prices": ("price-history", self._price_sheets),
            "dossier": ("customer", self._dossier_sheets),
        }

    @api.model
    def _write_sheet(self, request, stream):
        """Write a file of the kind that is asked for.

        :param request: dict of ``kind``, and ``ids`` or ``domain`` of the records,
            ``about`` (text: how they were chosen)
        :return: name of the file and number of rows
        """
        name, sheets, newest = self._make(request)
        workbook = Workbook(
            title=sheets[0].title,
            author=self.env.company.sudo().name,
            created=newest or _NEVER,
            sheets=sheets,
            date_format=self.env["offer.comparison"]._date_pattern(),
        )
        return name, write_workbook(stream, workbook)

    @api.model
    def _make(self, request):
        """Return name of the file, sheets and the moment of the newest data."""
        self._check_export()
        request = request if isinstance(request, dict) else {}
        kind = self._kinds().get(request.get("kind"))
        if kind is None:
            raise ValidationError(
                self.env._(
                    "Exports are: %(known)s, not “%(given)s”.",
                    known=", ".join(self._kinds()),
                    given=str(request.get("kind"))[:40],
                )
            )
        name, make = kind
        return name, *make(request)

    @api.model
    def _check_export(self):
        user = self.env.user
        if not user.has_group("offer_repository.offer_repository_group_user"):
            raise AccessError(
                self.env._("Only users of the offer repository can export offers.")
            )
        if not user.has_group("base.group_allow_export"):
            raise AccessError(
                self.env._(
                    "You may not export files. Ask an administrator for the right "
                    "“Access to export feature”."
                )
            )

    # ------------------------------------------------------------------
    # Which records
    # ------------------------------------------------------------------

    @api.model
    def _asked_domain(self, request):
        """Return which records are meant; what may be read of them is for the rules."""
        ids, domain = request.get("ids"), request.get("domain")
        if ids is not None:
            return Domain("id", "in", self._parse_ids(ids))
        if not isinstance(domain, list):
            raise ValidationError(
                self.env._("An export needs the numbers of records, or a filter.")
            )
        try:
            return Domain(domain)
        except (ValueError, TypeError) as error:
            raise ValidationError(
                self.env._("This filter cannot be read: choose another one.")
            ) from error

    @api.model
    def _parse_ids(self, ids):
        valid = isinstance(ids, list) and all(
            isinstance(one, int) and not isinstance(one, bool) and 0 < one < 2**31
            for one in ids
        )
        if not valid:
            raise ValidationError(
                self.env._("An export needs the numbers of records as a list.")
            )
        return ids

    @api.model
    def _find(self, model, domain, order=None):
        """Return the ids of what the reader may read.

        :raise UserError: when there is nothing
        """
        records = self.env[model].search(domain, order=order)
        if not records:
            raise UserError(
                self.env._("There is nothing to export, or nothing you may read.")
            )
        return records._ids

    @api.model
    def _batches(self, model, ids):
        """Yield records in sudo, a batch at a time; what was read is forgotten."""
        for start in range(0, len(ids), BATCH):
            # sudo: these were found with the reader's rights, see _find
            yield self.env[model].sudo().browse(ids[start : start + BATCH])
            self.env.invalidate_all()

    @api.model
    def _disclose(self, model, domain, content):
        """Note which other branches' offers leave the database in a file.

        :param str content: what the file holds, a code of ``contact.disclosure``
        """
        groups = self.env[model]._read_group(
            domain & Domain("company_id", "not in", self.env.companies.ids),
            ["company_id"],
            ["__count"],
        )
        self.env["contact.disclosure"]._log(
            [
                {
                    "owner_company_id": company.id,
                    "kind": "offer_export",
                    "level": "content",
                    "res_model": model,
                    "res_id": company.id,
                    "reason_code": "exported",
                    "reason_values": {"count": count, "content": content},
                }
                for company, count in groups
            ]
        )

    # ------------------------------------------------------------------
    # Values
    # ------------------------------------------------------------------

    @api.model
    def _about(self, request):
        """Return the lines below the title: how the rows were chosen, and for whom."""
        chosen = str(request.get("about") or "").strip()[:_MAX_ABOUT]
        reader = self.env._(
            "Read by %(user)s, %(branch)s",
            user=self.env.user.name,
            branch=self.env.company.sudo().name,
        )
        return tuple(filter(None, (chosen, reader)))

    @api.model
    def _money(self, amount, currency):
        digits = currency.decimal_places
        return Money(round(amount or 0.0, digits), currency.name, digits)

    @api.model
    def _moment(self, value):
        """Return the reader's local time."""
        if not value:
            return None
        return fields.Datetime.context_timestamp(self, value).replace(tzinfo=None)

    @api.model
    def _label(self, record, field):
        labels = dict(record._fields[field]._description_selection(self.env))
        return labels.get(record[field], "")

    @api.model
    def _sheet(self, request, name, columns, rows, **options):
        """Return a sheet with the totals' label in the reader's language."""
        return Sheet(
            name=name,
            title=name,
            about=self._about(request),
            columns=columns,
            rows=rows,
            total_label=self.env._("Total %(currency)s", currency="{currency}"),
            **options,
        )
