from .common import OfferCommon


class ConflictCommon(OfferCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.root.offer_conflict_manager_id = cls.manager

    def _conflicts(self):
        companies = self.root | self.warszawa | self.krakow | self.gdansk
        return self.env["offer.conflict"].search(
            [("company_ids", "in", companies.ids)], order="id"
        )

    def _collide(self, first=100000.0, second=90000.0):
        """Let Warszawa, then Kraków, offer the lathe; return the case."""
        self.first = self._make_sent_offer(self.anna, lines=[(self.lathe, 1, first)])
        self.second = self._make_sent_offer(self.ewa, lines=[(self.lathe, 1, second)])
        return self._conflicts()
