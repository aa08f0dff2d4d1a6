import {describe, expect, test} from "@odoo/hoot";
import {Deferred} from "@odoo/hoot-mock";
import {DashboardModel} from "@offer_repository/dashboard/dashboard_model";

import {makeFigures} from "./dashboard_helpers";

describe.current.tags("headless");

test("figures of the chosen months are read", async () => {
    const model = new DashboardModel((months) =>
        Promise.resolve(makeFigures({months}))
    );
    expect(model.isLoading).toBe(true);
    await model.load(12);

    expect(model.status).toBe("ready");
    expect(model.months).toBe(12);
    expect(model.figures.months).toBe(12);
    expect(model.hasHeat).toBe(true);
});

test("a chart without anything to show is left out", async () => {
    const model = new DashboardModel(() => Promise.resolve(makeFigures()));
    await model.load();

    expect(model.charts.map((chart) => chart.code)).toEqual(["conflicts"]);
});

test("an answer that a later choice has overtaken is dropped", async () => {
    const late = new Deferred();
    const model = new DashboardModel((months) =>
        months === 3 ? late : Promise.resolve(makeFigures({months}))
    );
    const first = model.load(3);
    await model.load(12);
    late.resolve(makeFigures({months: 3}));
    await first;

    expect(model.figures.months).toBe(12);
});

test("a failure that a later choice has overtaken is dropped", async () => {
    const late = new Deferred();
    const model = new DashboardModel((months) =>
        months === 3 ? late : Promise.resolve(makeFigures({months}))
    );
    const first = model.load(3);
    await model.load(12);
    late.reject(new Error("no"));
    await first;

    expect(model.status).toBe("ready");
});

test("nothing, no access and a failure are three things", async () => {
    const empty = new DashboardModel(() =>
        Promise.resolve(makeFigures({is_empty: true}))
    );
    await empty.load();
    expect(empty.status).toBe("empty");

    const denied = new DashboardModel(() =>
        Promise.reject({
            exceptionName: "odoo.exceptions.AccessError",
            data: {message: "Managers only."},
        })
    );
    await denied.load();
    expect(denied.status).toBe("denied");
    expect(denied.message).toBe("Managers only.");

    const broken = new DashboardModel(() => Promise.reject(new Error("no")));
    await broken.load();
    expect(broken.status).toBe("error");
    expect(broken.hasHeat).toBe(false);
});
