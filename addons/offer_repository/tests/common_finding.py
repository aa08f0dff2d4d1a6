from .common import OfferCommon


class FindingCommon(OfferCommon):
    """Offers of Warszawa whose words were read, and ways to ask for them."""

    @classmethod
    def _read_words(cls):
        """Do what the scheduled job does after every change."""
        cls.env.flush_all()
        cls.env["offer.search.queue"]._catch_up()
        while cls.env["offer.search.queue"]._work_off():
            pass
        cls.env.invalidate_all()

    @classmethod
    def _make_read_offer(cls, user, **kwargs):
        offer = cls._make_sent_offer(user, **kwargs)
        cls._read_words()
        return offer

    def _answer(self, user, text, **kwargs):
        return self._as(user)["offer.search"].find(text, **kwargs)

    def _find(self, user, text, **kwargs):
        """Return the offers (sudo) that ``user`` finds, in order."""
        ids = [row["id"] for row in self._answer(user, text, **kwargs)["results"]]
        return self.env["offer.offer"].browse(ids)

    def _hits(self, segments):
        return [piece["text"] for piece in segments if piece["is_hit"]]
