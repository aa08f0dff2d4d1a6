from odoo import api, models


class OfferDemo(models.AbstractModel):
    """What the story needs of the database around it."""

    _inherit = "offer.demo"

    @api.model
    def _stay_offline(self):
        """Keep Odoo from looking up the invented companies on the internet.

        The field belongs to ``partner_autocomplete``, which installs itself.
        """
        root = self._ref("company_root")
        if "iap_enrich_auto_done" in root._fields:
            (root | root.child_ids).iap_enrich_auto_done = True

    @api.model
    def _put_odoo_samples_aside(self):
        """Give Odoo's own shared samples to Odoo's own sample company.

        Otherwise the branches would find furniture and its buyers among their machines
        and customers.
        """
        for model in ("crm.lead", "product.template", "res.partner"):
            samples = self.env["ir.model.data"].search(
                [("model", "=", model), ("module", "!=", "offer_repository")]
            )
            shared = (
                self.env[model]
                .browse(samples.mapped("res_id"))
                .exists()
                .filtered(
                    lambda record: not record.company_id and self._is_sample(record)
                )
            )
            shared.company_id = self.env.ref("base.main_company")

    @api.model
    def _is_sample(self, record):
        if record._name != "res.partner":
            return True
        everybody = record.with_context(active_test=False)
        return not (everybody.user_ids or record.ref_company_ids)
