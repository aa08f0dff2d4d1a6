from odoo.tests import tagged

from .common import ContactHistoryCase


@tagged("post_install", "-at_install")
class TestTimelineRating(ContactHistoryCase):
    """Ratings that customers gave on any document."""

    def _ratings(self, user=None):
        return [row for row in self._entries(user) if row["kind"] == "rating"]

    def _rate(self, document, stars, feedback):
        rating = self.env["rating.rating"].create(
            {
                "res_model_id": self.env["ir.model"]._get_id(document._name),
                "res_id": document.id,
                "partner_id": self.contact.id,
                "rated_partner_id": self.user_north.partner_id.id,
            }
        )
        rating.write({"rating": stars, "feedback": feedback, "consumed": True})
        return rating

    def test_rating_is_shown_to_who_may_read_what_was_rated(self):
        hidden = self.env["res.partner"].create(
            {"name": "Hidden", "company_id": self.south.id}
        )
        self._rate(self.contact, 4, "Quick answer")
        self._rate(hidden, 1, "SECRET words")

        entries = self._ratings()

        self.assertEqual(len(entries), 1)
        self.assertEqual(entries[0]["label"], "4 of 5")
        self.assertEqual(entries[0]["preview"], "Quick answer")
        self.assertEqual(entries[0]["user_name"], "North")
        self.assertNotIn("SECRET", str(self._page()))
        self.assertEqual(len(self._ratings(self.user_south)), 2)

    def test_rating_that_nobody_gave_is_not_shown(self):
        self._rate(self.contact, 4, "").write({"consumed": False})

        self.assertFalse(self._ratings())

    def test_ratings_one_may_not_see_do_not_end_the_page(self):
        hidden = self.env["res.partner"].create(
            {"name": "Hidden", "company_id": self.south.id}
        )
        for _number in range(3):
            self._rate(self.contact, 4, "seen")
            self._rate(hidden, 1, "SECRET words")
            self._rate(hidden, 1, "SECRET words")
        seen, cursor = [], None
        while True:
            page = self._page(limit=1, cursor=cursor)
            seen += [entry["preview"] for entry in page["entries"]]
            cursor = page["next_cursor"]
            if not cursor:
                break

        self.assertEqual(seen, ["seen"] * 3)
