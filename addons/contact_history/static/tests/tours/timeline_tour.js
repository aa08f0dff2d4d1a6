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

/** Told of news by the server, and goes to an earlier day and back. */
registry.category("web_tour.tours").add("contact_history_timeline_ways", {
    steps: () => [
        {
            content: "Open the page",
            trigger: "a[name=contact_history]",
            run: "click",
        },
        {
            content: "Planned things are on top",
            trigger: ".o_contact_history_top[data-part=planned]:contains(Call Mary)",
        },
        {
            content: "Answers stand behind the newest message of their thread",
            trigger: ".o_contact_history_earlier:contains(1)",
            run: "click",
        },
        {
            trigger: ".o_contact_history_thread .o_contact_history_entry",
        },
        {
            content: "Pin what matters",
            trigger:
                ".o_contact_history_entry:contains(Agreement) .o_contact_history_pin",
            run: "click",
        },
        {
            trigger: ".o_contact_history_top[data-part=pinned]:contains(Agreement)",
        },
        {
            content: "Robots are out",
            trigger: ".o_contact_history:not(:contains(Out of office))",
        },
        {
            trigger: ".o_contact_history_more_filter",
            run: "click",
        },
        {
            trigger: ".o-dropdown--menu [data-flag=system]",
            run: "click",
        },
        {
            content: "Until they are wanted",
            trigger: ".o_contact_history_entry:contains(Out of office)",
        },
        {
            trigger: ".o_contact_history_full_screen",
            run: "click",
        },
        {
            content: "On a page of its own, with the filters of before",
            trigger:
                ".o_contact_history_full .o_contact_history_entry:contains(Out of office)",
        },
        {
            trigger: ".o_contact_history_customer:contains(Mill GmbH)",
            run: "click",
        },
        {
            content: "And back at the customer",
            trigger: ".o_form_view .o_field_widget[name=name]",
        },
    ],
});

/** On a telephone: filter, log and read, in 400 pixels. */
registry.category("web_tour.tours").add("contact_history_narrow", {
    steps: () => [
        {
            trigger: ".o_contact_history_entry:contains(Own subject)",
        },
        {
            content: "Nothing sticks out of the screen",
            trigger: ".o_contact_history",
            run() {
                const wide = [
                    ...document.querySelectorAll(".o_contact_history *"),
                ].find(
                    (element) =>
                        !element.closest(".visually-hidden, svg") &&
                        element.getBoundingClientRect().right > window.innerWidth + 1
                );
                if (wide) {
                    throw new Error(`Too wide: ${wide.className}`);
                }
            },
        },
        {
            content: "Log a contact from the bar on top",
            trigger: ".o_contact_history_systray button",
            run: "click",
        },
        {
            content: "Of the customer one looks at",
            trigger: ".modal .o_field_widget[name=partner_id] input:value(Mill GmbH)",
        },
        {
            trigger: ".modal .o_field_widget[name=subject] input",
            run: "edit On the way",
        },
        {
            trigger: ".modal .o_form_button_save",
            run: "click",
        },
        {
            content: "The page learns of it by itself, or on asking",
            trigger: ".o_contact_history_refresh",
            run: "click",
        },
        {
            trigger: ".o_contact_history_entry:contains(On the way)",
        },
    ],
});
