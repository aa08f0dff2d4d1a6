import {Component} from "@odoo/owl";
import {FileModel} from "@web/core/file_viewer/file_model";
import {useFileViewer} from "@web/core/file_viewer/file_viewer_hook";
import {formatDuration} from "@web/core/l10n/dates";
import {localization} from "@web/core/l10n/localization";
import {_t} from "@web/core/l10n/translation";
import {usePopover} from "@web/core/popover/popover_hook";
import {momentOf} from "./timeline_days";
import {presentationOf, stateOf} from "./timeline_presenters";

const DAY = {day: "numeric", month: "short"};

export class RedactionReason extends Component {
    static template = "contact_history.RedactionReason";
    static props = {
        reason: String,
        close: {type: Function, optional: true},
    };
}

/** One entry: who with whom, how, when, and what about as far as one may know. */
export class TimelineEntry extends Component {
    static template = "contact_history.TimelineEntry";
    static props = {
        entry: Object,
        onOpenDocument: Function,
        onPin: {type: Function, optional: true},
        onToggleThread: {type: Function, optional: true},
        earlierCount: {type: Number, optional: true},
        isOpen: {type: Boolean, optional: true},
        showBranch: {type: Boolean, optional: true},
        showDay: {type: Boolean, optional: true},
    };

    setup() {
        this.fileViewer = useFileViewer();
        this.reasonPopover = usePopover(RedactionReason, {position: "bottom-start"});
    }

    get look() {
        return presentationOf(this.props.entry);
    }

    get state() {
        return stateOf(this.props.entry);
    }

    get title() {
        return this.props.entry.subject || this.look.label;
    }

    get titleWeight() {
        return this.props.entry.subject ? "fw-bolder" : "fw-normal";
    }

    /** Whoever may not see all of it must know where to ask. */
    get branch() {
        const {entry, showBranch} = this.props;
        return showBranch || entry.redacted ? entry.company_name : null;
    }

    get time() {
        const {entry, showDay} = this.props;
        const moment = momentOf(entry);
        const format = localization.timeFormat.replace(":ss", "");
        const time = entry.date_only ? "" : moment.toFormat(format);
        const day = showDay ? moment.toLocaleString(DAY) : "";
        return [day, time].filter(Boolean).join(" ");
    }

    get pinLabel() {
        return this.props.entry.is_pinned ? _t("Unpin") : _t("Pin to the top");
    }

    get earlierLabel() {
        return _t("Earlier messages: %(count)s", {count: this.props.earlierCount});
    }

    /** What a screen reader says of the entry before one reads on. */
    get spoken() {
        const parts = [this.look.label, this.directionLabel, this.title, this.time];
        return [...new Set(parts)].filter(Boolean).join(", ");
    }

    get duration() {
        const seconds = this.props.entry.duration;
        return seconds ? formatDuration(seconds, true) : "";
    }

    /** The two sides, the one that made contact first. */
    get sides() {
        const {
            direction,
            user_name: user,
            partner_name: partner,
            level,
        } = this.props.entry;
        if (level === "existence") {
            return [];
        }
        const customer = partner || (direction ? _t("Customer") : "");
        const sides = direction === "incoming" ? [customer, user] : [user, customer];
        return sides.filter(Boolean);
    }

    get directionLabel() {
        const labels = {incoming: _t("Incoming"), outgoing: _t("Outgoing")};
        return labels[this.props.entry.direction];
    }

    get directionIcon() {
        return this.props.entry.direction === "incoming"
            ? "fa-arrow-down"
            : "fa-arrow-up";
    }

    get files() {
        return this.props.entry.attachments.map((values) =>
            Object.assign(new FileModel(), values)
        );
    }

    onOpenFile(file) {
        const files = this.files;
        const chosen = files.find((other) => other.id === file.id);
        this.fileViewer.open(chosen, files);
    }

    onExplain(ev) {
        this.reasonPopover.open(ev.currentTarget, {reason: this.props.entry.reason});
    }
}
