import {describe, expect, test} from "@odoo/hoot";
import {press} from "@odoo/hoot-dom";
import {animationFrame} from "@odoo/hoot-mock";
import {Component, xml} from "@odoo/owl";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {currentCustomerId} from "@contact_history/log/log_contact_service";
import {LogContactSystray} from "@contact_history/log/log_contact_systray";
import {
    contains,
    makeMockEnv,
    mockService,
    mountWithCleanup,
    onRpc,
} from "@web/../tests/web_test_helpers";

class Writing extends Component {
    static template = xml`<input class="o_writing" />`;
    static props = {};
}

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

test("keys work while one writes somewhere else", async () => {
    onRpc("has_group", () => true);
    mockService("dialog", {
        add: (component, props) => expect.step(`dialog ${props.resModel}`),
    });
    await mountWithCleanup(Writing);
    await contains(".o_writing").click();

    await press(["alt", "shift", "l"]);
    await animationFrame();

    expect.verifySteps(["dialog contact.interaction"]);
});

test("who has no access is told where to ask", async () => {
    await pressKeys(false);

    expect.verifySteps(["notification warning"]);
});

test("customer whose form is open is the one that is meant", () => {
    const form = {resModel: "res.partner", type: "form", resId: 7};

    expect(currentCustomerId({currentController: {props: form}})).toBe(7);
    expect(
        currentCustomerId({currentController: {props: form, currentState: {resId: 8}}})
    ).toBe(8);
    expect(
        currentCustomerId({
            currentController: {
                action: {tag: "contact_history.timeline", context: {active_id: 9}},
            },
        })
    ).toBe(9);
    expect(
        currentCustomerId({currentController: {props: {...form, type: "list"}}})
    ).toBe(false);
    expect(currentCustomerId({currentController: null})).toBe(false);
});

test("icon in the bar is there for those who may log", async () => {
    onRpc("has_group", () => true);
    mockService("contact_history.log_contact", {logContact: () => expect.step("log")});
    await mountWithCleanup(LogContactSystray);

    await contains(".o_contact_history_systray button").click();

    expect.verifySteps(["log"]);
});

test("icon in the bar is not there for others", async () => {
    onRpc("has_group", () => false);

    await mountWithCleanup(LogContactSystray);

    expect(".o_contact_history_systray").toHaveCount(0);
});
