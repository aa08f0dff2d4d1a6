from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase, tagged

from .common import ContactHistoryCase
from .common_privacy import PrivacyCase

LONG_ADDRESS = "utrzymanie.ruchu@odlewnia-barycz.example"


@tagged("post_install", "-at_install")
class TestListsWide(HttpCase, ContactHistoryCase):
    """Addresses and subjects are read whole on a small screen of a desk."""

    browser_size = "1280x800"

    def _ask(self, **values):
        return self._log(
            address=LONG_ADDRESS,
            subject="Spare parts for a band saw of the year before",
            direction="incoming",
            user_id=self.user_north.id,
            **values,
        )

    def test_who_waits(self):
        self._ask(partner_id=False)

        self.start_tour(
            "/odoo/waiting-for-us",
            "contact_history_waiting_wide",
            login=self.user_north.login,
        )

    def test_who_is_unknown(self):
        self._ask(partner_id=False)

        self.start_tour(
            "/odoo/unassigned-contacts",
            "contact_history_unassigned_wide",
            login=self.user_north.login,
        )


@tagged("post_install", "-at_install")
class TestPrivacyNarrow(HttpCase, PrivacyCase):
    """What an officer looks after is readable on a telephone."""

    browser_size = "400x800"
    touch_enabled = True

    def _open(self, path):
        self.start_tour(
            f"/odoo/{path}", "contact_history_privacy_narrow", login=self.officer.login
        )

    def test_consents(self):
        self.env["contact.consent"].with_user(self.officer).create(
            {
                "partner_id": self.contact.id,
                "channel": "email",
                "decision": "refused",
                "note": "No more " + "catalogues " * 20,
            }
        )

        self._open("contact-consents")

    def test_access_requests(self):
        self._ask()

        self._open("access-requests")

    def test_erasures(self):
        self._erase().action_erase()

        self._open("contact-erasures")

    def test_legal_holds(self):
        self.env["contact.hold"].with_user(self.officer).create(
            {"partner_id": self.contact.id, "reason": "Lawsuit 4 C 12/26"}
        )

        self._open("legal-holds")

    def test_retention(self):
        self._log(
            channel="sms", occurred_at=fields.Datetime.now() - timedelta(days=500)
        )
        policy = (
            self.env["contact.channel.policy"]
            .with_user(self.officer)
            .create(
                {
                    "channel": "sms",
                    "company_id": self.north.id,
                    "retention_months": 12,
                }
            )
        )
        self._open("channel-privacy")

        self.env["contact.retention.start"].with_user(self.officer).create(
            {"policy_id": policy.id}
        ).action_start()
        self.patch(type(self.env["ir.cron"]), "_commit_progress", lambda *a, **k: 9)
        self.env["contact.retention.run"]._cron_run()
        self._open("retention-runs")

    def test_who_saw_what(self):
        self.env["contact.disclosure"].with_user(self.officer)._log(
            [self._seen(reason_code="shown")]
        )

        self._open("contact-disclosures")
