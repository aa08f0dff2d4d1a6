/** A result as the server sends it, with only the values a test cares about. */
export function makeResult(values = {}) {
    return {
        id: 1,
        name: [{text: "S00001", is_hit: false}],
        customer: [
            {text: "Zakład ", is_hit: false},
            {text: "ŁĄCZNIK", is_hit: true},
        ],
        branch: "Warszawa",
        salesperson: "Anna",
        state: "sent",
        state_label: "Sent",
        date: "11/23/2026",
        amount: "100.00 €",
        is_foreign: false,
        source: "Terms",
        snippet: [{text: "ex works", is_hit: true}],
        ...values,
    };
}

export function makeAnswer(ids, values = {}) {
    return {
        results: ids.map((id) => makeResult({id})),
        facets: [
            {
                name: "state",
                title: "State",
                values: [
                    {value: "sent", label: "Sent", count: 2, is_chosen: false},
                    {value: "lost", label: "Lost", count: 1, is_chosen: false},
                ],
            },
        ],
        total: ids.length,
        is_capped: false,
        is_similar: false,
        ...values,
    };
}

export function makePreview(values = {}) {
    return {
        id: 1,
        name: "S00001",
        state: "sent",
        state_label: "Sent",
        is_foreign: false,
        figures: [{label: "Customer", value: "ŁĄCZNIK"}],
        lines: [{id: 5, name: "Lathe", quantity: "1", unit: "Units", amount: "100 €"}],
        more_lines: 0,
        documents: [{id: 9, name: "offer.docx", mimetype: "application/msword"}],
        ...values,
    };
}

/** A server that remembers what it was asked, for the model alone. */
export function makeServer(values = {}) {
    const calls = [];
    return {
        calls,
        find: (...args) => {
            calls.push(["find", ...args]);
            return Promise.resolve(makeAnswer([1, 2, 3]));
        },
        preview: (id) => {
            calls.push(["preview", id]);
            return Promise.resolve(makePreview({id}));
        },
        elsewhere: (text) => {
            calls.push(["elsewhere", text]);
            return Promise.resolve({cards: [], message: false});
        },
        ...values,
    };
}
