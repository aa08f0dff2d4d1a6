import {describe, expect, test} from "@odoo/hoot";
import {Deferred, mockTimeZone} from "@odoo/hoot-mock";
import {
    asRemembered,
    fromRemembered,
    noFilters,
} from "@contact_history/timeline/timeline_filters";
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

function keysOf(model) {
    return model.entries.map(({key}) => Number(key.split(":")[1]));
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
    expect(model.isLoading.older).toBe(true);
    answer.resolve(makePage());
    await Promise.all([first, second]);

    expect(questions).toHaveLength(2);
    expect(model.isLoading.older).toBe(false);
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
    expect(model.hasFailed.older).toBe(true);
    expect(model.status).toBe("ready");
    expect(model.entries).toHaveLength(1);

    await model.loadMore();
    expect(model.hasFailed.older).toBe(false);
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

    await model.toggle("channels", "call");
    await model.toggle("directions", "incoming");
    expect(questions.at(-1).filters).toEqual({
        channels: ["call"],
        directions: ["incoming"],
    });
    expect(model.isWanted("channels", "call")).toBe(true);
    expect(model.isWanted("directions", "outgoing")).toBe(false);
    expect(model.isFiltered).toBe(true);

    await model.toggle("channels", "call");
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

test("filters stay for the next customer, the words and the day do not", async () => {
    const {model, questions} = makeModel(...[1, 2, 3, 4, 5].map(() => makePage()));
    await model.load(7);
    await model.toggle("channels", "call");
    await model.search("price");
    await model.jumpTo("2026-03-01 00:00:00");

    await model.load(8);

    expect(questions.at(-1)).toEqual({
        partnerId: 8,
        cursor: null,
        filters: {channels: ["call"], directions: []},
    });
});

test("filters are kept whenever they change, without the words", async () => {
    const kept = [];
    const model = new TimelineModel(() => makePage(), {
        saveFilters: (filters) => kept.push(asRemembered(filters)),
    });
    await model.load(7);

    await model.toggle("people", 3);
    await model.search("price");

    expect(kept.map(({people, text}) => [people, text])).toEqual([
        [[3], ""],
        [[3], ""],
    ]);
});

test("what was kept is read back, and nonsense is left out", () => {
    const kept = fromRemembered({
        channels: ["call"],
        people: "Anna",
        unanswered: true,
        text: "price",
        colour: "red",
    });

    expect(kept).toEqual({...noFilters(), channels: ["call"], unanswered: true});
    expect(fromRemembered(null)).toEqual(noFilters());
});

test("filters that the server does not take lock nobody out", async () => {
    const invalid = Object.assign(new Error(), {
        exceptionName: "odoo.exceptions.ValidationError",
    });
    const answers = [Promise.reject(invalid), makePage([makeEntry()])];
    const model = new TimelineModel(() => answers.shift(), {
        filters: {...noFilters(), kinds: ["gone"]},
    });

    await model.load(7);

    expect(model.status).toBe("ready");
    expect(model.filters.kinds).toEqual([]);
});

test("from a day on it goes both ways", async () => {
    const {model, questions} = makeModel(
        makePage(),
        makePage([makeEntry({id: 3})], {next_cursor: "down", previous_cursor: "up"}),
        makePage([makeEntry({id: 5}), makeEntry({id: 4})], {previous_cursor: "up 2"}),
        makePage([makeEntry({id: 2})]),
        makePage([makeEntry({id: 6})])
    );
    await model.load(7);
    await model.jumpTo("2026-03-01 00:00:00");
    expect(questions[1].start).toBe("2026-03-01 00:00:00");

    await model.loadNewer();
    await model.loadMore();
    await model.loadNewer();

    expect(questions.slice(2).map(({cursor, start}) => [cursor, start])).toEqual([
        ["up", undefined],
        ["down", undefined],
        ["up 2", undefined],
    ]);
    expect(keysOf(model)).toEqual([6, 5, 4, 3, 2]);
    expect(model.hasNewer).toBe(false);
    expect(model.hasMore).toBe(false);
});

test("failed newer page can be tried again", async () => {
    const {model} = makeModel(
        makePage([makeEntry({id: 3})], {previous_cursor: "up"}),
        new Error("network"),
        makePage([makeEntry({id: 4})])
    );
    await model.load(7);

    await model.loadNewer();
    expect(model.hasFailed.newer).toBe(true);

    await model.loadNewer();
    expect(model.hasFailed.newer).toBe(false);
    expect(keysOf(model)).toEqual([4, 3]);
});

test("news are put on top and leave what was read", async () => {
    const {model} = makeModel(
        makePage([makeEntry({id: 4}), makeEntry({id: 3})], {next_cursor: "a"}),
        makePage([makeEntry({id: 2}), makeEntry({id: 1})], {next_cursor: "b"}),
        makePage([makeEntry({id: 5}), makeEntry({id: 4, subject: "Corrected"})], {
            next_cursor: "c",
            pinned: [makeEntry({id: 1, is_pinned: true})],
        })
    );
    await model.load(7);
    await model.loadMore();

    await model.refresh();

    expect(keysOf(model)).toEqual([5, 4, 3, 2, 1]);
    expect(model.entries[1].subject).toBe("Corrected");
    expect(model.newCount).toBe(1);
    expect(model.nextCursor).toBe("b");
    expect(model.pinned).toHaveLength(1);
    expect(model.status).toBe("ready");
});

test("more news than a page begin the list anew", async () => {
    const {model} = makeModel(
        makePage([makeEntry({id: 1})], {next_cursor: "a"}),
        makePage([makeEntry({id: 9}), makeEntry({id: 8})], {next_cursor: "b"})
    );
    await model.load(7);

    await model.refresh();

    expect(keysOf(model)).toEqual([9, 8]);
    expect(model.nextCursor).toBe("b");
});

test("who reads an earlier day is told of news, and nothing moves", async () => {
    const {model, questions} = makeModel(
        makePage([makeEntry({id: 1})], {previous_cursor: "up"})
    );
    await model.load(7);

    await model.refresh();

    expect(questions).toHaveLength(1);
    expect(model.isStale).toBe(true);
});

test("news that cannot be read change nothing", async () => {
    const {model} = makeModel(makePage([makeEntry()]), new Error("network"));
    await model.load(7);

    await model.refresh();

    expect(model.status).toBe("ready");
    expect(model.entries).toHaveLength(1);
});

test("messages of one thread stand behind their newest one", async () => {
    const {model} = makeModel(
        makePage([
            makeEntry({id: 4, thread: "a"}),
            makeEntry({id: 3, thread: "b", occurred_at: "2026-03-09 12:00:00"}),
            makeEntry({id: 2, thread: "a", occurred_at: "2026-03-09 11:00:00"}),
            makeEntry({id: 1, occurred_at: "2026-03-08 11:00:00"}),
        ])
    );
    await model.load(7);
    const [day] = model.days;
    const [{entry, earlier}] = day.items;

    expect(model.days.map(({items}) => items.length)).toEqual([1, 1, 1]);
    expect(entry.key).toBe("interaction:4");
    expect(earlier.map(({key}) => key)).toEqual(["interaction:2"]);
    expect(model.isThreadOpen(entry)).toBe(false);

    model.toggleThread(entry);
    expect(model.isThreadOpen(entry)).toBe(true);
});

test("entry is found wherever it stands", async () => {
    const {model} = makeModel(
        makePage([makeEntry({id: 1})], {
            pinned: [makeEntry({id: 2})],
            planned: [makeEntry({key: "activity:3"})],
        })
    );
    await model.load(7);

    expect(model.find("activity:3").key).toBe("activity:3");
    expect(model.find("interaction:2").key).toBe("interaction:2");
    expect(model.find("interaction:9")).toBe(undefined);
    expect(model.isEmpty).toBe(false);
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
    await model.toggle("channels", "call");

    late.resolve(makePage([makeEntry({id: 1})]));
    await more;

    expect(model.entries.map((entry) => entry.key)).toEqual(["interaction:5"]);
    expect(model.isLoading.older).toBe(false);
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

    expect(model.days.map((day) => [day.key, day.items.length])).toEqual([
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
