import {expect, test} from "@odoo/hoot";
import {animationFrame} from "@odoo/hoot-mock";
import {click, edit, press, queryAllTexts} from "@odoo/hoot-dom";
import {
    getService,
    mockService,
    mountWithCleanup,
    onRpc,
} from "@web/../tests/web_test_helpers";
import {WebClient} from "@web/webclient/webclient";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";

import {MatchRecords} from "@offer_repository/match_review/match_records";

import {makePair, makeSide} from "./match_review_helpers";

defineMailModels();

async function openReview(pairs) {
    const asked = [];
    onRpc("offer.partner.match", "*", ({method, args}) => {
        if (method === "review_queue") {
            const ids = pairs.map((pair) => pair.id);
            return {match_ids: ids, total: ids.length, start: 0};
        }
        if (method === "review_data") {
            return pairs.find((pair) => pair.id === args[0][0]);
        }
        asked.push([method, ...args]);
        return true;
    });
    await mountWithCleanup(WebClient);
    await getService("action").doAction({
        type: "ir.actions.client",
        tag: "offer_repository.match_review",
    });
    await animationFrame();
    return asked;
}

test("values that differ are marked, reasons add up", async () => {
    await openReview([makePair()]);

    expect("tr.o_offer_repository_fields_same").toHaveCount(1);
    expect("tr.o_offer_repository_fields_differs[data-field=city]").toHaveCount(1);
    expect(queryAllTexts(".o_offer_repository_evidence td.text-end")).toEqual([
        "+14.0",
        "−2.0",
        "−4.0",
        "+8.0",
    ]);
    expect(queryAllTexts(".o_offer_repository_evidence td.w-50")).toEqual([
        "5260001246",
        "",
    ]);
    expect(".o_offer_repository_review_progress").toHaveText("1 of 1");
});

test("keys decide, but not while a reason is being typed", async () => {
    const asked = await openReview([makePair(), makePair({id: 11})]);
    await press("r");
    await edit("sold");
    await animationFrame();
    expect(asked).toEqual([]);
    await press("Enter");
    await press("g");
    await animationFrame();
    await animationFrame();

    expect(asked).toEqual([["judge", [10], "same_group", "sold"]]);
    expect(".o_offer_repository_review_progress").toHaveText("2 of 2");
    await press("u");
    await animationFrame();
    await animationFrame();
    expect(asked.at(-1)).toEqual(["undo", [10]]);
    expect(".o_offer_repository_review_progress").toHaveText("1 of 2");
});

test("what was decided is shown, with who and why", async () => {
    await openReview([
        makePair({
            judgement: "different",
            judgement_label: "Different customers",
            judged_by: "Ewa",
            reason: "Two plants",
            log: [
                {
                    id: 1,
                    date: "2026-11-12 10:00:00",
                    user: "Ewa",
                    event: "Decided",
                    judgement: "Different customers",
                    reason: "Two plants",
                },
            ],
        }),
    ]);

    expect(".o_offer_repository_review_standing").toHaveText(
        /Different customers, decided by Ewa.*Two plants/
    );
    expect("details li").toHaveCount(1);
});

test("offers and contacts open what they are about", async () => {
    mockService("action", {doAction: (action) => expect.step(action.res_model)});
    const offer = {
        id: 5,
        name: "S00005",
        state_label: "Sent",
        branch: "Kraków",
        date: "2026-11-12 10:00:00",
        amount: 100,
        currency_id: 1,
    };
    const data = makePair({sides: [makeSide({offers: [offer]}), makeSide({id: 2})]});
    await mountWithCleanup(MatchRecords, {props: {data}});
    await click("button:contains(S00005)");
    await animationFrame();

    expect.verifySteps(["offer.offer"]);
});

test("merging is offered where it makes sense, and why not elsewhere", async () => {
    await openReview([makePair({merge: {is_possible: false, reason: "Two branches"}})]);
    expect("button[name=merge]").toHaveCount(1);
    expect("button[name=merge]").not.toBeEnabled();
    // In words, for a finger or a screen reader meets no title.
    expect(".o_offer_repository_review_no_merge").toHaveText("Merge: Two branches");
});

test("nothing to review is told", async () => {
    await openReview([]);

    expect(".o_offer_repository_review").toHaveText(/No customer waits/);
});
