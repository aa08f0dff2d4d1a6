import {expect, test} from "@odoo/hoot";
import {click} from "@odoo/hoot-dom";
import {animationFrame} from "@odoo/hoot-mock";
import {
    contains,
    defineModels,
    fields,
    models,
    mountView,
    patchWithCleanup,
    onRpc,
} from "@web/../tests/web_test_helpers";
import {download} from "@web/core/network/download";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";

import {downloadAction} from "@offer_repository/offer_export/download_action";

class Offer extends models.Model {
    _name = "offer.offer";

    name = fields.Char();

    _records = [{id: 1, name: "S00001"}];
}

defineMailModels();
defineModels([Offer]);

async function mountOffers(mayExport) {
    onRpc("has_group", ({args}) =>
        args[1] === "base.group_allow_export" ? mayExport : true
    );
    await mountView({
        type: "list",
        resModel: "offer.offer",
        arch: /* xml */ `<list><field name="name"/></list>`,
        searchViewArch: /* xml */ `
            <search>
                <filter name="first" string="First ones" domain="[('id', '=', 1)]"/>
            </search>`,
        context: {search_default_first: 1},
        loadActionMenus: true,
    });
}

test("all that a list shows is asked for, with the filter in words", async () => {
    const asked = [];
    patchWithCleanup(download, {
        _download: (options) => {
            asked.push([options.url, JSON.parse(options.data.request_json)]);
            return Promise.resolve();
        },
    });
    await mountOffers(true);

    await contains(".o_cp_action_menus .fa-cog").click();
    await click(".o_offer_repository_export");
    await animationFrame();

    expect(asked).toEqual([
        [
            "/offer_repository/export",
            {kind: "offers", domain: [["id", "=", 1]], about: "First ones"},
        ],
    ]);
});

test("who may not export is not offered to", async () => {
    await mountOffers(false);

    await contains(".o_cp_action_menus .fa-cog").click();

    expect(".o_offer_repository_export").toHaveCount(0);
});

test("a file is fetched with the screen blocked, and freed after a failure", async () => {
    const steps = [];
    patchWithCleanup(download, {_download: () => Promise.reject(new Error("no"))});
    const ui = {block: () => steps.push("block"), unblock: () => steps.push("free")};
    const action = {params: {route: "/offer_repository/export", request: {kind: "x"}}};

    await expect(downloadAction({services: {ui}}, action)).rejects.toThrow();

    expect(steps).toEqual(["block", "free"]);
});
