from .common_conflict import ConflictCommon

NIP = "5260001246"


class MatchCommon(ConflictCommon):
    """Kraków keeps its own records of customers that the others know."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.poland = cls.env.ref("base.pl")
        cls.tree = cls.root._offer_tree()
        cls.matches = cls.env["offer.partner.match"]
        cls.customer.write(
            {"vat": NIP, "phone": "+48 22 123 45 67", "country_id": cls.poland.id}
        )

    @classmethod
    def _make_own(cls, name="LACZNIK", company=None, **values):
        company = company or cls.krakow
        place = {"email": False, "country_id": cls.poland.id, "company_id": company.id}
        return cls._make_customer(name, **{**place, **values})

    def _scan(self, *partners):
        """Look these customers up and keep what is found, as the nightly scan does."""
        keys = self.env["offer.partner.key"]
        for partner in partners:
            own = self.env["offer.partner.profile"]._of(partner)
            found = keys._find_matches(own, self.tree, partner.id)
            self.matches._record_matches(partner.id, found, self.tree)
        return self._pair(partners[0])

    def _pair(self, partner, other=None):
        domain = self.matches._pair_domain(partner.ids, self.tree)
        rows = self.matches.search(domain)
        ids = {(other or self.customer).id}
        return rows.filtered(lambda row: ids & row._partner_ids())

    def _identity_of(self, partner):
        return (
            self.env["offer.identity"]._members_of(partner.ids, self.tree).identity_id
        )

    def _tell_apart(self, sure, doubtful):
        """Set the tree's thresholds so that one pair is certain, the other probable."""
        self.assertGreater(sure.points, doubtful.points)
        scheme = self.tree._offer_scheme()
        between = (sure.points + doubtful.points) / 2
        self.root.write(
            {
                "offer_certain_percent": 100 * scheme.probability(between),
                "offer_probable_percent": 100 * scheme.probability(doubtful.points - 1),
            }
        )
        self.matches.search([])._apply_thresholds()
        self.assertEqual((sure.verdict, doubtful.verdict), ("certain", "probable"))

    def _found_for(self, partner):
        keys = self.env["offer.partner.key"]
        own = self.env["offer.partner.profile"]._of(partner)
        found = keys._find_matches(own, self.tree, partner.id)
        return {match.partner_id: match.verdict.value for match in found}
