from ast import literal_eval
from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import ContactHistoryCase


@tagged("post_install", "-at_install")
class TestContactConsent(ContactHistoryCase):
    """What customers said of being contacted is kept, and asked before contacting."""

    def _say(self, user=None, partner=None, **values):
        partner = partner or self.contact
        consents = self.env["contact.consent"].with_user(user or self.user_north)
        return consents.create({"partner_id": partner.id, **values})

    def _may(self, channel="email", purpose="service", partner=None, user=None):
        partner = (partner or self.contact).with_user(user or self.user_north)
        return partner._may_contact(channel, purpose)

    def test_list_does_not_choose_what_the_customer_says(self):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "contact_history.contact_consent_action"
        )
        statements = self.env["contact.consent"].with_user(self.user_north)
        form = Form(statements.with_context(**literal_eval(action["context"])))

        self.assertFalse(form.decision)
        self.assertFalse(form.channel)

    def test_silence_allows_and_a_refusal_forbids(self):
        self.assertTrue(self._may("email", "marketing"))
        self._say(channel="email", purpose="marketing")

        self.assertFalse(self._may("email", "marketing"))
        self.assertTrue(self._may("email", "service"))
        self.assertTrue(self._may("call", "marketing"))

    def test_refusal_of_everything_forbids_everything_until_taken_back(self):
        self._say()
        for channel, purpose in (("email", "service"), ("call", "feedback")):
            self.assertFalse(self._may(channel, purpose))

        self._say(decision="withdrawn")

        self.assertTrue(self._may())

    def test_refusal_to_another_branch_of_the_company_counts(self):
        self._say(self.user_south)

        self.assertFalse(self._may())
        stranger = self._new_user("alien", self.stranger)
        self.assertTrue(self._may(user=stranger))

    def test_refusal_of_the_firm_counts_for_its_people_unless_they_say_more(self):
        self._say(partner=self.customer, channel="call")
        self.assertFalse(self._may("call"))
        self._say(channel="call", decision="granted")

        self.assertTrue(self._may("call"))
        self.assertFalse(self._may("call", partner=self.customer))

    def test_refusal_for_a_while_ends(self):
        today = fields.Date.today()
        self._say(date_until=today)
        self.assertFalse(self._may())
        self._say(channel="call", date_until=today - timedelta(days=1))

        self.env.cr.execute(
            "UPDATE contact_consent SET date_until = date_until - 1"
            " WHERE channel = 'any'"
        )
        self.env.invalidate_all()
        self.assertTrue(self._may("call"))

    def test_consent_needed_for_advertising_on_a_channel(self):
        policy = self.env["contact.channel.policy"]
        policy.create(
            [
                {"channel": "email", "company_id": False, "consent": "feedback"},
                {
                    "channel": "email",
                    "company_id": self.south.id,
                    "consent": "none",
                },
            ]
        )

        self.assertFalse(self._may("email", "marketing"))
        self.assertFalse(self._may("email", "feedback"))
        self.assertTrue(self._may("email", "service"))
        self.assertTrue(self._may("email", "marketing", user=self.user_south))
        self._say(channel="email", purpose="marketing", decision="granted")
        self.assertTrue(self._may("email", "marketing"))
        self.assertFalse(self._may("email", "feedback"))

    def test_odoos_blacklists_stop_what_is_not_service(self):
        self.contact.phone = "+48 22 123 45 67"
        self.contact.country_id = self.env.ref("base.pl")
        self.env["mail.blacklist"].create({"email": "MARY@mill.example"})
        self.env["phone.blacklist"].create({"number": self.contact.phone_sanitized})
        for channel in ("email", "call", "sms"):
            with self.subTest(channel=channel):
                self.assertTrue(self._may(channel, "service"))
                self.assertFalse(self._may(channel, "marketing"))
                verdict = self.contact._contact_consent(channel, "marketing")
                self.assertEqual(verdict.reason, "blacklisted")
        self.assertTrue(self._may("letter", "marketing"))

    def test_many_customers_are_asked_in_few_queries(self):
        partners = self.env["res.partner"].create([{"name": str(n)} for n in range(50)])
        self._say(partner=partners[7])
        self.env.flush_all()
        self.env.invalidate_all()

        with self.assertQueryCount(14):
            allowed = partners.with_user(self.user_north)._filter_contactable("call")

        self.assertEqual(len(allowed), 49)
        self.assertNotIn(partners[7], allowed)

    def test_unknown_channel_or_purpose_is_an_error_of_the_caller(self):
        for channel, purpose in (("fax", "service"), ("email", "spying")):
            with self.assertRaises(ValueError):
                self._may(channel, purpose)

    def test_statement_is_never_changed_or_deleted(self):
        said = self._say(note="No calls, please")
        with self.assertRaisesRegex(UserError, "cannot be changed"):
            said.sudo().write({"decision": "granted"})
        with self.assertRaisesRegex(UserError, "kept as proof"):
            said.sudo().unlink()

    def test_key_of_the_erasure_cannot_be_named_from_outside(self):
        said = self._say()
        for forged in (True, "ERASING_KEY", 1):
            with self.assertRaises(UserError):
                said.sudo().with_context(contact_history_erasing_key=forged).write(
                    {"note": "Forged"}
                )

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_statement_is_recorded_in_ones_own_name_and_of_whom_one_may_see(self):
        hidden = self.env["res.partner"].create(
            {"name": "HIDDEN", "company_id": self.south.id}
        )
        for values in (
            {"user_id": self.colleague_north.id},
            {"partner": hidden},
            {"company_id": self.south.id},
            {"interaction_id": self._secret().id},
        ):
            with self.subTest(values=values), self.assertRaises(AccessError):
                self._say(**values)

    def test_nothing_is_said_in_the_future(self):
        with self.assertRaises(ValidationError):
            self._say(date=fields.Datetime.now() + timedelta(days=1))

    def test_words_and_proof_stay_within_the_branch(self):
        file = self.env["ir.attachment"].with_user(self.user_south)
        proof = file.create({"name": "SECRET.pdf", "raw": b"signed"})
        said = self._say(
            self.user_south,
            note="SECRET words",
            attachment_ids=[Command.set(proof.ids)],
        )
        self.env.invalidate_all()

        consents = self.env["contact.consent"].with_user(self.user_north)
        self.assertFalse(consents.search([]))
        self.assertFalse(consents.search([("note", "ilike", "SECRET")]))
        self.assertFalse(said.with_user(self.user_north).has_access("read"))
        self.assertFalse(proof.with_user(self.user_north).has_access("read"))
        self.assertTrue(proof.with_user(self.user_south).has_access("read"))
        self.assertFalse(self.contact.with_user(self.user_north).contact_consent_ids)

    def test_header_tells_wishes_of_every_branch_but_not_where_they_were_said(self):
        until = fields.Date.to_date("2099-05-01")
        self._say(self.user_south, channel="call", note="SECRET", date_until=until)
        self._say(channel="letter", decision="preferred")
        self._say(channel="email", decision="granted", purpose="marketing")
        self._say(channel="sms", decision="refused")
        self._say(channel="sms", decision="withdrawn")

        partner = self.contact.with_user(self.user_north)
        notices = partner.contact_history_header()["notices"]

        self.assertEqual(
            {(one["text"], one["tone"]) for one in notices},
            {
                ("Refuses: Call (until 05/01/2099)", "danger"),
                ("Likes best: Letter", "info"),
                ("Agrees: E-mail (Advertising)", "success"),
            },
        )
        self.assertNotIn("South", str(notices))

    def test_merged_customers_keep_what_they_said(self):
        double = self.env["res.partner"].create({"name": "Mary M."})
        said = self._say(partner=double)

        self.env["base.partner.merge.automatic.wizard"]._merge(
            (self.contact | double).ids, self.contact, extra_checks=False
        )
        self.env.invalidate_all()

        self.assertEqual(said.partner_id, self.contact)
        self.assertFalse(self._may())
