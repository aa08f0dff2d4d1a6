import {registry} from "@web/core/registry";

const PROGRESS = ".o_offer_repository_review_progress";
const DIFFERS = "tr.o_offer_repository_fields_differs";

registry.category("web_tour.tours").add("offer_repository_review", {
    steps: () => [
        {
            content: "What waits, the surest first, with the reasons",
            trigger: ".o_data_row:contains(LACZNIK):contains(Same tax number)",
        },
        {
            content: "Only pairs that nobody has judged",
            trigger: ".o_searchview_facet:contains(To review)",
        },
        {
            content: "Start",
            trigger: ".o_control_panel button[name=action_review]",
            run: "click",
        },
        {
            content: "Where one is",
            trigger: `${PROGRESS}:contains(1 of 2)`,
        },
        {
            content: "Equal although written in another way",
            trigger:
                "tr.o_offer_repository_fields_same[data-field=vat]:contains(526-000-12-46)",
        },
        {
            trigger: `${DIFFERS}[data-field=city]:contains(Warszawa):contains(Kraków)`,
        },
        {
            content: "The reasons, in words",
            trigger: ".o_offer_repository_evidence:contains(Same tax number)",
        },
        {
            content: "The own offer; nothing of other branches",
            trigger:
                ".o_offer_repository_records .col-md-6:eq(1):contains(S0), .o_offer_repository_records .col-md-6:eq(1):contains(S1)",
        },
        {
            content: "Forth",
            trigger: "body",
            run: "press j",
        },
        {trigger: `${PROGRESS}:contains(2 of 2)`},
        {
            content: "and back",
            trigger: "body",
            run: "press ArrowLeft",
        },
        {trigger: `${PROGRESS}:contains(1 of 2)`},
        {
            content: "Same",
            trigger: "body",
            run: "press s",
        },
        {
            trigger: ".o_offer_repository_fields:contains(Lacznik Handel)",
        },
        {
            content: "Typing a reason decides nothing",
            trigger: ".o_offer_repository_review_reason",
            run: "edit Other owner",
        },
        {
            trigger: `.o_offer_repository_review:has(.o_offer_repository_fields:contains(Lacznik Handel)) .o_offer_repository_review_reason`,
            run: "press Enter",
        },
        {
            content: "Different",
            trigger: "body",
            run: "press d",
        },
        {
            content: "That was the last one",
            trigger: ".o_offer_repository_review_done:contains(2 decided)",
        },
        {
            content: "Take it back",
            trigger: "body",
            run: "press u",
        },
        {
            trigger: `${PROGRESS}:contains(2 of 2)`,
        },
        {
            trigger: ".o_offer_repository_review_reason",
            run: "edit Other owner",
        },
        {
            content: "and decide again, with the mouse",
            trigger: ".o_offer_repository_review_bar button[name=different]",
            run: "click",
        },
        {
            trigger: ".o_offer_repository_review_done button:contains(See all matches)",
            run: "click",
        },
        {
            content: "Nothing waits any more",
            trigger: ".o_view_nocontent:contains(No customer waits)",
        },
    ],
});

registry.category("web_tour.tours").add("offer_repository_review_bulk", {
    steps: () => [
        {
            trigger: ".o_data_row:contains(Lacznik Handel)",
        },
        {
            content: "All that is shown",
            trigger: "thead .o_list_record_selector input",
            run: "click",
        },
        {
            trigger: ".o_control_panel button[name=action_same_certain]",
            run: "click",
        },
        {
            content: "Only the certain one is confirmed, and that is said",
            trigger:
                ".o_notification:contains(Pairs confirmed: 1, left as they are: 1)",
        },
        {
            content: "The other one waits",
            trigger:
                ".o_list_view:not(:has(.o_data_row:contains(Same tax number))) .o_data_row:contains(Lacznik Handel)",
        },
    ],
});

function unreadable(cell) {
    const {left, right, width} = cell.getBoundingClientRect();
    return (
        cell.textContent.trim().length > 6 &&
        !cell.querySelector(".visually-hidden") &&
        (width < 60 || left < 0 || right > window.innerWidth + 1)
    );
}

registry.category("web_tour.tours").add("offer_repository_review_narrow", {
    steps: () => [
        {
            content: "Every value and every reason can be read",
            trigger: ".o_offer_repository_evidence:contains(Same name, which some)",
            run() {
                const cells = document.querySelectorAll(
                    ".o_offer_repository_review td, .o_offer_repository_review th"
                );
                const bad = [...cells].find(unreadable);
                if (bad) {
                    throw new Error(`Too narrow or cut off: ${bad.textContent}`);
                }
            },
        },
        {
            content: "The next one",
            trigger: ".o_offer_repository_review_next",
            run: "click",
        },
        {
            trigger: `${PROGRESS}:contains(2 of 2)`,
        },
        {
            trigger: ".o_offer_repository_review_bar button[name=later]",
            run: "click",
        },
        {
            content: "One is left",
            trigger: `${PROGRESS}:contains(1 of 2)`,
        },
    ],
});

const STAYS = ".modal .o_field_widget[name=dst_partner_id] .form-check";
const PREVIEW = ".modal .o_field_widget[name=preview]:contains(Sales Order: 1)";

registry.category("web_tour.tours").add("offer_repository_merge", {
    steps: () => [
        {
            trigger: ".o_data_row:contains(LACZNIK) .o_data_cell[name=evidence_text]",
            run: "click",
        },
        {
            content: "Both may be edited by this user, so a merge is offered",
            trigger: ".o_offer_repository_review_bar button[name=merge]:not(:disabled)",
            run: "click",
        },
        {
            content: "What will move, before anything does",
            trigger: PREVIEW,
        },
        {
            content: "The other record stays: then its quotation has nowhere to go",
            trigger: `${STAYS}:contains(LACZNIK) input`,
            run: "click",
        },
        {
            trigger: `.modal .o_form_view:not(:has(${PREVIEW.replace(".modal ", "")}))`,
        },
        {
            content: "Back to the proposal",
            trigger: `${STAYS}:not(:contains(LACZNIK)) input`,
            run: "click",
        },
        {trigger: PREVIEW},
        {
            trigger: ".modal footer button[name=action_merge]",
            run: "click",
        },
        {
            content: "The pair is gone, none waits",
            trigger:
                ".o_offer_repository_review:contains(No customer waits for your judgement)",
        },
    ],
});
