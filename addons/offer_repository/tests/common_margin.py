from .common_comparison import ComparisonCommon

MARGIN = "offer_repository.offer_repository_group_margin"


class MarginCommon(ComparisonCommon):
    """The lathe costs Warszawa 70 000 and Kraków 60 000."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for company, cost in ((cls.warszawa, 70000.0), (cls.krakow, 60000.0)):
            cls.lathe.with_company(company).standard_price = cost
        cls._allow_export(cls.anna, cls.manager)

    def _send_by_dozen(self):
        """Let Warszawa offer a dozen lathes in one line, for 1 200 000."""
        values = {
            "product_id": self.lathe.id,
            "product_uom_qty": 1,
            "product_uom_id": self.env.ref("uom.product_uom_dozen").id,
            "price_unit": 1200000.0,
        }
        order = self._make_order(self.anna, lines=[(0, 0, values)])
        self._send(order)
        return self._offer_of(order)
