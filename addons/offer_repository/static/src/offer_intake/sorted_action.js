import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";

/**
 * Says what became of a document, offers to undo it, and shows the next one to sort.
 * From a list it stays there.
 */
export function sorted(env, {params}) {
    const {action, notification, orm} = env.services;
    const buttons = [];
    let close = null;
    if (params.undo_ids) {
        buttons.push({
            name: _t("Undo"),
            onClick: async () => {
                close();
                await orm.call("offer.intake", "action_bring_back", [params.undo_ids]);
                await open(action, params.undo_ids[0]);
            },
        });
    }
    if (params.offer_id) {
        buttons.push({
            name: _t("Open the offer"),
            onClick: () => {
                close();
                return open(action, params.offer_id, "offer.offer");
            },
        });
    }
    close = notification.add(params.message, {type: "success", buttons});
    if (action.currentController?.view?.type === "list") {
        return action.doAction("soft_reload");
    }
    if (params.next_id) {
        return open(action, params.next_id, "offer.intake", "replaceCurrentAction");
    }
    return action.doAction("offer_repository.offer_intake_action", {
        clearBreadcrumbs: true,
    });
}

function open(action, resId, resModel = "offer.intake", stackPosition = null) {
    return action.doAction(
        {
            type: "ir.actions.act_window",
            res_model: resModel,
            res_id: resId,
            views: [[false, "form"]],
        },
        stackPosition ? {stackPosition} : {}
    );
}

registry.category("actions").add("offer_repository_sorted", sorted);
