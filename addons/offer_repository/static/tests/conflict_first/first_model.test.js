import {describe, expect, test} from "@odoo/hoot";

import {FirstModel} from "@offer_repository/conflict_first/first_model";

describe.current.tags("headless");

const event = (code, date) => ({code, label: code, date});
const SIDES = [
    {
        key: 1,
        branch: "Warszawa",
        events: [event("inquiry", "2026-01-01"), event("offer", "2026-01-11")],
    },
    {key: 2, branch: "Kraków", events: [event("offer", "2026-01-06")]},
];

async function loaded(sides = SIDES) {
    const model = new FirstModel(() => Promise.resolve(sides));
    await model.load(7);
    return model;
}

test("events stand on the line by their day", async () => {
    const model = await loaded();

    expect(model.events.map((one) => model.place(one))).toEqual([0, 100, 50]);
});

test("the very first event is marked, on every side that had it", async () => {
    const model = await loaded();

    expect(model.events.map((one) => model.isFirst(one))).toEqual([true, false, false]);
});

test("events of one day stand in the middle", async () => {
    const model = await loaded([
        {key: 1, branch: "A", events: [event("offer", "2026-01-01")]},
    ]);

    expect(model.place(model.events[0])).toBe(50);
});

test("without an answer there is no picture", async () => {
    const model = new FirstModel(() => Promise.reject(new Error("refused")));
    await model.load(7);

    expect(model.events).toEqual([]);
});

test("an answer about a case that was left is dropped", async () => {
    const answers = {};
    const model = new FirstModel((id) => new Promise((done) => (answers[id] = done)));
    const first = model.load(1);
    const second = model.load(2);
    answers[2]([SIDES[1]]);
    answers[1]([SIDES[0]]);
    await Promise.all([first, second]);

    expect(model.sides.map((side) => side.key)).toEqual([2]);
});
