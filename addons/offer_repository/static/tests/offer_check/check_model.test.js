import {describe, expect, test} from "@odoo/hoot";
import {advanceTime, Deferred} from "@odoo/hoot-mock";

import {
    CHECK_DELAY,
    CheckModel,
    queryOf,
} from "@offer_repository/offer_check/check_model";

import {makeAnswer, makeCard, makeCustomer, makeMasked} from "./offer_check_helpers";

describe.current.tags("headless");

const ORDER = {model: "sale.order", res_id: false, partner_id: 7, company_id: 1};
const TYPED = {
    model: "res.partner",
    res_id: false,
    parent_id: false,
    country_id: false,
    name: "",
    vat: "526-000-12-46",
    company_registry: "",
    email: "",
    phone: "",
    website: "",
    street: "",
    city: "",
    zip: "",
};

/** A model whose server gives the answers in their order. */
function makeModel(...answers) {
    const questions = [];
    const model = new CheckModel((query) => {
        questions.push(query);
        const answer = answers.shift();
        return answer instanceof Error ? Promise.reject(answer) : answer;
    });
    return {model, questions};
}

test("picked customer is asked about, without being saved", async () => {
    const {model, questions} = makeModel(makeAnswer());

    model.update(ORDER);
    await advanceTime(CHECK_DELAY);

    expect(questions).toEqual([ORDER]);
    expect(model.cards).toHaveLength(1);
    expect(model.isCertain).toBe(true);
});

test("typing is asked about once it rests", async () => {
    const {model, questions} = makeModel(makeAnswer());

    for (const vat of ["526-0", "526-000", "526-000-12-46"]) {
        model.update({...TYPED, vat});
        await advanceTime(CHECK_DELAY / 2);
    }
    await advanceTime(CHECK_DELAY);

    expect(questions.map((query) => query.vat)).toEqual(["526-000-12-46"]);
});

test("same question is not asked twice", async () => {
    const {model, questions} = makeModel(makeAnswer());

    model.update(ORDER);
    await advanceTime(CHECK_DELAY);
    model.update({...ORDER});
    await advanceTime(CHECK_DELAY);

    expect(questions).toHaveLength(1);
});

test("late answer about another customer is dropped", async () => {
    const late = new Deferred();
    const {model} = makeModel(late, makeAnswer([makeCard({branch: "Right"})]));

    model.update(ORDER);
    await advanceTime(CHECK_DELAY);
    model.update({...ORDER, partner_id: 8});
    await advanceTime(CHECK_DELAY);
    late.resolve(makeAnswer([makeCard({branch: "Wrong"})]));
    await advanceTime(1);

    expect(model.cards.map((card) => card.branch)).toEqual(["Right"]);
});

test("cards of one customer are gone at once when another is picked", async () => {
    const {model} = makeModel(makeAnswer(), new Deferred());

    model.update(ORDER);
    await advanceTime(CHECK_DELAY);
    model.update({...ORDER, partner_id: 8});

    expect(model.isEmpty).toBe(true);
});

test("cards stay while the same customer is typed on", async () => {
    const {model} = makeModel(makeAnswer(), new Deferred());

    model.update(TYPED);
    await advanceTime(CHECK_DELAY);
    model.update({...TYPED, phone: "22 123 45 67"});
    await advanceTime(CHECK_DELAY);

    expect(model.cards).toHaveLength(1);
});

test("nothing worth asking clears the cards and asks nobody", async () => {
    const {model, questions} = makeModel(makeAnswer());

    model.update(TYPED);
    await advanceTime(CHECK_DELAY);
    model.update({...TYPED, vat: "526"});
    await advanceTime(CHECK_DELAY);

    expect(questions).toHaveLength(1);
    expect(model.isEmpty).toBe(true);
});

test("quotation without customer asks nobody", async () => {
    const {model, questions} = makeModel();

    model.update({...ORDER, partner_id: false});
    await advanceTime(CHECK_DELAY);

    expect(questions).toHaveLength(0);
});

test("limit is told instead of cards", async () => {
    const {model} = makeModel(makeAnswer([], {limited: true, message: "Wait."}));

    model.update(ORDER);
    await advanceTime(CHECK_DELAY);

    expect([model.limited, model.message]).toEqual([true, "Wait."]);
});

test("failure disturbs nobody and is over with the next answer", async () => {
    const {model} = makeModel(new Error("offline"), makeAnswer());

    model.update(ORDER);
    await advanceTime(CHECK_DELAY);
    expect(model.hasFailed).toBe(true);

    model.update({...ORDER, company_id: 2});
    await advanceTime(CHECK_DELAY);
    expect(model.hasFailed).toBe(false);
    expect(model.cards).toHaveLength(1);
});

test("nothing is asked after the form is left", async () => {
    const {model, questions} = makeModel();

    model.update(ORDER);
    model.cancel();
    await advanceTime(CHECK_DELAY);

    expect(questions).toHaveLength(0);
});

test("query holds what the forms tell, and no more", () => {
    expect(
        queryOf({
            resModel: "sale.order",
            resId: false,
            data: {partner_id: {id: 7, display_name: "X"}, amount_total: 5},
        })
    ).toEqual({model: "sale.order", res_id: false, partner_id: 7, company_id: false});
    expect(
        queryOf({
            resModel: "res.partner",
            resId: 3,
            data: {vat: false, email: "a@b.pl", phone: "", parent_id: false},
        })
    ).toEqual({...TYPED, res_id: 3, vat: "", email: "a@b.pl"});
});

test("lead is asked about by what it says, or by the customer it has", () => {
    const data = {
        partner_name: "Lacznik",
        contact_name: "Jan",
        email_from: "jan@lacznik.example",
        phone: "22 123 45 67",
        city: false,
        country_id: {id: 3},
        company_id: false,
        partner_id: false,
    };
    const lead = queryOf({resModel: "crm.lead", resId: 9, data});
    expect(lead).toMatchObject({
        model: "crm.lead",
        res_id: 9,
        partner_id: false,
        country_id: 3,
        name: "Lacznik",
        email: "jan@lacznik.example",
        phone: "22 123 45 67",
        city: "",
    });
    const person = {...data, partner_name: false};
    expect(queryOf({resModel: "crm.lead", resId: 9, data: person}).name).toBe("Jan");
    const known = {...data, partner_id: {id: 7}};
    expect(queryOf({resModel: "crm.lead", resId: 9, data: known})).toMatchObject({
        partner_id: 7,
        name: "",
        email: "",
    });
});

test("what is being typed survives a change of another field", async () => {
    const {model, questions} = makeModel(makeAnswer());
    const record = {resModel: "res.partner", resId: false, data: {email: ""}};

    model.follow(record);
    model.type("vat", "526-000-12-46");
    model.follow({...record, data: {email: "a@b.pl"}});
    await advanceTime(CHECK_DELAY);

    expect(questions).toEqual([{...TYPED, email: "a@b.pl"}]);
});

test("what the record took over is not held against it", async () => {
    const {model, questions} = makeModel(makeAnswer(), makeAnswer([]));
    const record = {resModel: "res.partner", resId: false, data: {}};

    model.follow(record);
    model.type("vat", "526-000-12-46");
    model.follow({...record, data: {vat: "526-000-12-46"}});
    model.follow({...record, data: {vat: "PL1234563218"}});
    await advanceTime(CHECK_DELAY);

    expect(questions.map((query) => query.vat)).toEqual(["PL1234563218"]);
});

test("name and city are asked about, city alone is not", async () => {
    const {model, questions} = makeModel(makeAnswer([]));
    const record = {resModel: "res.partner", resId: false, data: {}};

    model.follow(record);
    model.type("city", "Radom");
    await advanceTime(CHECK_DELAY);
    expect(questions).toHaveLength(0);

    model.type("name", "Lacznik");
    await advanceTime(CHECK_DELAY);
    expect(questions.map(({name, city}) => [name, city])).toEqual([
        ["Lacznik", "Radom"],
    ]);
});

test("card judged different is gone, with the next answer too, and kept to save", async () => {
    const customers = [makeCustomer(), makeMasked()];
    const {model} = makeModel(makeAnswer([], {customers}), makeAnswer([], {customers}));

    model.update(TYPED);
    await advanceTime(CHECK_DELAY);
    model.dismiss(customers[0], "Another town");
    model.update({...TYPED, phone: "22 123 45 67"});
    await advanceTime(CHECK_DELAY);

    expect(model.customers.map((card) => card.key)).toEqual(["d4e5f6"]);
    expect(JSON.parse(model.judgements)).toEqual([
        {partner_id: 42, reason: "Another town"},
    ]);
});

test("what saving will ask for is told before", async () => {
    const policy = {level: "reason", message: "You will be asked."};
    const {model} = makeModel(makeAnswer([], {policy}));

    model.update(TYPED);
    await advanceTime(CHECK_DELAY);

    expect(model.policy).toEqual(policy);
});
