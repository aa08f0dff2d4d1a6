import {Component} from "@odoo/owl";

import {FigureChart} from "../chart/figure_chart";

/** One part of the page; its kind says how it is drawn. */
export class DashboardSection extends Component {
    static template = "contact_history.DashboardSection";
    static props = {section: Object, open: Function, openMovers: Function};
    static components = {FigureChart};

    cellLabel(row, way, cell) {
        return [row.name, way.label, cell.share, cell.points]
            .filter(Boolean)
            .join(", ");
    }
}
