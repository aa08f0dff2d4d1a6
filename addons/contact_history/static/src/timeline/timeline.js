import {Component, onWillStart, onWillUpdateProps, useState} from "@odoo/owl";
import {CheckboxItem} from "@web/core/dropdown/checkbox_item";
import {Dropdown} from "@web/core/dropdown/dropdown";
import {today} from "@web/core/l10n/dates";
import {_t} from "@web/core/l10n/translation";
import {useService} from "@web/core/utils/hooks";
import {useDebounced} from "@web/core/utils/timing";
import {FormViewDialog} from "@web/views/view_dialogs/form_view_dialog";
import {TimelineEntry} from "./timeline_entry";
import {TimelineHeader} from "./timeline_header";
import {TimelineModel} from "./timeline_model";
import {allChannels} from "./timeline_presenters";

// How near to the end of the list reading on starts, in pixels.
const NEAR_END = 200;
// How long one pauses between two words, in milliseconds.
const TYPING = 400;

/** Frame of the timeline: filters, days, and every state it can be in. */
export class Timeline extends Component {
    static template = "contact_history.Timeline";
    static components = {CheckboxItem, Dropdown, TimelineEntry, TimelineHeader};
    static props = {
        partnerId: Number,
    };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.dialog = useService("dialog");
        this.skeletonRows = [1, 2, 3];
        this.channels = allChannels();
        this.directions = [
            {code: "incoming", label: _t("Incoming")},
            {code: "outgoing", label: _t("Outgoing")},
        ];
        this.model = useState(
            new TimelineModel((partnerId, {cursor, filters}) =>
                this.orm.call("res.partner", "contact_history_page", [[partnerId]], {
                    cursor,
                    filters,
                })
            )
        );
        this.state = useState({version: 0});
        this.search = useDebounced((text) => this.model.search(text), TYPING);
        onWillStart(() => {
            // Not awaited: the skeleton shows while the first page is read.
            this.model.load(this.props.partnerId);
        });
        onWillUpdateProps((nextProps) => {
            if (nextProps.partnerId !== this.props.partnerId) {
                this.model.load(nextProps.partnerId);
            }
        });
    }

    get channelsLabel() {
        const wanted = this.channels.filter(({code}) =>
            this.model.isChannelWanted(code)
        );
        if (!wanted.length) {
            return _t("All channels");
        }
        return wanted.map(({label}) => label).join(", ");
    }

    get countLabel() {
        return _t("Contacts shown: %(count)s", {count: this.model.entries.length});
    }

    dayLabel({moment}) {
        const now = today();
        const days = Math.round(moment.startOf("day").diff(now, "days").days);
        const near = {"-1": _t("Yesterday"), 0: _t("Today"), 1: _t("Tomorrow")};
        if (days in near) {
            return near[days];
        }
        const format = {weekday: "long", day: "numeric", month: "long"};
        if (moment.year !== now.year) {
            format.year = "numeric";
        }
        return moment.toLocaleString(format);
    }

    onScroll({currentTarget: list}) {
        if (list.scrollHeight - list.scrollTop - list.clientHeight < NEAR_END) {
            this.model.loadMore();
        }
    }

    onLogContact() {
        this.dialog.add(FormViewDialog, {
            resModel: "contact.interaction",
            title: _t("Log a contact"),
            context: {default_partner_id: this.props.partnerId},
            onRecordSaved: () => this.onRefresh(),
        });
    }

    onRefresh() {
        this.state.version++;
        return this.model.reload();
    }

    onSearch({target}) {
        this.search(target.value);
    }

    onOpenDocument(entry) {
        this.action.doAction({
            type: "ir.actions.act_window",
            res_model: entry.res_model,
            res_id: entry.res_id,
            views: [[false, "form"]],
        });
    }
}
