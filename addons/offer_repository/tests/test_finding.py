import random
import unicodedata

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from ..models import offer_search, offer_search_rows
from .common_finding import FindingCommon


@tagged("post_install", "-at_install")
class TestFinding(FindingCommon):
    """What a salesperson types finds the own offers, however it is written."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.partner"].create(
            {"name": "Bożena Wójcik", "parent_id": cls.customer.id}
        )
        cls.offer = cls._make_sent_offer(
            cls.anna,
            lines=[(cls.lathe, 1, 12345.67), (cls.mill, 2, 45000.0)],
            client_order_ref="Zapytanie 77/B",
            note="<p>Delivery ex works, two years of guarantee</p>",
        )
        cls.greek = cls._make_customer("Μηχανουργείο Παπαδόπουλος Α.Ε.")
        cls.other = cls._make_sent_offer(
            cls.anna, partner=cls.greek, lines=[(cls.mill, 1, 44000.0)]
        )
        cls._read_words()

    def assertFinds(self, text, *offers):
        self.assertEqual(
            set(self._find(self.anna, text).ids), {offer.id for offer in offers}, text
        )

    def test_customers_in_any_spelling(self):
        for text in ("łącznik", "LACZNIK", "lacz", "zakład mechaniczny łącznik"):
            self.assertFinds(text, self.offer)
        for text in ("Μηχανουργείο", "michanourgeio", "papadopoulos", "ΠΑΠΑΔΟΠΟΥΛΟΣ"):
            self.assertFinds(text, self.other)

    def test_numbers_of_offers(self):
        number = self.offer.name
        plain = number[:1] + number[1:].lstrip("0")
        for text in (number, number.lower(), plain):
            self.assertIn(self.offer, self._find(self.anna, text), text)

    def test_products_codes_texts_terms_and_references(self):
        for text in ("CX-400", "cx400", "CX 400", "lathe", "77/B", '"ex works"'):
            self.assertFinds(text, self.offer)
        self.assertFinds("FM2", self.offer, self.other)

    def test_amounts_as_people_write_them(self):
        for text in ("12 345,67", "12.345,67", "12345.67", "12,345.67"):
            self.assertFinds(text, self.offer)
        self.assertFinds("44000", self.other)

    def test_every_word_must_be_there_and_none_after_a_minus(self):
        self.assertFinds("milling lathe", self.offer)
        self.assertFinds("milling -lathe", self.other)
        self.assertFinds('milling -"ex works"', self.other)

    def test_quoted_words_stand_together(self):
        self.assertFinds('"two years"', self.offer)
        self.assertFinds('"years two"')

    def test_other_forms_of_a_word(self):
        self.assertFinds("guarantees", self.offer)

    def test_slips_find_what_was_meant_and_say_so(self):
        for text in ("lacnzik", "lacznk", "mechaniczy lacznik", "papadopuolos"):
            answer = self._answer(self.anna, text)
            self.assertTrue(answer["results"], text)
            self.assertTrue(answer["is_similar"], text)
        self.assertFalse(self._answer(self.anna, "lacznik")["is_similar"])

    def test_two_digits_of_a_number_changed(self):
        number = self.offer.name
        place = next(
            i
            for i in range(len(number) - 1, 1, -1)
            if number[i - 1].isdigit() and number[i] != number[i - 1]
        )
        slip = number[: place - 1] + number[place] + number[place - 1]
        slip += number[place + 1 :]

        self.assertIn(self.offer, self._find(self.anna, slip))

    def test_without_trigrams_words_that_sound_alike_are_found(self):
        self.patch(self.env.registry, "has_trigram", False)

        self.assertFinds("lonczi")
        self.assertFinds("lacnik", self.offer)

    def test_a_hit_in_the_name_comes_before_one_in_the_lines(self):
        named = self._make_customer("Milling Partners")
        first = self._make_sent_offer(self.anna, partner=named, lines=[])
        later = self._make_sent_offer(self.anna, lines=[(self.mill, 1, 1.0)])
        self._read_words()

        found = self._find(self.anna, "milling")

        self.assertEqual(found[0], first)
        self.assertIn(later, found)

    def test_hits_are_marked(self):
        [row] = self._answer(self.anna, "lacznik lathe")["results"]

        self.assertEqual(self._hits(row["customer"]), ["ŁĄCZNIK"])
        self.assertEqual(self._hits(row["snippet"]), ["Lathe"])

    def test_where_a_hit_is_is_told(self):
        [row] = self._answer(self.anna, "guarantee")["results"]

        self.assertEqual(row["source"], "Terms")
        self.assertEqual(self._hits(row["snippet"]), ["guarantee"])

    def test_texts_of_documents_are_found(self):
        order = self._make_order(self.anna)
        text = b"Technical description: spindle bearing of ceramic, coolant filter\n"
        sheet = self._make_attachment(self.anna, "sheet.txt", text * 3)
        self._send(order, attachment_ids=[(6, 0, sheet.ids)])
        self._read_words()

        [row] = self._answer(self.anna, "ceramic spindle")["results"]

        self.assertEqual(row["id"], self._offer_of(order).id)
        self.assertEqual(row["source"], "Document")
        self.assertIn("ceramic", self._hits(row["snippet"]))

    def test_earlier_versions_are_found(self):
        order = self.offer.order_id.with_env(self._as(self.anna))
        order.order_line[0].unlink()
        self._send(order)
        self._read_words()

        [row] = self._answer(self.anna, "CX400")["results"]

        self.assertEqual(row["id"], self.offer.id)
        self.assertEqual(row["source"], "Revision 1")

    def test_facets_count_and_narrow(self):
        self.other._set_state("lost", only_from=("sent",))
        answer = self._answer(self.anna, "FM2")
        states = {row["value"]: row["count"] for row in answer["facets"][1]["values"]}
        self.assertEqual(states, {"sent": 1, "lost": 1})

        narrowed = self._answer(self.anna, "FM2", facets={"state": ["lost"]})

        self.assertEqual([row["id"] for row in narrowed["results"]], self.other.ids)
        states = {row["value"]: row["count"] for row in narrowed["facets"][1]["values"]}
        self.assertEqual(states, {"sent": 1, "lost": 1})
        year = self.offer.date_last_sent.year
        self.assertTrue(self._find(self.anna, "FM2", facets={"year": [year]}))
        self.assertFalse(self._find(self.anna, "FM2", facets={"year": [1999]}))

    def test_without_words_the_newest_come_first(self):
        found = self._find(self.anna, "")

        self.assertEqual(set(found.ids), {self.offer.id, self.other.id})

    def test_more_than_fit_are_told_and_narrowed_in_the_database(self):
        self.patch(offer_search, "CAP", 1)
        self.patch(offer_search_rows, "CAP", 1)
        answer = self._answer(self.anna, "FM2")
        self.assertTrue(answer["is_capped"])
        self.assertEqual(answer["total"], 1)

        self.other._set_state("lost", only_from=("sent",))
        for offer in (self.offer, self.other):
            facets = {"state": [offer.state], "company_id": self.warszawa.ids}
            self.assertEqual(self._find(self.anna, "FM2", facets=facets), offer)

    def test_any_question_gets_an_answer(self):
        rng = random.Random(4)
        nasty = [
            "\0",
            "'",
            '"',
            "\\",
            ":*",
            "!!",
            "& |",
            "<->",
            "(",
            "§x",
            "©1",
            "\ud800",
        ]
        nasty += ["%", "ß" * 999, "-", '-"', "''''", "a" * 5000, "1e5", "://", "@", "٣"]
        letters = [
            chr(c) for c in range(1, 0x3000) if unicodedata.category(chr(c)) != "Cs"
        ]
        for number in range(150):
            text = "".join(rng.choice(letters + nasty) for _ in range(number % 17))
            with self.subTest(text=text.encode("utf-8", "replace")):
                self._answer(self.anna, text)
                self._as(self.anna)["offer.offer"].search_count(
                    [("search_text", "ilike", text.replace("\ud800", ""))]
                )

    def test_what_is_no_question_is_refused_with_a_reason(self):
        search = self._as(self.anna)["offer.search"]
        for values in (
            {"text": 5},
            {"text": "", "limit": 10**6},
            {"text": "", "offset": -1},
            {"text": "", "facets": {"amount_total": [1]}},
            {"text": "", "facets": {"state": "sent"}},
        ):
            with self.subTest(values=values), self.assertRaises(ValidationError):
                search.find(**values)
        self.assertTrue(search.find("", facets={"state": [{}, "sent"]})["results"])
        self.assertFalse(search.find("", facets={"state": ["nonsense"]})["results"])
