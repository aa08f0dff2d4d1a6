import {describe, expect, test} from "@odoo/hoot";
import {Deferred} from "@odoo/hoot-mock";
import {FindModel} from "@offer_repository/find_offers/find_model";

import {makeAnswer, makePreview, makeServer} from "./find_helpers";

describe.current.tags("headless");

const failure = () => Promise.reject(new Error("no"));

test("a question is asked and answered", async () => {
    const server = makeServer();
    const model = new FindModel(server);
    await model.search("lathe");

    expect(model.status).toBe("ready");
    expect(server.calls).toEqual([["find", "lathe", {}, 0, 20]]);
    expect(model.selectedId).toBe(false);
});

test("an answer that a later question has overtaken is dropped", async () => {
    const late = new Deferred();
    const model = new FindModel(
        makeServer({
            find: (text) => (text === "a" ? late : Promise.resolve(makeAnswer([7]))),
        })
    );
    const first = model.search("a");
    await model.search("ab");
    late.resolve(makeAnswer([1]));
    await first;

    expect(model.results.map((result) => result.id)).toEqual([7]);
});

test("nothing found and a failure are two things", async () => {
    const find = () => Promise.resolve(makeAnswer([]));
    const empty = new FindModel(makeServer({find}));
    await empty.search("x");
    expect(empty.status).toBe("empty");

    const failing = new FindModel(makeServer({find: failure}));
    await failing.search("x");
    expect(failing.status).toBe("error");
});

test("facets narrow and are forgotten with another question", async () => {
    const server = makeServer();
    const model = new FindModel(server);
    await model.search("lathe");
    await model.toggle("state", "sent");
    expect(server.calls.at(-1)[2]).toEqual({state: ["sent"]});
    expect(model.isNarrowed).toBe(true);
    await model.toggle("state", "sent");
    expect(model.isNarrowed).toBe(false);
    await model.toggle("state", "lost");
    await model.search("mill");
    expect(server.calls.at(-1)[2]).toEqual({});
    await model.toggle("state", "lost");
    await model.clear();
    expect(server.calls.at(-1)[2]).toEqual({});
});

test("up and down go through the results and open previews", async () => {
    const model = new FindModel(makeServer());
    await model.search("lathe");
    await model.move(1);
    expect(model.selectedId).toBe(1);
    await model.move(1);
    expect(model.preview.id).toBe(2);
    await model.move(-1);
    await model.move(-1);
    expect(model.selectedId).toBe(1);
    model.clearPreview();
    expect(model.previewStatus).toBe("none");
});

test("a preview that was left meanwhile is dropped", async () => {
    const late = new Deferred();
    const model = new FindModel(
        makeServer({
            preview: (id) => (id === 1 ? late : Promise.resolve(makePreview({id}))),
        })
    );
    await model.search("lathe");
    const first = model.select(1);
    expect(model.previewStatus).toBe("loading");
    await model.select(2);
    late.resolve(makePreview({id: 1}));
    await first;

    expect(model.preview.id).toBe(2);
});

test("an offer that may not be read says so", async () => {
    const model = new FindModel(makeServer({preview: failure}));
    await model.search("lathe");
    await model.select(1);

    expect(model.previewStatus).toBe("error");
});

test("more are fetched below, and at the last one", async () => {
    const asked = [];
    const find = (text, chosen, offset) => {
        asked.push(offset);
        return Promise.resolve(makeAnswer([offset + 1], {total: 3}));
    };
    const model = new FindModel(makeServer({find}));
    await model.search("lathe");
    await model.more();
    await model.move(1);
    await model.move(1);
    await Promise.resolve();

    expect(asked).toEqual([0, 1, 2]);
    expect(model.hasMore).toBe(false);
    await model.more();
    expect(asked.length).toBe(3);
});

test("other branches are asked only when somebody presses", async () => {
    const server = makeServer();
    const model = new FindModel(server);
    await model.search("lacznik");
    expect(model.elsewhere).toBe(null);
    await model.askElsewhere();
    expect(model.elsewhere.status).toBe("ready");
    await model.search("other");
    expect(model.elsewhere).toBe(null);

    server.elsewhere = failure;
    await model.askElsewhere();
    expect(model.elsewhere.status).toBe("error");
});
