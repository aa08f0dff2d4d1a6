/** A row that changed its place between two pages may come twice. */
export function unknown(entries, shown) {
    const known = new Set(shown.map(({key}) => key));
    return entries.filter(({key}) => !known.has(key));
}

/**
 * Put the first page, read again, in the place of what it covers. What is older stays,
 * unless there is a gap between both.
 *
 * @param {{entries: object[], nextCursor: string|null}} shown
 * @param {object} page
 * @returns {{entries: object[], nextCursor: string|null, newCount: number}}
 */
export function withNews({entries, nextCursor}, page) {
    const last = page.entries.at(-1)?.key;
    const place = entries.findIndex(({key}) => key === last);
    const older = page.next_cursor && place >= 0 ? entries.slice(place + 1) : [];
    return {
        entries: [...page.entries, ...older],
        nextCursor: older.length ? nextCursor : page.next_cursor,
        newCount: unknown(page.entries, entries).length,
    };
}
