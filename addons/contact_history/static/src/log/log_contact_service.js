import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {user} from "@web/core/user";
import {FormViewDialog} from "@web/views/view_dialogs/form_view_dialog";

const GROUP = "contact_history.contact_history_group_user";

/** "Log a contact" from anywhere: by its keys, or from the command palette. */
export const logContactService = {
    dependencies: ["command", "dialog"],
    async start(env, {command, dialog}) {
        if (!(await user.hasGroup(GROUP))) {
            return;
        }
        command.add(
            _t("Log a contact"),
            () =>
                dialog.add(FormViewDialog, {
                    resModel: "contact.interaction",
                    title: _t("Log a contact"),
                }),
            {hotkey: "alt+shift+l", global: true, category: "smart_action"}
        );
    },
};

registry.category("services").add("contact_history.log_contact", logContactService);
