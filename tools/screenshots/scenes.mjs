/* What each picture shows: who is signed in, and what that person does first. */
import {call, findId, settle} from "./session.mjs";

const LACZNIK_KRAKOW = [["name", "ilike", "lacznik"]];

async function open(page, address, path) {
    await page.goto(`${address}/odoo/${path}`);
    await page.waitForSelector(
        ".o_action_manager :is(.o_view_controller, .o_action, .o_offer_repository_find)"
    );
    await settle(page);
}

/* The first record of a list, or of the cards that telephones get instead. */
const FIRST = ".o_data_row .o_data_cell, .o_kanban_record:not(.o_kanban_ghost)";

async function newQuotation(page, address) {
    await open(page, address, "orders/new");
    await page.fill(".o_field_widget[name=partner_id] input", "Lacznik");
    await page.click(".o-autocomplete--dropdown-menu li:has-text('acznik')");
    await page.waitForSelector(".o_offer_repository_check_card");
}

async function contactHistory(page, address) {
    const id = await findId(page, "res.partner", LACZNIK_KRAKOW);
    await open(page, address, `contacts/${id}`);
    await page.click(".o_notebook a[name=contact_history]");
    await page.waitForSelector(".o_contact_history_entry");
    await page.locator(".o_notebook").scrollIntoViewIfNeeded();
}

async function typedCustomer(page, address) {
    await open(page, address, "orders/new");
    await page.fill(".o_field_widget[name=partner_id] input", "LACZNIK nowy klient");
    await page.click(
        ".o-autocomplete--dropdown-menu li.o_m2o_dropdown_option_create_edit"
    );
    await page.waitForSelector(".modal .o_form_view");
    const id = await findId(page, "res.partner", LACZNIK_KRAKOW);
    const [{vat}] = await call(page, "res.partner", "read", [[id], ["vat"]]);
    await page.fill(".modal .o_field_widget[name=vat] input", vat);
    await page.waitForSelector(".modal .o_offer_repository_check_card");
}

async function firstConflict(page, address) {
    await open(page, address, "offer-conflicts");
    await page.locator(FIRST).first().click();
    await page.waitForSelector(".o_offer_repository_compare");
}

async function comparison(page, address) {
    await firstConflict(page, address);
    await page.click("button[name=action_compare_offers]");
    await page.waitForSelector(".o_offer_repository_comparison tbody");
    await settle(page);
}

async function priceHint(page, address) {
    const [id] = await call(page, "sale.order", "search", [
        [
            ["partner_id", "ilike", "Jod"],
            ["order_line.product_id.default_code", "=", "WR-2138"],
            ["state", "=", "sent"],
        ],
        0,
        1,
    ]);
    await open(page, address, `orders/${id}`);
    await page.click(".o_data_row .o_offer_repository_price_hint");
    await page.waitForSelector(
        ".o_offer_repository_price_hint_offer, .o_offer_repository_price_hint_other"
    );
}

async function priceChart(page, address) {
    await open(page, address, "offer-prices");
    await page.click(".o_switch_view.o_graph");
    await page.waitForSelector(".o_graph_renderer canvas");
    await settle(page);
}

async function reviewMatch(page, address) {
    await open(page, address, "customer-matches");
    await page
        .locator(
            ".o_data_row:has-text('Lacznik') .o_data_cell[name=evidence_text]," +
                ".o_kanban_record:has-text('Lacznik')"
        )
        .first()
        .click();
    await page.waitForSelector(".o_offer_repository_fields");
}

async function toSort(page, address) {
    await open(page, address, "offers-to-sort");
    await page
        .locator(
            ".o_data_row:has-text('OF-33') .o_data_cell," +
                ".o_kanban_record:has-text('OF-33')"
        )
        .first()
        .click();
    await page.waitForSelector(".o_offer_repository_preview iframe");
    const frame = page.frameLocator(".o_offer_repository_preview iframe");
    await frame.locator(".textLayer span").first().waitFor();
    await settle(page);
}

async function addOffers(page, address) {
    await open(page, address, "offers");
    await page.click(".o_control_panel button:has-text('Add offers')");
    await page.waitForSelector(".modal");
}

async function externalOffer(page, address) {
    const id = await findId(page, "offer.offer", [["origin", "=", "mail"]]);
    await open(page, address, `offers/${id}`);
}

async function findOffers(page, address) {
    await open(page, address, "find-offers");
    await page.fill(".o_offer_repository_find_input", "lacznik");
    await page.waitForSelector(".o_offer_repository_find_result mark");
    await page.press(".o_offer_repository_find_input", "ArrowDown");
    await page.waitForSelector(".o_offer_repository_find_figures");
    const viewer = page.frameLocator(".o_offer_repository_find_document");
    await viewer.locator(".page canvas").first().waitFor();
}

async function switchTo(page, address, view) {
    await open(page, address, "offers");
    await page.click(`.o_cp_switch_buttons .o_switch_view.o_${view}`);
    await page.waitForSelector(`.o_${view}_view`);
}

async function dashboard(page, address) {
    await open(page, address, "offer-dashboard");
    await page.waitForSelector(".o_offer_repository_heat button");
    await settle(page);
}

async function conflictBelow(page, address) {
    await firstConflict(page, address);
    await page.waitForSelector(".o_offer_repository_first_event");
    await page.locator(".o_offer_repository_first").scrollIntoViewIfNeeded();
}

async function decidedConflict(page, address) {
    const id = await findId(page, "offer.conflict", [["effect_ids", "!=", false]]);
    await open(page, address, `offer-conflicts/${id}`);
}

async function heldQuotation(page, address) {
    const id = await findId(page, "offer.release.request", [["state", "=", "asked"]]);
    await open(page, address, `offer-releases/${id}`);
}

async function markedOffer(page, address) {
    const domain = [["mark", "=", "bad"]];
    const [row] = await call(page, "offer.satisfaction", "search_read", [
        domain,
        ["offer_id"],
    ]);
    await open(page, address, `offers/${row.offer_id[0]}`);
}

async function preferences(page, address) {
    await open(page, address, "offer-conflicts");
    await page.click(".o_user_menu button");
    await page.click("[data-menu=settings], [data-menu=preferences]");
    await page.waitForSelector(".modal .o_form_view");
}

async function learningSettings(page, address) {
    await open(page, address, "settings");
    await page.click(".settings_tab [data-key=offer_repository]");
    await page.locator("#offer_satisfaction_ask").scrollIntoViewIfNeeded();
}

async function readiness(page, address) {
    const [id] = await call(page, "sale.order", "search", [
        [
            ["state", "=", "sent"],
            ["opportunity_id", "!=", false],
        ],
        0,
        1,
    ]);
    await open(page, address, `orders/${id}`);
    await page.click(".o_offer_repository_readiness summary");
    await page.waitForSelector(".o_offer_repository_readiness li");
}

async function contactDashboard(page, address) {
    await open(page, address, "contact-dashboard");
    await page.click("button[data-period=quarter]");
    // A manager of all branches signs in with the head office only.
    const branches = page.locator(".o_contact_history_branches_off button");
    const chart = page.locator(".o_contact_history_figure canvas").first();
    await branches.or(chart).waitFor();
    if (await branches.isVisible()) {
        await branches.click();
    }
    await page.waitForSelector(".o_contact_history_figure canvas");
    await page.waitForSelector(".o_contact_history_heat button");
    await settle(page);
}

async function contactDashboardPart(page, address, code) {
    await contactDashboard(page, address);
    await page.locator(`[data-code=${code}]`).scrollIntoViewIfNeeded();
}

/* All branches of the reader: managers sign in with the head office only. */
async function withAllBranches(page, address) {
    const {companies} = await page.evaluate(async () => {
        const answer = await fetch("/web/session/get_session_info", {
            method: "POST",
            headers: {"Content-Type": "application/json"},
            body: JSON.stringify({jsonrpc: "2.0", params: {}}),
        });
        const {result} = await answer.json();
        return {companies: Object.keys(result.user_companies.allowed_companies)};
    });
    const cids = {name: "cids", value: companies.join("-"), url: address};
    await page.context().addCookies([cids]);
}

async function openEverywhere(page, address, path) {
    await withAllBranches(page, address);
    await open(page, address, path);
}

async function privacyPage(page, address, domain) {
    const id = await findId(page, "res.partner", domain);
    await openEverywhere(page, address, `contacts/${id}`);
    await page.click(".o_notebook a[name=contact_privacy]");
    await page.locator(".o_notebook").scrollIntoViewIfNeeded();
}

async function logContact(page, address) {
    await contactHistory(page, address);
    await page.keyboard.press("Alt+Shift+L");
    await page.waitForSelector(".modal .o_form_view");
    await page.keyboard.type("Asked about the delivery date");
    await settle(page);
}

const SHEET = `Date;Time;Channel;Direction;Telephone;Subject;Employee
2026-03-20;10:15;call;incoming;+48 22 555 14 40;Price of a band saw;anna.warszawa
2026-03-21;25:10;call;incoming;+48 22 555 14 40;Delivery date;anna.warszawa
2026-03-22;09:30;pigeon;outgoing;office@kuznia.example;Price list;anna.warszawa
`;

async function importContacts(page, address) {
    await open(page, address, "interactions");
    await page.click(
        ".o_menu_sections [data-menu-xmlid='contact_history.contact_history_menu_configuration']"
    );
    await page.click(
        "[data-menu-xmlid='contact_history.contact_interaction_import_menu']"
    );
    await page.waitForSelector(".modal .o_form_view");
    await settle(page);
    await page.fill(".modal [name=layout_id] input", "old-crm");
    await settle(page);
    await page.locator(".o-autocomplete--dropdown-menu li").first().click();
    await page.setInputFiles(".modal [name=file] input[type=file]", {
        name: "contacts.csv",
        mimeType: "text/csv",
        buffer: Buffer.from(SHEET),
    });
    await settle(page);
    await page.click(".modal button[name=action_try]");
    await page.waitForSelector(".modal .alert-info [name=result]");
    await settle(page);
}

export const scenes = {
    waiting: {
        login: "helena.manager",
        documented: true,
        play: (page, address) => openEverywhere(page, address, "waiting-for-us"),
    },
    unassigned: {
        login: "helena.manager",
        documented: true,
        play: (page, address) => openEverywhere(page, address, "unassigned-contacts"),
    },
    privacy: {
        login: "admin.offers",
        documented: true,
        play: (page, address) => privacyPage(page, address, LACZNIK_KRAKOW),
    },
    erasure: {
        login: "admin.offers",
        documented: true,
        play: async (page, address) => {
            await privacyPage(page, address, [["name", "ilike", "Kaczmarek"]]);
            await page.click(".o_notebook button[name=action_contact_erasure]");
            await page.waitForSelector(".modal .o_data_row");
        },
    },
    contact_import: {
        login: "helena.manager",
        documented: true,
        play: importContacts,
    },
    contact_dashboard: {
        login: "helena.manager",
        documented: true,
        play: contactDashboard,
    },
    contact_mix: {
        login: "helena.manager",
        documented: true,
        play: (page, address) => contactDashboardPart(page, address, "mix"),
    },
    contact_hours: {
        login: "helena.manager",
        play: (page, address) => contactDashboardPart(page, address, "hours"),
    },
    contact_dashboard_staff: {login: "ewa.krakow", play: contactDashboard},
    followup_rules: {
        login: "helena.manager",
        play: (page, address) => open(page, address, "contact-followup-rules"),
    },
    feedback: {
        login: "helena.manager",
        play: (page, address) => open(page, address, "contact-feedback"),
    },
    dashboard: {login: "helena.manager", documented: true, play: dashboard},
    readiness: {login: "anna.warszawa", play: readiness},
    satisfaction: {
        login: "helena.manager",
        play: (page, address) => open(page, address, "offer-satisfaction"),
    },
    satisfaction_offer: {login: "helena.manager", play: markedOffer},
    conflict_first: {login: "helena.manager", play: conflictBelow},
    conflict_decided: {login: "helena.manager", play: decidedConflict},
    my_conflicts: {
        login: "ewa.krakow",
        documented: true,
        play: (page, address) => open(page, address, "offer-my-conflicts"),
    },
    claims: {
        login: "helena.manager",
        play: (page, address) => open(page, address, "offer-claims"),
    },
    held: {login: "helena.manager", play: heldQuotation},
    preferences: {login: "helena.manager", play: preferences},
    settings_learning: {login: "admin.offers", play: learningSettings},
    losses: {
        login: "helena.manager",
        play: (page, address) => open(page, address, "offer-losses"),
    },
    cannibalisation: {
        login: "helena.manager",
        play: (page, address) => open(page, address, "offer-cannibalisation"),
    },
    to_sort: {login: "anna.warszawa", documented: true, play: toSort},
    to_sort_list: {
        login: "anna.warszawa",
        play: (page, address) => open(page, address, "offers-to-sort"),
    },
    add_offers: {login: "anna.warszawa", play: addOffers},
    external: {login: "anna.warszawa", play: externalOffer},
    import: {
        login: "anna.warszawa",
        play: (page, address) => open(page, address, "offer-imports/new"),
    },
    find: {login: "helena.manager", documented: true, play: findOffers},
    find_none: {
        login: "ewa.krakow",
        play: async (page, address) => {
            await open(page, address, "find-offers");
            await page.fill(".o_offer_repository_find_input", "barycz");
            await page.waitForSelector(".o_offer_repository_find_elsewhere button");
            await page.click(".o_offer_repository_find_elsewhere button");
            await page.waitForTimeout(2500);
        },
    },
    find_newest: {
        login: "anna.warszawa",
        play: (page, address) => open(page, address, "find-offers"),
    },
    digests: {
        login: "anna.warszawa",
        play: (page, address) => open(page, address, "offer-digests"),
    },
    offers_kanban: {
        login: "helena.manager",
        play: (page, address) => switchTo(page, address, "kanban"),
    },
    offers_calendar: {
        login: "helena.manager",
        play: (page, address) => switchTo(page, address, "calendar"),
    },
    matches: {
        login: "helena.manager",
        documented: true,
        play: (page, address) => open(page, address, "customer-matches"),
    },
    review: {login: "helena.manager", documented: true, play: reviewMatch},
    warning: {login: "ewa.krakow", documented: true, play: newQuotation},
    warning_typed: {login: "ewa.krakow", documented: true, play: typedCustomer},
    comparison: {login: "helena.manager", documented: true, play: comparison},
    price_hint: {login: "ewa.krakow", documented: true, play: priceHint},
    price_chart: {login: "helena.manager", play: priceChart},
    prices: {
        login: "ewa.krakow",
        play: (page, address) => open(page, address, "offer-prices"),
    },
    conflict: {login: "helena.manager", documented: true, play: firstConflict},
    timeline: {login: "helena.manager", documented: true, play: contactHistory},
    timeline_full: {
        login: "ewa.krakow",
        play: async (page, address) => {
            await contactHistory(page, address);
            await page.click(".o_contact_history_full_screen");
            await page.waitForSelector(
                ".o_contact_history_full .o_contact_history_bars"
            );
            await settle(page);
        },
    },
    timeline_more: {
        login: "helena.manager",
        play: async (page, address) => {
            await contactHistory(page, address);
            await page.click(".o_contact_history_more_filter");
            await page.waitForSelector("[data-filter=people]");
            await settle(page);
        },
    },
    timeline_keys: {
        login: "ewa.krakow",
        play: async (page, address) => {
            await contactHistory(page, address);
            await page.keyboard.press("?");
            await page.waitForSelector(".o_contact_history_keys");
            await settle(page);
        },
    },
    log_contact: {
        login: "ewa.krakow",
        documented: true,
        play: logContact,
    },
    timeline_staff: {login: "ewa.krakow", documented: true, play: contactHistory},
    conflicts: {
        login: "helena.manager",
        documented: true,
        play: (page, address) => open(page, address, "offer-conflicts"),
    },
    offers: {
        login: "helena.manager",
        documented: true,
        play: (page, address) => open(page, address, "offers"),
    },
    offer: {
        login: "helena.manager",
        play: async (page, address) => {
            await open(page, address, "offers");
            await page.click(".o_data_row .o_data_cell[name=name]");
            await page.waitForSelector(".o_form_view");
        },
    },
    versions: {
        login: "helena.manager",
        play: async (page, address) => {
            await open(page, address, "offers");
            await page.locator(FIRST).filter({hasText: "GDN0020"}).first().click();
            await page.waitForSelector(".o_offer_repository_version");
        },
    },
    revisions: {
        login: "helena.manager",
        play: (page, address) => open(page, address, "offer-revisions"),
    },
    interactions: {
        login: "tomasz.krakow",
        play: (page, address) => open(page, address, "interactions"),
    },
    disclosures: {
        login: "helena.manager",
        play: (page, address) => open(page, address, "contact-disclosures"),
    },
    identities: {
        login: "helena.manager",
        play: (page, address) => open(page, address, "offer-identities"),
    },
    settings: {
        login: "admin.offers",
        play: async (page, address) => {
            await open(page, address, "settings");
            await page.click(".settings_tab [data-key=offer_repository]");
        },
    },
};
