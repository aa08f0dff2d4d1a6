/* A signed-in browser page on the running demo, and the few gestures the scenes share. */
import {chromium} from "playwright-core";

export async function openBrowser() {
    return chromium.launch({
        executablePath: process.env.CHROMIUM,
        args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-sync"],
    });
}

export async function signIn(browser, {address, login, width, height}) {
    const context = await browser.newContext({
        viewport: {width, height},
        deviceScaleFactor: 1,
        timezoneId: "Europe/Warsaw",
    });
    const page = await context.newPage();
    await page.goto(`${address}/web/login`);
    await page.fill("input[name=login]", login);
    await page.fill("input[name=password]", login);
    await page.press("input[name=password]", "Enter");
    await page.waitForSelector(".o_main_navbar");
    return page;
}

/* Post to a JSON route as the user of the page. */
async function post(page, path, params) {
    return page.evaluate(
        async ([route, body]) => {
            const response = await fetch(route, {
                method: "POST",
                headers: {"Content-Type": "application/json"},
                body: JSON.stringify({jsonrpc: "2.0", method: "call", params: body}),
            });
            const answer = await response.json();
            if (answer.error) {
                throw new Error(answer.error.data?.message || answer.error.message);
            }
            return answer.result;
        },
        [path, params]
    );
}

export async function call(page, model, method, args = [], kwargs = {}) {
    const path = `/web/dataset/call_kw/${model}/${method}`;
    return post(page, path, {model, method, args, kwargs});
}

export async function findId(page, model, domain) {
    const ids = await call(page, model, "search", [domain], {limit: 1});
    if (!ids.length) {
        throw new Error(`The demo holds no ${model} with ${JSON.stringify(domain)}.`);
    }
    return ids[0];
}

export async function setLanguage(page, language) {
    const {uid} = await post(page, "/web/session/get_session_info", {});
    await call(page, "res.users", "write", [[uid], {lang: language}]);
}

/* Give the web client time to load and draw; it keeps a connection open for ever, so
   there is no idle network to wait for. */
export async function settle(page) {
    await page.waitForTimeout(500);
    await page.waitForSelector(".o_loading_indicator", {state: "detached"});
    await page.waitForTimeout(700);
}

/* Throw away what a scene typed: Odoo saves an open form when its page goes away. */
export async function discard(page) {
    for (const button of [".modal .o_form_button_cancel", ".o_form_button_cancel"]) {
        const found = page.locator(button).first();
        if (await found.isVisible()) {
            await found.click();
            await settle(page);
        }
    }
}
