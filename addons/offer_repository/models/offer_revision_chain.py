from datetime import UTC

from odoo import api, models

from ..evidence import build_payload, document_entries


class OfferRevision(models.Model):
    _inherit = "offer.revision"

    # ------------------------------------------------------------------
    # Appending
    # ------------------------------------------------------------------

    @api.model
    def _append(self, offer, snapshot, event):
        """Add a revision to the chain of the offer's company.

        The only way a revision comes to be. Others may append meanwhile: which place
        it gets is settled when the transaction ends.

        :param offer: ``offer.offer`` of length one
        :param snapshot: see ``sale.order._offer_snapshot``
        :param event: dict of reason, date and files; ``external``, a dict of origin,
            external_number and date_recorded, when the offer was made outside Odoo
        :return: the new revision
        """
        current = offer.current_revision_id
        number = current.number + 1 if current else 1
        is_material = not current or not current._is_same_content(snapshot["content"])
        facts = {
            "id": offer.id,
            "number": offer.name,
            "revision": number,
            "reason": event["reason"],
            "date": event["date"].replace(tzinfo=UTC),
            "is_material": is_material,
        }
        external = event.get("external", {})
        facts |= external
        if external:
            recorded = external["date_recorded"]
            facts["date_recorded"] = recorded.replace(tzinfo=UTC)

        def make_payload(chain, commitments):
            return build_payload(
                chain=chain,
                offer=facts,
                content=snapshot["content"],
                people=commitments,
                documents=document_entries(event["files"]),
            )

        revision = self._append_row(
            offer.company_id,
            snapshot["people"],
            make_payload,
            {
                **snapshot["revision"],
                **external,
                "offer_id": offer.id,
                "number": number,
                "reason": event["reason"],
                "date": event["date"],
                "is_material": is_material,
            },
        )
        revision._append_lines(snapshot["lines"])
        revision._append_documents(event["files"])
        return revision.with_env(self.env)

    def _append_lines(self, lines):
        costs = self._product_costs(lines)
        rows = [
            {
                **line,
                "cost_unit": self._line_cost(line, costs),
                "sequence": position,
                "revision_id": self.id,
                "company_id": self.company_id.id,
            }
            for position, line in enumerate(lines, start=1)
        ]
        if rows:
            self.env["offer.revision.line"]._query_insert(self, rows)
            self.invalidate_recordset(["line_ids"])

    def _product_costs(self, lines):
        """Return what products cost the branch today, with the unit that is for.

        What was sent before the archive was there has no cost: today's is another one.

        :return: dict of product id to (cost in the branch's currency, ``uom.uom``)
        """
        if self.reason == "backfilled":
            return {}
        ids = {line["product_id"] for line in lines if line.get("product_id")}
        products = self.env["product.product"].browse(ids)
        products = products.with_company(self.company_id)
        return {
            product.id: (product.standard_price, product.uom_id)
            for product in products
            if product.standard_price
        }

    def _line_cost(self, line, costs):
        """Return what one unit of a line costs, in its currency; 0 when not known."""
        if line.get("product_id") not in costs:
            return 0.0
        cost, unit = costs[line["product_id"]]
        line_unit = self.env["uom.uom"].browse(line.get("uom_id") or [])
        if line_unit and line_unit != unit:
            cost = unit._compute_price(cost, line_unit)
        return self.company_id.currency_id._convert(
            cost, self.currency_id, self.company_id, self.date.date(), round=False
        )

    def _append_documents(self, files):
        # No post-processing: it would recompress images, and these bytes are evidence.
        attachments = self.env["ir.attachment"].with_context(
            attachments_mime_plainxml=True, image_no_postprocess=True
        )
        attachments.create(
            [
                {
                    "name": file.name,
                    "raw": file.data,
                    "mimetype": file.mimetype,
                    "res_model": self._name,
                    "res_id": self.id,
                    "company_id": self.company_id.id,
                }
                for file in files
            ]
        )
