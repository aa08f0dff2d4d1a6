import {Component, onWillStart, useState} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {user} from "@web/core/user";
import {useService} from "@web/core/utils/hooks";

/** An icon in the bar on top: a contact is logged from any page, on a telephone, too. */
export class LogContactSystray extends Component {
    static template = "contact_history.LogContactSystray";
    static props = {};

    setup() {
        this.log = useService("contact_history.log_contact");
        this.state = useState({hasAccess: false});
        onWillStart(async () => {
            this.state.hasAccess = await user.hasGroup(
                "contact_history.contact_history_group_user"
            );
        });
    }
}

registry
    .category("systray")
    .add("contact_history.log_contact", {Component: LogContactSystray}, {sequence: 45});
