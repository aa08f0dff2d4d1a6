import {formatInteger} from "@web/views/fields/formatters";

// A longer label would leave no room for its bar; the table says it in full.
const LONGEST_LABEL = 26;

function shortened(label) {
    return label.length > LONGEST_LABEL
        ? `${label.slice(0, LONGEST_LABEL - 1)}…`
        : label;
}

/**
 * The axes of a bar chart. Numbers are written as the reader writes them, which the
 * library only does for English.
 *
 * @param {{labels: string[], is_horizontal?: boolean}} chart
 * @returns {object} what Chart.js calls scales
 */
export function scalesOf({labels, is_horizontal: isHorizontal}) {
    const values = {
        beginAtZero: true,
        ticks: {
            maxTicksLimit: 6,
            precision: 0,
            callback: (value) => formatInteger(value),
        },
    };
    const names = {ticks: {callback: (_value, index) => shortened(labels[index])}};
    return isHorizontal ? {x: values, y: names} : {x: names, y: values};
}
