import {describe, expect, test} from "@odoo/hoot";
import {Deferred} from "@odoo/hoot-mock";

import {CompareModel} from "@offer_repository/conflict_compare/compare_model";

import {makeComparison} from "./conflict_compare_helpers";

describe.current.tags("headless");

test("rows are told apart by whether they can be compared", async () => {
    const model = new CompareModel(() => Promise.resolve(makeComparison()));
    expect(model.status).toBe("loading");

    await model.load(1);

    expect(model.status).toBe("ready");
    expect(model.sharedRows.map((row) => row.label)).toEqual(["Lathe"]);
    expect(model.singleRows.map((row) => row.label)).toEqual(["Tools"]);
    expect(model.gapOf(model.sharedRows[0])).toBe(10);
});

test("late answer about another case is dropped", async () => {
    const late = new Deferred();
    const answers = [late, makeComparison({case: "right"})];
    const model = new CompareModel(() => answers.shift());

    const first = model.load(1);
    await model.load(2);
    late.resolve(makeComparison({case: "wrong"}));
    await first;

    expect(model.data.case).toBe("right");
});

test("failure and emptiness are states of their own", async () => {
    const failing = new CompareModel(() => Promise.reject(new Error("no")));
    await failing.load(1);
    expect(failing.status).toBe("error");

    const empty = new CompareModel(() =>
        Promise.resolve(makeComparison({sides: [], rows: []}))
    );
    await empty.load(1);
    expect(empty.status).toBe("empty");
});
