import {deserializeDate, deserializeDateTime} from "@web/core/l10n/dates";

/**
 * @param {object} entry
 * @returns {luxon.DateTime} when it happened, in the reader's time zone
 */
export function momentOf(entry) {
    return entry.date_only
        ? deserializeDate(entry.occurred_at.slice(0, 10))
        : deserializeDateTime(entry.occurred_at);
}

/**
 * Fold what belongs to one thread behind its newest entry.
 *
 * @param {object[]} entries newest first
 * @returns {{entry: object, earlier: object[]}[]}
 */
export function foldThreads(entries) {
    const leads = new Map();
    const items = [];
    for (const entry of entries) {
        const lead = entry.thread && leads.get(entry.thread);
        if (lead) {
            lead.earlier.push(entry);
            continue;
        }
        const item = {entry, earlier: []};
        items.push(item);
        if (entry.thread) {
            leads.set(entry.thread, item);
        }
    }
    return items;
}

/**
 * @param {{entry: object, earlier: object[]}[]} items newest first
 * @returns {{key: string, moment: luxon.DateTime, items: object[]}[]} by the reader's
 *     own days, in the order they came
 */
export function groupByDay(items) {
    const days = [];
    for (const item of items) {
        const moment = momentOf(item.entry);
        const key = moment.toISODate();
        if (days.at(-1)?.key !== key) {
            days.push({key, moment, items: []});
        }
        days.at(-1).items.push(item);
    }
    return days;
}
