import {onWillDestroy, onWillStart, onWillUpdateProps} from "@odoo/owl";
import {useService} from "@web/core/utils/hooks";
import {useDebounced} from "@web/core/utils/timing";

const NEWS = "contact_history.changed";
// Several contacts in one moment are one piece of news, in milliseconds.
const MOMENT = 400;

/**
 * Call back when a contact of the customer was added, changed or removed. The news
 * itself says nothing: what one may see of it, the server knows.
 *
 * @param {Function} partnerId returns the id of the customer shown
 * @param {Function} callback
 */
export function useTimelineLive(partnerId, callback) {
    const bus = useService("bus_service");
    const tell = useDebounced(callback, MOMENT);
    let channel = null;
    const listenTo = (id) => {
        if (channel) {
            bus.deleteChannel(channel);
        }
        channel = id ? `contact_history.partner_${id}` : null;
        if (channel) {
            bus.addChannel(channel);
        }
    };
    onWillStart(() => {
        bus.subscribe(NEWS, tell);
        listenTo(partnerId());
    });
    onWillUpdateProps((nextProps) => {
        if (nextProps.partnerId !== partnerId()) {
            listenTo(nextProps.partnerId);
        }
    });
    onWillDestroy(() => {
        bus.unsubscribe(NEWS, tell);
        listenTo(null);
    });
}
