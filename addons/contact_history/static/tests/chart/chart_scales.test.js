import {expect, test} from "@odoo/hoot";

import {scalesOf} from "@contact_history/chart/chart_scales";

test("axes write numbers as the reader does", () => {
    const {y: polish} = scalesOf({labels: ["Nov"]}, "pl-PL");
    const {y: english} = scalesOf({labels: ["Nov"]}, "en-US");

    expect(polish.ticks.callback(1500000)).toBe("1,5\u00a0mln");
    expect(english.ticks.callback(1500000)).toBe("1.5M");
    expect(polish.ticks.callback(5)).toBe("5");
});

test("bars that lie have their names beside them, and long ones are cut", () => {
    const labels = ["Price", "Our own house / Two branches proposed"];

    const {x, y} = scalesOf({labels, is_horizontal: true});

    expect(x.ticks.callback(5)).toBe("5");
    expect(y.ticks.callback(0, 0)).toBe("Price");
    expect(y.ticks.callback(1, 1)).toBe("Our own house / Two branc…");
});
