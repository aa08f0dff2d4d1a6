import {user} from "@web/core/user";

// A longer label would leave no room for its bar; the table says it in full.
const LONGEST_LABEL = 26;

function shortened(label) {
    return label.length > LONGEST_LABEL
        ? `${label.slice(0, LONGEST_LABEL - 1)}…`
        : label;
}

/**
 * The axes of a chart. Numbers are written as the reader writes them ("3 mln"),
 * the library itself only knows English.
 *
 * @param {{labels: string[], type?: string, is_horizontal?: boolean, unit?: string,
 *     max?: number}} chart
 * @param {string} [locale] as JavaScript names it
 * @returns {object} what Chart.js calls scales
 */
export function scalesOf(chart, locale = user.lang) {
    const {labels, type, is_horizontal: isHorizontal, unit, max} = chart;
    const stacked = type === "stack";
    const words = new Intl.NumberFormat(locale, {
        notation: "compact",
        maximumFractionDigits: 1,
    });
    const values = {
        stacked,
        beginAtZero: true,
        max,
        title: {display: Boolean(unit), text: unit},
        ticks: {
            maxTicksLimit: 6,
            precision: 0,
            callback: (value) => words.format(value),
        },
    };
    const names = {
        stacked,
        ticks: {
            // Days follow each other: some of them say where one is.
            ...(type && {maxRotation: 0, autoSkip: true}),
            callback: (_value, index) => shortened(labels[index]),
        },
    };
    return isHorizontal ? {x: values, y: names} : {x: names, y: values};
}
