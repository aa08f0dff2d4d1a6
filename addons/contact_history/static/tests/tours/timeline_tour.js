import {registry} from "@web/core/registry";

registry.category("web_tour.tours").add("contact_history_timeline", {
    steps: () => [
        {
            content: "Open the page",
            trigger: "a[name=contact_history]",
            run: "click",
        },
        {
            content: "Own contact is shown in full",
            trigger:
                ".o_contact_history_entry[data-level=content]:contains(Own subject):contains(Mary Mill)",
        },
        {
            content:
                "Contact of the other branch: who to ask, and nothing of the matter",
            trigger:
                ".o_contact_history_redacted:contains(South):not(:contains(SECRET)):not(:contains(Mary))",
        },
        {
            content: "Ask why",
            trigger: ".o_contact_history_why",
            run: "click",
        },
        {
            trigger: ".o_contact_history_reason:contains(South)",
        },
        {
            content: "Close the explanation by choosing a direction",
            trigger: ".o_contact_history_toolbar [data-direction=outgoing]",
            run: "click",
        },
        {
            trigger: ".o_contact_history:not(:has(.o_contact_history_redacted))",
        },
        {
            trigger: ".o_contact_history_clear",
            run: "click",
        },
        {
            trigger: ".o_contact_history_redacted",
        },
        {
            content: "Log a call",
            trigger: ".o_contact_history_log",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name=subject] input",
            run: "edit Logged in the tour",
        },
        {
            trigger: ".modal .o_field_widget[name=note] textarea",
            run: "edit Talked about the tour.",
        },
        {
            trigger: ".modal .o_form_button_save",
            run: "click",
        },
        {
            content: "It is there at once, on top",
            trigger:
                ".o_contact_history_entry:contains(Logged in the tour):contains(Talked about the tour.)",
        },
        {
            content: "Open it",
            trigger: ".o_contact_history_open:contains(Logged in the tour)",
            run: "click",
        },
        {
            trigger: ".o_form_view .o_field_widget[name=note] textarea:value(Talked)",
        },
    ],
});

registry.category("web_tour.tours").add("contact_history_no_access", {
    steps: () => [
        {
            content: "Form of the customer is there",
            trigger: ".o_form_view .o_field_widget[name=name]",
        },
        {
            content: "Its history is not, for who has no access",
            trigger: ".o_notebook:not(:has(a[name=contact_history]))",
        },
    ],
});
