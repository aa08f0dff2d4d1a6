import {registry} from "@web/core/registry";

const SCREEN = ".o_contact_history_dashboard";

registry.category("web_tour.tours").add("contact_history_dashboard", {
    steps: () => [
        {
            content: "Who waits is there, with a light",
            trigger: `${SCREEN} .o_contact_history_tile[data-code=waiting] .o_contact_history_light[data-light=red]:contains(1)`,
        },
        {
            content: "A picture is drawn",
            trigger: `${SCREEN} .o_contact_history_figure[data-code=channels] canvas`,
        },
        {
            content: "Colleagues of the other branch are nowhere",
            trigger: `${SCREEN}:not(:contains(South))`,
        },
        {
            content: "A shorter time is chosen",
            trigger: `${SCREEN} button[data-period=week]`,
            run: "click",
        },
        {trigger: `${SCREEN} button[aria-pressed=true][data-period=week]`},
        {
            content: "Only e-mails",
            trigger: `${SCREEN} .o_contact_history_channels`,
            run: "click",
        },
        {trigger: ".o-dropdown-item:contains(E-mail)", run: "click"},
        {trigger: `${SCREEN} .o_contact_history_channels .badge:contains(1)`},
        {
            content: "The heat map opens the questions of its hour",
            trigger: `${SCREEN} .o_contact_history_heat td button`,
            run: "click",
        },
        {
            content: "The list behind the number",
            trigger: ".o_list_view .o_data_row:contains(Mary Mill)",
        },
        {
            trigger: ".o_control_panel .breadcrumb-item:contains(Dashboard) a",
            run: "click",
        },
        {
            content: "Back on the dashboard, what was chosen is remembered",
            trigger: `${SCREEN} button[aria-pressed=true][data-period=week]`,
        },
        {
            content: "The late ones",
            trigger: `${SCREEN} .o_contact_history_light[data-light=red]`,
            run: "click",
        },
        {trigger: ".o_list_view .o_data_row:contains(Mary Mill)"},
    ],
});
