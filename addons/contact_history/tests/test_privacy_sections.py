from odoo.tests import tagged

from ..models.privacy_subject import find_subject
from .common_privacy import PrivacyCase


@tagged("post_install", "-at_install")
class TestPrivacySections(PrivacyCase):
    """Whatever of ours refers to customers is handed out and erased, or it says why.

    A new model fails here until it has a section, or a line below.
    """

    ELSEWHERE = {
        "contact.response": "figures of contacts, blanked with them",
        "contact.access.request": "the answer itself",
        "contact.erasure": "the log of erasures, which names nobody",
        "contact.hold": "not to be told before a dispute is over",
    }

    def _referring(self, prefix):
        """Return the names of our stored models with a link to customers."""
        return {
            name
            for name, model in self.env.registry.items()
            if name.startswith(prefix)
            and model._auto
            and not model._transient
            and any(
                field.store and field.comodel_name == "res.partner"
                for field in model._fields.values()
            )
        }

    def test_every_model_that_refers_to_customers_has_a_section(self):
        subject = find_subject(self.contact, self.officer.company_ids)
        sections = self.env["contact.privacy.section"]._get_sections()
        covered = {section._find(subject)[0]._name for section in sections}

        forgotten = self._referring("contact.") - covered - set(self.ELSEWHERE)

        self.assertFalse(forgotten)

    def test_every_section_has_words_and_a_code_of_its_own(self):
        sections = self.env["contact.privacy.section"]._get_sections()
        codes = [section._section_code for section in sections]

        self.assertEqual(len(codes), len(set(codes)))
        for section in sections:
            with self.subTest(section=section._name):
                self.assertTrue(section._title())
                keys = [column.key for column in section._columns()]
                self.assertEqual(len(keys), len(set(keys)))
