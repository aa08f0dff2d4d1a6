import {user} from "@web/core/user";

// A longer label would leave no room for its bar; the table says it in full.
const LONGEST_LABEL = 26;

function shortened(label) {
    return label.length > LONGEST_LABEL
        ? `${label.slice(0, LONGEST_LABEL - 1)}…`
        : label;
}

/**
 * The axes of a bar chart. Numbers are written as the reader writes them ("3 mln"),
 * the library itself only knows English.
 *
 * @param {{labels: string[], is_horizontal?: boolean}} chart
 * @param {string} [locale] as JavaScript names it
 * @returns {object} what Chart.js calls scales
 */
export function scalesOf({labels, is_horizontal: isHorizontal}, locale = user.lang) {
    const words = new Intl.NumberFormat(locale, {
        notation: "compact",
        maximumFractionDigits: 1,
    });
    const values = {
        beginAtZero: true,
        ticks: {
            maxTicksLimit: 6,
            precision: 0,
            callback: (value) => words.format(value),
        },
    };
    const names = {ticks: {callback: (_value, index) => shortened(labels[index])}};
    return isHorizontal ? {x: values, y: names} : {x: names, y: values};
}
