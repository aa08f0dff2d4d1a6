import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";

/** Branch against branch: numbers in a table, and the more money the darker. */
export class HeatMap extends Component {
    static template = "offer_repository.HeatMap";
    static props = {heat: Object, open: Function};

    cellLabel(row, branch, cell) {
        return _t("%(one)s against %(two)s: %(count)s conflicts, %(money)s apart", {
            one: row.name,
            two: branch.name,
            count: cell.count,
            money: cell.money,
        });
    }
}
