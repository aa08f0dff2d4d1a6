import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");
// The dialog opens with "one branch keeps": wait for what the other choice does.
const KEEPS_NOTHING = ":not(:contains(left to our own branch))";
const BANNER = ".o_offer_repository_claim";

/** What the manager picks, and what the dialog promises. */
const DECISIONS = {
    withdraw: {
        label: "One branch keeps the customer",
        promise: "is closed as left to our own branch",
    },
    hand_over: {
        label: "One branch keeps the customer",
        others: "The others hand the customer over",
        promise: "Anna Test becomes the salesperson",
    },
    joint: {label: "Joint offer", promise: "A message to"},
    align: {label: "Align the prices", promise: "Ewa Test is told."},
    allow: {label: "Allow both offers", promise: "Anna Test is told."},
    none: {label: "Not a conflict", promise: "Nothing else changes"},
};

function radio(field, label) {
    return {
        content: `Choose ${label}`,
        trigger: `.modal .o_field_widget[name=${field}] .o_radio_item:contains(${label}) input`,
        run: "click",
    };
}

for (const [name, {label, others, promise}] of Object.entries(DECISIONS)) {
    tours.add(`offer_repository_case_${name}`, {
        steps: () => [
            {
                content: "Who was first is told",
                trigger:
                    ".o_field_widget[name=who_was_first]:contains(Meridian Warszawa)",
            },
            {trigger: "button[name=action_resolve]", run: "click"},
            radio("decision", label),
            ...(others ? [radio("others", others)] : []),
            {
                content: "What will happen is there before it happens",
                trigger: `.modal .o_field_widget[name=preview]:contains(${promise})${
                    label.startsWith("One") ? "" : KEEPS_NOTHING
                }`,
            },
            {
                trigger: ".modal .o_field_widget[name=reason] textarea",
                run: "edit Agreed by telephone.",
            },
            {trigger: ".modal button[name=action_resolve]", run: "click"},
            {
                content: "Decided",
                trigger: `body:not(:has(.modal)) div[name=decision]:contains(${label}):contains(Agreed by telephone.)`,
            },
        ],
    });
}

tours.add("offer_repository_case_undo", {
    steps: () => [
        {
            content: "What the decision did is listed",
            trigger:
                ".o_field_widget[name=effect_ids] .o_data_row:contains(left to our own branch)",
        },
        {trigger: "button[name=action_undo]", run: "click"},
        {trigger: ".modal .modal-footer .btn-primary", run: "click"},
        {
            content: "The case is open again, and its effects are taken back",
            trigger:
                ".o_form_view:has(button[name=action_resolve]) .o_data_row:contains(left to our own branch):contains(Taken back)",
        },
    ],
});

tours.add("offer_repository_claim_of_other_branch", {
    steps: () => [
        {
            content: "Which branch, and until when",
            trigger: `${BANNER}:contains(Meridian Warszawa has claimed this customer until)`,
        },
        {
            content: "and nothing else of the other branch",
            trigger: `${BANNER}:not(:contains(Anna)):not(:contains(Secret))`,
        },
        {trigger: `${BANNER} button:contains(Ask to Take Over)`, run: "click"},
        {
            trigger: ".modal .o_offer_repository_check_text",
            run: "edit He lives next door.",
        },
        {trigger: ".modal .btn-primary:contains(Send Request)", run: "click"},
        {
            content: "Who was asked",
            trigger: ".o_notification:contains(Anna Test)",
        },
    ],
});

tours.add("offer_repository_claim_is_over", {
    steps: () => [
        {
            content: "The form is there",
            trigger:
                ".o_form_view .o_offer_repository_claims:not(:visible), .o_form_view .o_field_widget[name=name]",
        },
        {
            content: "and nobody has claimed the customer",
            trigger: `.o_form_view:not(:has(${BANNER}))`,
        },
    ],
});

tours.add("offer_repository_my_conflicts", {
    steps: () => [
        {
            content: "The own offer, and which branch it competes with",
            trigger:
                ".o_data_row:contains(Meridian Warszawa):not(:contains(100,000)):not(:contains(100000))",
        },
        {
            trigger: ".o_data_row .o_data_cell[name=partner_id]",
            run: "click",
        },
        {
            content: "A click opens the own offer",
            trigger:
                ".o_form_view .o_field_widget[name=revision_ids], .o_form_view .o_field_widget[name=amount_untaxed]",
        },
    ],
});
