import {Component, onWillDestroy, onWillStart, useState} from "@odoo/owl";
import {browser} from "@web/core/browser/browser";
import {Dropdown} from "@web/core/dropdown/dropdown";
import {DropdownItem} from "@web/core/dropdown/dropdown_item";
import {download} from "@web/core/network/download";
import {registry} from "@web/core/registry";
import {user} from "@web/core/user";
import {useService} from "@web/core/utils/hooks";
import {Layout} from "@web/search/layout";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";

import {DashboardModel} from "./dashboard_model";
import {DashboardSection} from "./dashboard_section";

/** Who waits, how fast we answer and how customers come to us, on one page. */
export class ContactDashboard extends Component {
    static template = "contact_history.Dashboard";
    static props = {...standardActionServiceProps};
    static components = {DashboardSection, Dropdown, DropdownItem, Layout};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.ui = useService("ui");
        this.display = {controlPanel: {}};
        this.model = useState(
            new DashboardModel({
                read: (choice) =>
                    this.orm.silent.call("contact.dashboard", "read_figures", [choice]),
                recall: () => this.recall(),
                remember: (choice) =>
                    browser.localStorage.setItem(this.place, JSON.stringify(choice)),
            })
        );
        onWillStart(() => {
            // Not awaited: the page says that it is loading.
            this.model.load();
        });
        onWillDestroy(() => this.model.stop());
    }

    /** Where this user's choice is kept in this browser. */
    get place() {
        return `contact_history.dashboard.${user.userId}`;
    }

    get areBranchesOff() {
        return user.activeCompanies.length < user.allowedCompanies.length;
    }

    switchBranchesOn() {
        return user.activateCompanies(user.allowedCompanies.map(({id}) => id));
    }

    recall() {
        try {
            return JSON.parse(browser.localStorage.getItem(this.place));
        } catch {
            return null;
        }
    }

    open(link) {
        return this.action.doAction(this.model.actionOf(link));
    }

    async openMovers(row) {
        const action = await this.orm.call("contact.dashboard", "read_movers", [
            this.model.choice,
            row.source,
            row.target,
        ]);
        return this.action.doAction(action);
    }

    /** The page as a file: a sheet, or paper for the meeting. */
    async download(format) {
        this.ui.block();
        try {
            await download({
                url: `/contact_history/dashboard/${format}`,
                data: {choice: JSON.stringify(this.model.choice)},
            });
        } finally {
            this.ui.unblock();
        }
    }
}

registry.category("actions").add("contact_history.dashboard", ContactDashboard);
