from ..models.offer_check_refusal import OfferCheckRefusal
from .common_conflict import ConflictCommon


class ReleaseCommon(ConflictCommon):
    """Anna has offered the lathe; Ewa, of another branch, is about to."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rival = cls._make_sent_offer(cls.anna, lines=[(cls.lathe, 1, 123456.0)])
        cls.order = cls._make_order(cls.ewa, lines=[(cls.lathe, 1, 90000.0)])

    @classmethod
    def _rule(cls, level, severity="low", company=None):
        return cls.env["offer.check.policy"].create(
            {
                "company_id": (company or cls.root).id,
                "event": "conflict",
                "severity": severity,
                "level": level,
            }
        )

    def _stopped(self, call):
        """Return the error of a call, and let it be counted as after its rollback."""
        with self.assertRaises(OfferCheckRefusal) as caught, self.env.cr.savepoint():
            call()
        with self.enter_registry_test_mode():
            self.env.cr.postrollback.run()
        return caught.exception

    def _composer(self, order=None, **values):
        order = order or self.order
        action = order.action_quotation_send()
        composer = (
            order.env["mail.compose.message"]
            .with_context(**action["context"])
            .create({"subject": "Our offer", "body": "<p>Best price</p>", **values})
        )
        # Made now, as the user: a savepoint would have it made as the superuser.
        self.assertTrue(composer.attachment_ids)
        return composer

    def _ask(self, reason="The customer wants us both", **values):
        """Let Ewa be held while she sends, and ask; return the request."""
        composer = self._composer(**values)
        error = self._stopped(composer.action_send_mail)
        override = self._as(self.ewa)["offer.check.override"]
        override.request_approval(error.context["token"], reason)
        return self._requests()

    def _requests(self):
        return self.env["offer.release.request"].search(
            [("user_id", "=", self.ewa.id)], order="id"
        )

    def _by(self, user, record):
        return record.with_env(self._as(user))
