import json

from odoo.tests import HttpCase, tagged

_APPS = (
    "offer_repository.offer_repository_menu_root",
    "contact_history.contact_history_menu_root",
)
_CLICK = (
    "odoo.loader.modules.get('@web/webclient/clickbot/clickbot_loader')"
    ".startClickEverywhere(%s);"
)


@tagged("offer_demo", "-standard", "post_install", "-at_install")
class TestDemoClickEverywhere(HttpCase):
    """Odoo's click bot opens every menu, view and filter of both apps, full of data."""

    def _click_everywhere(self, login):
        user = self.env["res.users"].search([("login", "=", login)])
        menus = self.env["ir.ui.menu"].with_user(user).load_menus(False)
        apps = [menus[app]["xmlid"] for app in menus["root"]["children"]]
        ours = [app for app in _APPS if app in apps]
        self.assertTrue(ours)
        for app in ours:
            with self.subTest(app=app, login=login):
                self.browser_js(
                    "/odoo",
                    _CLICK % json.dumps(app),
                    "odoo.isReady === true",
                    login=login,
                    timeout=600,
                    success_signal="clickbot test succeeded",
                )

    def test_salesperson(self):
        self._click_everywhere("ewa.krakow")

    def test_manager(self):
        self._click_everywhere("helena.manager")

    def test_administrator(self):
        self._click_everywhere("admin.offers")
