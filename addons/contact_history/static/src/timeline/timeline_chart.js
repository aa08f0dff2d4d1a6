import {Component, onWillStart, onWillUpdateProps, useState} from "@odoo/owl";
import {getColor} from "@web/core/colors/colors";
import {cookie} from "@web/core/browser/cookie";
import {deserializeDate} from "@web/core/l10n/dates";
import {_t} from "@web/core/l10n/translation";
import {useService} from "@web/core/utils/hooks";
import {presentationOf} from "./timeline_presenters";

// Of the plot, in the units of its view box.
const HEIGHT = 40;
const STEP = 12;
const BAR = 9;

/** How many contacts there were a month, by channel: a picture and its numbers. */
export class TimelineChart extends Component {
    static template = "contact_history.TimelineChart";
    static props = {
        partnerId: Number,
        version: Number,
    };

    setup() {
        this.orm = useService("orm");
        this.state = useState({months: [], series: []});
        this.question = 0;
        onWillStart(() => {
            // Not awaited: the least important part of the page.
            this.load(this.props.partnerId);
        });
        onWillUpdateProps(({partnerId, version}) => {
            if (partnerId !== this.props.partnerId || version !== this.props.version) {
                this.load(partnerId);
            }
        });
    }

    async load(partnerId) {
        const question = ++this.question;
        let chart = {months: [], series: []};
        try {
            chart = await this.orm.silent.call("res.partner", "contact_history_chart", [
                [partnerId],
            ]);
        } catch {
            // What cannot be read is not shown: the history below says why.
        }
        if (question === this.question) {
            Object.assign(this.state, chart);
        }
    }

    get viewBox() {
        return `0 0 ${this.state.months.length * STEP} ${HEIGHT}`;
    }

    get series() {
        const scheme = cookie.get("color_scheme");
        return this.state.series.map(({channel, values}, index) => ({
            channel,
            values,
            label: presentationOf({channel}).label,
            // As many colours as channels: no two of them look alike.
            color: getColor(index, scheme, this.state.series.length),
            total: values.reduce((sum, value) => sum + value, 0),
        }));
    }

    get months() {
        return this.state.months.map((month) =>
            deserializeDate(month).toLocaleString({month: "short"})
        );
    }

    /** Rectangles, stacked month by month. */
    get bars() {
        const {series} = this;
        const totals = this.state.months.map((_month, place) =>
            series.reduce((sum, {values}) => sum + values[place], 0)
        );
        const most = Math.max(...totals, 1);
        const bars = [];
        totals.forEach((_total, place) => {
            let top = HEIGHT;
            for (const {channel, values, color, label} of series) {
                const height = (values[place] / most) * HEIGHT;
                top -= height;
                if (height) {
                    bars.push({
                        key: `${place}-${channel}`,
                        x: place * STEP,
                        y: top,
                        height,
                        color,
                        title: _t("%(month)s, %(channel)s: %(count)s", {
                            month: this.months[place],
                            channel: label,
                            count: values[place],
                        }),
                    });
                }
            }
        });
        return bars;
    }

    get width() {
        return BAR;
    }
}
