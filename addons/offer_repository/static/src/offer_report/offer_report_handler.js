import {download} from "@web/core/network/download";
import {registry} from "@web/core/registry";
import {user} from "@web/core/user";
import {getReportUrl} from "@web/webclient/actions/reports/utils";

const OFFER_REPORTS = new Set([
    "sale.report_saleorder",
    "sale.report_saleorder_raw",
    "sale.report_saleorder_pro_forma",
]);

/**
 * Downloads quotations that are made without wkhtmltopdf. The web client would look for
 * that program first and show a page instead of the PDF where it is missing.
 *
 * @param {object} action an action of type ir.actions.report
 * @param {object} options
 * @param {object} env
 * @returns {Promise<boolean>} false when the web client shall print it its own way
 */
export async function printOfferDocument(action, options, env) {
    const orderIds = action.context?.active_ids || [];
    if (
        action.report_type !== "qweb-pdf" ||
        !OFFER_REPORTS.has(action.report_name) ||
        !orderIds.length
    ) {
        return false;
    }
    const {orm, ui} = env.services;
    if (!(await orm.call("sale.order", "offer_document_is_built_in", [orderIds]))) {
        return false;
    }
    ui.block();
    try {
        const data = JSON.stringify([getReportUrl(action, "pdf"), action.report_type]);
        const context = JSON.stringify({...user.context, ...action.context});
        await download({url: "/report/download", data: {data, context}});
    } finally {
        ui.unblock();
    }
    return true;
}

registry
    .category("ir.actions.report handlers")
    .add("offer_repository.document", printOfferDocument);
