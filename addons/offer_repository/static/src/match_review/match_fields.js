import {Component} from "@odoo/owl";
import {deserializeDateTime} from "@web/core/l10n/dates";
import {_t} from "@web/core/l10n/translation";
import {useService} from "@web/core/utils/hooks";

const {DateTime} = luxon;

/** Two customers field by field, with what is equal and what differs marked. */
export class MatchFields extends Component {
    static template = "offer_repository.MatchFields";
    static props = {data: Object};

    setup() {
        this.action = useService("action");
    }

    get rows() {
        return this.props.data.fields.map((row) => ({
            ...row,
            cells: row.values.map((value, index) => ({
                key: this.props.data.sides[index].id,
                text: row.name === "create_date" ? this.date(value) : value,
            })),
        }));
    }

    date(value) {
        return value
            ? deserializeDateTime(`${value} 00:00:00`).toLocaleString(DateTime.DATE_MED)
            : "";
    }

    markOf(row) {
        return {
            same: {icon: "fa-check text-success", label: _t("The same")},
            differs: {icon: "fa-exchange text-warning", label: _t("Different")},
            single: {icon: "fa-question text-muted", label: _t("On one side only")},
        }[row.mark];
    }

    onOpen(side) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "res.partner",
            res_id: side.id,
            views: [[false, "form"]],
        });
    }
}
