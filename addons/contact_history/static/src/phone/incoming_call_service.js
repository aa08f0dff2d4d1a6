import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";

/** What the card of a caller says. */
export function describeCaller({partner_name: name, number, candidates}) {
    if (name) {
        return _t("%(name)s (%(number)s)", {name, number});
    }
    if (candidates.length) {
        const names = candidates.join(", ");
        return _t("%(number)s, maybe %(names)s", {number, names});
    }
    return number || _t("Number withheld");
}

/** Shows the person whose telephone rings who is calling. */
export const incomingCallService = {
    dependencies: ["action", "bus_service", "notification"],
    start(env, {action, bus_service, notification}) {
        bus_service.subscribe("contact_history.incoming_call", (caller) => {
            const close = notification.add(describeCaller(caller), {
                title: _t("Incoming call"),
                type: "info",
                sticky: true,
                buttons: caller.partner_id
                    ? [
                          {
                              name: _t("Open the customer"),
                              primary: true,
                              onClick: () => {
                                  close();
                                  action.doAction({
                                      type: "ir.actions.act_window",
                                      res_model: "res.partner",
                                      res_id: caller.partner_id,
                                      views: [[false, "form"]],
                                  });
                              },
                          },
                      ]
                    : [],
            });
        });
        bus_service.start();
    },
};

registry.category("services").add("contact_history.incoming_call", incomingCallService);
