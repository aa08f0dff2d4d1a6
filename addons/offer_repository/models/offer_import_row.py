import logging

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..evidence import DocumentFile, sha256_hex
from ..matching import Party, Verdict
from ..reading import ReadingError, parse_row

_logger = logging.getLogger(__name__)

_CLOSING = ("won", "lost", "cancelled")


class OfferImportRow(models.Model):
    """One row of a list: what it says, what is wrong with it, what was made of it."""

    _name = "offer.import.row"
    _description = "Row of an Imported List"
    _order = "number"
    _log_access = False

    import_id = fields.Many2one(
        "offer.import", required=True, readonly=True, ondelete="cascade", index=True
    )
    number = fields.Integer(string="Row", readonly=True)
    name = fields.Char(string="Offer Number", readonly=True)
    texts = fields.Json(readonly=True)
    state = fields.Selection(
        [
            ("waiting", "Waiting"),
            ("new", "New"),
            ("revised", "New revision"),
            ("unchanged", "Unchanged"),
            ("error", "Error"),
        ],
        required=True,
        readonly=True,
        default="waiting",
    )
    is_taken = fields.Boolean(string="In the Archive", readonly=True)
    faults = fields.Json(readonly=True)
    message = fields.Char(string="What to Do", compute="_compute_message")
    offer_id = fields.Many2one("offer.offer", readonly=True, ondelete="set null")

    # serves offer.import._step
    _import_state_idx = models.Index("(import_id, state, is_taken, number)")

    @api.depends("faults")
    def _compute_message(self):
        for row in self:
            row.message = " ".join(fault["message"] for fault in row.faults or [])

    def action_open_offer(self):
        """Show the offer that the row became."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "offer.offer",
            "res_id": self.offer_id.id,
            "views": [(False, "form")],
        }

    # ------------------------------------------------------------------
    # Checking
    # ------------------------------------------------------------------

    def _check(self, archive):
        """Note what taking the rows over would do, or what stands in the way."""
        seen = set()
        for row in self:
            values, faults = row._offer_values(archive)
            key = (row.name or "").casefold()
            if key and (key in seen or row._is_repeated()):
                faults.append(row._fault("number", "repeated", row.name))
            seen.add(key)
            state = "error" if faults else row._expected_state(values)
            row.write({"state": state, "faults": faults or False})

    def _is_repeated(self):
        earlier = Domain("import_id", "=", self.import_id.id)
        earlier &= Domain("number", "<", self.number) & Domain(
            "name", "=ilike", self.name
        )
        return bool(self.search_count(earlier, limit=1))

    def _expected_state(self, values):
        offers = self.env["offer.offer"]
        known_sudo = offers._external_find(self.import_id.company_id, values["number"])
        if not known_sudo:
            return "new"
        is_news = known_sudo._external_is_news(values, self._event(values))
        return "revised" if is_news else "unchanged"

    # ------------------------------------------------------------------
    # Taking over
    # ------------------------------------------------------------------

    def _take(self, archive):
        """Take the rows over, each by itself: one that fails does not stop others."""
        for row in self:
            try:
                with self.env.cr.savepoint():
                    row._take_one(archive)
            except UserError as error:
                _logger.info(
                    "Row %s of import %s: %s", row.number, row.import_id.id, error
                )
                row.invalidate_recordset()
                fault = {"field": "", "label": "", "value": "", "message": str(error)}
                row.write({"state": "error", "faults": [fault]})

    def _take_one(self, archive):
        values, faults = self._offer_values(archive)
        if faults:
            self.write({"state": "error", "faults": faults})
            return
        offers = self._as_user()["offer.offer"]
        known_sudo = offers._external_find(values["company"], values["number"])
        event = self._event(values)
        if known_sudo:
            known_sudo.sudo(False)._external_check_change()
            revision = known_sudo._external_revise(values, event)
            state = "revised" if revision else "unchanged"
        else:
            known_sudo = offers._external_take(values, event)
            state = "new"
        if values["state"] in _CLOSING:
            known_sudo._external_close(values["state"], values["reason"])
        self.write({"state": state, "is_taken": True, "offer_id": known_sudo.id})

    def _as_user(self):
        """Return the environment of whoever imports, in the branch of the import."""
        job = self.import_id
        return self.env(
            user=job.user_id.id,
            su=False,
            context={**self.env.context, "allowed_company_ids": job.company_id.ids},
        )

    def _event(self, values):
        return {
            "reason": "imported",
            "origin": "import",
            "files": values["files"],
            "texts": values["texts"],
        }

    # ------------------------------------------------------------------
    # What a row says
    # ------------------------------------------------------------------

    def _offer_values(self, archive):
        """Return the values of ``offer.offer._external_take``, and the row's faults."""
        parsed, faults = parse_row(self.texts or {})
        told = [self._fault(one.field, one.code, one.value) for one in faults]
        if parsed is None:
            return {}, told
        company = self.import_id.company_id
        currency = self._find_currency(parsed, company, told)
        files, texts = self._find_files(parsed, archive, told)
        values = {
            "company": company,
            "partner": self._find_partner(parsed, told),
            "user": self._find_user(parsed, company, told),
            "number": parsed.number,
            "date": parsed.date or fields.Date.context_today(self),
            "validity": parsed.validity,
            "currency": currency,
            "total": float(parsed.amount_total),
            "untaxed": float(
                parsed.amount_total
                if parsed.amount_untaxed is None
                else parsed.amount_untaxed
            ),
            "terms": parsed.description or "",
            "state": parsed.state,
            "reason": parsed.reason or "",
            "files": files,
            "texts": texts,
        }
        return values, told

    def _find_currency(self, parsed, company, faults):
        if not parsed.currency:
            return company.currency_id
        currency = self.env["res.currency"].search([("name", "=", parsed.currency)])
        if not currency:
            faults.append(self._fault("currency", "inactive", parsed.currency))
        return currency

    def _find_user(self, parsed, company, faults):
        """Return the salesperson; only sales managers import for their colleagues."""
        user = self.import_id.user_id
        if not parsed.salesperson:
            return user
        named = parsed.salesperson.strip()
        found_sudo = (
            self.env["res.users"]
            .sudo()
            .search(
                [
                    ("share", "=", False),
                    ("company_ids", "in", company.ids),
                    "|",
                    ("login", "=ilike", named),
                    ("name", "=ilike", named),
                ]
            )
        )
        if len(found_sudo) != 1:
            faults.append(self._fault("salesperson", "unknown", named))
        elif found_sudo != user and not user.has_group(
            "sales_team.group_sale_salesman_all_leads"
        ):
            faults.append(self._fault("salesperson", "colleague", named))
        return found_sudo[:1]

    def _find_partner(self, parsed, faults):
        """Return the customer, found by the one matching engine among usable ones."""
        env = self._as_user()
        country = self.import_id.company_id.sudo().country_id.code
        party = Party(
            name=parsed.customer or "",
            vats=(parsed.vat or "",),
            emails=(parsed.email or "",),
            country=country or None,
            home_countries=(country,) if country else (),
        )
        tree_sudo = self.import_id.company_id._offer_tree()
        matches = self.env["offer.partner.key"]._find_matches(party, tree_sudo)
        if not party.name:
            check = self.env["offer.check"]
            matches = [check._believe_number(match) for match in matches]
        likely = [match for match in matches if match.is_likely]
        partners = env["res.partner"].browse([one.partner_id for one in likely])
        usable = partners.exists()._filtered_access("read")
        chosen = [one for one in likely if one.partner_id in usable.ids]
        certain = [one for one in chosen if one.verdict is Verdict.CERTAIN]
        best = certain if len(certain) == 1 else chosen
        named = parsed.vat or parsed.email or parsed.customer or ""
        if len(best) != 1:
            code = "several" if best else "nobody"
            faults.append(self._fault("customer", code, named))
        return partners.browse(best[0].partner_id) if best else partners.browse()

    def _find_files(self, parsed, archive, faults):
        files, texts = [], {}
        refuses = self.import_id.company_id.sudo().offer_unreadable_policy == "refuse"
        for named in parsed.documents:
            name = archive.find(named) if archive else None
            if not name:
                faults.append(self._fault("documents", "absent", named))
                continue
            try:
                data = archive.read(name)
            except ReadingError:
                faults.append(self._fault("documents", "damaged", named))
                continue
            reading = self.env["offer.document.reader"]._read_file(name, data)
            if reading.problem and refuses:
                faults.append(self._fault("documents", reading.problem, named))
            short = name.rpartition("/")[2]
            files.append(DocumentFile(short, reading.mimetype, data))
            texts[sha256_hex(data)] = (reading.text, reading.problem)
        return files, texts

    # ------------------------------------------------------------------
    # Words
    # ------------------------------------------------------------------

    def _fault(self, field, code, value):
        """Return a fault as it is kept: which column, which value, what to do."""
        labels = dict(
            self.env["offer.import.column"]
            ._fields["field"]
            ._description_selection(self.env)
        )
        reader = self.env["offer.document.reader"]
        message = self._fault_texts().get(code) or reader._problem_text(code)
        label = labels.get(field, field)
        told = f"{label}: {message}"
        if value:
            told = self.env._(
                "%(column)s: “%(value)s”. %(advice)s",
                column=label,
                value=value,
                advice=message,
            )
        return {"field": field, "label": label, "value": value, "message": told}
