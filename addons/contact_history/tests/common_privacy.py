import base64
import io
import json
import zipfile

from odoo import Command
from odoo.tests import new_test_user

from .common import ContactHistoryCase

PRIVACY = "contact_history.contact_history_group_privacy"


class PrivacyCase(ContactHistoryCase):
    """An officer who works for two of three branches, and no manager."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.west = cls.env["res.company"].create(
            {"name": "West", "parent_id": cls.root.id}
        )
        cls.officer = new_test_user(
            cls.env,
            login="officer_contact_history",
            name="Olga Officer",
            groups=f"base.group_user,{PRIVACY}",
            company_id=cls.north.id,
            company_ids=[Command.set((cls.north | cls.south).ids)],
        )
        cls.colleague = cls.env["res.partner"].create(
            {
                "name": "Max Mustermann",
                "parent_id": cls.customer.id,
                "email": "max@mill.example",
                "phone": "+48 601 602 603",
            }
        )
        cls.env.ref("base.lang_pl", raise_if_not_found=False)

    def _ask(self, partner=None, user=None):
        requests = self.env["contact.access.request"].with_user(user or self.officer)
        partner = (partner or self.contact).with_user(user or self.officer)
        return requests._ask(partner)

    def _zip(self, request):
        content = base64.b64decode(request.sudo().with_context(bin_size=False).file)
        return zipfile.ZipFile(io.BytesIO(content))

    def _json(self, request):
        """Return {code: rows} of what was handed out."""
        content = json.loads(self._zip(request).read("data.json"))
        return {section["code"]: section["rows"] for section in content["sections"]}

    def _erase(self, partner=None, user=None):
        erasures = self.env["contact.erasure"].with_user(user or self.officer)
        partner = (partner or self.contact).with_user(user or self.officer)
        return erasures._preview(partner).with_user(user or self.officer).sudo(False)
