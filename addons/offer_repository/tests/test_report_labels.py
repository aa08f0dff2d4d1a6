from odoo.tests import TransactionCase, tagged

REPORTS = {
    "offer.price.report": ("offer.offer", ["state"]),
    "offer.loss.report": ("offer.offer", ["state"]),
    "offer.conflict.report": ("offer.conflict", ["state", "severity", "decision"]),
}


@tagged("post_install", "-at_install")
class TestReportLabels(TransactionCase):
    """States of a report are told in the reader's language, as on the record."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("pl_PL")
        cls.env.ref("base.module_offer_repository")._update_translations(["pl_PL"])

    def _labels(self, model, name):
        records = self.env[model].with_context(lang="pl_PL")
        return records.fields_get([name], ["selection"])[name]["selection"]

    def test_states_are_translated_as_on_the_record(self):
        for report, (model, names) in REPORTS.items():
            for name in names:
                with self.subTest(report=report, field=name):
                    labels = self._labels(report, name)
                    self.assertEqual(labels, self._labels(model, name))

    def test_the_price_history_speaks_polish(self):
        self.assertIn(
            "Wygasło", dict(self._labels("offer.price.report", "state")).values()
        )
