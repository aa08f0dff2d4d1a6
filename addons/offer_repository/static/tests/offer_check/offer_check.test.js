import {expect, test} from "@odoo/hoot";
import {queryAllTexts, queryFirst, queryOne} from "@odoo/hoot-dom";
import {advanceTime} from "@odoo/hoot-mock";
import {
    contains,
    defineModels,
    fields,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";
import {mailModels, startServer} from "@mail/../tests/mail_test_helpers";

import {CHECK_DELAY} from "@offer_repository/offer_check/check_model";

import {makeAnswer, makeCard} from "./offer_check_helpers";

class ResPartner extends mailModels.ResPartner {
    vat = fields.Char();
}

defineModels({...mailModels, ResPartner});

const FORM = /* xml */ `
    <form>
        <widget name="offer_check"/>
        <field name="name"/>
        <field name="vat"/>
        <field name="email"/>
        <field name="phone"/>
    </form>`;

async function mountForm(answer, values = {}) {
    onRpc("offer.check", "check_customer", ({args}) => {
        expect.step(args[0].vat);
        return answer();
    });
    await mountView({type: "form", resModel: "res.partner", arch: FORM, ...values});
}

async function mountSaved(answer) {
    const server = await startServer();
    const [resId] = server["res.partner"].create([
        {name: "Lacznik", vat: "5260001246"},
    ]);
    await mountForm(answer, {resId});
    await advanceTime(CHECK_DELAY);
}

test("typing a number shows who to ask, and leaves what was typed", async () => {
    await mountForm(() => makeAnswer());
    await contains("[name=name] input").edit("Own words", {confirm: false});
    await contains("[name=vat] input").edit("526-000-12-46", {confirm: false});
    await advanceTime(CHECK_DELAY);

    expect.verifySteps(["526-000-12-46"]);
    expect(".o_offer_repository_check_card").toHaveCount(1);
    expect(".o_offer_repository_check_card").toHaveText(/Anna Nowak/);
    expect("[name=name] input").toHaveValue("Own words");
    expect("[name=vat] input").toHaveValue("526-000-12-46");
    expect("[name=vat] input").toBeFocused();
});

test("phone and e-mail are links", async () => {
    await mountSaved(() => makeAnswer());

    expect.verifySteps(["5260001246"]);
    expect("a[href^='tel:']").toHaveAttribute("href", "tel:+48600100200");
    expect("a[href^='mailto:']").toHaveAttribute(
        "href",
        "mailto:anna@meridian.example"
    );
});

test("what is shown is announced, and nothing is while there is nothing", async () => {
    await mountSaved(() => makeAnswer([]));

    const region = queryOne(".o_offer_repository_check[aria-live=polite]");
    expect(region).toHaveText("");
    expect.verifySteps(["5260001246"]);
});

test("names are text, whatever they contain", async () => {
    const name = "<img src=x onerror=alert(1)>";
    await mountSaved(() => makeAnswer([makeCard({branch: name, salesperson: name})]));

    expect(".o_offer_repository_check_card img").toHaveCount(0);
    expect(".o_offer_repository_check_card").toHaveText(/<img src=x/);
    expect.verifySteps(["5260001246"]);
});

test("probable customer is called so", async () => {
    const card = makeCard({verdict: "probable", verdict_label: "Probably"});
    await mountSaved(() => makeAnswer([card]));

    expect(queryFirst("header").textContent).toMatch(/may already have/);
    expect(queryAllTexts(".badge")).toEqual(["Probably"]);
    expect.verifySteps(["5260001246"]);
});

test("managers get the figures and a way to the offer, staff do not", async () => {
    const more = {offer_id: 5, amount: 100, currency: "PLN", customer: "ŁĄCZNIK"};
    let card = makeCard();
    await mountSaved(() => makeAnswer([card]));
    expect(".o_offer_repository_check button").toHaveCount(0);

    card = makeCard(more);
    await contains("[name=phone] input").edit("600 700 800", {confirm: false});
    await advanceTime(CHECK_DELAY);
    expect(".o_offer_repository_check button").toHaveText("Open offer");
    expect(".o_offer_repository_check_card").toHaveText(/100\.00/);
    expect.verifySteps(["5260001246", "5260001246"]);
});

test("failing check lets the user go on and save", async () => {
    await mountForm(() => {
        throw new Error("broken");
    });
    onRpc("res.partner", "web_save", () => {
        expect.step("saved");
    });
    await contains("[name=vat] input").edit("5260001246", {confirm: false});
    await advanceTime(CHECK_DELAY);
    expect(".o_offer_repository_check_note").toHaveCount(1);

    await contains(".o_form_button_save").click();
    expect.verifySteps(["5260001246", "saved"]);
});
