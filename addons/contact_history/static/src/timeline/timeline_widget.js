import {Component} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";
import {Timeline} from "./timeline";

/** The timeline as a widget of partner forms: <widget name="contact_history_timeline"/> */
export class TimelineWidget extends Component {
    static template = "contact_history.TimelineWidget";
    static components = {Timeline};
    static props = {...standardWidgetProps};
}

registry.category("view_widgets").add("contact_history_timeline", {
    component: TimelineWidget,
});
