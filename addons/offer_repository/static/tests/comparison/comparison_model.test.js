import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {Deferred} from "@odoo/hoot-mock";

import {ComparisonModel} from "@offer_repository/comparison/comparison_model";

import {makeColumn, makeComparison} from "./comparison_helpers";

describe.current.tags("headless");

let asked = [];
let model = null;

beforeEach(async () => {
    asked = [];
    model = new ComparisonModel({
        read: (ids, currency) => {
            asked.push([ids, currency]);
            return Promise.resolve(
                makeComparison({columns: ids.map((id) => makeColumn(String(id)))})
            );
        },
        candidates: () => Promise.resolve([{id: 4, title: "S00004", note: ""}]),
    });
    await model.load([1, 2, 3]);
});

function keys() {
    return model.columns.map((column) => column.key).join("");
}

function rows() {
    return model.groups.flatMap((group) => group.rows.map((row) => row.key));
}

test("everything is shown until the reader says otherwise", () => {
    expect(model.status).toBe("ready");
    expect(keys()).toBe("123");
    expect(model.baseKey).toBe("1");
    expect(rows()).toEqual(["differs", "equal", "only second"]);
    expect(model.groups.map((group) => group.key)).toEqual(["lines-0"]);
});

test("columns move step by step and not over the edge", () => {
    model.move("1", 1);
    expect(keys()).toBe("213");
    model.move("2", -1);
    expect(keys()).toBe("213");
    model.move("3", -1);
    expect(keys()).toBe("231");
});

test("a column is put where another one stands", () => {
    model.moveTo("3", "1");
    expect(keys()).toBe("312");
    model.moveTo("3", "2");
    expect(keys()).toBe("123");
    model.moveTo("3", "3");
    model.moveTo("8", "1");
    expect(keys()).toBe("123");
});

test("a step passes over hidden columns", () => {
    model.hide("2");
    model.move("1", 1);
    expect(keys()).toBe("31");
});

test("cells follow their columns", () => {
    model.moveTo("2", "1");
    const [row] = model.groups[0].rows;
    expect(row.cells.map((cell) => cell.text)).toEqual(["90.00", "100.00", "100.00"]);
});

test("differences are from the pinned column, else from the first", () => {
    const second = () => model.groups[0].rows[0].cells[keys().indexOf("2")];
    expect(model.differenceOf(second()).text).toBe("−10 %");
    model.togglePin("2");
    expect(model.baseKey).toBe("2");
    expect(model.differenceOf(second())).toBe(null);
    model.togglePin("2");
    expect(model.baseKey).toBe("1");
    model.moveTo("2", "1");
    expect(model.baseKey).toBe("2");
});

test("hidden base gives way to the first shown column", () => {
    model.togglePin("3");
    model.hide("3");
    expect(model.baseKey).toBe("1");
    model.show("3");
    expect(model.baseKey).toBe("3");
});

test("equal rows are hidden and counted", () => {
    expect(model.equalCount).toBe(1);
    model.toggleEqual();
    expect(rows()).toEqual(["differs", "only second"]);
});

test("only shown columns decide what is equal", () => {
    model.hide("2");
    expect(rows()).toEqual(["differs", "equal"]);
    expect(model.equalCount).toBe(2);
    model.toggleEqual();
    expect(model.groups).toEqual([]);
});

test("one column always stays", () => {
    model.hide("1");
    model.hide("2");
    model.hide("3");
    expect(keys()).toBe("3");
    expect(model.hiddenColumns.map((column) => column.key)).toEqual(["1", "2"]);
    expect(model.equalCount).toBe(0);
});

test("what was arranged stays when an offer is added or the currency changes", async () => {
    model.moveTo("3", "1");
    model.togglePin("2");
    model.hide("1");

    await model.add(4);

    expect(keys()).toBe("324");
    expect(model.baseKey).toBe("2");
    await model.chooseCurrency(2);
    expect(keys()).toBe("324");
    expect(asked.at(-1)).toEqual([[1, 2, 3, 4], 2]);
});

test("where two columns fit, one that is asked for takes the place of the last", async () => {
    model.room = 2;
    await model.load([1, 2, 3]);
    expect(keys()).toBe("12");
    expect(model.hiddenColumns.map((column) => column.key)).toEqual(["3"]);

    model.show("3");
    expect(keys()).toBe("13");
    model.togglePin("3");
    model.show("2");
    expect(keys()).toBe("23");
    expect(model.baseKey).toBe("3");
});

test("six offers are enough", async () => {
    expect(model.canAdd).toBe(true);
    await model.load([1, 2, 3, 4, 5, 6]);
    expect(model.canAdd).toBe(false);
});

test("paper and sheet are asked for as the screen is", () => {
    model.moveTo("3", "1");
    model.togglePin("2");
    model.hide("1");
    model.toggleEqual();

    expect(model.request).toEqual({
        revision_ids: [1, 2, 3],
        currency_id: 1,
        view: {order: ["3", "1", "2"], base: "2", hides_equal: true, hidden: ["1"]},
    });
});

test("proposals are found, and a failure proposes nothing", async () => {
    await model.findCandidates();
    expect(model.candidates.length).toBe(1);
    model.server.candidates = () => Promise.reject(new Error("no"));
    await model.findCandidates();
    expect(model.candidates).toEqual([]);
});

test("late answer about other offers is dropped", async () => {
    const late = new Deferred();
    const answers = [late, makeComparison()];
    model.server.read = () => answers.shift();

    const first = model.load([7, 8]);
    await model.load([1, 2, 3]);
    late.resolve(makeComparison({columns: []}));
    await first;

    expect(keys()).toBe("123");
});

test("refusal and emptiness are states of their own", async () => {
    model.server.read = () =>
        Promise.reject(Object.assign(new Error(), {data: {message: "May not."}}));
    await model.load([1, 2]);
    expect(model.status).toBe("error");
    expect(model.error).toBe("May not.");

    await model.load([]);
    expect(model.status).toBe("empty");
});
