"""What a look-up answers."""

from dataclasses import dataclass

from ..matching import Evidence, Match, Scheme, Verdict, first_look

# By what a customer was found, as rules name it, by the code of the evidence. What is
# not here, names and addresses, finds nobody by something of his own.
FOUND_BY = {
    "same_record": "record",
    "vat_equal": "tax",
    "tax_equal": "tax",
    "registry_equal": "registry",
    "bank_equal": "bank",
    "email_equal": "email",
    "email_few": "email",
    "email_common": "email",
    "phone_equal": "phone",
    "phone_few": "phone",
    "phone_common": "phone",
    "mobile_equal": "phone",
    "domain_equal": "website",
    "domain_few": "website",
    "domain_common": "website",
}

# Points of one and the same record: more than any evidence can sum up to.
_SAME_RECORD = 100.0


@dataclass(frozen=True, slots=True)
class PartnerMatch:
    """One customer that may be the one looked for.

    :ivar partner_id: id of the commercial entity
    :ivar match: what the comparison says, and why
    """

    partner_id: int
    match: Match

    @property
    def verdict(self) -> Verdict:
        return self.match.verdict

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        return self.match.evidence

    @property
    def score(self) -> float:
        return self.match.score

    @property
    def points(self) -> float:
        return self.match.points

    @property
    def found_by(self) -> frozenset[str]:
        """By what kinds of evidence the customer was found, ``name`` without any."""
        kinds = {
            FOUND_BY[item.code]
            for item in self.evidence
            if item.code in FOUND_BY and item.points >= 0
        }
        if "email" in kinds:
            kinds.discard("website")  # who has the address has the domain
        return frozenset(kinds or {"name"})

    @property
    def is_likely(self) -> bool:
        """Whether it is worth interrupting somebody, or calling it a conflict.

        Less sure matches are for the review, and another company of a group is another
        customer.
        """
        return self.verdict in (Verdict.CERTAIN, Verdict.PROBABLE)

    def at_first_look(self, scheme: Scheme) -> "PartnerMatch":
        """Return the match without what third records said."""
        return PartnerMatch(self.partner_id, first_look(self.match, scheme))

    def with_verdict(self, verdict: Verdict) -> "PartnerMatch":
        """Return the match as people judged it; see ``offer.partner.match``."""
        match = Match(self.score, self.points, verdict, self.evidence)
        return PartnerMatch(self.partner_id, match)


def itself(partner_id: int) -> PartnerMatch:
    """Return the match of a customer with its own record."""
    evidence = (Evidence("same_record", _SAME_RECORD, "", ""),)
    match = Match(1.0, _SAME_RECORD, Verdict.CERTAIN, evidence)
    return PartnerMatch(partner_id, match)


def surest_first(matches: list[PartnerMatch]) -> list[PartnerMatch]:
    """Return the matches in the order in which people should see them."""
    return sorted(
        matches,
        key=lambda found: (-found.verdict.rank, -found.score, found.partner_id),
    )
