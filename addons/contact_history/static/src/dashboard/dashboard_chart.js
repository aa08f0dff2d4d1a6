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
import {cookie} from "@web/core/browser/cookie";
import {getColor} from "@web/core/colors/colors";
import {user} from "@web/core/user";

/** One picture with its numbers as a table for whoever does not see it. */
export class DashboardChart extends Component {
    static template = "contact_history.DashboardChart";
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

    get isStack() {
        return this.props.chart.type === "stack";
    }

    get datasets() {
        const scheme = cookie.get("color_scheme");
        const {series} = this.props.chart;
        return series.map((one, index) => {
            const color = getColor(index, scheme, series.length);
            return {
                label: one.label,
                data: one.values,
                backgroundColor: color,
                borderColor: color,
                spanGaps: true,
                cubicInterpolationMode: "monotone",
            };
        });
    }

    get options() {
        const {series, max, unit} = this.props.chart;
        return {
            animation: false,
            locale: user.lang,
            maintainAspectRatio: false,
            interaction: {mode: "index", intersect: false},
            onClick: (_event, [point]) => point && this.openStep(point.index),
            plugins: {
                legend: {display: series.length > 1, position: "bottom"},
                tooltip: {callbacks: {label: (item) => this.tooltip(item)}},
            },
            scales: {
                x: {stacked: this.isStack, ticks: {maxRotation: 0, autoSkip: true}},
                y: {
                    stacked: this.isStack,
                    beginAtZero: true,
                    max,
                    title: {display: Boolean(unit), text: unit},
                    ticks: {maxTicksLimit: 6},
                },
            },
        };
    }

    tooltip({dataset, datasetIndex, dataIndex}) {
        const text = this.props.chart.series[datasetIndex].texts[dataIndex];
        return `${dataset.label}: ${text}`;
    }

    openStep(index) {
        this.props.open(this.props.chart.links[index]);
    }

    draw() {
        this.picture?.destroy();
        if (!this.canvas.el) {
            return;
        }
        this.picture = new Chart(this.canvas.el, {
            type: this.isStack ? "bar" : "line",
            data: {labels: this.props.chart.labels, datasets: this.datasets},
            options: this.options,
        });
    }
}
