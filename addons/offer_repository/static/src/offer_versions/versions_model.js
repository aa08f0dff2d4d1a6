/**
 * State of an offer's versions: which there are, which two are compared, what differs.
 * Knows neither DOM nor OWL.
 */
export class VersionsModel {
    /**
     * @param {object} server
     * @param {(offerId: number) => Promise<object[]>} server.read
     * @param {(offerId: number, older: number, newer: number) => Promise<object>} server.compare
     */
    constructor(server) {
        this.server = server;
        this.offerId = false;
        this.status = "loading";
        this.versions = [];
        this.newerId = false;
        this.olderId = false;
        this.difference = null;
        this.ticket = 0;
    }

    /**
     * Load the versions of an offer and compare the last two; an answer about an offer
     * that was left meanwhile is dropped.
     *
     * @param {number|false} offerId
     */
    async load(offerId) {
        const ticket = ++this.ticket;
        this.offerId = offerId;
        const versions = await this.ask(() => this.server.read(offerId));
        if (ticket !== this.ticket) {
            return;
        }
        if (!versions) {
            this.status = "error";
            return;
        }
        this.versions = versions;
        this.status = versions.length ? "ready" : "empty";
        if (versions.length > 1) {
            await this.choose(versions.at(-2).id, versions.at(-1).id);
        }
    }

    /** Compare a version with the one before it. */
    async show(version) {
        const place = this.versions.indexOf(version);
        if (place > 0) {
            await this.choose(this.versions[place - 1].id, version.id);
        }
    }

    /** Compare any two versions, in whichever order they were picked. */
    async choose(oneId, otherId) {
        const ids = this.versions.map((version) => version.id);
        const [olderId, newerId] = [oneId, otherId].sort(
            (left, right) => ids.indexOf(left) - ids.indexOf(right)
        );
        Object.assign(this, {olderId, newerId});
        const ticket = ++this.ticket;
        const difference = await this.ask(() =>
            this.server.compare(this.offerId, olderId, newerId)
        );
        if (ticket !== this.ticket) {
            return;
        }
        this.difference = difference;
        this.status = difference ? "ready" : "error";
    }

    async ask(question) {
        try {
            return await question();
        } catch {
            return null;
        }
    }

    get older() {
        return this.versions.find((version) => version.id === this.olderId);
    }

    get newer() {
        return this.versions.find((version) => version.id === this.newerId);
    }

    get shownLines() {
        return this.difference.lines.filter((line) => line.kind !== "equal");
    }

    get equalCount() {
        return this.difference.lines.length - this.shownLines.length;
    }

    get isEqual() {
        const {terms, totals} = this.difference;
        return !this.shownLines.length && !terms.length && !totals.length;
    }
}
