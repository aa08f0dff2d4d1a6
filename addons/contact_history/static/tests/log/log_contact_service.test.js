import {describe, expect, test} from "@odoo/hoot";
import {press} from "@odoo/hoot-dom";
import {animationFrame} from "@odoo/hoot-mock";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {makeMockEnv, mockService, onRpc} from "@web/../tests/web_test_helpers";

describe.current.tags("desktop");
defineMailModels();

async function pressKeys(hasAccess) {
    onRpc("has_group", () => hasAccess);
    mockService("dialog", {
        add: (component, props) => expect.step(`dialog ${props.resModel}`),
    });
    mockService("notification", {
        add: (message, {type}) => expect.step(`notification ${type}`),
    });
    await makeMockEnv();
    await press(["alt", "shift", "l"]);
    await animationFrame();
}

test("keys open the form for a new contact", async () => {
    await pressKeys(true);

    expect.verifySteps(["dialog contact.interaction"]);
});

test("who has no access is told where to ask", async () => {
    await pressKeys(false);

    expect.verifySteps(["notification warning"]);
});
