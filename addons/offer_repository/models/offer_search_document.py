from dataclasses import dataclass, field

from odoo import api, fields, models, tools
from odoo.tools import SQL

from ..finding import amount_word, index_words, number_forms, words_of
from ..matching import Verdict, latinise

# Before words that name an offer or its customer, and before a company's id: signs that
# no word of a text has, so that both are found in the one index.
NAME_MARK = "§"
COMPANY_MARK = "©"
# PostgreSQL holds no more than 1 MB of words of one offer.
_MAX_TEXT = 150_000
_MAX_REVISIONS = 20
# Of files that it cannot read, Odoo only keeps what kind they are.
_MIN_TEXT = 30
# Languages whose words PostgreSQL may know in all forms, by Odoo's code.
_LANGUAGES = {"pl": "polish", "el": "greek", "de": "german", "en": "english"}


def folded(text):
    """Return ``text`` in the plain letters that everything is searched in."""
    return latinise(text, _MAX_TEXT)


@dataclass(slots=True)
class OfferText:
    """The words of one offer, by weight, each text once.

    :ivar names: numbers and names of the customer
    :ivar subjects: contacts, product names and codes, the customer's reference
    :ivar contents: lines, terms and amounts
    :ivar documents: what was read out of files
    """

    names: dict = field(default_factory=dict)
    subjects: dict = field(default_factory=dict)
    contents: dict = field(default_factory=dict)
    amounts: dict = field(default_factory=dict)
    documents: dict = field(default_factory=dict)


class OfferSearchDocument(models.Model):
    """The words that an offer is found by, one row an offer.

    Derived: rows are made by ``offer.search.queue`` and can be made anew at any time.
    Nobody reads them but the search, which applies the rules of the offers first.
    """

    _name = "offer.search.document"
    _description = "Words of an Offer"
    _rec_name = "offer_id"
    _log_access = False

    offer_id = fields.Many2one("offer.offer", required=True, ondelete="cascade")
    company_id = fields.Many2one("res.company", ondelete="cascade")
    sent_at = fields.Datetime()

    _offer_uniq = models.UniqueIndex("(offer_id)", "An offer has its words once.")
    # serves the search for what many offers have: newest first
    _sent_idx = models.Index("(sent_at DESC NULLS LAST)")
    _company_sent_idx = models.Index("(company_id, sent_at DESC NULLS LAST)")

    def init(self):
        """Add the column that Odoo has no type of field for, and its index."""
        for statement in (
            "ALTER TABLE offer_search_document "
            "ADD COLUMN IF NOT EXISTS vector tsvector",
            "CREATE INDEX IF NOT EXISTS offer_search_document_vector_idx "
            "ON offer_search_document USING gin (vector)",
            # rows from before the column
            "UPDATE offer_search_document AS found SET company_id = offer.company_id "
            "FROM offer_offer AS offer "
            "WHERE found.company_id IS NULL AND offer.id = found.offer_id",
        ):
            self.env.cr.execute(SQL(statement))

    # ------------------------------------------------------------------
    # Languages
    # ------------------------------------------------------------------

    @api.model
    @tools.ormcache(cache="stable")
    def _languages(self):
        """Return the text search configurations for the installed languages.

        Those that the server has; the others are searched by the beginnings of words.
        """
        codes = {code[:2] for code, _name in self.env["res.lang"].get_installed()}
        wanted = [name for code, name in _LANGUAGES.items() if code in codes]
        rows = self.env.execute_query(
            SQL("SELECT cfgname FROM pg_ts_config WHERE cfgname = ANY(%s)", wanted)
        )
        return tuple(sorted(name for (name,) in rows))

    # ------------------------------------------------------------------
    # Making
    # ------------------------------------------------------------------

    @api.model
    def _index(self, offer_ids):
        """Bring the words of offers in step with what is stored of them, in sudo."""
        offers = self.env["offer.offer"].sudo().browse(offer_ids).exists()
        texts = {offer.id: OfferText() for offer in offers}
        self._take_names(offers, texts)
        self._take_revisions(offers, texts)
        rows = [self._row(offer, texts[offer.id]) for offer in offers]
        if rows:
            self._query_upsert(rows)
            words = {word for row in rows for word in row["names"].split()}
            self.env["offer.search.word"]._learn(words)
        return offers

    @api.model
    def _take_names(self, offers, texts):
        """Add what the customers are called, everywhere in the tree."""
        others = self._other_names(offers)
        for offer in offers:
            customer = offer.commercial_partner_id
            own = [offer.name, customer.name, *others.get(offer.id, ())]
            texts[offer.id].names |= dict.fromkeys(filter(None, own))
            contact = offer.partner_id.name if offer.partner_id != customer else None
            texts[offer.id].subjects |= dict.fromkeys(filter(None, [contact]))

    @api.model
    def _other_names(self, offers):
        """Return the names of the records that are certainly the same customers."""
        members = self.env["offer.identity.member"].sudo()
        own = members.search(
            [
                ("partner_id", "in", offers.commercial_partner_id.ids),
                ("verdict", "=", Verdict.CERTAIN.value),
            ]
        ).grouped("partner_id")
        return {
            offer.id: self._names_of_members(
                own.get(offer.commercial_partner_id, members), offer.company_id
            )
            for offer in offers
        }

    @api.model
    def _names_of_members(self, members, company):
        """Return the names of all who share an identity with these, in one tree."""
        tree = company._offer_tree()
        places = members.filtered(lambda member: member.anchor_company_id in tree)
        certain = places.identity_id.member_ids.filtered(
            lambda member: member.verdict == Verdict.CERTAIN.value
        )
        return certain.partner_id.mapped("name")

    @api.model
    def _take_revisions(self, offers, texts):
        """Add what the versions say, the newest first."""
        revisions = self.env["offer.revision"].search(
            [("offer_id", "in", offers.ids)], order="offer_id, number desc"
        )
        documents = self._document_texts(revisions)
        for offer, versions in revisions.grouped("offer_id").items():
            for revision in versions[:_MAX_REVISIONS]:
                self._take_revision(revision, texts[offer.id])
                found = documents.get(revision.id, ())
                texts[offer.id].documents |= dict.fromkeys(found)

    @api.model
    def _take_revision(self, revision, text):
        people = revision._personal_values()
        content = content_of(revision)
        text.names |= dict.fromkeys(filter(None, [people.get("customer.name")]))
        subjects = [people.get("contact.name"), content.get("client_reference")]
        contents = [content.get("terms"), content.get("payment_term")]
        for line in content.get("lines", ()):
            subjects += [line.get("product_code"), line.get("product_name")]
            contents.append(line.get("name"))
            amounts = (line.get("price_unit"), line.get("subtotal"))
            text.amounts |= dict.fromkeys(amount_word(float(a)) for a in amounts if a)
        text.subjects |= dict.fromkeys(filter(None, subjects))
        text.contents |= dict.fromkeys(filter(None, contents))
        totals = (revision.amount_untaxed, revision.amount_total)
        text.amounts |= dict.fromkeys(
            amount_word(amount) for amount in totals if amount
        )

    @api.model
    def _document_texts(self, revisions):
        """Return what was read out of the documents of revisions, by revision id.

        What Odoo itself reads out of files, and ``offer.document.text`` where there is
        that model. Override to add texts from elsewhere.
        """
        found = {}
        files = self.env["ir.attachment"].sudo()
        for row in files.search_fetch(
            [("res_model", "=", "offer.revision"), ("res_id", "in", revisions.ids)],
            ["res_id", "index_content"],
        ):
            if len(row.index_content or "") >= _MIN_TEXT:
                found.setdefault(row.res_id, []).append(row.index_content)
        if "offer.document.text" in self.env:
            texts = self.env["offer.document.text"].sudo()
            for row in texts.search_fetch(
                [("revision_id", "in", revisions.ids)], ["revision_id", "text"]
            ):
                found.setdefault(row.revision_id.id, []).append(row.text or "")
        return found

    @api.model
    def _row(self, offer, text):
        names = index_words(text.names, folded)
        forms = number_forms(offer.name or "", folded)
        words = {*names.split(), *forms}
        marks = {NAME_MARK + word for word in words if word}
        marks.add(f"{COMPANY_MARK}{offer.company_id.id}")
        contents = [*text.contents]
        documents = [*text.documents]
        return {
            "offer_id": offer.id,
            "company_id": offer.company_id.id,
            "sent_at": offer.date_last_sent or None,
            "names": " ".join(
                {w: None for n in text.names for w in words_of(n, folded)}
            ),
            "marks": " ".join(sorted(marks)),
            "a": _cut(" ".join([names, *forms])),
            "b": _cut(index_words(text.subjects, folded)),
            "c": _cut(" ".join([index_words(contents, folded), *text.amounts])),
            "d": _cut(index_words(documents, folded)),
            "raw_c": _cut("\n".join([*text.subjects, *contents])),
            "raw_d": _cut("\n".join(documents)),
        }

    @api.model
    def _query_upsert(self, rows):
        """Write the rows; SQL because no field of Odoo holds a ``tsvector``."""
        columns = ("a", "b", "c", "d", "raw_c", "raw_d", "marks")
        parts = [
            SQL(
                "setweight(to_tsvector('simple', %s), %s)", SQL.identifier(c), c.upper()
            )
            for c in columns[:4]
        ]
        for language in self._languages():
            parts += [
                SQL(
                    "setweight(to_tsvector(%s::regconfig, %s), %s)",
                    language,
                    raw,
                    weight,
                )
                for raw, weight in ((SQL("raw_c"), "C"), (SQL("raw_d"), "D"))
            ]
        parts.append(SQL("array_to_tsvector(string_to_array(marks, ' '))"))
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO offer_search_document
                    (offer_id, company_id, sent_at, vector)
                SELECT offer_id, company_id, sent_at, %s
                FROM unnest(%s::int[], %s::int[], %s::timestamp[], %s)
                    AS made (offer_id, company_id, sent_at, %s)
                ON CONFLICT (offer_id) DO UPDATE
                SET company_id = excluded.company_id, sent_at = excluded.sent_at,
                    vector = excluded.vector
                """,
                SQL(" || ").join(parts),
                [row["offer_id"] for row in rows],
                [row["company_id"] for row in rows],
                [row["sent_at"] for row in rows],
                SQL(", ").join(
                    SQL("%s::text[]", [row[column] for row in rows])
                    for column in columns
                ),
                SQL(", ").join(SQL.identifier(column) for column in columns),
            )
        )
        self.invalidate_model(flush=False)


def content_of(revision):
    """Return what a version says, nothing of one whose payload was tampered with.

    That is for the checks of the archive to report; it must not keep others from being
    found.
    """
    try:
        return revision._payload_value().get("content", {})
    except (AttributeError, ValueError):
        return {}


def _cut(text):
    return text[:_MAX_TEXT]
