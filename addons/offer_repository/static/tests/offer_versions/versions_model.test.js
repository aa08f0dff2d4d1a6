import {describe, expect, test} from "@odoo/hoot";
import {VersionsModel} from "@offer_repository/offer_versions/versions_model";

import {makeDifference, makeVersion} from "./versions_helpers";

describe.current.tags("headless");

const VERSIONS = [makeVersion(1), makeVersion(2), makeVersion(3)];

function makeModel(server = {}) {
    const asked = [];
    const model = new VersionsModel({
        read: () => Promise.resolve(VERSIONS),
        compare: (offer, older, newer) => {
            asked.push([older, newer]);
            return Promise.resolve(makeDifference());
        },
        ...server,
    });
    return {model, asked};
}

test("the last two versions are compared first", async () => {
    const {model, asked} = makeModel();

    await model.load(1);

    expect(model.status).toBe("ready");
    expect(asked).toEqual([[12, 13]]);
    expect([model.older.number, model.newer.number]).toEqual([2, 3]);
});

test("versions are compared from old to new, however they were picked", async () => {
    const {model, asked} = makeModel();
    await model.load(1);

    await model.choose(13, 11);

    expect(asked.at(-1)).toEqual([11, 13]);
});

test("showing a version compares it with the one before", async () => {
    const {model, asked} = makeModel();
    await model.load(1);

    await model.show(VERSIONS[1]);
    await model.show(VERSIONS[0]);

    expect(asked.slice(1)).toEqual([[11, 12]]);
});

test("equal lines are counted, not listed", async () => {
    const {model} = makeModel();

    await model.load(1);

    expect(model.shownLines.map((line) => line.label)).toEqual(["Lathe", "Training"]);
    expect(model.equalCount).toBe(1);
    expect(model.isEqual).toBe(false);
});

test("one version alone is compared with nothing", async () => {
    const {model, asked} = makeModel({read: () => Promise.resolve([makeVersion(1)])});

    await model.load(1);

    expect(model.status).toBe("ready");
    expect(model.difference).toBe(null);
    expect(asked).toEqual([]);
});

test("no version is told apart from a failure", async () => {
    const none = makeModel({read: () => Promise.resolve([])}).model;
    const failing = makeModel({
        read: () => Promise.reject(new Error("no")),
    }).model;

    await none.load(1);
    await failing.load(1);

    expect([none.status, failing.status]).toEqual(["empty", "error"]);
});

test("a late answer about another offer is dropped", async () => {
    const answers = {};
    const {model} = makeModel({
        read: (id) => new Promise((resolve) => (answers[id] = resolve)),
    });
    const first = model.load(1);
    const second = model.load(2);

    answers[2]([makeVersion(1)]);
    answers[1](VERSIONS);
    await Promise.all([first, second]);

    expect(model.versions.length).toBe(1);
});
