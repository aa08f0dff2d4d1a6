import {expect, test} from "@odoo/hoot";
import {animationFrame} from "@odoo/hoot-mock";
import {queryAllTexts} from "@odoo/hoot-dom";
import {
    defineModels,
    fields,
    models,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";

import {makeComparison, makeSide} from "./conflict_compare_helpers";

class Conflict extends models.Model {
    _name = "offer.conflict";

    state = fields.Selection({
        selection: [
            ["open", "Open"],
            ["decided", "Decided"],
        ],
    });

    _records = [{id: 1, state: "open"}];
}

defineMailModels();
defineModels([Conflict]);

async function mountCase(answer) {
    onRpc("offer.conflict", "compare_data", answer);
    await mountView({
        type: "form",
        resModel: "offer.conflict",
        resId: 1,
        arch: /* xml */ `
            <form>
                <field name="state"/>
                <widget name="offer_conflict_compare"/>
            </form>`,
    });
    await animationFrame();
}

test("offers stand side by side with their prices marked", async () => {
    await mountCase(() => makeComparison());

    expect(queryAllTexts(".o_offer_repository_compare thead th .fs-5")).toEqual([
        "Warszawa",
        "Kraków",
    ]);
    expect(".o_offer_repository_compare_highest").toHaveCount(1);
    expect(".o_offer_repository_compare_lowest").toHaveText(/10 % below/);
    expect(".o_offer_repository_compare_spread").toHaveText(/10.* % *\) apart/);
});

test("things only one side offers are shown apart", async () => {
    await mountCase(() => makeComparison());

    expect(queryAllTexts(".o_offer_repository_compare_group")).toEqual([
        "In several offers",
        "In one offer only",
    ]);
});

test("branch in charge is marked", async () => {
    const sides = [makeSide({is_in_charge: true}), makeSide({key: 2})];
    await mountCase(() => makeComparison({sides}));

    expect(".o_offer_repository_compare_chosen").toHaveCount(1);
    expect(".o_offer_repository_compare_chosen").toHaveText(/Keeps the customer/);
});

test("failure is told where the comparison would be", async () => {
    await mountCase(() => {
        throw new Error("no");
    });

    expect(".o_offer_repository_compare .alert-danger").toHaveCount(1);
});

test("margins show only where the server tells them", async () => {
    await mountCase(() => makeComparison());
    expect(".o_offer_repository_compare_margin").toHaveCount(0);
});

test("margins stand below the prices and the total", async () => {
    await mountCase(() => {
        const data = makeComparison();
        data.rows[0].cells[0].margin_percent = 30;
        Object.assign(data.sides[0], {margin: 30, margin_percent: 30});
        return data;
    });

    expect("tbody .o_offer_repository_compare_margin").toHaveText("margin 30 %");
    expect("tfoot .o_offer_repository_compare_margin").toHaveText(
        /margin .*30.* \(30 %\)/
    );
});
