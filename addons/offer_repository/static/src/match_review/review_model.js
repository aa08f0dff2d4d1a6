const UNDECIDED = ["pending", "later"];

/**
 * State of the review: the pairs to go through, the one on the screen, what was decided
 * so far. Knows neither DOM nor OWL.
 */
export class ReviewModel {
    /**
     * @param {{
     *     queue: (ids: number[]) => Promise<{match_ids: number[], total: number, start: number}>,
     *     data: (id: number) => Promise<object>,
     *     judge: (id: number, judgement: string, reason: string) => Promise<any>,
     *     undo: (id: number) => Promise<any>,
     * }} server
     */
    constructor(server) {
        this.server = server;
        this.status = "loading";
        this.ids = [];
        this.total = 0;
        this.index = 0;
        this.data = null;
        this.reason = "";
        this.decided = {};
        this.stack = [];
        this.isBusy = false;
        this.ticket = 0;
    }

    /**
     * Fetch the pairs and show the first one.
     *
     * @param {number[]} [matchIds] these only, or to begin with this one of all that
     *     wait; all that wait without
     */
    async start(matchIds = []) {
        let queue = null;
        try {
            queue = await this.server.queue(matchIds);
        } catch (error) {
            this.status = "error";
            throw error;
        }
        this.ids = queue.match_ids;
        this.total = queue.total;
        await this.show(queue.start);
    }

    /** Fetch the same pairs again: a merge takes its pair away. */
    async refresh() {
        const {index} = this;
        const queue = await this.server.queue(this.ids);
        this.total -= this.ids.length - queue.match_ids.length;
        this.ids = queue.match_ids;
        await this.show(index);
    }

    /** Show a pair; an answer about one that was left meanwhile is dropped. */
    async show(index) {
        const ticket = ++this.ticket;
        if (!this.ids.length) {
            this.status = "empty";
            return;
        }
        this.index = Math.min(Math.max(index, 0), this.ids.length - 1);
        let data = null;
        try {
            data = await this.server.data(this.ids[this.index]);
        } catch (error) {
            if (ticket === this.ticket) {
                this.status = "error";
            }
            throw error;
        }
        if (ticket === this.ticket) {
            this.data = data;
            this.reason = data.reason;
            this.status = "ready";
        }
    }

    get canGoBack() {
        return this.index > 0;
    }

    get canGoOn() {
        return this.index < this.ids.length - 1;
    }

    /** Nothing moves while a decision is on its way. */
    async next() {
        if (this.canGoOn && !this.isBusy) {
            await this.show(this.index + 1);
        }
    }

    async previous() {
        if (!this.isBusy && this.status === "done") {
            await this.show(this.index);
        } else if (!this.isBusy && this.canGoBack) {
            await this.show(this.index - 1);
        }
    }

    get decidedCount() {
        return Object.keys(this.decided).length;
    }

    get percent() {
        return this.ids.length ? (100 * this.decidedCount) / this.ids.length : 0;
    }

    get isDecided() {
        return Boolean(this.data) && !UNDECIDED.includes(this.data.judgement);
    }

    get canUndo() {
        return this.stack.length > 0 || (this.status === "ready" && this.isDecided);
    }

    /** Decide about the pair on the screen and go on to the next undecided one. */
    async judge(judgement) {
        if (this.isBusy || this.status !== "ready") {
            return;
        }
        const id = this.ids[this.index];
        await this.exclusively(async () => {
            await this.server.judge(id, judgement, this.reason);
            this.stack.push(id);
            this.decided[id] = judgement;
            await this.goOn();
        });
    }

    async goOn() {
        const later = this.ids.slice(this.index + 1);
        const earlier = this.ids.slice(0, this.index);
        const open = [...later, ...earlier].find((id) => !(id in this.decided));
        if (open === undefined) {
            this.status = "done";
        } else {
            await this.show(this.ids.indexOf(open));
        }
    }

    /** Take back the last decision, made here or earlier, and show its pair again. */
    async undo() {
        if (this.isBusy || !this.canUndo) {
            return;
        }
        const id = this.stack.at(-1) ?? this.ids[this.index];
        await this.exclusively(async () => {
            await this.server.undo(id);
            this.stack.pop();
            delete this.decided[id];
            await this.show(this.ids.indexOf(id));
        });
    }

    async exclusively(work) {
        this.isBusy = true;
        try {
            await work();
        } finally {
            this.isBusy = false;
        }
    }
}
