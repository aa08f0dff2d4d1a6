import {describe, expect, test} from "@odoo/hoot";

import {printOfferDocument} from "@offer_repository/offer_report/offer_report_handler";

describe.current.tags("headless");

function makeEnv(isBuiltIn) {
    return {
        services: {
            orm: {
                call: (model, method, args) => {
                    expect.step([model, method, ...args]);
                    return isBuiltIn;
                },
            },
            ui: {block: () => expect.step("block"), unblock: () => {}},
        },
    };
}

const QUOTATION = {
    report_type: "qweb-pdf",
    report_name: "sale.report_saleorder",
    context: {active_ids: [7, 8]},
};

test("reports of other documents are left to the web client", async () => {
    const invoice = {...QUOTATION, report_name: "account.report_invoice"};
    const html = {...QUOTATION, report_type: "qweb-html"};
    const nothing = {...QUOTATION, context: {}};

    for (const action of [invoice, html, nothing]) {
        expect(await printOfferDocument(action, {}, makeEnv(true))).toBe(false);
    }
    expect.verifySteps([]);
});

test("a company that prints Odoo's own report keeps it", async () => {
    expect(await printOfferDocument(QUOTATION, {}, makeEnv(false))).toBe(false);
    expect.verifySteps([["sale.order", "offer_document_is_built_in", [7, 8]]]);
});
