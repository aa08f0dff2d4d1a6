{
    "name": "Offer Repository",
    "summary": "Every branch's offers in one archive, conflicts seen before they cost",
    "version": "19.0.1.0.0",
    "category": "Sales/Sales",
    "license": "LGPL-3",
    "author": "Offer Repository team",
    "depends": [
        "contact_history",
        "sale_crm",
        "sale_management",
    ],
    "external_dependencies": {
        "python": ["phonenumbers", "python-stdnum", "reportlab"],
    },
    "data": [
        # groups first: everything below refers to them
        "security/offer_repository_groups.xml",
        "security/ir.model.access.csv",
        "security/offer_detection_group_security.xml",
        "security/offer_offer_security.xml",
        "security/offer_revision_security.xml",
        "security/offer_revision_line_security.xml",
        "security/offer_conflict_security.xml",
        "data/offer_offer_cron.xml",
        "data/offer_conflict_data.xml",
        "views/offer_detection_group_views.xml",
        "views/res_config_settings_views.xml",
        "views/offer_revision_views.xml",
        "views/offer_offer_views.xml",
        "views/offer_conflict_views.xml",
        "views/offer_conflict_resolve_views.xml",
        "views/offer_identity_views.xml",
        "views/sale_order_check_views.xml",
        "views/res_partner_check_views.xml",
        "views/offer_repository_menus.xml",
    ],
    "demo": [],
    "application": True,
    "post_init_hook": "post_init_hook",
    "assets": {
        "web.assets_backend": [
            "offer_repository/static/src/**/*",
            ("remove", "offer_repository/static/src/**/*.dark.scss"),
        ],
        "web.assets_web_dark": [
            "offer_repository/static/src/**/*.dark.scss",
        ],
        "web.assets_tests": [
            "offer_repository/static/tests/tours/**/*",
        ],
        "web.assets_unit_tests": [
            "offer_repository/static/tests/**/*.test.js",
        ],
    },
}
