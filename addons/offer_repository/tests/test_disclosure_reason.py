import re
from pathlib import Path

from odoo.fields import Domain
from odoo.tests import tagged

from .common_finding import FindingCommon

MODELS = Path(__file__).parent.parent / "models"


@tagged("post_install", "-at_install")
class TestDisclosureReason(FindingCommon):
    """Why something was shown is told in the language of who reads the log."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("pl_PL")

    def _reason(self, user, kind):
        """Return the reason of the user's last row, read by a manager in Polish."""
        env = self._as(self.manager, self.warszawa)
        polish = env["contact.disclosure"].with_context(lang="pl_PL")
        domain = [("user_id", "=", user.id), ("kind", "=", kind)]
        return polish.search(domain, limit=1).reason

    def test_card_of_a_customer(self):
        self._make_sent_offer(self.anna)

        self._as(self.ewa)["offer.check"].check_customer(
            {"model": "sale.order", "partner_id": self.customer.id}
        )

        self.assertEqual(self._reason(self.ewa, "offer_card"), "Ten sam rekord klienta")

    def test_opened_document_and_list(self):
        sent = [self._make_sent_offer(self.ewa) for _index in range(2)]
        offers = self._as(self.manager, self.warszawa)["offer.offer"]

        offers.browse(sent[0].id)._log_opened()
        self.assertEqual(self._reason(self.manager, "offer_view"), "Otwarto ofertę")

        offers.browse(sent[1].id)._log_opened("list %s.pdf")
        self.assertEqual(
            self._reason(self.manager, "offer_view"), "Otwarto dokument: list %s.pdf"
        )

    def test_list_and_export(self):
        offer = self._make_sent_offer(self.ewa)
        env = self._as(self.manager, self.warszawa)
        domain = Domain("id", "=", offer.id)

        env["offer.offer"].web_search_read(domain, {"name": {}})
        self.assertIn("na liście 1", self._reason(self.manager, "offer_list"))

        env["offer.export"]._disclose("offer.offer", domain, "dossier")
        self.assertIn("kartoteka klienta", self._reason(self.manager, "offer_export"))

    def test_every_code_that_is_written_has_words(self):
        log = self.env["contact.disclosure"]
        source = "".join(path.read_text("utf-8") for path in MODELS.glob("*.py"))
        codes = re.findall(r'"reason_code": "(\w+)"', source)
        contents = re.findall(r'_disclose\(\s*[^()]*?, "(\w+)"\s*,?\s*\)', source)

        self.assertGreaterEqual(len(set(codes)), 7)
        self.assertLessEqual(set(codes), set(log._reason_texts()))
        self.assertGreaterEqual(len(set(contents)), 4)
        self.assertLessEqual(set(contents), set(log._export_contents()))
