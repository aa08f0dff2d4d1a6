export function makeSide(values = {}) {
    return {
        id: 1,
        name: "ŁĄCZNIK",
        branch: "",
        is_active: true,
        is_readable: true,
        offers: [],
        contacts: [],
        ...values,
    };
}

/** A pair as the server sends it, with only the values a test cares about. */
export function makePair(values = {}) {
    return {
        id: 10,
        verdict: "certain",
        verdict_label: "Same customer",
        score: 0.98,
        points: 8,
        base: -4,
        evidence: [
            {
                code: "vat_equal",
                points: 14,
                left: "5260001246",
                right: "5260001246",
                text: "Same tax number",
            },
            {
                code: "city_differs",
                points: -2,
                left: "warszawa",
                right: "krakow",
                text: "Another city",
            },
        ],
        judgement: "pending",
        judgement_label: "To review",
        judged_by: "",
        judged_at: false,
        reason: "",
        fields: [
            {name: "vat", label: "Tax ID", values: ["526", "5-2-6"], mark: "same"},
            {name: "city", label: "City", values: ["W", "K"], mark: "differs"},
            {name: "zip", label: "ZIP", values: ["", "30-001"], mark: "single"},
        ],
        sides: [makeSide(), makeSide({id: 2, name: "LACZNIK", branch: "Kraków"})],
        log: [],
        merge: {is_possible: false, reason: ""},
        ...values,
    };
}

/** A server that remembers what it was asked, for the model alone. */
export function makeServer(ids, values = {}) {
    const calls = [];
    return {
        calls,
        queue: (wanted) => {
            calls.push(["queue", wanted]);
            return Promise.resolve({match_ids: ids, total: ids.length, start: 0});
        },
        data: (id) => Promise.resolve(makePair({id})),
        judge: (...args) => Promise.resolve(calls.push(["judge", ...args])),
        undo: (id) => Promise.resolve(calls.push(["undo", id])),
        ...values,
    };
}
