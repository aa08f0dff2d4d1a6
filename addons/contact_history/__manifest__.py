{
    "name": "Contact History",
    "version": "19.0.1.0.0",
    "category": "Sales/CRM",
    "summary": "Every contact with a customer, on every channel, on one page",
    "author": "Contact History contributors",
    "license": "LGPL-3",
    "depends": ["contacts", "mail", "phone_validation", "resource"],
    "external_dependencies": {"python": ["phonenumbers"]},
    "data": [
        "security/contact_history_groups.xml",
        "security/ir.model.access.csv",
        "security/contact_interaction_security.xml",
        "security/contact_disclosure_security.xml",
        "security/contact_response_security.xml",
        "data/contact_response_data.xml",
        "views/contact_interaction_views.xml",
        "views/contact_interaction_report_views.xml",
        "views/contact_disclosure_views.xml",
        "views/contact_response_views.xml",
        "views/contact_response_target_views.xml",
        "views/contact_response_report_views.xml",
        "views/res_partner_views.xml",
        "views/res_config_settings_views.xml",
        "views/contact_history_menus.xml",
    ],
    "demo": [
        "demo/contact_interaction_demo.xml",
    ],
    "assets": {
        "web.assets_backend": [
            "contact_history/static/src/**/*",
        ],
        "web.assets_tests": [
            "contact_history/static/tests/tours/**/*",
        ],
        "web.assets_unit_tests": [
            "contact_history/static/tests/**/*",
            ("remove", "contact_history/static/tests/tours/**/*"),
        ],
    },
}
