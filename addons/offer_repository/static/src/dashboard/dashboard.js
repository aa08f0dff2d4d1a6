import {Component, onWillDestroy, onWillStart, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {FigureChart} from "@contact_history/chart/figure_chart";
import {Layout} from "@web/search/layout";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";

import {downloadFile} from "../offer_export/download_action";
import {DashboardModel} from "./dashboard_model";
import {HeatMap} from "./heat_map";

/** What branches cost each other and what was lost, on one page, for managers. */
export class Dashboard extends Component {
    static template = "offer_repository.Dashboard";
    static props = {...standardActionServiceProps};
    static components = {FigureChart, HeatMap, Layout};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.display = {controlPanel: {}};
        const read = (months) =>
            this.orm.silent.call("offer.dashboard", "read_figures", [months]);
        this.model = useState(new DashboardModel(read));
        onWillStart(() => {
            // Not awaited: the page says that it is loading.
            this.model.load();
        });
        onWillDestroy(() => this.model.stop());
    }

    periodLabel(months) {
        // Each in full: languages differ in how they count.
        return {3: _t("3 months"), 6: _t("6 months"), 12: _t("12 months")}[months];
    }

    get currencyLabel() {
        const {currency} = this.model.figures;
        return _t("Amounts in %(currency)s, without tax", {currency});
    }

    onPeriod(months) {
        this.model.load(months);
    }

    /** The conflicts of the period as a file: a sheet, or paper for the board. */
    async download(format) {
        await downloadFile(this.env, `/offer_repository/${format}`, {
            kind: "conflicts",
            domain: this.model.figures.export_domain,
            about: this.periodLabel(this.model.months),
        });
    }

    open(action) {
        return this.action.doAction(action);
    }
}

registry.category("actions").add("offer_repository.dashboard", Dashboard);
