from types import MappingProxyType

from odoo import api, models, tools

# A card is read in passing: what weighs most, and what speaks against it.
_MAX_FOR = 4
_MAX_AGAINST = 2
# Evidence that weighs less tells a reader nothing.
_MIN_POINTS = 0.5

# They count what the other evidence tells already.
_SUMMARIES = frozenset({"identifiers_none", "identifiers_one", "identifiers_several"})


class OfferCheck(models.AbstractModel):
    """The words for verdicts and evidence, in the user's language."""

    _inherit = "offer.check"

    @api.model
    def _verdict_labels(self):
        """Return the label of every verdict, by its value."""
        return {
            "certain": self.env._("Same customer"),
            "probable": self.env._("Probably the same customer"),
            "possible": self.env._("Possibly the same customer"),
            "same_group": self.env._("Another company of the same group"),
        }

    @api.model
    def _match_words(self, match):
        """Return what a card says of how sure a match is, and why."""
        return self._words_of(match, _telling(match))

    @api.model
    def _words_of(self, match, seen):
        favour, against = _for_and_against(seen)
        return {
            "verdict": match.verdict.value,
            "verdict_label": self._verdict_labels()[match.verdict],
            "evidence": self._sentences(favour)[:_MAX_FOR],
            "against": self._sentences(against)[:_MAX_AGAINST],
        }

    @api.model
    def _sentences(self, codes):
        """Return the sentences of codes, each once, the weightiest first."""
        return list(dict.fromkeys(self._evidence_labels(codes)))

    @api.model
    def _evidence_text(self, codes):
        """Return the sentences of :meth:`_evidence_reason` as one line."""
        return ", ".join(self._sentences(codes))

    @api.model
    def _evidence_reason(self, match):
        """Return the part of a disclosure's row that says why a card was shown."""
        favour, against = _for_and_against(_telling(match))
        codes = favour[:_MAX_FOR] + against[:_MAX_AGAINST]
        return {"reason_code": "evidence", "reason_values": {"codes": codes}}

    @api.model
    def _evidence_labels(self, codes):
        """Return the sentences for codes of evidence.

        Codes that the matching has no more, in old records, are left out.

        :param codes: iterable of codes of :data:`~..matching.CODES`
        """
        labels = self._labels_by_code(self.env.lang)
        return [labels[code] for code in codes if code in labels]

    @api.model
    @tools.ormcache("lang")
    def _labels_by_code(self, lang):
        """Return :meth:`_all_labels` in the language of the environment, kept."""
        return MappingProxyType(self._all_labels())

    @api.model
    def _all_labels(self):
        """Return the sentence for every code.

        Override when an addon adds features to the matching.
        """
        return {
            "same_record": self.env._("Same customer record"),
            **self._identifier_labels(),
            **self._mailbox_labels(),
            **self._name_labels(),
            **self._name_part_labels(),
            **self._people_labels(),
            **self._address_labels(),
            **self._together_labels(),
            **self._third_labels(),
        }

    @api.model
    def _identifier_labels(self):
        return {
            "vat_equal": self.env._("Same tax number"),
            "vat_differs": self.env._("Different tax numbers"),
            "vat_typo": self.env._("Tax numbers differ in one digit"),
            "vat_doubtful": self.env._(
                "Different tax numbers, one with a wrong check digit"
            ),
            "tax_equal": self.env._("Same tax number, check digit wrong"),
            "registry_equal": self.env._("Same company registry number"),
            "registry_typo": self.env._("Registry numbers differ in one digit"),
            "registry_differs": self.env._("Different company registry numbers"),
            "bank_equal": self.env._("Same bank account"),
        }

    @api.model
    def _mailbox_labels(self):
        return {
            "email_equal": self.env._("Same e-mail address"),
            "email_few": self.env._("Same e-mail address, used by a few customers"),
            "email_common": self.env._("Same e-mail address, used by many customers"),
            "email_close": self.env._("Nearly the same e-mail address"),
            "email_differs": self.env._("Different e-mail addresses"),
            "email_differs_free": self.env._("Different private e-mail addresses"),
            "email_places": self.env._(
                "E-mail addresses of different places or departments"
            ),
            "email_other_place": self.env._(
                "E-mail addresses named after other places"
            ),
            "phone_equal": self.env._("Same phone number"),
            "phone_few": self.env._("Same phone number, used by a few customers"),
            "phone_common": self.env._("Same phone number, used by many customers"),
            "phone_typo": self.env._("Phone numbers differ in one digit"),
            "phone_differs": self.env._("Different phone numbers"),
            "mobile_equal": self.env._("Same mobile phone"),
            "mobile_differs": self.env._("Different mobile phones"),
            "domain_equal": self.env._("Same internet domain"),
            "domain_few": self.env._("Same internet domain, used by a few customers"),
            "domain_common": self.env._("Same internet domain, used by many customers"),
            "domain_name_equal": self.env._("Internet domains of the same name"),
            "domain_differs": self.env._("Different internet domains"),
            "brand_is_name": self.env._("Internet domain is the other one's name"),
        }

    @api.model
    def _name_labels(self):
        return {
            "name_equal_unique": self.env._("Same name, which nobody else has"),
            "name_equal_rare": self.env._("Same name, a rare one"),
            "name_equal_some": self.env._("Same name, which some others have too"),
            "name_equal_common": self.env._("Same name, a common one"),
            "name_close": self.env._("Names differ in a letter or in spelling"),
            "name_near": self.env._("Names differ in a few letters"),
            "name_fair": self.env._("Similar names"),
            "name_contains": self.env._("One name contains the other"),
            "name_contains_small": self.env._("One name has small words more"),
            "name_small_words_differ": self.env._("Names differ in small words only"),
            "name_acronym": self.env._("One name is the other's initials"),
            "name_initials": self.env._("Same name, given name as initial"),
            "name_initials_close": self.env._("Similar name, given name as initial"),
            "name_equal_initials": self.env._("Same name, both with initials"),
            "name_part": self.env._("Names share a part"),
            "name_common_words": self.env._("Names share common words only"),
            "name_differs": self.env._("Different names"),
            "name_given_differs": self.env._("Different given names"),
            "name_given_clash": self.env._(
                "Given names that belong to different persons"
            ),
            "name_given_only": self.env._("Only the given name is the same"),
        }

    @api.model
    def _name_part_labels(self):
        return {
            "word_rare": self.env._("Names share a rare word"),
            "word_some": self.env._("Names share a word"),
            "word_common": self.env._("Names share a word that many have"),
            "word_usual": self.env._("Names share a very usual word"),
            "rest_telling": self.env._("Each name has telling words of its own"),
            "rest_places": self.env._("Names name different places"),
            "rest_mixed": self.env._("One name has telling words more"),
            "rest_small": self.env._("Each name has small words of its own"),
            "rest_trades": self.env._("Names name different lines of business"),
            "rest_same_trade": self.env._("Names name the same line of business"),
            "number_equal": self.env._("Same number within the name"),
            "number_differs": self.env._("Different numbers within the names"),
            "number_one_side": self.env._("Only one name has a number in it"),
            "legal_equal": self.env._("Same legal form"),
            "legal_differs": self.env._("Different legal forms"),
        }

    @api.model
    def _people_labels(self):
        return {
            "kind_persons": self.env._("Both are persons"),
            "kind_differs": self.env._("One is a person, the other a company"),
            "contact_equal": self.env._("Same contact person"),
            "contact_close": self.env._("Similar contact person"),
            "contact_is_name": self.env._("Contact person has the other one's name"),
            "contact_of_firm": self.env._(
                "Contact person of the firm is the other customer"
            ),
            "contact_mailbox": self.env._(
                "Mailbox is named after the other one's contact person"
            ),
            "contact_differs": self.env._("Different contact persons"),
        }

    @api.model
    def _address_labels(self):
        return {
            "street_equal": self.env._("Same street and house number"),
            "street_common": self.env._(
                "Same street and house number, with many customers"
            ),
            "street_alike": self.env._("Similar street"),
            "street_alike_house": self.env._("Similar street, same house number"),
            "street_part": self.env._("Streets share a word"),
            "street_part_house": self.env._("Streets share a word, same house number"),
            "street_house_close": self.env._("Same street, similar house number"),
            "street_house_differs": self.env._("Same street, other house number"),
            "street_flat_differs": self.env._("Same house, other flat"),
            "street_differs": self.env._("Different streets"),
            "street_differs_in_city": self.env._("Different streets in one city"),
            "city_equal": self.env._("Same city"),
            "city_close": self.env._("Similar city"),
            "city_differs": self.env._("Different cities"),
            "zip_equal": self.env._("Same postal code"),
            "zip_close": self.env._("Postal codes differ in one digit"),
            "zip_differs": self.env._("Different postal codes"),
            "country_differs": self.env._("Different countries"),
        }

    @api.model
    def _together_labels(self):
        return {
            "identifiers_none": self.env._("No number or address in common"),
            "identifiers_one": self.env._("One number or address in common"),
            "identifiers_several": self.env._("Several numbers or addresses in common"),
            "other_name_vat": self.env._("Other name with the same tax number"),
            "other_name_one": self.env._("Other name with a shared address or number"),
            "other_name_several": self.env._(
                "Other name with several shared addresses or numbers"
            ),
            "other_name_persons": self.env._(
                "Other person with a shared address or number"
            ),
        }

    @api.model
    def _third_labels(self):
        return {
            "third_certain": self.env._(
                "Another record of this customer is certainly the same"
            ),
            "third_probable": self.env._(
                "Another record of this customer is probably the same"
            ),
            "third_possible": self.env._(
                "Another record of this customer is possibly the same"
            ),
            "third_none": self.env._("No other record of this customer is alike"),
            "third_rival": self.env._(
                "Another record fits at least as well and is someone else"
            ),
            "third_group": self.env._(
                "Another record of this customer has a different tax number"
            ),
        }


def _telling(match):
    """Return the evidence of a match without what only sums other rows up."""
    return [item for item in match.evidence if item.code not in _SUMMARIES]


def _for_and_against(evidence):
    """Return the codes that weigh enough to be told, for and against."""
    favour = [item.code for item in evidence if item.points >= _MIN_POINTS]
    against = [item.code for item in evidence if item.points <= -_MIN_POINTS]
    return favour, against
