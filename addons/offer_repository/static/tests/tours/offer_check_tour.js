import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");
const CUSTOMER = ".o_offer_repository_check_customer";
const MASKED = `${CUSTOMER}:contains(A customer of Meridian Gdańsk):not(:contains(Hidden Works))`;

function createInQuotation(name) {
    return [
        {
            content: "A customer that the user believes to be new",
            trigger: ".o_field_widget[name=partner_id] input",
            run: `edit ${name}`,
        },
        {
            trigger: ".o-autocomplete--dropdown-item:contains(Create and edit)",
            run: "click",
        },
    ];
}

function writeAndConfirm(text) {
    return [
        {
            content: "Nothing is sent without words",
            trigger: ".modal .modal-footer .btn-primary:disabled",
        },
        {
            trigger: ".modal .o_offer_repository_check_text",
            run: `edit ${text}`,
        },
        {
            trigger:
                ".modal:has(.o_offer_repository_check_text) .modal-footer .btn-primary:enabled",
            run: "click",
        },
    ];
}

function judgeDifferent(content, outcome) {
    return [
        {
            content,
            trigger: `${MASKED} button:contains(Not the same)`,
            run: "click",
        },
        ...writeAndConfirm("Another town, another owner"),
        {
            content: outcome,
            trigger: `body:not(:has(.modal)) .o_form_renderer:not(:has(${CUSTOMER}))`,
        },
    ];
}

tours.add("offer_repository_check_use", {
    steps: () => [
        ...createInQuotation("Lacznik of Radom"),
        {
            trigger: ".modal .o_field_widget[name=email] input",
            run: "edit zakupy@lacznik.example",
        },
        {
            content: "The customer is there already: take it",
            trigger: `.modal ${CUSTOMER}:contains(ŁĄCZNIK) button:contains(Use this customer)`,
            run: "click",
        },
        {
            content: "The quotation has it, and no new one was made",
            trigger:
                "body:not(:has(.modal)) .o_field_widget[name=partner_id] input:value(ŁĄCZNIK)",
        },
        {
            trigger: ".o_form_button_cancel",
            run: "click",
        },
    ],
});

tours.add("offer_repository_check_ask", {
    steps: () => [
        {
            trigger:
                ".o_field_widget[name=name] textarea, .o_field_widget[name=name] input",
            run: "edit Hidden Krakow",
        },
        {
            trigger: ".o_field_widget[name=email] input",
            run: "edit buying@hidden.example",
        },
        {
            content: "Another branch has it: no name, but whom to ask",
            trigger: `${MASKED}:contains(Marta Test) button:contains(Ask the branch)`,
            run: "click",
        },
        ...writeAndConfirm("Shall we visit them together?"),
        {
            content: "Who was asked is told",
            trigger: "body:not(:has(.modal)) .o_notification:contains(Marta Test)",
        },
        {
            trigger: `${MASKED} button:contains(Request hand-over)`,
            run: "click",
        },
        ...writeAndConfirm("They moved to Kraków."),
        {
            trigger:
                "body:not(:has(.modal)) .o_notification:contains(Your request went to)",
        },
        {
            content: "What was typed is still there",
            trigger: ".o_field_widget[name=email] input:value(buying@hidden.example)",
        },
        ...judgeDifferent("It is somebody else, after all", "The card is gone"),
        {
            content: "A slip: it comes back",
            trigger: ".o_notification button:contains(Take back)",
            run: "click",
        },
        ...judgeDifferent("No, it was right", "The card is gone again"),
        {
            trigger: ".o_form_button_save",
            run: "click",
        },
        {
            trigger: ".o_form_saved",
        },
    ],
});

tours.add("offer_repository_check_reason", {
    steps: () => [
        {
            trigger:
                ".o_field_widget[name=name] textarea, .o_field_widget[name=name] input",
            run: "edit Hidden Krakow",
        },
        {
            trigger: ".o_field_widget[name=email] input",
            run: "edit buying@hidden.example",
        },
        {
            content: "What saving will ask for is told before",
            trigger: ".o_offer_repository_check_policy:contains(reason)",
        },
        {
            trigger: ".o_form_button_save",
            run: "click",
        },
        {
            content: "The stop says where, not who",
            trigger: `.modal .o_offer_repository_check_refusal:has(${MASKED})`,
        },
        {
            content: "Behind it the form is as it was",
            trigger: ".o_field_widget[name=email] input:value(buying@hidden.example)",
        },
        ...writeAndConfirm("Another plant of theirs"),
        {
            content: "Saved at once, without typing anything again",
            trigger:
                "body:not(:has(.modal)) .o_form_saved .o_field_widget[name=email] input:value(buying@hidden.example)",
        },
    ],
});

tours.add("offer_repository_check_quotation", {
    steps: () => [
        {
            trigger: ".o_offer_repository_check_policy:contains(reason)",
        },
        {
            trigger: ".o_statusbar_buttons button[name=action_quotation_send]",
            run: "click",
        },
        {
            content: "Stopped before anything was written",
            trigger:
                ".modal .o_offer_repository_check_refusal:contains(Meridian Warszawa):contains(Anna Test)",
        },
        ...writeAndConfirm("Agreed with Anna"),
        {
            content: "The composer opens without pressing again",
            trigger: ".modal button[name=action_send_mail]",
            run: "click",
        },
        {
            trigger:
                "body:not(:has(.modal)) .o_statusbar_status button.o_arrow_button_current:contains(Quotation Sent)",
        },
    ],
});

tours.add("offer_repository_check_lead", {
    steps: () => [
        {
            content: "What came by mail is from a customer of another branch",
            trigger: `${MASKED}:contains(Marta Test):contains(Same e-mail address)`,
        },
        {
            content: "What the lead says stays as it came",
            trigger:
                ".o_field_widget[name=email_from] input:value(buying@hidden.example)",
        },
        {
            trigger: `${MASKED} button:contains(Ask the branch)`,
            run: "click",
        },
        ...writeAndConfirm("They wrote to us, shall we answer?"),
        {
            trigger: "body:not(:has(.modal)) .o_notification:contains(Marta Test)",
        },
    ],
});

tours.add("offer_repository_check_typing", {
    steps: () => [
        ...createInQuotation("Lacznik Zaklad Mechaniczny Sp z oo"),
        {
            content: "The name alone tells too little",
            trigger: `.modal:not(:has(${CUSTOMER})) .o_field_widget[name=street] input`,
            run: "edit Zeromskiego 12",
        },
        {
            content: "The city, still being typed",
            trigger: ".modal .o_field_widget[name=city] input",
            run: "fill RADOM",
        },
        {
            content: "makes it the customer who is there already, with the reasons",
            trigger: `.modal ${CUSTOMER}:contains(ŁĄCZNIK):contains(Same city)`,
        },
        {
            content: "and leaves what was typed",
            trigger: ".modal .o_field_widget[name=street] input:value(Zeromskiego 12)",
        },
        {
            trigger: `.modal ${CUSTOMER} button:contains(Use this customer)`,
            run: "click",
        },
        {
            trigger:
                "body:not(:has(.modal)) .o_field_widget[name=partner_id] input:value(ŁĄCZNIK)",
        },
        {
            trigger: ".o_form_button_cancel",
            run: "click",
        },
    ],
});
