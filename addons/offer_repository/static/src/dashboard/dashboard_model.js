/** What the dashboard shows and asks for; knows neither screen nor server. */
export class DashboardModel {
    /**
     * @param {(months: number) => Promise<object>} read
     */
    constructor(read) {
        this.read = read;
        this.months = 6;
        this.status = "loading";
        this.message = "";
        this.figures = null;
        this.ticket = 0;
    }

    /** Months that can be chosen. */
    get periods() {
        return [3, 6, 12];
    }

    get isLoading() {
        return this.status === "loading";
    }

    get hasHeat() {
        return Boolean(this.figures?.heat.branches.length);
    }

    /** Charts that have something to show. */
    get charts() {
        return this.figures.charts.filter((chart) => chart.labels.length);
    }

    async load(months = this.months) {
        const ticket = ++this.ticket;
        this.months = months;
        this.status = "loading";
        try {
            const figures = await this.read(months);
            if (ticket === this.ticket) {
                this.figures = figures;
                this.status = figures.is_empty ? "empty" : "ready";
            }
        } catch (error) {
            if (ticket === this.ticket) {
                this.fail(error);
            }
        }
    }

    fail(error) {
        const isDenied = [error.exceptionName, error.data?.name].includes(
            "odoo.exceptions.AccessError"
        );
        this.figures = null;
        this.status = isDenied ? "denied" : "error";
        this.message = (isDenied && error.data?.message) || "";
    }

    /** Answers that come after this are not waited for any more. */
    stop() {
        this.ticket++;
    }
}
