/** A comparison as the server sends it, with only the values a test cares about. */

export function makeCell(values = {}) {
    return {exists: true, text: "100.00", notes: [], same: 0, against: {}, ...values};
}

export const MISSING = {exists: false, text: "", notes: [], same: 9, against: {}};

export function makeColumn(key, values = {}) {
    return {
        key,
        title: `S0000${key}, version 1`,
        notes: ["Meridian Kraków", "Ewa Test"],
        offer_id: Number(key),
        revision_id: Number(key),
        ...values,
    };
}

export function makeRow(key, cells, values = {}) {
    return {key, label: `Row ${key}`, note: "", is_strong: false, cells, ...values};
}

const LESS = {text: "−10 %", sign: -1};
const MORE = {text: "+11.1 %", sign: 1};

export function makeComparison(values = {}) {
    return {
        columns: [makeColumn("1"), makeColumn("2"), makeColumn("3")],
        groups: [
            {
                key: "lines-0",
                title: "Machines",
                rows: [
                    makeRow("differs", [
                        makeCell({against: {2: MORE}}),
                        makeCell({text: "90.00", same: 1, against: {1: LESS, 3: LESS}}),
                        makeCell({against: {2: MORE}}),
                    ]),
                    makeRow("equal", [makeCell(), makeCell(), makeCell()]),
                    makeRow("only second", [MISSING, makeCell(), MISSING]),
                ],
            },
            {key: "terms", title: "Terms", rows: []},
        ],
        currency: 1,
        currencies: [
            {id: 1, name: "USD"},
            {id: 2, name: "EUR"},
        ],
        can_export: true,
        ...values,
    };
}
