import {registry} from "@web/core/registry";

const INPUT = ".o_offer_repository_find_input";
const RESULT = ".o_offer_repository_find_result";
const PREVIEW = ".o_offer_repository_find_preview";

registry.category("web_tour.tours").add("offer_repository_find", {
    steps: () => [
        {
            content: "The newest offers stand there at once",
            trigger: `.o_offer_repository_find:has(${RESULT}:eq(1))`,
        },
        {
            content: "Type without accents",
            trigger: INPUT,
            run: "edit lacznik lathe",
        },
        {
            content: "One offer has both, and its hits are marked",
            trigger: `.o_offer_repository_find:not(:has(${RESULT}:eq(1))) ${RESULT} mark:contains(ŁĄCZNIK)`,
        },
        {trigger: `${RESULT} .o_offer_repository_find_snippet mark:contains(Lathe)`},
        {
            content: "Down: look at it",
            trigger: INPUT,
            run: "press ArrowDown",
        },
        {
            content: "Figures, lines and the document are beside the list",
            trigger: `${PREVIEW} .o_offer_repository_find_figures:contains(Salesperson)`,
        },
        {trigger: `${PREVIEW} table:contains(Lathe)`},
        {trigger: `${PREVIEW} iframe.o_offer_repository_find_document`},
        {
            content: "Enter: open it",
            trigger: INPUT,
            run: "press Enter",
        },
        {trigger: ".o_form_view .o_field_widget[name=partner_id]"},
        {
            content: "Back, and the same search in the list",
            trigger: ".breadcrumb-item:contains(Find Offers), .o_back_button",
            run: "click",
        },
        {
            content: "What was typed is still there",
            trigger: `${INPUT}:value(lacznik lathe)`,
        },
        {
            trigger: INPUT,
            run: "edit milling",
        },
        {
            trigger: `${RESULT} mark:contains(Milling)`,
        },
        {
            trigger: ".o_offer_repository_find_bar button:contains(Open as list)",
            run: "click",
        },
        {trigger: ".o_searchview_facet:contains(milling)"},
        {trigger: ".o_list_view .o_data_row"},
    ],
});

registry.category("web_tour.tours").add("offer_repository_find_elsewhere", {
    steps: () => [
        {
            trigger: INPUT,
            run: "edit Zakład Mechaniczny ŁĄCZNIK",
        },
        {
            content: "Nothing of the other branch",
            trigger:
                ".o_offer_repository_find_results:contains(No offer that you may see)",
        },
        {
            trigger: ".o_offer_repository_find_elsewhere button",
            run: "click",
        },
        {
            content: "but a card of whom to call",
            trigger:
                ".o_offer_repository_find_elsewhere .o_offer_repository_check_card:contains(Warszawa)",
        },
    ],
});

const view = (name) => [
    {
        trigger: `.o_cp_switch_buttons button.o_${name}, .o_cp_switch_buttons .o_switch_view.o_${name}`,
        run: "click",
    },
];

registry.category("web_tour.tours").add("offer_repository_archive_views", {
    steps: () => [
        {trigger: ".o_list_view .o_data_row"},
        ...view("kanban"),
        {trigger: ".o_kanban_record .o_offer_repository_card_page img"},
        ...view("calendar"),
        {trigger: ".o_calendar_view"},
        ...view("pivot"),
        {trigger: ".o_pivot_view"},
        ...view("graph"),
        {trigger: ".o_graph_view"},
        ...view("activity"),
        {trigger: ".o_activity_view"},
    ],
});
