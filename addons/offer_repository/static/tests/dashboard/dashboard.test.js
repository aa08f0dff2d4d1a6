import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {expect, test} from "@odoo/hoot";
import {click, queryAllTexts} from "@odoo/hoot-dom";
import {animationFrame} from "@odoo/hoot-mock";
import {
    getService,
    makeServerError,
    mountWithCleanup,
    onRpc,
} from "@web/../tests/web_test_helpers";
import {WebClient} from "@web/webclient/webclient";

import {makeFigures} from "./dashboard_helpers";

defineMailModels();

const SCREEN = ".o_offer_repository_dashboard";

async function openDashboard(answer) {
    onRpc("offer.dashboard", "read_figures", ({args}) => {
        expect.step(`read ${args[0]}`);
        return answer();
    });
    await mountWithCleanup(WebClient);
    await getService("action").doAction({
        type: "ir.actions.client",
        tag: "offer_repository.dashboard",
    });
    await animationFrame();
    await animationFrame();
}

test("heat map says in numbers what its colours say", async () => {
    await openDashboard(() => makeFigures());

    expect(`${SCREEN} .o_offer_repository_heat_4 button`).toHaveCount(2);
    expect(queryAllTexts(`${SCREEN} .o_offer_repository_heat tbody button`)).toEqual([
        "3\n10,000 €",
        "3\n10,000 €",
    ]);
    expect(
        `${SCREEN} button[aria-label='Kraków against Warszawa: 3 conflicts, 10,000 € apart']`
    ).toHaveCount(1);
    expect.verifySteps(["read 6"]);
});

test("another period is asked for", async () => {
    await openDashboard(() => makeFigures());
    await click(`${SCREEN} button:contains(12 months)`);
    await animationFrame();

    expect.verifySteps(["read 6", "read 12"]);
    expect(`${SCREEN} button[aria-pressed=true]`).toHaveText("12 months");
});

test("who is no manager is told so", async () => {
    await openDashboard(() => {
        throw makeServerError({type: "AccessError", message: "Managers only."});
    });

    expect(`${SCREEN} .alert-warning`).toHaveText("Managers only.");
    expect.verifySteps(["read 6"]);
});

test("nothing to show says so", async () => {
    await openDashboard(() => makeFigures({is_empty: true}));

    expect(`${SCREEN} .o_view_nocontent_smiling_face`).toHaveCount(1);
    expect(`${SCREEN} .o_offer_repository_tile`).toHaveCount(0);
    expect.verifySteps(["read 6"]);
});
