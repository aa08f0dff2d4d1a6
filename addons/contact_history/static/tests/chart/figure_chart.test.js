import {expect, test} from "@odoo/hoot";
import {click, queryAll} from "@odoo/hoot-dom";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {FigureChart} from "@contact_history/chart/figure_chart";
import {mountWithCleanup, patchWithCleanup} from "@web/../tests/web_test_helpers";
import {user} from "@web/core/user";

defineMailModels();

const BARS = {
    code: "reasons",
    label: "Why we lost",
    labels: ["Price", "Time"],
    series: [{label: "Not won", values: [4000, 2], texts: ["4.000 €", "2 €"]}],
    link: "all",
};
const LINE = {
    ...BARS,
    type: "line",
    unit: "hours",
    max: 100,
    links: ["first", "second"],
};

async function draw(chart) {
    let drawn = null;
    patchWithCleanup(FigureChart.prototype, {
        setup() {
            super.setup();
            drawn = this;
        },
    });
    await mountWithCleanup(FigureChart, {
        props: {chart, open: (link) => expect.step(link)},
    });
    return drawn.picture.config;
}

test("title opens the whole, rows open their step", async () => {
    const {type} = await draw(LINE);

    await click(".o_contact_history_figure h2 button");
    await click("tbody tr:eq(1) button");

    expect(type).toBe("line");
    expect.verifySteps(["all", "second"]);
});

test("bars without links of their own are a plain table", async () => {
    const {type, options} = await draw({...BARS, is_horizontal: true});

    options.onClick(null, [{index: 1}]);

    expect(type).toBe("bar");
    expect(options.indexAxis).toBe("y");
    expect("tbody button").toHaveCount(0);
    const rows = queryAll("tbody tr").map((row) => row.textContent);
    expect(rows).toEqual(["Price4.000 €", "Time2 €"]);
    expect.verifySteps([]);
});

test("both kinds of charts write their axes as the reader does", async () => {
    patchWithCleanup(user, {lang: "pl-PL"});

    for (const chart of [LINE, {...BARS, type: "stack"}, BARS]) {
        const {options} = await draw(chart);
        expect(options.scales.y.ticks.callback(4000)).toBe("4\u00a0tys.");
    }
});

test("stacks are stacked, units stand beside the axis", async () => {
    const {options: stack} = await draw({...BARS, type: "stack"});
    const {options: line} = await draw(LINE);

    expect([stack.scales.x.stacked, stack.scales.y.stacked]).toEqual([true, true]);
    expect(line.scales.y.stacked).toBe(false);
    expect(line.scales.y.title.text).toBe("hours");
    expect(line.scales.y.max).toBe(100);
});
