import {deserializeDate, deserializeDateTime} from "@web/core/l10n/dates";

const ACCESS_ERROR = "odoo.exceptions.AccessError";

/**
 * State of one timeline, without DOM and without OWL.
 *
 * Components read its getters and call its intents. An answer that comes after
 * another question has been asked is dropped.
 */
export class TimelineModel {
    /**
     * @param {Function} fetchPage reads one page from the server: takes the id of
     *     the customer and {cursor, filters}, returns a promise of the page
     */
    constructor(fetchPage) {
        this.fetchPage = fetchPage;
        this.partnerId = null;
        /** @type {"loading" | "ready" | "error" | "denied"} */
        this.status = "loading";
        this.isLoadingMore = false;
        this.hasMoreFailed = false;
        this.entries = [];
        this.problems = [];
        this.nextCursor = null;
        this.filters = noFilters();
        this.question = 0;
    }

    // ------------------------------------------------------------------
    // What components show
    // ------------------------------------------------------------------

    get hasMore() {
        return Boolean(this.nextCursor);
    }

    get isFiltered() {
        const {channels, directions, text, unanswered} = this.filters;
        return Boolean(channels.length || directions.length || text || unanswered);
    }

    get isEmpty() {
        return this.status === "ready" && !this.entries.length && !this.problems.length;
    }

    /** Entries by the reader's own days, in the order they came: newest first. */
    get days() {
        const days = [];
        for (const entry of this.entries) {
            const moment = momentOf(entry);
            const key = moment.toISODate();
            if (days.at(-1)?.key !== key) {
                days.push({key, moment, entries: []});
            }
            days.at(-1).entries.push(entry);
        }
        return days;
    }

    /** Naming the branch helps only where there is more than one. */
    get hasSeveralBranches() {
        const names = new Set(this.entries.map((entry) => entry.company_name));
        names.delete(null);
        return names.size > 1;
    }

    isChannelWanted(channel) {
        return this.filters.channels.includes(channel);
    }

    isDirectionWanted(direction) {
        return this.filters.directions.includes(direction);
    }

    // ------------------------------------------------------------------
    // What they may ask for
    // ------------------------------------------------------------------

    /** Show the history of a customer from its newest entry on. */
    async load(partnerId) {
        if (partnerId !== this.partnerId) {
            this.partnerId = partnerId;
            this.filters = noFilters();
        }
        await this.reload();
    }

    async reload() {
        const question = ++this.question;
        this.status = "loading";
        this.isLoadingMore = false;
        this.hasMoreFailed = false;
        this.entries = [];
        this.problems = [];
        this.nextCursor = null;
        let page;
        try {
            page = await this.fetchPage(this.partnerId, this._params());
        } catch (error) {
            if (question === this.question) {
                const isDenied = error.exceptionName === ACCESS_ERROR;
                this.status = isDenied ? "denied" : "error";
            }
            return;
        }
        if (question === this.question) {
            this._append(page);
            this.status = "ready";
        }
    }

    async loadMore() {
        if (!this.hasMore || this.isLoadingMore || this.status !== "ready") {
            return;
        }
        const question = this.question;
        this.isLoadingMore = true;
        this.hasMoreFailed = false;
        let page = null;
        try {
            page = await this.fetchPage(this.partnerId, this._params());
        } catch {
            // What has been read stays; the frame shows a way to try again.
        }
        if (question !== this.question) {
            return;
        }
        this.isLoadingMore = false;
        this.hasMoreFailed = !page;
        if (page) {
            this._append(page);
        }
    }

    async toggleChannel(channel) {
        this.filters.channels = toggled(this.filters.channels, channel);
        await this.reload();
    }

    async toggleDirection(direction) {
        this.filters.directions = toggled(this.filters.directions, direction);
        await this.reload();
    }

    async toggleUnanswered() {
        this.filters.unanswered = !this.filters.unanswered;
        await this.reload();
    }

    /** Look for words; the same words again ask nothing. */
    async search(text) {
        const wanted = text.trim();
        if (wanted !== this.filters.text) {
            this.filters.text = wanted;
            await this.reload();
        }
    }

    async clearFilters() {
        this.filters = noFilters();
        await this.reload();
    }

    // ------------------------------------------------------------------
    // Inside
    // ------------------------------------------------------------------

    _params() {
        const {channels, directions, text, unanswered} = this.filters;
        const filters = {channels: [...channels], directions: [...directions]};
        if (text) {
            filters.text = text;
        }
        if (unanswered) {
            filters.unanswered = true;
        }
        return {cursor: this.nextCursor, filters};
    }

    _append(page) {
        // A row that changed its place between two pages may come twice.
        const known = new Set(this.entries.map((entry) => entry.key));
        this.entries.push(...page.entries.filter((entry) => !known.has(entry.key)));
        const problems = new Set([...this.problems, ...(page.problems || [])]);
        this.problems = [...problems];
        this.nextCursor = page.next_cursor;
    }
}

function noFilters() {
    return {channels: [], directions: [], text: "", unanswered: false};
}

function toggled(values, value) {
    return values.includes(value)
        ? values.filter((other) => other !== value)
        : [...values, value];
}

/**
 * @param {object} entry
 * @returns {luxon.DateTime} when it happened, in the reader's time zone
 */
export function momentOf(entry) {
    return entry.date_only
        ? deserializeDate(entry.occurred_at.slice(0, 10))
        : deserializeDateTime(entry.occurred_at);
}
