import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {beforeEach, expect, test} from "@odoo/hoot";
import {click} from "@odoo/hoot-dom";
import {animationFrame} from "@odoo/hoot-mock";
import {
    getService,
    makeServerError,
    mockService,
    mountWithCleanup,
    onRpc,
    patchWithCleanup,
    serverState,
} from "@web/../tests/web_test_helpers";
import {browser} from "@web/core/browser/browser";
import {user} from "@web/core/user";
import {WebClient} from "@web/webclient/webclient";

import {makeFigures} from "./dashboard_helpers";

defineMailModels();

const SCREEN = ".o_contact_history_dashboard";
const PLACE = () => `contact_history.dashboard.${serverState.userId}`;

beforeEach(() => browser.localStorage.removeItem(PLACE()));

async function openDashboard(answer = (choice) => makeFigures({choice})) {
    onRpc("contact.dashboard", "read_figures", ({args: [choice]}) => {
        expect.step(`read ${choice.period} ${choice.company_ids}`.trim());
        return answer(choice);
    });
    await mountWithCleanup(WebClient);
    await getService("action").doAction({
        type: "ir.actions.client",
        tag: "contact_history.dashboard",
    });
    await animationFrame();
    await animationFrame();
}

test("lights, heat and shifts say in words what their colours say", async () => {
    await openDashboard();

    expect(`${SCREEN} .o_contact_history_light[aria-label='Late: 1']`).toHaveCount(1);
    expect(`${SCREEN} .o_contact_history_light[aria-label='Ok: 2']`).toHaveCount(1);
    expect(
        `${SCREEN} .o_contact_history_heat_4 button[aria-label='Monday, 9:00: 4 questions']`
    ).toHaveText("4");
    expect(`${SCREEN} .o_contact_history_headline`).toHaveText(/Chat \+25/);
    expect(`${SCREEN} .o_contact_history_points[data-tone=up]`).toHaveText("+25");
    expect.verifySteps(["read month"]);
});

test("period and branch are chosen and remembered", async () => {
    await openDashboard();
    await click(`${SCREEN} button[data-period=week]`);
    await animationFrame();
    await click(`${SCREEN} .o_contact_history_branches`);
    await animationFrame();
    await click(".o-dropdown-item:contains(South)");
    await animationFrame();

    expect.verifySteps(["read month", "read week", "read week 2"]);
    expect(`${SCREEN} button[aria-pressed=true][data-period=week]`).toHaveCount(1);
    const stored = JSON.parse(browser.localStorage.getItem(PLACE()));
    expect(stored.period).toBe("week");
    expect(stored.company_ids).toEqual([2]);
});

test("customers who moved are asked for when their row is pressed", async () => {
    mockService("action", {
        doAction(action) {
            expect.step(`open ${action.res_model || action.tag}`);
            return action.tag ? super.doAction(action) : undefined;
        },
    });
    onRpc("contact.dashboard", "read_movers", ({args: [, source, target]}) => {
        expect.step(`movers ${source} ${target}`);
        return {type: "ir.actions.act_window", res_model: "res.partner"};
    });
    await openDashboard();
    await click(`${SCREEN} [data-code=moves] button`);
    await animationFrame();
    await click(`${SCREEN} .o_contact_history_tile button`);
    await animationFrame();

    expect.verifySteps([
        "open contact_history.dashboard",
        "read month",
        "movers call chat",
        "open res.partner",
        "open contact.interaction",
    ]);
});

test("a picture has its numbers as a table", async () => {
    await openDashboard();

    expect(`${SCREEN} [data-code=times] tbody tr`).toHaveCount(2);
    expect(`${SCREEN} [data-code=times] canvas`).toHaveCount(1);
    expect.verifySteps(["read month"]);
});

test("who has no access is told so", async () => {
    await openDashboard(() => {
        throw makeServerError({type: "AccessError", message: "Not for you."});
    });

    expect(`${SCREEN} .alert-warning`).toHaveText("Not for you.");
    expect.verifySteps(["read month"]);
});

test("nothing to show says so, and the filters stay", async () => {
    await openDashboard((choice) => makeFigures({choice, is_empty: true}));

    expect(`${SCREEN} .o_view_nocontent_smiling_face`).toHaveCount(1);
    expect(`${SCREEN} button[data-period]`).toHaveCount(2);
    expect.verifySteps(["read month"]);
});

test("nothing to show says when branches are switched off", async () => {
    serverState.companies = [1, 2].map((id) => ({
        id,
        name: `Branch ${id}`,
        sequence: id,
        parent_id: false,
        child_ids: [],
    }));
    patchWithCleanup(user, {
        activateCompanies: (ids) => expect.step(`on: ${ids}`),
    });
    await openDashboard((choice) => makeFigures({choice, is_empty: true}));
    await click(`${SCREEN} .o_contact_history_branches_off button`);

    expect.verifySteps(["read month", "on: 1,2"]);
});
