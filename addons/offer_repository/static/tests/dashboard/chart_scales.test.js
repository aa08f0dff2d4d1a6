import {expect, test} from "@odoo/hoot";
import {patchWithCleanup} from "@web/../tests/web_test_helpers";
import {localization} from "@web/core/l10n/localization";

import {scalesOf} from "@offer_repository/dashboard/chart_scales";

test("axes write numbers as the reader does", () => {
    patchWithCleanup(localization, {thousandsSep: "\u00a0", grouping: [3, 0]});

    const {y} = scalesOf({labels: ["Nov"]});

    expect(y.ticks.callback(3000000)).toBe("3\u00a0000\u00a0000");
});

test("bars that lie have their names beside them, and long ones are cut", () => {
    const labels = ["Price", "Our own house / Two branches offered"];

    const {x, y} = scalesOf({labels, is_horizontal: true});

    expect(x.ticks.callback(5)).toBe("5");
    expect(y.ticks.callback(0, 0)).toBe("Price");
    expect(y.ticks.callback(1, 1)).toBe("Our own house / Two branc…");
});
