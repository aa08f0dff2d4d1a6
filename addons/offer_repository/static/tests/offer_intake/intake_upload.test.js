import {Deferred, tick} from "@odoo/hoot-mock";
import {beforeEach, expect, test} from "@odoo/hoot";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {makeMockEnv} from "@web/../tests/web_test_helpers";
import {IntakeUpload} from "@offer_repository/offer_intake/intake_upload_service";

function makeUpload(send) {
    const told = [];
    const opened = [];
    const upload = new IntakeUpload({
        send,
        tell: (message, {title, type}) =>
            told.push([type, title || "", String(message)]),
        open: (items) => opened.push(items.map((item) => item.id)),
        company: () => 7,
    });
    return {upload, told, opened};
}

defineMailModels();
// the texts need translations, and these come with an environment
beforeEach(() => makeMockEnv());

test("files are sent one after the other, and the first one is opened", async () => {
    const waiting = [];
    const {upload, told, opened} = makeUpload((file, company) => {
        const answer = new Deferred();
        waiting.push([file.name, company, answer]);
        return answer;
    });

    const done = upload.add([{name: "a.pdf"}, {name: "b.pdf"}]);
    upload.add([{name: "c.pdf"}]);
    await tick();
    expect(waiting.length).toBe(1);
    expect(upload.state).toEqual({done: 0, total: 3, name: "a.pdf"});

    for (const id of [1, 2, 3]) {
        waiting[id - 1][2].resolve({items: [{id, name: `${id}.pdf`}], refused: []});
        await tick();
        await tick();
    }
    await done;
    await tick();

    expect(waiting.map(([name, company]) => `${name} ${company}`)).toEqual([
        "a.pdf 7",
        "b.pdf 7",
        "c.pdf 7",
    ]);
    expect(told).toEqual([["success", "", "3 documents are ready to be sorted."]]);
    expect(opened).toEqual([[1, 2, 3]]);
    expect(upload.state.total).toBe(0);
});

test("what is refused is told by name, and the rest goes on", async () => {
    const {upload, told, opened} = makeUpload((file) =>
        Promise.resolve(
            file.name === "a.pdf"
                ? {items: [], refused: [{name: "a.pdf", message: "Empty."}]}
                : {items: [{id: 5, name: "b.pdf"}], refused: []}
        )
    );

    await upload.add([{name: "a.pdf"}, {name: "b.pdf"}]);

    expect(told).toEqual([
        ["danger", "a.pdf", "Empty."],
        ["success", "", "“b.pdf” is ready to be sorted."],
    ]);
    expect(opened).toEqual([[5]]);
});

test("a lost connection loses no other file, and opens nothing", async () => {
    const {upload, told, opened} = makeUpload(() => Promise.reject(new Error("gone")));

    await upload.add([{name: "a.pdf"}]);

    expect(told[0][1]).toBe("a.pdf");
    expect(told[0][2]).toInclude("could not be sent");
    expect(opened).toEqual([]);
    expect(upload.state.total).toBe(0);
});
