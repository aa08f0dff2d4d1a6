import {describe, expect, test} from "@odoo/hoot";
import {describeCaller} from "@contact_history/phone/incoming_call_service";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {makeMockEnv} from "@web/../tests/web_test_helpers";

describe.current.tags("headless");
defineMailModels();

function makeCaller(values) {
    return {
        number: "+48221234567",
        partner_id: false,
        partner_name: "",
        candidates: [],
        ...values,
    };
}

test("card says who is calling, as far as one knows", async () => {
    await makeMockEnv();
    const cases = [
        [{partner_id: 7, partner_name: "Mary Mill"}, "Mary Mill (+48221234567)"],
        [{candidates: ["Mary", "Max"]}, "+48221234567, maybe Mary, Max"],
        [{}, "+48221234567"],
        [{number: ""}, "Number withheld"],
    ];
    for (const [values, expected] of cases) {
        expect(String(describeCaller(makeCaller(values)))).toBe(expected);
    }
});
