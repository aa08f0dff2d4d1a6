const USUAL = {period: "month", company_ids: [], channels: [], mine: false};

/**
 * State of the dashboard: what was chosen, what came, and what is remembered. Knows
 * neither screen nor server.
 */
export class DashboardModel {
    /**
     * @param {object} doors
     * @param {Function} doors.read takes the choice, returns a promise of the figures
     * @param {Function} doors.recall returns the choice of the last visit, or null
     * @param {Function} doors.remember takes the choice
     */
    constructor({read, recall, remember}) {
        this.read = read;
        this.remember = remember;
        this.choice = this.cleaned(recall());
        this.status = "loading";
        this.message = "";
        this.figures = null;
        this.ticket = 0;
    }

    /** What an older version, or anybody else, left in the storage is not trusted. */
    cleaned(stored) {
        const known = stored && typeof stored === "object" ? stored : {};
        const choice = {...USUAL};
        for (const name of Object.keys(USUAL)) {
            const isList = Array.isArray(USUAL[name]);
            if (
                typeof known[name] === typeof USUAL[name] &&
                Array.isArray(known[name]) === isList
            ) {
                choice[name] = known[name];
            }
        }
        return choice;
    }

    get isLoading() {
        return this.status === "loading";
    }

    get options() {
        return this.figures?.options || {periods: [], companies: [], channels: []};
    }

    get isFiltered() {
        const {company_ids: companies, channels, mine} = this.choice;
        return Boolean(companies.length || channels.length || mine);
    }

    /** Parts of the page that have something to show. */
    get sections() {
        return (this.figures?.sections || []).filter((section) =>
            this.hasRows(section)
        );
    }

    hasRows(section) {
        const rows = {
            chart: section.labels,
            table: section.rows,
            heat: section.rows,
            mix: section.groups,
            moves: section.rows,
        }[section.kind];
        return Boolean(rows?.length);
    }

    /** Choose something else: one or more of period, branches, channels, mine. */
    async choose(change) {
        this.choice = {...this.choice, ...change};
        this.remember(this.choice);
        await this.load();
    }

    /** Put a branch or a channel in, or take it out. */
    async toggle(name, value) {
        const chosen = this.choice[name];
        await this.choose({
            [name]: chosen.includes(value)
                ? chosen.filter((one) => one !== value)
                : [...chosen, value],
        });
    }

    async clear() {
        await this.choose({company_ids: [], channels: [], mine: false});
    }

    async load() {
        const ticket = ++this.ticket;
        this.status = "loading";
        try {
            const figures = await this.read(this.choice);
            if (ticket === this.ticket) {
                this.take(figures);
            }
        } catch (error) {
            if (ticket === this.ticket) {
                this.fail(error);
            }
        }
    }

    take(figures) {
        this.figures = figures;
        this.choice = figures.choice;
        this.status = figures.is_empty ? "empty" : "ready";
    }

    fail(error) {
        const name = error.exceptionName || error.data?.name;
        const isRefused = name === "odoo.exceptions.ValidationError";
        if (isRefused) {
            // Never let a choice that is not understood any more lock anybody out.
            this.choice = {...USUAL};
            this.remember(this.choice);
        }
        this.status = name === "odoo.exceptions.AccessError" ? "denied" : "error";
        this.message = error.data?.message || "";
    }

    /** The action behind a figure. */
    actionOf({to, domain, name}) {
        return {...this.figures.lists[to], domain, name, display_name: name};
    }

    /** Answers that come after this are not waited for any more. */
    stop() {
        this.ticket++;
    }
}
