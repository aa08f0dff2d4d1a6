/** The points of "Ready to send?" of one quotation; knows neither screen nor server. */
export class ReadinessModel {
    /**
     * @param {(id: number) => Promise<object[]>} read
     */
    constructor(read) {
        this.read = read;
        this.points = [];
        this.status = "none";
        this.ticket = 0;
    }

    get openPoints() {
        return this.points.filter((point) => point.state === "open");
    }

    get isReady() {
        return this.status === "ready" && !this.openPoints.length;
    }

    /** Follow a quotation: what is not saved yet is not looked at. */
    async follow(id, isDirty) {
        if (!id || isDirty) {
            return;
        }
        const ticket = ++this.ticket;
        this.status = this.points.length ? this.status : "loading";
        try {
            const points = await this.read(id);
            if (ticket === this.ticket) {
                this.points = points;
                this.status = "ready";
            }
        } catch {
            if (ticket === this.ticket) {
                this.points = [];
                this.status = "error";
            }
        }
    }

    stop() {
        this.ticket++;
    }
}
