import json

from odoo.tests import tagged

from odoo.addons.bus.models.bus import channel_with_db, json_dump

from .common import ContactHistoryCase


@tagged("post_install", "-at_install")
class TestTimelineLive(ContactHistoryCase):
    """Who hears that there is a new contact, and that he hears nothing else."""

    def _sent(self):
        """Return [(channel, message)] of the news so far, and forget them."""
        self.env.cr.precommit.run()
        bus = self.env["bus.bus"].sudo()
        rows = bus.search([("message", "like", "contact_history.changed")])
        sent = [(row.channel, row.message) for row in rows]
        rows.unlink()
        return sent

    def _heard(self, user, partner=None):
        """Return the channels that a browser of that user listens to."""
        name = f"contact_history.partner_{(partner or self.customer).id}"
        websocket = self.env["ir.websocket"].with_user(user)
        partners = websocket._contact_history_channels([int(name.split("_")[-1])])
        database = self.env.cr.dbname
        return {json_dump(channel_with_db(database, one)) for one in partners}

    def test_news_of_the_own_branch_and_of_the_tree_are_heard(self):
        self._sent()
        for company in (self.north, self.south):
            self._log(company)
            ((channel, message),) = self._sent()

            self.assertIn(channel, self._heard(self.user_north))
            self.assertIn(channel, self._heard(self.user_north, self.contact))
            self.assertEqual(
                json.loads(message),
                {"type": "contact_history.changed", "payload": {}},
            )

    def test_other_customers_and_companies_are_not_heard(self):
        other = self.env["res.partner"].create({"name": "Other"})
        self._sent()
        self._log(partner_id=other.id)
        self._log(self.stranger)

        channels = {channel for channel, _message in self._sent()}

        self.assertEqual(len(channels), 2)
        self.assertFalse(channels & self._heard(self.user_north))

    def test_confidential_contact_is_heard_by_our_person_only(self):
        self._sent()
        self._log(is_confidential=True, user_id=self.user_north.id)

        ((channel, _message),) = self._sent()

        self.assertIn(channel, self._heard(self.user_north))
        self.assertNotIn(channel, self._heard(self.colleague_north))
        self.assertNotIn(channel, self._heard(self.user_south))

    def test_who_may_not_read_hears_nothing(self):
        self.customer.company_id = self.south
        self.assertFalse(self._heard(self.user_north))

        self.customer.company_id = False
        self.user_north.group_ids = self.env.ref("base.group_user")
        self.assertFalse(self._heard(self.user_north))
        self.assertFalse(self._heard(self.env.ref("base.public_user")))

    def test_change_and_removal_are_news_too(self):
        contact = self._log()
        self._sent()

        contact.subject = "Corrected"
        self.assertEqual(len(self._sent()), 1)
        contact.needs_no_answer = True
        self.assertEqual(len(self._sent()), 0)
        contact.unlink()
        self.assertEqual(len(self._sent()), 1)

    def test_import_of_many_customers_wakes_nobody(self):
        people = self.env["res.partner"].create([{"name": f"P{n}"} for n in range(30)])
        self._sent()
        self.env["contact.interaction"].create(
            [
                {"partner_id": person.id, "company_id": self.north.id, "origin": "test"}
                for person in people
            ]
        )

        self.assertEqual(self._sent(), [])

    def test_client_cannot_name_the_channels_themselves(self):
        name = f"contact_history_{self.customer.id}"
        database = self.env.cr.dbname
        theirs = {
            json_dump(channel_with_db(database, text))
            for text in (name, f"res.company_{self.south.id}_{name}")
        }
        self._sent()
        self._secret()
        ((channel, _message),) = self._sent()

        self.assertNotIn(channel, theirs)
