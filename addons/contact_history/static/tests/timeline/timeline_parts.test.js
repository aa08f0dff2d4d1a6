import {describe, expect, test} from "@odoo/hoot";
import {press, queryAllTexts, waitFor} from "@odoo/hoot-dom";
import {animationFrame, Deferred, mockDate, runAllTimers} from "@odoo/hoot-mock";
import {Timeline} from "@contact_history/timeline/timeline";
import {defineMailModels, startServer} from "@mail/../tests/mail_test_helpers";
import {waitForChannels} from "@bus/../tests/bus_test_helpers";
import {getPickerCell} from "@web/../tests/core/datetime/datetime_test_helpers";
import {
    contains,
    getService,
    MockServer,
    mockService,
    mountWithCleanup,
    onRpc,
} from "@web/../tests/web_test_helpers";
import {MainComponentsContainer} from "@web/core/main_components_container";
import {WebClient} from "@web/webclient/webclient";
import {
    makeChart,
    makeEntry,
    makeHeader,
    makePage,
    makeRedacted,
} from "./timeline_helpers";

const NEWS = "contact_history.changed";

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

test("what was planned and pinned lies on top", async () => {
    const pinned = makeEntry({id: 2, subject: "Agreement", is_pinned: true});
    answerWith(
        makePage([makeEntry({id: 3}), pinned], {
            planned: [makeEntry({id: 1, key: "activity:1", kind: "activity"})],
            pinned: [pinned],
        })
    );

    await mountTimeline();

    expect(queryAllTexts(".o_contact_history_top h3")).toEqual(["Planned", "Pinned"]);
    expect("[data-part=pinned] .o_contact_history_title").toHaveText("Agreement");
    expect(".o_contact_history_entry").toHaveCount(4);
});

test("pinning asks the server and shows what it says", async () => {
    onRpc("contact.interaction", "action_pin", ({args}) => {
        expect.step(args[0]);
        return true;
    });
    answerWith(
        makePage([makeEntry({id: 5}), makeRedacted({id: 4})]),
        makePage([makeEntry({id: 5, is_pinned: true})], {
            pinned: [makeEntry({id: 5, is_pinned: true})],
        })
    );
    await mountTimeline();
    expect(".o_contact_history_pin").toHaveCount(1);

    await contains(".o_contact_history_pin").click();
    await animationFrame();

    expect.verifySteps([[5]]);
    expect("[data-part=pinned] .o_contact_history_entry").toHaveCount(1);
});

test("thread opens and closes behind its newest message", async () => {
    answerWith(
        makePage([
            makeEntry({id: 3, thread: "a"}),
            makeEntry({id: 2, thread: "a"}),
            makeEntry({id: 1, thread: "a", occurred_at: "2026-03-01 12:00:00"}),
        ])
    );
    await mountTimeline();
    expect(".o_contact_history_entry").toHaveCount(1);
    expect(".o_contact_history_earlier").toHaveText("Earlier messages: 2");
    expect(".o_contact_history_earlier").toHaveAttribute("aria-expanded", "false");

    await contains(".o_contact_history_earlier").click();
    expect(".o_contact_history_thread .o_contact_history_entry").toHaveCount(2);

    await contains(".o_contact_history_earlier").click();
    expect(".o_contact_history_entry").toHaveCount(1);
});

test("keys move the focus, open, pin and explain themselves", async () => {
    mockService("action", {
        doAction: (action) => expect.step([action.res_model, action.res_id]),
    });
    onRpc("contact.interaction", "action_unpin", ({args}) => {
        expect.step(args[0]);
        return true;
    });
    answerWith(
        makePage([
            makeEntry({id: 2, res_model: "res.partner", res_id: 9}),
            makeEntry({id: 1, is_pinned: true}),
        ])
    );
    await mountWithCleanup(MainComponentsContainer);
    await mountTimeline();

    await press("j");
    expect("[data-key='interaction:2']").toBeFocused();
    await press("Enter");
    expect.verifySteps([["res.partner", 9]]);

    await press("j");
    await press("j");
    expect("[data-key='interaction:1']").toBeFocused();
    await press("p");
    await animationFrame();
    expect.verifySteps([[1]]);

    await press("k");
    expect("[data-key='interaction:2']").toBeFocused();
    await press("?");
    await animationFrame();
    expect(".o_contact_history_keys dt").toHaveCount(9);
});

test("keys are letters where one types", async () => {
    answerWith(makePage([makeEntry()]));
    await mountTimeline();

    await press("/");
    expect(".o_contact_history_search").toBeFocused();
    await press("j");

    expect(".o_contact_history_search").toBeFocused();
});

test("news are shown without being asked for, and told", async () => {
    const questions = answerWith(
        makePage([makeEntry({id: 1})]),
        makePage([makeEntry({id: 2}), makeEntry({id: 1})])
    );
    await mountTimeline();
    await waitForChannels(["contact_history.partner_7"]);
    const arrived = new Deferred();
    getService("bus_service").subscribe(NEWS, () => arrived.resolve());

    MockServer.env["bus.bus"]._sendone("contact_history.partner_7", NEWS, {});
    await arrived;
    await runAllTimers();
    await waitFor("[data-key='interaction:2']", {timeout: 5000});

    expect(questions).toHaveLength(2);
    expect("[aria-live=polite]").toHaveText("New contacts: 1");
});

test("more filters list what there is, and are kept for next time", async () => {
    const questions = answerWith(makePage([makeEntry()]));
    onRpc("res.users.settings", "set_res_users_settings", ({kwargs}) => {
        expect.step(kwargs.new_settings.contact_history_filters.people);
        return {};
    });
    onRpc("res.partner", "contact_history_options", () => ({
        branches: [{id: 1, name: "North"}],
        people: [
            {id: 2, name: "Anna"},
            {id: 3, name: "Ben"},
        ],
        kinds: [],
    }));
    await mountTimeline();

    await contains(".o_contact_history_more_filter").click();
    await waitFor("[data-filter=people]");
    expect("[data-filter=branches]").toHaveCount(0);
    await contains("[data-filter=people][data-value='3']").click();
    await contains("[data-flag=system]").click();

    expect(questions.at(-1).filters).toEqual({
        channels: [],
        directions: [],
        people: [3],
        system: true,
    });
    expect(".o_contact_history_more_filter .badge").toHaveText("2");
    await runAllTimers();
    expect.verifySteps([[3]]);
});

test("one can jump to a day, go on both ways and come back", async () => {
    mockDate("2026-03-11 10:00:00", 0);
    const questions = answerWith(
        makePage([makeEntry({id: 9})]),
        makePage([makeEntry({id: 3, occurred_at: "2026-03-04 12:00:00"})], {
            previous_cursor: "up",
        }),
        makePage([makeEntry({id: 4, occurred_at: "2026-03-05 12:00:00"})]),
        makePage([makeEntry({id: 9})])
    );
    await mountTimeline();

    await contains(".o_contact_history_jump input").click();
    await contains(getPickerCell("4")).click();
    await animationFrame();
    expect(questions[1].start).toBe("2026-03-05 00:00:00");
    expect("[data-key='interaction:3']").toHaveCount(1);

    await contains(".o_contact_history_newer").click();
    expect(questions[2].cursor).toBe("up");
    expect(queryAllTexts(".o_contact_history_day")).toEqual([
        "Thursday, March 5",
        "Wednesday, March 4",
    ]);

    await contains(".o_contact_history_latest button").click();
    expect(questions[3].start).toBe(undefined);
    expect(".o_contact_history_newer").toHaveCount(0);
});

test("full screen opens the page of its own", async () => {
    mockService("action", {
        doAction: (action, {additionalContext}) =>
            expect.step([action, additionalContext.active_id]),
    });
    answerWith(makePage());
    await mountTimeline();

    await contains(".o_contact_history_full_screen").click();

    expect.verifySteps([["contact_history.contact_history_timeline_action", 7]]);
});

test("page of its own shows the customer it was opened for", async () => {
    const questions = answerWith(makePage([makeEntry()]));
    const pyEnv = await startServer();
    const id = pyEnv["res.partner"].create({name: "Mill GmbH"});
    await mountWithCleanup(WebClient);

    await getService("action").doAction({
        type: "ir.actions.client",
        tag: "contact_history.timeline",
        context: {active_id: id},
    });
    await waitFor(".o_contact_history_entry");

    expect(questions[0].ids).toEqual([id]);
    expect(".o_contact_history_customer").toHaveText("Mill GmbH");
    expect(".o_contact_history_full_screen").toHaveCount(0);
    expect(".o_breadcrumb").toHaveText(/Contact history of Mill GmbH/);
});
