import {expect, test} from "@odoo/hoot";
import {queryAllTexts, select} from "@odoo/hoot-dom";
import {animationFrame} from "@odoo/hoot-mock";
import {
    contains,
    defineModels,
    fields,
    models,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";

import {makeDifference, makeVersion} from "./versions_helpers";

class Offer extends models.Model {
    _name = "offer.offer";

    name = fields.Char();

    _records = [{id: 1, name: "S00001"}];
}

defineMailModels();
defineModels([Offer]);

async function mountOffer(versions, difference = makeDifference()) {
    onRpc("offer.offer", "read_versions", () => versions);
    onRpc("offer.offer", "compare_revisions", ({args}) => {
        expect.step(args.slice(1).join("-"));
        return difference;
    });
    await mountView({
        type: "form",
        resModel: "offer.offer",
        resId: 1,
        arch: /* xml */ `
            <form>
                <field name="name"/>
                <widget name="offer_versions"/>
            </form>`,
    });
    await animationFrame();
}

test("versions stand in a line with what became of them", async () => {
    await mountOffer([
        makeVersion(1),
        makeVersion(2, {is_accepted: true}),
        makeVersion(3, {is_current: true}),
    ]);

    expect(queryAllTexts(".o_offer_repository_version .badge")).toEqual([
        "Superseded",
        "Accepted",
        "Current",
    ]);
    expect(".o_offer_repository_version_shown").toHaveCount(2);
    expect.verifySteps(["12-13"]);
});

test("changes are listed with both values and the difference", async () => {
    await mountOffer([makeVersion(1), makeVersion(2)]);

    expect(queryAllTexts(".o_offer_repository_change td")).toEqual([
        "Unit price",
        "$ 100",
        "$ 95",
        "-5 %",
    ]);
    expect(".o_offer_repository_line_removed").toHaveText(/Training/);
    expect(".o_offer_repository_versions").toHaveText(/Equal lines: 1/);
    expect.verifySteps(["11-12"]);
});

test("any two versions can be picked", async () => {
    await mountOffer([makeVersion(1), makeVersion(2), makeVersion(3)]);

    await contains("select[aria-label='Older revision']").focus();
    await select("11", {target: "select[aria-label='Older revision']"});
    await animationFrame();

    expect.verifySteps(["12-13", "11-13"]);
});

test("equal contents are said to be equal", async () => {
    const nothing = makeDifference({lines: [], totals: []});
    await mountOffer([makeVersion(1), makeVersion(2)], nothing);

    expect(".o_offer_repository_versions").toHaveText(/prices are the same/);
    expect.verifySteps(["11-12"]);
});
