from odoo.tests import tagged

from .common_mail import CaptureCase


@tagged("post_install", "-at_install")
class TestHistoryQueueReplica(CaptureCase):
    def test_reader_on_a_replica_records_nothing_and_is_told(self):
        queue = self.env["contact.history.queue"]
        queue.search([]).unlink()
        self._compose(self.contact, subject="Prices", partner_ids=self.contact)
        self.cr.flush()
        self.cr.cache.pop("contact_history.own_rows", None)

        with (
            self.enter_registry_test_mode(),
            self.registry.cursor(readonly=True) as cr,
        ):
            self.assertTrue(cr.readonly)
            waiting = self.env(cr=cr)["contact.history.queue"]._catch_up()

        self.assertEqual(waiting, 1)
        self.assertEqual(queue.search_count([]), 1)
