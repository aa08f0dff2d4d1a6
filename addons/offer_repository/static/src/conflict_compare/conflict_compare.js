import {Component, onWillDestroy, useState} from "@odoo/owl";
import {formatCurrency} from "@web/core/currency";
import {deserializeDate, deserializeDateTime} from "@web/core/l10n/dates";
import {_t} from "@web/core/l10n/translation";
import {formatFloat} from "@web/core/utils/numbers";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {useRecordObserver} from "@web/model/relational_model/utils";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";

import {CompareModel} from "./compare_model";

const {DateTime} = luxon;

/** A number never stands alone at the end of a line, its sign on the next. */
function glued(text) {
    return text.replace(/ %/g, "\u00a0%");
}

/** The offers of a conflict side by side, line by line, for managers. */
export class ConflictCompare extends Component {
    static template = "offer_repository.ConflictCompare";
    static props = {...standardWidgetProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.model = useState(
            new CompareModel((id) =>
                this.orm.call("offer.conflict", "compare_data", [[id]])
            )
        );
        useRecordObserver((record) => {
            // Reading the state makes the decision reload the comparison.
            this.follow(record.resId, record.data.state);
        });
        onWillDestroy(() => this.model.ticket++);
    }

    follow(conflictId, state) {
        const shown = `${conflictId}-${state}`;
        if (shown !== this.shown) {
            this.shown = shown;
            this.model.load(conflictId);
        }
    }

    get groups() {
        const {sharedRows, singleRows} = this.model;
        return [
            {key: "shared", title: _t("In several offers"), rows: sharedRows},
            {key: "single", title: _t("In one offer only"), rows: singleRows},
        ].filter((group) => group.rows.length);
    }

    get spreadText() {
        const {percent, basis} = this.model.data.spread;
        const amount = this.money(this.model.data.spread.amount);
        if (!this.model.data.spread.amount) {
            return _t("The prices do not differ.");
        }
        return basis === "products"
            ? _t("%(amount)s (%(percent)s %) apart for the same goods", {
                  amount,
                  percent: this.number(percent, 1),
              })
            : _t("%(amount)s (%(percent)s %) apart in total; no goods in common", {
                  amount,
                  percent: this.number(percent, 1),
              });
    }

    /** The colours that the state has in the lists of offers. */
    stateClass(side) {
        const colour = {
            sent: "info",
            won: "success",
            lost: "danger",
            expired: "warning",
        };
        const found = colour[side.state];
        return found ? `text-bg-${found}` : "text-bg-light border";
    }

    money(value) {
        return formatCurrency(value, this.model.currencyId);
    }

    ownMoney(side) {
        return formatCurrency(side.own_total, side.own_currency_id);
    }

    number(value, digits = 2) {
        return formatFloat(value, {digits: [16, digits], trailingZeros: false});
    }

    date(side, name) {
        const value = side[name];
        if (!value) {
            return _t("open");
        }
        const read = name === "date_sent" ? deserializeDateTime : deserializeDate;
        return read(value).toLocaleString(DateTime.DATE_MED);
    }

    below(cell) {
        return glued(
            _t("%(percent)s % below", {percent: this.number(cell.percent_below, 1)})
        );
    }

    /** What is left of a price; the server tells it to whom may see margins. */
    margin(cell) {
        return glued(
            _t("margin %(percent)s %", {percent: this.number(cell.margin_percent, 1)})
        );
    }

    totalMargin(side) {
        return glued(
            _t("margin %(amount)s (%(percent)s %)", {
                amount: this.money(side.margin),
                percent: this.number(side.margin_percent, 1),
            })
        );
    }

    levelText(level) {
        return {
            product: _t("Same product"),
            code: _t("Same product code"),
            template: _t("Same product, other variant"),
            text: _t("Same description"),
        }[level];
    }

    openOffer(side) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "offer.offer",
            res_id: side.key,
            views: [[false, "form"]],
        });
    }
}

registry
    .category("view_widgets")
    .add("offer_conflict_compare", {component: ConflictCompare});
