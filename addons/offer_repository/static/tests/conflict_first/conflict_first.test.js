import {expect, test} from "@odoo/hoot";
import {queryAllAttributes} from "@odoo/hoot-dom";
import {animationFrame} from "@odoo/hoot-mock";
import {
    defineModels,
    fields,
    models,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";

class Conflict extends models.Model {
    _name = "offer.conflict";

    name = fields.Char();

    _records = [{id: 1, name: "OC/1"}];
}

defineMailModels();
defineModels([Conflict]);

async function mountCase(answer) {
    onRpc("offer.conflict", "first_data", answer);
    await mountView({
        type: "form",
        resModel: "offer.conflict",
        resId: 1,
        arch: /* xml */ `
            <form>
                <field name="name"/>
                <widget name="offer_conflict_first"/>
            </form>`,
    });
    await animationFrame();
}

test("each event says in words what it is", async () => {
    const offer = {code: "offer", label: "First offer", date: "2026-01-11"};
    const inquiry = {code: "inquiry", label: "First inquiry", date: "2026-01-01"};
    await mountCase(() => [
        {key: 1, branch: "Warszawa", events: [inquiry, offer]},
        {key: 2, branch: "Kraków", events: [offer]},
    ]);

    const labels = queryAllAttributes(".o_offer_repository_first_event", "aria-label");
    expect(labels).toEqual([
        "First inquiry: Jan 1, 2026",
        "First offer: Jan 11, 2026",
        "First offer: Jan 11, 2026",
    ]);
    expect(".o_offer_repository_first_event.text-bg-success").toHaveCount(1);
});

test("without anything to show there is nothing", async () => {
    await mountCase(() => []);

    expect(".o_offer_repository_first").toHaveCount(0);
});
