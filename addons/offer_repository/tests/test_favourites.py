from odoo.tests import tagged
from odoo.tools.translate import code_translations

from .common_finding import FindingCommon


@tagged("post_install", "-at_install")
class TestFavourites(FindingCommon):
    """The favourites that come with the archive are called what their reader speaks."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("pl_PL")
        cls.anna.lang = "pl_PL"
        cls.action = cls.env.ref("offer_repository.offer_offer_action")
        cls.ours = cls.env["ir.filters"].search(
            [("model_id", "=", "offer.offer"), ("action_id", "=", cls.action.id)]
        )

    def _names(self, user):
        env = self._as(user)(context={"lang": user.lang})
        found = env["ir.filters"].get_filters("offer.offer", self.action.id)
        return [one["name"] for one in found if one["id"] in self.ours.ids]

    def test_each_has_a_name_to_translate(self):
        self.assertEqual(len(self.ours), 3)
        self.assertEqual(
            set(self.ours.mapped("name")), set(self.env["ir.filters"]._offer_names())
        )

    def test_reader_sees_the_own_language(self):
        polish = code_translations.get_python_translations("offer_repository", "pl_PL")
        english = self.ours.sorted("name").mapped("name")

        self.assertEqual(sorted(self._names(self.piotr)), english)
        self.assertEqual(
            sorted(self._names(self.anna)),
            sorted(polish.get(name, name) for name in english),
        )
        record = self.ours[0].with_context(lang="pl_PL")
        self.assertEqual(record.display_name, polish.get(record.name, record.name))

    def test_renamed_and_others_favourites_keep_their_names(self):
        self.ours[0].name = "Due soon, Łódź"
        self.assertIn("Due soon, Łódź", self._names(self.anna))

        other = self.env["ir.filters"].create(
            {"name": "Lost, by reason", "model_id": "sale.order", "user_ids": False}
        )
        self.assertEqual(other.with_context(lang="pl_PL").display_name, other.name)
