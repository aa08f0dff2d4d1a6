import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");
const SCREEN = ".o_offer_repository_comparison";

tours.add("offer_repository_compare", {
    steps: () => [
        {
            content: "Mark both offers in the list",
            trigger: ".o_list_view thead .o_list_record_selector input",
            run: "click",
        },
        {
            trigger: ".o_control_panel .o_cp_action_menus .dropdown-toggle",
            run: "click",
        },
        {
            content: "Compare them",
            trigger: ".o-dropdown--menu .o-dropdown-item:contains(/^Compare$/)",
            run: "click",
        },
        {
            content: "Both stand side by side, with the difference in per cent",
            trigger: `${SCREEN} tbody:contains(Lathe CX-400) ${SCREEN}_difference:contains(5)`,
        },
        {
            content: "The terms are equal and shown",
            trigger: `${SCREEN} tr[data-row=customer]`,
        },
        {
            content: "Swap the columns by keyboard",
            trigger: `${SCREEN} th:nth-child(2) ${SCREEN}_grip`,
            run: "press ArrowRight",
        },
        {
            content: "The other one is in front and the base now",
            trigger: `${SCREEN} th:nth-child(2):has(.badge)${SCREEN}_base`,
        },
        {
            content: "Hide what is equal",
            trigger: `${SCREEN}_equal[aria-pressed=false]`,
            run: "click",
        },
        {
            trigger: `${SCREEN}_equal[aria-pressed=true]`,
        },
        {
            content: "The customer is the same and out of sight",
            trigger: `${SCREEN}:not(:has(tr[data-row=customer]))`,
        },
        {
            content: "Export what is on the screen",
            trigger: `${SCREEN}_export`,
            run: "click",
        },
        {
            content: "The screen is free again, no error",
            trigger: `body:not(:has(.modal)):not(:has(.o_blockUI)) ${SCREEN}_print`,
            run: "click",
        },
        {
            trigger: `body:not(:has(.modal)):not(:has(.o_blockUI)) ${SCREEN}_print`,
        },
    ],
});

tours.add("offer_repository_price_hint", {
    steps: () => [
        {
            content: "Ask on the line what was offered last",
            trigger: ".o_data_row .o_offer_repository_price_hint",
            run: "click",
        },
        {
            content: "The own price, and that Warszawa has one, without its price",
            trigger:
                ".o_offer_repository_price_hint_popover:contains(76,000.00):contains(Meridian Warszawa):not(:contains(71,234)):not(:contains(71234))",
        },
        {
            content: "Typing goes on",
            trigger: "button[name=action_open_price_history]",
            run: "click",
        },
        {
            content: "The history of the own offers",
            trigger: ".o_list_view .o_data_row:contains(Lathe CX-400)",
        },
    ],
});
