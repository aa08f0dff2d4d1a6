/** An entry as the server sends it, with only the values a test cares about. */
export function makeEntry(values = {}) {
    const id = values.id ?? 1;
    return {
        key: `interaction:${id}`,
        source: "interaction",
        kind: "interaction",
        channel: "email",
        direction: "incoming",
        state: "done",
        label: null,
        occurred_at: "2026-03-10 12:00:00",
        date_only: false,
        duration: 0,
        certainty: "known",
        user_name: "Anna North",
        company_name: "North",
        partner_name: "Mary Mill",
        subject: "Price list",
        preview: "Please send it.",
        attachments: [],
        res_model: null,
        res_id: null,
        level: "content",
        redacted: false,
        reason: null,
        thread: null,
        is_pinned: false,
        can_pin: true,
        ...values,
    };
}

export function makePage(entries = [], values = {}) {
    return {
        entries,
        problems: [],
        planned: [],
        pinned: [],
        next_cursor: null,
        previous_cursor: null,
        partner: {id: 1, name: "Mill GmbH"},
        counts: {entries: entries.length, redacted: 0},
        ...values,
    };
}

/** What is left of a contact of another branch at the default level. */
export function makeRedacted(values = {}) {
    return makeEntry({
        subject: null,
        preview: null,
        partner_name: null,
        certainty: null,
        company_name: "South",
        user_name: "Marta South",
        level: "metadata",
        can_pin: false,
        redacted: true,
        reason: "This contact belongs to South.",
        ...values,
    });
}

/** What the header is made of, with only what a test cares about. */
export function makeHeader(values = {}) {
    return {
        last: {incoming: null, outgoing: null},
        waiting: null,
        usual: null,
        preferred: null,
        hours: null,
        planned: null,
        responsible: null,
        ways: [],
        facts: [],
        notices: [],
        ...values,
    };
}

export function makeChart(values = {}) {
    return {months: [], series: [], ...values};
}
