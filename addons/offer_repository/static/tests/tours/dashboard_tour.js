import {registry} from "@web/core/registry";

const SCREEN = ".o_offer_repository_dashboard";

registry.category("web_tour.tours").add("offer_repository_dashboard", {
    steps: () => [
        {
            content: "What the conflict cost is there in money",
            trigger: `${SCREEN} .o_offer_repository_tile[data-code=given_away]:contains(10,000)`,
        },
        {
            content: "A chart is drawn",
            trigger: `${SCREEN} .o_contact_history_figure[data-code=conflicts] canvas`,
        },
        {
            content: "A shorter time is chosen",
            trigger: `${SCREEN} button:contains(3 months)`,
            run: "click",
        },
        {trigger: `${SCREEN} button[aria-pressed=true]:contains(3 months)`},
        {
            content: "Branch against branch opens its conflicts",
            trigger: `${SCREEN} .o_offer_repository_heat_4 button`,
            run: "click",
        },
        {
            content: "The list behind the number",
            trigger: ".o_list_view .o_data_row:contains(Meridian Warszawa)",
        },
        {
            trigger: ".o_control_panel .breadcrumb-item:contains(Dashboard) a",
            run: "click",
        },
        {
            content: "Back on the dashboard",
            trigger: `${SCREEN} .o_offer_repository_tile[data-code=lost]`,
        },
    ],
});

registry.category("web_tour.tours").add("offer_repository_explain_loss", {
    steps: () => [
        {
            content: "Cancel the quotation",
            trigger: ".o_statusbar_buttons button[name=action_cancel]",
            run: "click",
        },
        {trigger: ".modal .modal-footer .btn-primary:contains(Ok)", run: "click"},
        {
            content: "The question why comes at once",
            trigger: ".modal .o_field_widget[name=lost_reason_id] input",
            run: "edit Price of the tour",
        },
        {
            trigger: ".o-autocomplete--dropdown-menu li:contains(Price of the tour)",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name=competitor_name] input",
            run: "edit Rival",
        },
        {
            trigger: ".modal .o_field_widget[name=competitor_price] input",
            run: "edit 70000",
        },
        {trigger: ".modal button[name=action_explain]", run: "click"},
        {
            content: "The quotation is cancelled",
            trigger:
                "body:not(:has(.modal)) .o_statusbar_status button.o_arrow_button_current:contains(Cancelled)",
        },
    ],
});
