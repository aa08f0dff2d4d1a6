import {Component, onWillStart, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {Layout} from "@web/search/layout";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {Timeline} from "./timeline";

/** The timeline of one customer as a page of its own. */
export class TimelineAction extends Component {
    static template = "contact_history.TimelineAction";
    static components = {Layout, Timeline};
    static props = {...standardActionServiceProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.display = {controlPanel: {}};
        this.state = useState({name: ""});
        onWillStart(() => this.loadName());
    }

    get partnerId() {
        const {context, params} = this.props.action;
        return Number(context?.active_id || params?.active_id) || null;
    }

    async loadName() {
        let name = "";
        if (this.partnerId) {
            try {
                const [partner] = await this.orm.silent.read(
                    "res.partner",
                    [this.partnerId],
                    ["display_name"]
                );
                name = partner?.display_name || "";
            } catch {
                // The timeline itself says that the customer cannot be seen.
            }
        }
        this.state.name = name;
        this.env.config.setDisplayName(
            name ? _t("Contact history of %(name)s", {name}) : _t("Contact history")
        );
    }

    onOpenCustomer() {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "res.partner",
            res_id: this.partnerId,
            views: [[false, "form"]],
        });
    }
}

registry.category("actions").add("contact_history.timeline", TimelineAction);
