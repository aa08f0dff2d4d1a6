import {Component, useState} from "@odoo/owl";
import {DateTimeInput} from "@web/core/datetime/datetime_input";
import {CheckboxItem} from "@web/core/dropdown/checkbox_item";
import {Dropdown} from "@web/core/dropdown/dropdown";
import {deserializeDateTime, today} from "@web/core/l10n/dates";
import {_t} from "@web/core/l10n/translation";
import {useService} from "@web/core/utils/hooks";
import {useDebounced} from "@web/core/utils/timing";
import {allChannels} from "./timeline_presenters";

// How long one pauses between two words, in milliseconds.
const TYPING = 400;

/** Everything that narrows the timeline, and what one can do with it. */
export class TimelineToolbar extends Component {
    static template = "contact_history.TimelineToolbar";
    static components = {CheckboxItem, DateTimeInput, Dropdown};
    static props = {
        model: Object,
        partnerId: Number,
        isFullScreen: {type: Boolean, optional: true},
        onFullScreen: Function,
        onJump: Function,
        onLogContact: Function,
        onRefresh: Function,
        onShowKeys: Function,
    };

    setup() {
        this.orm = useService("orm");
        this.model = useState(this.props.model);
        this.state = useState({options: null, hasFailed: false});
        this.channels = allChannels();
        this.directions = [
            {code: "incoming", icon: "fa-arrow-down", label: _t("Incoming")},
            {code: "outgoing", icon: "fa-arrow-up", label: _t("Outgoing")},
        ];
        this.flags = [
            {name: "attachments", label: _t("With attachments")},
            {name: "system", label: _t("Also changes and automatic messages")},
        ];
        this.search = useDebounced((text) => this.model.search(text), TYPING);
        this.latestDay = today();
    }

    get channelsLabel() {
        const wanted = this.channels.filter(({code}) =>
            this.model.isWanted("channels", code)
        );
        if (!wanted.length) {
            return _t("All channels");
        }
        return wanted.map(({label}) => label).join(", ");
    }

    /** The lists of the second menu that leave a choice. */
    get lists() {
        const {branches = [], people = [], kinds = []} = this.state.options || {};
        return [
            {name: "kinds", label: _t("Kind"), choices: kinds.map(byCode)},
            {name: "branches", label: _t("Branch"), choices: branches.map(byId)},
            {name: "people", label: _t("Our person"), choices: people.map(byId)},
        ].filter(({choices}) => choices.length > 1);
    }

    get moreCount() {
        const {attachments, branches, people, kinds, system} = this.model.filters;
        const chosen = branches.length + people.length + kinds.length;
        return chosen + Number(attachments) + Number(system);
    }

    /** The day up to which entries are shown. */
    get day() {
        const {start} = this.model;
        return start ? deserializeDateTime(start).minus({days: 1}) : false;
    }

    async onOpenMore() {
        try {
            this.state.options = await this.orm.silent.call(
                "res.partner",
                "contact_history_options",
                [[this.props.partnerId]]
            );
            this.state.hasFailed = false;
        } catch {
            this.state.hasFailed = true;
        }
    }

    onSearch({target}) {
        this.search(target.value);
    }
}

function byId({id, name}) {
    return {value: id, label: name};
}

function byCode({code, name}) {
    return {value: code, label: name};
}
