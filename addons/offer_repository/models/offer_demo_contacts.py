from odoo import Command, api, models

_TAGS = ("Workshop", "Industry", "Vocational school")
# Buyers of spare parts and service, who ask for no machine in the story.
_CUSTOMERS = {
    "warszawa": ("Kuźnia Wawrzyniec", "Fabryka Pomp Orion", "Technikum nr 7 Wola"),
    "krakow": (
        "Tokarnia Smok",
        "Odlewnia Krzemionki",
        "Technikum Mechaniczne Zabłocie",
    ),
    "gdansk": ("Ślusarnia Neptun", "Stocznia Martwa Wisła", "Technikum Morskie Oliwa"),
}


class OfferDemo(models.AbstractModel):
    """A year of everyday contacts of each branch, for the dashboard of contacts."""

    _inherit = "offer.demo"

    @api.model
    def _load(self):
        is_new = not self._ref("sale_order_w01")
        result = super()._load()
        if is_new:
            self._tell_contacts()
        return result

    @api.model
    def _tell_contacts(self):
        tags = self.env["res.partner.category"].create([{"name": one} for one in _TAGS])
        story = self.env["contact.demo"]
        for branch, names in _CUSTOMERS.items():
            company = self._ref(f"company_{branch}")
            customers = self.env["res.partner"].create(
                [
                    {
                        "name": name,
                        "is_company": True,
                        "company_id": company.id,
                        "category_id": [Command.set(tag.ids)],
                    }
                    for name, tag in zip(names, tags, strict=True)
                ]
            )
            users = self.env["res.users"].search([("company_id", "=", company.id)])
            story._tell_feedback(story._tell(company, users, customers))
