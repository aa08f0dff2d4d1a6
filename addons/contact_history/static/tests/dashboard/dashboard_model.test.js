import {DashboardModel} from "@contact_history/dashboard/dashboard_model";
import {describe, expect, test} from "@odoo/hoot";
import {Deferred} from "@odoo/hoot-mock";

import {makeFigures} from "./dashboard_helpers";

describe.current.tags("headless");

function makeModel(doors = {}) {
    return new DashboardModel({
        read: (choice) => Promise.resolve(makeFigures({choice})),
        recall: () => null,
        remember: (choice) => expect.step(`remember ${choice.period}`),
        ...doors,
    });
}

test("what was chosen is read and remembered", async () => {
    const model = makeModel();
    await model.choose({period: "year"});

    expect(model.status).toBe("ready");
    expect(model.figures.choice.period).toBe("year");
    expect.verifySteps(["remember year"]);
});

test("the choice of the last visit is taken up again", () => {
    const stored = {period: "week", company_ids: [2], channels: ["call"], mine: true};
    const model = makeModel({recall: () => stored});

    expect(model.choice).toEqual(stored);
    expect(model.isFiltered).toBe(true);
});

test("what the storage holds is not trusted", () => {
    for (const stored of [null, 7, "x", {period: 3, channels: "call", extra: 1}]) {
        const model = makeModel({recall: () => stored});

        expect(model.choice).toEqual({
            period: "month",
            company_ids: [],
            channels: [],
            mine: false,
        });
    }
});

test("a branch is put in and taken out", async () => {
    const model = makeModel();
    await model.toggle("company_ids", 2);
    expect(model.choice.company_ids).toEqual([2]);
    await model.toggle("company_ids", 2);
    expect(model.choice.company_ids).toEqual([]);
    await model.toggle("channels", "call");
    await model.clear();

    expect(model.isFiltered).toBe(false);
    expect.verifySteps(Array(4).fill("remember month"));
});

test("what the server makes of the choice is what is chosen", async () => {
    const model = makeModel({
        recall: () => ({company_ids: [99]}),
        read: () => Promise.resolve(makeFigures()),
    });
    await model.load();

    expect(model.choice.company_ids).toEqual([]);
});

test("parts without anything to show are left out", async () => {
    const model = makeModel();
    await model.load();

    expect(model.sections.map((section) => section.code)).toEqual([
        "times",
        "hours",
        "mix",
        "moves",
    ]);
});

test("figures open the list with their rows", async () => {
    const model = makeModel();
    await model.load();
    const action = model.actionOf(model.figures.tiles[0].link);

    expect(action.res_model).toBe("contact.interaction");
    expect(action.domain).toEqual([["id", ">", 0]]);
    expect(action.name).toBe("Contacts");
});

test("an answer that a later choice has overtaken is dropped", async () => {
    const late = new Deferred();
    const model = makeModel({
        read: (choice) =>
            choice.period === "week" ? late : Promise.resolve(makeFigures({choice})),
    });
    const first = model.choose({period: "week"});
    await model.choose({period: "year"});
    late.reject(new Error("no"));
    await first;

    expect(model.status).toBe("ready");
    expect(model.figures.choice.period).toBe("year");
    expect.verifySteps(["remember week", "remember year"]);
});

test("nothing, no access and a failure are three things", async () => {
    const empty = makeModel({
        read: () => Promise.resolve(makeFigures({is_empty: true})),
    });
    await empty.load();
    expect(empty.status).toBe("empty");

    const denied = makeModel({
        read: () =>
            Promise.reject({
                exceptionName: "odoo.exceptions.AccessError",
                data: {message: "Not for you."},
            }),
    });
    await denied.load();
    expect(denied.status).toBe("denied");
    expect(denied.message).toBe("Not for you.");

    const broken = makeModel({read: () => Promise.reject(new Error("no"))});
    await broken.load();
    expect(broken.status).toBe("error");
    expect(broken.sections).toEqual([]);
});

test("a choice that the server refuses is forgotten", async () => {
    const model = makeModel({
        recall: () => ({period: "decade"}),
        read: () => Promise.reject({exceptionName: "odoo.exceptions.ValidationError"}),
    });
    await model.load();

    expect(model.choice.period).toBe("month");
    expect.verifySteps(["remember month"]);
});
