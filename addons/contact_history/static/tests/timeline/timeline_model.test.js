import {describe, expect, test} from "@odoo/hoot";
import {Deferred, mockTimeZone} from "@odoo/hoot-mock";
import {TimelineModel} from "@contact_history/timeline/timeline_model";
import {makeEntry, makePage} from "./timeline_helpers";

describe.current.tags("headless");

/** A model whose server gives the answers in their order. */
function makeModel(...answers) {
    const questions = [];
    const model = new TimelineModel((partnerId, params) => {
        questions.push({partnerId, ...params});
        const answer = answers.shift();
        return answer instanceof Error ? Promise.reject(answer) : answer;
    });
    return {model, questions};
}

function accessError() {
    return Object.assign(new Error(), {exceptionName: "odoo.exceptions.AccessError"});
}

test("first page is asked for without position and filters", async () => {
    const {model, questions} = makeModel(makePage([makeEntry()]));
    expect(model.status).toBe("loading");

    await model.load(7);

    expect(questions).toEqual([
        {partnerId: 7, cursor: null, filters: {channels: [], directions: []}},
    ]);
    expect(model.status).toBe("ready");
    expect(model.entries).toHaveLength(1);
    expect(model.hasMore).toBe(false);
});

test("next pages go on where the last one ended", async () => {
    const {model, questions} = makeModel(
        makePage([makeEntry({id: 2})], {next_cursor: "after-2"}),
        makePage([makeEntry({id: 1})])
    );
    await model.load(7);
    expect(model.hasMore).toBe(true);

    await model.loadMore();

    expect(questions[1].cursor).toBe("after-2");
    expect(model.entries.map((entry) => entry.key)).toEqual([
        "interaction:2",
        "interaction:1",
    ]);
    expect(model.hasMore).toBe(false);
});

test("nothing is asked when there is no more", async () => {
    const {model, questions} = makeModel(makePage());
    await model.load(7);

    await model.loadMore();

    expect(questions).toHaveLength(1);
});

test("next page is asked for once, however often one scrolls", async () => {
    const answer = new Deferred();
    const {model, questions} = makeModel(makePage([], {next_cursor: "x"}), answer);
    await model.load(7);

    const first = model.loadMore();
    const second = model.loadMore();
    expect(model.isLoadingMore).toBe(true);
    answer.resolve(makePage());
    await Promise.all([first, second]);

    expect(questions).toHaveLength(2);
    expect(model.isLoadingMore).toBe(false);
});

test("entry that comes twice is shown once", async () => {
    const {model} = makeModel(
        makePage([makeEntry({id: 2})], {next_cursor: "x"}),
        makePage([makeEntry({id: 2}), makeEntry({id: 1})])
    );
    await model.load(7);

    await model.loadMore();

    expect(model.entries).toHaveLength(2);
});

test("failed next page keeps what is there and can be tried again", async () => {
    const {model} = makeModel(
        makePage([makeEntry({id: 2})], {next_cursor: "x"}),
        new Error("network"),
        makePage([makeEntry({id: 1})])
    );
    await model.load(7);

    await model.loadMore();
    expect(model.hasMoreFailed).toBe(true);
    expect(model.status).toBe("ready");
    expect(model.entries).toHaveLength(1);

    await model.loadMore();
    expect(model.hasMoreFailed).toBe(false);
    expect(model.entries).toHaveLength(2);
});

test("missing rights and other failures are told apart", async () => {
    const {model} = makeModel(accessError(), new Error("network"), makePage());

    await model.load(7);
    expect(model.status).toBe("denied");

    await model.reload();
    expect(model.status).toBe("error");

    await model.reload();
    expect(model.status).toBe("ready");
});

test("filters are toggled, sent and cleared", async () => {
    const {model, questions} = makeModel(
        makePage(),
        makePage(),
        makePage(),
        makePage(),
        makePage()
    );
    await model.load(7);
    expect(model.isFiltered).toBe(false);

    await model.toggleChannel("call");
    await model.toggleDirection("incoming");
    expect(questions.at(-1).filters).toEqual({
        channels: ["call"],
        directions: ["incoming"],
    });
    expect(model.isChannelWanted("call")).toBe(true);
    expect(model.isDirectionWanted("outgoing")).toBe(false);
    expect(model.isFiltered).toBe(true);

    await model.toggleChannel("call");
    expect(questions.at(-1).filters).toEqual({
        channels: [],
        directions: ["incoming"],
    });

    await model.clearFilters();
    expect(model.isFiltered).toBe(false);
});

test("filters sent are no part of the state", async () => {
    const {model, questions} = makeModel(makePage(), makePage());
    await model.load(7);

    questions[0].filters.channels.push("call");
    await model.reload();

    expect(questions[1].filters.channels).toEqual([]);
});

test("another customer starts without filters", async () => {
    const {model, questions} = makeModel(makePage(), makePage(), makePage());
    await model.load(7);
    await model.toggleChannel("call");

    await model.load(8);

    expect(questions.at(-1)).toEqual({
        partnerId: 8,
        cursor: null,
        filters: {channels: [], directions: []},
    });
});

test("late answer about another customer is dropped", async () => {
    const late = new Deferred();
    const {model} = makeModel(late, makePage([makeEntry({id: 8})]));
    const first = model.load(7);
    await model.load(8);

    late.resolve(makePage([makeEntry({id: 7})]));
    await first;

    expect(model.entries.map((entry) => entry.key)).toEqual(["interaction:8"]);
    expect(model.status).toBe("ready");
});

test("late failure about another customer is dropped", async () => {
    const late = new Deferred();
    const {model} = makeModel(late, makePage([makeEntry()]));
    const first = model.load(7);
    await model.load(8);

    late.reject(new Error("network"));
    await first;

    expect(model.status).toBe("ready");
});

test("late next page after a new question is dropped", async () => {
    const late = new Deferred();
    const {model} = makeModel(
        makePage([makeEntry({id: 2})], {next_cursor: "x"}),
        late,
        makePage([makeEntry({id: 5})])
    );
    await model.load(7);
    const more = model.loadMore();
    await model.toggleChannel("call");

    late.resolve(makePage([makeEntry({id: 1})]));
    await more;

    expect(model.entries.map((entry) => entry.key)).toEqual(["interaction:5"]);
    expect(model.isLoadingMore).toBe(false);
});

test("days are those of the reader's time zone", async () => {
    mockTimeZone(+2);
    const {model} = makeModel(
        makePage([
            makeEntry({id: 3, occurred_at: "2026-03-10 22:30:00"}),
            makeEntry({id: 2, occurred_at: "2026-03-10 21:30:00"}),
            makeEntry({id: 1, occurred_at: "2026-03-10 08:00:00"}),
        ])
    );

    await model.load(7);

    expect(model.days.map((day) => [day.key, day.entries.length])).toEqual([
        ["2026-03-11", 1],
        ["2026-03-10", 2],
    ]);
});

test("entry of a day without time stays on its day everywhere", async () => {
    for (const zone of [-11, 0, +13]) {
        mockTimeZone(zone);
        const {model} = makeModel(
            makePage([makeEntry({occurred_at: "2026-03-10 00:00:00", date_only: true})])
        );

        await model.load(7);

        expect(model.days[0].key).toBe("2026-03-10");
    }
});

test("empty history is empty only when nothing went wrong", async () => {
    const {model} = makeModel(makePage(), makePage([], {problems: ["Broken."]}));
    expect(model.isEmpty).toBe(false);

    await model.load(7);
    expect(model.isEmpty).toBe(true);

    await model.reload();
    expect(model.isEmpty).toBe(false);
    expect(model.problems).toEqual(["Broken."]);
});

test("problem of two pages is told once", async () => {
    const {model} = makeModel(
        makePage([], {next_cursor: "x", problems: ["Broken."]}),
        makePage([], {problems: ["Broken."]})
    );
    await model.load(7);

    await model.loadMore();

    expect(model.problems).toEqual(["Broken."]);
});

test("branches matter when there are several", async () => {
    const {model} = makeModel(
        makePage([makeEntry({id: 1}), makeEntry({id: 2, company_name: null})]),
        makePage([makeEntry({id: 1}), makeEntry({id: 2, company_name: "South"})])
    );

    await model.load(7);
    expect(model.hasSeveralBranches).toBe(false);

    await model.reload();
    expect(model.hasSeveralBranches).toBe(true);
});

test("same words again ask nothing", async () => {
    const {model, questions} = makeModel(makePage(), makePage());
    await model.load(7);

    await model.search(" price ");
    await model.search("price");

    expect(questions).toHaveLength(2);
    expect(questions[1].filters).toEqual({
        channels: [],
        directions: [],
        text: "price",
    });
    expect(model.isFiltered).toBe(true);
});
