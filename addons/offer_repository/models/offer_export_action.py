from odoo import models


def download(request, route="export"):
    """Return the action by which the client fetches a file.

    :param request: see ``offer.export._write_sheet``
    :param route: ``export`` for a sheet, ``paper`` for a PDF
    """
    return {
        "type": "ir.actions.client",
        "tag": "offer_repository.download",
        "params": {"route": f"/offer_repository/{route}", "request": request},
    }


class OfferOffer(models.Model):
    _inherit = "offer.offer"

    def action_export(self):
        """Export the chosen offers as a sheet."""
        self.check_access("read")
        return download({"kind": "offers", "ids": self.ids})

    def action_print_list(self):
        """Print the list of the chosen offers."""
        self.check_access("read")
        return download({"kind": "offers", "ids": self.ids}, "paper")

    def action_export_lines(self):
        """Export the lines of the chosen offers as a sheet."""
        self.check_access("read")
        return download({"kind": "lines", "model": self._name, "ids": self.ids})


class OfferRevision(models.Model):
    _inherit = "offer.revision"

    def action_export_lines(self):
        """Export the lines of the chosen versions as a sheet."""
        self.check_access("read")
        return download({"kind": "lines", "ids": self.ids})


class ResPartner(models.Model):
    _inherit = "res.partner"

    def action_export_offer_dossier(self):
        """Export all that the reader may know of the customer."""
        self.ensure_one()
        self.check_access("read")
        return download({"kind": "dossier", "ids": self.ids})

    def action_print_offer_dossier(self):
        """Print all that the reader may know of the customer."""
        self.ensure_one()
        self.check_access("read")
        return download({"kind": "dossier", "ids": self.ids}, "paper")

    def action_open_price_history(self):
        """Show what the customer was offered for how much, over time."""
        self.ensure_one()
        self.check_access("read")
        hint = self.env["offer.price.hint"]
        customers = hint._readable_customers(self, self.env.company.sudo())
        return self.env["offer.price.report"]._open_history(
            [("commercial_partner_id", "in", customers)],
            self.env._("Price history of %(name)s", name=self.display_name),
        )


class ProductProduct(models.Model):
    _inherit = "product.product"

    def action_open_price_history(self):
        """Show what the product was offered for, over time."""
        self.check_access("read")
        return self.env["offer.price.report"]._open_history(
            [("product_id", "in", self.ids)],
            self.env._("Price history of %(name)s", name=self[:1].display_name),
        )


class ProductTemplate(models.Model):
    _inherit = "product.template"

    def action_open_price_history(self):
        """Show what the product and its variants were offered for, over time."""
        self.check_access("read")
        return self.env["offer.price.report"]._open_history(
            [("product_tmpl_id", "in", self.ids)],
            self.env._("Price history of %(name)s", name=self[:1].display_name),
        )


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def action_open_price_history(self):
        """Show what the customer was offered before for these products."""
        self.ensure_one()
        self.check_access("read")
        hint = self.env["offer.price.hint"]
        customers = hint._readable_customers(self.partner_id, self.company_id.sudo())
        domain = [("commercial_partner_id", "in", customers)]
        templates = self.order_line.product_template_id
        if templates:
            domain.append(("product_tmpl_id", "in", templates.ids))
        return self.env["offer.price.report"]._open_history(
            domain, self.env._("Last offered to %(name)s", name=self.partner_id.name)
        )
