import {registry} from "@web/core/registry";

const OPEN_PAGE = {
    content: "Open the page",
    trigger: "a[name=contact_history]",
    run: "click",
};

registry.category("web_tour.tours").add("contact_history_write_to_customer", {
    steps: () => [
        OPEN_PAGE,
        {
            content: "The toolbar is one line",
            trigger: ".o_contact_history_toolbar:has(.o_contact_history_log)",
            run({anchor}) {
                const {height} = anchor.getBoundingClientRect();
                const button = anchor.querySelector(".o_contact_history_log");
                if (height >= 2 * button.getBoundingClientRect().height) {
                    throw new Error(`The toolbar is ${height} pixels high`);
                }
            },
        },
        {
            content: "A refused way is struck through and says why",
            trigger:
                ".o_contact_history_barred[data-channel=call]:contains(the customer does not want this) s",
        },
        {
            content: "Write to the customer",
            trigger: ".o_contact_history_ways a[data-channel=email]",
            run: "click",
        },
        {
            content: "Odoo's composer, addressed",
            trigger:
                ".modal .o_mail_composer_form_view [name=partner_ids] .o_tag:contains(Mary Mill)",
        },
        {
            trigger: ".modal [name=subject] input",
            run: "edit Written from the header",
        },
        {
            trigger: ".modal .odoo-editor-editable",
            run: "editor Here is the list.",
        },
        {
            trigger: ".modal button[name=action_send_mail]",
            run: "click",
        },
        {
            trigger: "body:not(:has(.modal))",
        },
        {
            content: "It is in the history",
            trigger: ".o_contact_history_refresh",
            run: "click",
        },
        {
            trigger: ".o_contact_history_entry:contains(Written from the header)",
        },
    ],
});

registry.category("web_tour.tours").add("contact_history_still_recording", {
    steps: () => [
        OPEN_PAGE,
        {
            content: "It is said that something is missing",
            trigger:
                ".o_contact_history [role=alert]:contains(Contacts of the last minutes are still being recorded.)",
        },
        {
            content: "And what is there is shown all the same",
            trigger: ".o_contact_history_entry:contains(Own subject)",
        },
    ],
});

registry.category("web_tour.tours").add("contact_history_two_keys", {
    steps: () => [
        {
            content: "Somebody types somewhere",
            trigger: ".o_form_view .o_field_widget[name=function] input",
            run: "click",
        },
        {
            content: "First key",
            trigger: ".o_form_view .o_field_widget[name=function] input:focus",
            run: "press alt+shift+l",
        },
        {
            content: "The customer is filled in, the cursor waits for the subject",
            trigger:
                ".modal:has(.o_field_widget[name=partner_id] input:value(Mill GmbH, Mary Mill)) .o_field_widget[name=subject] input:focus",
            run: "press alt+c",
        },
        {
            content: "Second key: it is logged",
            trigger: "body:not(:has(.modal)) .o_form_view",
        },
        {
            content: "The palette knows it, too",
            trigger: "body",
            run: "press control+k",
        },
        {
            trigger: ".o_command_palette_search input",
            run: "edit Log a contact",
        },
        {
            trigger: ".o_command:contains(Log a contact)",
            run: "click",
        },
        {
            trigger:
                ".modal .o_field_widget[name=channel] select, .modal .o_field_widget[name=channel] input",
        },
        {
            trigger: ".modal .o_form_button_cancel",
            run: "click",
        },
        {
            trigger: "body:not(:has(.modal))",
        },
    ],
});

registry.category("web_tour.tours").add("contact_history_waiting_narrow", {
    steps: () => [
        {
            content: "Who waits is a card, the button within reach",
            trigger:
                ".o_kanban_record:contains(Mill GmbH):contains(How much) button[name=action_needs_no_answer]",
            run: "click",
        },
        {
            content: "The card is gone",
            trigger: ".o_kanban_view:not(:has(.o_kanban_record:contains(How much)))",
        },
    ],
});

registry.category("web_tour.tours").add("contact_history_unassigned_narrow", {
    steps: () => [
        {
            content: "An unknown number is a card, the button within reach",
            trigger:
                ".o_kanban_record:contains(+48 22 555 01 01) button[name=action_assign_suggested]",
            run: "click",
        },
        {
            content: "Whose it is",
            trigger: ".modal .o_field_widget[name=partner_id] input",
            run: "click",
        },
        {
            trigger: ".modal .o_form_button_cancel, .modal button:contains(Cancel)",
            run: "click",
        },
    ],
});
