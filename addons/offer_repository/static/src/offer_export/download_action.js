import {download} from "@web/core/network/download";
import {registry} from "@web/core/registry";

/**
 * Fetch a file that the server makes, with the screen blocked meanwhile.
 *
 * @param {object} env
 * @param {string} url
 * @param {object} request what the file is to hold
 */
export async function downloadFile(env, url, request) {
    const {ui} = env.services;
    ui.block();
    try {
        await download({url, data: {request_json: JSON.stringify(request)}});
    } finally {
        ui.unblock();
    }
}

/**
 * @param {object} env
 * @param {object} action of type ir.actions.client with ``route`` and ``request``
 */
export async function downloadAction(env, action) {
    await downloadFile(env, action.params.route, action.params.request);
}

registry.category("actions").add("offer_repository.download", downloadAction);
