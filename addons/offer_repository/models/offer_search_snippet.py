from odoo import api, models

from .offer_search_document import content_of

_WIDTH = 220


class OfferSearch(models.AbstractModel):
    """Where a question hits the offers of a page.

    All offers of the page together, for documents are read only of those that nothing
    else tells of, and in one go.
    """

    _inherit = "offer.search"

    @api.model
    def _snippets(self, offers, marker):
        """Return where the question hits each offer; its first line when nowhere.

        :return: dict of offer id to dict of ``source`` and ``snippet``
        """
        own = {offer.id: list(self._own_texts(offer)) for offer in offers}
        found = self._hits(own, marker, False)
        rest = offers.filtered(lambda offer: offer.id not in found)
        documents = self._texts_of_documents(rest)
        for texts, is_loose in ((documents, False), (own, True), (documents, True)):
            left = {offer.id: texts[offer.id] for offer in rest - offers.browse(found)}
            found |= self._hits(left, marker, is_loose)
        for offer in offers.filtered(lambda offer: offer.id not in found):
            found[offer.id] = {"source": "", "snippet": self._first_lines(offer)}
        return found

    @api.model
    def _hits(self, texts, marker, is_loose):
        """Return the hits among the texts of offers, the first of each."""
        found = {}
        for offer_id, pieces in texts.items():
            for source, text in pieces:
                if segments := marker.excerpt(text, _WIDTH, is_loose):
                    found[offer_id] = {"source": source, "snippet": shown(segments)}
                    break
        return found

    @api.model
    def _first_lines(self, offer):
        lines = offer.current_line_ids.filtered("name")
        first = " · ".join(line.name.partition("\n")[0] for line in lines[:3])
        return [{"text": first[:_WIDTH], "is_hit": False}]

    @api.model
    def _own_texts(self, offer):
        """Yield label and text of what a reader of the offer may read in it."""
        current = offer.current_revision_id
        for revision in [current, *(offer.revision_ids - current)]:
            is_old = revision != current
            earlier = self.env._("Revision %(number)s", number=revision.number)
            codes = revision.line_ids.filtered("product_code").mapped("product_code")
            names = revision.line_ids.filtered("name").mapped("name")
            yield earlier if is_old else "", "\n".join([*names, *codes])
            content = content_of(revision)
            terms = [content.get("terms"), content.get("client_reference")]
            yield (
                earlier if is_old else self.env._("Terms"),
                "\n".join(filter(None, terms)),
            )
            yield self.env._("Contact"), revision.contact_name or ""

    @api.model
    def _texts_of_documents(self, offers):
        """Return (label, text) of the documents of offers, by offer id."""
        revisions = offers.revision_ids
        found = self.env["offer.search.document"]._document_texts(revisions)
        label = self.env._("Document")
        return {
            offer.id: [
                (label, text)
                for revision in offer.revision_ids
                for text in found.get(revision.id, ())
            ]
            for offer in offers
        }


def shown(segments):
    """Return marked pieces of text as plain data."""
    return [{"text": piece.text, "is_hit": piece.is_hit} for piece in segments]
