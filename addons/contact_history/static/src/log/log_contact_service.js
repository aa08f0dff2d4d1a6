import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {user} from "@web/core/user";
import {FormViewDialog} from "@web/views/view_dialogs/form_view_dialog";

const NOTHING_OPEN = {action: {}, props: {}, currentState: {}};
const GROUP = "contact_history.contact_history_group_user";

/** The customer whose form or history is open; who logs a contact means that one. */
export function currentCustomerId({currentController}) {
    const {action, props, currentState} = {...NOTHING_OPEN, ...currentController};
    if (action.tag === "contact_history.timeline") {
        return Number(action.context.active_id) || false;
    }
    const isCustomer = props.resModel === "res.partner" && props.type === "form";
    return isCustomer && (currentState.resId || props.resId || false);
}

/** "Log a contact" from anywhere: by its keys, its icon, or the command palette. */
export const logContactService = {
    dependencies: ["action", "command", "dialog", "notification"],
    start(env, {action, command, dialog, notification}) {
        async function logContact() {
            // Asked for when it is wanted: not every page has to know.
            if (!(await user.hasGroup(GROUP))) {
                notification.add(
                    _t("Ask your administrator for access to Contact History."),
                    {type: "warning"}
                );
                return;
            }
            const customerId = currentCustomerId(action);
            dialog.add(FormViewDialog, {
                resModel: "contact.interaction",
                title: _t("Log a contact"),
                context: customerId ? {default_partner_id: customerId} : {},
            });
        }
        command.add(_t("Log a contact"), logContact, {
            hotkey: "alt+shift+l",
            global: true,
            // Who writes somewhere just now is called, too.
            hotkeyOptions: {bypassEditableProtection: true},
            category: "smart_action",
        });
        return {logContact};
    },
};

registry.category("services").add("contact_history.log_contact", logContactService);
