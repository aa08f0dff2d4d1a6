from odoo import api, models

from ..comparing import (
    EXACT_LEVELS,
    Cell,
    Column,
    Group,
    Item,
    Row,
    Table,
    align,
    reference_price,
)
from ..conflicts import group_lines, text_key


class OfferComparison(models.AbstractModel):
    """From payloads to the table: lines, sections, terms and totals."""

    _inherit = "offer.comparison"

    @api.model
    def _make_table(self, revisions_sudo, currency):
        """Return all that can be shown of versions, in one currency.

        :return: :class:`~..comparing.Table`
        """
        sources = [self._source(revision, currency) for revision in revisions_sudo]
        return Table(
            columns=tuple(self._column(source) for source in sources),
            groups=(
                *self._line_groups(sources, currency),
                self._totals_group(sources, currency),
                self._terms_group(sources),
            ),
        )

    @api.model
    def _source(self, revision_sudo, currency):
        """Return what the rows of one version are made from."""
        content = revision_sudo._payload_value()["content"]
        factor = self._conversion(revision_sudo, content, currency)
        return {
            "revision": revision_sudo,
            "content": content,
            "factor": factor,
            "items": self._items(content, factor),
        }

    @api.model
    def _column(self, source):
        revision_sudo = source["revision"]
        return Column(
            key=str(revision_sudo.id),
            title=self._revision_title(revision_sudo),
            notes=tuple(self._revision_notes(revision_sudo)),
        )

    # ------------------------------------------------------------------
    # Lines
    # ------------------------------------------------------------------

    @api.model
    def _items(self, content, factor):
        """Return the lines of an offer with the section each stands under."""
        items, section, part = [], "", ""
        for position, line in enumerate(content.get("lines", ()), start=1):
            kind, name = line.get("display_type"), line.get("name") or ""
            if kind == "line_section":
                section, part = self._first_line(name), ""
            elif kind == "line_subsection":
                part = self._first_line(name)
            elif not kind:
                heading = " / ".join(filter(None, (section, part)))
                items.append(self._item(position, line, heading, factor))
        return items

    @api.model
    def _item(self, position, line, section, factor):
        quantity = float(line.get("quantity") or 0.0)
        discount = float(line.get("discount") or 0.0)
        amount = float(line.get("subtotal") or 0.0) * factor
        listed = float(line.get("price_unit") or 0.0) * factor * (1 - discount / 100)
        unit = self._unit(line)
        label = self._first_line(line.get("name") or line.get("product_name") or "")
        return Item(
            position=position,
            label=label,
            section=section,
            quantity=quantity,
            unit=line.get("uom_name") or "",
            reference=unit["reference"],
            factor=unit["factor"],
            price=reference_price(amount, quantity, unit["factor"], listed),
            discount=discount,
            amount=amount,
            is_optional=bool(line.get("is_optional")),
            text=text_key(line.get("product_name") or label),
            **self._item_keys(line),
        )

    @api.model
    def _item_keys(self, line):
        """Return what a line is recognised by; of old payloads what is known today."""
        product_id = line.get("product_id")
        template, category = line.get("template_id"), line.get("category_id")
        if product_id and "template_id" not in line:
            # sudo of the caller: only numbers are taken
            product = self.env["product.product"].sudo().browse(product_id).exists()
            template = product.product_tmpl_id.id
            category = product.categ_id.id
        code = (line.get("product_code") or "").strip().casefold()
        return {
            "product": str(product_id) if product_id else None,
            "code": code or None,
            "template": str(template) if template else None,
            "category": str(category) if category else None,
        }

    @api.model
    def _unit(self, line):
        """Return the reference unit of a line, and how many of it are in its unit.

        As archived; payloads from before these were know the unit's number only.
        """
        if line.get("uom_factor"):
            return {
                "factor": float(line["uom_factor"]),
                "reference": str(line.get("uom_reference_id") or ""),
            }
        unit = self.env["uom.uom"].browse(line.get("uom_id") or []).exists()
        if not unit:
            return {"factor": 1.0, "reference": line.get("uom_name") or ""}
        reference = unit
        while reference.relative_uom_id:
            reference = reference.relative_uom_id
        return {"factor": unit.factor, "reference": str(reference.id)}

    @api.model
    def _line_groups(self, sources, currency):
        """Yield a group a section."""
        offers = [(str(one["revision"].id), one["items"]) for one in sources]
        rows = align(group_lines(offers, EXACT_LEVELS), len(sources))
        sections = list(dict.fromkeys(row.section for row in rows))
        names = self._reference_names(sources)
        for number, section in enumerate(sections):
            yield Group(
                key=f"lines-{number}",
                title=section or self.env._("Lines"),
                rows=tuple(
                    self._line_row(f"line-{place}", row, currency, names)
                    for place, row in enumerate(rows)
                    if row.section == section
                ),
            )

    @api.model
    def _reference_names(self, sources):
        """Return what the reference units are called, by how items name them."""
        names = {}
        for source in sources:
            for line in source["content"].get("lines", ()):
                if not line.get("display_type"):
                    unit = self._unit(line)["reference"]
                    names[unit] = line.get("uom_reference") or line.get("uom_name")
        return names

    @api.model
    def _line_row(self, key, row, currency, names):
        notes = [self._level_label(row.level)]
        if row.is_optional:
            notes.append(self.env._("Optional"))
        cells = [self._line_cell(item, row, currency, names) for item in row.items]
        return Row(key, row.label, tuple(cells), " · ".join(filter(None, notes)))

    @api.model
    def _line_cell(self, item, row, currency, names):
        if item is None:
            return Cell()
        digits = currency.decimal_places
        identity = (
            item.price is not None and round(item.price, digits),
            round(item.quantity * item.factor, 6),
            item.reference,
            round(item.discount, 2),
            round(item.amount, digits),
            item.is_optional,
        )
        has_price = item.price is not None
        price = item.price * row.scale if has_price else item.amount
        return Cell(
            kind="money",
            value=round(price, digits),
            text=self._shown_money(price, currency),
            notes=tuple(self._line_notes(item, row, currency, names)),
            identity=identity,
            measure=item.price,
            per=item.reference,
        )

    # ------------------------------------------------------------------
    # Totals and terms
    # ------------------------------------------------------------------

    @api.model
    def _totals_group(self, sources, currency):
        rows = (
            ("discounts", self.env._("Discounts"), self._discounts),
            ("untaxed", self.env._("Total, tax excluded"), self._total("untaxed")),
            ("tax", self.env._("Taxes"), self._total("tax")),
            ("total", self.env._("Total"), self._total("total")),
        )
        return Group(
            key="totals",
            title=self.env._("Totals"),
            rows=tuple(
                Row(
                    key,
                    label,
                    tuple(
                        self._money_cell(value(source), source, currency)
                        for source in sources
                    ),
                    is_strong=key == "untaxed",
                )
                for key, label, value in rows
            ),
        )

    @api.model
    def _total(self, name):
        def read(source):
            return float(source["content"].get("totals", {}).get(name) or 0.0)

        return read

    @api.model
    def _discounts(self, source):
        """Return what the discounts of the lines take off, in the offer's currency."""
        lines = source["content"].get("lines", ())
        return sum(
            float(line.get("quantity") or 0.0)
            * float(line.get("price_unit") or 0.0)
            * float(line.get("discount") or 0.0)
            / 100
            for line in lines
            if not line.get("display_type")
        )

    @api.model
    def _money_cell(self, own_amount, source, currency):
        amount = own_amount * source["factor"]
        own = source["revision"].currency_id
        notes = () if own == currency else (self._shown_money(own_amount, own),)
        rounded = round(amount, currency.decimal_places)
        return Cell(
            kind="money",
            value=rounded,
            text=self._shown_money(amount, currency),
            notes=notes,
            identity=rounded,
            measure=amount,
            per="money",
        )

    @api.model
    def _terms_group(self, sources):
        rows = [
            Row(key, label, tuple(self._term_cell(key, source) for source in sources))
            for key, label in self._term_labels().items()
        ]
        found = tuple(row for row in rows if any(cell.exists for cell in row.cells))
        return Group(key="terms", title=self.env._("Terms"), rows=found)
