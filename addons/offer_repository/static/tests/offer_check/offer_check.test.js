import {expect, test} from "@odoo/hoot";
import {queryAllTexts, queryFirst, queryOne} from "@odoo/hoot-dom";
import {advanceTime, animationFrame} from "@odoo/hoot-mock";
import {
    contains,
    defineModels,
    fields,
    makeServerError,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";
import {mailModels, startServer} from "@mail/../tests/mail_test_helpers";

import {CHECK_DELAY} from "@offer_repository/offer_check/check_model";

import {makeAnswer, makeCard, makeCustomer, makeMasked} from "./offer_check_helpers";

class ResPartner extends mailModels.ResPartner {
    vat = fields.Char();
    offer_check_different = fields.Char();
}

defineModels({...mailModels, ResPartner});

const FORM = /* xml */ `
    <form>
        <widget name="offer_check"/>
        <field name="name"/>
        <field name="vat"/>
        <field name="email"/>
        <field name="phone"/>
        <field name="offer_check_different" invisible="1"/>
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
    const [resId] = server["res.partner"].create([{name: "Own", vat: "5260001246"}]);
    await mountForm(answer, {resId});
    await advanceTime(CHECK_DELAY);
}

test("typing a number shows who to ask, and leaves what was typed", async () => {
    await mountForm(() => makeAnswer());
    await contains("[name=name] input").edit("Own", {confirm: false});
    await contains("[name=vat] input").edit("526-000-12-46", {confirm: false});
    await advanceTime(CHECK_DELAY);

    expect.verifySteps(["526-000-12-46"]);
    expect(".o_offer_repository_check_card").toHaveCount(1);
    expect(".o_offer_repository_check_card").toHaveText(/Anna Nowak/);
    expect("[name=name] input").toHaveValue("Own");
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
    expect("button:contains(Open offer)").toHaveCount(0);

    card = makeCard(more);
    await contains("[name=phone] input").edit("600 700 800", {confirm: false});
    await advanceTime(CHECK_DELAY);
    expect("button:contains(Open offer)").toHaveCount(1);
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

test("own duplicate can be used, a masked one asked about", async () => {
    await mountSaved(() => makeAnswer([], {customers: [makeCustomer(), makeMasked()]}));

    expect(queryAllTexts(".o_offer_repository_check_customer button")).toEqual([
        "Use this customer",
        "Not the same",
        "Ask the branch",
        "Request hand-over",
        "Not the same",
    ]);
    expect(queryAllTexts(".o_offer_repository_check_customer .fw-bolder")).toEqual([
        "Lacznik",
        "A customer of Meridian Gdańsk",
        "Marta Lis",
    ]);
    expect.verifySteps(["5260001246"]);
});

test("question to the branch needs words, and names the card by its key", async () => {
    onRpc("offer.check", "ask_branch", ({args}) => {
        expect.step(args.join("|"));
        return "Your question went to Marta Lis.";
    });
    await mountSaved(() => makeAnswer([], {customers: [makeMasked()]}));
    await contains("button:contains(Ask the branch)").click();
    expect(".modal-footer .btn-primary").not.toBeEnabled();

    await contains(".modal textarea").edit("Who goes on?", {confirm: false});
    await contains(".modal-footer .btn-primary").click();

    expect.verifySteps(["5260001246", "d4e5f6|Who goes on?"]);
    expect(".modal").toHaveCount(0);
    expect(".o_notification").toHaveText(/Marta Lis/);
});

test("card of the same record cannot be called another customer", async () => {
    const cards = [makeCard({is_same_record: true})];
    await mountSaved(() => makeAnswer(cards));

    expect("button:contains(Not the same)").toHaveCount(0);
    expect("button:contains(Ask the branch)").toHaveCount(1);
    expect.verifySteps(["5260001246"]);
});

test("card about what is still being typed is judged by saving", async () => {
    onRpc("offer.check", "judge_different", () => expect.step("judged"));
    onRpc("res.partner", "web_save", ({args}) => {
        expect.step(args[1].offer_check_different);
    });
    await mountSaved(() => makeAnswer([], {customers: [makeMasked()]}));
    await contains("[name=email] input").edit("new@lacznik.example", {
        confirm: false,
    });
    await contains("button:contains(Not the same)").click();
    await contains(".modal textarea").edit("Another owner", {confirm: false});
    await contains(".modal-footer .btn-primary").click();
    expect(".o_offer_repository_check_customer").toHaveCount(0);

    await contains(".o_form_button_save").click();
    expect.verifySteps(["5260001246", '[{"key":"d4e5f6","reason":"Another owner"}]']);
});

test("stop asks for the reason and presses save again, with all that was typed", async () => {
    let reason = false;
    onRpc("offer.check.override", "give_reason", ({args}) => {
        reason = args[1];
        expect.step(args.join("|"));
        return true;
    });
    onRpc("res.partner", "web_save", ({args}) => {
        if (!reason) {
            throw makeServerError({
                errorName:
                    "odoo.addons.offer_repository.models.offer_check_refusal.OfferCheckRefusal",
                message: "Known already.",
                context: {
                    code: "offer_check_reason",
                    event: "customer",
                    token: "t1",
                    cards: [],
                    customers: [makeMasked()],
                },
            });
        }
        expect.step(`saved ${args[1].vat}`);
    });
    await mountForm(() => makeAnswer([]));
    expect.errors(1);
    await contains("[name=vat] input").edit("5260001246", {confirm: false});
    await advanceTime(CHECK_DELAY);
    await contains(".o_form_button_save").click();
    await animationFrame();
    expect(".modal .o_offer_repository_check_refusal").toHaveText(/Meridian Gdańsk/);

    await contains(".modal textarea").edit("Another plant", {confirm: false});
    await contains(".modal-footer .btn-primary").click();
    await animationFrame();

    expect.verifySteps(["5260001246", "t1|Another plant", "saved 5260001246"]);
    expect.verifyErrors(["Known already."]);
});
