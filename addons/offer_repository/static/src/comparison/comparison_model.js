/**
 * State of a comparison: which offers, in which order, against which one, and what of
 * it is shown. Knows neither DOM nor OWL. The server shows the same on paper and in
 * sheets from ``request``, see comparing/table.py.
 */
export class ComparisonModel {
    /**
     * @param {object} server
     * @param {(ids: number[], currencyId: number|false) => Promise<object>} server.read
     * @param {(ids: number[]) => Promise<object[]>} server.candidates
     * @param {number} [room] how many columns fit; the others wait to be shown
     */
    constructor(server, room = 6) {
        this.server = server;
        this.room = room;
        this.status = "loading";
        this.error = "";
        this.data = null;
        this.ids = [];
        this.order = [];
        this.pinned = "";
        this.hidesEqual = false;
        this.hidden = [];
        this.candidates = null;
        this.ticket = 0;
    }

    /**
     * Load versions; an answer about others that were asked for before is dropped.
     *
     * @param {number[]} ids of 2 to 6 versions
     * @param {number|false} [currencyId]
     */
    async load(ids, currencyId = false) {
        const ticket = ++this.ticket;
        if (!ids.length) {
            this.status = "empty";
            return;
        }
        let data = null;
        let error = "";
        try {
            data = await this.server.read(ids, currencyId);
        } catch (failure) {
            error = failure.data?.message || "";
        }
        if (ticket !== this.ticket) {
            return;
        }
        this.error = error;
        this.status = data ? "ready" : "error";
        if (data) {
            this.take(ids, data);
        }
    }

    take(ids, data) {
        const keys = data.columns.map((column) => column.key);
        this.data = data;
        this.ids = ids;
        this.candidates = null;
        this.order = [
            ...this.order.filter((key) => keys.includes(key)),
            ...keys.filter((key) => !this.order.includes(key)),
        ];
        this.hidden = this.hidden.filter((key) => keys.includes(key));
        this.makeRoom();
    }

    // What is shown

    get columns() {
        return this.allColumns.filter((column) => !this.hidden.includes(column.key));
    }

    get allColumns() {
        return this.order.map((key) =>
            this.data.columns.find((column) => column.key === key)
        );
    }

    get hiddenColumns() {
        return this.allColumns.filter((column) => this.hidden.includes(column.key));
    }

    /** The column that the others are compared with: the pinned one, else the first. */
    get baseKey() {
        const keys = this.columns.map((column) => column.key);
        return keys.includes(this.pinned) ? this.pinned : keys[0];
    }

    /** Groups of rows as they are shown, cells in the order of the columns. */
    get groups() {
        return this.data.groups
            .map((group) => ({...group, rows: this.rowsOf(group)}))
            .filter((group) => group.rows.length);
    }

    get equalCount() {
        const rows = this.data.groups.flatMap((group) => this.pick(group.rows));
        return rows.filter((row) => this.isEqual(row)).length;
    }

    rowsOf(group) {
        const rows = this.pick(group.rows);
        return this.hidesEqual ? rows.filter((row) => !this.isEqual(row)) : rows;
    }

    pick(rows) {
        const places = this.columns.map((column) => this.data.columns.indexOf(column));
        return rows
            .map((row) => ({...row, cells: places.map((place) => row.cells[place])}))
            .filter((row) => row.cells.some((cell) => cell.exists));
    }

    isEqual(row) {
        const [first, ...others] = row.cells;
        return (
            Boolean(others.length) && others.every((cell) => cell.same === first.same)
        );
    }

    /** How a cell differs from the base, null where that says nothing. */
    differenceOf(cell) {
        const difference = cell.against[this.baseKey];
        return difference?.text ? difference : null;
    }

    // What the reader does

    /**
     * Move a column by so many places among the shown ones.
     *
     * @param {string} key
     * @param {number} step negative to the left
     */
    move(key, step) {
        const keys = this.columns.map((column) => column.key);
        const target = keys[keys.indexOf(key) + step];
        if (target) {
            this.moveTo(key, target);
        }
    }

    /**
     * Put a column where another one is; that one makes room.
     *
     * @param {string} key
     * @param {string} targetKey
     */
    moveTo(key, targetKey) {
        const target = this.order.indexOf(targetKey);
        if (key !== targetKey && target >= 0 && this.order.includes(key)) {
            const rest = this.order.filter((one) => one !== key);
            rest.splice(target, 0, key);
            this.order = rest;
        }
    }

    togglePin(key) {
        this.pinned = this.pinned === key ? "" : key;
    }

    toggleEqual() {
        this.hidesEqual = !this.hidesEqual;
    }

    hide(key) {
        if (this.columns.length > 1) {
            this.hidden = [...this.hidden, key];
        }
    }

    show(key) {
        this.hidden = this.hidden.filter((one) => one !== key);
        this.makeRoom(key);
    }

    /** Hide the last columns that do not fit, neither the base nor the one asked for. */
    makeRoom(wanted = "") {
        const kept = [this.baseKey, wanted];
        const shown = this.columns.map((column) => column.key);
        const others = shown.filter((key) => !kept.includes(key));
        const excess = Math.max(0, shown.length - this.room);
        this.hidden = [...this.hidden, ...others.slice(others.length - excess)];
    }

    get canAdd() {
        return this.ids.length < 6;
    }

    async findCandidates() {
        const ticket = this.ticket;
        let found = [];
        try {
            found = await this.server.candidates(this.ids);
        } catch {
            found = [];
        }
        if (ticket === this.ticket) {
            this.candidates = found;
        }
    }

    add(id) {
        return this.load([...this.ids, id], this.data.currency);
    }

    /**
     * @param {number|string} currencyId as a select box holds it
     */
    chooseCurrency(currencyId) {
        return this.load(this.ids, Number(currencyId));
    }

    /** What the server needs to show the same. */
    get request() {
        return {
            revision_ids: this.ids,
            currency_id: this.data.currency,
            view: {
                order: this.order,
                base: this.baseKey,
                hides_equal: this.hidesEqual,
                hidden: this.hidden,
            },
        };
    }
}
