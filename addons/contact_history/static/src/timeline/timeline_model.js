import {foldThreads, groupByDay} from "./timeline_days";
import {unknown, withNews} from "./timeline_news";
import {asQuestion, isNarrowed, noFilters, toggled} from "./timeline_filters";

const ACCESS_ERROR = "odoo.exceptions.AccessError";
const INVALID = "odoo.exceptions.ValidationError";

/**
 * State of one timeline, without DOM and without OWL.
 *
 * Components read its getters and call its intents. An answer that comes after
 * another question has been asked is dropped.
 */
export class TimelineModel {
    /**
     * @param {Function} fetchPage reads one page from the server: takes the id of the
     *     customer and {cursor, filters, start}, returns a promise of the page
     * @param {object} [options]
     * @param {object} [options.filters] those of last time
     * @param {Function} [options.saveFilters] takes the filters whenever they change
     */
    constructor(fetchPage, {filters = noFilters(), saveFilters = () => {}} = {}) {
        this.fetchPage = fetchPage;
        this.saveFilters = saveFilters;
        this.filters = filters;
        this.partnerId = null;
        this.start = null;
        this.openThreads = [];
        this.question = 0;
        this._clear();
    }

    get hasMore() {
        return Boolean(this.nextCursor);
    }

    /** Whether there are newer entries than the ones that are shown. */
    get hasNewer() {
        return Boolean(this.previousCursor);
    }

    get isFiltered() {
        return isNarrowed(this.filters);
    }

    get isEmpty() {
        return (
            this.status === "ready" &&
            !this.entries.length &&
            !this.planned.length &&
            !this.problems.length
        );
    }

    get days() {
        return groupByDay(foldThreads(this.entries));
    }

    /** Naming the branch helps only where there is more than one. */
    get hasSeveralBranches() {
        const names = new Set(this.entries.map((entry) => entry.company_name));
        names.delete(null);
        return names.size > 1;
    }

    /** The entry of that key, wherever it stands on the page. */
    find(key) {
        const all = [...this.planned, ...this.pinned, ...this.entries];
        return all.find((entry) => entry.key === key);
    }

    isWanted(name, value) {
        return this.filters[name].includes(value);
    }

    isThreadOpen(entry) {
        return this.openThreads.includes(entry.thread);
    }

    /** Show the history of a customer from its newest entry on. */
    async load(partnerId) {
        if (partnerId !== this.partnerId) {
            this.partnerId = partnerId;
            this.start = null;
            this.filters.text = "";
            this.openThreads = [];
        }
        await this.reload();
    }

    async reload() {
        const question = ++this.question;
        this._clear();
        try {
            const page = await this._fetch(null);
            if (question === this.question) {
                this._show(page);
                this.status = "ready";
            }
        } catch (error) {
            if (question === this.question) {
                await this._fail(error);
            }
        }
    }

    async loadMore() {
        await this._extend("older", this.nextCursor, (page) => {
            this.entries.push(...unknown(page.entries, this.entries));
            this.nextCursor = page.next_cursor;
        });
    }

    async loadNewer() {
        await this._extend("newer", this.previousCursor, (page) => {
            this.entries.unshift(...unknown(page.entries, this.entries));
            this.previousCursor = page.previous_cursor;
        });
    }

    /**
     * Show what happened before a moment, and from there on both ways.
     *
     * @param {string|null} start UTC, as the server writes it; null is the present
     */
    async jumpTo(start) {
        this.start = start;
        await this.reload();
    }

    /** Take in what is new, without disturbing who reads. */
    async refresh() {
        if (this.status !== "ready" || this.hasNewer || this.isLoading.older) {
            this.isStale = this.status === "ready";
            return;
        }
        const question = this.question;
        let page = null;
        try {
            page = await this._fetch(null);
        } catch {
            // What has been read stays; the next news asks again.
        }
        if (page && question === this.question) {
            const {entries, nextCursor, newCount} = withNews(this, page);
            this._show({...page, entries, next_cursor: nextCursor});
            this.newCount = newCount;
            this.isStale = false;
        }
    }

    async toggle(name, value) {
        await this._filter({[name]: toggled(this.filters[name], value)});
    }

    async toggleFlag(name) {
        await this._filter({[name]: !this.filters[name]});
    }

    /** Look for words; the same words again ask nothing. */
    async search(text) {
        const wanted = text.trim();
        if (wanted !== this.filters.text) {
            await this._filter({text: wanted});
        }
    }

    async clearFilters() {
        await this._filter({...noFilters(), system: this.filters.system});
    }

    toggleThread(entry) {
        this.openThreads = toggled(this.openThreads, entry.thread);
    }

    _clear() {
        /** @type {"loading" | "ready" | "error" | "denied"} */
        this.status = "loading";
        this.isLoading = {older: false, newer: false};
        this.hasFailed = {older: false, newer: false};
        this.entries = [];
        this.planned = [];
        this.pinned = [];
        this.problems = [];
        this.nextCursor = null;
        this.previousCursor = null;
        this.isStale = false;
        this.newCount = 0;
    }

    _fetch(cursor) {
        const params = {cursor, filters: asQuestion(this.filters)};
        if (this.start && !cursor) {
            params.start = this.start;
        }
        return this.fetchPage(this.partnerId, params);
    }

    async _filter(changes) {
        Object.assign(this.filters, changes);
        this.saveFilters(this.filters);
        await this.reload();
    }

    /** Filters that the server no longer takes must not lock anybody out. */
    async _fail(error) {
        if (error.exceptionName === INVALID && this.isFiltered) {
            await this.clearFilters();
            return;
        }
        this.status = error.exceptionName === ACCESS_ERROR ? "denied" : "error";
    }

    async _extend(way, cursor, take) {
        if (!cursor || this.isLoading[way] || this.status !== "ready") {
            return;
        }
        const question = this.question;
        this.isLoading[way] = true;
        this.hasFailed[way] = false;
        let page = null;
        try {
            page = await this._fetch(cursor);
        } catch {
            // What has been read stays; the frame shows a way to try again.
        }
        if (question !== this.question) {
            return;
        }
        this.isLoading[way] = false;
        this.hasFailed[way] = !page;
        if (page) {
            take(page);
            this._addProblems(page);
        }
    }

    _show(page) {
        this.entries = [...page.entries];
        this.planned = page.planned || [];
        this.pinned = page.pinned || [];
        this.nextCursor = page.next_cursor;
        this.previousCursor = page.previous_cursor || null;
        this._addProblems(page);
    }

    _addProblems(page) {
        this.problems = [...new Set([...this.problems, ...(page.problems || [])])];
    }
}
