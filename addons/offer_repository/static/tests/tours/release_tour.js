import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");
const BANNER = ".o_offer_repository_release";

tours.add("offer_repository_release_hold", {
    steps: () => [
        {
            trigger: ".o_statusbar_buttons button[name=action_quotation_send]",
            run: "click",
        },
        {
            content: "The mail can be written, and is stopped only when it is sent",
            trigger: ".modal button[name=action_send_mail]",
            run: "click",
        },
        {
            content: "The stop says where, and no price",
            trigger:
                ".modal .o_offer_repository_check_refusal:contains(Meridian Warszawa):not(:contains(123))",
        },
        {
            trigger: ".modal .o_offer_repository_check_text",
            run: "edit The customer asked us both",
        },
        {
            trigger:
                ".modal:has(.o_offer_repository_check_text) .modal-footer .btn-primary:enabled",
            run: "click",
        },
        {
            content: "What was written is still there",
            trigger:
                ".modal:not(:has(.o_offer_repository_check_text)) button[special=cancel], .modal:not(:has(.o_offer_repository_check_text)) .btn-close",
            run: "click",
        },
        {
            content: "The quotation says where it stands",
            trigger: `body:not(:has(.modal)) ${BANNER}:contains(Your manager was asked)`,
        },
        {
            trigger: "button[name=action_open_offer_releases].oe_stat_button",
        },
    ],
});

tours.add("offer_repository_release_answer", {
    steps: () => [
        {
            trigger: ".o_data_row:contains(Ewa Test) td[name=order_name]",
            run: "click",
        },
        {
            content: "All that is needed for an answer",
            trigger: ".o_field_widget[name=rival_names]:contains(Meridian Warszawa)",
        },
        {
            trigger: ".o_field_widget[name=spread_amount]:contains(33,456)",
        },
        {
            trigger: ".o_statusbar_buttons button[name=action_release]",
            run: "click",
        },
        {
            trigger: ".o_statusbar_buttons button[name=action_undo]",
        },
    ],
});

tours.add("offer_repository_release_send", {
    steps: () => [
        {
            trigger: `${BANNER}:contains(Released by Helena Test) button[name=action_offer_send_released]`,
            run: "click",
        },
        {
            content: "Sent as it had been written, and the banner is gone",
            trigger: `.o_form_renderer:not(:has(${BANNER}))`,
        },
        {
            trigger:
                ".o_statusbar_status button.o_arrow_button_current:contains(Quotation Sent)",
        },
    ],
});
