import {registry} from "@web/core/registry";

import {openHistory, sendByComposer} from "./tour_helpers";

const tours = registry.category("web_tour.tours");
const CARD = ".o_offer_repository_check_card";
// Every way the price of the other branch could be written.
const NO_PRICE = [":contains(87,654)", ":contains(87654)", ":contains(87 654)"]
    .map((price) => `:not(${price})`)
    .join("");

tours.add("offer_repository_send", {
    steps: () => [...sendByComposer()],
});

tours.add("offer_repository_warned_on_picking", {
    steps: () => [
        {
            content: "Pick the customer as the own branch wrote it",
            trigger: ".o_field_widget[name=partner_id] input",
            run: "edit LACZNIK Krakow",
        },
        {
            trigger: ".o-autocomplete--dropdown-item:contains(LACZNIK Krakow)",
            run: "click",
        },
        {
            content: "Before saving: which branch, whom to call, why",
            trigger: `${CARD}:contains(Meridian Warszawa):contains(Anna Test):contains(Same tax number)`,
        },
        {
            content: "and neither price nor number of the offer",
            trigger: `.o_form_view:has(${CARD})${NO_PRICE}`,
        },
        {
            content: "Nothing that was picked is lost",
            trigger: ".o_field_widget[name=partner_id] input:value(LACZNIK Krakow)",
        },
        {
            content: "Leave without saving",
            trigger: ".o_form_button_cancel",
            run: "click",
        },
    ],
});

tours.add("offer_repository_warned_on_typing", {
    steps: () => [
        {
            content: "A customer nobody in the branch knows yet",
            trigger: ".o_field_widget[name=partner_id] input",
            run: "edit Lacznik Zaklad Mechaniczny",
        },
        {
            trigger: ".o-autocomplete--dropdown-item:contains(Create and edit)",
            run: "click",
        },
        {
            content: "Type an address of no importance",
            trigger: ".modal .o_field_widget[name=email] input",
            run: "edit kontakt@radom.example",
        },
        {
            content: "No card so far",
            trigger: `.modal:not(:has(${CARD})) .o_field_widget[name=vat]`,
        },
        {
            content: "Type the tax number with dashes",
            trigger: ".modal .o_field_widget[name=vat] input",
            run: "edit 526-000-12-46",
        },
        {
            content: "Still in the dialog: the card",
            trigger: `.modal ${CARD}:contains(Meridian Warszawa):contains(Anna Test)${NO_PRICE}`,
        },
        {
            content: "The colleague is one click away",
            trigger: `.modal ${CARD} a[href="tel:+48600100200"]`,
        },
        {
            trigger: `.modal ${CARD} a[href="mailto:anna.test@meridian.example"]`,
        },
        {
            content: "Everything typed is still there",
            trigger: ".modal .o_field_widget[name=vat] input:value(526-000-12-46)",
        },
        {
            trigger:
                ".modal .o_field_widget[name=email] input:value(kontakt@radom.example)",
        },
        {
            trigger:
                ".modal .o_field_widget[name=name] input:value(Lacznik Zaklad Mechaniczny)",
        },
        {
            content: "Save the customer all the same",
            trigger: ".modal .o_form_button_save",
            run: "click",
        },
        {
            content: "The quotation warns as well",
            trigger: `body:not(:has(.modal)) ${CARD}:contains(Meridian Warszawa)`,
        },
        {
            trigger: ".o_field_x2many_list_row_add a:contains(Add a product)",
            run: "click",
        },
        {
            trigger: ".o_data_row .o_field_widget[name=product_template_id] input",
            run: "edit Lathe CX-400",
        },
        {
            trigger: ".o-autocomplete--dropdown-item:contains(Lathe CX-400)",
            run: "click",
        },
        {
            content: "The product is on the line",
            trigger:
                ".o_data_row .o_field_widget[name=price_unit] input:value(80,000.00)",
        },
        ...sendByComposer(),
    ],
});

tours.add("offer_repository_decide", {
    steps: () => [
        {
            content: "The conflict is in the list, with the spread",
            trigger: ".o_data_row:contains(Meridian Kraków):contains(7,654.25)",
        },
        {
            trigger: ".o_data_row .o_data_cell[name=customer_name]",
            run: "click",
        },
        {
            content: "Both offers side by side",
            trigger:
                ".o_offer_repository_compare thead:contains(Meridian Warszawa):contains(Meridian Kraków)",
        },
        {
            content: "The dearer price and the cheaper one, marked",
            trigger: ".o_offer_repository_compare_highest:contains(87,654.25)",
        },
        {
            trigger:
                ".o_offer_repository_compare_lowest:contains(80,000.00):contains(8.7 % below)",
        },
        {
            trigger: "button[name=action_resolve]",
            run: "click",
        },
        {
            content: "Who was first is proposed; the other branch shall keep it",
            trigger:
                ".modal .o_field_widget[name=side_id] .o_radio_item:contains(Meridian Kraków) input",
            run: "click",
        },
        {
            content: "A reason is required",
            trigger: ".modal button[name=action_resolve]",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name=reason].o_field_invalid textarea",
            run: "edit Kraków serves Radom.",
        },
        {
            trigger: ".modal button[name=action_resolve]",
            run: "click",
        },
        {
            content: "Decision, reason and who decided are shown",
            trigger:
                "div[name=decision]:contains(Meridian Kraków):contains(Kraków serves Radom.):contains(Helena Test)",
        },
        {
            trigger:
                ".o_offer_repository_compare_chosen:contains(Meridian Kraków):contains(Keeps the customer)",
        },
    ],
});

tours.add("offer_repository_history_own", {
    steps: () => [
        ...openHistory(),
        {
            content: "The e-mail with the offer, in full",
            trigger: ".o_contact_history_entry[data-level=content]:contains(Quotation)",
        },
    ],
});

tours.add("offer_repository_history_other", {
    steps: () => [
        ...openHistory(),
        {
            content: "The own e-mail in full",
            trigger: ".o_contact_history_entry[data-level=content]:contains(Quotation)",
        },
        {
            content: "That of the other branch, without what was in it",
            trigger: `.o_contact_history_redacted:contains(Meridian Warszawa)${NO_PRICE}`,
        },
    ],
});
