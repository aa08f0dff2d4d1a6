import {animationFrame} from "@odoo/hoot-mock";
import {click, queryAllTexts} from "@odoo/hoot-dom";
import {defineModels, fields, models, mountView} from "@web/../tests/web_test_helpers";
import {expect, test} from "@odoo/hoot";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";

class Document extends models.Model {
    name = fields.Char();
    mimetype = fields.Char();

    _records = [
        {id: 11, name: "Offer.docx", mimetype: "application/msword"},
        {id: 12, name: "Photo.png", mimetype: "image/png"},
    ];
}

const PROPOSALS = [
    {
        field: "amount_total",
        value: "98400.00",
        confidence: 0.95,
        snippet: "Razem brutto: 98 400,00",
    },
    {field: "date", value: "2026-11-05", confidence: 0.5, snippet: "Kraków, 5.11.2026"},
    {field: "email", value: "a@b.example", confidence: 0.4, snippet: "a@b.example"},
];

class Item extends models.Model {
    _name = "item";

    state = fields.Char();
    text = fields.Text();
    amount_total = fields.Float();
    amount_untaxed = fields.Float();
    date = fields.Date();
    date_valid_until = fields.Date();
    external_number = fields.Char();
    proposals = fields.Json();
    document_ids = fields.One2many({relation: "document"});

    _records = [
        {
            id: 1,
            state: "new",
            text: "Total 5",
            amount_total: 98400,
            proposals: PROPOSALS,
            document_ids: [11, 12],
        },
        {id: 2, state: "taken", proposals: false, document_ids: []},
    ];
    _views = {
        form: `<form>
            <field name="state"/>
            <field name="amount_total"/><field name="amount_untaxed"/>
            <field name="date"/><field name="date_valid_until"/>
            <field name="external_number"/>
            <field name="document_ids" widget="offer_intake_preview"/>
            <field name="proposals" widget="offer_intake_proposals"/>
        </form>`,
    };
}

defineMailModels();
defineModels([Document, Item]);

const LINES = ".o_offer_repository_proposals li";

test("each value tells how sure it is and where it was read", async () => {
    await mountView({type: "form", resModel: "item", resId: 1});

    expect(queryAllTexts(`${LINES} .badge`)).toEqual(["Sure", "Likely", "A guess"]);
    expect(queryAllTexts(`${LINES} q`)[0]).toInclude("Razem brutto: 98 400,00");
    expect(queryAllTexts(`${LINES} strong`)[1]).toInclude("2026");
});

test("a value that the form does not hold is put there by a click", async () => {
    await mountView({type: "form", resModel: "item", resId: 1});
    expect(`${LINES} button`).toHaveCount(1);

    await click(`${LINES} button`);
    await animationFrame();

    expect(".o_field_widget[name=date] *:value(/2026/)").toHaveCount(1);
    expect(`${LINES} button`).toHaveCount(0);
});

test("documents are shown as they are, or as the text that was read", async () => {
    await mountView({type: "form", resModel: "item", resId: 1});
    expect(".o_offer_repository_preview pre").toHaveText("Total 5");

    await click(".o_offer_repository_preview button:contains(Photo.png)");
    await animationFrame();

    expect(".o_offer_repository_preview img").toHaveCount(1);
    expect(".o_offer_repository_preview a").toHaveText("Download");
});

test("without documents and values it says so", async () => {
    await mountView({type: "form", resModel: "item", resId: 2});

    expect(".o_offer_repository_preview").toHaveText(/are in the archive/);
    expect(".o_offer_repository_proposals").toHaveText(/Nothing could be read/);
});
