import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";

/**
 * How entries look: { icon, label, tone }. Sources of other addons add their kind
 * to the first, new ways of contact go into the second. The tone is one of the
 * theme's colour names.
 */
const kinds = registry.category("contact_history.kinds");
const channels = registry.category("contact_history.channels");

kinds
    .add("activity", {
        icon: "fa-clock-o",
        label: _t("Planned activity"),
        tone: "secondary",
    })
    .add("planned_meeting", {
        icon: "fa-calendar",
        label: _t("Planned meeting"),
        tone: "secondary",
    })
    .add("rating", {icon: "fa-star-o", label: _t("Rating"), tone: "warning"})
    .add("feedback", {icon: "fa-smile-o", label: _t("Feedback"), tone: "warning"});

kinds.add("system", {
    icon: "fa-cog",
    label: _t("Change"),
    tone: "secondary",
});

channels
    .add("call", {icon: "fa-phone", label: _t("Call"), tone: "success"})
    .add("email", {icon: "fa-envelope-o", label: _t("E-mail"), tone: "primary"})
    .add("sms", {icon: "fa-commenting-o", label: _t("SMS"), tone: "info"})
    .add("chat", {icon: "fa-comments-o", label: _t("Chat"), tone: "info"})
    .add("meeting", {icon: "fa-users", label: _t("Meeting"), tone: "warning"})
    .add("visit", {icon: "fa-map-marker", label: _t("Visit"), tone: "warning"})
    .add("talk", {
        icon: "fa-pencil-square-o",
        label: _t("Note of a talk"),
        tone: "warning",
    })
    .add("letter", {icon: "fa-file-text-o", label: _t("Letter"), tone: "secondary"})
    .add("social", {icon: "fa-share-alt", label: _t("Social message"), tone: "danger"})
    .add("web_form", {icon: "fa-globe", label: _t("Web form"), tone: "info"})
    .add("portal", {
        icon: "fa-user-circle-o",
        label: _t("Portal message"),
        tone: "primary",
    });

const FALLBACK = {
    icon: "fa-circle-o",
    label: _t("Contact"),
    tone: "secondary",
};

const STATES = {
    answered: {label: _t("Taken"), tone: "success"},
    missed: {label: _t("Missed"), tone: "warning"},
    voicemail: {label: _t("Voicemail"), tone: "info"},
    failed: {label: _t("Failed"), tone: "danger"},
    cancelled: {label: _t("Cancelled"), tone: "secondary"},
    overdue: {label: _t("Overdue"), tone: "danger"},
    today: {label: _t("Due today"), tone: "warning"},
    planned: {label: _t("Planned"), tone: "secondary"},
};

/** @returns {{ icon: string, label: string, tone: string }} */
export function presentationOf(entry) {
    return kinds.get(entry.kind, null) || channels.get(entry.channel, FALLBACK);
}

/** @returns {{ label: string, tone: string } | undefined} */
export function stateOf(entry) {
    return STATES[entry.state];
}

/** @returns {{ code: string, icon: string, label: string }[]} */
export function allChannels() {
    return channels.getEntries().map(([code, channel]) => ({code, ...channel}));
}
