import {describe, expect, test} from "@odoo/hoot";
import {queryAllAttributes, queryAllTexts} from "@odoo/hoot-dom";
import {animationFrame, Deferred, mockDate} from "@odoo/hoot-mock";
import {TimelineHeader} from "@contact_history/timeline/timeline_header";
import {HeaderModel} from "@contact_history/timeline/timeline_header_model";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {
    contains,
    mockService,
    mountWithCleanup,
    onRpc,
} from "@web/../tests/web_test_helpers";
import {makeChart, makeHeader} from "./timeline_helpers";

describe.current.tags("desktop");
defineMailModels();

async function mountHeader(header, chart = makeChart()) {
    mockDate("2026-03-10 12:00:00", 0);
    onRpc("res.partner", "contact_history_header", () => header);
    onRpc("res.partner", "contact_history_chart", () => chart);
    await mountWithCleanup(TimelineHeader, {props: {partnerId: 7, version: 0}});
    await animationFrame();
}

test("header tells who waits and for how long", async () => {
    await mountHeader(
        makeHeader({
            waiting: {
                since: "2026-03-10 10:00:00",
                due_at: "2026-03-10 11:00:00",
                light: "red",
                channel: "email",
                user: "Anna North",
                count: 2,
            },
        })
    );

    expect(".o_contact_history_waiting").toHaveAttribute("data-light", "red");
    expect(".o_contact_history_waiting").toHaveText(/Waiting for us: 2 h/);
    expect(".o_contact_history_waiting").toHaveText(/E-mail.*Anna North.*late/s);
});

test("header tells the habits and how sure they are", async () => {
    await mountHeader(
        makeHeader({
            last: {
                incoming: {at: "2026-03-09 12:00:00", channel: "call", user: null},
                outgoing: {at: "2026-03-07 12:00:00", channel: "email", user: "Anna"},
            },
            usual: {minutes: 90, count: 4},
            preferred: {channel: "call", count: 9, total: 10, sureness: "high"},
            planned: {date: "2026-03-12", summary: "Call back", user: "Anna"},
        })
    );

    expect(queryAllTexts("dt")).toEqual([
        "Last from the customer",
        "Last from us",
        "Usually answered within",
        "Prefers",
        "Next planned",
    ]);
    expect(queryAllTexts("dd")).toEqual([
        "1 day ago\nCall",
        "3 days ago\nE-mail, Anna",
        "1.5 h\nMedian of 4, working time",
        "Call\nquite sure: 9 of 10 contacts",
        "March 12\nCall back, Anna",
    ]);
});

test("short and long times are told in their own measure", async () => {
    const waiting = {due_at: null, light: null, channel: "call", user: null, count: 1};
    await mountHeader(
        makeHeader({
            waiting: {...waiting, since: "2026-03-07 12:00:00"},
            usual: {minutes: 0, count: 1},
        })
    );

    expect(".o_contact_history_waiting").toHaveText(/Waiting for us: 3 days/);
    expect("[data-fact=usual]").toHaveText(/less than a minute/);
    expect(".o_contact_history_waiting .badge").toHaveCount(0);
});

test("customer without any contact has no header", async () => {
    await mountHeader(makeHeader());

    expect(".o_contact_history_header").toHaveCount(0);
});

test("header that cannot be read is not shown", async () => {
    const model = new HeaderModel(() => Promise.reject(new Error("network")));

    await model.load(7);

    expect(model.isShown).toBe(false);
});

test("late answer about another customer is dropped", async () => {
    const late = new Deferred();
    const planned = {date: "2026-03-12", summary: "New", user: "Anna"};
    const answers = [late, makeHeader({planned})];
    const model = new HeaderModel(() => answers.shift());
    const first = model.load(7);
    await model.load(8);

    late.resolve(makeHeader());
    await first;

    expect(model.header.planned).toEqual(planned);
});

test("header tells hours, who is responsible and what addons know", async () => {
    await mountHeader(
        makeHeader({
            hours: {start: 9, end: 12, count: 7, total: 9, sureness: "medium"},
            responsible: "Anna North",
            facts: [{code: "mood", label: "Satisfaction", value: "4.5", hint: "of 5"}],
        })
    );

    expect(queryAllTexts("dt")).toEqual([
        "Best reached",
        "Responsible",
        "Satisfaction",
    ]);
    expect(queryAllTexts("dd")).toEqual([
        "09:00 to 12:00\nlikely: 7 of 9 contacts",
        "Anna North",
        "4.5\nof 5",
    ]);
});

test("what must not be overlooked stands above the rest", async () => {
    await mountHeader(
        makeHeader({
            notices: [
                {
                    code: "no_calls",
                    text: "Wants no calls",
                    tone: "danger",
                    icon: "fa-ban",
                },
            ],
        })
    );

    expect("[data-notice=no_calls]").toHaveText("Wants no calls");
});

test("customer is called and written to from the header", async () => {
    const way = {partner_id: 7, barred: null};
    await mountHeader(
        makeHeader({
            ways: [
                {...way, channel: "call", address: "+48 22 1", href: "tel:+48221"},
                {...way, channel: "email", address: "a@b.pl", href: "mailto:a@b.pl"},
            ],
        })
    );
    mockService("action", {
        doAction: ({res_model, context}) =>
            expect.step([res_model, context.default_partner_ids]),
    });

    expect("a[data-channel=call]").toHaveAttribute("href", "tel:+48221");
    expect("a[data-channel=call]").toHaveText("Call\n+48 22 1");
    await contains("a[data-channel=email]").click();

    expect.verifySteps([["mail.compose.message", [7]]]);
});

test("way the customer refused is shown with the reason and leads nowhere", async () => {
    await mountHeader(
        makeHeader({
            ways: [
                {
                    channel: "call",
                    address: "+48 22 1",
                    href: "tel:+48221",
                    partner_id: 7,
                    barred: "refused",
                },
            ],
        })
    );

    expect("[data-channel=call]").toHaveText(/22 1 · the customer does not want this/);
    expect(".o_contact_history_ways a").toHaveCount(0);
});

test("chart stacks the channels month by month and names their numbers", async () => {
    await mountHeader(
        makeHeader({responsible: "Anna"}),
        makeChart({
            months: ["2026-02-01", "2026-03-01"],
            series: [
                {channel: "email", values: [1, 3]},
                {channel: "call", values: [0, 1]},
            ],
        })
    );

    expect(".o_contact_history_bars rect").toHaveCount(3);
    expect(queryAllAttributes(".o_contact_history_bars rect", "height")).toEqual([
        "10",
        "30",
        "10",
    ]);
    expect(queryAllTexts(".o_contact_history_months span")).toEqual(["Feb", "Mar"]);
    expect("figcaption").toHaveText(/E-mail\s*4\s*Call\s*1/);
});
