from decimal import Decimal

from odoo import api, fields, models
from odoo.fields import Command, Domain

_MOST_TAX = Decimal("1.3")  # no tax on goods in our countries is above 30 per cent


class OfferIntake(models.Model):
    """The lines of a document to sort, and whether they come to its amount."""

    _inherit = "offer.intake"

    line_ids = fields.One2many("offer.intake.line", "intake_id", string="Lines")
    lines_state = fields.Selection(
        [("none", "None"), ("fit", "Fit"), ("differ", "Differ")],
        compute="_compute_lines",
    )
    lines_text = fields.Char(compute="_compute_lines")

    @api.depends(
        "line_ids.price_subtotal",
        "line_ids.is_optional",
        "amount_untaxed",
        "amount_total",
        "currency_id",
    )
    def _compute_lines(self):
        for item in self:
            untaxed = item._untaxed()
            together = item._lines_amount()
            fits = not item.currency_id.compare_amounts(together, untaxed)
            item.lines_state = "none"
            if item.line_ids:
                item.lines_state = "fit" if fits else "differ"
            item.lines_text = item._lines_words(together, untaxed)

    def _untaxed(self):
        """Return the amount that the lines come to: empty means the total is it."""
        return self.amount_untaxed or self.amount_total

    def _lines_amount(self):
        counted = self.line_ids.filtered(lambda line: not line.is_optional)
        return sum(counted.mapped("price_subtotal"))

    def _lines_words(self, together, untaxed):
        words = {
            "lines": self.currency_id.format(together),
            "untaxed": self.currency_id.format(untaxed),
        }
        if self.lines_state == "fit":
            return self.env._(
                "The lines come to %(lines)s; the document says %(untaxed)s ✓", **words
            )
        if self.lines_state == "differ":
            return self.env._(
                "The lines come to %(lines)s; the document says %(untaxed)s. Correct "
                "one of the two, or leave the lines out.",
                **words,
            )
        return False

    # ------------------------------------------------------------------
    # Reading
    # ------------------------------------------------------------------

    def _fill_in_lines(self, readings):
        """Propose the lines of the tables that come to the document's amounts.

        :param readings: list of (name, bytes, :class:`~..reading.Reading`)
        """
        self.ensure_one()
        # a mail says again what the files say that came with it
        found = [found for _name, _data, found in readings if found.kind != "eml"]
        tables = [one.tables for one in found or [one[2] for one in readings]]
        lines = self._choose_lines([one for one in tables if one])
        if not lines:
            return
        products = self._products_by_code({line.code for line in lines} - {""})
        self.line_ids = [
            Command.create(self._line_values(number, line, products))
            for number, line in enumerate(lines, start=1)
        ]
        self._infer_amount(sum(line.total for line in lines))

    def _choose_lines(self, documents):
        """Return the lines whose sum the document names, else all of the first one."""
        amounts = {
            Decimal(str(amount)).quantize(Decimal("0.01"))
            for amount in (self.amount_untaxed, self.amount_total)
        }
        choices = [
            choice
            for tables in documents
            for choice in (sum(tables, ()), *(tables if len(tables) > 1 else ()))
        ]
        for choice in choices:
            if sum(line.total for line in choice) in amounts - {0}:
                return choice
        return choices[0] if choices else ()

    @api.model
    def _line_values(self, number, line, products):
        text, code = line.text, line.code
        return {
            "sequence": number,
            "product_id": products.get(code.casefold()),
            "product_code": code or False,
            "name": text,
            "quantity": float(line.quantity),
            "uom_name": line.unit or False,
            "price_unit": float(line.price),
            "discount": float(line.discount),
            "price_subtotal": float(line.total),
        }

    def _products_by_code(self, codes):
        """Return ids of the branch's products by folded code, if only one has it."""
        if not codes:
            return {}
        companies = self.company_id.sudo().parent_ids
        # sudo: products of the branch are every seller's of it
        products_sudo = self.env["product.product"].sudo()
        found_sudo = products_sudo.search(
            Domain("default_code", "in", list(codes))
            & Domain("company_id", "in", [False, *companies.ids])
        )
        by_code = found_sudo.grouped(lambda one: one.default_code.casefold())
        return {code: one.id for code, one in by_code.items() if len(one) == 1}

    def _infer_amount(self, together):
        """Take the sum of the lines for the amount that the document does not name."""
        total = Decimal(str(self.amount_total))
        field = "amount_total" if not total else "amount_untaxed"
        if self[field] or together <= 0:
            return
        if total and not together < total <= together * _MOST_TAX:
            return
        self[field] = float(together)
        proposal = {
            "field": field,
            "value": format(together, "f"),
            "confidence": 0.6,
            "snippet": self.env._("Sum of the lines"),
        }
        others = [one for one in self.proposals or [] if one["field"] != field]
        self.proposals = [proposal, *others]

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_drop_lines(self):
        """Leave the lines out; the document itself keeps them."""
        self.line_ids.unlink()
        return True

    def action_amount_of_lines(self):
        """Let the lines say the untaxed amount; the total is not below it."""
        self.ensure_one()
        together = self._lines_amount()
        self.write(
            {
                "amount_untaxed": together,
                "amount_total": max(self.amount_total, together),
            }
        )
        return True
