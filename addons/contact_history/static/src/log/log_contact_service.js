import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {user} from "@web/core/user";
import {FormViewDialog} from "@web/views/view_dialogs/form_view_dialog";

const GROUP = "contact_history.contact_history_group_user";

/** "Log a contact" from anywhere: by its keys, or from the command palette. */
export const logContactService = {
    dependencies: ["command", "dialog", "notification"],
    start(env, {command, dialog, notification}) {
        async function logContact() {
            // Asked for when it is wanted: not every page has to know.
            if (!(await user.hasGroup(GROUP))) {
                notification.add(
                    _t("Ask your administrator for access to Contact History."),
                    {type: "warning"}
                );
                return;
            }
            dialog.add(FormViewDialog, {
                resModel: "contact.interaction",
                title: _t("Log a contact"),
            });
        }
        command.add(_t("Log a contact"), logContact, {
            hotkey: "alt+shift+l",
            global: true,
            category: "smart_action",
        });
    },
};

registry.category("services").add("contact_history.log_contact", logContactService);
