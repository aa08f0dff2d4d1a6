import {Component} from "@odoo/owl";
import {formatFloat} from "@web/core/utils/numbers";
import {_t} from "@web/core/l10n/translation";

// Of these the compared values read like what was typed; those of other kinds are folded
// to how they sound, and stand as typed among the fields.
const READABLE = [
    "bank",
    "contact",
    "domain",
    "email",
    "name",
    "phone",
    "registry",
    "tax",
    "vat",
];

/** Why two customers may be one: every reason with its weight, adding up to the score. */
export class MatchEvidence extends Component {
    static template = "offer_repository.MatchEvidence";
    static props = {data: Object};

    get rows() {
        return this.props.data.evidence.map((row, index) => ({
            ...row,
            key: `${index}-${row.code}`,
            tone: row.points < 0 ? "danger" : "success",
            icon: row.points < 0 ? "fa-minus-circle" : "fa-plus-circle",
            values: this.valuesOf(row),
        }));
    }

    get hasPoints() {
        return this.props.data.evidence.some((row) => row.points);
    }

    get percentText() {
        const percent = 100 * this.props.data.score;
        // A rounded 100 would promise more than any comparison can.
        const shown = Math.min(percent, 99.9);
        return _t("%(percent)s % probable", {
            percent: formatFloat(shown, {digits: [16, shown > 99 ? 1 : 0]}),
        });
    }

    get tone() {
        return (
            {certain: "success", probable: "warning"}[this.props.data.verdict] || "info"
        );
    }

    /** Two equal values are one to read. */
    valuesOf({code, left, right}) {
        if (!READABLE.includes(code.split("_")[0])) {
            return "";
        }
        return [...new Set([left, right].filter(Boolean))].join(" ↔ ");
    }

    signed(points) {
        const text = formatFloat(Math.abs(points), {digits: [16, 1]});
        return points < 0 ? `−${text}` : `+${text}`;
    }
}
