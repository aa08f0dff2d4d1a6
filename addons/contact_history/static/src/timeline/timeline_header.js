import {Component, onWillStart, onWillUpdateProps, useState} from "@odoo/owl";
import {deserializeDate, deserializeDateTime, today} from "@web/core/l10n/dates";
import {localization} from "@web/core/l10n/localization";
import {_t} from "@web/core/l10n/translation";
import {useService} from "@web/core/utils/hooks";
import {formatFloat} from "@web/core/utils/numbers";
import {TimelineChart} from "./timeline_chart";
import {HeaderModel} from "./timeline_header_model";
import {presentationOf} from "./timeline_presenters";
import {composerFor, shownWay} from "./timeline_ways";

const LIGHTS = {
    green: {tone: "success", label: _t("in time")},
    yellow: {tone: "warning", label: _t("due soon")},
    red: {tone: "danger", label: _t("late")},
};
const SURENESS = {
    high: _t("quite sure"),
    medium: _t("likely"),
    low: _t("a guess"),
};

/** What one has to know before turning to the customer. */
export class TimelineHeader extends Component {
    static template = "contact_history.TimelineHeader";
    static components = {TimelineChart};
    static props = {
        partnerId: Number,
        version: Number,
    };

    setup() {
        const orm = useService("orm");
        this.action = useService("action");
        this.model = useState(
            new HeaderModel((partnerId) =>
                orm.silent.call("res.partner", "contact_history_header", [[partnerId]])
            )
        );
        onWillStart(() => {
            // Not awaited: the history must not wait for its header.
            this.model.load(this.props.partnerId);
        });
        onWillUpdateProps(({partnerId, version}) => {
            if (partnerId !== this.props.partnerId || version !== this.props.version) {
                this.model.load(partnerId);
            }
        });
    }

    get waiting() {
        const {waiting} = this.model.header;
        return {
            text: _t("Waiting for us: %(time)s", {
                time: duration(
                    -deserializeDateTime(waiting.since).diffNow("minutes").minutes
                ),
            }),
            light: LIGHTS[waiting.light],
            channel: presentationOf({channel: waiting.channel}).label,
            user: waiting.user,
        };
    }

    get ways() {
        return this.model.header.ways.map(shownWay);
    }

    /** Mails are written in Odoo, whence they come into the history by themselves. */
    onWay(ev, way) {
        if (way.channel === "email") {
            ev.preventDefault();
            this.action.doAction(composerFor(way), {
                onClose: () => this.model.load(this.props.partnerId),
            });
        }
    }

    /** The facts there are, in a fixed order, and those of addons. */
    get facts() {
        const {last, usual, responsible, facts} = this.model.header;
        return [
            last.incoming && this._last("incoming", _t("Last from the customer")),
            last.outgoing && this._last("outgoing", _t("Last from us")),
            usual && {
                code: "usual",
                label: _t("Usually answered within"),
                value: duration(usual.minutes),
                hint: _t("Median of %(count)s, working time", usual),
            },
            this._preferred(),
            this._hours(),
            this._planned(),
            responsible && {
                code: "responsible",
                label: _t("Responsible"),
                value: responsible,
                hint: "",
            },
            ...facts,
        ].filter(Boolean);
    }

    _preferred() {
        const {preferred} = this.model.header;
        return (
            preferred && {
                code: "preferred",
                label: _t("Prefers"),
                value: presentationOf({channel: preferred.channel}).label,
                hint: _t("%(sureness)s: %(count)s of %(total)s contacts", {
                    ...preferred,
                    sureness: SURENESS[preferred.sureness],
                }),
            }
        );
    }

    _hours() {
        const {hours} = this.model.header;
        return (
            hours && {
                code: "hours",
                label: _t("Best reached"),
                value: _t("%(from)s to %(to)s", {
                    from: hourOf(hours.start),
                    to: hourOf(hours.end),
                }),
                hint: _t("%(sureness)s: %(count)s of %(total)s contacts", {
                    ...hours,
                    sureness: SURENESS[hours.sureness],
                }),
            }
        );
    }

    _planned() {
        const {planned} = this.model.header;
        return (
            planned && {
                code: "planned",
                label: _t("Next planned"),
                value: deserializeDate(planned.date).toLocaleString({
                    day: "numeric",
                    month: "long",
                }),
                hint: [planned.summary, planned.user].filter(Boolean).join(", "),
            }
        );
    }

    _last(direction, label) {
        const {at, channel, user} = this.model.header.last[direction];
        const look = presentationOf({channel});
        return {
            code: direction,
            label,
            value: ago(at),
            hint: [look.label, user].filter(Boolean).join(", "),
        };
    }
}

/** As the reader writes times: 9 am and 9:00 are the same hour. */
function hourOf(hour) {
    const moment = today().set({hour: hour % 24});
    return moment.toFormat(localization.timeFormat.replace(":ss", ""));
}

function ago(moment) {
    return deserializeDateTime(moment).toRelative();
}

function duration(minutes) {
    if (minutes < 1) {
        return _t("less than a minute");
    }
    if (minutes < 60) {
        return _t("%(count)s min", {count: Math.round(minutes)});
    }
    const hours = minutes / 60;
    if (hours < 48) {
        return _t("%(count)s h", {
            count: formatFloat(hours, {digits: [16, 1], trailingZeros: false}),
        });
    }
    return _t("%(count)s days", {count: Math.round(hours / 24)});
}
