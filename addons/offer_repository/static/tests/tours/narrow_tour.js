import {assertWhole} from "@contact_history/../tests/tours/whole";
import {registry} from "@web/core/registry";

const CARD = ".o_kanban_record:not(.o_kanban_ghost)";

const wholeCard = (content, trigger) => ({
    content,
    trigger,
    run: () => assertWhole(`html, .o_content, .modal-body, ${CARD}`),
});

registry.category("web_tour.tours").add("offer_repository_purge_narrow", {
    steps: () => [
        wholeCard(
            "What would be purged is a card",
            `.modal ${CARD}:contains(revision 1)`
        ),
    ],
});

registry.category("web_tour.tours").add("offer_repository_purges_narrow", {
    steps: () => [
        wholeCard("A purge is a card", `${CARD}:contains(Documents deleted: 1)`),
    ],
});

registry.category("web_tour.tours").add("offer_repository_digests_narrow", {
    steps: () => [
        wholeCard("A mail is a card", `${CARD}:contains(Lathes)`),
        {
            content: "Switch it off",
            trigger: `${CARD} .o_field_boolean_toggle input:checked`,
            run: "click",
        },
        {
            content: "It is saved",
            trigger: `${CARD} .o_field_boolean_toggle input:not(:checked)`,
        },
    ],
});

registry.category("web_tour.tours").add("offer_repository_cards_narrow", {
    steps: () => [wholeCard("What a list would hold is a card", CARD)],
});
