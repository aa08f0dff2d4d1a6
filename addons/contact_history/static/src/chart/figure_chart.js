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
import {scalesOf} from "./chart_scales";

/**
 * One picture with its numbers as a table for whoever does not see it.
 *
 * A chart is a dict of ``code``, ``label``, ``labels`` (of the steps), ``series``
 * ([{label, values, texts}]) and ``link`` (what its title opens); ``type`` is "line"
 * or "stack", bars side by side without. May have: ``links`` (what each step opens),
 * ``is_horizontal``, ``unit`` and ``max`` of the axis.
 */
export class FigureChart extends Component {
    static template = "contact_history.FigureChart";
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

    get hasLinks() {
        return Boolean(this.props.chart.links);
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
        const {series, is_horizontal: isHorizontal} = this.props.chart;
        return {
            animation: false,
            indexAxis: isHorizontal ? "y" : "x",
            maintainAspectRatio: false,
            interaction: {
                mode: "index",
                intersect: false,
                axis: isHorizontal ? "y" : "x",
            },
            onClick: (_event, [point]) => point && this.openStep(point.index),
            plugins: {
                legend: {
                    display: series.length > 1,
                    position: "bottom",
                    // Many channels would leave no room for the bars.
                    labels: {boxWidth: 12, padding: 8},
                },
                tooltip: {callbacks: {label: (item) => this.tooltip(item)}},
            },
            scales: scalesOf(this.props.chart),
        };
    }

    tooltip({dataset, datasetIndex, dataIndex}) {
        const text = this.props.chart.series[datasetIndex].texts[dataIndex];
        return `${dataset.label}: ${text}`;
    }

    openStep(index) {
        if (this.hasLinks) {
            this.props.open(this.props.chart.links[index]);
        }
    }

    draw() {
        this.picture?.destroy();
        if (!this.canvas.el) {
            return;
        }
        const {labels, type} = this.props.chart;
        this.picture = new Chart(this.canvas.el, {
            type: type === "line" ? "line" : "bar",
            data: {labels, datasets: this.datasets},
            options: this.options,
        });
    }
}
