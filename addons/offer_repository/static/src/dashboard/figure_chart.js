/* global Chart */
import {
    Component,
    onWillStart,
    onWillUnmount,
    useEffect,
    useRef,
    useState,
} from "@odoo/owl";
import {loadBundle} from "@web/core/assets";
import {getColor} from "@web/core/colors/colors";
import {cookie} from "@web/core/browser/cookie";

import {scalesOf} from "./chart_scales";

/** One chart with its numbers as a table for whoever does not see it. */
export class FigureChart extends Component {
    static template = "offer_repository.FigureChart";
    static props = {chart: Object, open: Function};

    setup() {
        this.canvas = useRef("canvas");
        this.state = useState({hasPicture: true});
        onWillStart(() => this.loadLibrary());
        useEffect(
            () => this.draw(),
            () => [this.props.chart]
        );
        onWillUnmount(() => this.picture?.destroy());
    }

    async loadLibrary() {
        try {
            await loadBundle("web.chartjs_lib");
        } catch {
            // The table below says the same.
            this.state.hasPicture = false;
        }
    }

    get datasets() {
        const scheme = cookie.get("color_scheme");
        return this.props.chart.series.map((one, index) => ({
            label: one.label,
            data: one.values,
            backgroundColor: getColor(index ? 16 : 1, scheme),
        }));
    }

    draw() {
        this.picture?.destroy();
        if (!this.canvas.el) {
            return;
        }
        const {labels, series} = this.props.chart;
        this.picture = new Chart(this.canvas.el, {
            type: "bar",
            data: {labels, datasets: this.datasets},
            options: {
                animation: false,
                indexAxis: this.props.chart.is_horizontal ? "y" : "x",
                maintainAspectRatio: false,
                plugins: {
                    legend: {display: series.length > 1, position: "bottom"},
                    tooltip: {
                        callbacks: {
                            label: (item) =>
                                `${item.dataset.label}: ${
                                    series[item.datasetIndex].texts[item.dataIndex]
                                }`,
                        },
                    },
                },
                scales: scalesOf(this.props.chart),
            },
        });
    }
}
