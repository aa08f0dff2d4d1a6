import {expect, test} from "@odoo/hoot";

import {FirstModel} from "@offer_repository/conflict_first/first_model";

async function placesOf(...dates) {
    const events = dates.map((date, index) => ({code: `event ${index}`, date}));
    const model = new FirstModel(() =>
        Promise.resolve([
            {key: 1, events},
            {key: 2, events: [{code: "far", date: "2026-01-01"}]},
        ])
    );
    await model.load(1);
    return Object.values(model.placesOf(model.sides[0]));
}

test("events of one day stand side by side at the end of the line", async () => {
    expect(await placesOf("2026-06-01", "2026-06-01", "2026-06-01")).toEqual([
        78, 89, 100,
    ]);
});

test("events far apart stand where they happened", async () => {
    const [first, second] = await placesOf("2026-01-01", "2026-06-01");

    expect(first).toBe(0);
    expect(second).toBe(100);
});

test("the earlier one makes no room where there is none to the left", async () => {
    expect(await placesOf("2026-01-01", "2026-01-01", "2026-06-01")).toEqual([
        0, 11, 100,
    ]);
});
