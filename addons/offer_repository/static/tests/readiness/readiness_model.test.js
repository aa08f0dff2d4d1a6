import {describe, expect, test} from "@odoo/hoot";
import {Deferred} from "@odoo/hoot-mock";
import {ReadinessModel} from "@offer_repository/readiness/readiness_model";

describe.current.tags("headless");

const point = (code, state) => ({
    code,
    label: code,
    state,
    text: "",
    level: "optional",
});

test("open points are what keeps a quotation from being ready", async () => {
    const model = new ReadinessModel(() =>
        Promise.resolve([point("a", "ok"), point("b", "open"), point("c", "unknown")])
    );
    await model.follow(1, false);

    expect(model.openPoints.map((one) => one.code)).toEqual(["b"]);
    expect(model.isReady).toBe(false);
});

test("what cannot be told holds nothing up", async () => {
    const model = new ReadinessModel(() => Promise.resolve([point("a", "unknown")]));
    await model.follow(1, false);

    expect(model.isReady).toBe(true);
});

test("what is new or changed is not asked about before it is saved", async () => {
    const model = new ReadinessModel(() => Promise.reject(new Error("asked")));
    await model.follow(false, false);
    await model.follow(1, true);

    expect(model.status).toBe("none");
});

test("an answer for another quotation is dropped", async () => {
    const late = new Deferred();
    const model = new ReadinessModel((id) =>
        id === 1 ? late : Promise.resolve([point("two", "ok")])
    );
    const first = model.follow(1, false);
    await model.follow(2, false);
    late.resolve([point("one", "open")]);
    await first;

    expect(model.points.map((one) => one.code)).toEqual(["two"]);
});

test("a failure is said, and the form goes on", async () => {
    const model = new ReadinessModel(() => Promise.reject(new Error("no")));
    await model.follow(1, false);

    expect(model.status).toBe("error");
});
