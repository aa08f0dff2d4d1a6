import {describe, expect, test} from "@odoo/hoot";
import {click, queryAllTexts, waitFor} from "@odoo/hoot-dom";
import {animationFrame, mockTimeZone} from "@odoo/hoot-mock";
import {TimelineEntry} from "@contact_history/timeline/timeline_entry";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {defineParams, mountWithCleanup} from "@web/../tests/web_test_helpers";
import {MainComponentsContainer} from "@web/core/main_components_container";
import {makeEntry, makeRedacted} from "./timeline_helpers";

describe.current.tags("desktop");
defineMailModels();

async function mountEntry(entry, props = {}) {
    await mountWithCleanup(TimelineEntry, {
        props: {entry, onOpenDocument: () => {}, ...props},
    });
}

test("entry tells who wrote to whom, when and what about", async () => {
    mockTimeZone(+1);
    defineParams({lang_parameters: {time_format: "%H:%M:%S"}});

    await mountEntry(makeEntry());

    expect(".o_contact_history_title").toHaveText("Price list");
    expect(queryAllTexts(".o_contact_history_sides span")).toEqual([
        "Mary Mill",
        "Anna North",
    ]);
    expect("time").toHaveText("13:00");
    expect(".o_contact_history_preview").toHaveText("Please send it.");
    expect(".o_contact_history_badge .fa-envelope-o").toHaveCount(1);
    expect(".o_contact_history_direction[data-direction=incoming]").toHaveCount(1);
    expect(".o_contact_history_why").toHaveCount(0);
});

test("outgoing contact starts at our side", async () => {
    await mountEntry(makeEntry({direction: "outgoing"}));

    expect(queryAllTexts(".o_contact_history_sides span")).toEqual([
        "Anna North",
        "Mary Mill",
    ]);
});

test("time follows the reader's format", async () => {
    mockTimeZone(-5);
    defineParams({lang_parameters: {time_format: "%I:%M:%S %p"}});

    await mountEntry(makeEntry({occurred_at: "2026-03-10 20:05:00"}));

    expect("time").toHaveText("03:05 PM");
});

test("entry without subject is named by its channel", async () => {
    await mountEntry(makeEntry({subject: null, channel: "call"}));

    expect(".o_contact_history_title").toHaveText("Call");
});

test("duration, state, label and doubt are shown", async () => {
    await mountEntry(
        makeEntry({
            channel: "call",
            state: "missed",
            duration: 180,
            label: "Confidential",
            certainty: "maybe",
        })
    );

    expect(".o_contact_history_duration").toHaveText("3 minutes");
    expect(".o_contact_history_state").toHaveText("Missed");
    expect(queryAllTexts(".badge")).toEqual([
        "Missed",
        "Confidential",
        "Sender not certain",
    ]);
});

test("branch is named where there are several", async () => {
    await mountEntry(makeEntry(), {showBranch: true});

    expect(".o_contact_history_branch").toHaveText("North");
});

test("redacted entry tells branch and person, and why there is no more", async () => {
    await mountWithCleanup(MainComponentsContainer);
    await mountEntry(makeRedacted());

    expect(".o_contact_history_redacted").toHaveCount(1);
    expect(".o_contact_history_title").toHaveText("E-mail");
    expect(queryAllTexts(".o_contact_history_sides span")).toEqual([
        "Customer",
        "Marta South",
    ]);
    expect(".o_contact_history_branch").toHaveText("South");

    await click(".o_contact_history_why");
    await waitFor(".o_contact_history_reason");
    expect(".o_contact_history_reason").toHaveText("This contact belongs to South.");
});

test("entry of which only existence is known names nobody", async () => {
    await mountEntry(
        makeRedacted({
            level: "existence",
            channel: null,
            direction: null,
            user_name: null,
        })
    );

    expect(".o_contact_history_title").toHaveText("Contact");
    expect(".o_contact_history_sides").toHaveCount(0);
    expect(".o_contact_history_direction").toHaveCount(0);
    expect(".o_contact_history_branch").toHaveText("South");
});

test("planned activity has a day, no time and no direction", async () => {
    await mountEntry(
        makeEntry({
            kind: "activity",
            channel: null,
            direction: null,
            state: "planned",
            date_only: true,
            subject: "Ask again",
        })
    );

    expect(".o_contact_history_badge .fa-clock-o").toHaveCount(1);
    expect(".o_contact_history_state").toHaveText("Planned");
    expect("time").toHaveCount(0);
    expect(".o_contact_history_sides .oi-arrow-right").toHaveCount(0);
});

test("entry of an unknown kind and channel is shown all the same", async () => {
    await mountEntry(makeEntry({kind: "new", channel: "new", subject: null}));

    expect(".o_contact_history_title").toHaveText("Contact");
    expect(".fa-circle-o").toHaveCount(1);
});

test("document is opened through the frame", async () => {
    const entry = makeEntry({res_model: "res.partner", res_id: 3});
    await mountEntry(entry, {
        onOpenDocument: ({key}) => expect.step(`open ${key}`),
    });

    await click(".o_contact_history_open");

    expect.verifySteps(["open interaction:1"]);
});

test("files open in the viewer, others are downloaded", async () => {
    await mountWithCleanup(MainComponentsContainer);
    await mountEntry(
        makeEntry({
            attachments: [
                {id: 1, name: "plan.txt", mimetype: "text/plain"},
                {id: 2, name: "table.zip", mimetype: "application/zip"},
            ],
        })
    );

    expect(queryAllTexts(".o_contact_history_file")).toEqual(["plan.txt", "table.zip"]);
    expect("a.o_contact_history_file").toHaveAttribute(
        "href",
        /\/web\/content\/2.*download=true/
    );

    await click("button.o_contact_history_file");
    await animationFrame();
    expect(".o-FileViewer").toHaveCount(1);
});

test("screen readers hear what it is, which way, what about and when", async () => {
    mockTimeZone(0);
    defineParams({lang_parameters: {time_format: "%H:%M:%S"}});

    await mountEntry(makeEntry());

    expect("article").toHaveAttribute(
        "aria-label",
        "E-mail, Incoming, Price list, 12:00"
    );
});

test("away from its day an entry names the day", async () => {
    mockTimeZone(0);
    defineParams({lang_parameters: {time_format: "%H:%M:%S"}});

    await mountEntry(makeEntry(), {showDay: true});
    expect("time").toHaveText("Mar 10 12:00");
});

test("pin says what it does, and is there for those only who may", async () => {
    const onPin = (entry) => expect.step(entry.key);
    await mountEntry(makeEntry({is_pinned: true}), {onPin});
    expect(".o_contact_history_pin").toHaveAttribute("aria-pressed", "true");
    expect(".o_contact_history_pin").toHaveAttribute("aria-label", "Unpin");

    await click(".o_contact_history_pin");

    expect.verifySteps(["interaction:1"]);
});

test("contact of another branch cannot be pinned", async () => {
    await mountEntry(makeRedacted(), {onPin: () => {}});

    expect(".o_contact_history_pin").toHaveCount(0);
});
