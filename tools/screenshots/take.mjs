/* Takes the pictures of the documentation from the running demo.

   node take.mjs [--address URL] [--out DIR] [--lang en_US|pl_PL|el_GR] [--width N] [scene ...] */
import {mkdirSync} from "node:fs";
import {join} from "node:path";
import {parseArgs} from "node:util";
import {discard, openBrowser, setLanguage, settle, signIn} from "./session.mjs";
import {scenes} from "./scenes.mjs";

const {values, positionals} = parseArgs({
    allowPositionals: true,
    options: {
        address: {type: "string", default: "http://127.0.0.1:8069"},
        out: {type: "string", default: "docs/images"},
        lang: {type: "string", default: "en_US"},
        width: {type: "string", default: "1280"},
        height: {type: "string", default: "860"},
    },
});

const wanted = Object.entries(scenes).filter(([name, scene]) =>
    positionals.length ? positionals.includes(name) : scene.documented
);
if (!wanted.length) {
    console.error(`No such scene. There are: ${Object.keys(scenes).join(", ")}`);
    process.exit(2);
}
mkdirSync(values.out, {recursive: true});
const browser = await openBrowser();
let failed = 0;
for (const [name, scene] of wanted) {
    const page = await signIn(browser, {
        address: values.address,
        login: scene.login,
        width: Number(values.width),
        height: Number(values.height),
    });
    try {
        await setLanguage(page, values.lang);
        await scene.play(page, values.address);
        await settle(page);
        await page.screenshot({path: join(values.out, `${name}.png`)});
        console.log(`${name}.png`);
    } catch (error) {
        failed += 1;
        await page.screenshot({path: join(values.out, `${name}.failed.png`)});
        console.error(
            `${name}: ${error.message.split("\n")[0]} (see ${name}.failed.png)`
        );
    } finally {
        await discard(page);
        await setLanguage(page, "en_US").catch(() => {});
        await page.context().close();
    }
}
await browser.close();
process.exit(failed ? 1 : 0);
