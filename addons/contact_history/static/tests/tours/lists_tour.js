import {registry} from "@web/core/registry";
import {assertWhole} from "./whole";

const wholeCells = (names) => [
    {
        content: "Nothing of who and what is cut",
        trigger: ".o_data_row:contains(odlewnia-barycz)",
        run: () => assertWhole(names.map((name) => `td[name=${name}]`).join(", ")),
    },
];

registry.category("web_tour.tours").add("contact_history_waiting_wide", {
    steps: () => wholeCells(["who", "subject"]),
});

registry.category("web_tour.tours").add("contact_history_unassigned_wide", {
    steps: () => wholeCells(["address", "subject"]),
});

registry.category("web_tour.tours").add("contact_history_privacy_narrow", {
    steps: () => [
        {
            content: "What a list would hold is a card, within the screen",
            trigger: ".o_kanban_record:not(.o_kanban_ghost)",
            run: () => assertWhole("html, .o_content, .o_kanban_record"),
        },
    ],
});
