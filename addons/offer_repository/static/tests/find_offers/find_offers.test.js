import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {expect, test} from "@odoo/hoot";
import {click, edit, press} from "@odoo/hoot-dom";
import {advanceTime, animationFrame} from "@odoo/hoot-mock";
import {FindElsewhere} from "@offer_repository/find_offers/find_elsewhere";
import {FindPreview} from "@offer_repository/find_offers/find_preview";
import {
    getService,
    mountWithCleanup,
    onRpc,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";
import {WebClient} from "@web/webclient/webclient";

import {makeAnswer, makePreview} from "./find_helpers";

defineMailModels();

const INPUT = ".o_offer_repository_find_input";
const RESULT = ".o_offer_repository_find_result";
const RESULTS = ".o_offer_repository_find_results";

async function openFind(answer = makeAnswer([1, 2])) {
    onRpc("offer.search", "find", ({args}) => {
        expect.step(`find ${args[0]}`);
        return answer;
    });
    onRpc("offer.search", "preview", ({args}) => makePreview({id: args[0]}));
    await mountWithCleanup(WebClient);
    await getService("action").doAction({
        type: "ir.actions.client",
        tag: "offer_repository.find_offers",
    });
    await animationFrame();
}

async function type(text) {
    await click(INPUT);
    await edit(text);
    await advanceTime(300);
    await animationFrame();
}

test("what is typed is searched once somebody pauses", async () => {
    await openFind();
    await type("lathe");

    expect.verifySteps(["find ", "find lathe"]);
    expect(INPUT).toHaveValue("lathe");
    expect(`${RESULT}:first mark:first`).toHaveText("ŁĄCZNIK");
    expect(`${RESULT}:first .o_offer_repository_find_snippet`).toHaveText(
        /Terms:\s*ex works/
    );
});

test("the keyboard looks and opens", async () => {
    await openFind();
    patchWithCleanup(getService("action"), {
        doAction: (action) => expect.step(`open ${action.res_id}`),
    });
    await click(INPUT);
    await press("ArrowDown");
    await animationFrame();
    await press("ArrowDown");
    await animationFrame();
    expect(".o_offer_repository_find_preview h2").toHaveText("S00001");
    expect(`${RESULT}.o_offer_repository_find_selected`).toHaveAttribute(
        "data-id",
        "2"
    );
    await press("Enter");
    await animationFrame();
    await press("Escape");
    await animationFrame();

    expect.verifySteps(["find ", "open 2"]);
    expect(".o_offer_repository_find_preview").toHaveCount(0);
});

test("nothing found tells what to try", async () => {
    await openFind(makeAnswer([]));
    expect(RESULTS).toHaveText(/No offer has left the house/);
    await type("x");
    expect(RESULTS).toHaveText(/No offer that you may see/);
    expect.verifySteps(["find ", "find x"]);
});

test("similar words and more than fit are told", async () => {
    await openFind(makeAnswer([1], {is_similar: true, is_capped: true, total: 1000}));
    expect(RESULTS).toHaveText(/these are similar/);
    expect(".o_offer_repository_find_total").toHaveText(/More than 1000/);
    expect.verifySteps(["find "]);
});

test("facets have counts and can be pressed", async () => {
    await openFind();
    await click(".o_offer_repository_find_facets button:contains(Lost)");
    await animationFrame();
    expect(".o_offer_repository_find_facets button:first").toHaveText(/Sent\s*2/);
    expect.verifySteps(["find ", "find "]);
});

test("a preview shows what it can and offers the rest to download", async () => {
    const documents = [
        {id: 9, name: "offer.docx", mimetype: "application/msword"},
        {id: 8, name: "photo.png", mimetype: "image/png"},
    ];
    const preview = makePreview({documents, is_foreign: true, more_lines: 3});
    await mountWithCleanup(FindPreview, {
        props: {preview, status: "ready", open: () => {}, close: () => {}},
    });

    expect("aside img").toHaveCount(1);
    expect("aside iframe").toHaveCount(0);
    expect("aside button i.fa-download").toHaveCount(1);
    expect("aside").toHaveText(/That you looked at it is noted/);
    expect("aside table").toHaveText(/and 3 more/);
});

test("a preview that loads says so", async () => {
    const props = {preview: null, status: "loading", open: () => {}, close: () => {}};
    await mountWithCleanup(FindPreview, {props});
    expect("aside").toHaveText(/Opening/);
});

test("a preview that fails says so", async () => {
    const props = {preview: null, status: "error", open: () => {}, close: () => {}};
    await mountWithCleanup(FindPreview, {props});
    expect("aside").toHaveText(/you may not read it/);
});

test.tags("desktop");
test("other branches: not asked, asking, none, the limit", async () => {
    const states = [
        [null, /Does another branch/],
        [{status: "loading", cards: [], message: ""}, /Asking/],
        [{status: "error", cards: [], message: ""}, /could not be asked/],
        [{status: "ready", cards: [], message: "Pause"}, /Pause/],
        [{status: "ready", cards: [], message: ""}, /No other branch/],
    ];
    for (const [answer, text] of states) {
        const props = {text: "ŁĄCZNIK", answer, ask: () => {}, openOffer: () => {}};
        await mountWithCleanup(FindElsewhere, {props});
        expect(".o_offer_repository_find_elsewhere:last").toHaveText(text);
    }
});
