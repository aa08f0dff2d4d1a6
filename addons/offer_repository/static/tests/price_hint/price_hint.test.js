import {describe, expect, test} from "@odoo/hoot";
import {animationFrame, Deferred} from "@odoo/hoot-mock";
import {mountWithCleanup, onRpc} from "@web/../tests/web_test_helpers";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";

import {HintModel} from "@offer_repository/price_hint/hint_model";
import {PriceHintPopover} from "@offer_repository/price_hint/price_hint";

defineMailModels();

const OFFER = {
    key: 1,
    offer: "S00001",
    offer_id: 1,
    price: "76,000.00 €",
    list_price: "80,000.00 €",
    discount: "5 %",
    quantity: "2 Units",
    date: "11/12/2026",
    salesperson: "Ewa Test",
    branch: "Kraków",
    state: "Sent",
    product: "",
};
const CARD = {
    key: "abc",
    branch: "Warszawa",
    salesperson: "Anna Test",
    phone: "+48 600 100 200",
    email: "anna@example.com",
    since: "2026-11-12",
    relation: "",
    relation_text: "",
};

function answer(values = {}) {
    return {offers: [], others: [], limited: false, message: false, ...values};
}

describe("state", () => {
    test("an answer to an older question is dropped", async () => {
        const late = new Deferred();
        const answers = [late, answer({offers: [OFFER]})];
        const model = new HintModel(() => answers.shift());

        const first = model.load({product_id: 1});
        await model.load({product_id: 2});
        late.resolve(answer());
        await first;

        expect(model.offers.length).toBe(1);
        expect(model.status).toBe("ready");
    });

    test("nothing known, too much asked and failure are told apart", async () => {
        const model = new HintModel(() => Promise.resolve(answer()));
        await model.load({});
        expect(model.status).toBe("empty");

        model.fetch = () => Promise.resolve(answer({limited: true, message: "Wait."}));
        await model.load({});
        expect(model.status).toBe("ready");
        expect(model.message).toBe("Wait.");

        model.fetch = () => Promise.reject(new Error("no"));
        await model.load({});
        expect(model.status).toBe("error");
    });
});

async function mountHint(values) {
    onRpc("offer.price.hint", "last_offered", () => answer(values));
    await mountWithCleanup(PriceHintPopover, {props: {values: {product_id: 1}}});
    await animationFrame();
}

test("own last offer shows price, discount, date and whose", async () => {
    await mountHint({offers: [OFFER]});

    expect(".o_offer_repository_price_hint_offer").toHaveText(/76,000\.00/);
    expect(".o_offer_repository_price_hint_offer").toHaveText(/less 5 %/);
    expect(".o_offer_repository_price_hint_offer").toHaveText(/Ewa Test/);
});

test("another branch's card shows that there is one and whom to call", async () => {
    await mountHint({others: [CARD]});

    expect(".o_offer_repository_price_hint_other").toHaveText(/Warszawa/);
    expect(".o_offer_repository_price_hint_other a[href^='tel:']").toHaveCount(1);
});

test("nothing known is said in words", async () => {
    await mountHint({});

    expect(".o_offer_repository_price_hint_popover").toHaveText(/Not offered/);
});
