from odoo.tests.common import TransactionCase

from ..matching import Party

NIP = "5260001246"
OTHER_NIP = "1234563218"


class PartnerCommon(TransactionCase):
    """Customers with a country, and what is stored to find them by."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.poland = cls.env.ref("base.pl")
        cls.profiles = cls.env["offer.partner.profile"]
        cls.keys = cls.env["offer.partner.key"]

    @classmethod
    def _make(cls, name, **values):
        return cls.env["res.partner"].create(
            {
                "name": name,
                "is_company": True,
                "country_id": cls.poland.id,
                **values,
            }
        )

    def _rows(self, partner):
        self.profiles._catch_up()
        return self.keys.search([("partner_id", "=", partner.id)])

    def _values(self, partner):
        return {f"{row.kind}:{row.value}" for row in self._rows(partner)}

    def _profile(self, partner):
        self.profiles._catch_up()
        return self.profiles.search([("partner_id", "=", partner.id)])

    def _assert_in_step(self, partner):
        """Check that all that is stored is what making it anew would give."""
        rows, stored = self._rows(partner), self._profile(partner)
        [fresh] = self.profiles._make(partner).values()
        self.assertEqual(stored.dump, fresh.dump())
        self.assertEqual(stored.company_id, partner.company_id)
        self.assertEqual(
            sorted((row.kind, row.value) for row in rows),
            sorted((key.kind.value, key.value) for key in fresh.keys),
        )
        company_id = partner.company_id.id or 0
        self.assertTrue(all(row.company_id == company_id for row in rows))

    @classmethod
    def _typed(cls, **values):
        return Party(country="PL", **values)
