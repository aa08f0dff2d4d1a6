import {expect, test} from "@odoo/hoot";
import {animationFrame} from "@odoo/hoot-mock";
import {click, drag, press, queryAllTexts, queryFirst} from "@odoo/hoot-dom";
import {getService, mountWithCleanup, onRpc} from "@web/../tests/web_test_helpers";
import {WebClient} from "@web/webclient/webclient";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";

import {makeComparison} from "./comparison_helpers";

defineMailModels();

const TITLES = ".o_offer_repository_comparison_head .btn-link";

async function openComparison(answer = () => makeComparison(), ids = [1, 2, 3]) {
    onRpc("offer.comparison", "read_comparison", answer);
    onRpc("offer.comparison", "find_candidates", () => [
        {id: 4, title: "S00004, version 1", note: "Gdańsk"},
    ]);
    await mountWithCleanup(WebClient);
    await getService("action").doAction({
        type: "ir.actions.client",
        tag: "offer_repository.comparison",
        params: {revision_ids: ids},
    });
    await animationFrame();
}

function order() {
    return queryAllTexts(TITLES).map((title) => title[5]);
}

test("offers stand side by side, differences with sign and per cent", async () => {
    await openComparison();

    expect(order()).toEqual(["1", "2", "3"]);
    expect(".o_offer_repository_comparison_less").toHaveCount(1);
    expect(".o_offer_repository_comparison_difference").toHaveText(/▼\s*−10 %/);
    expect(".o_offer_repository_comparison_head .badge").toHaveCount(1);
    expect("tr[data-row='only second'] td:contains(–)").toHaveCount(2);
});

test("columns are swapped by keyboard and the grip keeps the focus", async () => {
    await openComparison();

    queryFirst("[data-column='1'] .o_offer_repository_comparison_grip").focus();
    await press("ArrowRight");
    await animationFrame();
    await animationFrame();

    expect(order()).toEqual(["2", "1", "3"]);
    expect("[data-column='1'] .o_offer_repository_comparison_grip").toBeFocused();
});

test("columns are swapped by dragging", async () => {
    await openComparison();

    const {drop} = await drag("[data-column='3']");
    await drop("[data-column='1']");
    await animationFrame();

    expect(order()).toEqual(["3", "1", "2"]);
});

test("base is pinned, equal rows hidden, columns hidden and shown again", async () => {
    await openComparison();

    await click("[data-column='2'] .o_offer_repository_comparison_pin");
    await animationFrame();
    expect(".o_offer_repository_comparison_more").toHaveCount(2);

    await click(".o_offer_repository_comparison_equal");
    await animationFrame();
    expect("tr[data-row=equal]").toHaveCount(0);
    expect(".o_offer_repository_comparison_equal").toHaveAttribute(
        "aria-pressed",
        "true"
    );

    await click("[data-column='3'] .o_offer_repository_comparison_hide");
    await animationFrame();
    expect(order()).toEqual(["1", "2"]);
    await click(".o_offer_repository_comparison_show");
    await animationFrame();
    expect(order()).toEqual(["1", "2", "3"]);
});

test("export is offered to those who may", async () => {
    await openComparison(() => makeComparison({can_export: false}));

    expect(".o_offer_repository_comparison_export").toHaveCount(0);
    expect(".o_offer_repository_comparison_print").toHaveCount(1);
});

test("address that was reloaded or sent brings back the same offers", async () => {
    const asked = [];
    onRpc("offer.comparison", "read_comparison", ({args}) => {
        asked.push(args[0]);
        return makeComparison();
    });
    await mountWithCleanup(WebClient);
    await getService("action").doAction({
        type: "ir.actions.client",
        tag: "offer_repository.comparison",
        params: {action: "offer-comparison", revisions: "3,1,2,x,-1"},
    });

    expect(asked).toEqual([[3, 1, 2]]);
});

test("without offers the screen says how to get some", async () => {
    await openComparison(() => makeComparison(), []);

    expect(".o_offer_repository_comparison h2").toHaveText("Nothing to compare yet");
});

test("failure is told where the comparison would be", async () => {
    await openComparison(() => {
        throw new Error("no");
    });

    expect(".o_offer_repository_comparison .alert-danger").toHaveCount(1);
});
