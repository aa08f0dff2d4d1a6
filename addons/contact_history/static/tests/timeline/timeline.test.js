import {describe, expect, test} from "@odoo/hoot";
import {click, queryAllTexts, queryOne, waitFor} from "@odoo/hoot-dom";
import {animationFrame, Deferred, mockDate, runAllTimers} from "@odoo/hoot-mock";
import {Timeline} from "@contact_history/timeline/timeline";
import {defineMailModels, startServer} from "@mail/../tests/mail_test_helpers";
import {
    contains,
    makeServerError,
    mockService,
    mountView,
    mountWithCleanup,
    onRpc,
} from "@web/../tests/web_test_helpers";
import {
    makeChart,
    makeEntry,
    makeHeader,
    makePage,
    makeRedacted,
} from "./timeline_helpers";

describe.current.tags("desktop");
defineMailModels();

/** Let the server answer with the given pages, one after the other. */
function answerWith(...pages) {
    const questions = [];
    onRpc("res.partner", "contact_history_header", () => makeHeader());
    onRpc("res.partner", "contact_history_chart", () => makeChart());
    onRpc("res.users.settings", "set_res_users_settings", () => ({}));
    onRpc("res.partner", "contact_history_page", ({args, kwargs}) => {
        const {cursor, filters, start} = kwargs;
        questions.push({ids: args[0], cursor, filters, start});
        const page = pages.length > 1 ? pages.shift() : pages[0];
        if (page instanceof Error) {
            throw page;
        }
        return page;
    });
    return questions;
}

async function mountTimeline() {
    await mountWithCleanup(Timeline, {props: {partnerId: 7}});
    await animationFrame();
}

test("entries stand under their days", async () => {
    mockDate("2026-03-11 10:00:00");
    answerWith(
        makePage([
            makeEntry({id: 5, occurred_at: "2026-03-12 00:00:00", date_only: true}),
            makeEntry({id: 4, occurred_at: "2026-03-11 08:00:00"}),
            makeEntry({id: 3, occurred_at: "2026-03-10 08:00:00"}),
            makeEntry({id: 2, occurred_at: "2026-03-02 08:00:00"}),
            makeEntry({id: 1, occurred_at: "2025-03-02 08:00:00"}),
        ])
    );

    await mountTimeline();

    expect(queryAllTexts(".o_contact_history_day")).toEqual([
        "Tomorrow",
        "Today",
        "Yesterday",
        "Monday, March 2",
        "Sunday, March 2, 2025",
    ]);
    expect(".o_contact_history_entry").toHaveCount(5);
});

test("skeleton shows while the first page is read", async () => {
    const answer = new Deferred();
    answerWith(answer);

    await mountTimeline();
    expect(".o_contact_history_skeleton").toHaveCount(1);

    answer.resolve(makePage([makeEntry()]));
    await waitFor(".o_contact_history_entry");
    expect(".o_contact_history_skeleton").toHaveCount(0);
});

test("empty history invites to log a contact", async () => {
    answerWith(makePage());

    await mountTimeline();

    expect(".o_contact_history_empty").toHaveText(/No contact with this customer yet/);
    expect(".o_contact_history_empty button").toHaveText("Log a contact");
});

test("failure comes with a retry that works", async () => {
    answerWith(makeServerError({type: "ValidationError"}), makePage([makeEntry()]));
    await mountTimeline();
    expect(".o_contact_history_error").toHaveCount(1);

    await contains(".o_contact_history_retry").click();

    expect(".o_contact_history_error").toHaveCount(0);
    expect(".o_contact_history_entry").toHaveCount(1);
});

test("who has no access is told so, without buttons that would fail", async () => {
    answerWith(makeServerError({type: "AccessError"}));

    await mountTimeline();

    expect(".o_contact_history_denied").toHaveCount(1);
    expect(".o_contact_history_toolbar").toHaveCount(0);
});

test("part that could not be loaded is told above the rest", async () => {
    answerWith(makePage([makeEntry()], {problems: ["Activities are missing."]}));

    await mountTimeline();

    expect(".o_contact_history_problem").toHaveText("Activities are missing.");
    expect(".o_contact_history_entry").toHaveCount(1);
});

test("older entries are loaded on demand, until there are no more", async () => {
    const questions = answerWith(
        makePage([makeEntry({id: 2})], {next_cursor: "after-2"}),
        makePage([makeEntry({id: 1})])
    );
    await mountTimeline();

    await contains(".o_contact_history_more").click();

    expect(questions.map(({cursor}) => cursor)).toEqual([null, "after-2"]);
    expect(".o_contact_history_entry").toHaveCount(2);
    expect(".o_contact_history_more").toHaveCount(0);
});

test("scrolling to the end loads older entries", async () => {
    const many = [...Array(40).keys()].map((id) => makeEntry({id: id + 100}));
    const questions = answerWith(
        makePage(many, {next_cursor: "older"}),
        makePage([makeEntry({id: 1})])
    );
    await mountTimeline();

    expect(questions).toHaveLength(1);
    const list = queryOne(".o_contact_history_list");
    list.style.maxHeight = "300px";
    list.style.overflowY = "auto";
    list.scrollTop = list.scrollHeight;
    await waitFor("[data-key='interaction:1']");

    expect(questions).toHaveLength(2);
});

test("failed next page can be tried again", async () => {
    answerWith(
        makePage([makeEntry({id: 2})], {next_cursor: "x"}),
        makeServerError({type: "ValidationError"}),
        makePage([makeEntry({id: 1})])
    );
    await mountTimeline();

    await contains(".o_contact_history_more").click();
    expect(".o_contact_history_more").toHaveText("Try again");
    expect(".o_contact_history_entry").toHaveCount(1);

    await contains(".o_contact_history_more").click();
    expect(".o_contact_history_entry").toHaveCount(2);
});

test("filters for channel and direction are applied and taken back", async () => {
    const questions = answerWith(makePage([makeEntry()]), makePage());
    await mountTimeline();

    await contains(".o_contact_history_channel_filter").click();
    await contains("[data-channel=call]").click();
    expect(questions.at(-1).filters).toEqual({channels: ["call"], directions: []});
    expect(".o_contact_history_channel_filter").toHaveText("Call");
    expect("[data-channel=call]").toHaveClass("selected");

    await click(".o_contact_history_toolbar [data-direction=outgoing]");
    await animationFrame();
    expect(questions.at(-1).filters).toEqual({
        channels: ["call"],
        directions: ["outgoing"],
    });
    expect(".o_contact_history_empty").toHaveText(/No contact matches these filters/);

    await contains(".o_contact_history_clear").click();
    expect(questions.at(-1).filters).toEqual({channels: [], directions: []});
    expect(".o_contact_history_channel_filter").toHaveText("All channels");
});

test("logging a contact opens the form for this customer and reloads", async () => {
    mockService("dialog", {
        add(component, props) {
            expect.step([props.resModel, props.context.default_partner_id]);
            props.onRecordSaved();
        },
    });
    const questions = answerWith(makePage());
    await mountTimeline();

    await contains(".o_contact_history_log").click();

    expect.verifySteps([["contact.interaction", 7]]);
    expect(questions).toHaveLength(2);
});

test("document of an entry opens as a form", async () => {
    mockService("action", {
        doAction: (action) => expect.step([action.res_model, action.res_id]),
    });
    answerWith(makePage([makeEntry({res_model: "res.partner", res_id: 3})]));
    await mountTimeline();

    await contains(".o_contact_history_open").click();

    expect.verifySteps([["res.partner", 3]]);
});

test("branch is named as soon as there are several", async () => {
    answerWith(makePage([makeEntry({id: 2}), makeRedacted({id: 1})]));

    await mountTimeline();

    expect(queryAllTexts(".o_contact_history_branch")).toEqual(["North", "South"]);
});

test("number of contacts is announced to screen readers", async () => {
    answerWith(makePage([makeEntry()]));

    await mountTimeline();

    expect("[aria-live=polite]").toHaveText("Contacts shown: 1");
});

test("widget on the form shows the history of its record, pager included", async () => {
    const questions = answerWith(makePage());
    const pyEnv = await startServer();
    const resIds = pyEnv["res.partner"].create([{name: "Mill"}, {name: "Mary"}]);
    await mountView({
        type: "form",
        resModel: "res.partner",
        resIds,
        resId: resIds[0],
        arch: `<form><field name="name"/><widget name="contact_history_timeline"/></form>`,
    });
    await waitFor(".o_contact_history_empty");

    await contains(".o_pager_next").click();
    await animationFrame();

    expect(questions.map(({ids}) => ids)).toEqual([[resIds[0]], [resIds[1]]]);
});

test("widget on a new record shows nothing yet", async () => {
    const questions = answerWith(makePage());

    await mountView({
        type: "form",
        resModel: "res.partner",
        arch: `<form><field name="name"/><widget name="contact_history_timeline"/></form>`,
    });

    expect(".o_contact_history").toHaveCount(0);
    expect(questions).toHaveLength(0);
});

test("words are looked for once one stops typing", async () => {
    const questions = answerWith(makePage());
    await mountTimeline();

    await contains(".o_contact_history_search").edit("price", {confirm: false});
    await runAllTimers();
    await animationFrame();

    expect(questions).toHaveLength(2);
    expect(questions[1].filters.text).toBe("price");
});

test("only what is unanswered can be shown", async () => {
    const questions = answerWith(makePage());
    await mountTimeline();

    await contains(".o_contact_history_unanswered").click();
    expect(questions.at(-1).filters.unanswered).toBe(true);
    expect(".o_contact_history_unanswered").toHaveAttribute("aria-pressed", "true");

    await contains(".o_contact_history_clear").click();
    expect(questions.at(-1).filters).toEqual({channels: [], directions: []});
});
