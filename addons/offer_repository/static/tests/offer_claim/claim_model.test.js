import {describe, expect, test} from "@odoo/hoot";

import {ClaimModel} from "@offer_repository/offer_claim/claim_model";

describe.current.tags("headless");

const CLAIM = {key: "k", branch: "Kraków", until: "2026-12-24", is_own: false};

test("asks once for a customer", async () => {
    const asked = [];
    const model = new ClaimModel((id) => {
        asked.push(id);
        return [CLAIM];
    });
    await model.follow(7);
    await model.follow(7);
    expect(asked).toEqual([7]);
    expect(model.claims).toEqual([CLAIM]);
});

test("no customer, no claims", async () => {
    const model = new ClaimModel(() => [CLAIM]);
    await model.follow(7);
    await model.follow(false);
    expect(model.claims).toEqual([]);
});

test("an answer that comes late is dropped", async () => {
    const answers = {};
    const model = new ClaimModel(
        (id) =>
            new Promise((resolve) => {
                answers[id] = resolve;
            })
    );
    const first = model.follow(1);
    const second = model.follow(2);
    answers[2]([]);
    answers[1]([CLAIM]);
    await Promise.all([first, second]);
    expect(model.claims).toEqual([]);
});

test("an error shows no banner", async () => {
    const model = new ClaimModel(() => Promise.reject(new Error("offline")));
    await model.follow(1);
    expect(model.claims).toEqual([]);
});
