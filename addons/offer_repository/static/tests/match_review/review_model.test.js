import {describe, expect, test} from "@odoo/hoot";
import {Deferred} from "@odoo/hoot-mock";

import {ReviewModel} from "@offer_repository/match_review/review_model";

import {makePair, makeServer} from "./match_review_helpers";

describe.current.tags("headless");

async function start(ids, values) {
    const server = makeServer(ids, values);
    const model = new ReviewModel(server);
    await model.start();
    return {model, server};
}

test("starts at the first pair and stops at both ends", async () => {
    const {model} = await start([10, 11]);
    expect([model.status, model.data.id]).toEqual(["ready", 10]);

    await model.previous();
    expect(model.index).toBe(0);
    await model.next();
    await model.next();

    expect([model.index, model.data.id]).toEqual([1, 11]);
    expect([model.canGoBack, model.canGoOn]).toEqual([true, false]);
});

test("deciding sends the reason and goes on to what is undecided", async () => {
    const {model, server} = await start([10, 11, 12]);
    await model.next();
    model.reason = "Other owner";
    await model.judge("different");

    expect(server.calls.at(-1)).toEqual(["judge", 11, "different", "Other owner"]);
    expect([model.data.id, model.reason]).toEqual([12, ""]);
    await model.judge("same");
    expect(model.data.id).toBe(10);
    await model.judge("same");

    expect([model.status, model.decidedCount, model.percent]).toEqual(["done", 3, 100]);
});

test("undo goes back through all decisions, the last one first", async () => {
    const {model, server} = await start([10, 11]);
    expect(model.canUndo).toBe(false);
    await model.judge("same");
    await model.judge("later");
    await model.undo();
    expect([model.status, model.data.id]).toEqual(["ready", 11]);
    await model.undo();

    expect(model.data.id).toBe(10);
    expect(server.calls.slice(-2)).toEqual([
        ["undo", 11],
        ["undo", 10],
    ]);
    expect(model.decidedCount).toBe(0);
});

test("what was decided earlier can be taken back as well", async () => {
    const {model, server} = await start([10], {
        data: (id) => Promise.resolve(makePair({id, judgement: "same"})),
    });
    expect(model.canUndo).toBe(true);
    await model.undo();

    expect(server.calls.at(-1)).toEqual(["undo", 10]);
});

test("a second key while a decision is on its way does nothing", async () => {
    const answer = new Deferred();
    const judged = [];
    const {model} = await start([10, 11], {
        judge: (id) => {
            judged.push(id);
            return answer;
        },
    });
    const first = model.judge("same");
    await model.judge("different");
    await model.next();
    answer.resolve();
    await first;

    expect(judged).toEqual([10]);
    expect(model.data.id).toBe(11);
});

test("a refused decision leaves the pair on the screen", async () => {
    const {model} = await start([10, 11], {
        judge: () => Promise.reject(new Error("decided by somebody else")),
    });
    await expect(model.judge("same")).rejects.toThrow(/somebody else/);

    expect([model.data.id, model.decidedCount, model.isBusy]).toEqual([10, 0, false]);
});

test("late answer about a pair that was left is dropped", async () => {
    const late = new Deferred();
    const {model} = await start([10, 11, 12], {
        data: (id) => (id === 11 ? late : Promise.resolve(makePair({id}))),
    });
    const first = model.next();
    await model.next();
    late.resolve(makePair({id: 11}));
    await first;

    expect(model.data.id).toBe(12);
});

test("a pair that a merge took away leaves its place to the next one", async () => {
    const queues = [
        [10, 11, 12],
        [10, 12],
    ];
    const {model} = await start([], {
        queue: () => {
            const ids = queues.shift();
            return Promise.resolve({match_ids: ids, total: ids.length, start: 0});
        },
    });
    await model.next();
    await model.refresh();

    expect([model.data.id, model.ids.length]).toEqual([12, 2]);
    // None waits after these: the pair that is gone must not be counted as one more.
    expect(model.total).toBe(2);
});

test("nothing to review and failure are states of their own", async () => {
    const {model} = await start([]);
    expect(model.status).toBe("empty");

    const failing = new ReviewModel(
        makeServer([10], {data: () => Promise.reject(new Error("no"))})
    );
    await expect(failing.start()).rejects.toThrow(/no/);
    expect(failing.status).toBe("error");
});
