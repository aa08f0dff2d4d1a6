/** What the reader chose to see, as plain data. */

export function noFilters() {
    return {
        channels: [],
        directions: [],
        text: "",
        unanswered: false,
        attachments: false,
        branches: [],
        people: [],
        kinds: [],
        system: false,
    };
}

/** @returns {boolean} whether something that is there may be missing on the page */
export function isNarrowed(filters) {
    const {channels, directions, text, unanswered, attachments} = filters;
    const {branches, people, kinds} = filters;
    return Boolean(
        [channels, directions, branches, people, kinds].some((list) => list.length) ||
            text ||
            unanswered ||
            attachments
    );
}

/** @returns {object} the filters as the server reads them: only what is chosen */
export function asQuestion(filters) {
    const {channels, directions} = filters;
    const question = {channels: [...channels], directions: [...directions]};
    for (const name of ["branches", "people", "kinds"]) {
        if (filters[name].length) {
            question[name] = [...filters[name]];
        }
    }
    for (const name of ["text", "unanswered", "attachments", "system"]) {
        if (filters[name]) {
            question[name] = filters[name];
        }
    }
    return question;
}

/** What is kept for the next customer and the next day: not the words looked for. */
export function asRemembered(filters) {
    return {...filters, text: ""};
}

/**
 * @param {any} values what was kept, maybe by an older version of the page
 * @returns {object} complete filters
 */
export function fromRemembered(values) {
    const filters = noFilters();
    for (const [name, usual] of Object.entries(filters)) {
        const value = values?.[name];
        if (
            Array.isArray(usual) ? Array.isArray(value) : typeof value === typeof usual
        ) {
            filters[name] = value;
        }
    }
    return {...filters, text: ""};
}

export function toggled(values, value) {
    return values.includes(value)
        ? values.filter((other) => other !== value)
        : [...values, value];
}
