from odoo import fields, models


class ContactDisclosure(models.Model):
    _inherit = "contact.disclosure"

    kind = fields.Selection(
        selection_add=[
            ("offer_card", "Offer"),
            ("customer_card", "Customer"),
            ("price_card", "Last price"),
            ("offer_comparison", "Comparison of offers"),
            ("offer_export", "Export of offers"),
            ("offer_view", "Offer in Full"),
            ("offer_list", "List of offers"),
        ],
        ondelete={
            "offer_card": "cascade",
            "customer_card": "cascade",
            "price_card": "cascade",
            "offer_comparison": "cascade",
            "offer_export": "cascade",
            "offer_view": "cascade",
            "offer_list": "cascade",
        },
    )

    def _reason_texts(self):
        texts = super()._reason_texts()
        return {
            **texts,
            "claim": self.env._("Claim on the customer"),
            "conflict": self.env._("Conflict of an own offer"),
            "compared": self.env._("Compared with other offers"),
            "last_price": self.env._("Last price of a product"),
            "opened": self.env._("Offer opened"),
            "document": self.env._("Document opened: %(name)s"),
            "listed": self.env._("%(model)s: %(count)s listed (%(question)s)"),
            "exported": self.env._("Exported rows: %(count)s (%(content)s)"),
            "evidence": "%(evidence)s",
        }

    def _reason_words(self):
        words = super()._reason_words()
        if self.reason_code == "listed":
            words["model"] = self.env["ir.model"]._get(self.res_model).name
        elif self.reason_code == "exported":
            words["content"] = self._export_contents().get(words["content"], "")
        elif self.reason_code == "evidence":
            words["evidence"] = self.env["offer.check"]._evidence_text(words["codes"])
        return words

    def _export_contents(self):
        """Return what an exported file may hold, by the code that is logged."""
        return {
            "offers": self.env._("list of offers"),
            "lines": self.env._("lines of offers"),
            "dossier": self.env._("file on a customer"),
            "prices": self.env._("price history"),
            "outcomes": self.env._("wins and losses"),
            "conflicts": self.env._("offers in conflicts"),
        }
